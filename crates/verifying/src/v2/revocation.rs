//! The issuer's list of revoked signed badges.

use serde_json::Value;

use super::{Linked, revoke};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::shown;
use crate::report::steps::v2 as step;
use crate::report::{Report, StatusState, StatusView, Trouble};

/// Looks the Assertion up in the list the issuer's profile names.
pub(crate) async fn examine(case: &mut Case<'_>, assertion: &Value, linked: &Linked, report: &mut Report) {
    let Some(url) = linked.issuer.get("revocationList").and_then(Value::as_str) else {
        report.status = StatusView { state: StatusState::None, reason: None };
        report.pass(
            step::STATUS,
            "The issuer names no place where it would tell of a revocation, so there is nothing to look up.",
        );
        return;
    };
    match look_up(case, url, assertion, linked.issuer_id()).await {
        Ok(None) => {
            report.status.state = StatusState::Active;
            report.pass(step::STATUS, "The badge is not on the issuer's list of revoked badges.");
        }
        Ok(Some(entry)) => {
            revoke(report, entry.get("revocationReason").and_then(Value::as_str).map(shown));
        }
        Err(trouble) => report.trouble(step::STATUS, trouble),
    }
}

/// The entry of the list that means this Assertion, by `id` or by the older `uid`.
async fn look_up(
    case: &mut Case<'_>,
    url: &str,
    assertion: &Value,
    issuer: &str,
) -> Result<Option<Value>, Trouble> {
    let list = case.library.json(url, "the issuer's list of revoked badges", Keeping::STATUS).await?;
    if list.get("issuer").is_some_and(|owner| owner.as_str() != Some(issuer)) {
        return Err(Trouble::flaw(
            "status_list_issuer",
            "The list of revoked badges belongs to someone else than the issuer of the badge.",
        ));
    }
    let Some(entries) = list.get("revokedAssertions").and_then(Value::as_array) else {
        return Err(Trouble::gap("status_unknown", "The issuer's list of revoked badges cannot be read."));
    };
    let own = |name: &str| assertion.get(name).filter(|id| id.is_string());
    let means = |entry: &&Value| {
        let named = |name: &str| own(name).is_some_and(|id| entry.get(name) == Some(id));
        own("id").is_some_and(|id| *entry == id) || named("id") || named("uid")
    };
    Ok(entries.iter().find(means).cloned())
}
