//! Rules about `relatedResource`: what else a credential stands on, with its digests
//! ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources)).

use serde_json::Value;

use super::{each, identifiers, vcdm};
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::walk::kind_of;

rules! {
    RESOURCE_FORM: Specification Error/Error "vc-resource-form", vcdm!("integrity-of-related-resources"),
        "A related resource is an object with its id and a digest.";
    RESOURCE_TWICE: Specification Error/Error "vc-resource-twice", vcdm!("integrity-of-related-resources"),
        "Each related resource is listed once.";
    RESOURCE_DIGEST: Specification Error/Error "vc-resource-digest", vcdm!("integrity-of-related-resources"),
        "A related resource has a digest.";
    DIGEST_SRI: Specification Error/Error "vc-digest-sri", "https://www.w3.org/TR/SRI/#the-integrity-attribute",
        "`digestSRI` is sha256, sha384 or sha512, a hyphen, and the digest in base64.";
    DIGEST_MULTIBASE: Specification Error/Error "vc-digest-multibase", "https://www.w3.org/TR/cid-1.0/#multihash",
        "`digestMultibase` is a multihash in base58 (z…) or base64url (u…).";
    MEDIA_TYPE: Specification Error/Error "vc-media-type", "https://www.rfc-editor.org/rfc/rfc6838#section-4.2",
        "A media type is two names with a slash between.";
}

pub(super) fn check(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    let Some(listed) = document.get("relatedResource") else { return };
    let at = place.member("relatedResource");
    if listed.as_array().is_some_and(Vec::is_empty) {
        findings.add(&RESOURCE_FORM, &at, "`relatedResource` is empty; leave it out.");
    }
    let mut seen: Vec<&str> = Vec::new();
    let ids = listed.as_array().map_or(std::slice::from_ref(listed), Vec::as_slice);
    for (index, resource) in ids.iter().enumerate() {
        let Some(id) = resource.get("id").and_then(Value::as_str) else { continue };
        if seen.contains(&id) {
            let detail = "This resource is listed already; each may be listed once.";
            findings.add(&RESOURCE_TWICE, &at.item(index).member("id"), detail);
        }
        seen.push(id);
    }
    each(listed, &at, findings, resource);
}

fn resource(resource: &Value, place: &Place<'_>, findings: &mut Findings) {
    if !resource.is_object() {
        let detail =
            format!("A related resource is an object with `id` and a digest, not {}.", kind_of(resource));
        return findings.add(&RESOURCE_FORM, place, detail);
    }
    identifiers::must_have_id(resource, place, findings);
    let (sri, multibase) = (resource.get("digestSRI"), resource.get("digestMultibase"));
    if sri.is_none() && multibase.is_none() {
        let detail = "A related resource needs `digestSRI` or `digestMultibase`: nobody could tell whether it was changed.";
        findings.add(&RESOURCE_DIGEST, place, detail);
    }
    if let Some(sri) = sri
        && !fits(sri, is_sri)
    {
        let detail = "`digestSRI` must be sha256-, sha384- or sha512- and the digest in base64.";
        findings.add(&DIGEST_SRI, &place.member("digestSRI"), detail);
    }
    if let Some(multibase) = multibase
        && !fits(multibase, is_multibase)
    {
        let detail =
            "`digestMultibase` must be z and base58 letters, or u and base64url letters, of a multihash.";
        findings.add(&DIGEST_MULTIBASE, &place.member("digestMultibase"), detail);
    }
    if let Some(kind) = resource.get("mediaType")
        && !kind.as_str().is_some_and(is_media_type)
    {
        let detail = "`mediaType` must be a media type, such as application/ld+json.";
        findings.add(&MEDIA_TYPE, &place.member("mediaType"), detail);
    }
}

/// One text of the form, or several.
fn fits(value: &Value, form: fn(&str) -> bool) -> bool {
    match value {
        Value::Array(several) => {
            !several.is_empty() && several.iter().all(|one| one.as_str().is_some_and(form))
        }
        one => one.as_str().is_some_and(form),
    }
}

/// One or several digests with blanks between.
fn is_sri(text: &str) -> bool {
    let mut digests = text.split_ascii_whitespace().peekable();
    digests.peek().is_some() && digests.all(is_one_sri)
}

fn is_one_sri(text: &str) -> bool {
    let (length, padding) = match text.split_once('-') {
        Some(("sha256", _)) => (43, "="),
        Some(("sha384", _)) => (64, ""),
        Some(("sha512", _)) => (86, "=="),
        _ => return false,
    };
    let digest = text.split_once('-').and_then(|(_, digest)| digest.strip_suffix(padding));
    digest.is_some_and(|digest| {
        digest.len() == length
            && digest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
    })
}

/// Code, length and digest of at least 32 bytes, in one of the two alphabets of the standard.
fn is_multibase(text: &str) -> bool {
    const LEAST: usize = 44;
    let is_base58 = |byte: u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l');
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match text.split_at_checked(1) {
        Some(("z", letters)) => letters.len() >= LEAST && letters.bytes().all(is_base58),
        Some(("u", letters)) => letters.len() >= LEAST && letters.bytes().all(is_base64),
        _ => false,
    }
}

fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    essence.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}
