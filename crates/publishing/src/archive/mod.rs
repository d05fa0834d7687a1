//! The archive of an issuer: every public document, page and picture as files that any web server can serve at the same
//! paths, so that badges outlive the server that issued them.
//!
//! A path such as `/public/issuers/{id}` is a document, a page in six languages and the folder of `did.json`; a file system knows
//! one thing by one name. So the files have endings (`{id}.json`, `{id}.html`, `{id}.fr.html`), `manifest.json` tells which
//! file answers which path, and ready configurations make web servers do so.

mod folder;
mod manifest;
mod servers;
mod shelf;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use accolade_issuing::{Caller, CredentialFilter, Office, OfficeError, PageRequest};

use crate::{Publishing, PublishingError};
use folder::{Folder, Owner};
use manifest::{Entry, Manifest, sha256};
use shelf::{Shelves, Thing};

/// The folder inside the archive that a web server serves.
const SITE: &str = "site";

/// What is to be archived, and where.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveOrder<'a> {
    /// The issuer's id in this house.
    pub issuer: &'a str,
    /// The folder: new, empty, or an earlier archive of the same issuer, which is brought up to date.
    pub folder: &'a Path,
    /// Whether PDF certificates are drawn; they take most of the time.
    pub certificates: bool,
    /// How many awards are worked on at the same time.
    pub threads: usize,
}

/// How far an archive has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArchiveProgress {
    /// Awards whose files are there.
    pub awards: u64,
    /// Files that are there.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What an archive came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArchiveSummary {
    /// Everything that is there.
    pub total: ArchiveProgress,
    /// Files written anew.
    pub written: u64,
    /// Files that were there already with the same bytes.
    pub unchanged: u64,
    /// Files of an earlier archive that were taken away.
    pub removed: u64,
}

/// Why an archive could not be made. What was written before stays and is complete in itself; the same command goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no such issuer.
    #[error("there is no issuer with this id")]
    NoIssuer,
    /// The folder holds other things.
    #[error("{0} is not empty and not an archive of Accolade: name a new or an empty folder")]
    NotEmpty(PathBuf),
    /// The folder is an archive, but of another issuer or server.
    #[error("{0} is the archive of another issuer or server: name another folder")]
    OfAnother(PathBuf),
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The office could not answer.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// A page could not be made.
    #[error(transparent)]
    Page(#[from] PublishingError),
    /// A thread could not go on: a fault of this program.
    #[error("a part of the archive was given up; the log says why")]
    GivenUp,
}

impl ArchiveError {
    fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}

/// Writes the archive of an issuer, page by page of its awards, so that any number of them fits into memory. `told` hears how
/// far it has come after each page.
///
/// What the status of awards is told by (status lists, revocation list) is written last, so it is never older than they.
///
/// # Errors
/// [`ArchiveError`]; an earlier archive's manifest stands until the new one is complete.
pub fn archive(
    publishing: &Publishing,
    order: &ArchiveOrder<'_>,
    told: &mut dyn FnMut(ArchiveProgress),
) -> Result<ArchiveSummary, ArchiveError> {
    let office = publishing.office();
    let system = Caller::system();
    match office.issuer(&system, order.issuer) {
        Err(OfficeError::NotFound) => return Err(ArchiveError::NoIssuer),
        other => other?,
    };
    let public_url = office.public_url().trim_end_matches('/').to_owned();
    let owner = Owner { public_url: public_url.clone(), issuer: order.issuer.to_owned() };
    let folder = Folder::take(order.folder, &owner)?;
    let prefix = path_of(&public_url);
    let shelves = Shelves { publishing, folder: &folder, prefix, certificates: order.certificates };
    let mut run = Run {
        office,
        system,
        shelves: &shelves,
        manifest: Manifest::begin(&folder, &owner)?,
        images: BTreeSet::new(),
        awards: 0,
        marker: format!("{public_url}/public/images/"),
    };
    run.assets()?;
    run.achievements(order.issuer)?;
    run.awards(order, told)?;
    run.images()?;
    run.issuer(order.issuer)?;
    // What only the issuer names, such as its logo.
    run.images()?;
    servers::write(&folder, &public_url, order.folder)?;
    let total = run.progress();
    run.manifest.finish(&folder)?;
    let counts = folder.counts();
    Ok(ArchiveSummary {
        total,
        written: counts.written,
        unchanged: counts.unchanged,
        removed: counts.removed,
    })
}

/// The path of a URL without a slash at its end.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}

struct Run<'a> {
    office: &'a Office,
    system: Caller,
    shelves: &'a Shelves<'a>,
    manifest: Manifest,
    /// Pictures that documents name: id and ending.
    images: BTreeSet<(String, String)>,
    awards: u64,
    /// What the address of a picture begins with.
    marker: String,
}

impl Run<'_> {
    fn progress(&self) -> ArchiveProgress {
        let (files, bytes) = self.manifest.totals();
        ArchiveProgress { awards: self.awards, files, bytes }
    }

    fn write(&mut self, things: &[Thing]) -> Result<(), ArchiveError> {
        for thing in things {
            let mut found = BTreeSet::new();
            let entries =
                self.shelves.write(thing, &mut |body| named_images(body, &self.marker, &mut found))?;
            self.images.append(&mut found);
            self.list(&entries)?;
        }
        Ok(())
    }

    fn list(&mut self, entries: &[Entry]) -> Result<(), ArchiveError> {
        entries.iter().try_for_each(|entry| self.manifest.add(entry))
    }

    /// Stylesheet and favicon.
    fn assets(&mut self) -> Result<(), ArchiveError> {
        for asset in self.shelves.publishing.press().assets() {
            let path = format!("{}{}", self.shelves.prefix, asset.path);
            let file = format!("{SITE}{path}");
            self.shelves.folder.put(&file, &asset.body)?;
            self.manifest.add(&Entry {
                file,
                paths: vec![path],
                content_type: asset.content_type,
                status: 200,
                language: None,
                size: asset.body.len(),
                sha256: sha256(&asset.body),
            })?;
        }
        Ok(())
    }

    fn achievements(&mut self, issuer: &str) -> Result<(), ArchiveError> {
        let mut page = PageRequest { limit: Some(PageRequest::MAX_LIMIT), cursor: None };
        loop {
            let found = self.office.achievements(&self.system, issuer, &page)?;
            for achievement in &found.items {
                self.write(&shelf::achievement(&achievement.id))?;
            }
            page.cursor = found.next;
            if page.cursor.is_none() {
                return Ok(());
            }
        }
    }

    fn awards(
        &mut self,
        order: &ArchiveOrder<'_>,
        told: &mut dyn FnMut(ArchiveProgress),
    ) -> Result<(), ArchiveError> {
        let filter =
            CredentialFilter { issuer: Some(order.issuer.to_owned()), ..CredentialFilter::default() };
        let mut page = PageRequest { limit: Some(PageRequest::MAX_LIMIT), cursor: None };
        loop {
            let found = self.office.credentials(&self.system, &filter, &page)?;
            let ids: Vec<&str> = found.items.iter().map(|award| award.id.as_str()).collect();
            let share = ids.len().div_ceil(order.threads.max(1)).max(1);
            let shelves = self.shelves;
            let marker = self.marker.as_str();
            let done: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = ids
                    .chunks(share)
                    .map(|ids| scope.spawn(move || award_files(shelves, ids, marker)))
                    .collect();
                threads
                    .into_iter()
                    .map(|thread| thread.join().unwrap_or(Err(ArchiveError::GivenUp)))
                    .collect()
            });
            for part in done {
                let (entries, mut images) = part?;
                self.list(&entries)?;
                self.images.append(&mut images);
            }
            self.awards += u64::try_from(ids.len()).unwrap_or(0);
            told(self.progress());
            page.cursor = found.next;
            if page.cursor.is_none() {
                return Ok(());
            }
        }
    }

    fn images(&mut self) -> Result<(), ArchiveError> {
        for (id, ending) in std::mem::take(&mut self.images) {
            self.write(&shelf::image(&id, &ending))?;
        }
        Ok(())
    }

    /// Keys, status lists and the issuer itself.
    fn issuer(&mut self, issuer: &str) -> Result<(), ArchiveError> {
        for key in self.office.signing_keys(&self.system, issuer)? {
            self.write(&shelf::key(&key.id))?;
        }
        for list in self.office.status_lists(&self.system, issuer)? {
            self.write(&shelf::status_list(&list))?;
        }
        self.write(&shelf::issuer(issuer))
    }
}

type Files = (Vec<Entry>, BTreeSet<(String, String)>);

/// The files of some awards.
fn award_files(shelves: &Shelves<'_>, ids: &[&str], marker: &str) -> Result<Files, ArchiveError> {
    let mut entries = Vec::new();
    let mut images = BTreeSet::new();
    for thing in ids.iter().flat_map(|id| shelf::award(id)) {
        entries.extend(shelves.write(&thing, &mut |body| named_images(body, marker, &mut images))?);
    }
    Ok((entries, images))
}

/// Adds the pictures of ours that a document names, by the address they begin with.
fn named_images(body: &[u8], marker: &str, found: &mut BTreeSet<(String, String)>) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    for rest in text.split(marker).skip(1) {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        let Some((id, ending)) = rest.get(..end).and_then(|name| name.split_once('.')) else { continue };
        if matches!(ending, "png" | "svg") {
            found.insert((id.to_owned(), ending.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_ours_are_found_in_documents_and_others_are_not() {
        let body = br#"{"image":{"id":"https://b.example/x/public/images/ab12.svg","type":"Image"},"c":"https://b.example/x/public/images/cd.png","d":"https://else.example/public/images/ef.png"}"#;
        let mut found = BTreeSet::new();
        named_images(body, "https://b.example/x/public/images/", &mut found);
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("ab12".to_owned(), "svg".to_owned()), ("cd".to_owned(), "png".to_owned())]
        );
    }

    #[test]
    fn the_path_of_the_public_url_stands_before_every_path() {
        assert_eq!(path_of("https://badges.example.edu"), "");
        assert_eq!(path_of("https://example.edu/badges"), "/badges");
    }
}
