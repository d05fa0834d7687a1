//! What learning systems report: statements of the Experience API, [xAPI 1.0.3](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md).
//!
//! [`Statement::parse`] reads one strictly, as a learning record store does: unknown members, nulls outside of extensions, and
//! values that the standard does not allow are faults, each with its pointer. What it says about a learner is [`Says`].

mod activity;
mod actor;
mod context;
mod duration;
mod read;
mod result;
mod verb;

pub use actor::{Actor, KnownBy};
pub use result::LEVEL;
pub use verb::Verb;

use serde_json::Value;

use crate::requirement::Outcome;
use crate::{Hours, Timestamp, Uri};

/// The version that is spoken; statements of every 1.0.x are read.
pub const VERSION: &str = "1.0.3";

/// A statement, read and sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its id, a UUID in lower case, where it came with one.
    pub id: Option<String>,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub says: Says,
    /// When it was done, where that was said.
    pub at: Option<Timestamp>,
    /// The statement as it came, without what a record store adds or may change (`stored`, `authority`, `version`): two
    /// statements of one id must be equal in it.
    pub told: Value,
}

/// What a statement says, as far as it matters here.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// Somebody did something.
    Did(Box<Deed>),
    /// An earlier statement does not hold; its id, in lower case
    /// ([voiding](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#voided)).
    Voids(String),
    /// Nothing that a requirement could be about: another verb, or another kind of object.
    Other,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// How it ended.
    pub verb: Verb,
    /// What it was about.
    pub activity: Uri,
    /// What the activity is called, where that was said: in English where there is English.
    pub title: Option<String>,
    /// How it went: success, the mark in per cent, the level of competency ([`LEVEL`]).
    pub outcome: Outcome,
    /// How long it took, where that was said in time that can be counted.
    pub hours: Option<Hours>,
}

#[cfg(test)]
mod tests;
