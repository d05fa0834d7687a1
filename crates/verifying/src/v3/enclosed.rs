//! Credentials inside a presentation or a learner's record: each examined by itself, within the bounds of the whole.

use accolade_signing::vc_jose;
use serde_json::Value;

use super::{credential, is_envelope};
use crate::case::{Case, DEEPEST, MOST_CREDENTIALS};
use crate::library::shown;
use crate::report::steps::{self, v3 as step};
use crate::report::{Outcome, Report, Trouble};

/// Examines each of the credentials and draws the sum of them for the document around them, which is called `around`.
pub(super) async fn examine(case: &mut Case<'_>, entries: &[Value], around: &str, report: &mut Report) {
    if entries.is_empty() {
        report.skip(step::CREDENTIALS, format!("The {around} holds no credentials."));
        return;
    }
    let unseen = if entries.len() > case.credentials_left {
        Some((
            "too_many_credentials",
            format!("more credentials than are looked at in one go ({MOST_CREDENTIALS} in all)"),
        ))
    } else if case.depth >= DEEPEST {
        Some(("nested_too_deep", "credentials deeper inside others than is looked at".to_owned()))
    } else {
        None
    };
    if let Some((code, what)) = unseen {
        let words =
            format!("The {around} holds {what}; none of them was, so it is not known what they are worth.");
        return report.trouble(step::CREDENTIALS, Trouble::gap(code, words));
    }
    case.credentials_left -= entries.len();
    case.depth += 1;
    for entry in entries {
        let mut inner = Report::blank();
        // Credentials may hold credentials.
        Box::pin(examine_one(case, entry, &mut inner)).await;
        report.credentials.push(inner.conclude());
    }
    case.depth -= 1;
    sum_up(around, report);
}

async fn examine_one(case: &mut Case<'_>, entry: &Value, report: &mut Report) {
    let token = match entry {
        Value::String(token) => Ok(token.as_str()),
        envelope if is_envelope(envelope) => vc_jose::open_envelope(envelope),
        Value::Object(_) => {
            report.pass(steps::PARSE, "The credential can be read.");
            return credential::examine_document(case, entry.clone(), report).await;
        }
        _ => {
            return report.fail(
                steps::PARSE,
                "bad_member",
                "What should be a credential is neither an object nor a signed token.",
            );
        }
    };
    match token {
        Ok(token) => {
            report.pass(steps::PARSE, "The credential can be read.");
            credential::examine_token(case, token.into(), report).await;
        }
        Err(error) => report.fail(
            steps::PARSE,
            error.code(),
            format!("The envelope holds no proper signed token: {}.", shown(&error.to_string())),
        ),
    }
}

/// A document is as good as the worst of what it holds.
fn sum_up(around: &str, report: &mut Report) {
    let count = |outcome| report.credentials.iter().filter(|inner| inner.outcome == outcome).count();
    let (all, invalid, unknown) =
        (report.credentials.len(), count(Outcome::Invalid), count(Outcome::Unknown));
    if invalid > 0 {
        let words = match all {
            1 => format!("The credential in the {around} cannot be relied on; see there."),
            _ => format!(
                "Of the {all} credentials in the {around}, {invalid} cannot be relied on; see each of them."
            ),
        };
        report.fail(step::CREDENTIALS, "credential_invalid", words);
    } else if unknown > 0 {
        let words = format!(
            "Of the {all} credentials in the {around}, {unknown} could not be checked; see each of them."
        );
        report.trouble(step::CREDENTIALS, Trouble::gap("credential_unknown", words));
    } else {
        let words = match all {
            1 => format!("The credential in the {around} is genuine and counts today."),
            _ => format!("All {all} credentials in the {around} are genuine and count today."),
        };
        report.pass(step::CREDENTIALS, words);
    }
}
