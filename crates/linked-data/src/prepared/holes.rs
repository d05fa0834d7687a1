//! Where the holes are in the JSON, and filling them there.

use serde_json::Value;

use crate::contexts;
use crate::error::Error;
use crate::keyword::Keyword;

/// A document and the places in it where texts are put.
#[derive(Debug)]
pub(super) struct Holes {
    sample: Value,
    pointers: Vec<String>,
    /// The texts of the sample there.
    texts: Vec<String>,
}

impl Holes {
    /// Checks that every pointer leads to a string whose text decides nothing but itself, as far as JSON shows it.
    pub(super) fn new(sample: &Value, pointers: &[&str]) -> Result<Self, Error> {
        let mut texts = Vec::with_capacity(pointers.len());
        for (at, pointer) in pointers.iter().enumerate() {
            let refuse = |reason| Err(Error::NotAHole { pointer: (*pointer).to_owned(), reason });
            match sample.pointer(pointer) {
                Some(Value::String(text)) if text.starts_with("_:") => {
                    return refuse("it is the label of a blank node");
                }
                Some(Value::String(text)) => texts.push(text.clone()),
                Some(_) | None => return refuse("there is no string"),
            }
            if pointer.split('/').any(|name| Keyword::parse(name) == Some(Keyword::Context)) {
                return refuse("a context decides how everything else is read");
            }
            if pointers.iter().skip(at + 1).any(|other| other == pointer) {
                return refuse("it is named twice");
            }
        }
        let pointers = pointers.iter().map(|pointer| (*pointer).to_owned()).collect();
        Ok(Self { sample: sample.clone(), pointers, texts })
    }

    pub(super) fn sample(&self) -> &Value {
        &self.sample
    }

    pub(super) fn count(&self) -> usize {
        self.pointers.len()
    }

    /// The sample with these texts.
    pub(super) fn fill<T: AsRef<str>>(&self, texts: &[T]) -> Result<Value, Error> {
        self.check_count(texts)?;
        let mut document = self.sample.clone();
        for (pointer, text) in self.pointers.iter().zip(texts) {
            if let Some(hole) = document.pointer_mut(pointer) {
                *hole = Value::String(text.as_ref().to_owned());
            }
        }
        Ok(document)
    }

    pub(super) fn check_count<T>(&self, texts: &[T]) -> Result<(), Error> {
        if texts.len() == self.pointers.len() {
            return Ok(());
        }
        Err(Error::NotAHole { pointer: String::new(), reason: "there must be as many texts as holes" })
    }

    /// The text that the sample has in a hole.
    pub(super) fn sample_text(&self, hole: usize) -> &str {
        self.texts.get(hole).map_or("", String::as_str)
    }

    /// Why a place cannot be a hole.
    pub(super) fn refusal(&self, hole: usize, reason: &'static str) -> Error {
        Error::NotAHole { pointer: self.pointers.get(hole).cloned().unwrap_or_default(), reason }
    }

    /// What an error means that only marks in the place of texts bring about.
    pub(super) fn refusal_of(&self, error: Error) -> Error {
        let within = |at| self.pointers.iter().position(|pointer| pointer.starts_with(at));
        match error.pointer().and_then(within) {
            Some(hole) => self.refusal(hole, "it decides how others are read"),
            None => error,
        }
    }

    /// Whether every context is a built-in one given by its URL. Only those are known to have no term that looks like an IRI.
    pub(super) fn has_built_in_contexts_only(&self) -> bool {
        fn is_built_in(context: &Value) -> bool {
            match context {
                Value::String(url) => contexts::is_known(url),
                Value::Array(items) => items.iter().all(is_built_in),
                _ => false,
            }
        }
        fn all(value: &Value) -> bool {
            match value {
                Value::Object(map) => map.iter().all(|(name, member)| {
                    if name == Keyword::Context.name() { is_built_in(member) } else { all(member) }
                }),
                Value::Array(items) => items.iter().all(all),
                _ => true,
            }
        }
        all(&self.sample)
    }

    /// Texts that stand nowhere in the sample, one for each hole. Each is an absolute IRI and no other is part of it.
    pub(super) fn marks(&self) -> Vec<String> {
        let text = self.sample.to_string();
        let mut salt = 0_u32;
        while text.contains(&format!("hole:{salt}:")) {
            salt += 1;
        }
        (0..self.count()).map(|number| format!("hole:{salt}:{number};")).collect()
    }
}
