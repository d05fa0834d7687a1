//! Whose key is it? A key counts only if the issuer's own document lists it.
//!
//! The document is found from `issuer.id` and nothing else: a `did:key` is its own key, a `did:web` names its document, an
//! https id is the address of the issuer's profile. What a proof or a token's header says about keys selects among the
//! keys found there; it never adds one.

mod found;
mod jwks;
mod methods;
mod words;

pub(super) use found::FoundKey;

use accolade_signing::PublicKey;
use accolade_signing::data_integrity::Purpose;
use accolade_signing::did::{self, DidError};
use accolade_signing::jws::Header;
use serde_json::Value;

use super::signatory::Signatory;
use crate::egress::Keeping;
use crate::library::{Library, on_this_machine, place_of, shown};
use crate::report::Trouble;
use words::{not_the_issuers, of_another, worded};

/// The document of an issuer, or the key that an issuer is.
enum Controller {
    Key(PublicKey),
    Document(Value),
}

/// Whom the key must belong to, and for what it must be listed.
#[derive(Debug, Clone, Copy)]
struct Owner<'a> {
    id: &'a str,
    purpose: Purpose,
}

impl Owner<'_> {
    fn relationship(self) -> &'static str {
        self.purpose.as_str()
    }
}

/// The key of a proof's `verificationMethod`.
pub(super) async fn of_method(
    library: &mut Library<'_>,
    signatory: Signatory<'_>,
    method: &str,
) -> Result<FoundKey, Trouble> {
    let (owner, is_another) = owner(signatory, method);
    let found = match controller(library, owner).await? {
        Controller::Key(_) => of_did_key_method(owner, method)?,
        Controller::Document(document) => {
            let (id, purpose, method) = (owner.id.to_owned(), owner.purpose, method.to_owned());
            let find = move || method_in(&document, Owner { id: &id, purpose }, &method);
            library.hands.compute(find).await??
        }
    };
    Ok(if is_another { found.with(of_another(signatory.purpose)) } else { found })
}

/// Who must own the key: the signatory; where there is none, or anybody will do, whoever the method's own name tells.
fn owner<'a>(signatory: Signatory<'a>, method: &'a str) -> (Owner<'a>, bool) {
    let own = method.split('#').next().unwrap_or_default();
    let purpose = signatory.purpose;
    match signatory.id {
        Some(id) if own.is_empty() || own == id || !signatory.may_be_another => {
            (Owner { id, purpose }, false)
        }
        Some(_) => (Owner { id: own, purpose }, true),
        None => (Owner { id: own, purpose }, false),
    }
}

fn method_in(document: &Value, owner: Owner<'_>, method: &str) -> Result<FoundKey, Trouble> {
    match did::find_method(document, owner.id, method, owner.relationship()) {
        Ok(found) => Ok(FoundKey::of_method(found, owner)),
        Err(DidError::NoMethod(_)) => methods::by_key_in_fragment(document, owner, method)
            .map(|found| FoundKey::of_method(found, owner))
            .ok_or_else(|| not_the_issuers(owner.purpose)),
        Err(error) => Err(worded(&error, owner.purpose)),
    }
}

/// The key a token's header means.
pub(super) async fn of_header(
    library: &mut Library<'_>,
    signatory: Signatory<'_>,
    header: &Header,
) -> Result<FoundKey, Trouble> {
    if header.kid.is_none() && header.jwk.is_none() {
        return Err(Trouble::flaw(
            "no_key_named",
            "The badge does not say which key signed it, so it cannot be told who issued it.",
        ));
    }
    // Only a DID tells in the name of a key whose it is.
    let named = header.kid.as_deref().filter(|kid| kid.starts_with("did:")).unwrap_or_default();
    let (owner, is_another) = owner(signatory, named);
    let found = match controller(library, owner).await {
        Ok(Controller::Key(key)) => match header.kid.as_deref() {
            Some(kid) if kid != owner.id => of_did_key_method(owner, kid)?,
            _ => FoundKey::self_certified(key, owner),
        },
        Ok(Controller::Document(document)) => {
            let (whose, purpose, meant) = (owner.id.to_owned(), owner.purpose, header.clone());
            let find = move || listed_in(&document, Owner { id: &whose, purpose }, &meant);
            match library.hands.compute(find).await?? {
                Some(found) => found,
                None => jwks::find(library, owner, header).await?,
            }
        }
        // No profile stands there, or a page for people: no document with keys, so the host's key set may speak. Of a
        // profile that is out of reach nobody knows whether it lists keys.
        Err(Trouble::Gap(gap)) if matches!(gap.code, "not_found" | "not_json") => {
            match jwks::find(library, owner, header).await {
                Ok(found) => found,
                Err(_) => return Err(Trouble::Gap(gap)),
            }
        }
        Err(trouble) => return Err(trouble),
    };
    if header.jwk.as_ref().is_some_and(|brought| *brought != found.key) {
        return Err(not_the_issuers(owner.purpose));
    }
    Ok(if is_another { found.with(of_another(signatory.purpose)) } else { found })
}

/// The key a header means in a document; `None` where the document lists no keys at all.
fn listed_in(document: &Value, owner: Owner<'_>, header: &Header) -> Result<Option<FoundKey>, Trouble> {
    match methods::select(document, owner, header)? {
        Some(method) => Ok(Some(FoundKey::of_method(method, owner))),
        // It lists keys, and this one is not among them: whoever runs the host cannot add to that.
        None if methods::lists_any(document) => Err(not_the_issuers(owner.purpose)),
        None => Ok(None),
    }
}

/// A `did:key` has one verification method: itself, and after `#` itself again.
fn of_did_key_method(owner: Owner<'_>, method: &str) -> Result<FoundKey, Trouble> {
    let fragment = method.strip_prefix(owner.id).unwrap_or(method);
    if !fragment.starts_with('#') {
        return Err(not_the_issuers(owner.purpose));
    }
    did::parse_did_key_method(&format!("{}{fragment}", owner.id))
        .map(|key| FoundKey::self_certified(key, owner))
        .map_err(|error| worded(&error, owner.purpose))
}

async fn controller(library: &mut Library<'_>, owner: Owner<'_>) -> Result<Controller, Trouble> {
    if owner.id.starts_with("did:key:") {
        return did::parse_did_key(owner.id)
            .map(Controller::Key)
            .map_err(|error| worded(&error.into(), owner.purpose));
    }
    let url = document_url(owner)?;
    let (what, whom) = match owner.purpose {
        Purpose::AssertionMethod => ("the issuer's own document", "the issuer the badge names"),
        Purpose::Authentication => ("the holder's own document", "the holder the presentation names"),
    };
    let document = library.json(&url, what, Keeping::ISSUER).await?;
    if document.get("id").and_then(Value::as_str) != Some(owner.id) {
        return Err(Trouble::flaw(
            "controller",
            format!("The document at {} is not that of {whom}.", place_of(&url)),
        ));
    }
    Ok(Controller::Document(document))
}

/// Where the document of an issuer or holder is.
fn document_url(owner: Owner<'_>) -> Result<String, Trouble> {
    let id = owner.id;
    if id.starts_with("did:web:") {
        let url = did::did_web_url(id).map_err(|error| worded(&error, owner.purpose))?;
        return Ok(on_this_machine(&url).unwrap_or(url));
    }
    if id.starts_with("https://") || id.starts_with("http://") {
        return Ok(id.to_owned());
    }
    let who = words::party(owner.purpose);
    Err(Trouble::gap(
        "unknown_identifier",
        format!("The {who} is named in a way this verifier cannot look up: {}.", shown(id)),
    ))
}
