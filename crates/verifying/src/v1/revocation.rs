//! The list of revoked signed badges of 1.1: an object with a reason for each `uid`.

use serde_json::Value;

use crate::case::Case;
use crate::egress::Keeping;
use crate::library::shown;
use crate::report::steps::v1 as step;
use crate::report::{Report, StatusState, Trouble};
use crate::v2::{self, Linked};

/// Looks the Assertion up in the list that the issuer's profile names.
pub(super) async fn examine(case: &mut Case<'_>, assertion: &Value, linked: &Linked, report: &mut Report) {
    let Some(url) = linked.issuer.get("revocationList").and_then(Value::as_str) else {
        return v2::examine_revocation(case, assertion, linked, report).await;
    };
    let list = case.library.json(url, "the issuer's list of revoked badges", Keeping::STATUS).await;
    match list {
        // The issuer may have moved to the list of 2.0 by now.
        Ok(list) if list.get("revokedAssertions").is_some() => {
            v2::examine_revocation(case, assertion, linked, report).await;
        }
        Ok(Value::Object(reasons)) => {
            let uid = assertion.get("id").and_then(Value::as_str).unwrap_or_default();
            match reasons.get(uid) {
                None => {
                    report.status.state = StatusState::Active;
                    report.pass(step::STATUS, "The badge is not on the issuer's list of revoked badges.");
                }
                Some(reason) => v2::revoke(report, reason.as_str().map(shown)),
            }
        }
        Ok(_) => report.trouble(
            step::STATUS,
            Trouble::gap("status_unknown", "The issuer's list of revoked badges cannot be read."),
        ),
        Err(trouble) => report.trouble(step::STATUS, trouble),
    }
}
