//! The BadgeClass and the issuer of an Assertion.

use serde_json::Value;

use super::{Linked, rules};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::place_of;
use crate::report::steps::v2 as step;
use crate::report::{Report, Trouble};

/// Gets the BadgeClass and its issuer. The issuer's profile is always read at its own address, even where a copy of it is
/// embedded: what it says about keys and scopes decides everything.
pub(super) async fn get(case: &mut Case<'_>, assertion: &Value, report: &mut Report) -> Option<Linked> {
    let badge = badge_class(case, assertion).await;
    let badge = report.settle(step::BADGE, badge, |_| {
        "What the badge stands for is described as the standard demands.".into()
    })?;
    let issuer = issuer(case, &badge).await;
    let issuer = report.settle(step::ISSUER, issuer, |_| {
        "The issuer's profile was read at the issuer's own address.".into()
    })?;
    Some(Linked { badge, issuer })
}

async fn badge_class(case: &mut Case<'_>, assertion: &Value) -> Result<Value, Trouble> {
    let badge = match assertion.get("badge") {
        Some(Value::String(url)) => {
            let badge = case.library.json(url, "the description of the badge", Keeping::ISSUER).await?;
            same_id(&badge, url, "the description of the badge")?;
            badge
        }
        Some(badge @ Value::Object(_)) => badge.clone(),
        _ => return Err(Trouble::flaw("member_missing", "The badge does not say what it stands for.")),
    };
    rules::badge_class(&badge)?;
    Ok(badge)
}

async fn issuer(case: &mut Case<'_>, badge: &Value) -> Result<Value, Trouble> {
    let issuer = badge.get("issuer");
    let id = issuer.and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id").and_then(Value::as_str)));
    let id = id.ok_or_else(|| Trouble::flaw("member_missing", "The badge does not say who issued it."))?;
    if !id.starts_with("https://") && !id.starts_with("http://") {
        return Err(Trouble::gap(
            "unknown_identifier",
            "The issuer is named in a way this verifier cannot look up.",
        ));
    }
    let issuer = case.library.json(id, "the issuer's profile", Keeping::ISSUER).await?;
    same_id(&issuer, id, "the issuer's profile")?;
    rules::issuer(&issuer)?;
    Ok(issuer)
}

fn same_id(document: &Value, url: &str, what: &str) -> Result<(), Trouble> {
    if document.get("id").and_then(Value::as_str) == Some(url) {
        return Ok(());
    }
    Err(Trouble::flaw(
        "id_mismatch",
        format!("What stands at {} is not {what} that the badge names.", place_of(url)),
    ))
}
