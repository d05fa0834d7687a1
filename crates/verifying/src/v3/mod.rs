//! Open Badges 3.0: a verifiable credential, with an embedded proof or as a VC-JWT.

mod compacted;
mod embedded;
mod endorsements;
mod keys;
mod older;
mod proofs;
mod recipient;
mod refresh;
mod shape;
mod status;
mod token;
mod validity;
mod views;

use std::sync::Arc;

use accolade_core::check::{self, Severity};
use accolade_linked_data::{self as linked_data, Options};
use accolade_signing::data_integrity::Suite;
use serde_json::Value;

use crate::case::Case;
use crate::hands::Hands;
use crate::library::shown;
use crate::report::steps::{self, v3 as step};
use crate::report::{Flaw, Format, Report, Trouble};
use accolade_signing::jwt::JwtError;
use proofs::ProofFindings;
use token::Token;
use validity::Life;

/// Whether a JSON document claims to be a verifiable credential.
pub(crate) fn is_meant(document: &Value) -> bool {
    let has = |name: &str, wanted: &[&str]| {
        let member = document.get(name);
        shape::texts(member).any(|text| wanted.iter().any(|known| text.starts_with(known)))
    };
    has("type", &["VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"])
        || has("@context", &["https://www.w3.org/ns/credentials/", "https://www.w3.org/2018/credentials/"])
}

/// Whether a JSON document is a token in an envelope
/// ([EnvelopedVerifiableCredential](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials)).
pub(crate) fn is_envelope(document: &Value) -> bool {
    shape::texts(document.get("type")).any(|kind| kind == "EnvelopedVerifiableCredential")
}

/// Examines a credential with an embedded proof.
pub(crate) async fn examine_document(case: &mut Case<'_>, document: Value, report: &mut Report) {
    report.format = Some(Format::V3EmbeddedProof);
    report.pass(steps::FORMAT, "This is an Open Badges 3.0 credential with an embedded proof.");
    let document = Arc::new(document);
    let words = older::in_words_of_v2(&document);
    views::fill(report, &words);
    if examine_content(case.library.hands, Arc::clone(&document), report).await {
        let issuer = views::issuer_id(&document).unwrap_or_default().to_owned();
        let findings = embedded::examine(&mut case.library, case.now, &issuer, &document).await;
        findings.write(report, step::PROOF);
    } else {
        report.skip(step::PROOF, NOT_WORTH_IT);
    }
    finish(case, &words, Life::default(), report).await;
}

/// Examines a VC-JWT. What is reported comes out of the signed token and nowhere else.
pub(crate) async fn examine_token(case: &mut Case<'_>, token: Arc<str>, report: &mut Report) {
    report.format = Some(Format::V3Jwt);
    report.pass(steps::FORMAT, "This is an Open Badges 3.0 credential in a signed token (VC-JWT).");
    let read = move || {
        let vc = Token::read(token)?;
        let (bare, inner_proofs) = views::without_proof(&vc.credential);
        Ok::<_, JwtError>((vc, Arc::new(bare), inner_proofs))
    };
    let (vc, bare, inner_proofs) = match case.library.hands.compute(read).await {
        Ok(Ok(parts)) => parts,
        Err(trouble) => return report.trouble(step::CLAIMS, trouble),
        Ok(Err(error)) => {
            report.fail(
                step::CLAIMS,
                error.code(),
                format!("The token is not a proper VC-JWT: {}.", shown(&error.to_string())),
            );
            return;
        }
    };
    report.pass(step::CLAIMS, "The token and the credential inside it say the same.");
    let words = vc.words();
    views::fill(report, &words);
    if examine_content(case.library.hands, bare, report).await {
        let issuer = vc.claims.iss.clone();
        let findings = token::examine(&mut case.library, case.now, &issuer, &vc).await;
        let good = findings.is_good();
        findings.write(report, step::PROOF_JWT);
        if good && inner_proofs {
            let inner = embedded::examine(&mut case.library, case.now, &issuer, &vc.credential).await;
            write_inner(&inner, report);
        }
    } else {
        report.skip(step::PROOF_JWT, NOT_WORTH_IT);
    }
    finish(case, &words, vc.life(), report).await;
}

/// What a holder did not show is not absent.
fn disclosure(credential: &Value, report: &mut Report) {
    let is_partial =
        |proof: &Value| proof.get("cryptosuite").and_then(Value::as_str) == Some(Suite::EcdsaSd2023.name());
    let partial = credential.get("proof").is_some_and(|proofs| shape::several(proofs).any(is_partial));
    let is_hidden = |name: &str| credential.get(name).is_none();
    let hides = is_hidden("validUntil") || is_hidden("credentialStatus");
    if partial && hides && report.format == Some(Format::V3EmbeddedProof) {
        report.warn(
            step::DISCLOSURE,
            "selective_disclosure",
            "The holder chose which parts of the badge to show. An end of its time, or the place where the issuer would \
             tell of a revocation, may be among those not shown.",
        );
    }
}

const NOT_WORTH_IT: &str = "Not checked, because the badge is not built as it must be to have a meaning.";

/// What there is to say about a document before anybody's key is asked for.
struct Content {
    is_v1: bool,
    contexts: Result<(), Flaw>,
    kind: Result<(), Flaw>,
    findings: Vec<check::Finding>,
    /// Whether safe mode finds a meaning for everything; `None` where it was not worth looking.
    meaning: Option<Result<(), linked_data::Error>>,
}

impl Content {
    fn of(document: &Arc<Value>) -> Self {
        let (contexts, kind) = (shape::contexts(document, true), shape::badge_type(document));
        let mut findings = check::as_received(check::credential(&older::in_words_of_v2(document)));
        if older::is_v1(document) {
            for finding in &mut findings {
                finding.pointer = older::pointer_in_v1(&finding.pointer).to_owned();
            }
        }
        let meaning = (contexts.is_ok() && kind.is_ok()).then(|| {
            let (bare, _) = views::without_proof(document);
            linked_data::canonical_hash(&bare, &Options::default()).map(|_| ())
        });
        Self { is_v1: older::is_v1(document), contexts, kind, findings, meaning }
    }

    /// The first thing that keeps the document from being a badge with a meaning.
    fn trouble(self) -> Option<Trouble> {
        let broken = self.findings.into_iter().find(|finding| finding.severity == Severity::Error);
        let broken = broken.map(|finding| Trouble::flaw(finding.rule, shown(&finding.detail)));
        let unclear = self.meaning.and_then(Result::err);
        let unclear = unclear.map(|error| Trouble::flaw(error.code(), shown(&error.to_string())));
        let shape = self.contexts.and(self.kind).err().map(Trouble::from);
        shape.or(unclear).or(broken)
    }
}

/// Context, type, rules and safe mode. Gives back whether a proof over this content can mean anything.
async fn examine_content(hands: &Hands, document: Arc<Value>, report: &mut Report) -> bool {
    let content = match hands.compute(move || Content::of(&document)).await {
        Ok(content) => content,
        Err(trouble) => {
            report.trouble(step::SAFE_MODE, trouble);
            return false;
        }
    };
    report.settle(step::CONTEXT, content.contexts.map_err(Into::into), |()| match content.is_v1 {
        true => {
            "The badge uses only published vocabularies, in the order of the older data model (VCDM 1.1)."
                .into()
        }
        false => "The badge uses only published vocabularies, in the order the standard demands.".into(),
    });
    report.settle(step::TYPE, content.kind.map_err(Into::into), |()| {
        "The document says it is an Open Badges achievement credential.".into()
    });
    write_rules(&content.findings, report);
    match content.meaning {
        None => report.skip(step::SAFE_MODE, NOT_WORTH_IT),
        Some(Ok(())) => {
            report.pass(
                step::SAFE_MODE,
                "Every part of the badge has a defined meaning, so the signature protects all of it.",
            );
            return true;
        }
        Some(Err(error)) => report.fail(
            step::SAFE_MODE,
            error.code(),
            format!(
                "A part of the badge has no defined meaning, so no signature could protect it: {}.",
                shown(&error.to_string())
            ),
        ),
    }
    false
}

fn write_rules(findings: &[check::Finding], report: &mut Report) {
    let of = |severity: Severity| findings.iter().filter(move |finding| finding.severity == severity);
    let worded = |finding: &check::Finding| {
        format!("{} ({}: {})", shown(&finding.detail), shown(&finding.pointer), finding.rule)
    };
    let summary = |severity: Severity| {
        let first: Vec<String> = of(severity).take(3).map(worded).collect();
        let more = of(severity).count().saturating_sub(first.len());
        let tail = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{tail}", first.join("; "))
    };
    if let Some(first) = of(Severity::Error).next() {
        report.fail(
            step::SCHEMA,
            first.rule,
            format!("The badge breaks rules of the standard: {}.", summary(Severity::Error)),
        );
    } else if let Some(first) = of(Severity::Warning).next() {
        report.warn(
            step::SCHEMA,
            first.rule,
            format!(
                "The badge follows the rules of the standard, with a remark: {}.",
                summary(Severity::Warning)
            ),
        );
    } else {
        report.pass(step::SCHEMA, "The badge follows the rules of the standard.");
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

/// The steps after the proof: a newer copy, time, status, endorsements, recipient.
async fn finish(case: &mut Case<'_>, credential: &Value, life: Life, report: &mut Report) {
    let is_genuine = report
        .checks
        .iter()
        .any(|check| check.id == step::PROOF.id && check.outcome == crate::CheckOutcome::Passed);
    if !is_genuine {
        validity::examine(case.now, credential, life, report);
        report.skip(step::STATUS, "Not looked up, because the badge could not be shown to be the issuer's.");
        return recipient::examine(case.expectations, credential, report);
    }
    // Addresses in a badge are visited only once its issuer has been found to have signed them.
    let newer = refresh::newer(case, credential, report).await;
    let (credential, life) = newer.as_ref().map_or((credential, life), |(newer, life)| (newer, *life));
    validity::examine(case.now, credential, life, report);
    status::examine(case, credential, report).await;
    disclosure(credential, report);
    endorsements::examine(case, credential, report).await;
    recipient::examine(case.expectations, credential, report);
}
