//! Private keys at rest: sealed under the master key with XChaCha20-Poly1305.
//!
//! A sealed key is `version (1 byte, 0x01) || master key's mark (4 bytes) || nonce (24 bytes) || ciphertext and tag`.
//! Version, mark and [`SealBinding`] are authenticated with it, so a sealed key copied to another issuer's row, another
//! key's or another purpose's does not open.

use accolade_core::Entropy;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use zeroize::Zeroizing;

use crate::{KeyPurpose, KeyType, MasterKey, PrivateKey};

const VERSION: u8 = 1;
const MARK_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 24;
const SEALING_LABEL: &str = "accolade/seal/signing-key/1";
const MARK_LABEL: &str = "accolade/master-key-mark/1";

/// What a sealed key belongs to; opening it for anything else fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealBinding<'a> {
    /// The row id of the issuer.
    pub issuer_id: &'a str,
    /// The row id of the key.
    pub key_id: &'a str,
    /// What the key may be used for.
    pub purpose: KeyPurpose,
}

/// Why a key could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Too short, or a version this program does not know.
    #[error("the sealed key has an unknown form")]
    UnknownForm,
    /// Sealed under another master key: the wrong master key file is in use.
    #[error("the key was sealed under another master key")]
    OtherMasterKey,
    /// Changed since it was sealed, or sealed for another issuer, key, purpose or kind.
    #[error("the sealed key was changed, or belongs to another issuer, key or purpose")]
    Refused,
}

/// Seals a private key. The nonce comes from `entropy`.
pub fn seal(
    master: &MasterKey,
    key: &PrivateKey,
    binding: &SealBinding<'_>,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let header = header(master);
    let mut nonce = [0; NONCE_LENGTH];
    entropy.fill(&mut nonce);
    let aad = associated_data(&header, binding, key.key_type());
    let sealed = cipher(master)
        .encrypt(&nonce.into(), Payload { msg: key.secret_bytes(), aad: &aad })
        .map_err(|_| SealError::Refused)?;
    Ok([header.as_slice(), nonce.as_slice(), sealed.as_slice()].concat())
}

/// Opens a sealed private key of that kind and binding.
pub fn open(
    master: &MasterKey,
    sealed: &[u8],
    kind: KeyType,
    binding: &SealBinding<'_>,
) -> Result<PrivateKey, SealError> {
    let (header, rest) = sealed.split_at_checked(1 + MARK_LENGTH).ok_or(SealError::UnknownForm)?;
    if header.first() != Some(&VERSION) {
        return Err(SealError::UnknownForm);
    }
    if header != self::header(master) {
        return Err(SealError::OtherMasterKey);
    }
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(SealError::UnknownForm)?;
    let aad = associated_data(header, binding, kind);
    let secret = cipher(master)
        .decrypt(&(*nonce).into(), Payload { msg: ciphertext, aad: &aad })
        .map_err(|_| SealError::Refused)?;
    PrivateKey::from_secret_bytes(kind, &Zeroizing::new(secret)).map_err(|_| SealError::Refused)
}

/// The version and the mark by which a master key is recognised; the mark is derived, and tells nothing of the key.
fn header(master: &MasterKey) -> [u8; 1 + MARK_LENGTH] {
    let [a, b, c, d, ..] = *master.derive(MARK_LABEL);
    [VERSION, a, b, c, d]
}

fn cipher(master: &MasterKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*master.derive(SEALING_LABEL)).into())
}

/// Each part is preceded by its length, so that no two bindings spell the same bytes.
fn associated_data(header: &[u8], binding: &SealBinding<'_>, kind: KeyType) -> Vec<u8> {
    let mut data = header.to_vec();
    for part in [binding.issuer_id, binding.key_id, binding.purpose.as_str(), kind.as_str()] {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}
