use accolade_signing::sealed::{self, SealBinding, SealError};
use accolade_signing::{KeyPurpose, KeyType, MasterKey, PrivateKey, Signer};

use crate::support::Counted;

const BINDING: SealBinding<'_> =
    SealBinding { issuer_id: "issuer-1", key_id: "key-1", purpose: KeyPurpose::AssertionProof };

fn master() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

fn sealed_key() -> Vec<u8> {
    let key = PrivateKey::generate(KeyType::Ed25519, &Counted::new()).unwrap();
    sealed::seal(&master(), &key, &BINDING, &Counted::new()).unwrap()
}

#[test]
fn a_sealed_key_opens_under_the_same_master_key_and_signs_alike() {
    for kind in [KeyType::Ed25519, KeyType::P256, KeyType::Rsa2048] {
        let key = PrivateKey::generate(kind, &Counted::new()).unwrap();
        let sealed = sealed::seal(&master(), &key, &BINDING, &Counted::new()).unwrap();
        let opened = sealed::open(&master(), &sealed, kind, &BINDING).unwrap();
        assert_eq!(opened.public(), key.public());
        let token = Signer::new(&opened).unwrap().sign_jws(Default::default(), b"{}").unwrap();
        assert_eq!(accolade_signing::jws::parse(&token).unwrap().verify(key.public()), Ok(()));
    }
}

#[test]
fn the_envelope_has_a_fixed_form() {
    let sealed = sealed_key();
    assert_eq!(sealed.len(), 1 + 4 + 24 + 32 + 16);
    assert_eq!(sealed[0], 1);
    assert_eq!(sealed[5..29], [1; 24]);
    assert_eq!(sealed, sealed_key(), "the same nonce, key and binding seal alike");
}

// KEY-1
#[test]
fn key_1_the_sealed_bytes_do_not_hold_the_secret() {
    let key = PrivateKey::from_ed25519_seed(&[0xa5; 32]);
    let sealed = sealed::seal(&master(), &key, &BINDING, &Counted::new()).unwrap();
    assert!(!sealed.windows(4).any(|window| window == [0xa5; 4] || window == [7; 4]));
}

#[test]
fn a_sealed_key_opens_for_nothing_but_what_it_was_sealed_for() {
    let others = [
        SealBinding { issuer_id: "issuer-2", ..BINDING },
        SealBinding { key_id: "key-2", ..BINDING },
        SealBinding { purpose: KeyPurpose::Jwt, ..BINDING },
        SealBinding { issuer_id: "issuer-1key", key_id: "-1", ..BINDING },
    ];
    for binding in others {
        let opened = sealed::open(&master(), &sealed_key(), KeyType::Ed25519, &binding);
        assert_eq!(opened.err(), Some(SealError::Refused), "{binding:?}");
    }
    let other_kind = sealed::open(&master(), &sealed_key(), KeyType::P256, &BINDING);
    assert_eq!(other_kind.err(), Some(SealError::Refused));
}

#[test]
fn a_sealed_key_with_any_bit_changed_does_not_open() {
    let sealed = sealed_key();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 0x10;
        assert!(sealed::open(&master(), &changed, KeyType::Ed25519, &BINDING).is_err(), "byte {at}");
    }
    for length in 0..sealed.len() {
        assert!(
            sealed::open(&master(), &sealed[..length], KeyType::Ed25519, &BINDING).is_err(),
            "{length} bytes"
        );
    }
}

// KEY-2
#[test]
fn key_2_another_master_key_is_told_apart_from_a_damaged_key() {
    let other = MasterKey::from_bytes([8; 32]);
    let opened = sealed::open(&other, &sealed_key(), KeyType::Ed25519, &BINDING);
    assert_eq!(opened.err(), Some(SealError::OtherMasterKey));
    let future = [&[2], &sealed_key()[1..]].concat();
    let opened = sealed::open(&master(), &future, KeyType::Ed25519, &BINDING);
    assert_eq!(opened.err(), Some(SealError::UnknownForm));
}

#[test]
fn a_master_key_file_is_read_back_and_a_broken_one_is_refused() {
    let master = MasterKey::generate(&Counted::new());
    let text = master.to_file_text();
    assert_eq!(*text, format!("{}\n", "01".repeat(32)));
    assert_eq!(MasterKey::parse(&text).unwrap().derive("x"), master.derive("x"));
    let upper = MasterKey::parse(&"AB".repeat(32)).unwrap();
    assert_eq!(upper.derive("x"), MasterKey::from_bytes([0xab; 32]).derive("x"));
    for text in ["", "00", &"0g".repeat(32), &"01".repeat(33), &"00".repeat(32), &"é".repeat(32)] {
        assert!(MasterKey::parse(text).is_err(), "{text}");
    }
}

#[test]
fn keys_derived_for_different_uses_differ() {
    let master = master();
    assert_eq!(master.derive("a"), master.derive("a"));
    assert_ne!(master.derive("a"), master.derive("b"));
    assert_ne!(*master.derive("a"), [7; 32]);
}

// KEY-5 (that they cannot be serialised is shown by a test that must not compile, in the crate's README)
#[test]
fn key_5_nothing_secret_is_printed() {
    let key = PrivateKey::from_ed25519_seed(&[0xab; 32]);
    let signer = Signer::new(&key).unwrap();
    let printed = format!("{key:?} {signer:?} {:?}", MasterKey::from_bytes([0xab; 32]));
    assert_eq!(printed.matches("[REDACTED]").count(), 3);
    assert!(!printed.contains("171") && !printed.to_lowercase().contains("abab"), "{printed}");
}
