//! Whether the badge was awarded to the person the caller means.

use serde_json::Value;

use super::kind::Kind;
use super::shape;
use crate::examiner::Expectations;
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};
use crate::subject::{Identity, same_person};

/// Compares the expected identity with the subject's id and identifiers.
pub(super) fn examine(expectations: &Expectations, kind: Kind, credential: &Value, report: &mut Report) {
    let Some(expected) = &expectations.recipient else {
        report.skip(
            step::RECIPIENT,
            "Not compared: say whom the badge should have been awarded to, and it will be.",
        );
        return;
    };
    let result = match kind {
        Kind::Endorsement => Err(Trouble::flaw("no_recipient", "An endorsement is awarded to nobody.")),
        _ => is_among_subjects(expected, credential),
    };
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

/// The first trouble, unless one of the subjects is the one expected. Badges have one subject; other credentials may have several.
fn is_among_subjects(expected: &str, credential: &Value) -> Result<(), Trouble> {
    let mut first = None;
    for subject in credential.get("credentialSubject").into_iter().flat_map(shape::several) {
        let id = subject.get("id").and_then(Value::as_str);
        let identities = subject.get("identifier").into_iter().flat_map(shape::several);
        match same_person(expected, id, identities.filter_map(identity)) {
            Ok(()) => return Ok(()),
            Err(trouble) => first = first.or(Some(trouble)),
        }
    }
    Err(first.unwrap_or_else(|| Trouble::flaw("no_recipient", "It is not said to whom this was awarded.")))
}

fn identity(entry: &Value) -> Option<Identity<'_>> {
    Some(Identity {
        value: entry.get("identityHash")?.as_str()?,
        hashed: entry.get("hashed")?.as_bool()?,
        salt: entry.get("salt").and_then(Value::as_str).unwrap_or_default(),
    })
}
