//! The office at work on a real database: every test registers, defines and awards for real.
#![allow(missing_docs, reason = "tests are sentences already")]

mod access;
mod awarding;
mod keys;
mod publishing;
mod refusals;
mod repeating;
mod statuses;
mod support;
