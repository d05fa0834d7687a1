//! The crate seen from outside: one file per format, each test a sentence. Marks such as `JWS-4` are rows of the
//! threat catalogue in docs/security-model.md.

mod adversarial;
mod data_integrity;
mod did;
mod jws;
mod keys;
mod sealing;
mod status_list;
mod support;
mod vc_jwt;
mod vectors;
