//! Rules about the recipient.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use super::{formats, texts};

rules! {
    RECIPIENT_MISSING: Specification Error/Error "recipient-missing", ob!("achievementsubject"),
        "The subject has an `id` or at least one `identifier`.";
    IDENTITY_HASH_FORM: Specification Error/Error "identity-hash-form", ob!("org.1edtech.ob.v3p0.derived.identityhash.class"),
        "A hashed identifier is the algorithm, `$` and the hash in hexadecimal digits.";
    IDENTITY_HASH_WEAK: House Warning/Warning "identity-hash-weak", ob!("org.1edtech.ob.v3p0.derived.identityhash.class"),
        "A hashed identifier is hashed with SHA-256 and a salt.";
    IDENTITY_HASH_PLAIN: House Warning/Warning "identity-hash-plain", ob!("identityobject"),
        "An identifier that says it is not hashed does not look like a hash.";
    IDENTITY_BLANK: House Error/Warning "identity-blank", ob!("identityobject"),
        "An identifier says something.";
}

/// Somebody received it.
pub(crate) fn is_named(subject: &Value, place: &Place<'_>, findings: &mut Findings) {
    let has_identifier = match subject.get("identifier") {
        Some(Value::Array(identifiers)) => !identifiers.is_empty(),
        Some(Value::Null) | None => false,
        Some(_) => true,
    };
    if !has_identifier && subject.get("id").is_none_or(Value::is_null) {
        let detail =
            "The credential subject needs an `id` or at least one `identifier`, else nobody received it.";
        findings.add(&RECIPIENT_MISSING, place, detail);
    }
}

/// The parts of an IdentityObject fit together.
pub(crate) fn hash_is_well_formed(identity: &Value, place: &Place<'_>, findings: &mut Findings) {
    let text = |member: &str| identity.get(member).and_then(Value::as_str);
    let Some(hash) = text("identityHash") else { return };
    let at = place.member("identityHash");
    match identity.get("hashed").and_then(Value::as_bool) {
        Some(true) => hashed(hash, text("salt"), &at, findings),
        Some(false) => plain(hash, text("identityType"), &at, findings),
        None => {}
    }
}

fn hashed(hash: &str, salt: Option<&str>, place: &Place<'_>, findings: &mut Findings) {
    let (algorithm, digits) = hash.split_once('$').unwrap_or(("", hash));
    let length = match algorithm {
        "sha256" => 64,
        "md5" => 32,
        _ => 0,
    };
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if length == 0 || digits.len() != length || !is_hex {
        let hint =
            if hash.contains('@') { " It says `hashed: true` but looks like a plain address." } else { "" };
        let detail = format!(
            "A hashed identifier must be \"sha256$\" and 64 hexadecimal digits (or \"md5$\" and 32).{hint}"
        );
        findings.add(&IDENTITY_HASH_FORM, place, detail);
    } else if algorithm == "md5" {
        findings.add(&IDENTITY_HASH_WEAK, place, "MD5 is easily reversed; use sha256.");
    } else if salt.is_none_or(str::is_empty) {
        findings.add(
            &IDENTITY_HASH_WEAK,
            place,
            "A hash without a salt is easily guessed; add a random salt.",
        );
    }
}

fn plain(identity: &str, identity_type: Option<&str>, place: &Place<'_>, findings: &mut Findings) {
    if identity.trim().is_empty() {
        findings.add(&IDENTITY_BLANK, place, "The identifier is blank.");
        return;
    }
    if identity.starts_with("sha256$") || identity.starts_with("md5$") {
        let detail = "The identifier looks like a hash although `hashed` is false.";
        findings.add(&IDENTITY_HASH_PLAIN, place, detail);
    }
    match identity_type {
        Some("emailAddress") => formats::email(identity, place, findings),
        Some("name") => texts::name(identity, place, findings),
        _ => {}
    }
}
