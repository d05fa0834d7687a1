//! `1EdTechRevocationList`, the way of telling revocations that Open Badges 3.0 had before status lists
//! ([VCRL](https://www.imsglobal.org/spec/vcrl/v1p0/)): a plain list of ids, as true as the server that gives it.

use serde_json::Value;

use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{place_of, same_origin, shown};
use crate::report::Trouble;

/// What such an entry is called.
pub(super) const TYPE: &str = "1EdTechRevocationList";

/// Whether the list has the credential: `Some` if it does, with the issuer's reason where it gives one.
///
/// Nothing signs the list. It counts because the issuer signed its address into the badge, and must name that issuer.
pub(super) async fn look_up(
    case: &mut Case<'_>,
    issuer: &str,
    credential: &str,
    url: &str,
) -> Result<Option<Option<String>>, Trouble> {
    let list = case.library.json(url, "the issuer's list of revoked badges", Keeping::STATUS).await?;
    let text = |name: &str| list.get(name).and_then(Value::as_str);
    if text("id").is_some_and(|id| id != url) {
        return Err(Trouble::flaw(
            "bad_status_list",
            "The list of revoked badges is not the one the badge names.",
        ));
    }
    match text("issuer") {
        Some(owner) if owner == issuer || same_origin(owner, url) && same_origin(issuer, url) => {}
        _ => {
            return Err(Trouble::flaw(
                "status_list_issuer",
                "The list of revoked badges belongs to someone else than the issuer of the badge.",
            ));
        }
    }
    // The drafts and one product have the plural.
    let entries = ["revokedCredential", "revokedCredentials"].into_iter().find_map(|name| list.get(name));
    let entries = entries.and_then(Value::as_array).ok_or_else(|| {
        Trouble::gap(
            "status_unknown",
            format!("The issuer's list of revoked badges at {} cannot be read.", place_of(url)),
        )
    })?;
    let found = entries.iter().find(|entry| {
        let id = entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str));
        // An entry says that the badge is revoked unless it says otherwise.
        id == Some(credential) && entry.get("revoked") != Some(&Value::Bool(false))
    });
    Ok(found.map(|entry| entry.get("revocationReason").and_then(Value::as_str).map(shown)))
}
