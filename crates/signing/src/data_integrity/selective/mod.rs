//! The suite [`ecdsa-sd-2023`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): the issuer signs every statement of a credential apart,
//! and the holder shows those that he chooses, with those that he must.
//!
//! Three parties, three steps:
//!
//! 1. The issuer makes a *base proof* by [`create_base`]. It is for the holder alone: it holds the key of the labels, with which
//!    everything that was left out could be guessed at.
//! 2. The holder makes of it, by [`derive()`], a smaller document with a *derived proof*. Nobody's key is needed for that.
//! 3. Anyone verifies the derived proof by [`verify`](super::verify) with the issuer's P-256 key, as any other proof.
//!
//! A statement is a line of canonical N-Quads. Its blank nodes are called by an HMAC of their canonical label, so that what is shown tells
//! nothing of the order of what is not.

mod base;
mod cbor;
mod derived;
#[cfg(test)]
mod hostile;
mod proof_value;
mod statements;
#[cfg(test)]
mod vectors;

pub use base::{ALWAYS_MANDATORY, create_base, create_base_with, verify_base, verify_base_with};
pub(super) use derived::verify_derived;
pub use derived::{derive, derive_with};

use accolade_linked_data::{HashAlgorithm, Options, SelectionError};

use super::ProofError;
use super::suite::{Recipe, Transformation};
use crate::{KeyType, PublicKey};

/// Its proofs are made by [`create_base`] and [`derive()`], not by [`sign`](super::sign).
pub(super) const RECIPE: Recipe = Recipe {
    name: "ecdsa-sd-2023",
    transformation: Transformation::Rdfc,
    signs: false,
    hash: |key| (key == KeyType::P256).then_some(HashAlgorithm::Sha256),
    signature_lengths: &[],
};

/// The most statements a holder may choose among: each has a signature of its own, and verifying so many takes about a quarter of a second.
pub const MOST_SIGNATURES: usize = 4_096;

/// What is wrong with a selective proof or with the choice made of it, beyond what any proof can have wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SelectiveError {
    /// The proof value is no multibase text in base64url, or too long.
    #[error("the proof value cannot be read: {0}")]
    Encoding(&'static str),
    /// The bytes of the proof value are not the CBOR that the suite says.
    #[error("the proof value is not as the suite writes it, at byte {at}: {reason}")]
    Cbor {
        /// How many bytes came before, not counting the header's three.
        at: usize,
        /// What is wrong there.
        reason: &'static str,
    },
    /// A base proof where a derived one is needed. It must not be shown to verifiers: it holds the secret of the labels.
    #[error(
        "this is the issuer's base proof, which is for the holder alone; derive a proof from it and show that"
    )]
    BaseProof,
    /// A derived proof where a base proof is needed.
    #[error("this is a derived proof; only the issuer's base proof can be chosen from")]
    DerivedProof,
    /// The document has no proof of this suite, or more than one.
    #[error("the document must carry exactly one proof of the suite; it has {0}")]
    BaseProofs(usize),
    /// A base proof with `previousProof`.
    #[error("a base proof cannot follow other proofs: the holder could not leave them out")]
    FollowsOthers,
    /// The key inside the proof is not a P-256 Multikey.
    #[error("the key inside the proof value is not a P-256 Multikey")]
    ProofKey,
    /// The map of labels does not fit the document's blank nodes.
    #[error("the label map does not fit the document: {0}")]
    LabelMap(&'static str),
    /// The indexes of the mandatory statements are not in order, or point past the end.
    #[error("the mandatory indexes do not fit the document: {0}")]
    MandatoryIndexes(&'static str),
    /// Every statement that is not mandatory has one signature; here are more, or fewer.
    #[error("there are {found} signatures for {expected} statements")]
    SignatureCount {
        /// The statements that are not mandatory.
        expected: usize,
        /// The signatures in the proof value.
        found: usize,
    },
    /// Something that a holder must not hide is said so that its pointer does not reach it: under another name than its term, or in a
    /// second description of the same thing.
    #[error("what {0:?} says stands outside of that member, where a holder could leave it out")]
    CouldBeHidden(&'static str),
    /// More than [`MOST_SIGNATURES`] statements.
    #[error("the document has {0} statements to choose from; at most {MOST_SIGNATURES} can be signed apart")]
    TooManyStatements(usize),
    /// A pointer that leads nowhere.
    #[error(transparent)]
    Pointer(#[from] SelectionError),
    /// Neither the issuer nor the holder chose anything.
    #[error("nothing is chosen, so there is nothing to prove")]
    NothingChosen,
    /// The chosen parts say something that the whole does not, as a part of an ordered list does.
    #[error(
        "the chosen parts do not mean by themselves what they mean in the document: a list, or a value with a language, is cut apart"
    )]
    CutApart,
}

impl SelectiveError {
    /// A stable name for reports: `bad_proof_value`, `base_proof`, `derived_proof`, `no_base_proof`, `bad_proof_option`, `bad_document`, `bad_label_map`,
    /// `bad_mandatory_indexes`, `bad_signature_count`, `complexity_limit`, `bad_pointer` or `nothing_chosen`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Encoding(_) | Self::Cbor { .. } | Self::ProofKey => "bad_proof_value",
            Self::BaseProof => "base_proof",
            Self::DerivedProof => "derived_proof",
            Self::BaseProofs(_) => "no_base_proof",
            Self::FollowsOthers => "bad_proof_option",
            Self::CouldBeHidden(_) => "bad_document",
            Self::LabelMap(_) => "bad_label_map",
            Self::MandatoryIndexes(_) => "bad_mandatory_indexes",
            Self::SignatureCount { .. } => "bad_signature_count",
            Self::TooManyStatements(_) => "complexity_limit",
            Self::Pointer(_) | Self::CutApart => "bad_pointer",
            Self::NothingChosen => "nothing_chosen",
        }
    }
}

/// The suite has one curve, and with it one hash.
fn reading_of<'o>(reading: &Options<'o>) -> Options<'o> {
    Options { hash: HashAlgorithm::Sha256, ..*reading }
}

/// The suite has one curve.
fn check_key(key: &PublicKey) -> Result<(), ProofError> {
    match key.key_type() {
        KeyType::P256 => Ok(()),
        _ => Err(ProofError::WrongKey { suite: RECIPE.name, key: key.algorithm() }),
    }
}
