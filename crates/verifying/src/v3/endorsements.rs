//! What others say about the badge, its achievement or its issuer: each a credential of its own
//! ([EndorsementCredential](https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential)).

use std::sync::Arc;

use serde_json::Value;

use super::shape::Endorsement;
use super::token::Token;
use super::validity::Life;
use super::{embedded, older, shape, token, validity, views};
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
    for endorsement in all.iter().take(MOST_ENDORSEMENTS) {
        match examine_one(case, endorsement).await {
            Ok(by) => {
                report.pass(step::ENDORSEMENTS, format!("The badge carries a genuine endorsement by {by}."))
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

/// Whose endorsement it is, if it holds.
async fn examine_one(case: &mut Case<'_>, endorsement: &Endorsement) -> Result<String, Trouble> {
    let Endorsement { of, credential: endorsement } = endorsement;
    if let Value::String(text) = endorsement {
        let text = Arc::from(text.as_str());
        let read = case.library.hands.compute(move || Token::read(text)).await?;
        let vc = read.map_err(|error| {
            Trouble::flaw(error.code(), format!("It is no proper VC-JWT: {}.", shown(&error.to_string())))
        })?;
        let issuer = views::issuer_id(&vc.credential).unwrap_or_default().to_owned();
        check_frame(case, &vc.credential, of.as_deref(), vc.life())?;
        let findings = token::examine(&mut case.library, case.now, &issuer, &vc).await;
        return findings.trouble().cloned().map_or_else(|| Ok(endorser(&vc.credential, &issuer)), Err);
    }
    let issuer = views::issuer_id(endorsement).unwrap_or_default().to_owned();
    let secured = Arc::new(endorsement.clone());
    check_frame(case, &secured, of.as_deref(), Life::default())?;
    let findings = embedded::examine(&mut case.library, case.now, &issuer, &secured).await;
    findings.trouble().cloned().map_or_else(|| Ok(endorser(endorsement, &issuer)), Err)
}

/// Contexts, type, what is endorsed, and time.
fn check_frame(
    case: &Case<'_>,
    endorsement: &Arc<Value>,
    of: Option<&str>,
    life: Life,
) -> Result<(), Trouble> {
    shape::contexts(endorsement, true)?;
    if !shape::texts(endorsement.get("type")).any(|kind| kind == "EndorsementCredential") {
        return Err(Trouble::flaw("wrong_type", "It does not say that it is an endorsement."));
    }
    let about = endorsement.get("credentialSubject").and_then(|subject| subject.get("id"));
    if of.is_none() || about.and_then(Value::as_str) != of {
        return Err(Trouble::flaw("endorses_another", "It endorses something else than what it stands in."));
    }
    validity::period(&older::in_words_of_v2(endorsement), life)?.contains(case.now)
}

/// The endorser's name with the identifier that the proof is tied to; a name alone anybody can take.
fn endorser(endorsement: &Value, id: &str) -> String {
    let issuer = endorsement.get("issuer").and_then(|issuer| issuer.get("name"));
    let withdrawn = match endorsement.get("credentialStatus") {
        Some(_) => "; whether it was withdrawn since was not looked up",
        None => "",
    };
    match issuer.and_then(Value::as_str) {
        Some(name) => format!("{} ({}){withdrawn}", shown(name), shown(id)),
        None => format!("{}{withdrawn}", shown(id)),
    }
}
