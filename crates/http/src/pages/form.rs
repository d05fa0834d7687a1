//! The form of `/verify` as a browser sends it: every field is there, most of them empty.

use accolade_verifying::Submission;
use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{HttpMessage, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};

use crate::input::read_body;
use crate::problem::{Kind, Problem};
use crate::v1::FORM_LIMIT;

/// A field that is not a file may have 1 MiB, as JSON may.
const TEXT_LIMIT: usize = 1 << 20;

/// Ours are four.
const MOST_FIELDS: usize = 16;

/// What was filled in; an empty field is none.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) file: Option<Bytes>,
    pub(super) text: Option<String>,
    pub(super) url: Option<String>,
    pub(super) recipient: Option<String>,
}

impl Filled {
    /// Reads the form.
    pub(super) async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Filled, Problem> {
        if req.content_type() != "multipart/form-data" {
            return Err(Problem::new(Kind::UnsupportedMediaType, "the form must be multipart/form-data"));
        }
        let body = read_body(req, payload, FORM_LIMIT).await?;
        let whole = stream::iter([Ok::<_, actix_web::error::PayloadError>(body)]);
        let mut form = Multipart::new(req.headers(), whole);
        let mut filled = Filled::default();
        let mut parts = 0;
        while let Some(part) = form.next().await {
            // All of it is here already, so nobody else would get a turn while thousands are read.
            parts += 1;
            if parts > MOST_FIELDS {
                return Err(unreadable("it has too many fields"));
            }
            let mut part = part.map_err(unreadable)?;
            let name = part.name().unwrap_or_default().to_owned();
            let mut content = BytesMut::new();
            while let Some(chunk) = part.next().await {
                content.extend_from_slice(&chunk.map_err(unreadable)?);
            }
            filled.put(&name, content.freeze())?;
        }
        Ok(filled)
    }

    /// A field that is not ours does no harm: extensions of browsers add some.
    fn put(&mut self, name: &str, content: Bytes) -> Result<(), Problem> {
        if content.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        if name == "file" {
            self.file = Some(content);
            return Ok(());
        }
        let field = match name {
            "text" => &mut self.text,
            "url" => &mut self.url,
            "recipient" => &mut self.recipient,
            _ => return Ok(()),
        };
        if content.len() > TEXT_LIMIT {
            return Err(Problem::new(Kind::TooLarge, format!("a text may have at most {TEXT_LIMIT} bytes")));
        }
        let text = std::str::from_utf8(&content)
            .map_err(|_| Problem::new(Kind::Unreadable, "the text is not UTF-8"))?;
        *field = Some(text.trim().to_owned());
        Ok(())
    }

    /// The one badge that was handed in, and its address where it was one.
    ///
    /// A file is never an address to fetch, a text may be: whoever pastes one means it. `None` where it is not exactly one.
    pub(super) fn submission(&self) -> Option<(Submission, Option<String>)> {
        Some(match (&self.file, &self.text, &self.url) {
            (Some(file), None, None) => match Submission::from_bytes(file.clone()) {
                Submission::Url(address) => (Submission::Jwt(address), None),
                badge => (badge, None),
            },
            (None, Some(text), None) => match Submission::from_bytes(Bytes::from(text.clone())) {
                Submission::Url(address) => (Submission::Url(address.clone()), Some(address)),
                badge => (badge, None),
            },
            (None, None, Some(url)) => (Submission::Url(url.clone()), Some(url.clone())),
            _ => return None,
        })
    }
}

fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::new(Kind::Unreadable, format!("the form cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(fields: &[(&str, &str)]) -> Filled {
        let mut filled = Filled::default();
        for (name, content) in fields {
            filled.put(name, Bytes::from((*content).to_owned())).unwrap();
        }
        filled
    }

    #[test]
    fn empty_fields_are_not_there() {
        let form =
            filled(&[("file", ""), ("text", " \r\n"), ("url", " https://x.example/b "), ("recipient", "")]);
        let (submission, url) = form.submission().unwrap();
        assert!(matches!(submission, Submission::Url(url) if url == "https://x.example/b"));
        assert_eq!(url.as_deref(), Some("https://x.example/b"));
        assert_eq!(form.recipient, None);
    }

    #[test]
    fn a_pasted_address_is_fetched_and_one_in_a_file_is_not() {
        let pasted = filled(&[("text", "https://x.example/b")]).submission().unwrap();
        assert!(matches!(pasted.0, Submission::Url(_)) && pasted.1.is_some());
        let dropped = filled(&[("file", "https://x.example/b")]).submission().unwrap();
        assert!(matches!(dropped.0, Submission::Jwt(_)) && dropped.1.is_none());
    }

    #[test]
    fn none_and_several_badges_are_not_one() {
        assert!(filled(&[("csrf", "x")]).submission().is_none());
        assert!(filled(&[("url", "https://x.example"), ("text", "{}")]).submission().is_none());
    }

    #[test]
    fn a_text_is_utf_8_and_of_moderate_size() {
        let mut form = Filled::default();
        assert_eq!(form.put("text", Bytes::from_static(b"\xff\xfe")).unwrap_err().kind, Kind::Unreadable);
        assert_eq!(
            form.put("text", Bytes::from(vec![b'x'; TEXT_LIMIT + 1])).unwrap_err().kind,
            Kind::TooLarge
        );
        assert!(form.put("file", Bytes::from(vec![b'x'; TEXT_LIMIT + 1])).is_ok());
    }
}
