//! Public documents from memory: ready bytes with ready headers, kept for a moment.
//!
//! A document lives here for three seconds at most, so that several servers over one database show a revocation within five;
//! what this server changes itself is forgotten at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use accolade_issuing::{AssertionForm, Publication, PublicationStatus, Publicly};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use bytes::Bytes;
use moka::sync::Cache;

use crate::problem::{Kind, Problem};
use crate::state::AppState;

const LIFETIME: Duration = Duration::from_secs(3);
/// Bytes of each of the two caches: 32 MiB.
const CAPACITY: u64 = 32 << 20;

/// A document with everything that is sent with it.
pub(crate) struct Document {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    pub(crate) content_type: HeaderValue,
    pub(crate) etag: HeaderValue,
    pub(crate) cache_control: HeaderValue,
    /// `Link: rel="alternate"` to the other representations.
    pub(crate) link: Option<HeaderValue>,
    pub(crate) sandbox: bool,
}

/// The cache in front of the office's publication desk.
pub(crate) struct Publications {
    documents: Cache<Publicly, Arc<Document>>,
    /// Status lists and 2.0 revocation lists: few, and any of them may change with one award's status.
    lists: Cache<Publicly, Arc<Document>>,
    /// Counts changes; a document read before a change is not kept after it.
    changes: AtomicU64,
}

impl Publications {
    pub(crate) fn new() -> Publications {
        Publications { documents: cache(), lists: cache(), changes: AtomicU64::new(0) }
    }

    /// The status of an award has changed.
    pub(crate) fn forget_status(&self, award: &str) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.lists.invalidate_all();
        for form in [AssertionForm::Json, AssertionForm::Jws] {
            self.documents.invalidate(&Publicly::Assertion(award.to_owned(), form));
        }
    }

    /// An issuer or achievement was amended; other documents hold parts of it.
    pub(crate) fn forget_everything(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.lists.invalidate_all();
        self.documents.invalidate_all();
    }

    fn shelf(&self, address: &Publicly) -> &Cache<Publicly, Arc<Document>> {
        match address {
            Publicly::StatusList(_) | Publicly::Revocations(_) => &self.lists,
            _ => &self.documents,
        }
    }
}

fn cache() -> Cache<Publicly, Arc<Document>> {
    let weigh = |_: &Publicly, document: &Arc<Document>| {
        u32::try_from(document.body.len()).unwrap_or(u32::MAX).saturating_add(512)
    };
    Cache::builder().weigher(weigh).max_capacity(CAPACITY).time_to_live(LIFETIME).build()
}

impl AppState {
    /// The document at a public address, `None` where there is none. That there is none is not remembered: it may come.
    pub(crate) async fn publication(&self, address: &Publicly) -> Result<Option<Arc<Document>>, Problem> {
        let shelf = self.publications.shelf(address);
        if let Some(document) = shelf.get(address) {
            self.metrics.cache_hit();
            return Ok(Some(document));
        }
        self.metrics.cache_miss();
        let before = self.publications.changes.load(Ordering::SeqCst);
        let asked = address.clone();
        let Some(publication) = self.ask(move |office| office.publication(&asked)).await? else {
            return Ok(None);
        };
        let document = Arc::new(Document::from_publication(publication)?);
        shelf.insert(address.clone(), document.clone());
        if self.publications.changes.load(Ordering::SeqCst) != before {
            shelf.invalidate(address);
        }
        Ok(Some(document))
    }
}

impl Document {
    fn from_publication(publication: Publication) -> Result<Document, Problem> {
        let links: Vec<String> = publication
            .alternates
            .iter()
            .map(|other| format!("<{}>; rel=\"alternate\"; type=\"{}\"", other.url, other.content_type))
            .collect();
        Ok(Document {
            status: match publication.status {
                PublicationStatus::Ok => StatusCode::OK,
                PublicationStatus::Gone => StatusCode::GONE,
            },
            content_type: HeaderValue::from_static(publication.content_type),
            etag: value(publication.etag)?,
            cache_control: value(cache_control(publication.cache_seconds))?,
            link: if links.is_empty() { None } else { Some(value(links.join(", "))?) },
            sandbox: publication.sandbox,
            body: publication.body,
        })
    }
}

/// 0 seconds: kept by others, but asked about each time.
fn cache_control(seconds: u32) -> String {
    if seconds == 0 { "public, no-cache".to_owned() } else { format!("public, max-age={seconds}") }
}

fn value(text: String) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(text).map_err(|_| Problem::new(Kind::Internal, "a document has an unusable header"))
}
