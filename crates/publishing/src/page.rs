//! Ready pages.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::Language;

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";

/// For how many seconds others may keep what tells of a status; the same as of the documents.
pub(crate) const STATUS_SECONDS: u32 = 1;
/// For how many seconds others may keep what an issuer may amend.
pub(crate) const DOCUMENT_SECONDS: u32 = 60;
/// For how many seconds others may keep what changes with a release only.
pub(crate) const FIXED_SECONDS: u32 = 300;

/// How a page is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStatus {
    /// Here it is (200).
    Ok,
    /// It is private: a page that says so and nothing else (200).
    Locked,
    /// It was erased (410).
    Gone,
    /// Something could not be done: the HTTP status.
    Problem(u16),
}

/// Another representation of what a page shows, for its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageAlternate {
    /// Its media type.
    pub(crate) content_type: &'static str,
    /// Its absolute URL.
    pub(crate) url: String,
}

/// A page, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How to answer.
    pub status: PageStatus,
    /// The exact bytes.
    pub body: Bytes,
    /// The media type of the body.
    pub content_type: &'static str,
    /// A strong entity tag, quotes included: the first 128 bits of the body's SHA-256.
    pub etag: String,
    /// For how many seconds others may keep it.
    pub cache_seconds: u32,
    /// Search engines shall not list it; the page says so itself, `X-Robots-Tag` may repeat it.
    pub noindex: bool,
    /// Other sites may show it in a frame.
    pub frameable: bool,
    /// It shows what only holders of a sharing link may see: `Cache-Control: private, no-store`.
    pub private: bool,
    /// The language it speaks.
    pub language: Language,
}

impl Page {
    pub(crate) fn html(body: String, language: Language, cache_seconds: u32) -> Page {
        Page::file(Bytes::from(body), HTML, language, cache_seconds)
    }

    /// A file that is no page.
    pub(crate) fn file(
        body: Bytes,
        content_type: &'static str,
        language: Language,
        cache_seconds: u32,
    ) -> Page {
        Page {
            status: PageStatus::Ok,
            etag: entity_tag(&body),
            body,
            content_type,
            cache_seconds,
            noindex: false,
            frameable: false,
            private: false,
            language,
        }
    }

    pub(crate) fn unlisted(mut self) -> Page {
        self.noindex = true;
        self
    }

    pub(crate) fn with_status(mut self, status: PageStatus) -> Page {
        self.status = status;
        self
    }
}

/// The first 128 bits of the body's SHA-256, quoted.
fn entity_tag(body: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(body), 16))
}

/// The first `count` bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8], count: usize) -> String {
    bytes.iter().take(count).map(|byte| format!("{byte:02x}")).collect()
}
