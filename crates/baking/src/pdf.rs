//! PDF: a badge is an attached file. Read only; certificates carry badges this way.
//!
//! Attached files are those a reader can reach from the catalogue: in the `EmbeddedFiles` name tree, as associated files
//! (`AF`), or in a file attachment annotation of a page ([ISO 32000-2](https://pdfa.org/resource/iso-32000-2/), 7.11.4, 14.13
//! and 12.5.6.15). Which of them is a badge is told by content: JSON or a compact JWS.
//!
//! A PDF is a program's playground, and libraries for it decode pictures and fonts and inflate what they are given. This
//! reader knows just enough to find attachments: it goes through the objects in the order of the file, later ones
//! replace earlier ones as in an incremental update, and everything that grows is counted.

mod file;
mod inflate;
mod lexer;

use std::collections::HashSet;

use file::File;
use lexer::{Value, Word};

/// The largest PDF looked at, in bytes.
const MAX_PDF_BYTES: usize = 8 << 20;
/// The largest attachment looked at, in bytes when unpacked; larger ones are passed over.
const MAX_ATTACHMENT_BYTES: usize = 1 << 20;
/// The most attachments looked at.
const MAX_ATTACHMENTS: usize = 64;
/// The most different texts that may be badges.
const MAX_CANDIDATES: usize = 8;

/// Why nothing can be taken from a PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// These bytes do not start like a PDF.
    #[error("this is no PDF")]
    NotPdf,
    /// The PDF breaks its own format.
    #[error("the PDF is damaged: {0}")]
    Damaged(&'static str),
    /// The PDF is encrypted, be it without a password.
    #[error("the PDF is protected, so that its attachments cannot be read")]
    Protected,
    /// The PDF goes beyond a limit of this crate.
    #[error("the PDF is refused: {0}")]
    Limit(&'static str),
}

/// Whether these bytes start like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// Takes every attachment that may be a badge out of a PDF: JSON objects and compact tokens, each text once, in the order in
/// which a reader comes across them.
///
/// # Errors
/// [`PdfError`] for what is no PDF, for one that is damaged or protected, or beyond a limit of this crate.
pub fn attachments(bytes: &[u8]) -> Result<Vec<String>, PdfError> {
    if !is_pdf(bytes) {
        return Err(PdfError::NotPdf);
    }
    if bytes.len() > MAX_PDF_BYTES {
        return Err(PdfError::Limit("it is larger than 8 MiB"));
    }
    let file = File::read(bytes)?;
    let mut found: Vec<String> = Vec::new();
    for number in attached(&file)? {
        let Some(text) = file.content(number, MAX_ATTACHMENT_BYTES).and_then(candidate) else { continue };
        if found.contains(&text) {
            continue;
        }
        if found.len() >= MAX_CANDIDATES {
            return Err(PdfError::Limit("it has more than 8 attached files that may be badges"));
        }
        found.push(text);
    }
    Ok(found)
}

/// The numbers of the streams that are attached files, found from the catalogue on, each object once.
fn attached(file: &File<'_>) -> Result<Vec<u32>, PdfError> {
    let mut visited = HashSet::new();
    let mut streams = Vec::new();
    let mut ahead = vec![file.catalogue()?];
    while let Some(value) = ahead.pop() {
        match value {
            Value::Reference(number) => {
                if visited.insert(*number) {
                    ahead.extend(file.object(*number));
                }
            }
            Value::Array(entries) => ahead.extend(entries.iter().rev()),
            Value::Dictionary(members) => {
                for (word, member) in members.iter().rev() {
                    if *word == Word::Ef {
                        let files = file.resolve(member).and_then(Value::members).unwrap_or_default();
                        let numbers = files.iter().filter_map(|(_, stream)| stream.reference());
                        streams.extend(numbers.filter(|number| visited.insert(*number)));
                    } else {
                        ahead.push(member);
                    }
                }
            }
            Value::Integer(_) | Value::Name(_) => {}
        }
        if streams.len() > MAX_ATTACHMENTS {
            return Err(PdfError::Limit("it has more than 64 attached files"));
        }
    }
    Ok(streams)
}

/// The text of an attachment, if it may be a badge.
fn candidate(content: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(content).ok()?;
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let is_base64url = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_token = || {
        let mut parts = text.split('.');
        let whole =
            parts.by_ref().take(3).filter(|part| !part.is_empty() && part.chars().all(is_base64url)).count();
        whole == 3 && parts.next().is_none()
    };
    let may_be = (text.starts_with('{') && text.ends_with('}')) || is_token();
    may_be.then(|| text.to_owned())
}
