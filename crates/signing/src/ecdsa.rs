//! ECDSA on the two NIST curves badges are signed on, in the form JOSE and Data Integrity write it: `r || s`, each padded
//! to the curve's length ([RFC 7518, section 3.4](https://www.rfc-editor.org/rfc/rfc7518.html#section-3.4)).
//!
//! The hash is computed here and only the curve operation is OpenSSL's: a digest-signing context for every call would
//! cost half as much as the signature itself.

use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcPoint, PointConversionForm};
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, Private, Public};
use sha2::{Digest as _, Sha256, Sha384};

use crate::{KeyError, KeyType};

/// A curve, and with it the hash its signatures are made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
}

impl Curve {
    pub(crate) const ALL: [Self; 2] = [Self::P256, Self::P384];

    /// The name JWKs give it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    pub(crate) fn key_type(self) -> KeyType {
        match self {
            Self::P256 => KeyType::P256,
            Self::P384 => KeyType::P384,
        }
    }

    /// The length of a coordinate, and of `r` and `s`, in bytes.
    pub(crate) fn length(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    pub(crate) fn group(self) -> Result<EcGroup, ErrorStack> {
        EcGroup::from_curve_name(self.nid())
    }

    fn nid(self) -> Nid {
        match self {
            Self::P256 => Nid::X9_62_PRIME256V1,
            Self::P384 => Nid::SECP384R1,
        }
    }

    /// What to do with the message's hash: SHA-256 on P-256, SHA-384 on P-384.
    fn hashed<T>(self, message: &[u8], then: impl FnOnce(&[u8]) -> T) -> T {
        match self {
            Self::P256 => then(&Sha256::digest(message)),
            Self::P384 => then(&Sha384::digest(message)),
        }
    }
}

/// A point known to lie on its curve, ready to verify with.
pub(crate) struct EcPublic {
    pub(crate) curve: Curve,
    /// `x || y`.
    pub(crate) point: Vec<u8>,
    pub(crate) key: EcKey<Public>,
}

impl EcPublic {
    /// From a point in SEC 1 form, `0x04 || x || y` or compressed; it must lie on the curve.
    pub(crate) fn from_sec1(curve: Curve, bytes: &[u8]) -> Result<Self, KeyError> {
        let key = curve
            .group()
            .and_then(|group| {
                let point = EcPoint::from_bytes(&group, bytes, &mut *BigNumContext::new()?)?;
                EcKey::from_public_key(&group, &point)
            })
            .map_err(|_| KeyError::Weak("the point does not lie on its curve"))?;
        let written = sec1(&key, PointConversionForm::UNCOMPRESSED)
            .map_err(|_| KeyError::Weak("OpenSSL could not use the point"))?;
        match written.split_first() {
            Some((0x04, point)) if point.len() == 2 * curve.length() => {
                Ok(Self { curve, point: point.to_vec(), key })
            }
            _ => Err(KeyError::Weak("the point at infinity")),
        }
    }

    /// From a key OpenSSL has read. The curve must have been given by its name: parameters of one's own are a way to make
    /// a key that fits a foreign one (CVE-2020-0601).
    pub(crate) fn from_openssl(key: &EcKey<Public>) -> Result<Self, KeyError> {
        let named = key.group().asn1_flag() == openssl::ec::Asn1Flag::NAMED_CURVE;
        let curve = Curve::ALL
            .into_iter()
            .find(|curve| named && key.group().curve_name() == Some(curve.nid()))
            .ok_or_else(|| KeyError::Unsupported("an elliptic curve other than P-256 and P-384".into()))?;
        let point = sec1(key, PointConversionForm::UNCOMPRESSED)
            .map_err(|_| KeyError::BadPem("OpenSSL could not take the key apart"))?;
        Self::from_sec1(curve, &point)
    }

    /// The point as Multikeys write it: its sign, then `x`.
    pub(crate) fn compressed(&self) -> Vec<u8> {
        let (x, y) = self.point.split_at(self.curve.length());
        let sign = if y.last().is_some_and(|byte| byte % 2 == 1) { 0x03 } else { 0x02 };
        [&[sign], x].concat()
    }

    /// Whether `r || s`, each of the curve's length, signs the message. OpenSSL refuses numbers outside 1..n; a zero `r` or
    /// `s` is what made CVE-2022-21449.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let length = self.curve.length();
        if signature.len() != 2 * length {
            return false;
        }
        let (r, s) = signature.split_at(length);
        let signature =
            BigNum::from_slice(r).and_then(|r| EcdsaSig::from_private_components(r, BigNum::from_slice(s)?));
        let Ok(signature) = signature else { return false };
        self.curve.hashed(message, |hash| signature.verify(hash, &self.key)).unwrap_or(false)
    }
}

/// Signs the message as `r || s`, each of the curve's length.
pub(crate) fn sign(curve: Curve, key: &EcKey<Private>, message: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let signature = curve.hashed(message, |hash| EcdsaSig::sign(hash, key))?;
    let length = i32::try_from(curve.length()).unwrap_or(i32::MAX);
    let mut bytes = signature.r().to_vec_padded(length)?;
    bytes.extend(signature.s().to_vec_padded(length)?);
    Ok(bytes)
}

fn sec1<T: HasPublic>(key: &EcKey<T>, form: PointConversionForm) -> Result<Vec<u8>, ErrorStack> {
    key.public_key().to_bytes(key.group(), form, &mut *BigNumContext::new()?)
}
