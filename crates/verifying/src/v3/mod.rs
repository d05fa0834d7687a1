//! Verifiable credentials: Open Badges 3.0, and what holds, endorses or resembles them, with an embedded proof or as a token.

mod compacted;
mod content;
mod credential;
mod credential_schema;
mod embedded;
mod enclosed;
mod endorsements;
mod keys;
mod kind;
mod older;
mod presentation;
mod proofs;
mod recipient;
mod refresh;
mod related_resources;
mod shape;
mod shown_token;
mod signatory;
mod status;
mod token;
mod validity;
mod views;

use std::sync::Arc;

use serde_json::Value;

use crate::asked::Manner;
use crate::case::Case;
use crate::report::Report;
use crate::report::steps::{self, v3 as step};

/// Said of a proof over something that can have no meaning.
const NOT_WORTH_IT: &str = "Not checked, because the badge is not built as it must be to have a meaning.";

/// Whether a JSON document claims to be a verifiable credential, or a presentation of some.
pub(crate) fn is_meant(document: &Value) -> bool {
    let has = |name: &str, wanted: &[&str]| {
        let member = document.get(name);
        shape::texts(member).any(|text| wanted.iter().any(|known| text.starts_with(known)))
    };
    has("type", &["VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"])
        || presentation::is_meant(document)
        || has("@context", &["https://www.w3.org/ns/credentials/", "https://www.w3.org/2018/credentials/"])
}

/// Whether a JSON document is a token in an envelope
/// ([EnvelopedVerifiableCredential](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials)).
pub(crate) fn is_envelope(document: &Value) -> bool {
    shape::texts(document.get("type")).any(|kind| kind == "EnvelopedVerifiableCredential")
}

/// Whether the payload of a token is a credential or a presentation, of either form.
pub(crate) fn is_meant_in_token(payload: &Value) -> bool {
    is_meant(payload) || payload.get("vc").is_some() || payload.get("vp").is_some()
}

/// Examines a document that is a credential or a presentation.
pub(crate) async fn examine_document(case: &mut Case<'_>, document: Value, report: &mut Report) {
    match whether_presentation(case, presentation::is_meant(&document), report) {
        Some(true) => presentation::examine_document(case, document, report).await,
        Some(false) => credential::examine_document(case, document, report).await,
        None => {}
    }
}

/// Examines the token of a credential or a presentation; what of it, its payload tells.
pub(crate) async fn examine_token(
    case: &mut Case<'_>,
    token: Arc<str>,
    payload: &Value,
    report: &mut Report,
) {
    let is_presentation = payload.get("vp").is_some() || presentation::is_meant(payload);
    match whether_presentation(case, is_presentation, report) {
        Some(true) => presentation::examine_token(case, token, report).await,
        Some(false) => credential::examine_token(case, token, report).await,
        None => {}
    }
}

/// Whether to examine a presentation; nothing is to be examined where the caller wanted the other.
fn whether_presentation(case: &Case<'_>, is_presentation: bool, report: &mut Report) -> Option<bool> {
    let wanted = match case.manner {
        Manner::Badge => is_presentation,
        Manner::Credential { .. } => false,
        Manner::Presentation { .. } => true,
    };
    if wanted == is_presentation && !wanted && case.wants_answer() {
        no_answer(report);
        return None;
    }
    if wanted == is_presentation {
        return Some(wanted);
    }
    let words = match wanted {
        true => "This is not a presentation of credentials.",
        false => "This is a presentation of credentials, not a credential.",
    };
    report.fail(steps::FORMAT, "wrong_type", words);
    None
}

/// A badge by itself was made for nobody in particular, so whoever got hold of it can hand it in.
pub(crate) fn no_answer(report: &mut Report) {
    report.fail(
        step::HOLDER,
        "challenge_not_answered",
        "This is not a presentation, so it is no answer to this request: whoever got hold of the badge could have sent it.",
    );
}
