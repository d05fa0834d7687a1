//! The crate seen from outside: one file per format, each test a sentence. Marks such as `JWS-4` number the attacks a
//! test stands against; searching for one finds every place that defends.

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
mod selective;
mod speccheck;
mod status_list;
mod support;
mod vc_jose;
mod vc_jwt;
mod vectors;
mod vp_jwt;
