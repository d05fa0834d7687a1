//! What a badge of 2.0 says about other documents: endorsements and relatives. Noted, not examined.

use serde_json::Value;

use super::Linked;
use crate::report::Report;
use crate::report::steps::v2 as step;

/// Notes how many endorsements and related badges are named. Neither can make a badge better or worse.
pub(crate) fn note(assertion: &Value, linked: &Linked, report: &mut Report) {
    let count = |name: &str| -> usize {
        let documents = [assertion, &linked.badge, &linked.issuer];
        let entries = documents.iter().filter_map(|document| document.get(name)).map(|named| match named {
            Value::Null => 0,
            Value::Array(entries) => entries.len(),
            _ => 1,
        });
        entries.sum()
    };
    let endorsements = count("endorsement");
    if endorsements > 0 {
        let names = if endorsements == 1 {
            "an endorsement".to_owned()
        } else {
            format!("{endorsements} endorsements")
        };
        report.skip(
            step::ENDORSEMENTS,
            format!(
                "The badge names {names} by others. Endorsements of this version of the standard are not examined; do not \
                 rely on them without asking whoever is said to have given them."
            ),
        );
    }
    if count("related") > 0 {
        report.skip(
            step::RELATED,
            "The badge names related badges, such as the same one in another language. Only the badge at hand was examined.",
        );
    }
}
