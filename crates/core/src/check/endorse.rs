//! Rules about issuers and about endorsements inside other documents.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::proofs;
use super::rule::{ob, rules};

rules! {
    ISSUER_BARE_URI: House Warning/Warning "issuer-bare-uri", ob!("achievementcredential"),
        "The issuer is written out as a Profile; some validators refuse a bare URI.";
    ISSUER_UNNAMED: House Warning/Warning "issuer-unnamed", ob!("profile"),
        "The issuer has a name.";
    ENDORSEMENT_UNPROVEN: Specification Warning/Warning "endorsement-unproven", ob!("endorsementcredential"),
        "An endorsement inside another document has a proof of its own.";
}

/// A Profile is written out.
pub(crate) fn bare_uri(place: &Place<'_>, findings: &mut Findings) {
    let detail = format!(
        "`{}` is a bare URI; write out the Profile with `id`, `type` and `name`, since some validators refuse a URI.",
        place.name()
    );
    findings.add(&ISSUER_BARE_URI, place, detail);
}

/// Readers want to see a name.
pub(crate) fn issuer_is_told(credential: &Value, place: &Place<'_>, findings: &mut Findings) {
    if credential.get("issuer").is_some_and(|issuer| issuer.is_object() && issuer.get("name").is_none()) {
        let at = place.member("issuer");
        findings.add(&ISSUER_UNNAMED, &at.member("name"), "The issuer has no `name` for people to read.");
    }
}

/// An endorsement that came along in another document can be verified.
pub(crate) fn inner_one_is_proven(endorsement: &Value, place: &Place<'_>, findings: &mut Findings) {
    let mut missing = Findings::default();
    proofs::present(endorsement, place, &mut missing);
    if place.is_inside() && !missing.0.is_empty() {
        let detail =
            "An endorsement inside another document needs a `proof` of its own, else nobody can trust it.";
        findings.add(&ENDORSEMENT_UNPROVEN, &place.member("proof"), detail);
    }
}
