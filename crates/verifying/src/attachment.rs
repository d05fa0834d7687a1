//! The badge attached to a PDF.

use accolade_baking::pdf;
use accolade_linked_data::json;
use bytes::Bytes;
use serde_json::Value;

use crate::hands::Hands;
use crate::report::Trouble;
use crate::{v1, v2, v3};

/// The one badge among the files attached to a PDF; other attachments are passed over.
pub(crate) async fn badge_in(hands: &Hands, file: Bytes) -> Result<Bytes, Trouble> {
    hands.compute(move || find(&file)).await?
}

fn find(file: &[u8]) -> Result<Bytes, Trouble> {
    let attached = pdf::attachments(file)
        .map_err(|error| Trouble::flaw("bad_pdf", format!("No badge can be taken from the PDF: {error}.")))?;
    let mut badges = attached.into_iter().filter(|text| is_badge(text));
    let badge = badges.next().ok_or_else(|| {
        Trouble::flaw(
            "no_badge",
            "No badge is attached to the PDF. It may have been lost when the PDF was printed or saved anew.",
        )
    })?;
    match badges.next() {
        None => Ok(Bytes::from(badge)),
        Some(_) => Err(Trouble::flaw(
            "ambiguous_baked",
            "Several different badges are attached to the PDF, so it is not clear which one is meant.",
        )),
    }
}

/// Whether a text is a badge by its own word. What is wrong with it is for the examination to say.
fn is_badge(text: &str) -> bool {
    let means = |document: &Value| {
        v3::is_envelope(document)
            || v3::is_meant(document)
            || v1::is_meant(document)
            || v2::is_meant(document)
    };
    !text.starts_with('{') || json::parse(text.as_bytes()).is_ok_and(|document| means(&document))
}
