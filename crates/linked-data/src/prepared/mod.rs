//! Documents of which most stays the same: read once, filled in many times.

mod beginnings;
mod fill;
mod holes;
mod plan;
mod sheet;
mod terms;
#[cfg(test)]
mod tests;
mod text;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::error::Error;
use crate::expand::Expander;
use crate::options::{Direction, HashAlgorithm, Options};
use crate::{canonicalize, scratch, write_canonical};
use fill::Filling;
use holes::Holes;
use plan::Plan;
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
    /// `None`: every text takes the general road.
    plan: Option<Plan>,
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
        let marked = holes.fill(&holes.marks())?;
        let (dataset, _) =
            Expander::quads(&reading.options()).run(&marked).map_err(|error| holes.refusal_of(error))?;
        let plan = Plan::new(&dataset, &holes, reading.hash)?;
        let template = Template::of(&holes);
        let mut prepared = Self { holes, plan, template, reading };
        if !prepared.plan_holds() {
            prepared.plan = None;
        }
        Ok(prepared)
    }

    /// Whether both roads lead to the same place for texts like those of the sample, but all different. The plan takes identifiers for
    /// what they are; where the sample has one that stands for another (a compact IRI), this is found out here.
    fn plan_holds(&self) -> bool {
        let like_sample = |hole| format!("{}{hole}", self.holes.sample_text(hole));
        let texts: Vec<String> = (0..self.holes()).map(like_sample).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (mut planned, mut general) = (String::new(), String::new());
        let Some(filling) = self.filling(&texts, &mut planned) else { return false };
        filling.write(&mut planned);
        self.write_generally(&mut general, &texts).is_ok() && general == planned
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

    /// How it was read, and will be. No loader and no further context is among it: neither counts here.
    #[must_use]
    pub fn options(&self) -> Options<'_> {
        self.reading.options()
    }

    /// SHA-256 of the canonical N-Quads of the document with these texts, as [`canonical_hash`](crate::canonical_hash) gives it.
    ///
    /// # Errors
    /// As for [`canonicalize`], and [`Error::NotAHole`] if there are more or fewer texts than holes.
    pub fn canonical_hash(&self, texts: &[&str]) -> Result<[u8; 32], Error> {
        scratch::with(|out| {
            self.holes.check_count(texts)?;
            if let Some(filling) = self.filling(texts, out) {
                return Ok(filling.hash(out).finalize().into());
            }
            self.write_generally(out, texts)?;
            Ok(Sha256::digest(out.as_bytes()).into())
        })
    }

    /// The canonical N-Quads of the document with these texts, as [`canonicalize`] gives them.
    ///
    /// # Errors
    /// As for [`Prepared::canonical_hash`].
    pub fn canonicalize(&self, texts: &[&str]) -> Result<String, Error> {
        self.holes.check_count(texts)?;
        let mut out = String::new();
        match self.filling(texts, &mut out) {
            Some(filling) => filling.write(&mut out),
            None => self.write_generally(&mut out, texts)?,
        }
        Ok(out)
    }

    /// The fast road; nothing if it does not lead there.
    fn filling(&self, texts: &[&str], scratch: &mut String) -> Option<Filling<'_>> {
        // Near the limit of the budget the general road decides.
        let limit = usize::try_from(self.reading.budget.bytes).ok()?;
        Filling::new(self.plan.as_ref()?, &self.holes, texts, scratch)
            .filter(|filling| filling.most_bytes() <= limit)
    }

    fn write_generally(&self, out: &mut String, texts: &[&str]) -> Result<(), Error> {
        out.clear();
        write_canonical(out, &self.holes.fill(texts)?, &self.reading.options())
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
