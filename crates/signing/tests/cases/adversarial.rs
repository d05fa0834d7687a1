//! Signatures made to be accepted by mistake: the published Wycheproof sets, and Ed25519 signatures that only someone
//! who chooses the points himself can make.

use accolade_signing::{Algorithm, PublicKey};
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use serde_json::json;
use sha2::{Digest as _, Sha512};
use wycheproof::{TestResult, ecdsa, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

use crate::support::base64url;

/// Counts what was tried, and stops at the first verdict that differs from the published one.
fn judge(key: &PublicKey, id: usize, message: &[u8], signature: &[u8], expected: TestResult) {
    let accepted = key.verify(message, signature).is_ok();
    match expected {
        TestResult::Valid => assert!(accepted, "test {id} is valid"),
        TestResult::Invalid => assert!(!accepted, "test {id} is invalid"),
        // Signatures whose encoding of the hash leaves out the NULL parameter; we take only the exact one.
        TestResult::Acceptable => assert!(!accepted, "test {id} is not exact"),
    }
}

// JWS-8
#[test]
fn jws_8_wycheproof_ed25519_is_judged_as_published() {
    let mut count = 0;
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_pem(&group.pem).unwrap();
        for test in group.tests {
            judge(&key, test.tc_id, &test.msg, &test.sig, test.result);
            count += 1;
        }
    }
    assert!(count >= 150, "{count}");
}

// JWS-6, JWS-8
#[test]
fn jws_6_wycheproof_ecdsa_is_judged_as_published() {
    use ecdsa::TestName::{EcdsaSecp256r1Sha256P1363, EcdsaSecp384r1Sha384P1363};
    for (set, algorithm) in
        [(EcdsaSecp256r1Sha256P1363, Algorithm::Es256), (EcdsaSecp384r1Sha384P1363, Algorithm::Es384)]
    {
        let mut count = 0;
        for group in ecdsa::TestSet::load(set).unwrap().test_groups {
            let key = PublicKey::from_pem(&group.pem).unwrap();
            assert_eq!(key.algorithm(), algorithm);
            for test in group.tests {
                judge(&key, test.tc_id, &test.msg, &test.sig, test.result);
                count += 1;
            }
        }
        assert!(count >= 200, "{algorithm}: {count}");
    }
}

// JWS-8
#[test]
fn jws_8_wycheproof_rs256_is_judged_as_published() {
    use rsa_pkcs1_verify::TestName::{Rsa2048Sha256, Rsa3072Sha256, Rsa4096Sha256};
    let (mut count, mut small_exponents) = (0, 0);
    for set in [Rsa2048Sha256, Rsa3072Sha256, Rsa4096Sha256] {
        for group in rsa_pkcs1_verify::TestSet::load(set).unwrap().test_groups {
            match PublicKey::from_pem(&group.pem) {
                Ok(key) => {
                    for test in group.tests {
                        judge(&key, test.tc_id, &test.msg, &test.sig, test.result);
                        count += 1;
                    }
                }
                Err(error) => {
                    assert_eq!(error.code(), "weak_key");
                    small_exponents += 1;
                }
            }
        }
    }
    assert!(count >= 600 && small_exponents >= 1, "{count} {small_exponents}");
}

// JWS-8
#[test]
fn jws_8_wycheproof_ps256_is_judged_as_published() {
    use rsa_pss_verify::TestName::{
        RsaPss2048Sha256Mgf1SaltLen32, RsaPss3072Sha256Mgf1SaltLen32, RsaPss4096Sha256Mgf1SaltLen32,
    };
    let mut count = 0;
    for set in [RsaPss2048Sha256Mgf1SaltLen32, RsaPss3072Sha256Mgf1SaltLen32, RsaPss4096Sha256Mgf1SaltLen32] {
        for group in rsa_pss_verify::TestSet::load(set).unwrap().test_groups {
            let key = PublicKey::from_pem(&group.pem).unwrap().with_algorithm(Algorithm::Ps256).unwrap();
            for test in group.tests {
                judge(&key, test.tc_id, &test.msg, &test.sig, test.result);
                count += 1;
            }
        }
    }
    assert!(count >= 100, "{count}");
}

/// Other salts and hashes are other algorithms, even where JOSE has no name for them.
#[test]
fn a_pss_signature_of_other_parameters_is_refused() {
    use rsa_pss_verify::TestName::{
        RsaPss2048Sha256Mgf1SaltLen0, RsaPss2048Sha256Mgf1Sha1_20, RsaPss2048Sha384Mgf1SaltLen48,
    };
    let mut count = 0;
    for set in [RsaPss2048Sha256Mgf1SaltLen0, RsaPss2048Sha256Mgf1Sha1_20, RsaPss2048Sha384Mgf1SaltLen48] {
        for group in rsa_pss_verify::TestSet::load(set).unwrap().test_groups {
            let key = PublicKey::from_pem(&group.pem).unwrap().with_algorithm(Algorithm::Ps256).unwrap();
            for test in group.tests.iter().filter(|test| test.result == TestResult::Valid) {
                assert!(key.verify(&test.msg, &test.sig).is_err(), "{set:?} {}", test.tc_id);
                count += 1;
            }
        }
    }
    assert!(count >= 100, "{count}");
}

/// A key pair of which every number is known.
fn secret() -> Scalar {
    Scalar::from_bytes_mod_order([42; 32])
}

fn key(point: &EdwardsPoint) -> PublicKey {
    let x = base64url(point.compress().as_bytes());
    PublicKey::from_jwk(&json!({"kty": "OKP", "crv": "Ed25519", "x": x})).unwrap()
}

/// H(R, A, M) of RFC 8032.
fn challenge(r: &[u8; 32], a: &EdwardsPoint, message: &[u8]) -> Scalar {
    let hash =
        Sha512::new().chain_update(r).chain_update(a.compress().as_bytes()).chain_update(message).finalize();
    Scalar::from_bytes_mod_order_wide(&hash.into())
}

fn signature(r: &[u8; 32], s: &[u8; 32]) -> Vec<u8> {
    [&r[..], &s[..]].concat()
}

/// The order of the group, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(crate) fn plus_order(s: &[u8; 32]) -> [u8; 32] {
    let mut carry = 0_u16;
    std::array::from_fn(|at| {
        carry += u16::from(s[at]) + u16::from(ORDER[at]);
        let [high, low] = carry.to_be_bytes();
        carry = u16::from(high);
        low
    })
}

// ED-2
#[test]
fn ed_2_a_signature_whose_r_is_of_small_order_is_refused() {
    let a = ED25519_BASEPOINT_POINT * secret();
    for point in EIGHT_TORSION {
        // With R of small order, s = k·a fits the cofactored equation for any message.
        let r = point.compress().to_bytes();
        let s = challenge(&r, &a, b"message") * secret();
        assert!(key(&a).verify(b"message", &signature(&r, s.as_bytes())).is_err());
    }
}

// ED-3
#[test]
fn ed_3_a_signature_has_one_form_only() {
    let a = ED25519_BASEPOINT_POINT * secret();
    let nonce = Scalar::from_bytes_mod_order([7; 32]);
    let r = (ED25519_BASEPOINT_POINT * nonce).compress().to_bytes();
    let s = (nonce + challenge(&r, &a, b"message") * secret()).to_bytes();
    assert!(key(&a).verify(b"message", &signature(&r, &s)).is_ok());
    assert!(key(&a).verify(b"message", &signature(&r, &plus_order(&s))).is_err());
    let mut high_bit = s;
    high_bit[31] |= 0x80;
    assert!(key(&a).verify(b"message", &signature(&r, &high_bit)).is_err());
}

// ED-4: where verifiers of the field differ, ours answers as pinned here.
#[test]
fn ed_4_points_with_a_part_of_small_order_are_judged_without_the_cofactor() {
    let torsion = EIGHT_TORSION[1];
    let mixed = ED25519_BASEPOINT_POINT * secret() + torsion;
    let nonce = Scalar::from_bytes_mod_order([7; 32]);
    let r = (ED25519_BASEPOINT_POINT * nonce).compress().to_bytes();
    let (mut accepted, mut refused) = (0, 0);
    for message in 0..64_u8 {
        let k = challenge(&r, &mixed, &[message]);
        let s = (nonce + k * secret()).to_bytes();
        let vanishes = k.to_bytes()[0].is_multiple_of(8);
        assert_eq!(key(&mixed).verify(&[message], &signature(&r, &s)).is_ok(), vanishes);
        if vanishes { accepted += 1 } else { refused += 1 }
    }
    assert!(accepted > 0 && refused > 0);
    // A mixed R never fits: it fits the cofactored equation only.
    let a = ED25519_BASEPOINT_POINT * secret();
    let r = (ED25519_BASEPOINT_POINT * nonce + torsion).compress().to_bytes();
    let s = (nonce + challenge(&r, &a, b"message") * secret()).to_bytes();
    assert!(key(&a).verify(b"message", &signature(&r, &s)).is_err());
}
