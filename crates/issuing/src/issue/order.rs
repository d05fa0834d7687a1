//! What a request to issue may say.

use accolade_linked_data::jcs;
use serde_json::{Map, Value};

use crate::orders::{escape, kind_of};
use crate::{Fault, OfficeError};

/// More pointers than this choose nothing that fewer would not.
const MOST_POINTERS: usize = 256;

/// A credential to be signed, and how its holder may show it
/// ([VC API, issue credential](https://w3c-ccg.github.io/vc-api/#issue-credential)).
#[derive(Debug, Clone, PartialEq)]
pub struct IssueOrder {
    /// The credential, as the caller wrote it, with the proofs it may have already.
    pub(super) credential: Map<String, Value>,
    /// `options.mandatoryPointers`: what every derived credential shows. Only `ecdsa-sd-2023` takes any.
    pub(super) mandatory_pointers: Vec<String>,
    /// The whole request in one canonical text.
    pub(super) canonical: String,
}

impl IssueOrder {
    /// Reads `{credential, options?: {mandatoryPointers?}}`.
    ///
    /// # Errors
    /// [`OfficeError::Rejected`] with every fault and its pointer into the request.
    pub fn parse(body: &Value) -> Result<IssueOrder, OfficeError> {
        let mut faults = Vec::new();
        let members = object(body, "", &["credential", "options"], &mut faults);
        let credential = members.and_then(|members| match members.get("credential") {
            Some(Value::Object(credential)) => Some(credential.clone()),
            Some(other) => {
                faults.push(wrong_type("/credential", "the credential is an object", other));
                None
            }
            None => {
                faults.push(Fault::new("/credential", "required", "say which credential is to be signed"));
                None
            }
        });
        let options = members.and_then(|members| members.get("options"));
        let mandatory_pointers = options.map_or_else(Vec::new, |options| pointers(options, &mut faults));
        match credential {
            Some(credential) if faults.is_empty() => {
                Ok(IssueOrder { credential, mandatory_pointers, canonical: jcs::canonicalize(body) })
            }
            _ => Err(OfficeError::Rejected(faults)),
        }
    }
}

fn pointers(options: &Value, faults: &mut Vec<Fault>) -> Vec<String> {
    let members = object(options, "/options", &["mandatoryPointers"], faults);
    let Some(listed) = members.and_then(|members| members.get("mandatoryPointers")) else {
        return Vec::new();
    };
    let at = "/options/mandatoryPointers";
    let Value::Array(entries) = listed else {
        faults.push(wrong_type(at, "a list of JSON pointers is wanted", listed));
        return Vec::new();
    };
    if entries.len() > MOST_POINTERS {
        faults.push(Fault::new(at, "too_many", format!("at most {MOST_POINTERS} pointers are taken")));
        return Vec::new();
    }
    let mut read = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        match entry.as_str() {
            Some(text) if text.is_empty() || text.starts_with('/') => read.push(text.to_owned()),
            _ => faults.push(Fault::new(
                format!("{at}/{index}"),
                "json_pointer",
                "a JSON pointer is a text that begins with a slash, such as \"/credentialSubject/name\"",
            )),
        }
    }
    read
}

/// An object with no members but these.
fn object<'v>(
    value: &'v Value,
    at: &str,
    known: &[&str],
    faults: &mut Vec<Fault>,
) -> Option<&'v Map<String, Value>> {
    let Value::Object(members) = value else {
        faults.push(wrong_type(at, "an object is wanted here", value));
        return None;
    };
    for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
        let detail = format!("unknown member {name:?}; known here: {}", known.join(", "));
        faults.push(Fault::new(format!("{at}/{}", escape(name)), "unknown_member", detail));
    }
    Some(members)
}

fn wrong_type(at: &str, wanted: &str, found: &Value) -> Fault {
    Fault::new(at, "wrong_type", format!("{wanted}, not {}", kind_of(found)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_has_a_credential_and_known_options_only() {
        let good = json!({"credential": {"id": "x"}, "options": {"mandatoryPointers": ["/issuer", ""]}});
        assert_eq!(IssueOrder::parse(&good).unwrap().mandatory_pointers, ["/issuer", ""]);
        for (bad, pointer, rule) in [
            (json!([]), "", "wrong_type"),
            (json!({}), "/credential", "required"),
            (json!({"credential": "x"}), "/credential", "wrong_type"),
            (json!({"credential": {}, "option": {}}), "/option", "unknown_member"),
            (json!({"credential": {}, "options": []}), "/options", "wrong_type"),
            (json!({"credential": {}, "options": {"created": "x"}}), "/options/created", "unknown_member"),
            (
                json!({"credential": {}, "options": {"mandatoryPointers": "/a"}}),
                "/options/mandatoryPointers",
                "wrong_type",
            ),
            (
                json!({"credential": {}, "options": {"mandatoryPointers": ["a"]}}),
                "/options/mandatoryPointers/0",
                "json_pointer",
            ),
        ] {
            let Err(OfficeError::Rejected(faults)) = IssueOrder::parse(&bad) else { panic!("{bad}") };
            assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), (pointer, rule), "{bad}");
        }
    }
}
