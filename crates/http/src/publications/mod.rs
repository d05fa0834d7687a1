//! What the world fetches, from memory: ready bytes with ready headers, kept for a moment.
//!
//! It lives here for three seconds at most, so that several servers over one database show a revocation within five; what this
//! server changes itself is forgotten at once. What a share key has opened is never kept.

mod catalogue;
mod document;
mod links;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use accolade_issuing::{Office, Publicly};
use accolade_publishing::{Language, PageAddress, Paper, Publishing, PublishingError, VerifyForm};
use moka::sync::Cache;

pub(crate) use document::Document;

use crate::problem::{Kind, Problem};
use crate::state::AppState;

const LIFETIME: Duration = Duration::from_secs(3);
/// Of pictures that stand under the hash of their own bytes, and so never change.
const LIFETIME_OF_IMAGES: Duration = Duration::from_secs(600);
/// Bytes of each of the caches: 32 MiB.
const CAPACITY: u64 = 32 << 20;

/// What is kept, by what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Document(Publicly),
    /// In a language, or in the one of what it shows.
    Page(PageAddress, Option<Language>),
    Fixed(FixedPage, Language),
}

/// A page that is about no badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FixedPage {
    /// `/`
    Landing,
    /// `/verify`, not yet filled in.
    VerifyForm,
}

/// The cache in front of the office's publication desk.
pub(crate) struct Publications {
    documents: Cache<Key, Arc<Document>>,
    /// Status lists and 2.0 revocation lists: few, and any of them may change with one award's status.
    lists: Cache<Key, Arc<Document>>,
    pages: Cache<Key, Arc<Document>>,
    /// Pictures under the hash of their bytes.
    images: Cache<Key, Arc<Document>>,
    catalogue: catalogue::CatalogueShelf,
    /// Counts changes; a document read before a change is not kept after it.
    changes: AtomicU64,
}

impl Publications {
    pub(crate) fn new() -> Publications {
        let [documents, lists, pages] = [(); 3].map(|()| cache(LIFETIME));
        Publications {
            documents,
            lists,
            pages,
            images: cache(LIFETIME_OF_IMAGES),
            catalogue: catalogue::CatalogueShelf::new(),
            changes: AtomicU64::new(0),
        }
    }

    /// The status or the visibility of an award has changed.
    pub(crate) fn forget_status(&self, award: &str) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.lists.invalidate_all();
        for key in keys_of_award(award) {
            self.shelf(&key).invalidate(&key);
        }
    }

    /// An issuer or achievement was amended; other documents hold parts of it.
    pub(crate) fn forget_everything(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.lists.invalidate_all();
        self.documents.invalidate_all();
        self.pages.invalidate_all();
        self.catalogue.forget();
    }

    fn shelf(&self, key: &Key) -> &Cache<Key, Arc<Document>> {
        match key {
            Key::Document(Publicly::StatusList(_) | Publicly::Revocations(_)) => &self.lists,
            Key::Document(Publicly::Image(..)) => &self.images,
            Key::Document(_) => &self.documents,
            Key::Page(..) | Key::Fixed(..) => &self.pages,
        }
    }
}

/// Everything that shows one award.
fn keys_of_award(award: &str) -> Vec<Key> {
    let id = || award.to_owned();
    let pages = [
        PageAddress::Credential { id: id(), key: None },
        PageAddress::Embed(id()),
        PageAddress::Certificate { id: id(), key: None, paper: Paper::A4 },
        PageAddress::Certificate { id: id(), key: None, paper: Paper::Letter },
    ];
    let languages = || Language::ALL.into_iter().map(Some).chain([None]);
    let in_all_languages =
        |page: PageAddress| languages().map(move |language| Key::Page(page.clone(), language));
    let documents = Publicly::of_award(award).into_iter().map(Key::Document);
    documents.chain(pages.into_iter().flat_map(in_all_languages)).collect()
}

fn cache(lifetime: Duration) -> Cache<Key, Arc<Document>> {
    let weigh = |_: &Key, document: &Arc<Document>| {
        u32::try_from(document.body.len()).unwrap_or(u32::MAX).saturating_add(1024)
    };
    Cache::builder().weigher(weigh).max_capacity(CAPACITY).time_to_live(lifetime).build()
}

impl AppState {
    /// The document at a public address; `None` where there is none. `key` opens what is private, and of nothing else it matters: what
    /// can be had without it is the same for all, and kept for all.
    pub(crate) async fn publication(
        &self,
        address: &Publicly,
        key: Option<&str>,
    ) -> Result<Option<Arc<Document>>, Problem> {
        let shown =
            self.kept(Key::Document(address.clone()), |state| state.published(address.clone(), None)).await;
        match (shown, key) {
            (Err(problem), Some(key)) if problem.kind == Kind::PrivateCredential => {
                let opened = self.clone().published(address.clone(), Some(key.to_owned())).await?;
                Ok(opened.map(Arc::new))
            }
            (shown, _) => shown,
        }
    }

    /// The page at an address, in a language or in that of what it shows; `None` where there is none.
    pub(crate) async fn page(
        &self,
        address: &PageAddress,
        language: Option<Language>,
    ) -> Result<Option<Arc<Document>>, Problem> {
        let make = |state: AppState| state.printed(address.clone(), language);
        if address.key().is_some() {
            return Ok(make(self.clone()).await?.map(Arc::new));
        }
        self.kept(Key::Page(address.clone(), language), make).await
    }

    /// A page that is about no badge. It is made in microseconds, so nobody waits for a hand.
    pub(crate) fn fixed_page(&self, which: FixedPage, language: Language) -> Result<Arc<Document>, Problem> {
        let key = Key::Fixed(which, language);
        if let Some(page) = self.publications.pages.get(&key) {
            self.metrics.cache_hit();
            return Ok(page);
        }
        self.metrics.cache_miss();
        let press = self.publishing.press();
        let page = match which {
            FixedPage::Landing => press.landing_page(language),
            FixedPage::VerifyForm => press.verify_form(&VerifyForm::default(), language),
        };
        let page = Arc::new(Document::of_page(page?, None)?);
        self.publications.pages.insert(key, page.clone());
        Ok(page)
    }

    /// Has something published on a blocking thread.
    pub(crate) async fn publish<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Publishing) -> Result<T, PublishingError> + Send + 'static,
    ) -> Result<T, Problem> {
        let publishing = self.publishing.clone();
        Ok(self.compute(move || call(&publishing)).await??)
    }

    /// What is kept under `key`, or else what `make` makes. That there is none is not remembered: it may come.
    async fn kept<F>(
        &self,
        key: Key,
        make: impl FnOnce(AppState) -> F,
    ) -> Result<Option<Arc<Document>>, Problem>
    where
        F: Future<Output = Result<Option<Document>, Problem>>,
    {
        let shelf = self.publications.shelf(&key);
        if let Some(document) = shelf.get(&key) {
            self.metrics.cache_hit();
            return Ok(Some(document));
        }
        self.metrics.cache_miss();
        let before = self.publications.changes.load(Ordering::SeqCst);
        let Some(document) = make(self.clone()).await?.map(Arc::new) else { return Ok(None) };
        shelf.insert(key.clone(), document.clone());
        if self.publications.changes.load(Ordering::SeqCst) != before {
            shelf.invalidate(&key);
        }
        Ok(Some(document))
    }

    async fn published(self, address: Publicly, key: Option<String>) -> Result<Option<Document>, Problem> {
        let (state, is_picture) = (self.clone(), address.is_picture());
        let publish = move |office: &Office| {
            let found = office.publication_for(&address, key.as_deref())?;
            let public_url = &state.settings.public_url;
            Ok(found.map(|found| Document::of_publication(found, public_url, &address, key.as_deref())))
        };
        let published = if is_picture { self.draw(publish).await } else { self.ask(publish).await };
        published?.transpose()
    }

    async fn printed(
        self,
        address: PageAddress,
        language: Option<Language>,
    ) -> Result<Option<Document>, Problem> {
        let (publishing, asked) = (self.publishing.clone(), address.clone());
        let print = move || match language {
            Some(language) => publishing.page(&asked, language),
            None => publishing.page(&asked, publishing.own_language(&asked)?),
        };
        let printed = match address {
            // A drawing as much as a text: it takes a processor for as long as some hundred pages.
            PageAddress::Certificate { .. } => self.draw_out(print).await?,
            _ => self.compute(print).await?,
        };
        let Some(page) = printed? else { return Ok(None) };
        // A key that opened nothing is none.
        let key = address.key().filter(|_| page.private);
        let link = links::of_page(&self.settings.public_url, &address, key);
        Document::of_page(page, link).map(Some)
    }
}
