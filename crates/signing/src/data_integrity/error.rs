//! Why a proof cannot be made, or does not hold.

use accolade_linked_data as linked_data;

use super::selective::SelectiveError;
use crate::{Algorithm, SigningError};

/// Why a proof cannot be made, or does not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProofError {
    /// There is no proof: `proof` is missing, null or empty.
    #[error("the document carries no proof")]
    NoProof,
    /// A member of the proof is missing, not as the suite demands, or not what the caller expects.
    #[error("the proof's `{member}`: {reason}")]
    BadOption {
        /// The member's name.
        member: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A suite this crate does not verify, or does not sign with.
    #[error("the cryptosuite {0:?} is not supported")]
    UnsupportedSuite(String),
    /// The document, or one of its proofs, is not built as it must be.
    #[error("the document cannot be secured: {0}")]
    BadDocument(&'static str),
    /// `previousProof` names a proof that is not there, or that comes after it in a circle.
    #[error("the proof follows another that is missing")]
    NoPreviousProof,
    /// The proof has come to its end.
    #[error("the proof was made to hold for a limited time, which is over")]
    Expired,
    /// JSON-LD processing refused the document (or the proof's options), or something in it would not be signed.
    #[error("{part}: {error}")]
    LinkedData {
        /// `document` or `proof`.
        part: &'static str,
        /// What it refused.
        error: linked_data::Error,
    },
    /// The suite does not take this kind of key.
    #[error("the suite {suite} takes no {key} key")]
    WrongKey {
        /// The suite's name.
        suite: &'static str,
        /// What the key signs with.
        key: Algorithm,
    },
    /// The signature does not fit document, options and key.
    #[error("the signature does not fit the document, the proof's options and the key")]
    BadSignature,
    /// Something that only selective disclosure can have wrong.
    #[error(transparent)]
    Selective(#[from] SelectiveError),
    /// The signer failed.
    #[error(transparent)]
    Signing(#[from] SigningError),
}

impl ProofError {
    /// A stable name for reports: `no_proof`, `bad_proof_option`, `unsupported_suite`, `bad_document`,
    /// `no_previous_proof`, `proof_expired`, `key_alg_mismatch`, `bad_signature`, `signing_failed`, the name of the
    /// JSON-LD error (`undefined_term`, `context_not_allowed`, …), or one of [`SelectiveError::code`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProof => "no_proof",
            Self::BadOption { .. } => "bad_proof_option",
            Self::UnsupportedSuite(_) => "unsupported_suite",
            Self::BadDocument(_) => "bad_document",
            Self::NoPreviousProof => "no_previous_proof",
            Self::Expired => "proof_expired",
            Self::LinkedData { error, .. } => error.code(),
            Self::WrongKey { .. } => "key_alg_mismatch",
            Self::BadSignature => "bad_signature",
            Self::Selective(error) => error.code(),
            Self::Signing(_) => "signing_failed",
        }
    }

    pub(super) fn bad(member: &'static str, reason: &'static str) -> Self {
        Self::BadOption { member, reason }
    }

    /// Says which part JSON-LD processing refused.
    pub(super) fn of(part: &'static str) -> impl Fn(linked_data::Error) -> Self {
        move |error| Self::LinkedData { part, error }
    }
}
