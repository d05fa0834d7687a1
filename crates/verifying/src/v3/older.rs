//! Badges in the data model 1.1 of verifiable credentials, from before Open Badges 3.0 was final.
//!
//! They are proved as they stand, and judged in the words of 2.0: the same things under other names.

use std::sync::Arc;

use accolade_linked_data::contexts::{CREDENTIALS_V1, CREDENTIALS_V2};
use serde_json::Value;

use super::shape;

/// Names of 1.1 with those of 2.0.
const RENAMED: [(&str, &str); 2] = [("issuanceDate", "validFrom"), ("expirationDate", "validUntil")];

/// Whether a credential is written in the data model 1.1.
pub(super) fn is_v1(document: &Value) -> bool {
    first_context(document) == Some(CREDENTIALS_V1)
}

/// The credential in the words of 2.0; one that is written in them already stays as it is.
///
/// The words of 2.0 do not count in a document of 1.1, where they mean something else or nothing.
pub(super) fn in_words_of_v2(document: &Arc<Value>) -> Arc<Value> {
    if !is_v1(document) {
        return Arc::clone(document);
    }
    let mut document = Value::clone(document);
    match document.get_mut("@context") {
        Some(Value::Array(listed)) => {
            if let Some(first) = listed.first_mut() {
                *first = CREDENTIALS_V2.into();
            }
        }
        Some(only) => *only = CREDENTIALS_V2.into(),
        None => {}
    }
    if let Some(members) = document.as_object_mut() {
        for (old, new) in RENAMED {
            members.remove(new);
            if let Some(value) = members.remove(old) {
                members.insert(new.to_owned(), value);
            }
        }
    }
    Arc::new(document)
}

/// A presentation in the words of 2.0, without the tokens that stand in it as texts: 2.0 wants them in envelopes.
pub(super) fn presentation_in_words_of_v2(document: &Arc<Value>) -> Arc<Value> {
    let mut words = in_words_of_v2(document);
    if is_v1(document)
        && let Some(Value::Array(entries)) = Arc::make_mut(&mut words).get_mut("verifiableCredential")
    {
        entries.retain(|entry| !entry.is_string());
    }
    words
}

/// A place in the credential in the words of 2.0 as a place in the credential itself.
pub(super) fn pointer_in_v1(pointer: &str) -> &str {
    match pointer {
        "/validFrom" => "/issuanceDate",
        "/validUntil" => "/expirationDate",
        same => same,
    }
}

fn first_context(document: &Value) -> Option<&str> {
    shape::several(document.get("@context")?).next()?.as_str()
}
