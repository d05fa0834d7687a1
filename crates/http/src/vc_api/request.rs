//! What a request to verify or derive may say: one document, and options.

use accolade_issuing::Fault;
use accolade_verifying::{Asked, Submission};
use serde_json::{Map, Value};

use crate::input::unknown_member;

/// More domains, checks or pointers than this say nothing that fewer would not.
const MOST: usize = 256;

/// A request, read: the document under its name, and the options.
pub(super) struct Request<'v> {
    pub(super) document: &'v Value,
    options: Option<&'v Map<String, Value>>,
}

impl<'v> Request<'v> {
    /// Reads `{<name>, options?}` with these options and no others.
    pub(super) fn read(body: &'v Value, name: &str, options: &[&str]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let Value::Object(members) = body else {
            return Err(vec![Fault::new("", "wrong_type", format!("the body is an object with {name}"))]);
        };
        refuse_others(members, "", &[name, "options"], &mut faults);
        let document = members.get(name);
        if document.is_none() {
            faults.push(Fault::new(format!("/{name}"), "required", format!("{name} is missing")));
        }
        let given = members.get("options");
        let listed = given.and_then(Value::as_object);
        match listed {
            Some(listed) => refuse_others(listed, "/options", options, &mut faults),
            None if given.is_some() => {
                faults.push(Fault::new("/options", "wrong_type", "options is an object"));
            }
            None => {}
        }
        match document {
            Some(document) if faults.is_empty() => Ok(Self { document, options: listed }),
            _ => Err(faults),
        }
    }

    /// A list of texts among the options; empty where there is none. One text stands for a list of it.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, Vec<Fault>> {
        let pointer = format!("/options/{name}");
        let wrong = |pointer: String| vec![Fault::new(pointer, "wrong_type", "a list of texts is wanted")];
        match self.options.and_then(|options| options.get(name)) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text.clone()]),
            Some(Value::Array(entries)) if entries.len() > MOST => {
                Err(vec![Fault::new(pointer, "too_many", format!("at most {MOST} are taken"))])
            }
            Some(Value::Array(entries)) => {
                let one = |(index, entry): (usize, &Value)| {
                    entry.as_str().map(str::to_owned).ok_or_else(|| wrong(format!("{pointer}/{index}")))
                };
                entries.iter().enumerate().map(one).collect()
            }
            Some(_) => Err(wrong(pointer)),
        }
    }

    /// What the options ask of an examination.
    pub(super) fn asked(&self) -> Result<Asked, Vec<Fault>> {
        const CHECKS: [&str; 3] = ["proof", "status", "credentialStatus"];
        let checks = self.texts("checks")?;
        let unknown = |(index, check): (usize, &String)| {
            let is_known = CHECKS.contains(&check.as_str());
            let detail = "the checks are \"proof\" and \"status\"; without any, everything is checked";
            (!is_known).then(|| Fault::new(format!("/options/checks/{index}"), "choice", detail))
        };
        let faults: Vec<Fault> = checks.iter().enumerate().filter_map(unknown).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let challenge = match self.options.and_then(|options| options.get("challenge")) {
            None => None,
            Some(Value::String(challenge)) => Some(challenge.clone()),
            Some(_) => {
                let detail = "a challenge is text";
                return Err(vec![Fault::new("/options/challenge", "wrong_type", detail)]);
            }
        };
        let proof_only = !checks.is_empty() && checks.iter().all(|check| check == "proof");
        Ok(Asked { proof_only, challenge, domain: self.texts("domain")? })
    }

    /// The document as something to examine: an object, or the text of a token.
    pub(super) fn submission(&self, name: &str) -> Result<Submission, Vec<Fault>> {
        match self.document {
            Value::Object(_) => Ok(Submission::from_value(self.document)),
            Value::String(token) => Ok(Submission::Jwt(token.clone())),
            _ => {
                let detail = "an object, or a token as text, is wanted here";
                Err(vec![Fault::new(format!("/{name}"), "wrong_type", detail)])
            }
        }
    }
}

fn refuse_others(members: &Map<String, Value>, at: &str, known: &[&str], faults: &mut Vec<Fault>) {
    let others = members.keys().filter(|name| !known.contains(&name.as_str()));
    faults.extend(others.map(|name| unknown_member(at, name, known)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(options: Value) -> Result<Asked, Vec<Fault>> {
        let body = json!({"verifiableCredential": {}, "options": options});
        Request::read(&body, "verifiableCredential", &["checks", "challenge", "domain"])
            .and_then(|request| request.asked())
    }

    #[test]
    fn options_say_what_is_checked_and_for_whom() {
        assert_eq!(asked(json!({})).unwrap(), Asked::default());
        assert!(asked(json!({"checks": ["proof"]})).unwrap().proof_only);
        assert!(!asked(json!({"checks": ["proof", "status"]})).unwrap().proof_only);
        let presented = asked(json!({"challenge": "c", "domain": "d.example"})).unwrap();
        assert_eq!(
            (presented.challenge.as_deref(), presented.domain),
            (Some("c"), vec!["d.example".to_owned()])
        );
    }

    #[test]
    fn whatever_else_is_said_is_refused_at_its_place() {
        for (options, pointer) in [
            (json!([]), "/options"),
            (json!({"check": []}), "/options/check"),
            (json!({"checks": ["prof"]}), "/options/checks/0"),
            (json!({"checks": [1]}), "/options/checks/0"),
            (json!({"checks": 1}), "/options/checks"),
            (json!({"challenge": 1}), "/options/challenge"),
            (json!({"domain": {}}), "/options/domain"),
        ] {
            assert_eq!(asked(options.clone()).unwrap_err()[0].pointer, pointer, "{options}");
        }
        let none = Request::read(&json!({}), "verifiableCredential", &[]).err().unwrap();
        assert_eq!(none[0].pointer, "/verifiableCredential");
    }
}
