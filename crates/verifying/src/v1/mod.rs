//! Open Badges 1.1 and older, raised to 2.0 and examined as that.
//!
//! [Open Badges 1.0](https://github.com/mozilla/openbadges-specification/blob/master/Assertion/latest.md) and
//! [1.1](https://www.imsglobal.org/sites/default/files/Badges/OBv1p1/index.html) have a `uid` where 2.0 has an `id`, a
//! `verify.url` that leads to the hosted copy or to the key, dates as seconds or without a time, and profiles without keys.
//! Badges of 2011 and 2012 (0.5) hold everything in themselves and name only the origin of their issuer.
//!
//! The rules are never weaker than those of 2.0: the hosted copy decides, it must stand where the issuer's documents are, and
//! what a profile of 2.0 says about places and keys binds its old badges as well.

mod hosted;
mod revocation;
mod signed;
mod upgrade;

use serde_json::Value;

use crate::v2;

pub(crate) use hosted::examine_hosted;
pub(crate) use signed::examine_signed;

/// What 1.1 writes in `@context`.
const CONTEXTS: [&str; 4] = [
    "https://w3id.org/openbadges/v1",
    "http://w3id.org/openbadges/v1",
    "https://openbadgespec.org/v1/context.json",
    "https://w3id.org/openbadges/v0",
];

/// Whether a JSON document claims to be an Assertion of 1.1 or older.
pub(crate) fn is_meant(document: &Value) -> bool {
    match document.get("@context") {
        Some(context) => v2::texts(Some(context)).any(|context| CONTEXTS.contains(&context)),
        // 1.0 knew no context: it is told by what 2.0 does not have.
        None => {
            is_earliest(document)
                || (is_text(document, "uid") && document.get("verify").is_some_and(Value::is_object))
        }
    }
}

/// Whether it has the form of 2011: the badge and its issuer inside, and nothing about verification.
fn is_earliest(document: &Value) -> bool {
    let issuer = document.get("badge").and_then(|badge| badge.get("issuer"));
    document.get("@context").is_none()
        && document.get("verify").is_none()
        && document.get("verification").is_none()
        && issuer.is_some_and(|issuer| is_text(issuer, "origin"))
}

/// Whether a document is written in 2.0 or later, so that the rules of that bind it.
fn is_newer(document: &Value) -> bool {
    v2::texts(document.get("@context")).any(|context| v2::CONTEXTS.contains(&context))
}

/// The name of the version, for people.
fn version(document: &Value) -> &'static str {
    match document.get("@context") {
        Some(_) => "1.1",
        None if is_earliest(document) => "0.5",
        None => "1.0",
    }
}

fn is_text(document: &Value, name: &str) -> bool {
    document.get(name).is_some_and(Value::is_string)
}
