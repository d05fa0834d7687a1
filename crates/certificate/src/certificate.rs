//! What a certificate says.

use accolade_imaging::Picture;
use chrono::{DateTime, Utc};

/// The sheet, lying on its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// ISO 216 A4: 297 mm × 210 mm.
    A4,
    /// US Letter: 11 in × 8.5 in.
    Letter,
}

impl Paper {
    /// Width and height in points (1/72 inch).
    pub(crate) fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (841.89, 595.28),
            Self::Letter => (792.0, 612.0),
        }
    }
}

/// Everything that stands on a certificate, in the words in which it stands there. Texts are plain, `\n` ends a line.
#[derive(Clone, Copy)]
pub struct Certificate<'a> {
    /// The sheet.
    pub paper: Paper,
    /// The language of [`labels`](Self::labels), as a BCP 47 tag. It decides which side the page begins on.
    pub language: &'a str,
    /// The language of the achievement's own words, if it is another.
    pub content_language: Option<&'a str>,
    /// The words around.
    pub labels: Labels<'a>,
    /// What must be known before anything else, like a revocation: a sentence at the top, framed.
    pub notice: Option<&'a str>,
    /// The issuer's name.
    pub issuer: &'a str,
    /// The issuer's website, shown without its scheme.
    pub issuer_url: Option<&'a str>,
    /// The name of who earned it, if it may be shown; without it the certificate speaks of its holder.
    pub recipient: Option<&'a str>,
    /// The achievement's name.
    pub title: &'a str,
    /// The badge.
    pub badge: &'a Picture,
    /// What the achievement is.
    pub description: Option<&'a str>,
    /// Dates, level, workload, credits: the first six are shown.
    pub facts: &'a [Fact<'a>],
    /// What was reached: the first six are shown.
    pub results: &'a [Fact<'a>],
    /// What had to be done; takes the room that is left.
    pub criteria: Option<&'a str>,
    /// Where the credential can be looked up and checked; the QR code says it.
    pub page: &'a str,
    /// The credential's id.
    pub credential_id: &'a str,
    /// The credential, which is attached to the file.
    pub credential: Attachment<'a>,
    /// When the credential was issued: the file's own date, so that the same credential gives the same bytes.
    pub made: DateTime<Utc>,
}

/// The words around what the credential says, in one language.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// What this is: “Certificate”.
    pub heading: &'a str,
    /// Before a name: “Awarded to”.
    pub awarded_to: &'a str,
    /// Where no name is shown: “Awarded to the holder of this certificate”.
    pub awarded_to_holder: &'a str,
    /// Between name and title: “for”.
    pub awarded_for: &'a str,
    /// Over the results.
    pub results: &'a str,
    /// Over the criteria.
    pub criteria: &'a str,
    /// Beside the QR code: “Scan to check this certificate”.
    pub scan: &'a str,
    /// Before the credential's id.
    pub credential_id: &'a str,
    /// Under the issuer's line: “Signed electronically …”.
    pub signed: &'a str,
    /// That the credential is attached to the file.
    pub attached: &'a str,
    /// What the badge shows, for who does not see it.
    pub badge_alt: &'a str,
    /// What the QR code is, for who does not see it.
    pub code_alt: &'a str,
}

/// A value and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    /// What it is: “Issued”.
    pub label: &'a str,
    /// The value: “3 May 2026”.
    pub value: &'a str,
}

/// A file inside the file ([PDF/A-3](https://www.iso.org/standard/57229.html), 6.8).
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// Its name: letters, digits, `.`, `-`, `_`.
    pub name: &'a str,
    /// Its media type, as `application/ld+json`.
    pub media_type: &'a str,
    /// Its bytes, at most 1 MiB.
    pub bytes: &'a [u8],
    /// What it is, for people.
    pub description: &'a str,
}
