//! The description of its own form that a credential names
//! ([VCDM 2.0, `credentialSchema`](https://www.w3.org/TR/vc-data-model-2.0/#data-schemas)).
//!
//! It says nothing about whether a credential is genuine. So one that does not fit speaks against it, and one that cannot be
//! had is remarked upon.

use serde_json::Value;

use super::shape;
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{place_of, shown};
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};
use crate::schemas::{self, Draft, SchemaTrouble};

/// The most schemas of one credential looked at.
const MOST_SCHEMAS: usize = 4;

/// Schemas of 1EdTech whose rules are part of the step `schema`, so that nobody asks its server for each badge.
const BUILT_IN: [&str; 2] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json",
];

/// Compares a credential that was found to be its issuer's with each schema it names.
pub(super) async fn examine(case: &mut Case<'_>, credential: &Value, report: &mut Report) {
    let named: Vec<&Value> =
        credential.get("credentialSchema").into_iter().flat_map(shape::several).collect();
    for schema in named.iter().take(MOST_SCHEMAS) {
        let id = schema.get("id").and_then(Value::as_str).unwrap_or_default();
        if BUILT_IN.contains(&id) {
            continue;
        }
        match compare(case, credential, schema, id).await {
            Ok(()) => report.pass(
                step::CREDENTIAL_SCHEMA,
                format!("The badge has the form that the description at {} demands.", place_of(id)),
            ),
            Err(Trouble::Flaw(flaw)) => report.fail(step::CREDENTIAL_SCHEMA, flaw.code, flaw.detail),
            Err(Trouble::Gap(gap)) => report.warn(
                step::CREDENTIAL_SCHEMA,
                gap.code,
                format!("Whether the badge has the form it says it has was not checked. {}", gap.detail),
            ),
        }
    }
    if named.len() > MOST_SCHEMAS {
        report.skip(
            step::CREDENTIAL_SCHEMA,
            format!("The badge names more descriptions of its form; {MOST_SCHEMAS} were looked at."),
        );
    }
}

async fn compare(case: &mut Case<'_>, credential: &Value, named: &Value, url: &str) -> Result<(), Trouble> {
    let draft = shape::texts(named.get("type")).find_map(|kind| match kind {
        "JsonSchema" => Some(Draft::Draft202012),
        "1EdTechJsonSchemaValidator2019" => Some(Draft::Draft201909),
        _ => None,
    });
    let Some(draft) = draft else {
        let kind = shape::texts(named.get("type")).next().unwrap_or("unnamed");
        return Err(Trouble::gap(
            "schema_type_unsupported",
            format!("The description is of a kind this verifier cannot read ({}).", shown(kind)),
        ));
    };
    let schema = case.library.json(url, "the description of the badge's form", Keeping::ISSUER).await?;
    let instance = credential.clone();
    let judged = case.library.hands.compute(move || schemas::check(&schema, &instance, draft)).await?;
    judged.map_err(|trouble| worded(&trouble, url))
}

fn worded(trouble: &SchemaTrouble, url: &str) -> Trouble {
    let (place, words) = (place_of(url), trouble.words("the badge"));
    match trouble {
        SchemaTrouble::Unfit(_) => Trouble::flaw(
            trouble.code(),
            format!(
                "The badge does not have the form that it says it has, by the description at {place}: {words}."
            ),
        ),
        SchemaTrouble::Unusable(_) => {
            Trouble::gap(trouble.code(), format!("The description at {place} cannot be used: {words}."))
        }
    }
}
