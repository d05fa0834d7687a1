//! Every rule of the standard that a document can break.
//!
//! The checks work on any JSON value, so that a broken document can be described. A walk over the tables in `shapes`
//! compares members, kinds and formats; groups of rules beside it look at how members hang together. Undefined JSON-LD
//! terms and signatures are the business of other crates.

mod contexts;
mod endorse;
mod findings;
mod formats;
mod place;
mod proofs;
mod recipients;
mod results;
mod rule;
mod shape;
mod shapes;
mod status;
mod structure;
mod suggest;
mod texts;
mod times;
pub mod vc;
mod walk;

use serde_json::Value;

pub use findings::Finding;
use findings::Findings;
use place::Place;
pub use rule::{Origin, Rule, Severity};
use shape::Shape;

/// Checks an AchievementCredential (also named OpenBadgeCredential), signed or not.
pub fn credential(document: &Value) -> Vec<Finding> {
    check(document, &shapes::credential::ACHIEVEMENT_CREDENTIAL)
}

/// Checks an EndorsementCredential, signed or not.
pub fn endorsement(document: &Value) -> Vec<Finding> {
    check(document, &shapes::credential::ENDORSEMENT_CREDENTIAL)
}

/// Checks a Profile.
pub fn profile(document: &Value) -> Vec<Finding> {
    check(document, &shapes::profile::PROFILE)
}

/// Checks an Achievement.
pub fn achievement(document: &Value) -> Vec<Finding> {
    check(document, &shapes::achievement::ACHIEVEMENT)
}

/// Checks that a credential carries at least one embedded proof; a credential inside a JWT needs none.
pub fn embedded_proof(document: &Value) -> Vec<Finding> {
    let mut findings = Findings::default();
    proofs::present(document, &Place::root(), &mut findings);
    findings.0
}

/// Weighs findings as those of a document that somebody else issued; see [`Rule::received`].
pub fn as_received(findings: Vec<Finding>) -> Vec<Finding> {
    findings
        .into_iter()
        .map(|finding| {
            let received =
                rules().chain(vc::rules()).find(|rule| rule.id == finding.rule).map(|rule| rule.received);
            Finding { severity: received.unwrap_or(finding.severity), ..finding }
        })
        .collect()
}

/// Every rule about badges. Those of the data model for other credentials are [`vc::rules`].
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let groups = [
        structure::RULES,
        formats::RULES,
        texts::RULES,
        contexts::RULES,
        recipients::RULES,
        results::RULES,
        times::RULES,
        status::RULES,
        proofs::RULES,
        endorse::RULES,
    ];
    groups.into_iter().flatten().copied()
}

/// The member name of a class that comes nearest to a name that is none, if any comes near: for "did you mean".
pub fn nearest_member(name: &str, members: &[&'static str]) -> Option<&'static str> {
    suggest::nearest(name, members)
}

fn check(document: &Value, shape: &'static Shape) -> Vec<Finding> {
    let mut findings = Findings::default();
    walk::object(document, shape, &Place::root(), &mut findings);
    findings.0
}
