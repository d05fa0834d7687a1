//! The door: what a request may carry, taken apart and refused early. Inside, the types cannot be wrong.

mod body;
mod idempotency;
mod parameters;
mod path;
mod percent;

pub(crate) use body::{JSON_LIMIT, StrictJson, read_body};
pub(crate) use idempotency::Idempotency;
pub(crate) use parameters::{Parameters, bad as bad_parameter, refuse_unknown_parameters};
pub(crate) use path::{Id, Within};
pub(crate) use percent::percent_decoded;

use accolade_issuing::Fault;
use strsim::damerau_levenshtein;

/// `; did you mean "limit"?` where one of `known` is close to `name`, else nothing.
fn suggestion(name: &str, known: &[&str]) -> String {
    let nearest = known.iter().map(|known| (damerau_levenshtein(name, known), known)).min();
    match nearest {
        Some((distance, known)) if distance <= 2 => format!("; did you mean {known:?}?"),
        _ => String::new(),
    }
}

/// The fault of a member that an object at `at` does not have.
pub(crate) fn unknown_member(at: &str, name: &str, known: &[&str]) -> Fault {
    let pointer = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    Fault::new(pointer, "unknown_member", format!("unknown member {name:?}{}", suggestion(name, known)))
}

/// The fault of a column that a table does not have.
pub(crate) fn unknown_column(name: &str, known: &[&str]) -> Fault {
    let shown: String = name.chars().take(100).collect();
    Fault::new("", "unknown_member", format!("unknown column {shown:?}{}", suggestion(name, known)))
}
