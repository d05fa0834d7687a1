//! `manifest.json`: which file answers which path, and how. One entry a line, written as it comes.

use std::io::{BufWriter, Write as _};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::ArchiveError;
use super::folder::{Folder, Owner, Partial, at};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "manifest.json";

/// A file of the archive and the paths it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// Where it is, seen from the archive.
    pub(super) file: String,
    /// The URL paths it answers, the public URL's own path included. Several files may answer one path: the first in the
    /// manifest is what a client gets that names no type.
    pub(super) paths: Vec<String>,
    /// Its media type.
    pub(super) content_type: &'static str,
    /// The HTTP status it is answered with: 200, 403 (private) or 410 (gone).
    pub(super) status: u16,
    /// The language of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<&'static str>,
    /// How many bytes it has.
    pub(super) size: usize,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
}

/// The SHA-256 of a file's bytes in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A manifest being written.
pub(super) struct Manifest {
    out: BufWriter<Partial>,
    entries: u64,
    bytes: u64,
}

impl std::io::Write for Partial {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Manifest {
    /// Begins the manifest; the one of an earlier archive stays until this one is complete.
    pub(super) fn begin(folder: &Folder, owner: &Owner) -> Result<Self, ArchiveError> {
        let mut manifest = Self { out: BufWriter::new(folder.begin(MANIFEST)?), entries: 0, bytes: 0 };
        let url = serde_json::Value::from(owner.public_url.as_str());
        let issuer = serde_json::Value::from(owner.issuer.as_str());
        manifest.write(&format!(
            "{{\"publicUrl\":{url},\"issuer\":{issuer},\"root\":\"{}\",\"entries\":[",
            super::SITE
        ))?;
        Ok(manifest)
    }

    /// Adds a file.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        let line = serde_json::to_string(entry)
            .map_err(|error| ArchiveError::file(self.out.get_ref().unfinished(), error.into()))?;
        self.write(if self.entries == 0 { "\n" } else { ",\n" })?;
        self.write(&line)?;
        self.entries += 1;
        self.bytes += u64::try_from(entry.size).unwrap_or(u64::MAX);
        Ok(())
    }

    /// How many files and bytes it lists.
    pub(super) fn totals(&self) -> (u64, u64) {
        (self.entries, self.bytes)
    }

    /// Puts it in its place.
    pub(super) fn finish(mut self, folder: &Folder) -> Result<(), ArchiveError> {
        self.write("\n]}\n")?;
        let path = self.out.get_ref().unfinished().to_owned();
        let partial = self.out.into_inner().map_err(|error| ArchiveError::file(&path, error.into_error()))?;
        folder.finish(partial)
    }

    fn write(&mut self, text: &str) -> Result<(), ArchiveError> {
        let written = self.out.write_all(text.as_bytes());
        written.map_err(at(self.out.get_ref().unfinished()))
    }
}
