//! Whose key is it? A key counts only if the issuer's own document lists it.
//!
//! The document is found from `issuer.id` and nothing else: a `did:key` is its own key, a `did:web` names its document, an
//! https id is the address of the issuer's profile. What a proof or a token's header says about keys selects among the
//! keys found there; it never adds one.

mod jwks;
mod methods;

use accolade_core::Timestamp;
use accolade_signing::PublicKey;
use accolade_signing::did::{self, ASSERTION_METHOD, DidError, VerificationMethod};
use accolade_signing::jws::Header;
use serde_json::Value;
use url::Url;

use crate::egress::Keeping;
use crate::library::{Library, place_of, shown};
use crate::report::Trouble;

/// A key of the issuer's.
#[derive(Debug)]
pub(super) struct FoundKey {
    pub(super) key: PublicKey,
    /// Where it was found, for people.
    pub(super) words: String,
    expires: Option<Timestamp>,
    revoked: Option<Timestamp>,
}

impl FoundKey {
    fn new(key: PublicKey, words: String) -> Self {
        Self { key, words, expires: None, revoked: None }
    }

    fn of_method(method: VerificationMethod, issuer: &str) -> Self {
        let words = format!("The key is listed in the issuer's own document at {}.", place_of_issuer(issuer));
        Self { key: method.key, words, expires: method.expires, revoked: method.revoked }
    }

    /// Whether the issuer let the key count at the time of signing. A revoked key counts for nothing, because whoever
    /// stole it can write any date.
    pub(super) fn was_in_force(&self, signed: Option<Timestamp>, now: Timestamp) -> Result<(), Trouble> {
        if self.revoked.is_some_and(|revoked| revoked <= now) {
            return Err(Trouble::flaw(
                "key_revoked",
                "The issuer has revoked the key that signed the badge.",
            ));
        }
        match self.expires {
            Some(end) if signed.unwrap_or(now) >= end => Err(Trouble::flaw(
                "key_expired",
                "The badge was signed after the issuer had taken the key out of use.",
            )),
            _ => Ok(()),
        }
    }
}

/// The document of an issuer, or the key that an issuer is.
enum Controller {
    Key(PublicKey),
    Document(Value),
}

/// The key of a proof's `verificationMethod`.
pub(super) async fn of_method(
    library: &mut Library<'_>,
    issuer: &str,
    method: &str,
) -> Result<FoundKey, Trouble> {
    match controller(library, issuer).await? {
        Controller::Key(_) => of_did_key_method(issuer, method),
        Controller::Document(document) => {
            let (issuer, method) = (issuer.to_owned(), method.to_owned());
            library.hands.compute(move || method_in(&document, &issuer, &method)).await?
        }
    }
}

fn method_in(document: &Value, issuer: &str, method: &str) -> Result<FoundKey, Trouble> {
    match did::find_method(document, issuer, method, ASSERTION_METHOD) {
        Ok(found) => Ok(FoundKey::of_method(found, issuer)),
        Err(DidError::NoMethod(_)) => methods::by_key_in_fragment(document, issuer, method)
            .map(|found| FoundKey::of_method(found, issuer))
            .ok_or_else(not_the_issuers),
        Err(error) => Err(worded(&error)),
    }
}

/// The key a token's header means.
pub(super) async fn of_header(
    library: &mut Library<'_>,
    issuer: &str,
    header: &Header,
) -> Result<FoundKey, Trouble> {
    if header.kid.is_none() && header.jwk.is_none() {
        return Err(Trouble::flaw("no_key_named", "The token does not say which key signed it."));
    }
    let found = match controller(library, issuer).await {
        Ok(Controller::Key(key)) => match header.kid.as_deref() {
            Some(kid) if kid != issuer => of_did_key_method(issuer, kid)?,
            _ => self_certified(key),
        },
        Ok(Controller::Document(document)) => {
            let (whose, meant) = (issuer.to_owned(), header.clone());
            match library.hands.compute(move || listed_in(&document, &whose, &meant)).await?? {
                Some(found) => found,
                None => jwks::find(library, issuer, header).await?,
            }
        }
        // No profile stands there, or a page for people: no document with keys, so the host's key set may speak. Of a
        // profile that is out of reach nobody knows whether it lists keys.
        Err(Trouble::Gap(gap)) if matches!(gap.code, "not_found" | "not_json") => {
            match jwks::find(library, issuer, header).await {
                Ok(found) => found,
                Err(_) => return Err(Trouble::Gap(gap)),
            }
        }
        Err(trouble) => return Err(trouble),
    };
    if header.jwk.as_ref().is_some_and(|brought| *brought != found.key) {
        return Err(not_the_issuers());
    }
    Ok(found)
}

/// The key a header means in a document; `None` where the document lists no keys at all.
fn listed_in(document: &Value, issuer: &str, header: &Header) -> Result<Option<FoundKey>, Trouble> {
    match methods::select(document, issuer, header)? {
        Some(method) => Ok(Some(FoundKey::of_method(method, issuer))),
        // It lists keys, and this one is not among them: whoever runs the host cannot add to that.
        None if methods::lists_any(document) => Err(not_the_issuers()),
        None => Ok(None),
    }
}

/// A `did:key` has one verification method: itself, and after `#` itself again.
fn of_did_key_method(issuer: &str, method: &str) -> Result<FoundKey, Trouble> {
    let fragment = method.strip_prefix(issuer).unwrap_or(method);
    if !fragment.starts_with('#') {
        return Err(not_the_issuers());
    }
    did::parse_did_key_method(&format!("{issuer}{fragment}"))
        .map(self_certified)
        .map_err(|error| worded(&error))
}

async fn controller(library: &mut Library<'_>, issuer: &str) -> Result<Controller, Trouble> {
    if issuer.starts_with("did:key:") {
        return did::parse_did_key(issuer).map(Controller::Key).map_err(|error| worded(&error.into()));
    }
    let url = document_url(issuer)?;
    let document = library.json(&url, "the issuer's own document", Keeping::ISSUER).await?;
    if document.get("id").and_then(Value::as_str) != Some(issuer) {
        return Err(Trouble::flaw(
            "controller",
            format!("The document at {} is not that of the issuer the badge names.", place_of(&url)),
        ));
    }
    Ok(Controller::Document(document))
}

/// Where an issuer's document is.
fn document_url(issuer: &str) -> Result<String, Trouble> {
    if issuer.starts_with("did:web:") {
        let url = did::did_web_url(issuer).map_err(|error| worded(&error))?;
        return Ok(on_this_machine(&url).unwrap_or(url));
    }
    if issuer.starts_with("https://") || issuer.starts_with("http://") {
        return Ok(issuer.to_owned());
    }
    Err(Trouble::gap(
        "unknown_identifier",
        format!("The issuer is named in a way this verifier cannot look up: {}.", shown(issuer)),
    ))
}

/// A `did:web` of this machine, as development servers have it, is looked up without TLS; whether that may be visited at
/// all is decided where everything is fetched.
fn on_this_machine(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    crate::egress::is_loopback(&parsed).then(|| url.replacen("https://", "http://", 1))
}

fn self_certified(key: PublicKey) -> FoundKey {
    FoundKey::new(
        key,
        "The issuer's identifier is the key itself. It shows that one and the same holder signed, not who that is."
            .into(),
    )
}

fn not_the_issuers() -> Trouble {
    Trouble::flaw(
        "key_not_controlled_by_issuer",
        "The badge was signed with a key that the issuer it names does not list as its own. Anybody could have made it.",
    )
}

fn worded(error: &DidError) -> Trouble {
    match error {
        DidError::NoMethod(_) => not_the_issuers(),
        DidError::Relationship(_) => {
            Trouble::flaw(error.code(), "The issuer lists the key, but not as one it signs badges with.")
        }
        DidError::Controller { .. } => {
            Trouble::flaw(error.code(), "The key is listed, but belongs to someone else than the issuer.")
        }
        DidError::AmbiguousMethod(_) => Trouble::flaw(
            error.code(),
            "The issuer lists two keys under one name, so it is not clear which one is meant.",
        ),
        other => Trouble::flaw(
            other.code(),
            format!("The issuer's key is not usable: {}.", shown(&other.to_string())),
        ),
    }
}

fn place_of_issuer(issuer: &str) -> String {
    match issuer.strip_prefix("did:web:") {
        Some(rest) => rest.split(':').next().unwrap_or_default().replace("%3A", ":"),
        None => place_of(issuer),
    }
}
