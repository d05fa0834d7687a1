//! The key set an https issuer publishes for its whole host, as the 1EdTech implementation guide has it:
//! `https://{host of the issuer}/.well-known/jwks.json`.

use accolade_signing::data_integrity::Purpose;
use accolade_signing::jwk_set::{self, Wanted};
use accolade_signing::jws::Header;
use accolade_signing::{KeyError, PublicKey};
use serde_json::Value;
use url::Url;

use super::words::not_the_issuers;
use super::{FoundKey, Owner};
use crate::egress::Keeping;
use crate::library::{Library, place_of, shown};
use crate::report::Trouble;

/// The key a header selects out of the issuer's key set.
///
/// Only whoever runs the host can publish there. A key that says in `iss` for whom it signs must say this issuer; where
/// the host may have several issuers, that is where the id is more than the host, it must say so.
pub(super) async fn find(
    library: &mut Library<'_>,
    owner: Owner<'_>,
    header: &Header,
) -> Result<FoundKey, Trouble> {
    let not_theirs = || not_the_issuers(owner.purpose);
    // A host speaks for whoever issues there, not for people who hold badges.
    let url = well_known(owner.id).filter(|_| owner.purpose == Purpose::AssertionMethod);
    let Some(url) = url else { return Err(not_theirs()) };
    let set = match library.json(&url, "the issuer's key set", Keeping::KEY_SET).await {
        Ok(set) => set,
        // No key set at all is an answer, too: nothing ties the key to the issuer.
        Err(trouble) if matches!(trouble.code(), "not_found" | "not_json") => return Err(not_theirs()),
        Err(trouble) => return Err(trouble),
    };
    let (whose, meant) = (owner.id.to_owned(), header.clone());
    let key = library.hands.compute(move || key_in(&set, &whose, &meant)).await??;
    let words = format!("The key is in the key set the issuer publishes at {}.", place_of(&url));
    Ok(FoundKey::new(key, owner, words))
}

fn key_in(set: &Value, issuer: &str, header: &Header) -> Result<PublicKey, Trouble> {
    let wanted = match (&header.kid, &header.jwk) {
        (Some(kid), _) => Wanted::Kid(kid),
        (None, Some(key)) => Wanted::Key(key),
        (None, None) => return Err(not_the_issuers(Purpose::AssertionMethod)),
    };
    let jwk = match jwk_set::find(set, wanted) {
        Ok(Some(jwk)) => jwk,
        Err(error @ KeyError::AmbiguousKid) => {
            return Err(Trouble::flaw(
                error.code(),
                "The issuer publishes two keys under one name, so it is not clear which one is meant.",
            ));
        }
        Ok(None) | Err(_) => return Err(not_the_issuers(Purpose::AssertionMethod)),
    };
    let is_owned = match jwk.get("iss") {
        Some(owner) => owner.as_str() == Some(issuer),
        None => is_whole_host(issuer),
    };
    if !is_owned {
        return Err(not_the_issuers(Purpose::AssertionMethod));
    }
    PublicKey::from_jwk(jwk).map_err(|error| {
        Trouble::flaw(error.code(), format!("The issuer's key is not usable: {}.", shown(&error.to_string())))
    })
}

fn is_whole_host(issuer: &str) -> bool {
    Url::parse(issuer).is_ok_and(|url| url.path() == "/" && url.query().is_none() && url.fragment().is_none())
}

fn well_known(issuer: &str) -> Option<String> {
    let issuer = Url::parse(issuer).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    Some(issuer.join("/.well-known/jwks.json").ok()?.into())
}
