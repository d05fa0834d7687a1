//! DID documents and controller documents: written for our issuers, searched for everyone's
//! ([Controlled Identifiers](https://www.w3.org/TR/cid-1.0/)).

use std::borrow::Cow;

use accolade_core::Timestamp;
use accolade_linked_data::contexts;
use serde_json::{Map, Value, json};

use super::DidError;
use crate::{KeyType, PublicKey};

/// The relationship under which keys that sign credentials are listed.
pub const ASSERTION_METHOD: &str = "assertionMethod";
/// The relationship under which keys that prove who one is are listed: those of presentations.
pub const AUTHENTICATION: &str = "authentication";

/// Types whose key is in `publicKeyJwk`, and those whose key is in `publicKeyMultibase`. Of other types only the key counts.
const JWK_TYPES: [&str; 2] = ["JsonWebKey", "JsonWebKey2020"];
const MULTIBASE_TYPES: [&str; 2] = ["Multikey", ED25519_2020];
const ED25519_2020: &str = "Ed25519VerificationKey2020";
const TYPE_AND_KEY: &str = "the verification method's type and its key do not fit";

/// A key to list in a document.
#[derive(Debug, Clone)]
pub struct DocumentKey {
    /// The verification method's full id, such as `did:web:badges.example#z6Mk…`.
    pub id: String,
    /// The key.
    pub key: PublicKey,
    /// How the key is written.
    pub form: KeyForm,
}

/// How a key is written into a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// `Multikey` with `publicKeyMultibase`; an RSA key, which has no such form, is written as [`KeyForm::JsonWebKey`].
    Multikey,
    /// `JsonWebKey` with `publicKeyJwk`.
    JsonWebKey,
}

/// A verification method found in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct VerificationMethod {
    /// Its full id.
    pub id: String,
    /// Who controls it; always the document's own id.
    pub controller: String,
    /// The key.
    pub key: PublicKey,
    /// From when on its signatures are not to be accepted, where the document says so.
    pub expires: Option<Timestamp>,
    /// When it was revoked, where the document says so.
    pub revoked: Option<Timestamp>,
}

/// A DID document that lists the keys under `assertionMethod`.
pub fn did_document(id: &str, keys: &[DocumentKey]) -> Value {
    let mut context = vec![Value::from(contexts::DID_V1)];
    if keys.iter().any(|key| written_form(key) == KeyForm::Multikey) {
        context.push(contexts::MULTIKEY_V1.into());
    }
    if keys.iter().any(|key| written_form(key) == KeyForm::JsonWebKey) {
        context.push(contexts::JWK_V1.into());
    }
    let mut document =
        Map::from_iter([("@context".to_owned(), context.into()), ("id".to_owned(), id.into())]);
    add_methods(&mut document, id, keys);
    Value::Object(document)
}

/// Adds `verificationMethod` and `assertionMethod` to a document, such as an issuer's Profile, whose own id is
/// `controller`. The document's contexts must define them (`did/v1` and, per form, `multikey/v1` or `jwk/v1`).
pub fn add_methods(document: &mut Map<String, Value>, controller: &str, keys: &[DocumentKey]) {
    let methods: Vec<Value> = keys.iter().map(|key| method(controller, key)).collect();
    let ids: Vec<Value> = keys.iter().map(|key| key.id.as_str().into()).collect();
    document.insert("verificationMethod".into(), methods.into());
    document.insert(ASSERTION_METHOD.into(), ids.into());
}

/// Finds a verification method in a DID document or controller document.
///
/// The document's `id` must be `controller`, the method's own `controller` must be the same text, and the method must be
/// listed under `relationship`, by its id or whole. Ids that start with `#`, there or in `method_id`, are taken relative to
/// the document. A method that occurs twice, carries two keys, or a private one, is refused.
pub fn find_method(
    document: &Value,
    controller: &str,
    method_id: &str,
    relationship: &str,
) -> Result<VerificationMethod, DidError> {
    let document = document.as_object().ok_or(DidError::BadDocument("it is not a JSON object"))?;
    let method_id = &*absolute(method_id, controller);
    let same_controller = |found: Option<&str>| match found {
        Some(found) if found == controller => Ok(()),
        found => Err(DidError::Controller {
            found: found.unwrap_or_default().to_owned(),
            expected: controller.to_owned(),
        }),
    };
    same_controller(document.get("id").and_then(Value::as_str))?;
    let search = Search { controller, method_id };
    let listed = search.among(list(document, "verificationMethod")?)?;
    let related = list(document, relationship)?;
    let embedded = search.among(related)?;
    let is_named = related.iter().filter_map(Value::as_str).any(|id| search.means(id));
    let found = match (listed, embedded, is_named) {
        (Some(_), Some(_), _) => return Err(DidError::AmbiguousMethod(method_id.to_owned())),
        (_, Some(found), _) | (Some(found), None, true) => found,
        (Some(_), None, false) => return Err(DidError::Relationship(relationship.to_owned())),
        (None, None, _) => return Err(DidError::NoMethod(method_id.to_owned())),
    };
    same_controller(found.get("controller").and_then(Value::as_str))?;
    Ok(VerificationMethod {
        id: method_id.to_owned(),
        controller: controller.to_owned(),
        key: key_of(found)?,
        expires: moment(found, "expires")?,
        revoked: moment(found, "revoked")?,
    })
}

/// An id that is only a fragment belongs to the document it is asked of.
fn absolute<'a>(id: &'a str, controller: &str) -> Cow<'a, str> {
    if id.starts_with('#') { format!("{controller}{id}").into() } else { id.into() }
}

struct Search<'a> {
    controller: &'a str,
    method_id: &'a str,
}

impl Search<'_> {
    fn means(&self, id: &str) -> bool {
        id == self.method_id
            || (id.starts_with('#') && self.method_id.strip_prefix(self.controller) == Some(id))
    }

    /// The one whole method of that id among the entries; entries that are ids are passed over.
    fn among<'v>(&self, entries: &'v [Value]) -> Result<Option<&'v Map<String, Value>>, DidError> {
        let mut found = entries
            .iter()
            .filter_map(Value::as_object)
            .filter(|method| method.get("id").and_then(Value::as_str).is_some_and(|id| self.means(id)));
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(DidError::AmbiguousMethod(self.method_id.to_owned())),
            (first, None) => Ok(first),
        }
    }
}

/// A member that holds one entry or several.
fn list<'v>(document: &'v Map<String, Value>, name: &str) -> Result<&'v [Value], DidError> {
    match document.get(name) {
        Some(Value::Array(entries)) => Ok(entries),
        Some(entry @ (Value::Object(_) | Value::String(_))) => Ok(std::slice::from_ref(entry)),
        Some(_) => Err(DidError::BadDocument("a list of verification methods has the wrong type")),
        None => Ok(&[]),
    }
}

fn key_of(method: &Map<String, Value>) -> Result<PublicKey, DidError> {
    if ["privateKeyMultibase", "secretKeyMultibase", "privateKeyJwk", "secretKeyJwk"]
        .iter()
        .any(|name| method.contains_key(*name))
    {
        return Err(DidError::BadDocument("the verification method publishes a private key"));
    }
    let kind = method.get("type").and_then(Value::as_str);
    let kind = kind.ok_or(DidError::BadDocument("the verification method has no type"))?;
    match (method.get("publicKeyMultibase"), method.get("publicKeyJwk")) {
        (Some(Value::String(text)), None) if !JWK_TYPES.contains(&kind) => {
            let key = PublicKey::from_multibase(text)?;
            match kind {
                ED25519_2020 if key.key_type() != KeyType::Ed25519 => {
                    Err(DidError::BadDocument(TYPE_AND_KEY))
                }
                _ => Ok(key),
            }
        }
        (None, Some(jwk)) if !MULTIBASE_TYPES.contains(&kind) => Ok(PublicKey::from_jwk(jwk)?),
        (Some(_), None) | (None, Some(_)) => Err(DidError::BadDocument(TYPE_AND_KEY)),
        _ => Err(DidError::BadDocument("the verification method does not have exactly one public key")),
    }
}

fn moment(method: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, DidError> {
    match method.get(name) {
        Some(Value::String(text)) => Timestamp::parse(text)
            .map(Some)
            .map_err(|_| DidError::BadDocument("a date of the method has no zone")),
        Some(_) => Err(DidError::BadDocument("a date of the method is no text")),
        None => Ok(None),
    }
}

fn written_form(key: &DocumentKey) -> KeyForm {
    match key.form {
        KeyForm::Multikey if key.key.to_multibase().is_some() => KeyForm::Multikey,
        _ => KeyForm::JsonWebKey,
    }
}

fn method(controller: &str, key: &DocumentKey) -> Value {
    match (written_form(key), key.key.to_multibase()) {
        (KeyForm::Multikey, Some(multibase)) => json!({
            "id": key.id, "type": "Multikey", "controller": controller, "publicKeyMultibase": multibase,
        }),
        _ => json!({
            "id": key.id, "type": "JsonWebKey", "controller": controller, "publicKeyJwk": key.key.to_jwk(),
        }),
    }
}
