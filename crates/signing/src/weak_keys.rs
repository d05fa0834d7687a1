//! Keys that look right and protect nothing: refused when read, long before anything is verified.

use ed25519_dalek::VerifyingKey;

use crate::KeyError;

/// The longest modulus taken, in bytes (8192 bits): beyond it a verification costs an attacker little and us much.
const LONGEST_MODULUS: usize = 1024;

/// The primes over which the ROCA fingerprint is taken (CVE-2017-15361).
const ROCA_PRIMES: [u64; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Refuses the eight points of small order and every non-canonical spelling of a point.
pub(crate) fn check_ed25519(bytes: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
    let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Weak("no point of the curve"))?;
    if key.is_weak() {
        return Err(KeyError::Weak("a point of small order"));
    }
    if key.to_edwards().compress().as_bytes() != bytes {
        return Err(KeyError::Weak("a non-canonical spelling of a point"));
    }
    Ok(key)
}

/// Refuses a modulus below 2048 or above 8192 bits, an even one, exponents below 65537, even or longer than 64 bits,
/// and moduli with the ROCA fingerprint. Both integers are big-endian without leading zeros.
pub(crate) fn check_rsa(modulus: &[u8], exponent: &[u8]) -> Result<(), KeyError> {
    let bits = bit_length(modulus);
    if bits < 2048 {
        return Err(KeyError::Weak("an RSA modulus of less than 2048 bits"));
    }
    if modulus.len() > LONGEST_MODULUS {
        return Err(KeyError::Unsupported("an RSA modulus of more than 8192 bits".into()));
    }
    if modulus.last().is_none_or(|byte| byte % 2 == 0) {
        return Err(KeyError::Weak("an even RSA modulus"));
    }
    if exponent.len() > 8 {
        return Err(KeyError::Unsupported("an RSA exponent of more than 64 bits".into()));
    }
    let exponent = exponent.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    if exponent < 65537 || exponent.is_multiple_of(2) {
        return Err(KeyError::Weak("an RSA exponent that is even or below 65537"));
    }
    if has_roca_fingerprint(modulus) {
        return Err(KeyError::Weak("an RSA modulus with the ROCA fingerprint"));
    }
    Ok(())
}

fn bit_length(integer: &[u8]) -> usize {
    let leading_zeros: usize = match integer.first() {
        Some(byte) => usize::try_from(byte.leading_zeros()).unwrap_or(0),
        None => return 0,
    };
    (integer.len() * 8).saturating_sub(leading_zeros)
}

/// The faulty library made primes from powers of 65537, so its moduli are powers of 65537 modulo every small prime;
/// an honest modulus is so for all of them once in about 2^27.
fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    ROCA_PRIMES.iter().all(|&prime| {
        let remainder = modulus.iter().fold(0, |rest, byte| ((rest << 8) | u64::from(*byte)) % prime);
        is_power_of_65537(remainder, prime)
    })
}

fn is_power_of_65537(number: u64, prime: u64) -> bool {
    let mut power = 1;
    loop {
        if power == number {
            return true;
        }
        power = power * 65537 % prime;
        if power <= 1 {
            return false;
        }
    }
}
