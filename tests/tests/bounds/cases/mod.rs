//! The cases, in the order of the threat list. Those that are no input to the examiner are in [`super::listed`].

mod graphs;
mod images;
mod places;
mod proofs;
mod status;
mod tokens;

use super::Case;

pub(crate) const CASES: &[&[Case]] = &[
    tokens::CASES,
    proofs::CASES,
    graphs::CASES,
    status::CASES,
    places::CASES,
    places::OTHERS,
    images::CASES,
];

/// A case in one line.
const fn case(
    name: &'static str,
    code: &'static str,
    submission: fn(&super::Stage) -> accolade_verifying::Submission,
) -> Case {
    Case { name, code, submission }
}
