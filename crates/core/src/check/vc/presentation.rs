//! Rules about a presentation, and about what may stand in it.

use serde_json::Value;

use super::{credential, each, identifiers, parts, vcdm};
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::walk::kind_of;

rules! {
    HOLDER: Specification Error/Error "vp-holder", vcdm!("presentations"),
        "The holder is a URL, or an object with one as its id.";
    ENCLOSED: Specification Error/Error "vp-credential", vcdm!("presentations"),
        "What a presentation holds are credentials, each an object; a token stands in an envelope.";
    ENVELOPE: Specification Error/Error "vp-envelope", vcdm!("enveloped-verifiable-credentials"),
        "An envelope has the token as a data: URL in `id`.";
}

pub(super) fn check(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    if !document.is_object() {
        let detail = format!("A presentation is a JSON object, not {}.", kind_of(document));
        return findings.add(&credential::NOT_AN_OBJECT, place, detail);
    }
    identifiers::contexts(document, place, findings);
    identifiers::id(document, place, findings);
    identifiers::must_be("VerifiablePresentation", document, place, findings);
    parts::terms_of_use(document, place, findings);
    holder(document, place, findings);
    if let Some(enclosed) = document.get("verifiableCredential") {
        each(enclosed, &place.member("verifiableCredential"), findings, one_enclosed);
    }
}

fn holder(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    let at = place.member("holder");
    match document.get("holder") {
        None => {}
        Some(url @ Value::String(_)) => identifiers::url(url, &at, findings),
        Some(object @ Value::Object(_)) => identifiers::must_have_id(object, &at, findings),
        Some(other) => {
            let detail = format!(
                "`holder` must be a URL or an object with a URL as its `id`, not {}.",
                kind_of(other)
            );
            findings.add(&HOLDER, &at, detail);
        }
    }
}

fn one_enclosed(enclosed: &Value, place: &Place<'_>, findings: &mut Findings) {
    if !enclosed.is_object() {
        let detail = format!(
            "A credential in a presentation is an object, not {}; a token stands in an EnvelopedVerifiableCredential.",
            kind_of(enclosed)
        );
        return findings.add(&ENCLOSED, place, detail);
    }
    let has = |class: &str| match enclosed.get("type") {
        Some(Value::Array(types)) => types.iter().any(|found| found == class),
        found => found.is_some_and(|found| found == class),
    };
    if has("EnvelopedVerifiableCredential") {
        identifiers::contexts(enclosed, place, findings);
        let token = enclosed.get("id").and_then(Value::as_str);
        if !token.is_some_and(|url| url.starts_with("data:") && url.contains(',')) {
            let detail = "An envelope needs the token in `id`, as in data:application/vc+jwt,eyJ….";
            findings.add(&ENVELOPE, &place.member("id"), detail);
        }
    } else if !has("VerifiableCredential") {
        let detail = "What stands in a presentation says by its `type` that it is a VerifiableCredential.";
        findings.add(&ENCLOSED, &place.member("type"), detail);
    }
}
