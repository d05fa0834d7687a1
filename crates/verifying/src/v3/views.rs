//! Who, what and when: the parts of a credential people want to see.

use accolade_core::Timestamp;
use serde_json::Value;

use super::kind::Kind;
use super::shape;
use crate::library::shown;
use crate::report::{AchievementView, CredentialView, IssuerView, RecipientView, Report};

/// `issuer`, or `issuer.id`.
pub(super) fn issuer_id(credential: &Value) -> Option<&str> {
    let issuer = credential.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id").and_then(Value::as_str))
}

/// The credential without its `proof`, and whether there was one.
pub(super) fn without_proof(credential: &Value) -> (Value, bool) {
    let mut bare = credential.clone();
    let proof = bare.as_object_mut().and_then(|members| members.remove("proof"));
    (bare, proof.is_some())
}

/// Fills in what the credential says; whether it is true, the checks tell.
pub(super) fn fill(report: &mut Report, kind: Kind, credential: &Value) {
    report.credential = Some(CredentialView {
        id: text(credential, "id"),
        name: text(credential, "name"),
        awarded_date: moment(credential, "awardedDate"),
        valid_from: moment(credential, "validFrom"),
        valid_until: moment(credential, "validUntil"),
    });
    report.issuer = issuer_id(credential).map(|id| {
        let profile = credential.get("issuer").filter(|issuer| issuer.is_object());
        IssuerView {
            id: shown(id),
            name: profile.and_then(|profile| text(profile, "name")),
            url: profile.and_then(|profile| text(profile, "url")),
        }
    });
    let Some(subject) = subject(credential).filter(|_| kind != Kind::Endorsement) else { return };
    report.subject = subject.get("id").and_then(Value::as_str).map(str::to_owned);
    let achievement = subject.get("achievement").filter(|achievement| achievement.is_object());
    report.achievement = achievement.map(|achievement| AchievementView {
        id: text(achievement, "id"),
        name: text(achievement, "name"),
        description: long_text(achievement, "description"),
        achievement_type: text(achievement, "achievementType"),
    });
    report.recipient = Some(recipient(subject));
}

/// The subject, if there is one only: of several, none is the recipient.
fn subject(credential: &Value) -> Option<&Value> {
    let mut subjects = shape::several(credential.get("credentialSubject")?);
    let first = subjects.next();
    first.filter(|_| subjects.next().is_none())
}

fn recipient(subject: &Value) -> RecipientView {
    let identifiers: Vec<&Value> =
        subject.get("identifier").and_then(Value::as_array).into_iter().flatten().collect();
    let kind = |identifier: &Value| text(identifier, "identityType");
    let name = identifiers
        .iter()
        .filter(|one| kind(one).as_deref() == Some("name") && one.get("hashed") == Some(&Value::Bool(false)))
        .find_map(|one| text(one, "identityHash"));
    RecipientView {
        id: text(subject, "id"),
        name,
        identified_by: identifiers.iter().filter_map(|one| kind(one)).take(16).collect(),
        matches: None,
    }
}

/// A member's text, or the first of its texts, with or without a language, fit for one line.
fn text(object: &Value, name: &str) -> Option<String> {
    let member = object.get(name)?;
    let spoken = || shape::several(member).find_map(|one| one.get("@value")?.as_str());
    shape::texts(Some(member)).next().or_else(spoken).map(shown)
}

fn long_text(object: &Value, name: &str) -> Option<String> {
    const LONGEST: usize = 2_000;
    let text = object.get(name)?.as_str()?;
    Some(text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect())
}

fn moment(object: &Value, name: &str) -> Option<Timestamp> {
    Timestamp::parse(object.get(name)?.as_str()?).ok()
}
