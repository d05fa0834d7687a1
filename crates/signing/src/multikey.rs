//! Multikeys: a codec prefix and the key's bytes in base58btc after a `z`
//! ([Controlled Identifiers, Multikey](https://www.w3.org/TR/cid-1.0/#Multikey)).

use crate::ecdsa::Curve;
use crate::public_key::Material;
use crate::{KeyError, PublicKey};

const ED25519_CODEC: [u8; 2] = [0xed, 0x01];
const P256_CODEC: [u8; 2] = [0x80, 0x24];
const P384_CODEC: [u8; 2] = [0x81, 0x24];
/// The longest text taken; a P-384 Multikey has 71 characters.
const LONGEST: usize = 128;

impl PublicKey {
    /// `z6Mk…` for Ed25519, `zDn…` for P-256, `z82…` for P-384; RSA keys have no Multikey form.
    pub fn to_multibase(&self) -> Option<String> {
        let mut bytes = Vec::with_capacity(51);
        match self.material() {
            Material::Ed25519(key) => {
                bytes.extend_from_slice(&ED25519_CODEC);
                bytes.extend_from_slice(key.as_bytes());
            }
            Material::Ec(key) => {
                bytes.extend_from_slice(match key.curve {
                    Curve::P256 => &P256_CODEC,
                    Curve::P384 => &P384_CODEC,
                });
                bytes.extend_from_slice(&key.compressed());
            }
            Material::Rsa { .. } => return None,
        }
        Some(format!("z{}", bs58::encode(bytes).into_string()))
    }

    /// Reads a Multikey of an Ed25519, P-256 or P-384 key; weak keys are refused.
    pub fn from_multibase(text: &str) -> Result<Self, KeyError> {
        read(text).map_err(|flaw| match flaw {
            Flaw::Text(reason) => KeyError::BadMultikey(reason),
            Flaw::Codec => {
                KeyError::BadMultikey("the codec is none of those of Ed25519, P-256 and P-384 public keys")
            }
            Flaw::Length => KeyError::BadMultikey("the key's length does not fit its codec"),
            Flaw::Key(error) => error,
        })
    }
}

/// At which step reading a Multikey came to an end; `did:key` has a published error for each.
pub(crate) enum Flaw {
    Text(&'static str),
    Codec,
    Length,
    Key(KeyError),
}

pub(crate) fn read(text: &str) -> Result<PublicKey, Flaw> {
    let bytes = decode_base58btc(text, LONGEST).map_err(Flaw::Text)?;
    let (codec, key) = bytes.split_first_chunk::<2>().ok_or(Flaw::Codec)?;
    let curve = match *codec {
        ED25519_CODEC => {
            return PublicKey::from_ed25519(key.try_into().map_err(|_| Flaw::Length)?).map_err(Flaw::Key);
        }
        P256_CODEC => Curve::P256,
        P384_CODEC => Curve::P384,
        _ => return Err(Flaw::Codec),
    };
    if key.len() != 1 + curve.length() {
        return Err(Flaw::Length);
    }
    PublicKey::from_sec1(curve, key).map_err(Flaw::Key)
}

/// The bytes of a `z` multibase text of at most `longest` characters. Base58 takes quadratic time, hence the limit.
pub(crate) fn decode_base58btc(text: &str, longest: usize) -> Result<Vec<u8>, &'static str> {
    let digits = text.strip_prefix('z').ok_or("it does not start with `z` (base58btc)")?;
    if digits.len() > longest {
        return Err("it is too long");
    }
    bs58::decode(digits).into_vec().map_err(|_| "it holds characters that base58btc does not have")
}
