//! One credential, whatever it is meant to be: its content, its proof, and what follows from them.

use std::sync::Arc;

use accolade_signing::data_integrity::Suite;
use accolade_signing::jwt::JwtError;
use serde_json::Value;

use super::embedded::Secured;
use super::kind::Kind;
use super::proofs::ProofFindings;
use super::signatory::Signatory;
use super::token::{self, Token};
use super::validity::Life;
use super::{
    NOT_WORTH_IT, content, credential_schema, embedded, enclosed, endorsements, older, recipient, refresh,
    related_resources, shape, status, validity, views,
};
use crate::asked::Manner;
use crate::case::Case;
use crate::library::shown;
use crate::report::steps::{self, v3 as step};
use crate::report::{CheckOutcome, Report};

/// Examines a credential with an embedded proof.
pub(crate) async fn examine_document(case: &mut Case<'_>, document: Value, report: &mut Report) {
    let kind = Kind::of(&document, case);
    report.format = Some(kind.format(false));
    say_what_it_is(case, kind, "with an embedded proof", report);
    let document = Arc::new(document);
    let words = older::in_words_of_v2(&document);
    views::fill(report, kind, &words);
    if let Some(canonical) = content::examine(case.library.hands, Arc::clone(&document), kind, report).await {
        let issuer = views::issuer_id(&document).unwrap_or_default().to_owned();
        let signatory = Signatory::issuer_in(case, &issuer);
        let secured = Secured::known(&document, canonical);
        let findings = embedded::examine(&mut case.library, case.now, signatory, secured).await;
        findings.write(report, step::PROOF);
    } else {
        report.skip(step::PROOF, NOT_WORTH_IT);
    }
    finish(case, kind, Judged { document: &document, words: &words }, Life::default(), report).await;
}

/// Examines a VC-JWT. What is reported comes out of the signed token and nowhere else.
pub(crate) async fn examine_token(case: &mut Case<'_>, token: Arc<str>, report: &mut Report) {
    let bytes = token.len();
    let read = move || {
        let vc = Token::read(token)?;
        let (bare, inner_proofs) = views::without_proof(&vc.credential);
        Ok::<_, JwtError>((vc, Arc::new(bare), inner_proofs))
    };
    let (vc, bare, inner_proofs) = match case.library.hands.read(bytes, read).await {
        Ok(Ok(parts)) => parts,
        Err(trouble) => return report.trouble(step::CLAIMS, trouble),
        Ok(Err(error)) => {
            report.format = Some(Kind::Badge.format(true));
            report.fail(
                step::CLAIMS,
                error.code(),
                format!(
                    "The signed badge is not built as such a badge must be, so it cannot be relied on: {}.",
                    shown(&error.to_string())
                ),
            );
            return;
        }
    };
    let kind = Kind::of(&vc.credential, case);
    report.format = Some(kind.format(true));
    say_what_it_is(case, kind, "in a signed token (VC-JWT)", report);
    report.pass(step::CLAIMS, "The token and the credential inside it say the same.");
    let words = vc.words();
    views::fill(report, kind, &words);
    if let Some(canonical) = content::examine(case.library.hands, bare, kind, report).await {
        let issuer = vc.claims.iss.clone();
        let signatory = Signatory::issuer_in(case, &issuer);
        let findings = token::examine(&mut case.library, case.now, signatory, &vc).await;
        let good = findings.is_good();
        findings.write(report, step::PROOF_JWT);
        if good && inner_proofs {
            let signatory = Signatory::issuer(&issuer);
            let secured = Secured::known(&vc.credential, canonical);
            let inner = embedded::examine(&mut case.library, case.now, signatory, secured).await;
            write_inner(&inner, report);
        }
    } else {
        report.skip(step::PROOF_JWT, NOT_WORTH_IT);
    }
    finish(case, kind, Judged { document: &vc.credential, words: &words }, vc.life(), report).await;
}

fn say_what_it_is(case: &Case<'_>, kind: Kind, form: &str, report: &mut Report) {
    report.pass(steps::FORMAT, format!("{} {form}.", kind.words()));
    if kind == Kind::Other && case.manner == Manner::Badge {
        report.warn(
            step::TYPE,
            "not_a_badge",
            "It is no Open Badge. Whether it is genuine can be told, but not what it is worth as a badge.",
        );
    }
}

/// Whether the holder of a badge with an embedded proof chose which parts of it to show.
fn is_shown_in_part(credential: &Value, report: &Report) -> bool {
    let is_partial =
        |proof: &Value| proof.get("cryptosuite").and_then(Value::as_str) == Some(Suite::EcdsaSd2023.name());
    let is_token = report.checks.iter().any(|check| check.id == step::CLAIMS.id);
    !is_token && credential.get("proof").is_some_and(|proofs| shape::several(proofs).any(is_partial))
}

/// What a holder did not show is not absent.
fn disclosure(credential: &Value, report: &mut Report) {
    let is_hidden = |name: &str| credential.get(name).is_none();
    let hides = is_hidden("validUntil") || is_hidden("credentialStatus");
    if hides && is_shown_in_part(credential, report) {
        report.warn(
            step::DISCLOSURE,
            "selective_disclosure",
            "The holder chose which parts of the badge to show. An end of its time, or the place where the issuer would \
             tell of a revocation, may be among those not shown.",
        );
    }
}

fn write_inner(inner: &ProofFindings, report: &mut Report) {
    match inner.trouble() {
        None => report.pass(step::INNER_PROOF, "The credential inside the token carries a second proof, which holds as well."),
        Some(trouble) => report.warn(
            step::INNER_PROOF,
            trouble.code(),
            format!(
                "The credential inside the token carries a second proof that could not be confirmed; the token's own \
                 signature is what counts. {}",
                trouble.detail()
            ),
        ),
    }
}

/// A credential as it was issued, and in the words of VCDM 2.0.
#[derive(Clone, Copy)]
struct Judged<'a> {
    document: &'a Value,
    words: &'a Value,
}

/// The steps after the proof: a newer copy, time, status, endorsements, recipient, and what it holds.
async fn finish(case: &mut Case<'_>, kind: Kind, judged: Judged<'_>, life: Life, report: &mut Report) {
    if case.manner.is_proof_only() {
        validity::remark(case.now, judged.words, life, report);
        report.skip(step::STATUS, "Not looked up, because only the proof was asked for.");
        related_resources::examine(case, judged.words, report).await;
        if Kind::is_record(judged.words) {
            report.skip(
                step::CREDENTIALS,
                "What it holds was not looked at, because only the proof was asked for.",
            );
        }
        return;
    }
    let is_genuine =
        report.checks.iter().any(|check| check.id == step::PROOF.id && check.outcome == CheckOutcome::Passed);
    if !is_genuine {
        validity::examine(case.now, kind, judged.words, life, report);
        report.skip(step::STATUS, "Not looked up, because the badge could not be shown to be the issuer's.");
        return conclude(case, kind, judged.words, report).await;
    }
    // Addresses in a badge are visited only once its issuer has been found to have signed them.
    let newer = match case.manner {
        Manner::Badge => refresh::newer(case, kind, judged.words, report).await,
        _ => None,
    };
    let (judged, life) = match &newer {
        Some((newer, life)) => (Judged { document: newer, words: newer }, *life),
        None => (judged, life),
    };
    validity::examine(case.now, kind, judged.words, life, report);
    let is_partial = is_shown_in_part(judged.words, report);
    status::examine(case, judged.words, is_partial, report).await;
    disclosure(judged.words, report);
    credential_schema::examine(case, judged.document, report).await;
    related_resources::examine(case, judged.words, report).await;
    if kind != Kind::Other {
        endorsements::examine(case, judged.words, report).await;
    }
    conclude(case, kind, judged.words, report).await;
}

async fn conclude(case: &mut Case<'_>, kind: Kind, credential: &Value, report: &mut Report) {
    if case.manner == Manner::Badge {
        recipient::examine(case.expectations, kind, credential, report);
    }
    if !Kind::is_record(credential) {
        return;
    }
    let subjects: Vec<&Value> =
        credential.get("credentialSubject").into_iter().flat_map(shape::several).collect();
    if subjects.len() > 1 {
        report.fail(
            step::TYPE,
            "several_subjects",
            "The learner's record is made out to several learners, so it is not clear whose it is.",
        );
    }
    let inside = subjects.iter().filter_map(|subject| subject.get("verifiableCredential"));
    let inside: Vec<Value> = inside.flat_map(shape::several).cloned().collect();
    enclosed::examine(case, &inside, "learner's record", report).await;
    whose(report);
}

/// A record is of one learner; what it holds of others is remarked upon.
fn whose(report: &mut Report) {
    let all = report.credentials.len();
    let foreign = report.credentials.iter().filter(|inner| inner.subject != report.subject).count();
    if foreign > 0 {
        let which = match all {
            1 => "The credential in the learner's record is".to_owned(),
            _ => format!("Of the {all} credentials in the learner's record, {foreign} are"),
        };
        report.warn(
            step::HOLDER,
            "other_subject",
            format!("{which} not made out to the identifier that the record is made out to."),
        );
    }
}
