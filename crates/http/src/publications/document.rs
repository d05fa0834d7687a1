//! Something public with everything that is sent with it.

use accolade_issuing::{Publication, PublicationStatus, Publicly};
use accolade_publishing::{Page, PageStatus};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use bytes::Bytes;

use super::links;
use crate::policies::Policy;
use crate::problem::{Kind, Problem};

/// A document, picture or page with everything that is sent with it.
pub(crate) struct Document {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    pub(crate) content_type: HeaderValue,
    pub(crate) etag: HeaderValue,
    pub(crate) cache_control: HeaderValue,
    /// `Link: rel="alternate"` to the other representations.
    pub(crate) link: Option<HeaderValue>,
    /// The name under which it is saved.
    pub(crate) disposition: Option<HeaderValue>,
    /// The language a page is written in.
    pub(crate) language: Option<HeaderValue>,
    pub(crate) policy: Policy,
    /// Search engines are asked to leave it alone.
    pub(crate) noindex: bool,
}

impl Document {
    /// `publication`, which stands at `address` under `public_url`. What a `key` has opened is for its holder alone.
    pub(super) fn of_publication(
        publication: Publication,
        public_url: &str,
        address: &Publicly,
        key: Option<&str>,
    ) -> Result<Document, Problem> {
        let own = links::own_path(address);
        let link = links::header(public_url, &links::forms(address), own.as_deref(), key);
        let policy = Policy::of(publication.content_type);
        Ok(Document {
            status: match publication.status {
                PublicationStatus::Ok => StatusCode::OK,
                PublicationStatus::Gone => StatusCode::GONE,
            },
            content_type: HeaderValue::from_static(publication.content_type),
            etag: value(publication.etag)?,
            cache_control: value(cache_control(publication.cache_seconds, key.is_some()))?,
            link: link.map(value).transpose()?,
            disposition: file_name(publication.content_type).map(HeaderValue::from_static),
            language: None,
            policy,
            // Its page says whether an award may be found; its other forms nobody needs to find but by way of the page.
            noindex: matches!(
                address,
                Publicly::Credential(..) | Publicly::Assertion(..) | Publicly::AssertionImage(_)
            ),
            body: publication.body,
        })
    }

    /// `page`, with its `Link`.
    pub(crate) fn of_page(page: Page, link: Option<String>) -> Result<Document, Problem> {
        let policy = match Policy::of(page.content_type) {
            Policy::Document if page.frameable => Policy::Embed,
            Policy::Document => Policy::Page,
            other => other,
        };
        Ok(Document {
            status: match page.status {
                PageStatus::Ok | PageStatus::Locked => StatusCode::OK,
                PageStatus::Gone => StatusCode::GONE,
                PageStatus::Problem(status) => {
                    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                }
            },
            content_type: HeaderValue::from_static(page.content_type),
            etag: value(page.etag)?,
            cache_control: value(cache_control(page.cache_seconds, page.private))?,
            link: link.map(value).transpose()?,
            disposition: file_name(page.content_type).map(HeaderValue::from_static),
            language: Some(HeaderValue::from_static(page.language.tag())),
            policy,
            noindex: page.noindex,
            body: page.body,
        })
    }

    /// The same, for the one who asked: what an examination says is nobody else's, and not to be kept.
    pub(crate) fn of_the_moment(page: Page) -> Result<Document, Problem> {
        let document = Document::of_page(page, None)?;
        Ok(Document { cache_control: HeaderValue::from_static("no-store"), noindex: true, ..document })
    }
}

/// What is not read as text gets a name to be saved under. It is the same for all: a name of ours never says whose badge it is.
fn file_name(media_type: &str) -> Option<&'static str> {
    match media_type {
        "image/png" => Some("inline; filename=\"badge.png\""),
        "image/svg+xml" => Some("inline; filename=\"badge.svg\""),
        "application/pdf" => Some("inline; filename=\"certificate.pdf\""),
        _ => None,
    }
}

/// What may be kept for a year never changes.
const YEAR: u32 = 31_536_000;

/// 0 seconds: kept by others, but asked about each time.
fn cache_control(seconds: u32, private: bool) -> String {
    match seconds {
        _ if private => "private, no-store".to_owned(),
        0 => "public, no-cache".to_owned(),
        YEAR.. => format!("public, max-age={seconds}, immutable"),
        seconds => format!("public, max-age={seconds}"),
    }
}

fn value(text: String) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(text).map_err(|_| Problem::new(Kind::Internal, "a document has an unusable header"))
}
