//! How a recipient's identifier is hashed so that it can be checked but not read.

use sha2::{Digest, Sha256};

/// The hash of an identifier with a salt appended: `sha256$` and 64 lower-case hexadecimal digits
/// ([OB 3.0, IdentityHash](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.identityhash.class)). No normalisation is defined by
/// the standard: the caller decides on case and white space. An empty salt is the same as none.
///
/// ```
/// let hash = accolade_core::identity::hash("a@example.com", "Kosher");
/// assert_eq!(hash, "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399");
/// ```
pub fn hash(identity: &str, salt: &str) -> String {
    let digest = Sha256::new().chain_update(identity).chain_update(salt).finalize();
    format!("sha256${}", hex(&digest))
}

/// Whether a hash, of either case of digits, is that of the identifier and salt. Only SHA-256 is answered; for any
/// other algorithm the answer is `None`.
pub fn matches(identity_hash: &str, identity: &str, salt: &str) -> Option<bool> {
    identity_hash.strip_prefix("sha256$").map(|_| identity_hash.eq_ignore_ascii_case(&hash(identity, salt)))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_salt_comes_after_the_identifier() {
        assert_eq!(
            hash("a@example.com", "Kosher"),
            "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
        );
    }

    #[test]
    fn digits_of_either_case_match() {
        let upper = "sha256$B5809D8A92F8858436D7E6B87C12EBC0AE1EAC4BAECC2C0B913AEE2C922EF399";
        assert_eq!(matches(upper, "a@example.com", "Kosher"), Some(true));
        assert_eq!(matches(upper, "b@example.com", "Kosher"), Some(false));
        assert_eq!(matches("md5$00", "a@example.com", "Kosher"), None);
    }
}
