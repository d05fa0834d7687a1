//! Presentations: credentials that their holder shows to somebody
//! ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations)).

use std::sync::Arc;

use accolade_signing::vp_jwt;
use serde_json::Value;

use super::content::Content;
use super::embedded::Secured;
use super::proofs::ProofFindings;
use super::shown_token::{self, ShownToken};
use super::signatory::Signatory;
use super::{NOT_WORTH_IT, embedded, enclosed, shape};
use crate::asked::Manner;
use crate::case::Case;
use crate::library::shown;
use crate::report::steps::{self, v3 as step};
use crate::report::{Format, RecipientView, Report, StatusState, StatusView};

const ENVELOPED: &str = "EnvelopedVerifiablePresentation";

/// Whether a JSON document claims to be a presentation, by itself or in an envelope.
pub(crate) fn is_meant(document: &Value) -> bool {
    shape::texts(document.get("type")).any(|kind| kind == "VerifiablePresentation" || kind == ENVELOPED)
}

/// Examines a presentation with an embedded proof or none, or an envelope with one.
pub(crate) async fn examine_document(case: &mut Case<'_>, document: Value, report: &mut Report) {
    if shape::texts(document.get("type")).any(|kind| kind == ENVELOPED) {
        return match vp_jwt::open_envelope(&document) {
            Ok(token) => examine_token(case, token.into(), report).await,
            Err(error) => report.fail(
                steps::PARSE,
                error.code(),
                format!("The envelope holds no proper signed token: {}.", shown(&error.to_string())),
            ),
        };
    }
    report.format = Some(Format::V3Presentation);
    report.pass(steps::FORMAT, "This is a presentation: credentials that somebody shows as theirs.");
    let document = Arc::new(document);
    let holder = document.get("holder").and_then(id_of).map(str::to_owned);
    begin(&document, report);
    let proven = if examine_content(case, Arc::clone(&document), report).await {
        prove_document(case, holder.as_deref(), &document, report).await
    } else {
        report.skip(step::PROOF_PRESENTATION, NOT_WORTH_IT);
        None
    };
    finish(case, &document, proven.as_deref(), report).await;
}

/// Examines a presentation as a token, of either form.
pub(crate) async fn examine_token(case: &mut Case<'_>, token: Arc<str>, report: &mut Report) {
    report.format = Some(Format::V3PresentationJwt);
    report.pass(steps::FORMAT, "This is a presentation in a signed token (VP-JWT).");
    let read = match case.library.hands.compute(move || ShownToken::read(token)).await {
        Ok(Ok(read)) => read,
        Err(trouble) => return report.trouble(step::CLAIMS_PRESENTATION, trouble),
        Ok(Err(error)) => {
            return report.fail(
                step::CLAIMS_PRESENTATION,
                error.code(),
                format!(
                    "The signed presentation is not built as one must be, so it cannot be relied on: {}.",
                    shown(&error.to_string())
                ),
            );
        }
    };
    report.pass(step::CLAIMS_PRESENTATION, "The token and the presentation inside it say the same.");
    let (holder, document) = (read.claims.holder.clone(), Arc::clone(&read.presentation));
    begin(&document, report);
    let proven = if examine_content(case, Arc::clone(&document), report).await {
        let signatory = Signatory::holder_in(case, holder.as_deref());
        let findings = shown_token::examine(&mut case.library, case.now, signatory, &read).await;
        write_proof(findings, report)
    } else {
        report.skip(step::PROOF_PRESENTATION, NOT_WORTH_IT);
        None
    };
    finish(case, &document, proven.as_deref(), report).await;
}

fn begin(document: &Value, report: &mut Report) {
    report.status = StatusView { state: StatusState::None, reason: None };
    report.credential = Some(crate::report::CredentialView {
        id: document.get("id").and_then(Value::as_str).map(shown),
        ..Default::default()
    });
}

async fn examine_content(case: &Case<'_>, document: Arc<Value>, report: &mut Report) -> bool {
    match case.library.hands.compute(move || Content::of_presentation(&document)).await {
        // What is canonical here lacks the credentials, so no proof is over it.
        Ok(content) => content.write("presentation", step::SCHEMA_PRESENTATION, report).is_some(),
        Err(trouble) => {
            report.trouble(step::SAFE_MODE, trouble);
            false
        }
    }
}

/// Who has proven to be the holder.
async fn prove_document(
    case: &mut Case<'_>,
    holder: Option<&str>,
    document: &Arc<Value>,
    report: &mut Report,
) -> Option<String> {
    let is_bare =
        document.get("proof").is_none_or(|proof| proof.is_null() || proof == &Value::Array(Vec::new()));
    let expects = case.expectations.challenge.is_some() || !case.expectations.domain.is_empty();
    if is_bare && case.manner == Manner::Badge && !expects {
        report.warn(
            step::PROOF_PRESENTATION,
            "no_proof",
            "Nobody has proven to be the holder: whoever got hold of these credentials could have put them together. Each \
             is judged by itself.",
        );
        return None;
    }
    let signatory = Signatory::holder_in(case, holder);
    let findings = embedded::examine(&mut case.library, case.now, signatory, Secured::of(document)).await;
    write_proof(findings, report)
}

fn write_proof(findings: ProofFindings, report: &mut Report) -> Option<String> {
    let owner = findings.owner();
    findings.write(report, step::PROOF_PRESENTATION);
    owner
}

async fn finish(case: &mut Case<'_>, document: &Value, proven: Option<&str>, report: &mut Report) {
    let inside: Vec<Value> =
        document.get("verifiableCredential").into_iter().flat_map(shape::several).cloned().collect();
    if inside.is_empty() && case.manner == Manner::Badge {
        report.fail(
            step::CREDENTIALS,
            "no_credentials",
            "The presentation holds no credentials, so it shows nothing.",
        );
        return;
    }
    enclosed::examine(case, &inside, "presentation", report).await;
    if let Some(holder) = proven {
        examine_holder(holder, report);
    }
}

/// Whether the credentials were awarded to who shows them. They may be shown for another, such as a child.
fn examine_holder(holder: &str, report: &mut Report) {
    report.recipient = Some(RecipientView { id: Some(shown(holder)), ..RecipientView::default() });
    if report.credentials.is_empty() {
        return;
    }
    let all = report.credentials.len();
    let foreign = report.credentials.iter().filter(|inner| inner.subject.as_deref() != Some(holder)).count();
    if foreign == 0 {
        report.pass(
            step::HOLDER,
            "Whoever shows the credentials has proven to be the one they were awarded to.",
        );
        return;
    }
    let which = match all {
        1 => "The credential is".to_owned(),
        _ => format!("Of the {all} credentials, {foreign} are"),
    };
    report.warn(
        step::HOLDER,
        "holder_not_subject",
        format!(
            "{which} not made out to the identifier of whoever shows this ({}). It may be shown on another's behalf, or by \
             somebody who should not have it.",
            shown(holder)
        ),
    );
}

fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}
