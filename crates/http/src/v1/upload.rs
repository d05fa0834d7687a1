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
    let (name, content) = the_part(req, body, NAMES).await?;
    Ok(submission(&name, content))
}

/// Name and content of the one part of a form that was read already. What its file was called is not looked at.
pub(super) async fn the_part(
    req: &HttpRequest,
    body: Bytes,
    names: &[&str],
) -> Result<(String, Bytes), Problem> {
    let whole = stream::iter([Ok::<_, actix_web::error::PayloadError>(body)]);
    let mut form = Multipart::new(req.headers(), whole);
    let mut found = None;
    while let Some(part) = form.next().await {
        let mut part = part.map_err(unreadable)?;
        let name = part.name().unwrap_or_default().to_owned();
        if found.is_some() || !names.contains(&name.as_str()) {
            let detail = format!("the form must have one part, named one of {}", names.join(", "));
            return Err(rejected(vec![Fault::new("", "one_of", detail)]));
        }
        let mut content = BytesMut::new();
        while let Some(chunk) = part.next().await {
            content.extend_from_slice(&chunk.map_err(unreadable)?);
        }
        found = Some((name, content.freeze()));
    }
    found.ok_or_else(|| rejected(vec![Fault::new("", "one_of", "the form has no part")]))
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
