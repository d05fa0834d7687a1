//! Secrets that we give out: how they look, and what is kept of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::office::Desk;

/// A new secret of 256 random bits. Each sort of secret begins with a prefix of its own, which tells it from others and lets
/// scanners for leaked secrets find it.
pub(crate) fn fresh(desk: &Desk, prefix: &str) -> String {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    desk.entropy.fill(bytes.as_mut());
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}

/// Whether `secret` could be one with this prefix; another never reaches the database.
pub(crate) fn has_form(secret: &str, prefix: &str) -> bool {
    secret.strip_prefix(prefix).is_some_and(|rest| {
        (32..=200).contains(&rest.len())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    })
}

/// SHA-256 in hexadecimal. No salt and no slow hash are needed: a secret has 256 random bits, nobody can try them out.
///
/// Secrets are looked up by their hash, so that the time of the answer tells nothing about how much of a wrong one was right.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_one_form_only() {
        let good = format!("acc_{}", "x".repeat(43));
        assert!(has_form(&good, "acc_"));
        assert!(!has_form(&good, "act_"));
        for bad in [
            "",
            "acc_",
            "acc_short",
            &"x".repeat(47),
            &format!("{good} "),
            &format!("acc_{}", "x".repeat(500)),
        ] {
            assert!(!has_form(bad, "acc_"), "{bad}");
        }
    }
}
