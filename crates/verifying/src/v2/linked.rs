//! The BadgeClass and the issuer of an Assertion.

use serde_json::Value;

use super::{rules, show_badge, show_issuer};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::place_of;
use crate::report::steps::v2 as step;
use crate::report::{Report, Trouble};

/// The documents around an Assertion, each from where it must come from.
pub(crate) struct Linked {
    pub(crate) badge: Value,
    pub(crate) issuer: Value,
}

impl Linked {
    pub(crate) fn issuer_id(&self) -> &str {
        self.issuer.get("id").and_then(Value::as_str).unwrap_or_default()
    }
}

/// How the documents around an Assertion are read.
pub(crate) struct Reading {
    /// Raises a document of that type, found at that address, from an older standard.
    pub(crate) raise: fn(&'static str, Value, &str) -> Value,
    /// What an issuer's profile must hold.
    pub(crate) issuer_members: &'static [&'static str],
}

impl Reading {
    /// As 2.0 has them.
    pub(crate) const AS_THEY_STAND: Self =
        Self { raise: |_, document, _| document, issuer_members: &["id", "name", "url", "email"] };
}

/// Gets the BadgeClass and its issuer. The issuer's profile is always read at its own address, even where a copy of it is
/// embedded: what it says about keys and scopes decides everything.
pub(crate) async fn get(
    case: &mut Case<'_>,
    assertion: &Value,
    reading: &Reading,
    report: &mut Report,
) -> Option<Linked> {
    let badge = badge_class(case, assertion, reading).await;
    let badge = report.settle(step::BADGE, badge, |_| {
        "What the badge stands for is described as the standard demands.".into()
    })?;
    show_badge(report, &badge);
    let issuer = issuer(case, &badge, reading).await;
    let judged = issuer.and_then(|issuer| {
        show_issuer(report, &issuer);
        rules::issuer(&issuer, reading.issuer_members)?;
        Ok(issuer)
    });
    let issuer = report.settle(step::ISSUER, judged, |_| {
        "The issuer's profile was read at the issuer's own address.".into()
    })?;
    Some(Linked { badge, issuer })
}

async fn badge_class(case: &mut Case<'_>, assertion: &Value, reading: &Reading) -> Result<Value, Trouble> {
    let badge = match assertion.get("badge") {
        Some(Value::String(url)) => {
            let badge = case.library.json(url, "the description of the badge", Keeping::ISSUER).await?;
            let badge = (reading.raise)("BadgeClass", badge, url);
            same_id(&badge, url, "the description of the badge")?;
            badge
        }
        Some(badge @ Value::Object(_)) => (reading.raise)("BadgeClass", badge.clone(), ""),
        _ => return Err(Trouble::flaw("member_missing", "The badge does not say what it stands for.")),
    };
    rules::badge_class(&badge)?;
    Ok(badge)
}

async fn issuer(case: &mut Case<'_>, badge: &Value, reading: &Reading) -> Result<Value, Trouble> {
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
    let issuer = (reading.raise)("Issuer", issuer, id);
    same_id(&issuer, id, "the issuer's profile")?;
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
