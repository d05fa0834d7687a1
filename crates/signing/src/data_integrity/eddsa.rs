//! The EdDSA suites ([Data Integrity EdDSA Cryptosuites](https://www.w3.org/TR/vc-di-eddsa/)): Ed25519 over SHA-256 of the
//! proof's options and SHA-256 of the document.

use accolade_linked_data::HashAlgorithm;

use super::suite::{Recipe, Transformation};
use crate::KeyType;

/// `eddsa-rdfc-2022`.
pub(super) const RDFC: Recipe = Recipe {
    name: "eddsa-rdfc-2022",
    transformation: Transformation::Rdfc,
    signs: true,
    hash,
    signature_lengths: &[64],
};

/// `eddsa-jcs-2022`.
pub(super) const JCS: Recipe = Recipe { name: "eddsa-jcs-2022", transformation: Transformation::Jcs, ..RDFC };

/// `eddsa-2022`, which is `eddsa-rdfc-2022` under the name of its drafts.
pub(super) const DRAFT: Recipe = Recipe { name: "eddsa-2022", signs: false, ..RDFC };

pub(super) fn hash(key: KeyType) -> Option<HashAlgorithm> {
    (key == KeyType::Ed25519).then_some(HashAlgorithm::Sha256)
}
