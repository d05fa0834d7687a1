//! Signers: built once from a private key, then kept.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use josekit::jws::{JwsSigner, PS256, RS256};
use openssl::ec::EcKey;
use openssl::pkey::{PKey, Private};

use crate::ecdsa::{self, Curve};
use crate::private_key::Secret;
use crate::{Algorithm, PrivateKey, PublicKey};

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
    Ec(Curve, EcKey<Private>),
    Rsa(Box<dyn JwsSigner>),
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
    /// Builds the signer of that key; an RSA key signs RS256.
    pub fn new(key: &PrivateKey) -> Result<Self, SigningError> {
        Self::with_algorithm(key, key.public().algorithm())
    }

    /// Builds the signer of that key for one of the algorithms its kind allows: of an RSA key RS256 or PS256.
    pub fn with_algorithm(key: &PrivateKey, algorithm: Algorithm) -> Result<Self, SigningError> {
        let failed =
            |reason: &dyn fmt::Display| SigningError::Failed { algorithm, reason: reason.to_string() };
        let public = key.public().with_algorithm(algorithm).map_err(|error| failed(&error))?;
        let on_curve = |curve, der: &[u8]| {
            let key = PKey::private_key_from_pkcs8(der).and_then(|key| key.ec_key());
            key.map(|key| Engine::Ec(curve, key)).map_err(|error| failed(&error))
        };
        let engine = match (key.secret(), algorithm) {
            (Secret::Seed(seed), _) => Engine::Ed25519(Box::new(SigningKey::from_bytes(seed))),
            (Secret::Pkcs8(der), Algorithm::Es256) => on_curve(Curve::P256, der)?,
            (Secret::Pkcs8(der), Algorithm::Es384) => on_curve(Curve::P384, der)?,
            (Secret::Pkcs8(der), Algorithm::Ps256) => {
                let signer = PS256.signer_from_der(der);
                Engine::Rsa(Box::new(signer.map_err(|error| failed(&error))?))
            }
            (Secret::Pkcs8(der), _) => {
                let signer = RS256.signer_from_der(der);
                Engine::Rsa(Box::new(signer.map_err(|error| failed(&error))?))
            }
        };
        Ok(Self { engine, public })
    }

    /// The public key that verifies this signer's signatures.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The algorithm it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    /// Signs the bytes: 64 bytes for Ed25519, `r || s` for ES256 (64) and ES384 (96), the modulus' length for RSA.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningError> {
        let failed = |reason: &dyn fmt::Display| SigningError::Failed {
            algorithm: self.algorithm(),
            reason: reason.to_string(),
        };
        match &self.engine {
            Engine::Ed25519(key) => Ok(key.sign(message).to_bytes().to_vec()),
            Engine::Ec(curve, key) => ecdsa::sign(*curve, key, message).map_err(|error| failed(&error)),
            Engine::Rsa(signer) => signer.sign(message).map_err(|error| failed(&error)),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({} [REDACTED])", self.algorithm())
    }
}
