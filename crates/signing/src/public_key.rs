//! Public keys: read strictly, refused when weak, and ready to verify.

use std::fmt;
use std::sync::Arc;

use ed25519_dalek::{Signature, VerifyingKey};
use josekit::jws::alg::ecdsa::EcdsaJwsVerifier;
use josekit::jws::alg::rsassa::RsassaJwsVerifier;
use josekit::jws::{ES256, JwsVerifier as _, RS256};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcPoint, PointConversionForm};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::rsa::Rsa;

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
    /// The point as `x || y`.
    P256 {
        point: [u8; 64],
        verifier: EcdsaJwsVerifier,
    },
    /// Big-endian integers without leading zeros.
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
        verifier: RsassaJwsVerifier,
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
        match *self.0 {
            Material::Ed25519(_) => KeyType::Ed25519,
            Material::P256 { .. } => KeyType::P256,
            Material::Rsa { .. } => KeyType::Rsa2048,
        }
    }

    /// The one algorithm this key verifies.
    pub fn algorithm(&self) -> Algorithm {
        self.key_type().algorithm()
    }

    /// Verifies a signature over the message: 64 bytes for Ed25519, 64 bytes `r || s` for P-256, the modulus' length
    /// for RSA.
    ///
    /// Ed25519 is always verified strictly: no small-order points, no malleable `s`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        match &*self.0 {
            Material::Ed25519(key) => {
                let signature = Signature::from_slice(signature).map_err(|_| BadSignature)?;
                key.verify_strict(message, &signature).map_err(|_| BadSignature)
            }
            Material::P256 { verifier, .. } => {
                is_p1363(signature).then_some(()).ok_or(BadSignature)?;
                verifier.verify(message, signature).map_err(|_| BadSignature)
            }
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

    /// From the two coordinates, 32 bytes each; the point must lie on the curve.
    pub(crate) fn from_p256(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyError> {
        let off_curve = |_: ErrorStack| KeyError::Weak("the point does not lie on P-256");
        let key = p256_group()
            .and_then(|group| {
                let (x, y) = (BigNum::from_slice(x)?, BigNum::from_slice(y)?);
                EcKey::from_public_key_affine_coordinates(&group, &x, &y)
            })
            .map_err(off_curve)?;
        Self::from_ec_key(&key)
    }

    /// From a compressed point, as Multikeys write it.
    pub(crate) fn from_p256_compressed(bytes: &[u8; 33]) -> Result<Self, KeyError> {
        let off_curve = |_: ErrorStack| KeyError::Weak("the point does not lie on P-256");
        let key = p256_group()
            .and_then(|group| {
                let point = EcPoint::from_bytes(&group, bytes, &mut *BigNumContext::new()?)?;
                EcKey::from_public_key(&group, &point)
            })
            .map_err(off_curve)?;
        Self::from_ec_key(&key)
    }

    fn from_ec_key(key: &EcKey<Public>) -> Result<Self, KeyError> {
        let broken = |_| KeyError::BadJwk("OpenSSL could not use the point");
        let point = uncompressed(key).map_err(broken)?;
        let der = PKey::from_ec_key(key.clone()).and_then(|key| key.public_key_to_der()).map_err(broken)?;
        let verifier = ES256
            .verifier_from_der(der)
            .map_err(|_| KeyError::Unsupported("an elliptic curve other than P-256".into()))?;
        match point.split_first() {
            Some((0x04, rest)) => {
                let point = rest.try_into().map_err(|_| KeyError::BadJwk("the point has a wrong length"))?;
                Ok(Self(Arc::new(Material::P256 { point, verifier })))
            }
            _ => Err(KeyError::BadJwk("the point has a wrong form")),
        }
    }

    /// From big-endian integers without leading zeros.
    pub(crate) fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        weak_keys::check_rsa(modulus, exponent)?;
        let broken = |_| KeyError::BadJwk("OpenSSL could not use the RSA numbers");
        let der = BigNum::from_slice(modulus)
            .and_then(|n| Rsa::from_public_components(n, BigNum::from_slice(exponent)?))
            .and_then(PKey::from_rsa)
            .and_then(|key| key.public_key_to_der())
            .map_err(broken)?;
        let verifier = RS256
            .verifier_from_der(der)
            .map_err(|_| KeyError::BadJwk("josekit could not use the RSA numbers"))?;
        let (modulus, exponent) = (modulus.to_vec(), exponent.to_vec());
        Ok(Self(Arc::new(Material::Rsa { modulus, exponent, verifier })))
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
            Id::EC => Self::from_ec_key(&key.ec_key().map_err(broken)?),
            Id::RSA => {
                let key = key.rsa().map_err(broken)?;
                Self::from_rsa(&key.n().to_vec(), &key.e().to_vec())
            }
            _ => Err(KeyError::Unsupported("neither Ed25519 nor P-256 nor RSA".into())),
        }
    }

    pub(crate) fn to_openssl(&self) -> Result<PKey<Public>, ErrorStack> {
        match &*self.0 {
            Material::Ed25519(key) => PKey::public_key_from_raw_bytes(key.as_bytes(), Id::ED25519),
            Material::P256 { point, .. } => {
                let group = p256_group()?;
                let mut bytes = vec![0x04];
                bytes.extend_from_slice(point);
                let point = EcPoint::from_bytes(&group, &bytes, &mut *BigNumContext::new()?)?;
                PKey::from_ec_key(EcKey::from_public_key(&group, &point)?)
            }
            Material::Rsa { modulus, exponent, .. } => {
                let (n, e) = (BigNum::from_slice(modulus)?, BigNum::from_slice(exponent)?);
                PKey::from_rsa(Rsa::from_public_components(n, e)?)
            }
        }
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&*self.0, &*other.0) {
            (Material::Ed25519(ours), Material::Ed25519(theirs)) => ours.as_bytes() == theirs.as_bytes(),
            (Material::P256 { point: ours, .. }, Material::P256 { point: theirs, .. }) => ours == theirs,
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

pub(crate) fn p256_group() -> Result<EcGroup, ErrorStack> {
    EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)
}

/// `0x04 || x || y`.
fn uncompressed(key: &EcKey<Public>) -> Result<Vec<u8>, ErrorStack> {
    key.public_key().to_bytes(key.group(), PointConversionForm::UNCOMPRESSED, &mut *BigNumContext::new()?)
}

/// Two numbers of 32 bytes, neither of them zero. A zero `r` or `s` is what made CVE-2022-21449, and josekit would
/// hand it on as an empty integer.
fn is_p1363(signature: &[u8]) -> bool {
    signature.len() == 64 && signature.chunks(32).all(|number| number.iter().any(|byte| *byte != 0))
}
