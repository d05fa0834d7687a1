//! Share keys: what opens a private award to whoever the holder gives it to.
//!
//! A key is the HMAC of the award's id and of how often it was renewed. It is nowhere stored: whoever reads the database
//! cannot open anything with it, and a renewal is one number.

use accolade_signing::MasterKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::OfficeError;

/// How many bytes of the HMAC make a key: 128 bits, which nobody guesses.
const KEY_BYTES: usize = 16;

/// Makes and checks share keys.
pub(crate) struct ShareKeys(Hmac<Sha256>);

impl ShareKeys {
    pub(crate) fn new(master_key: &MasterKey) -> Result<ShareKeys, OfficeError> {
        let key = master_key.derive("accolade/share/1");
        Hmac::new_from_slice(key.as_slice()).map(ShareKeys).map_err(OfficeError::corrupt)
    }

    /// The key of an award, 22 characters of base64url.
    pub(crate) fn of(&self, award: &str, version: u32) -> String {
        let digest = self.mac(award, version).finalize().into_bytes();
        let bytes: Vec<u8> = digest.iter().take(KEY_BYTES).copied().collect();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Whether `key` opens the award. How long the answer takes tells nothing about how much of a wrong key was right.
    pub(crate) fn opens(&self, key: &str, award: &str, version: u32) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(key) else { return false };
        bytes.len() == KEY_BYTES && self.mac(award, version).verify_truncated_left(&bytes).is_ok()
    }

    fn mac(&self, award: &str, version: u32) -> Hmac<Sha256> {
        // The version stands first and has a fixed length, so that no two pairs spell the same bytes.
        self.0.clone().chain_update(version.to_be_bytes()).chain_update(award)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_its_award_until_it_is_renewed_and_no_other() {
        let keys = ShareKeys::new(&MasterKey::from_bytes([7; 32])).unwrap();
        let key = keys.of("one", 1);
        assert_eq!(key.len(), 22);
        assert!(keys.opens(&key, "one", 1));
        assert!(!keys.opens(&key, "one", 2));
        assert!(!keys.opens(&key, "two", 1));
        assert!(!ShareKeys::new(&MasterKey::from_bytes([8; 32])).unwrap().opens(&key, "one", 1));
        for bad in ["", "AA", &format!("{key}AAAA"), "not base64url!"] {
            assert!(!keys.opens(bad, "one", 1), "{bad}");
        }
    }
}
