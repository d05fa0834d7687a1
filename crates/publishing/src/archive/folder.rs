//! The folder an archive is written to: never half a file, never another's files.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::ArchiveError;

/// Tells that a folder is an archive, and whose.
const MARKER: &str = ".accolade-archive.json";
/// The end of the name of a file that is being written.
const PARTIAL: &str = ".accolade-partial";

/// Whose archive a folder is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Owner {
    /// The public URL of the server that published the documents.
    pub(super) public_url: String,
    /// The issuer's id in that house.
    pub(super) issuer: String,
}

/// A folder that is ours to write to. Several threads may write, each its own files.
pub(super) struct Folder {
    root: PathBuf,
    written: AtomicU64,
    unchanged: AtomicU64,
    removed: AtomicU64,
}

/// What came of a folder's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) written: u64,
    pub(super) unchanged: u64,
    pub(super) removed: u64,
}

impl Folder {
    /// Takes a folder: a new one, an empty one, or an earlier archive of the same owner.
    pub(super) fn take(root: &Path, owner: &Owner) -> Result<Self, ArchiveError> {
        fs::create_dir_all(root).map_err(at(root))?;
        let marker = root.join(MARKER);
        match fs::read(&marker) {
            Ok(bytes) => {
                let found: Option<Owner> = serde_json::from_slice(&bytes).ok();
                if found.as_ref() != Some(owner) {
                    return Err(ArchiveError::OfAnother(root.to_owned()));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if fs::read_dir(root).map_err(at(root))?.next().is_some() {
                    return Err(ArchiveError::NotEmpty(root.to_owned()));
                }
                let text = serde_json::to_string(owner)
                    .map_err(|error| ArchiveError::file(&marker, error.into()))?;
                fs::write(&marker, text).map_err(at(&marker))?;
            }
            Err(error) => return Err(ArchiveError::file(&marker, error)),
        }
        let zero = || AtomicU64::new(0);
        Ok(Self { root: root.to_owned(), written: zero(), unchanged: zero(), removed: zero() })
    }

    /// Writes a file whole or not at all. One that is there with the same bytes stays untouched, so that tools which copy only
    /// what changed have little to do.
    pub(super) fn put(&self, file: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        let path = self.root.join(file);
        if is_same(&path, bytes) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let mut whole = self.begin(file)?;
        whole.file.write_all(bytes).map_err(at(&whole.partial))?;
        self.finish(whole)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Begins a file that is written bit by bit.
    pub(super) fn begin(&self, file: &str) -> Result<Partial, ArchiveError> {
        let path = self.root.join(file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        let partial = self.root.join(format!("{file}{PARTIAL}"));
        let file = File::create(&partial).map_err(at(&partial))?;
        Ok(Partial { file, partial, path })
    }

    /// Puts a file that is complete in its place.
    pub(super) fn finish(&self, partial: Partial) -> Result<(), ArchiveError> {
        drop(partial.file);
        fs::rename(&partial.partial, &partial.path).map_err(at(&partial.path))
    }

    /// Takes a file away that an earlier archive may have left.
    pub(super) fn remove(&self, file: &str) -> Result<(), ArchiveError> {
        let path = self.root.join(file);
        match fs::remove_file(&path) {
            Ok(()) => {
                self.removed.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
            Err(error) => Err(ArchiveError::file(&path, error)),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            written: self.written.load(Ordering::Relaxed),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            removed: self.removed.load(Ordering::Relaxed),
        }
    }
}

/// A file that is not complete yet.
pub(super) struct Partial {
    pub(super) file: File,
    partial: PathBuf,
    path: PathBuf,
}

impl Partial {
    /// Where it is while it is written, for errors.
    pub(super) fn unfinished(&self) -> &Path {
        &self.partial
    }
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let same_length = fs::metadata(path)
        .is_ok_and(|found| u64::try_from(bytes.len()).is_ok_and(|length| found.len() == length));
    if !same_length {
        return false;
    }
    let mut found = Vec::with_capacity(bytes.len());
    File::open(path).and_then(|mut file| file.read_to_end(&mut found)).is_ok_and(|_| found == bytes)
}

/// An error of the file system with the file it is about.
pub(super) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> ArchiveError + '_ {
    move |error| ArchiveError::file(path, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner {
        Owner { public_url: "https://badges.example.edu".to_owned(), issuer: "1".to_owned() }
    }

    #[test]
    fn a_folder_with_other_things_in_it_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        assert!(matches!(Folder::take(folder.path(), &owner()), Err(ArchiveError::NotEmpty(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_archive_is_written_over_by_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("new");
        Folder::take(&inner, &owner()).unwrap();
        Folder::take(&inner, &owner()).unwrap();
        let other = Owner { issuer: "2".to_owned(), ..owner() };
        assert!(matches!(Folder::take(&inner, &other), Err(ArchiveError::OfAnother(_))));
    }

    #[test]
    fn what_is_the_same_stays_untouched_and_nothing_unfinished_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Folder::take(folder.path(), &owner()).unwrap();
        archive.put("a/b.json", b"{}").unwrap();
        archive.put("a/b.json", b"{}").unwrap();
        archive.put("a/b.json", b"[]").unwrap();
        archive.remove("a/b.json").unwrap();
        archive.remove("a/none.json").unwrap();
        archive.remove("a/b.json/none.json").unwrap();
        assert_eq!(archive.counts(), Counts { written: 2, unchanged: 1, removed: 1 });
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 0);
    }
}
