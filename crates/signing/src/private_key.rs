//! Private keys: made, held until a signer is built or the key is sealed, and wiped.

use std::fmt;

use accolade_core::Entropy;
use ed25519_dalek::SigningKey;
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcKey, EcPoint};
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use zeroize::Zeroizing;

use crate::ecdsa::Curve;
use crate::{KeyType, PublicKey};

/// A private key with the public key computed from it.
///
/// It cannot be serialised or printed, and its bytes are wiped when it is dropped. A public key is never taken from
/// outside, so no one can make it sign under a foreign one (RUSTSEC-2022-0093).
pub struct PrivateKey {
    secret: Secret,
    public: PublicKey,
}

/// An Ed25519 seed, or PKCS #8 DER of the other kinds.
pub(crate) enum Secret {
    Seed(Zeroizing<[u8; 32]>),
    Pkcs8(Zeroizing<Vec<u8>>),
}

/// A private key could not be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyMakingError {
    /// OpenSSL failed; the text is its own.
    #[error("OpenSSL could not make the key: {0}")]
    OpenSsl(String),
    /// The bytes are no private key of the kind that was asked for.
    #[error("the bytes are no private key of kind {0}")]
    Unreadable(KeyType),
}

impl PrivateKey {
    /// Makes a new key.
    ///
    /// Ed25519, P-256 and P-384 keys are made of `entropy` alone; RSA primes come from OpenSSL's own generator, which takes
    /// no other source. An RSA key takes about a tenth of a second.
    pub fn generate(kind: KeyType, entropy: &dyn Entropy) -> Result<Self, KeyMakingError> {
        match kind {
            KeyType::Ed25519 => {
                let mut seed = Zeroizing::new([0; 32]);
                entropy.fill(seed.as_mut());
                Ok(Self::from_ed25519_seed(&seed))
            }
            KeyType::P256 => Self::from_openssl(kind, &generate_on(Curve::P256, entropy)?),
            KeyType::P384 => Self::from_openssl(kind, &generate_on(Curve::P384, entropy)?),
            KeyType::Rsa2048 => Self::from_openssl(kind, &Rsa::generate(2048).and_then(PKey::from_rsa)?),
        }
    }

    /// The Ed25519 key of that seed ([RFC 8032](https://www.rfc-editor.org/rfc/rfc8032.html#section-5.1.5)).
    pub fn from_ed25519_seed(seed: &[u8; 32]) -> Self {
        let public = PublicKey::from_verifying_key(SigningKey::from_bytes(seed).verifying_key());
        Self { secret: Secret::Seed(Zeroizing::new(*seed)), public }
    }

    /// The kind of key.
    pub fn key_type(&self) -> KeyType {
        self.public.key_type()
    }

    /// The public key.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The bytes that are sealed: the seed, or PKCS #8 DER.
    pub(crate) fn secret_bytes(&self) -> &[u8] {
        match &self.secret {
            Secret::Seed(seed) => seed.as_slice(),
            Secret::Pkcs8(der) => der,
        }
    }

    /// Reads what [`PrivateKey::secret_bytes`] gave.
    pub(crate) fn from_secret_bytes(kind: KeyType, bytes: &[u8]) -> Result<Self, KeyMakingError> {
        let unreadable = || KeyMakingError::Unreadable(kind);
        if kind == KeyType::Ed25519 {
            return bytes.try_into().map(Self::from_ed25519_seed).map_err(|_| unreadable());
        }
        let key = PKey::private_key_from_pkcs8(bytes).map_err(|_| unreadable())?;
        Self::from_openssl(kind, &key)
    }

    fn from_openssl(kind: KeyType, key: &PKey<Private>) -> Result<Self, KeyMakingError> {
        let secret = Secret::Pkcs8(Zeroizing::new(key.private_key_to_pkcs8()?));
        let public = PKey::public_key_from_der(&key.public_key_to_der()?)?;
        let public = PublicKey::from_openssl(&public).map_err(|_| KeyMakingError::Unreadable(kind))?;
        if public.key_type() != kind {
            return Err(KeyMakingError::Unreadable(kind));
        }
        Ok(Self { secret, public })
    }
}

impl From<ErrorStack> for KeyMakingError {
    fn from(error: ErrorStack) -> Self {
        Self::OpenSsl(error.to_string())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({} [REDACTED])", self.key_type())
    }
}

/// Draws until the number lies in 1..n, which the first draw does but once in 2^32.
fn generate_on(curve: Curve, entropy: &dyn Entropy) -> Result<PKey<Private>, KeyMakingError> {
    let (group, mut context) = (curve.group()?, BigNumContext::new_secure()?);
    let mut order = BigNum::new()?;
    group.order(&mut order, &mut context)?;
    let mut bytes = Zeroizing::new(vec![0; curve.length()]);
    let mut scalar = BigNum::new_secure()?;
    loop {
        entropy.fill(&mut bytes);
        scalar.copy_from_slice(&bytes)?;
        if scalar.num_bits() > 0 && scalar < order {
            break;
        }
    }
    let mut point = EcPoint::new(&group)?;
    point.mul_generator2(&group, &scalar, &mut context)?;
    let key = EcKey::from_private_components(&group, &scalar, &point);
    scalar.clear();
    Ok(PKey::from_ec_key(key?)?)
}
