//! Rules about a whole credential.

use serde_json::Value;

use super::{each, identifiers, language, parts, resources, vcdm};
use crate::check::findings::Findings;
use crate::check::place::Place;
use crate::check::rule::rules;
use crate::check::texts::excerpt;
use crate::check::walk::kind_of;
use crate::time::Timestamp;

rules! {
    NOT_AN_OBJECT: Specification Error/Error "vc-not-an-object", vcdm!("verifiable-credentials"),
        "A credential or presentation is a JSON object.";
    ISSUER: Specification Error/Error "vc-issuer", vcdm!("issuer"),
        "The issuer is a URL, or an object with one as its id.";
    SUBJECT: Specification Error/Error "vc-subject", vcdm!("credential-subject"),
        "A credential says something about a subject, or about several.";
    SUBJECT_ONLY_ID: Specification Warning/Warning "vc-subject-only-id", vcdm!("credential-subject"),
        "Beside the id of a subject something is said about it.";
    DATE_TIME: Specification Error/Error "vc-date-time", vcdm!("validity-period"),
        "`validFrom` and `validUntil` are date-times with a zone.";
    ENDS_BEFORE: Specification Error/Error "vc-ends-before", vcdm!("validity-period"),
        "`validUntil` is not before `validFrom`.";
}

pub(super) fn check(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    if !document.is_object() {
        let detail = format!("A credential is a JSON object, not {}.", kind_of(document));
        return findings.add(&NOT_AN_OBJECT, place, detail);
    }
    identifiers::contexts(document, place, findings);
    identifiers::id(document, place, findings);
    identifiers::must_be("VerifiableCredential", document, place, findings);
    language::names(document, place, findings);
    issuer(document, place, findings);
    subjects(document, place, findings);
    validity(document, place, findings);
    parts::check(document, place, findings);
    resources::check(document, place, findings);
}

fn issuer(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    let at = place.member("issuer");
    match document.get("issuer") {
        Some(url @ Value::String(_)) => identifiers::url(url, &at, findings),
        Some(profile @ Value::Object(_)) => {
            identifiers::must_have_id(profile, &at, findings);
            language::names(profile, &at, findings);
        }
        found => {
            let found = found.map_or("missing", kind_of);
            let detail =
                format!("`issuer` must be a URL or an object with a URL as its `id`; it is {found}.");
            findings.add(&ISSUER, &at, detail);
        }
    }
}

fn subjects(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    let at = place.member("credentialSubject");
    match document.get("credentialSubject") {
        None => findings.add(
            &SUBJECT,
            &at,
            "The credential says nothing about anybody: `credentialSubject` is missing.",
        ),
        Some(Value::Array(none)) if none.is_empty() => {
            findings.add(
                &SUBJECT,
                &at,
                "The credential says nothing about anybody: `credentialSubject` is empty.",
            );
        }
        Some(subjects) => each(subjects, &at, findings, subject),
    }
}

fn subject(subject: &Value, place: &Place<'_>, findings: &mut Findings) {
    let Some(members) = subject.as_object() else {
        let detail = format!("A subject is an object with what is said about it, not {}.", kind_of(subject));
        return findings.add(&SUBJECT, place, detail);
    };
    if members.is_empty() {
        findings.add(&SUBJECT, place, "Nothing is said about the subject.");
    } else if members.keys().all(|name| name == "id") {
        findings.add(&SUBJECT_ONLY_ID, place, "The subject has an `id`, and nothing is said about it.");
    }
    identifiers::id(subject, place, findings);
}

fn validity(document: &Value, place: &Place<'_>, findings: &mut Findings) {
    let mut moment = |name: &'static str| {
        let value = document.get(name)?;
        let moment = value.as_str().and_then(|text| Timestamp::parse(text).ok());
        if moment.is_none() {
            let shown = value
                .as_str()
                .map_or_else(|| kind_of(value).to_owned(), |text| format!("\"{}\"", excerpt(text)));
            let detail = format!(
                "`{name}` must be a date-time with a zone, such as 2026-11-23T10:00:00Z, not {shown}."
            );
            findings.add(&DATE_TIME, &place.member(name), detail);
        }
        moment
    };
    let (from, until) = (moment("validFrom"), moment("validUntil"));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let detail = format!("`validUntil` ({until}) is before `validFrom` ({from}): it would never count.");
        findings.add(&ENDS_BEFORE, &place.member("validUntil"), detail);
    }
}
