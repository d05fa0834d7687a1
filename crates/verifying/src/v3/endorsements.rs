//! What others say about the badge, its achievement or its issuer: each a credential of its own
//! ([EndorsementCredential](https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential)).

use std::sync::Arc;

use serde_json::Value;

use super::embedded::Secured;
use super::shape::Vocabularies;
use super::signatory::Signatory;
use super::token::Token;
use super::validity::Life;
use super::{embedded, older, shape, status, token, validity, views};
use crate::case::Case;
use crate::library::shown;
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};

/// The most endorsements of one badge looked at.
const MOST_ENDORSEMENTS: usize = 4;

/// Examines the endorsements anywhere in a badge. They are others' words, so one that does not hold is remarked upon, and
/// the badge itself is none the worse for it.
pub(super) async fn examine(case: &mut Case<'_>, credential: &Value, report: &mut Report) {
    let all = shape::endorsements(credential);
    let parts = parts(credential);
    for endorsement in all.iter().take(MOST_ENDORSEMENTS) {
        match examine_one(case, &parts, endorsement).await {
            Ok(by) => {
                report.pass(step::ENDORSEMENTS, format!("The badge carries a genuine endorsement {by}."))
            }
            Err(trouble) => report.warn(
                step::ENDORSEMENTS,
                trouble.code(),
                format!(
                    "The badge carries an endorsement that could not be confirmed, so do not rely on it. {}",
                    trouble.detail()
                ),
            ),
        }
    }
    if all.len() > MOST_ENDORSEMENTS {
        report.skip(
            step::ENDORSEMENTS,
            format!(
                "The badge carries {} more endorsements that were not checked, so do not rely on them.",
                all.len() - MOST_ENDORSEMENTS
            ),
        );
    }
}

/// What an endorsement in a badge may be about: its id, and what it is.
type Part<'v> = (&'v str, &'static str);

fn parts(credential: &Value) -> Vec<Part<'_>> {
    let achievement = credential.get("credentialSubject").and_then(|subject| subject.get("achievement"));
    [
        (id_of(Some(credential)), "of itself"),
        (id_of(credential.get("issuer")), "of its issuer"),
        (id_of(achievement), "of its achievement"),
        (
            id_of(achievement.and_then(|achievement| achievement.get("creator"))),
            "of who made its achievement",
        ),
    ]
    .into_iter()
    .filter_map(|(id, words)| Some((id?, words)))
    .collect()
}

/// An id, by itself or as that of an object.
fn id_of(value: Option<&Value>) -> Option<&str> {
    let value = value?;
    value.get("id").unwrap_or(value).as_str()
}

/// Of what and whose the endorsement is, if it holds.
async fn examine_one(
    case: &mut Case<'_>,
    parts: &[Part<'_>],
    endorsement: &Value,
) -> Result<String, Trouble> {
    let (credential, of, findings) = if let Value::String(text) = endorsement {
        let text = Arc::from(text.as_str());
        let read = case.library.hands.compute(move || Token::read(text)).await?;
        let vc = read.map_err(|error| {
            Trouble::flaw(
                error.code(),
                format!("It is not built as a signed endorsement must be: {}.", shown(&error.to_string())),
            )
        })?;
        let of = check_frame(case, &vc.credential, parts, vc.life())?;
        let issuer = issuer_of(&vc.credential);
        let findings = token::examine(&mut case.library, case.now, Signatory::issuer(&issuer), &vc).await;
        (vc.credential, of, findings)
    } else {
        let secured = Arc::new(endorsement.clone());
        let of = check_frame(case, &secured, parts, Life::default())?;
        let issuer = issuer_of(&secured);
        let signatory = Signatory::issuer(&issuer);
        let findings = embedded::examine(&mut case.library, case.now, signatory, Secured::of(&secured)).await;
        (secured, of, findings)
    };
    if let Some(trouble) = findings.trouble() {
        return Err(trouble.clone());
    }
    status::withdrawn(case, &credential).await?;
    Ok(format!("{of} by {}", endorser(&credential)))
}

fn issuer_of(endorsement: &Value) -> String {
    views::issuer_id(endorsement).unwrap_or_default().to_owned()
}

/// Contexts, type, what is endorsed, and time.
fn check_frame(
    case: &Case<'_>,
    endorsement: &Arc<Value>,
    parts: &[Part<'_>],
    life: Life,
) -> Result<&'static str, Trouble> {
    shape::contexts(endorsement, Vocabularies::Badge)?;
    if !shape::texts(endorsement.get("type")).any(|kind| kind == "EndorsementCredential") {
        return Err(Trouble::flaw("wrong_type", "It does not say that it is an endorsement."));
    }
    let about = endorsement.get("credentialSubject").and_then(|subject| subject.get("id"));
    let about = about.and_then(Value::as_str);
    let Some((_, of)) = parts.iter().find(|(id, _)| Some(*id) == about) else {
        return Err(Trouble::flaw("endorses_another", "It endorses something else than this badge."));
    };
    validity::period(&older::in_words_of_v2(endorsement), life)?.contains(case.now)?;
    Ok(of)
}

/// The endorser's name with the identifier that the proof is tied to; a name alone anybody can take.
fn endorser(endorsement: &Value) -> String {
    let issuer = endorsement.get("issuer").and_then(|issuer| issuer.get("name"));
    let id = shown(&issuer_of(endorsement));
    match issuer.and_then(Value::as_str) {
        Some(name) => format!("{} ({id})", shown(name)),
        None => id,
    }
}
