//! Where an issuer's badges may be hosted
//! ([VerificationObject](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#VerificationObject)).

use serde_json::Value;
use url::Url;

use super::{Linked, rules};
use crate::library::same_origin;
use crate::report::Flaw;

/// The Assertion's and the BadgeClass' addresses must lie where the issuer's own profile says its badges are; by default
/// on the same scheme, host and port as the profile.
pub(crate) fn check(assertion_id: Option<&str>, linked: &Linked) -> Result<(), Flaw> {
    if let Some(id) = assertion_id
        && !allows(linked, id)
    {
        return Err(Flaw::new(
            "outside_issuer_scope",
            "The badge is hosted at a place the issuer does not claim as its own. Anybody could have put it there.",
        ));
    }
    let badge_id = linked.badge.get("id").and_then(Value::as_str).unwrap_or_default();
    if rules::is_web(badge_id) && !allows(linked, badge_id) {
        return Err(Flaw::new(
            "outside_issuer_scope",
            "The description of the badge stands at a place the issuer does not claim as its own.",
        ));
    }
    Ok(())
}

fn allows(linked: &Linked, id: &str) -> bool {
    let policy = linked.issuer.get("verification");
    let starts: Vec<&str> = rules::texts(policy.and_then(|policy| policy.get("startsWith"))).collect();
    let origins: Vec<&str> = rules::texts(policy.and_then(|policy| policy.get("allowedOrigins"))).collect();
    if starts.is_empty() && origins.is_empty() {
        return same_origin(id, linked.issuer_id());
    }
    // `https://a.example` is the start of `https://a.example.elsewhere.test`, too; so the origins must be equal as well.
    let starts_rightly = |start: &&str| id.starts_with(*start) && same_origin(id, start);
    (starts.is_empty() || starts.iter().any(starts_rightly))
        && (origins.is_empty()
            || authority(id).is_some_and(|authority| origins.contains(&authority.as_str())))
}

/// Host and, where it is not the scheme's own, port.
fn authority(id: &str) -> Option<String> {
    let url = Url::parse(id).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
