//! The curve operations by themselves, their keys prepared as well as they can be.

use ed25519_dalek::{Signature, Signer as _, SigningKey};
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::nid::Nid;
use openssl::pkey::Private;
use openssl::sha::sha256;

use crate::Outcome;

pub(crate) struct Bare {
    ed25519: SigningKey,
    p256: EcKey<Private>,
}

impl Bare {
    pub(crate) fn new() -> Outcome<Self> {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        Ok(Self { ed25519: SigningKey::from_bytes(&[7; 32]), p256: EcKey::generate(&group)? })
    }

    pub(crate) fn ed25519_sign(&self, message: &[u8]) -> Signature {
        self.ed25519.sign(message)
    }

    pub(crate) fn ed25519_verify(&self, message: &[u8], signature: &Signature) -> bool {
        self.ed25519.verifying_key().verify_strict(message, signature).is_ok()
    }

    /// The leanest way through OpenSSL: the digest by itself, and a kept key.
    pub(crate) fn es256_sign(&self, message: &[u8]) -> Outcome<EcdsaSig> {
        Ok(EcdsaSig::sign(&sha256(message), &self.p256)?)
    }

    pub(crate) fn es256_verify(&self, message: &[u8], signature: &EcdsaSig) -> Outcome<bool> {
        Ok(signature.verify(&sha256(message), &self.p256)?)
    }
}
