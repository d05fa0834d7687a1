//! The published JSON Schemas, ready to judge.

use std::path::Path;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use crate::vectors;

/// The strict schemas of the classes that `check` has entrances for.
pub(crate) struct Schemas {
    /// The texts of the first two.
    pub(crate) sources: [Value; 2],
    pub(crate) credential: Validator,
    pub(crate) endorsement: Validator,
    pub(crate) profile: Validator,
    pub(crate) achievement: Validator,
}

impl Schemas {
    pub(crate) fn read(folder: &Path) -> Self {
        let credential = relaxed(vectors::json(folder, "schemas/ob30/achievementcredential.json"));
        let endorsement = relaxed(vectors::json(folder, "schemas/ob30/endorsementcredential.json"));
        let profile = relaxed(vectors::json(folder, "schemas/ob30/profile.json"));
        let achievement = json!({"$ref": "#/$defs/Achievement", "$defs": credential["$defs"]});
        Self {
            credential: build(&credential),
            endorsement: build(&endorsement),
            profile: build(&profile),
            achievement: build(&achievement),
            sources: [credential, endorsement],
        }
    }
}

/// The files are of document version 1.1; since 1.4 the `id` of a status is optional.
fn relaxed(mut schema: Value) -> Value {
    let members = schema.as_object_mut().unwrap();
    members.remove("$schema");
    members.remove("$id");
    schema["$defs"]["CredentialStatus"]["required"] = json!(["type"]);
    schema
}

fn build(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft201909)
        .should_validate_formats(true)
        .build(schema)
        .expect("the published schema is a schema")
}
