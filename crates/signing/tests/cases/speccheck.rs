//! The twelve kinds of Ed25519 signature about which verifiers disagree, made anew from their definition in "Taming the many
//! EdDSAs" (Chalkias, Garillot, Nikolaenko, <https://eprint.iacr.org/2020/1244>), and our verdict on each, pinned.

use accolade_signing::PublicKey;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT as BASE, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity as _;
use serde_json::json;
use sha2::{Digest as _, Sha512};

use crate::adversarial::plus_order;
use crate::support::base64url;

/// The private half of the keys of full order, and the number behind `R`.
fn secret() -> Scalar {
    Scalar::from_bytes_mod_order([42; 32])
}

fn nonce() -> Scalar {
    Scalar::from_bytes_mod_order([7; 32])
}

/// `y = p`, a second spelling of `y = 0`, which is a point of order 4.
const SECOND_SPELLING: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed;
    bytes[31] = 0x7f;
    bytes
};

/// A signature as someone makes it who chooses every number.
struct Case {
    a: [u8; 32],
    r: [u8; 32],
    s: [u8; 32],
    message: Vec<u8>,
    /// Whether `S·B = R + k·A` holds, and whether it holds eightfold.
    fits: (bool, bool),
}

/// How a case is put together; `hashed_*` are the bytes that go into the hash, which for some cases are not those sent.
struct Plan {
    a: [u8; 32],
    hashed_a: [u8; 32],
    r: [u8; 32],
    hashed_r: [u8; 32],
    /// `S` for that hash.
    s: fn(Scalar) -> Scalar,
    /// Which messages will do.
    wanted: fn(Scalar, (bool, bool)) -> bool,
}

impl Plan {
    fn new(a: EdwardsPoint, r: EdwardsPoint, s: fn(Scalar) -> Scalar) -> Self {
        let (a, r) = (a.compress().to_bytes(), r.compress().to_bytes());
        Self { a, hashed_a: a, r, hashed_r: r, s, wanted: |_, fits| fits == (true, true) }
    }

    /// Tries messages until one will do.
    fn make(&self) -> Case {
        let point = |bytes| CompressedEdwardsY(bytes).decompress().unwrap();
        for number in 0..10_000_u32 {
            let message = number.to_be_bytes().to_vec();
            let hash = Sha512::new()
                .chain_update(self.hashed_r)
                .chain_update(self.hashed_a)
                .chain_update(&message)
                .finalize();
            let k = Scalar::from_bytes_mod_order_wide(&hash.into());
            let s = (self.s)(k);
            let rest = point(self.r) + point(self.a) * k - BASE * s;
            let fits = (rest.is_identity(), rest.mul_by_cofactor().is_identity());
            if (self.wanted)(k, fits) {
                return Case { a: self.a, r: self.r, s: s.to_bytes(), message, fits };
            }
        }
        panic!("no message will do");
    }
}

fn cases() -> [Case; 12] {
    let [_, torsion, ..] = EIGHT_TORSION;
    let (pure_a, pure_r) = (BASE * secret(), BASE * nonce());
    let (mixed_a, mixed_r) = (pure_a + torsion, pure_r + torsion);
    let second = |plan: Plan, of_r: bool, hash_as_sent: bool| {
        let canonical = CompressedEdwardsY(SECOND_SPELLING).decompress().unwrap().compress().to_bytes();
        let hashed = if hash_as_sent { SECOND_SPELLING } else { canonical };
        if of_r {
            Plan { r: SECOND_SPELLING, hashed_r: hashed, ..plan }
        } else {
            Plan { a: SECOND_SPELLING, hashed_a: hashed, ..plan }
        }
    };
    let full = |k: Scalar| nonce() + k * secret();
    let mut cases = [
        Plan::new(torsion, torsion, |_| Scalar::ZERO),
        Plan::new(torsion, mixed_r, |_| nonce()),
        Plan::new(mixed_a, torsion, |k| k * secret()),
        Plan::new(mixed_a, mixed_r, full),
        Plan { wanted: |_, fits| fits == (false, true), ..Plan::new(mixed_a, mixed_r, full) },
        // Whoever reduces 8·k before multiplying comes to another end than who multiplies by 8 after.
        Plan {
            wanted: |k, fits| {
                let reduced = Scalar::from(8_u8) * k;
                fits == (false, true) && reduced.to_bytes()[0] % 8 != 0
            },
            ..Plan::new(mixed_a, pure_r, full)
        },
        Plan::new(pure_a, pure_r, full),
        Plan::new(pure_a, pure_r, full),
        second(Plan::new(mixed_a, torsion, |k| k * secret()), true, false),
        second(Plan::new(mixed_a, torsion, |k| k * secret()), true, true),
        second(Plan::new(torsion, mixed_r + torsion, |_| nonce()), false, false),
        second(Plan::new(torsion, mixed_r + torsion, |_| nonce()), false, true),
    ]
    .map(|plan| plan.make());
    cases[6].s = plus_order(&cases[6].s);
    for _ in 0..13 {
        cases[7].s = plus_order(&cases[7].s);
    }
    assert!(cases[7].s[31] & 0xe0 != 0, "S is far beyond the order");
    cases
}

/// What we say: the key's own verdict where it is refused, else whether the signature holds.
fn verdict(case: &Case) -> &'static str {
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": base64url(case.a)});
    match PublicKey::from_jwk(&jwk) {
        Err(error) => error.code(),
        Ok(key) if key.verify(&case.message, &[case.r, case.s].concat()).is_ok() => "accepted",
        Ok(_) => "refused",
    }
}

#[test]
fn ed_4_the_twelve_disputed_signatures_are_judged_as_pinned() {
    let cases = cases();
    let fits: Vec<(bool, bool)> = cases.iter().map(|case| case.fits).collect();
    let (both, eightfold) = ((true, true), (false, true));
    assert_eq!(fits, [both, both, both, both, eightfold, eightfold, both, both, both, both, both, both]);
    let verdicts: Vec<&str> = cases.iter().map(verdict).collect();
    assert_eq!(
        verdicts,
        [
            "weak_key", // 0: A and R of small order
            "weak_key", // 1: A of small order
            "refused",  // 2: R of small order
            "accepted", // 3: A and R of mixed order, and the equation holds without the cofactor
            "refused",  // 4: the equation holds with the cofactor only
            "refused",  // 5: the same, for those who reduce first
            "refused",  // 6: S beyond the order
            "refused",  // 7: S far beyond the order
            "refused",  // 8: R in its second spelling, hashed in its first
            "refused",  // 9: R in its second spelling
            "weak_key", // 10: A in its second spelling, hashed in its first
            "weak_key", // 11: A in its second spelling
        ]
    );
}
