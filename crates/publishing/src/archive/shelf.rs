//! From a thing with a public address to the files that answer it.

use accolade_issuing::{OfficeError, PublicationStatus, Publicly};
use bytes::Bytes;

use super::folder::Folder;
use super::manifest::{Entry, sha256};
use super::{ArchiveError, SITE};
use crate::{Language, PageAddress, PageStatus, Paper, Publishing, PublishingError};

/// The language whose page has no language in its name.
pub(super) const USUAL: Language = Language::En;
/// What files may be called after a thing's own name: what is not written is taken away.
const DOCUMENT_ENDINGS: [&str; 8] = ["json", "jwt", "jws", "png", "svg", "pdf", "gone.json", "locked.json"];

/// Writes what has addresses.
pub(super) struct Shelves<'a> {
    pub(super) publishing: &'a Publishing,
    pub(super) folder: &'a Folder,
    /// The path of the public URL, such as `/badges`; mostly empty.
    pub(super) prefix: &'a str,
    /// Whether certificates are drawn.
    pub(super) certificates: bool,
}

/// One thing: what its files are called, and which addresses it is asked for by.
pub(super) struct Thing {
    /// The path without any ending, such as `/public/credentials/{id}`; the files are called so.
    base: String,
    /// Paths that are asked, each with the paths its answer stands for.
    documents: Vec<(String, Vec<String>)>,
    /// Its page, and the paths the page stands for.
    page: Option<(PageAddress, Vec<String>)>,
    /// Its certificate.
    certificate: Option<PageAddress>,
}

/// An answer and how it is filed.
struct Answer {
    ending: String,
    body: Bytes,
    content_type: &'static str,
    status: u16,
    language: Option<&'static str>,
}

impl Thing {
    /// A thing whose one document is at its own path and, where it has that, with `.json`.
    pub(super) fn new(base: String) -> Self {
        Self { base, documents: Vec::new(), page: None, certificate: None }
    }

    /// A document that answers the thing's own path and the same with this ending.
    pub(super) fn with(mut self, ending: &str) -> Self {
        let path = format!("{}.{ending}", self.base);
        self.documents.push((path.clone(), vec![self.base.clone(), path]));
        self
    }

    /// A document that answers the same with this ending only.
    pub(super) fn only(mut self, ending: &str) -> Self {
        let path = format!("{}.{ending}", self.base);
        self.documents.push((path.clone(), vec![path]));
        self
    }

    /// The document at the thing's own path.
    pub(super) fn itself(mut self) -> Self {
        self.documents.push((self.base.clone(), vec![self.base.clone()]));
        self
    }

    /// A page, at the thing's own path, the same with `.html`, and these.
    pub(super) fn page(mut self, address: PageAddress, others: &[String]) -> Self {
        let mut paths = vec![self.base.clone(), format!("{}.html", self.base)];
        paths.extend_from_slice(others);
        self.page = Some((address, paths));
        self
    }

    /// A page at the thing's own path only.
    fn card(mut self, address: PageAddress) -> Self {
        self.page = Some((address, vec![self.base.clone()]));
        self
    }

    fn certificate(mut self, address: PageAddress) -> Self {
        self.certificate = Some(address);
        self
    }
}

/// An award: its credential in every form, and the same as 2.0 assertion.
pub(super) fn award(id: &str) -> Vec<Thing> {
    let credential = Thing::new(format!("/public/credentials/{id}"))
        .with("json")
        .with("jwt")
        .with("png")
        .with("svg")
        .page(PageAddress::Credential { id: id.to_owned(), key: None }, &[])
        .certificate(PageAddress::Certificate { id: id.to_owned(), key: None, paper: Paper::A4 });
    let assertion = Thing::new(format!("/public/assertions/{id}")).with("json").only("jws");
    let image = Thing::new(format!("/public/assertions/{id}/image")).itself();
    let card = Thing::new(format!("/embed/{id}")).card(PageAddress::Embed(id.to_owned()));
    vec![credential, assertion, image, card]
}

/// An achievement: as 3.0 Achievement and 2.0 BadgeClass, its page, image and preview card.
pub(super) fn achievement(id: &str) -> Vec<Thing> {
    let badge = format!("/public/badges/{id}");
    let shown = [badge.clone(), format!("{badge}.html")];
    // The BadgeClass first: it is what its path answers to who names no type.
    vec![
        Thing::new(badge.clone()).with("json"),
        Thing::new(format!("{badge}/image")).itself(),
        Thing::new(format!("/public/achievements/{id}"))
            .with("json")
            .page(PageAddress::Achievement(id.to_owned()), &shown),
        Thing::new(format!("/public/achievements/{id}/card.png")).itself(),
    ]
}

/// An issuer: Profile, 2.0 Issuer, DID document, key set, revocation list, page.
pub(super) fn issuer(id: &str) -> Vec<Thing> {
    let base = format!("/public/issuers/{id}");
    let part = |name: &str| Thing::new(format!("{base}/{name}")).itself();
    let whole = Thing::new(base.clone()).with("json").page(PageAddress::Issuer(id.to_owned()), &[]);
    vec![whole, part("v2"), part("did.json"), part("jwks.json"), part("revocations")]
}

/// A signing key: as JWK and as 2.0 CryptographicKey.
pub(super) fn key(id: &str) -> Vec<Thing> {
    let base = format!("/public/keys/{id}");
    vec![Thing::new(base.clone()).with("json"), Thing::new(format!("{base}/v2")).itself()]
}

/// A status list.
pub(super) fn status_list(id: &str) -> Vec<Thing> {
    vec![Thing::new(format!("/public/status/{id}")).with("json")]
}

/// A picture in its sizes, by its id and its file's ending.
pub(super) fn image(id: &str, ending: &str) -> Vec<Thing> {
    let side = |side: u32| Thing::new(format!("/public/images/{id}/{side}.png")).itself();
    let mut things = vec![Thing::new(format!("/public/images/{id}.{ending}")).itself()];
    things.extend([90, 200, 400, 600].map(side));
    things
}

impl Shelves<'_> {
    /// Writes a thing's files and takes away those an earlier archive left. The bytes of its JSON documents are given to `read`.
    pub(super) fn write(
        &self,
        thing: &Thing,
        read: &mut dyn FnMut(&[u8]),
    ) -> Result<Vec<Entry>, ArchiveError> {
        let mut entries: Vec<Entry> = Vec::new();
        for (asked, paths) in &thing.documents {
            if let Some(answer) = self.document(asked, thing)? {
                if answer.content_type.contains("json") {
                    read(&answer.body);
                }
                self.file(thing, &answer, paths, &mut entries)?;
            }
        }
        if let Some((address, paths)) = &thing.page {
            for language in Language::ALL {
                if let Some(answer) = self.page(address, language)? {
                    self.file(thing, &answer, paths, &mut entries)?;
                }
            }
        }
        if let Some(address) = thing.certificate.as_ref().filter(|_| self.certificates)
            && let Some(answer) = self.certificate(address)?
        {
            self.file(thing, &answer, &[format!("{}.pdf", thing.base)], &mut entries)?;
        }
        self.tidy(thing, &entries)?;
        Ok(entries)
    }

    fn document(&self, path: &str, thing: &Thing) -> Result<Option<Answer>, ArchiveError> {
        let Some(address) = Publicly::from_path(path) else { return Ok(None) };
        let found = match self.publishing.office().publication(&address) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(None),
            Err(OfficeError::Private) => return Ok(Some(locked())),
            Err(error) => return Err(error.into()),
        };
        let own = extension(found.content_type);
        let (ending, status) = match found.status {
            PublicationStatus::Gone => ("gone.json".to_owned(), 410),
            // The name has its ending already.
            PublicationStatus::Ok if thing.base.ends_with(&format!(".{own}")) => (String::new(), 200),
            PublicationStatus::Ok => (own.to_owned(), 200),
        };
        Ok(Some(Answer {
            ending,
            body: found.body,
            content_type: found.content_type,
            status,
            language: None,
        }))
    }

    fn page(&self, address: &PageAddress, language: Language) -> Result<Option<Answer>, ArchiveError> {
        let Some(page) = self.publishing.page(address, language)? else { return Ok(None) };
        let (gone, status) = match page.status {
            PageStatus::Gone => ("gone.", 410),
            PageStatus::Ok | PageStatus::Locked => ("", 200),
            PageStatus::Problem(_) => return Ok(None),
        };
        let tag = if language == USUAL { String::new() } else { format!("{}.", language.tag()) };
        let ending = format!("{tag}{gone}html");
        Ok(Some(Answer {
            ending,
            body: page.body,
            content_type: page.content_type,
            status,
            language: Some(language.tag()),
        }))
    }

    fn certificate(&self, address: &PageAddress) -> Result<Option<Answer>, ArchiveError> {
        let page = match self.publishing.page(address, USUAL) {
            Ok(Some(page)) if page.status == PageStatus::Ok => page,
            // Of a private or an erased award there is none; its other documents say so.
            Ok(_) | Err(PublishingError::Office(OfficeError::Private)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Answer {
            ending: "pdf".to_owned(),
            body: page.body,
            content_type: page.content_type,
            status: 200,
            language: None,
        }))
    }

    /// Writes an answer. Where two paths have the same answer (every form of what is gone), it is one file.
    fn file(
        &self,
        thing: &Thing,
        answer: &Answer,
        paths: &[String],
        entries: &mut Vec<Entry>,
    ) -> Result<(), ArchiveError> {
        let file = self.name(thing, &answer.ending);
        let paths = paths.iter().map(|path| format!("{}{path}", self.prefix));
        if let Some(entry) = entries.iter_mut().find(|entry| entry.file == file) {
            let new: Vec<String> = paths.filter(|path| !entry.paths.contains(path)).collect();
            entry.paths.extend(new);
            return Ok(());
        }
        self.folder.put(&file, &answer.body)?;
        entries.push(Entry {
            file,
            paths: paths.collect(),
            content_type: answer.content_type,
            status: answer.status,
            language: answer.language,
            size: answer.body.len(),
            sha256: sha256(&answer.body),
        });
        Ok(())
    }

    fn tidy(&self, thing: &Thing, entries: &[Entry]) -> Result<(), ArchiveError> {
        let pages = Language::ALL.into_iter().flat_map(|language| {
            let tag = if language == USUAL { String::new() } else { format!("{}.", language.tag()) };
            [format!("{tag}html"), format!("{tag}gone.html")]
        });
        for ending in DOCUMENT_ENDINGS.into_iter().map(ToOwned::to_owned).chain(pages) {
            let file = self.name(thing, &ending);
            if !entries.iter().any(|entry| entry.file == file) {
                self.folder.remove(&file)?;
            }
        }
        Ok(())
    }

    fn name(&self, thing: &Thing, ending: &str) -> String {
        let dot = if ending.is_empty() { "" } else { "." };
        format!("{SITE}{}{}{dot}{ending}", self.prefix, thing.base)
    }
}

/// What a document of a private award says to who has no key.
fn locked() -> Answer {
    const BODY: &str = "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"This credential is private: \
        its holder can hand it on, its issuer's archive does not.\"}";
    Answer {
        ending: "locked.json".to_owned(),
        body: Bytes::from_static(BODY.as_bytes()),
        content_type: "application/problem+json",
        status: 403,
        language: None,
    }
}

/// The usual ending of a file of a media type.
fn extension(content_type: &str) -> &'static str {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/vc+jwt" | "application/jwt" => "jwt",
        "application/jose" => "jws",
        "image/png" => "png",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "text/html" => "html",
        _ => "json",
    }
}
