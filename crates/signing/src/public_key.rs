//! Public keys: read strictly, refused when weak, and ready to verify.

use std::fmt;
use std::sync::Arc;

use ed25519_dalek::{Signature, VerifyingKey};
use josekit::jws::{JwsVerifier, PS256, RS256};
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::pkey::{Id, PKey, Public};
use openssl::rsa::Rsa;

use crate::ecdsa::{Curve, EcPublic};
use crate::weak_keys;
use crate::{Algorithm, KeyType};

/// A public key, checked and ready to verify.
///
/// Reading one is the expensive part (the point is checked, the verifier is built); keep it and clone it, which
/// copies a pointer.
#[derive(Clone)]
pub struct PublicKey(Arc<Material>);

/// The key material in the forms the standards write it, with the verifier built from it.
pub(crate) enum Material {
    Ed25519(VerifyingKey),
    Ec(EcPublic),
    /// Big-endian integers without leading zeros.
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
        /// RS256 or PS256.
        algorithm: Algorithm,
        verifier: Box<dyn JwsVerifier>,
    },
}

/// The signature was not made over this message by the holder of this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit the message and the key")]
pub struct BadSignature;

/// Why something given as a public key is not taken for one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a JWK: a member is missing, of the wrong type or length, or not in canonical base64url.
    #[error("not a usable JWK: {0}")]
    BadJwk(&'static str),
    /// A private or secret member stands where a public key belongs.
    #[error("a public key must not carry the private member `{0}`")]
    PrivateMember(&'static str),
    /// A kind of key or curve that badges are not signed with here.
    #[error("this kind of key is not supported: {0}")]
    Unsupported(String),
    /// A key that others can forge signatures for.
    #[error("weak key: {0}")]
    Weak(&'static str),
    /// Not a Multikey: prefix, alphabet, codec or length is wrong.
    #[error("not a usable Multikey: {0}")]
    BadMultikey(&'static str),
    /// Not one PEM-encoded public key.
    #[error("not a usable PEM public key: {0}")]
    BadPem(&'static str),
    /// Two keys of a set share the `kid` asked for.
    #[error("the key set has two keys of this `kid`")]
    AmbiguousKid,
    /// The JWK's own `use`, `key_ops` or `alg` forbids verifying with it.
    #[error("the key is not meant for verifying signatures: {0}")]
    NotForVerifying(&'static str),
}

impl KeyError {
    /// A stable name for reports: `bad_jwk`, `private_member`, `unsupported_key`, `weak_key`, `bad_multikey`,
    /// `bad_pem`, `ambiguous_kid` or `key_use`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadJwk(_) => "bad_jwk",
            Self::PrivateMember(_) => "private_member",
            Self::Unsupported(_) => "unsupported_key",
            Self::Weak(_) => "weak_key",
            Self::BadMultikey(_) => "bad_multikey",
            Self::BadPem(_) => "bad_pem",
            Self::AmbiguousKid => "ambiguous_kid",
            Self::NotForVerifying(_) => "key_use",
        }
    }
}

impl PublicKey {
    /// The kind of key. RSA keys of others may be longer than 2048 bits and still answer [`KeyType::Rsa2048`].
    pub fn key_type(&self) -> KeyType {
        self.algorithm().key_type()
    }

    /// The one algorithm this key verifies.
    pub fn algorithm(&self) -> Algorithm {
        match &*self.0 {
            Material::Ed25519(_) => Algorithm::EdDsa,
            Material::Ec(key) => key.curve.key_type().algorithm(),
            Material::Rsa { algorithm, .. } => *algorithm,
        }
    }

    /// The same key for another algorithm that its kind allows: an RSA key that verifies PS256 instead of RS256, or the
    /// reverse. A key of another kind is [`KeyError::NotForVerifying`].
    pub fn with_algorithm(&self, algorithm: Algorithm) -> Result<Self, KeyError> {
        match &*self.0 {
            _ if algorithm == self.algorithm() => Ok(self.clone()),
            Material::Rsa { modulus, exponent, .. } if algorithm.key_type() == KeyType::Rsa2048 => {
                Self::from_rsa(modulus, exponent, algorithm)
            }
            _ => Err(KeyError::NotForVerifying("its kind does not know the algorithm")),
        }
    }

    /// Verifies a signature over the message: 64 bytes for Ed25519, `r || s` for P-256 (64 bytes) and P-384 (96 bytes), the
    /// modulus' length for RSA.
    ///
    /// Ed25519 is always verified strictly: no small-order points, no malleable `s`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        match &*self.0 {
            Material::Ed25519(key) => {
                let signature = Signature::from_slice(signature).map_err(|_| BadSignature)?;
                key.verify_strict(message, &signature).map_err(|_| BadSignature)
            }
            Material::Ec(key) => key.verifies(message, signature).then_some(()).ok_or(BadSignature),
            Material::Rsa { modulus, verifier, .. } => {
                (signature.len() == modulus.len()).then_some(()).ok_or(BadSignature)?;
                verifier.verify(message, signature).map_err(|_| BadSignature)
            }
        }
    }

    pub(crate) fn material(&self) -> &Material {
        &self.0
    }

    pub(crate) fn from_ed25519(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        weak_keys::check_ed25519(bytes).map(Self::from_verifying_key)
    }

    /// Takes a key that is known to be good, because it was computed from a private key.
    pub(crate) fn from_verifying_key(key: VerifyingKey) -> Self {
        Self(Arc::new(Material::Ed25519(key)))
    }

    /// From the two coordinates; the point must lie on the curve.
    pub(crate) fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
        if x.len() != curve.length() || y.len() != curve.length() {
            return Err(KeyError::BadJwk("a coordinate has not the length its curve demands"));
        }
        Self::from_sec1(curve, &[&[0x04], x, y].concat())
    }

    /// From a point in SEC 1 form, which must lie on the curve.
    pub(crate) fn from_sec1(curve: Curve, bytes: &[u8]) -> Result<Self, KeyError> {
        EcPublic::from_sec1(curve, bytes).map(|key| Self(Arc::new(Material::Ec(key))))
    }

    /// From big-endian integers without leading zeros, for RS256 or PS256.
    pub(crate) fn from_rsa(modulus: &[u8], exponent: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        weak_keys::check_rsa(modulus, exponent)?;
        let broken = |_| KeyError::BadJwk("OpenSSL could not use the RSA numbers");
        let der = BigNum::from_slice(modulus)
            .and_then(|n| Rsa::from_public_components(n, BigNum::from_slice(exponent)?))
            .and_then(PKey::from_rsa)
            .and_then(|key| key.public_key_to_der())
            .map_err(broken)?;
        let refused = |_| KeyError::BadJwk("josekit could not use the RSA numbers");
        let verifier: Box<dyn JwsVerifier> = match algorithm {
            Algorithm::Ps256 => Box::new(PS256.verifier_from_der(der).map_err(refused)?),
            _ => Box::new(RS256.verifier_from_der(der).map_err(refused)?),
        };
        let (modulus, exponent) = (modulus.to_vec(), exponent.to_vec());
        Ok(Self(Arc::new(Material::Rsa { modulus, exponent, algorithm, verifier })))
    }

    /// From a key OpenSSL has read; it passes through the same checks as any other.
    pub(crate) fn from_openssl(key: &PKey<Public>) -> Result<Self, KeyError> {
        let broken = |_| KeyError::BadPem("OpenSSL could not take the key apart");
        match key.id() {
            Id::ED25519 => {
                let bytes = key.raw_public_key().map_err(broken)?;
                let bytes = bytes.as_slice().try_into().map_err(|_| KeyError::BadPem("a wrong length"))?;
                Self::from_ed25519(bytes)
            }
            Id::EC => {
                let key = EcPublic::from_openssl(&key.ec_key().map_err(broken)?)?;
                Ok(Self(Arc::new(Material::Ec(key))))
            }
            Id::RSA => {
                let key = key.rsa().map_err(broken)?;
                Self::from_rsa(&key.n().to_vec(), &key.e().to_vec(), Algorithm::Rs256)
            }
            _ => Err(KeyError::Unsupported("neither Ed25519 nor P-256, P-384 or RSA".into())),
        }
    }

    pub(crate) fn to_openssl(&self) -> Result<PKey<Public>, ErrorStack> {
        match &*self.0 {
            Material::Ed25519(key) => PKey::public_key_from_raw_bytes(key.as_bytes(), Id::ED25519),
            Material::Ec(key) => PKey::from_ec_key(key.key.clone()),
            Material::Rsa { modulus, exponent, .. } => {
                let (n, e) = (BigNum::from_slice(modulus)?, BigNum::from_slice(exponent)?);
                PKey::from_rsa(Rsa::from_public_components(n, e)?)
            }
        }
    }
}

/// Two are equal if they are the same key, whichever algorithm an RSA key is for: a JWK need not say, and what one that a
/// token brings along says counts for nothing.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&*self.0, &*other.0) {
            (Material::Ed25519(ours), Material::Ed25519(theirs)) => ours.as_bytes() == theirs.as_bytes(),
            (Material::Ec(ours), Material::Ec(theirs)) => {
                ours.curve == theirs.curve && ours.point == theirs.point
            }
            (
                Material::Rsa { modulus: n1, exponent: e1, .. },
                Material::Rsa { modulus: n2, exponent: e2, .. },
            ) => n1 == n2 && e1 == e2,
            _ => false,
        }
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} {})", self.key_type(), self.thumbprint())
    }
}
