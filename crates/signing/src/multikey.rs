//! Multikeys: a codec prefix and the key's bytes in base58btc after a `z`
//! ([Controlled Identifiers, Multikey](https://www.w3.org/TR/cid-1.0/#Multikey)).

use openssl::bn::BigNumContext;
use openssl::ec::PointConversionForm;

use crate::public_key::Material;
use crate::{KeyError, PublicKey};

const ED25519_CODEC: [u8; 2] = [0xed, 0x01];
const P256_CODEC: [u8; 2] = [0x80, 0x24];
/// The longest text taken; a P-256 Multikey has 49 characters.
const LONGEST: usize = 128;

impl PublicKey {
    /// `z6Mk…` for Ed25519, `zDn…` for P-256; RSA keys have no Multikey form.
    pub fn to_multibase(&self) -> Option<String> {
        let mut bytes = Vec::with_capacity(35);
        match self.material() {
            Material::Ed25519(key) => {
                bytes.extend_from_slice(&ED25519_CODEC);
                bytes.extend_from_slice(key.as_bytes());
            }
            Material::P256 { .. } => {
                bytes.extend_from_slice(&P256_CODEC);
                bytes.extend_from_slice(&self.compressed_point()?);
            }
            Material::Rsa { .. } => return None,
        }
        Some(format!("z{}", bs58::encode(bytes).into_string()))
    }

    /// Reads a Multikey of an Ed25519 or P-256 key; weak keys are refused.
    pub fn from_multibase(text: &str) -> Result<Self, KeyError> {
        let bytes = decode_base58btc(text, LONGEST).map_err(KeyError::BadMultikey)?;
        let wrong_length = |_| KeyError::BadMultikey("the key's length does not fit its codec");
        match bytes.split_at_checked(2) {
            Some((codec, key)) if codec == ED25519_CODEC => {
                Self::from_ed25519(key.try_into().map_err(wrong_length)?)
            }
            Some((codec, key)) if codec == P256_CODEC => {
                Self::from_p256_compressed(key.try_into().map_err(wrong_length)?)
            }
            _ => Err(KeyError::BadMultikey("the codec is neither that of Ed25519 nor of P-256 public keys")),
        }
    }

    fn compressed_point(&self) -> Option<Vec<u8>> {
        let key = self.to_openssl().and_then(|key| key.ec_key()).ok()?;
        let mut context = BigNumContext::new().ok()?;
        key.public_key().to_bytes(key.group(), PointConversionForm::COMPRESSED, &mut context).ok()
    }
}

/// The bytes of a `z` multibase text of at most `longest` characters. Base58 takes quadratic time, hence the limit.
pub(crate) fn decode_base58btc(text: &str, longest: usize) -> Result<Vec<u8>, &'static str> {
    let digits = text.strip_prefix('z').ok_or("it does not start with `z` (base58btc)")?;
    if digits.len() > longest {
        return Err("it is too long");
    }
    bs58::decode(digits).into_vec().map_err(|_| "it holds characters that base58btc does not have")
}
