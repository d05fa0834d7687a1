//! PNG: what goes in comes out, and what is broken is refused.
#![allow(clippy::as_conversions, reason = "test images are built by hand from small numbers")]

use accolade_baking::{BakeError, Baked, Version, png};
use proptest::prelude::*;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(kind);
    hasher.update(data);
    let mut out = (data.len() as u32).to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    out.extend_from_slice(&hasher.finalize().to_be_bytes());
    out
}

fn header(width: u32, height: u32) -> Vec<u8> {
    let mut data = width.to_be_bytes().to_vec();
    data.extend_from_slice(&height.to_be_bytes());
    data.extend_from_slice(&[8, 6, 0, 0, 0]);
    chunk(b"IHDR", &data)
}

fn image_with(extra: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), header(2, 2), extra.concat(), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")]
        .concat()
}

fn itxt(keyword: &str, text: &str) -> Vec<u8> {
    chunk(b"iTXt", format!("{keyword}\0\0\0\0\0{text}").as_bytes())
}

#[test]
fn a_baked_badge_stands_right_after_the_header_as_uncompressed_itxt() {
    let baked = png::bake(&image_with(&[]), Version::V3, "{\"a\":\"é\"}").unwrap();
    assert_eq!(baked, image_with(&[itxt("openbadgecredential", "{\"a\":\"é\"}")]));
}

#[test]
fn the_other_chunks_and_the_badge_of_the_other_version_stay() {
    let gamma = chunk(b"gAMA", &[0, 0, 1, 0]);
    let first =
        png::bake(&image_with(std::slice::from_ref(&gamma)), Version::V2, "https://x.example/a").unwrap();
    let both = png::bake(&first, Version::V3, "e.y.s").unwrap();
    assert_eq!(
        both,
        image_with(&[itxt("openbadgecredential", "e.y.s"), itxt("openbadges", "https://x.example/a"), gamma])
    );
    assert_eq!(png::unbake(&both).unwrap().len(), 2);
}

#[test]
fn baking_again_replaces_the_badge() {
    let first = png::bake(&image_with(&[]), Version::V3, "{\"old\":1}").unwrap();
    let second = png::bake(&first, Version::V3, "{\"new\":1}").unwrap();
    assert_eq!(png::unbake(&second).unwrap(), [Baked { version: Version::V3, text: "{\"new\":1}".into() }]);
    let legacy = image_with(&[chunk(b"tEXt", b"openbadges\0https://x.example/old")]);
    let again = png::bake(&legacy, Version::V2, "https://x.example/new").unwrap();
    assert_eq!(
        png::unbake(&again).unwrap(),
        [Baked { version: Version::V2, text: "https://x.example/new".into() }]
    );
}

#[test]
fn the_text_chunk_of_old_badges_is_read() {
    let old = image_with(&[chunk(b"tEXt", b"openbadges\0https://x.example/\xE9")]);
    assert_eq!(
        png::unbake(&old).unwrap(),
        [Baked { version: Version::V2, text: "https://x.example/é".into() }]
    );
}

#[test]
fn a_learners_record_is_read_from_under_its_own_word() {
    let image = image_with(&[itxt("clrcredential", "a.b.c")]);
    assert_eq!(png::unbake(&image).unwrap(), [Baked { version: Version::V3, text: "a.b.c".into() }]);
    let both = image_with(&[itxt("clrcredential", "a.b.c"), itxt("openbadgecredential", "d.e.f")]);
    assert_eq!(png::unbake(&both), Err(BakeError::Ambiguous));
}

#[test]
fn img_12_two_badges_of_one_version_are_ambiguous() {
    let doubled = image_with(&[itxt("openbadges", "a.b.c"), itxt("openbadges", "d.e.f")]);
    assert_eq!(png::unbake(&doubled), Err(BakeError::Ambiguous));
    assert_eq!(png::bake(&doubled, Version::V3, "{}"), Err(BakeError::Ambiguous));
    let mixed = image_with(&[itxt("openbadges", "a.b.c"), chunk(b"tEXt", b"openbadges\0https://x.example")]);
    assert_eq!(png::unbake(&mixed), Err(BakeError::Ambiguous));
}

#[test]
fn img_10_an_image_beyond_the_limits_is_refused_from_its_header() {
    for (width, height) in [(65_535, 65_535), (4_097, 1), (1, 4_097)] {
        let big =
            [SIGNATURE.to_vec(), header(width, height), chunk(b"IDAT", b""), chunk(b"IEND", b"")].concat();
        assert!(matches!(png::unbake(&big), Err(BakeError::Limit(_))), "{width}x{height}");
    }
    // Nothing behind the header was looked at: there is nothing.
    let header_only = [SIGNATURE.to_vec(), header(65_535, 65_535)].concat();
    assert!(matches!(png::unbake(&header_only), Err(BakeError::Limit(_))));
    for (width, height) in [(0, 1), (1, 0)] {
        let none = [SIGNATURE.to_vec(), header(width, height)].concat();
        assert!(matches!(png::unbake(&none), Err(BakeError::Damaged(_))), "{width}x{height}");
    }
}

#[test]
fn img_14_a_thousand_chunks_are_enough() {
    // Header, picture and end are three.
    let most = image_with(&vec![chunk(b"tIME", b""); 997]);
    assert_eq!(png::unbake(&most), Ok(Vec::new()));
    for beyond in [998, 1_000_000] {
        let many = image_with(&vec![chunk(b"tIME", b""); beyond]);
        assert!(matches!(png::unbake(&many), Err(BakeError::Limit(_))), "{beyond}");
        assert!(matches!(png::bake(&many, Version::V3, "{}"), Err(BakeError::Limit(_))), "{beyond}");
    }
}

#[test]
fn img_14_baking_never_makes_an_image_that_is_refused() {
    let full = image_with(&vec![chunk(b"tIME", b""); 997]);
    let baked = png::bake(&full, Version::V3, "{}");
    assert!(baked.is_err() || png::unbake(&baked.unwrap()).is_ok());
    let large = image_with(&[chunk(b"tIME", &vec![0; 15 << 20])]);
    let baked = png::bake(&large, Version::V3, &"x".repeat(3 << 20));
    assert!(baked.is_err() || png::unbake(&baked.unwrap()).is_ok());
}

#[test]
fn img_13_damage_is_named_and_never_guessed_around() {
    let good = image_with(&[itxt("openbadgecredential", "{}")]);
    let mut huge = good.clone();
    huge[33..37].copy_from_slice(&[0xFF; 4]);
    let mut wrong_crc = good.clone();
    let at = wrong_crc.len() - 1;
    wrong_crc[at] ^= 1;
    let after_end = [good.clone(), chunk(b"IDAT", b"more")].concat();
    let compressed = image_with(&[chunk(b"iTXt", b"openbadgecredential\0\x01\0\0\0zzz")]);
    let not_utf8 = image_with(&[chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff\xfe")]);
    let cut_text = image_with(&[chunk(b"iTXt", b"openbadgecredential\0\0\0")]);
    let headless = [SIGNATURE.to_vec(), chunk(b"IDAT", b""), chunk(b"IEND", b"")].concat();
    let two_headers = image_with(&[header(2, 2)]);
    for bad in [huge, wrong_crc, after_end, compressed, not_utf8, cut_text, headless, two_headers] {
        assert!(matches!(png::unbake(&bad), Err(BakeError::Damaged(_))), "{:?}", png::unbake(&bad));
        assert!(png::bake(&bad, Version::V3, "{}").is_err());
    }
    for cut in 8..good.len() {
        assert!(png::unbake(&good[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn text_that_would_break_the_chunk_is_refused() {
    for text in ["", "a\0b"] {
        assert!(matches!(png::bake(&image_with(&[]), Version::V3, text), Err(BakeError::Text(_))));
    }
}

proptest! {
    #[test]
    fn img_20_what_is_baked_comes_out_again(text in "[^\0]{1,200}", v3: bool) {
        let version = if v3 { Version::V3 } else { Version::V2 };
        let baked = png::bake(&image_with(&[chunk(b"gAMA", &[0, 0, 1, 0])]), version, &text).unwrap();
        prop_assert_eq!(png::unbake(&baked).unwrap(), [Baked { version, text }]);
    }

    #[test]
    fn img_20_arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let _ = accolade_baking::unbake(&bytes);
        let _ = png::unbake(&[SIGNATURE, &bytes].concat());
        let _ = png::bake(&[SIGNATURE.to_vec(), header(2, 2), bytes].concat(), Version::V3, "{}");
    }

    #[test]
    fn one_flipped_byte_is_noticed(at in 8_usize..200, flip in 1_u8..) {
        let mut image = image_with(&[itxt("openbadgecredential", &"x".repeat(150))]);
        if let Some(byte) = image.get_mut(at) {
            *byte ^= flip;
            prop_assert!(png::unbake(&image).is_err());
        }
    }
}
