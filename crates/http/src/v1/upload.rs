//! A badge as browsers upload it: `multipart/form-data` with one part.

use accolade_issuing::Fault;
use accolade_verifying::Submission;
use actix_multipart::Multipart;
use actix_web::HttpRequest;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};

use crate::problem::{Kind, Problem, rejected};

/// The names a form may give its one part.
const NAMES: &[&str] = &["file", "image", "badge", "credential", "jwt", "url"];

/// The badge in the one part of a form that was read already.
pub(super) async fn badge_in_form(req: &HttpRequest, body: Bytes) -> Result<Submission, Problem> {
    let whole = stream::iter([Ok::<_, actix_web::error::PayloadError>(body)]);
    let mut form = Multipart::new(req.headers(), whole);
    let mut badge = None;
    while let Some(part) = form.next().await {
        let mut part = part.map_err(unreadable)?;
        let name = part.name().unwrap_or_default().to_owned();
        if badge.is_some() || !NAMES.contains(&name.as_str()) {
            let detail = format!("the form must have one part, named one of {}", NAMES.join(", "));
            return Err(rejected(vec![Fault::new("", "one_of", detail)]));
        }
        let mut content = BytesMut::new();
        while let Some(chunk) = part.next().await {
            content.extend_from_slice(&chunk.map_err(unreadable)?);
        }
        badge = Some(submission(&name, content.freeze()));
    }
    badge.ok_or_else(|| rejected(vec![Fault::new("", "one_of", "the form has no part")]))
}

/// An address is one only where the form says so: a file cannot make this server fetch anything.
fn submission(name: &str, content: Bytes) -> Submission {
    let text = || String::from_utf8_lossy(&content).trim().to_owned();
    match name {
        "url" => Submission::Url(text()),
        "jwt" => Submission::Jwt(text()),
        _ => match Submission::from_bytes(content.clone()) {
            Submission::Url(address) => Submission::Jwt(address),
            badge => badge,
        },
    }
}

fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::new(Kind::Unreadable, format!("the form cannot be read: {error}"))
}
