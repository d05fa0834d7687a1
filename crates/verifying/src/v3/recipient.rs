//! Whether the badge was awarded to the person the caller means.

use serde_json::Value;

use crate::examiner::Expectations;
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};
use crate::subject::{Identity, same_person};

/// Compares the expected identity with the subject's id and identifiers.
pub(super) fn examine(expectations: &Expectations, credential: &Value, report: &mut Report) {
    let Some(expected) = &expectations.recipient else {
        report.skip(
            step::RECIPIENT,
            "Not compared: say whom the badge should have been awarded to, and it will be.",
        );
        return;
    };
    let subject = credential.get("credentialSubject");
    let id = subject.and_then(|subject| subject.get("id")).and_then(Value::as_str);
    let listed = subject.and_then(|subject| subject.get("identifier"));
    let identities = match listed {
        Some(Value::Array(entries)) => entries.iter().collect(),
        Some(entry) => vec![entry],
        None => Vec::new(),
    };
    let result = same_person(expected, id, identities.into_iter().filter_map(identity));
    let matches = match &result {
        Ok(()) => Some(true),
        Err(Trouble::Flaw(_)) => Some(false),
        Err(Trouble::Gap(_)) => None,
    };
    if let Some(recipient) = &mut report.recipient {
        recipient.matches = matches;
    }
    report.settle(step::RECIPIENT, result, |()| "The badge was awarded to the expected recipient.".into());
}

fn identity(entry: &Value) -> Option<Identity<'_>> {
    Some(Identity {
        value: entry.get("identityHash")?.as_str()?,
        hashed: entry.get("hashed")?.as_bool()?,
        salt: entry.get("salt").and_then(Value::as_str).unwrap_or_default(),
    })
}
