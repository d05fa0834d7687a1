//! Signers: built once from a private key, then kept.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use josekit::jws::alg::ecdsa::EcdsaJwsSigner;
use josekit::jws::alg::rsassa::RsassaJwsSigner;
use josekit::jws::{ES256, JwsSigner as _, RS256};

use crate::private_key::Secret;
use crate::{Algorithm, KeyType, PrivateKey, PublicKey};

/// A private key made ready to sign.
///
/// Building one costs far more than a signature (josekit's take about half a millisecond), so it is built once and
/// shared by `Arc`. It cannot be printed; the Ed25519 key is wiped when it is dropped, OpenSSL wipes its own.
pub struct Signer {
    engine: Engine,
    public: PublicKey,
}

enum Engine {
    Ed25519(Box<SigningKey>),
    P256(EcdsaJwsSigner),
    Rsa(RsassaJwsSigner),
}

/// A signer could not be built, or did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// OpenSSL or josekit failed; the text is theirs.
    #[error("the {algorithm} key cannot sign: {reason}")]
    Failed {
        /// What the key should have signed with.
        algorithm: Algorithm,
        /// The library's own words.
        reason: String,
    },
    /// The format asked for cannot be signed with this kind of key.
    #[error("{format} cannot be signed with {algorithm}")]
    WrongAlgorithm {
        /// What was to be signed.
        format: &'static str,
        /// The algorithm of the key.
        algorithm: Algorithm,
    },
    /// What is to be signed lacks something the format demands, or already holds another value for it.
    #[error("{pointer}: {reason}")]
    Unfit {
        /// JSON Pointer to the place in the document.
        pointer: String,
        /// What is wrong there.
        reason: &'static str,
    },
}

impl Signer {
    /// Builds the signer of that key.
    pub fn new(key: &PrivateKey) -> Result<Self, SigningError> {
        let algorithm = key.public().algorithm();
        let failed =
            |error: josekit::JoseError| SigningError::Failed { algorithm, reason: error.to_string() };
        let engine = match (key.secret(), key.key_type()) {
            (Secret::Seed(seed), _) => Engine::Ed25519(Box::new(SigningKey::from_bytes(seed))),
            (Secret::Pkcs8(der), KeyType::Rsa2048) => {
                Engine::Rsa(RS256.signer_from_der(der).map_err(failed)?)
            }
            (Secret::Pkcs8(der), _) => Engine::P256(ES256.signer_from_der(der).map_err(failed)?),
        };
        Ok(Self { engine, public: key.public().clone() })
    }

    /// The public key that verifies this signer's signatures.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The algorithm it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    /// Signs the bytes: 64 bytes for Ed25519, `r || s` for ES256, the modulus' length for RS256.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningError> {
        let signed = match &self.engine {
            Engine::Ed25519(key) => return Ok(key.sign(message).to_bytes().to_vec()),
            Engine::P256(signer) => signer.sign(message),
            Engine::Rsa(signer) => signer.sign(message),
        };
        signed
            .map_err(|error| SigningError::Failed { algorithm: self.algorithm(), reason: error.to_string() })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({} [REDACTED])", self.algorithm())
    }
}
