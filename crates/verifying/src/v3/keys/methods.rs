//! Looking through the keys an issuer's document lists for signing credentials.

use accolade_signing::did::{self, ASSERTION_METHOD, VerificationMethod};
use accolade_signing::jws::Header;
use serde_json::Value;

use super::Owner;
use super::words::{party, worded};
use crate::report::{Flaw, Trouble};

/// The most keys of one document looked at.
const MOST_METHODS: usize = 64;

/// A method named `<issuer>#<key>` whose key the document lists under another name.
pub(super) fn by_key_in_fragment(
    document: &Value,
    owner: Owner<'_>,
    method: &str,
) -> Option<VerificationMethod> {
    let fragment = method.strip_prefix(owner.id)?.strip_prefix('#')?;
    all(document, owner).find(|listed| listed.key.to_multibase().as_deref() == Some(fragment))
}

/// The method a token's header selects: by its id, by the `kid` inside its JWK, or by being the very key the header
/// brings along. `None` where the document lists no such key.
pub(super) fn select(
    document: &Value,
    owner: Owner<'_>,
    header: &Header,
) -> Result<Option<VerificationMethod>, Trouble> {
    let brought = || {
        let key = header.jwk.as_ref()?;
        all(document, owner).find(|listed| listed.key == *key)
    };
    let Some(kid) = &header.kid else { return Ok(brought()) };
    match did::find_method(document, owner.id, kid, owner.relationship()) {
        Ok(found) => return Ok(Some(found)),
        Err(did::DidError::NoMethod(_)) => {}
        Err(error) => return Err(worded(&error, owner.purpose)),
    }
    let named: Vec<&str> =
        jwk_ids(document, owner).filter(|(_, name)| name == kid).map(|(id, _)| id).collect();
    match named.as_slice() {
        [] => Ok(brought()),
        [id] => did::find_method(document, owner.id, &absolute(id, owner.id), owner.relationship())
            .map(Some)
            .map_err(|error| worded(&error, owner.purpose)),
        _ => Err(Flaw::new(
            "ambiguous_kid",
            format!(
                "The {} lists two keys under one name, so it is not clear which one is meant.",
                party(owner.purpose)
            ),
        )
        .into()),
    }
}

/// Whether the document lists any key at all, for whatever purpose.
pub(super) fn lists_any(document: &Value) -> bool {
    const LISTS: [&str; 6] = [
        "verificationMethod",
        ASSERTION_METHOD,
        "authentication",
        "keyAgreement",
        "capabilityInvocation",
        "capabilityDelegation",
    ];
    LISTS.into_iter().any(|name| entries(document, name).next().is_some())
}

/// Every usable method listed for the purpose.
fn all<'v>(document: &'v Value, owner: Owner<'v>) -> impl Iterator<Item = VerificationMethod> + use<'v> {
    entries(document, owner.relationship())
        .filter_map(|entry| entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str)))
        .take(MOST_METHODS)
        .filter_map(move |id| {
            did::find_method(document, owner.id, &absolute(id, owner.id), owner.relationship()).ok()
        })
}

/// Ids of methods with the `kid` of their JWK.
fn jwk_ids<'v>(document: &'v Value, owner: Owner<'_>) -> impl Iterator<Item = (&'v str, &'v str)> + use<'v> {
    entries(document, "verificationMethod")
        .chain(entries(document, owner.relationship()))
        .filter_map(|method| {
            let name = method.get("publicKeyJwk")?.get("kid")?.as_str()?;
            Some((method.get("id")?.as_str()?, name))
        })
        .take(MOST_METHODS)
}

fn entries<'v>(document: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    match document.get(name) {
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(entry) => std::slice::from_ref(entry),
        None => &[],
    }
    .iter()
}

fn absolute(id: &str, issuer: &str) -> String {
    if id.starts_with('#') { format!("{issuer}{id}") } else { id.to_owned() }
}
