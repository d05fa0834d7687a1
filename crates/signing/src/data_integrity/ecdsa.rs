//! The ECDSA suites ([Data Integrity ECDSA Cryptosuites](https://www.w3.org/TR/vc-di-ecdsa/)). The curve decides on the hash
//! everywhere: P-256 goes with SHA-256, P-384 with SHA-384, also inside RDFC-1.0 and in the signature itself.

use accolade_linked_data::HashAlgorithm;

use super::suite::{Recipe, Transformation};
use crate::KeyType;

/// `ecdsa-rdfc-2019`.
pub(super) const RDFC: Recipe = Recipe {
    name: "ecdsa-rdfc-2019",
    transformation: Transformation::Rdfc,
    signs: true,
    hash,
    signature_lengths: &[64, 96],
};

/// `ecdsa-jcs-2019`.
pub(super) const JCS: Recipe = Recipe { name: "ecdsa-jcs-2019", transformation: Transformation::Jcs, ..RDFC };

fn hash(key: KeyType) -> Option<HashAlgorithm> {
    match key {
        KeyType::P256 => Some(HashAlgorithm::Sha256),
        KeyType::P384 => Some(HashAlgorithm::Sha384),
        KeyType::Ed25519 | KeyType::Rsa2048 => None,
    }
}
