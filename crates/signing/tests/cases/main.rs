//! The crate seen from outside: one file per format, each test a sentence. Marks such as `JWS-4` are rows of the
//! threat catalogue in docs/security-model.md.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that cannot go on should stop where it stands; clippy excuses test functions but not their helpers"
)]

mod adversarial;
mod arbitrary;
mod data_integrity;
mod did;
mod jws;
mod keys;
mod sealing;
mod status_list;
mod support;
mod vc_jwt;
mod vectors;
