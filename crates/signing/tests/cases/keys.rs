use accolade_signing::jwk_set::Wanted;
use accolade_signing::{Algorithm, KeyPurpose, KeyType, PrivateKey, PublicKey, Signer, jwk_set};
use serde_json::{Value, json};

use crate::jws::hex;
use crate::support::{
    self, Counted, ED25519, P256, P384, RSA, RSA_KEY, RSA_PSS, base64url, from_base64url, signers, with,
};

fn code(jwk: &Value) -> &'static str {
    PublicKey::from_jwk(jwk).unwrap_err().code()
}

#[test]
fn a_public_key_comes_back_from_every_form_it_is_written_in() {
    for signer in signers() {
        let key = signer.public_key();
        assert_eq!(&PublicKey::from_jwk(&key.to_jwk()).unwrap(), key);
        let from_pem = PublicKey::from_pem(&key.to_pem()).unwrap();
        assert_eq!(
            &from_pem.with_algorithm(key.algorithm()).unwrap(),
            key,
            "PEM does not tell PS256 from RS256"
        );
        if let Some(multibase) = key.to_multibase() {
            assert_eq!(&PublicKey::from_multibase(&multibase).unwrap(), key);
        }
    }
    assert!(ED25519.public_key().to_multibase().unwrap().starts_with("z6Mk"));
    assert!(P256.public_key().to_multibase().unwrap().starts_with("zDn"));
    assert!(P384.public_key().to_multibase().unwrap().starts_with("z82"));
    assert_eq!(RSA.public_key().to_multibase(), None);
    assert_ne!(ED25519.public_key(), P256.public_key());
}

// KEY-6
#[test]
fn key_6_a_published_key_has_its_public_members_only() {
    for (signer, members) in [
        (&*ED25519, &["alg", "crv", "kty", "use", "x"][..]),
        (&*P256, &["alg", "crv", "kty", "use", "x", "y"]),
        (&*P384, &["alg", "crv", "kty", "use", "x", "y"]),
        (&*RSA, &["alg", "e", "kty", "n", "use"]),
    ] {
        let jwk = signer.public_key().to_jwk();
        let mut names: Vec<_> = jwk.as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, members);
    }
    let pem = RSA.public_key().to_pem();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n") && pem.ends_with("-----END PUBLIC KEY-----\n"));
}

#[test]
fn the_thumbprint_is_that_of_rfc_7638_and_rfc_8037() {
    // The worked examples of RFC 7638, section 3.1, and RFC 8037, appendix A.3.
    let ed25519 = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let key = PublicKey::from_jwk(&ed25519).unwrap();
    assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    let modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi\
                   FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZg\
                   nYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniI\
                   qbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let rsa = json!({"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"});
    let key = PublicKey::from_jwk(&rsa).unwrap();
    assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn an_ed25519_key_is_the_one_of_its_seed() {
    // RFC 8032, section 7.1, test 1.
    let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let key = PrivateKey::from_ed25519_seed(&seed.try_into().unwrap());
    let public = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assert_eq!(key.public().to_jwk()["x"], base64url(public));
}

#[test]
fn the_same_randomness_makes_the_same_elliptic_keys() {
    for kind in [KeyType::Ed25519, KeyType::P256, KeyType::P384] {
        let make = || PrivateKey::generate(kind, &Counted::new()).unwrap();
        assert_eq!(make().public(), make().public());
    }
}

#[test]
fn a_number_outside_the_group_is_drawn_again() {
    struct FirstTooLarge(std::sync::atomic::AtomicU8);
    impl accolade_core::Entropy for FirstTooLarge {
        fn fill(&self, buffer: &mut [u8]) {
            let byte = [0xff, 0, 1][usize::from(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed))];
            buffer.fill(byte);
        }
    }
    for known in [&*P256, &*P384] {
        let kind = known.public_key().key_type();
        let key = PrivateKey::generate(kind, &FirstTooLarge(0.into())).unwrap();
        assert_eq!(key.public(), known.public_key());
    }
}

#[test]
fn names_of_kinds_and_purposes_are_read_back() {
    for kind in [KeyType::Ed25519, KeyType::P256, KeyType::P384, KeyType::Rsa2048] {
        assert_eq!(KeyType::parse(kind.as_str()), Some(kind));
    }
    for purpose in KeyPurpose::ALL {
        assert_eq!(KeyPurpose::parse(purpose.as_str()), Some(purpose));
    }
    for signer in signers() {
        let algorithm = signer.algorithm();
        assert_eq!(Algorithm::parse(algorithm.as_str()), Some(algorithm));
        assert_eq!(algorithm.key_type(), signer.public_key().key_type());
    }
    assert_eq!(Algorithm::parse("es256"), None);
    assert_eq!(KeyType::parse("rsa"), None);
    assert_eq!(KeyPurpose::parse(""), None);
}

// JWS-10
#[test]
fn jws_10_a_jwk_with_any_private_member_is_refused() {
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        let error =
            PublicKey::from_jwk(&with(&RSA.public_key().to_jwk(), "", name, json!("AQAB"))).unwrap_err();
        assert_eq!(error.code(), "private_member", "{name}");
    }
}

#[test]
fn a_jwk_that_is_not_written_exactly_is_refused() {
    let good = P256.public_key().to_jwk();
    let x = from_base64url(good["x"].as_str().unwrap());
    for (member, value) in [
        ("kty", json!(1)),
        ("kty", Value::Null),
        ("crv", Value::Null),
        ("x", Value::Null),
        ("y", json!(7)),
        ("x", json!(base64url(&x[1..]))),
        ("x", json!(base64url([&[0], &x[..]].concat()))),
        ("x", json!(format!("{}=", good["x"].as_str().unwrap()))),
        ("x", json!("")),
    ] {
        assert_eq!(code(&with(&good, "", member, value.clone())), "bad_jwk", "{member} {value}");
    }
    for not_an_object in [json!([]), json!("x"), json!(null)] {
        assert_eq!(code(&not_an_object), "bad_jwk");
    }
    let modulus = from_base64url(RSA.public_key().to_jwk()["n"].as_str().unwrap());
    let padded = base64url([&[0], &modulus[..]].concat());
    assert_eq!(code(&with(&RSA.public_key().to_jwk(), "", "n", json!(padded))), "bad_jwk");
}

#[test]
fn a_jwk_of_another_kind_or_curve_is_not_supported() {
    for jwk in [
        json!({"kty": "oct"}),
        json!({"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}),
        json!({"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"}),
        json!({"kty": "OKP", "crv": "X25519", "x": "AA"}),
        json!({"kty": "okp", "crv": "Ed25519", "x": "AA"}),
    ] {
        assert_eq!(code(&jwk), "unsupported_key", "{jwk}");
    }
}

#[test]
fn a_jwk_that_is_not_for_verifying_is_refused() {
    let good = P256.public_key().to_jwk();
    for (member, value) in [
        ("use", json!("enc")),
        ("key_ops", json!(["sign"])),
        ("key_ops", json!([])),
        ("key_ops", json!("verify")),
        ("alg", json!("RS256")),
        ("alg", json!("none")),
    ] {
        assert_eq!(code(&with(&good, "", member, value.clone())), "key_use", "{member} {value}");
    }
    assert!(PublicKey::from_jwk(&with(&good, "", "key_ops", json!(["verify"]))).is_ok());
    assert!(PublicKey::from_jwk(&with(&ED25519.public_key().to_jwk(), "", "alg", json!("Ed25519"))).is_ok());
}

#[test]
fn an_rsa_key_says_itself_which_scheme_it_verifies() {
    let jwk = RSA.public_key().to_jwk();
    assert_eq!(RSA.public_key().algorithm(), Algorithm::Rs256);
    assert_eq!(
        PublicKey::from_jwk(&with(&jwk, "", "alg", Value::Null)).unwrap().algorithm(),
        Algorithm::Rs256
    );
    let pss = PublicKey::from_jwk(&with(&jwk, "", "alg", json!("PS256"))).unwrap();
    assert_eq!((&pss, pss.algorithm()), (RSA_PSS.public_key(), Algorithm::Ps256));
    assert_eq!(&pss, RSA.public_key(), "one key, for whichever algorithm");
    assert_eq!(pss.thumbprint(), RSA.public_key().thumbprint());
    assert_eq!(code(&with(&jwk, "", "alg", json!("PS384"))), "key_use");
}

#[test]
fn a_signer_takes_only_an_algorithm_of_its_kind_of_key() {
    assert_eq!(Signer::with_algorithm(&RSA_KEY, Algorithm::Ps256).unwrap().algorithm(), Algorithm::Ps256);
    for (kind, wrong) in [
        (KeyType::Ed25519, Algorithm::Es256),
        (KeyType::P256, Algorithm::Es384),
        (KeyType::P384, Algorithm::Es256),
        (KeyType::P384, Algorithm::Ps256),
    ] {
        assert!(Signer::with_algorithm(&support::key(kind), wrong).is_err(), "{kind} {wrong}");
    }
    assert!(Signer::with_algorithm(&RSA_KEY, Algorithm::EdDsa).is_err());
}

// JWS-16
#[test]
fn jws_16_a_pem_whose_curve_is_spelt_out_is_not_supported() {
    use openssl::ec::{Asn1Flag, EcGroup, EcKey};
    for (nid, flag) in [
        (openssl::nid::Nid::X9_62_PRIME256V1, Asn1Flag::EXPLICIT_CURVE),
        (openssl::nid::Nid::SECP256K1, Asn1Flag::NAMED_CURVE),
        (openssl::nid::Nid::SECP521R1, Asn1Flag::NAMED_CURVE),
    ] {
        let mut group = EcGroup::from_curve_name(nid).unwrap();
        group.set_asn1_flag(flag);
        let pem = EcKey::generate(&group).unwrap().public_key_to_pem().unwrap();
        let error = PublicKey::from_pem(&String::from_utf8(pem).unwrap()).unwrap_err();
        assert_eq!(error.code(), "unsupported_key", "{nid:?}");
    }
}

// ED-1
#[test]
fn ed_1_ed25519_points_of_small_order_are_weak_however_they_are_spelt() {
    let tail = |first: u8, middle: u8, last: u8| {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes.to_vec()
    };
    let order_8 = [
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ];
    let mut points: Vec<Vec<u8>> = order_8.into_iter().map(hex).collect();
    // y = 1, -1, 0, and the same numbers with the field's prime added or the sign of zero set.
    for (first, middle, last) in [
        (1, 0, 0),
        (1, 0, 0x80),
        (0xec, 0xff, 0x7f),
        (0xec, 0xff, 0xff),
        (0, 0, 0),
        (0, 0, 0x80),
        (0xed, 0xff, 0x7f),
        (0xed, 0xff, 0xff),
        (0xee, 0xff, 0x7f),
        (0xee, 0xff, 0xff),
    ] {
        points.push(tail(first, middle, last));
    }
    // Not of small order, but y = p + 3 spells y = 3 a second time.
    points.push(tail(0xf0, 0xff, 0x7f));
    for point in points {
        assert_eq!(
            code(&json!({"kty": "OKP", "crv": "Ed25519", "x": base64url(&point)})),
            "weak_key",
            "{point:02x?}"
        );
        let multikey = format!("z{}", bs58::encode([&[0xed, 0x01], &point[..]].concat()).into_string());
        assert_eq!(PublicKey::from_multibase(&multikey).unwrap_err().code(), "weak_key");
    }
}

#[test]
fn a_point_off_the_curve_is_weak() {
    for (signer, curve) in [(&*P256, "P-256"), (&*P384, "P-384")] {
        let good = signer.public_key().to_jwk();
        let mut y = from_base64url(good["y"].as_str().unwrap());
        *y.last_mut().unwrap() ^= 1;
        let zero = base64url(vec![0; y.len()]);
        assert_eq!(code(&with(&good, "", "y", json!(base64url(y)))), "weak_key");
        assert_eq!(code(&json!({"kty": "EC", "crv": curve, "x": zero, "y": zero})), "weak_key");
    }
    let off_curve = json!({"kty": "OKP", "crv": "Ed25519", "x": base64url([2; 32])});
    let result = PublicKey::from_jwk(&off_curve).map_err(|error| error.code());
    assert!(result.is_ok() || result == Err("weak_key"));
}

// JWS-16
#[test]
fn jws_16_weak_rsa_keys_are_refused() {
    let good = RSA.public_key().to_jwk();
    let small = openssl::rsa::Rsa::generate(1024).unwrap();
    assert_eq!(code(&with(&good, "", "n", json!(base64url(small.n().to_vec())))), "weak_key");
    // 1, 3, 17, 65535, 65538
    for e in [&[1][..], &[3], &[17], &[0xff, 0xff], &[1, 0, 2]] {
        assert_eq!(code(&with(&good, "", "e", json!(base64url(e)))), "weak_key", "{e:?}");
    }
    let mut even = from_base64url(good["n"].as_str().unwrap());
    *even.last_mut().unwrap() &= 0xfe;
    assert_eq!(code(&with(&good, "", "n", json!(base64url(even)))), "weak_key");
    assert_eq!(code(&with(&good, "", "n", json!(base64url([0xff; 1025])))), "unsupported_key");
    assert_eq!(code(&with(&good, "", "e", json!(base64url([1; 9])))), "unsupported_key");
}

// JWS-16
#[test]
fn jws_16_an_rsa_modulus_with_the_roca_fingerprint_is_weak() {
    // A power of 65537 modulo the product of all small primes has the fingerprint; size and oddness are made up.
    use openssl::bn::{BigNum, BigNumContext};
    let mut context = BigNumContext::new().unwrap();
    let mut product = BigNum::from_u32(1).unwrap();
    for prime in (3..=167_u32).filter(|n| (2..*n).all(|d| n % d != 0)) {
        product.mul_word(prime).unwrap();
    }
    let (base, exponent) = (BigNum::from_u32(65537).unwrap(), BigNum::from_u32(1_234_567).unwrap());
    let mut power = BigNum::new().unwrap();
    power.mod_exp(&base, &exponent, &product, &mut context).unwrap();
    let mut modulus = BigNum::new().unwrap();
    modulus.lshift(&product, 2048 - product.num_bits()).unwrap();
    modulus = &modulus + &power;
    if !modulus.is_bit_set(0) {
        modulus = &modulus + &product;
    }
    assert_eq!(modulus.num_bits(), 2048);
    let jwk = with(&RSA.public_key().to_jwk(), "", "n", json!(base64url(modulus.to_vec())));
    let error = PublicKey::from_jwk(&jwk).unwrap_err();
    assert!(error.to_string().contains("ROCA"), "{error}");
}

// ED-5
#[test]
fn ed_5_a_multikey_that_is_not_exact_is_refused() {
    let encode = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
    let key = from_base64url(ED25519.public_key().to_jwk()["x"].as_str().unwrap());
    let good = ED25519.public_key().to_multibase().unwrap();
    for bad in [
        String::new(),
        "z".into(),
        good[1..].to_owned(),
        format!("m{}", &good[1..]),
        format!("{}0", &good[..good.len() - 1]),
        format!("{}O", &good[..good.len() - 1]),
        format!("{}I", &good[..good.len() - 1]),
        format!("{}l", &good[..good.len() - 1]),
        format!("{good} "),
        encode(&[&[0xed, 0x01], &key[1..]].concat()),
        encode(&[&[0xed, 0x01], &key[..], &[0]].concat()),
        encode(&[&[0xec, 0x01], &key[..]].concat()),
        encode(&[&[0xe7, 0x01, 0x02], &key[..]].concat()),
        encode(&[&[0x80, 0x26], &key[..]].concat()),
        encode(&key),
        "z".repeat(100_000),
    ] {
        assert_eq!(PublicKey::from_multibase(&bad).unwrap_err().code(), "bad_multikey", "{bad:.80}");
    }
}

#[test]
fn a_pem_that_is_no_single_public_key_is_refused() {
    let good = RSA.public_key().to_pem();
    let private = openssl::rsa::Rsa::generate(2048).unwrap().private_key_to_pem().unwrap();
    let private = String::from_utf8(private).unwrap();
    assert_eq!(PublicKey::from_pem(&private).unwrap_err().code(), "private_member");
    for bad in [
        String::new(),
        format!("{good}{good}"),
        good.replace("PUBLIC KEY", "CERTIFICATE"),
        good.replace("MII", "MIJ"),
        "x".repeat(9000),
    ] {
        assert_eq!(PublicKey::from_pem(&bad).unwrap_err().code(), "bad_pem", "{bad:.40}");
    }
    let old_style = openssl::rsa::Rsa::generate(2048).unwrap().public_key_to_pem_pkcs1().unwrap();
    assert!(PublicKey::from_pem(&String::from_utf8(old_style).unwrap()).is_ok());
    let weak = openssl::rsa::Rsa::generate(1024).unwrap().public_key_to_pem().unwrap();
    assert_eq!(PublicKey::from_pem(&String::from_utf8(weak).unwrap()).unwrap_err().code(), "weak_key");
}

// KEY-7
#[test]
fn key_7_a_signer_signs_for_the_public_key_of_its_own_private_key_only() {
    // There is no way to give a signer a public key: it is computed, so a foreign one can never be signed under.
    let key = PrivateKey::from_ed25519_seed(&[3; 32]);
    let signer = Signer::new(&key).unwrap();
    let expected = ed25519_dalek::SigningKey::from_bytes(&[3; 32]).verifying_key();
    assert_eq!(signer.public_key().to_jwk()["x"], base64url(expected.as_bytes()));
}

// JWS-14
#[test]
fn jws_14_a_key_set_with_two_keys_of_one_kid_is_ambiguous() {
    let set =
        jwk_set::write([("a", ED25519.public_key()), ("b", P256.public_key()), ("b", RSA.public_key())]);
    let found = |set: &Value, wanted| {
        let jwk = jwk_set::find(set, wanted).map_err(|error| error.code())?;
        Ok(jwk.map(|jwk| PublicKey::from_jwk(jwk).unwrap()))
    };
    let ed25519 = Some(ED25519.public_key().clone());
    assert_eq!(found(&set, Wanted::Kid("a")), Ok(ed25519.clone()));
    assert_eq!(found(&set, Wanted::Kid("c")), Ok(None));
    assert_eq!(found(&set, Wanted::Kid("b")), Err("ambiguous_kid"));
    for signer in signers() {
        let key = signer.public_key();
        let expected = if key == P384.public_key() { None } else { Some(key.clone()) };
        assert_eq!(found(&set, Wanted::Key(key)), Ok(expected), "{key:?}");
    }
    let thumbprint = P384.public_key().thumbprint();
    let unnamed =
        json!({"keys": [ED25519.public_key().to_jwk(), P384.public_key().to_jwk(), {"kty": "oct"}, 7]});
    assert_eq!(found(&unnamed, Wanted::Kid(&thumbprint)), Ok(Some(P384.public_key().clone())));
    let named = json!({"keys": [P384.public_key().to_jwk_with_kid("a")]});
    assert_eq!(found(&named, Wanted::Kid(&thumbprint)), Ok(None), "a key that has a name goes by it");
    assert_eq!(found(&json!({"keys": {}}), Wanted::Kid("a")), Err("bad_jwk"));
}
