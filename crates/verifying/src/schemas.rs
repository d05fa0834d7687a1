//! JSON Schema for schemas that strangers name: draft-04 to 2020-12, bounded in every part.
//!
//! A badge may name the schema it follows (`credentialSchema` of 3.0, `obi:validation` of a 2.0 extension). Such a schema is
//! a small program by a stranger: a dozen `$ref`s can double the work at each step, and a pattern can stand for a
//! million states. Libraries for JSON Schema have no bound on that (see docs/decisions); so this one counts every step,
//! follows references inside the document only, never goes out, and gives up where it is asked too much. It agrees with a
//! library on everything it decides, which the tests see to.
//!
//! `format` and the `content…` keywords are annotations here, as all drafts allow.

mod arrays;
mod choices;
mod objects;
mod pattern;
mod places;
mod run;
mod scalars;

use std::fmt::Write as _;

use serde_json::Value;

use crate::library::shown;

/// The most places a schema may have; and an instance.
const MOST_NODES: usize = 20_000;
/// The most findings told; after those, looking stops.
const MOST_FINDINGS: usize = 5;

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    /// draft-04, which the extensions of Open Badges 2.0 are described in.
    Draft4,
    /// draft-06.
    Draft6,
    /// draft-07.
    Draft7,
    /// 2019-09, which 1EdTech writes its schemas in.
    Draft201909,
    /// 2020-12.
    Draft202012,
}

impl Draft {
    /// The draft a schema says it is written in; `otherwise` where it says nothing, `None` where it names another.
    fn of(schema: &Value, otherwise: Self) -> Option<Self> {
        let Some(said) = schema.get("$schema") else { return Some(otherwise) };
        let said = said.as_str()?.trim_end_matches('#');
        let name = said.strip_prefix("https://").or_else(|| said.strip_prefix("http://"))?;
        match name.strip_prefix("json-schema.org/")? {
            "draft-04/schema" => Some(Self::Draft4),
            "draft-06/schema" => Some(Self::Draft6),
            "draft-07/schema" => Some(Self::Draft7),
            "draft/2019-09/schema" => Some(Self::Draft201909),
            "draft/2020-12/schema" => Some(Self::Draft202012),
            _ => None,
        }
    }
}

/// Why a document was not found to follow a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SchemaTrouble {
    /// It does not follow it: what is wrong, the first few.
    Unfit(Vec<Finding>),
    /// The schema cannot be applied, so nothing is known.
    Unusable(Unusable),
}

/// One thing in a document that its schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// JSON Pointer to the part; empty for the whole.
    pub(crate) pointer: String,
    /// What is wrong with it, as the end of a sentence: "lacks the part `name`".
    pub(crate) problem: String,
}

/// Why a schema cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("it is written in a dialect this verifier does not know")]
    Dialect,
    #[error("it breaks the rules of its own language")]
    Broken,
    #[error("it relies on another document, or on a part that is not there")]
    Elsewhere,
    #[error("it uses a text pattern this verifier does not run")]
    Pattern,
    #[error("it, or what it describes, is larger than this verifier looks at")]
    TooLarge,
    #[error("applying it would take more work than one examination may take")]
    Spent,
}

impl Unusable {
    /// A stable name for reports.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Spent => "budget_spent",
            Self::TooLarge => "too_large",
            Self::Dialect | Self::Broken | Self::Elsewhere | Self::Pattern => "schema_unusable",
        }
    }
}

impl SchemaTrouble {
    /// A stable name for reports.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unfit(_) => "schema_mismatch",
            Self::Unusable(why) => why.code(),
        }
    }

    /// What is wrong, as a sentence without its full stop; `what` names the document, such as "the badge".
    pub(crate) fn words(&self, what: &str) -> String {
        match self {
            Self::Unfit(findings) => {
                let mut words = String::new();
                for finding in findings {
                    let gap = if words.is_empty() { "" } else { "; " };
                    // Writing to a string cannot fail.
                    let _ = match finding.pointer.as_str() {
                        "" => write!(words, "{gap}{what} {}", finding.problem),
                        pointer => {
                            write!(
                                words,
                                "{gap}in {what}, `{}` {}",
                                shown(pointer.trim_start_matches('/')),
                                finding.problem
                            )
                        }
                    };
                }
                words
            }
            Self::Unusable(why) => why.to_string(),
        }
    }
}

/// Whether `instance` follows `schema`; `otherwise` is the draft of a schema that does not name its own.
///
/// Pure arithmetic of at most a few dozen milliseconds, to be run where computing is done.
///
/// # Errors
/// [`SchemaTrouble::Unfit`] where it does not, [`SchemaTrouble::Unusable`] where that cannot be told.
pub(crate) fn check(schema: &Value, instance: &Value, otherwise: Draft) -> Result<(), SchemaTrouble> {
    let draft = Draft::of(schema, otherwise).ok_or(SchemaTrouble::Unusable(Unusable::Dialect))?;
    for document in [schema, instance] {
        if !is_small(document, &mut MOST_NODES.clone()) {
            return Err(SchemaTrouble::Unusable(Unusable::TooLarge));
        }
    }
    run::Run::new(schema, draft).and_then(|run| run.judge(instance)).map_or_else(
        |unusable| Err(SchemaTrouble::Unusable(unusable)),
        |findings| if findings.is_empty() { Ok(()) } else { Err(SchemaTrouble::Unfit(findings)) },
    )
}

/// Whether a document has at most `left` values. Documents are at most as deep as our JSON reader lets them be.
fn is_small(value: &Value, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    match value {
        Value::Array(entries) => entries.iter().all(|entry| is_small(entry, left)),
        Value::Object(members) => members.values().all(|member| is_small(member, left)),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
