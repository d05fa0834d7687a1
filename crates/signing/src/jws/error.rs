//! What is wrong with a token.

use super::LONGEST;
use crate::{Algorithm, KeyError};

/// Why a token is not a compact JWS that may be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Longer than [`LONGEST`].
    #[error("the token is longer than {LONGEST} bytes")]
    TooLong,
    /// A JSON serialisation (RFC 7515 section 7.2): badges are compact ones, and a token that may carry several
    /// signatures says less than it seems to.
    #[error("a JWS in JSON serialisation is not taken; a badge is a compact one")]
    JsonSerialization,
    /// Not three non-empty parts between two dots.
    #[error("a compact JWS has exactly three non-empty parts between two dots")]
    NotThreeParts,
    /// A part is not canonical base64url without padding.
    #[error("the {0} is not base64url without padding, or ends in unused bits that are not zero")]
    BadBase64(&'static str),
    /// A member occurs twice.
    #[error("the {part} repeats a member: {error}")]
    DuplicateMember {
        /// `header` or `payload`.
        part: &'static str,
        /// Where, in the parser's words.
        error: String,
    },
    /// A part is no strict JSON object.
    #[error("the {part} is not a strict JSON object: {error}")]
    BadJson {
        /// `header` or `payload`.
        part: &'static str,
        /// What the parser says.
        error: String,
    },
    /// `alg` is missing, unsigned, symmetric or unknown.
    #[error("the algorithm {0:?} is not allowed; only EdDSA, ES256, ES384, RS256 and PS256 are")]
    AlgNotAllowed(String),
    /// `crit` is present: no extension is understood, so nothing critical can be.
    #[error("the header has `crit`, and no critical extension is supported")]
    CritNotAllowed,
    /// A header member that Open Badges does not allow.
    #[error("the header member {0:?} is not allowed")]
    HeaderNotAllowed(String),
    /// A header member of the wrong type, or longer than anybody's.
    #[error("the header member {0:?} has the wrong type or length")]
    BadHeader(&'static str),
    /// `kid` is too long or has characters no key identifier needs.
    #[error("`kid` is not a usable key identifier")]
    BadKid,
    /// `typ` names another kind of token.
    #[error("`typ` {0:?} is not that of this kind of token")]
    BadTyp(String),
    /// `cty` says that something else is inside.
    #[error("`cty` {0:?} is not that of this kind of token")]
    BadCty(String),
    /// The key inside the header is not usable.
    #[error("the key in the header: {0}")]
    BadKey(#[from] KeyError),
    /// The header claims another algorithm than the key's.
    #[error("the token says {header}, but the key verifies {key}")]
    KeyAlgMismatch {
        /// What the header says.
        header: Algorithm,
        /// What the key is for.
        key: Algorithm,
    },
    /// The signature does not fit.
    #[error("the signature does not fit the token and the key")]
    BadSignature,
}

impl JwsError {
    /// A stable name for reports, such as `alg_not_allowed` or `bad_signature`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::JsonSerialization => "json_serialization",
            Self::NotThreeParts => "not_compact_jws",
            Self::BadBase64(_) => "bad_base64url",
            Self::DuplicateMember { .. } => "duplicate_member",
            Self::BadJson { .. } => "bad_json",
            Self::AlgNotAllowed(_) => "alg_not_allowed",
            Self::CritNotAllowed => "crit_not_allowed",
            Self::HeaderNotAllowed(_) => "header_not_allowed",
            Self::BadHeader(_) => "bad_header",
            Self::BadKid => "bad_kid",
            Self::BadTyp(_) => "bad_typ",
            Self::BadCty(_) => "bad_cty",
            Self::BadKey(error) => error.code(),
            Self::KeyAlgMismatch { .. } => "key_alg_mismatch",
            Self::BadSignature => "bad_signature",
        }
    }
}
