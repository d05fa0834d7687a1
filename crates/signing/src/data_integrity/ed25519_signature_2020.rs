//! `Ed25519Signature2020` ([Data Integrity EdDSA Cryptosuites](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020)): the
//! proof of badges from before Data Integrity. It works as `eddsa-rdfc-2022` does, but is a proof type of its own, without
//! `cryptosuite`, and the document's `@context` must define it, as `https://w3id.org/security/suites/ed25519-2020/v1` does.

use super::eddsa;
use super::suite::Recipe;

/// Verified only.
pub(super) const RECIPE: Recipe = Recipe { name: "Ed25519Signature2020", signs: false, ..eddsa::RDFC };
