//! Documents of which most stays the same: read once, filled in many times.

mod holes;
mod text;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::options::{Direction, HashAlgorithm, Options};
use crate::{Budget, canonicalize};
use holes::Holes;
use text::Template;

/// A document prepared for signing many like it: everything but some texts (the holes) is read, expanded and sorted once.
///
/// What it gives for some texts is exactly what [`canonicalize`] gives for the sample with these texts put in, also where
/// they make two nodes one, sort differently or cannot stand there at all. It is sooner there, nothing else.
///
/// ```
/// use accolade_linked_data::{Options, Prepared, canonicalize};
/// use serde_json::json;
///
/// let sample = json!({"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:example:1", "name": "A"});
/// let prepared = Prepared::new(&sample, &["/id", "/name"], &Options::default())?;
/// let filled = json!({"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:example:2", "name": "B"});
/// assert_eq!(prepared.canonicalize(&["urn:example:2", "B"])?, canonicalize(&filled, &Options::default())?);
/// assert_eq!(prepared.document(&["urn:example:2", "B"])?, filled);
/// # Ok::<(), accolade_linked_data::Error>(())
/// ```
#[derive(Debug)]
pub struct Prepared {
    holes: Holes,
    template: Template,
    reading: Reading,
}

/// [`Options`] without what is borrowed, so that a prepared document can be kept and shared between threads.
#[derive(Debug)]
struct Reading {
    safe: bool,
    base: Option<String>,
    budget: Budget,
    direction: Direction,
    hash: HashAlgorithm,
}

impl Prepared {
    /// Prepares a document. `holes` are JSON Pointers (RFC 6901) to strings of the sample: identifiers, dates, any text.
    /// Texts are given later in the order of the holes.
    ///
    /// # Errors
    /// * [`Error::NotAHole`] if a pointer leads to no string, or to one that decides how others are read: in `@context`,
    ///   in a type, in a JSON literal, a blank node's label.
    /// * Whatever [`canonicalize`] finds wrong with the sample.
    /// * [`Error::ContextNotAllowed`] if a context is not built in; [`Options::loader`] and [`Options::expand_context`] do not count here.
    pub fn new(sample: &Value, holes: &[&str], options: &Options<'_>) -> Result<Self, Error> {
        let reading = Reading {
            safe: options.safe,
            base: options.base.map(str::to_owned),
            budget: options.budget,
            direction: options.direction,
            hash: options.hash,
        };
        let holes = Holes::new(sample, holes)?;
        canonicalize(sample, &reading.options())?;
        let template = Template::of(&holes);
        Ok(Self { holes, template, reading })
    }

    /// How many texts it takes.
    #[must_use]
    pub fn holes(&self) -> usize {
        self.holes.count()
    }

    /// The sample it was made of. What holds for every part of it that is no hole holds for every document it gives.
    #[must_use]
    pub fn sample(&self) -> &Value {
        self.holes.sample()
    }

    /// How it is read.
    #[must_use]
    pub fn options(&self) -> Options<'_> {
        self.reading.options()
    }

    /// SHA-256 of the canonical N-Quads of the document with these texts, as [`canonical_hash`](crate::canonical_hash) gives it.
    ///
    /// # Errors
    /// As for [`canonicalize`], and [`Error::NotAHole`] if there are more or fewer texts than holes.
    pub fn canonical_hash(&self, texts: &[&str]) -> Result<[u8; 32], Error> {
        Ok(Sha256::digest(self.canonicalize(texts)?.as_bytes()).into())
    }

    /// The canonical N-Quads of the document with these texts, as [`canonicalize`] gives them.
    ///
    /// # Errors
    /// As for [`Prepared::canonical_hash`].
    pub fn canonicalize(&self, texts: &[&str]) -> Result<String, Error> {
        canonicalize(&self.holes.fill(texts)?, &self.reading.options())
    }

    /// The document with these texts.
    ///
    /// # Errors
    /// [`Error::NotAHole`] if there are more or fewer texts than holes. The texts themselves are looked at in canonicalising only.
    pub fn document(&self, texts: &[&str]) -> Result<Value, Error> {
        self.holes.fill(texts)
    }

    /// The document with these texts as JSON text without white space, as serde_json writes [`Prepared::document`].
    ///
    /// # Errors
    /// As for [`Prepared::document`].
    pub fn json(&self, texts: &[&str]) -> Result<String, Error> {
        self.holes.check_count(texts)?;
        Ok(self.template.fill(texts))
    }
}

impl Reading {
    fn options(&self) -> Options<'_> {
        Options {
            safe: self.safe,
            base: self.base.as_deref(),
            budget: self.budget,
            loader: None,
            expand_context: None,
            direction: self.direction,
            hash: self.hash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample() -> Value {
        json!({
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": "urn:example:1",
            "type": "VerifiableCredential",
            "name": "A \"name\"",
            "credentialSubject": {"id": "did:example:1"}
        })
    }

    #[test]
    fn what_is_no_string_or_decides_how_others_are_read_is_no_hole() {
        for pointer in ["", "/missing", "/credentialSubject", "/@context", "id", "/name/0"] {
            let error = Prepared::new(&sample(), &["/id", pointer], &Options::default()).unwrap_err();
            assert_eq!((error.code(), error.pointer()), ("not_a_hole", Some(pointer)), "{error}");
        }
        let twice = Prepared::new(&sample(), &["/id", "/id"], &Options::default());
        assert_eq!(twice.unwrap_err().code(), "not_a_hole");
    }

    #[test]
    fn as_many_texts_as_holes_are_needed() {
        let prepared = Prepared::new(&sample(), &["/id", "/name"], &Options::default()).unwrap();
        assert_eq!(prepared.holes(), 2);
        for texts in [vec!["urn:a:b"], vec!["urn:a:b", "b", "c"]] {
            assert_eq!(prepared.canonicalize(&texts).unwrap_err().code(), "not_a_hole");
            assert_eq!(prepared.document(&texts).unwrap_err().code(), "not_a_hole");
            assert_eq!(prepared.json(&texts).unwrap_err().code(), "not_a_hole");
        }
    }

    #[test]
    fn the_json_text_is_that_of_the_document() {
        let prepared =
            Prepared::new(&sample(), &["/name", "/credentialSubject/id"], &Options::default()).unwrap();
        for texts in [["plain", "did:example:2"], ["\"\\\u{7}\n\u{2028}é", ""], ["", "/name"]] {
            let document = prepared.document(&texts).unwrap();
            assert_eq!(prepared.json(&texts).unwrap(), document.to_string());
            assert_eq!(
                (&document["name"], &document["credentialSubject"]["id"]),
                (&json!(texts[0]), &json!(texts[1]))
            );
        }
    }
}
