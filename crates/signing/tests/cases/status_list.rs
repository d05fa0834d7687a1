use std::io::Write as _;

use accolade_signing::status_list::{self, Bitstring, DecodeOptions, FEWEST_ENTRIES, StatusListError};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use serde_json::json;

use crate::support::{base64url, from_base64url};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn decode(gzipped: &[u8]) -> Result<Bitstring, StatusListError> {
    Bitstring::decode(&format!("u{}", base64url(gzipped)), &DecodeOptions::default())
}

#[test]
fn the_first_entry_is_the_highest_bit_of_the_first_byte() {
    let mut list = Bitstring::new(FEWEST_ENTRIES);
    for index in [0, 9, FEWEST_ENTRIES - 1] {
        list.set(index, true).unwrap();
    }
    assert_eq!(list.as_bytes()[..2], [0b1000_0000, 0b0100_0000]);
    assert_eq!(list.as_bytes().last(), Some(&1));
    assert_eq!(list.get(0), Some(true));
    assert_eq!(list.get(1), Some(false));
    list.set(0, false).unwrap();
    assert_eq!(list.get(0), Some(false));
}

#[test]
fn a_list_comes_back_as_it_was_written_and_is_written_alike_each_time() {
    let mut list = Bitstring::new(FEWEST_ENTRIES);
    for index in (0..FEWEST_ENTRIES).step_by(977) {
        list.set(index, true).unwrap();
    }
    let encoded = list.encode();
    assert!(encoded.starts_with("uH4sI"));
    assert_eq!(encoded, list.encode());
    assert_eq!(Bitstring::decode(&encoded, &DecodeOptions::default()), Ok(list.clone()));
    assert_eq!(Bitstring::from_bytes(list.as_bytes().to_vec()), list);
}

#[test]
fn bits_that_gzip_cannot_shrink_are_read_back_too() {
    let mut state = 1_u32;
    let noise = (0..1024 * 1024).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24).to_be_bytes()[3]
    });
    let list = Bitstring::from_bytes(noise.collect());
    assert_eq!(Bitstring::decode(&list.encode(), &DecodeOptions::default()), Ok(list));
}

// SL-1
#[test]
fn a_small_text_that_unpacks_to_a_gigabyte_is_stopped_at_the_limit() {
    let zeros = vec![0; 1024 * 1024];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let piece = |encoder: &mut GzEncoder<Vec<u8>>| {
        encoder.write_all(&zeros).unwrap();
        encoder.flush().unwrap();
        std::mem::take(encoder.get_mut())
    };
    // Between two flushes a mebibyte of zeros is packed into the same bytes again and again.
    let (first, next) = (piece(&mut encoder), piece(&mut encoder));
    let bomb = [first, next.repeat(1023)].concat();
    assert_eq!(decode(&bomb).unwrap_err().code(), "status_list_too_large");
    let one_too_many = gzip(&vec![0; 1024 * 1024 + 1]);
    assert_eq!(decode(&one_too_many), Err(StatusListError::TooLarge { max_bytes: 1024 * 1024 }));
    assert!(decode(&gzip(&zeros)).is_ok());
}

// SL-2
#[test]
fn only_one_intact_gzip_member_is_read() {
    let good = gzip(&[0; FEWEST_ENTRIES / 8]);
    let changed = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&[0; FEWEST_ENTRIES / 8]).unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(&[0; FEWEST_ENTRIES / 8]).unwrap();
    for (name, bytes) in [
        ("two members", [good.clone(), good.clone()].concat()),
        ("garbage behind", [&good[..], b"x"].concat()),
        ("zero byte behind", [&good[..], b"\0"].concat()),
        ("wrong checksum", changed(good.len() - 8)),
        ("wrong length", changed(good.len() - 1)),
        ("cut off", good[..good.len() - 1].to_vec()),
        ("no trailer", good[..good.len() - 8].to_vec()),
        ("no gzip", vec![0; 64]),
        ("bare deflate", deflate.finish().unwrap()),
        ("zlib", zlib.finish().unwrap()),
        ("nothing", Vec::new()),
    ] {
        assert_eq!(decode(&bytes).unwrap_err().code(), "bad_status_list", "{name}");
    }
    assert!(decode(&good).is_ok());
}

// SL-3
#[test]
fn only_multibase_base64url_is_read() {
    let good = base64url(gzip(&[0; FEWEST_ENTRIES / 8]));
    for text in [
        good.clone(),
        format!("z{good}"),
        format!("U{good}"),
        format!("u{good}="),
        format!("u {good}"),
        String::new(),
    ] {
        assert_eq!(Bitstring::decode(&text, &DecodeOptions::default()), Err(StatusListError::BadMultibase));
    }
    assert_eq!(from_base64url(&good).first(), Some(&0x1f));
}

// SL-4
#[test]
fn a_list_too_short_to_hide_in_is_refused() {
    let error = decode(&gzip(&[0; FEWEST_ENTRIES / 8 - 1])).unwrap_err();
    assert_eq!(error.code(), "STATUS_LIST_LENGTH_ERROR");
    let lenient = DecodeOptions { min_entries: 0, ..DecodeOptions::default() };
    let short = format!("u{}", base64url(gzip(&[0x80])));
    assert_eq!(Bitstring::decode(&short, &lenient).unwrap().get(0), Some(true));
}

// SL-5
#[test]
fn an_index_is_a_whole_number_inside_the_list() {
    assert_eq!(status_list::index(&json!("0")), Ok(0));
    assert_eq!(status_list::index(&json!("94567")), Ok(94_567));
    assert_eq!(status_list::index(&json!(23)), Ok(23));
    for bad in [
        json!("01"),
        json!("-1"),
        json!("+1"),
        json!("1.0"),
        json!("1e3"),
        json!(""),
        json!(" 1"),
        json!("0x10"),
        json!("١"),
        json!("18446744073709551616"),
        json!(-1),
        json!(5.9),
        json!(1.0),
        json!(null),
        json!([1]),
    ] {
        assert_eq!(status_list::index(&bad).unwrap_err().code(), "RANGE_ERROR", "{bad}");
    }
    let mut list = Bitstring::new(16);
    assert_eq!(list.get(16), None);
    assert_eq!(list.get(usize::MAX), None);
    assert_eq!(list.set(16, true), Err(StatusListError::BadIndex));
    assert_eq!(list.status(usize::MAX, 2), Err(StatusListError::BadIndex));
}

// SL-6
#[test]
fn a_status_size_is_one_to_eight_bits_that_divide_the_list() {
    assert_eq!(status_list::size(None), Ok(1));
    assert_eq!(status_list::size(Some(&json!(2))), Ok(2));
    for bad in [json!(0), json!(-1), json!("1"), json!(1.5), json!(9), json!(2_147_483_648_u64), json!(null)]
    {
        assert_eq!(status_list::size(Some(&bad)), Err(StatusListError::BadSize), "{bad}");
    }
    let list = Bitstring::from_bytes(vec![0b1101_0010, 0b0111_1111]);
    assert_eq!(list.status(0, 2), Ok(0b11));
    assert_eq!(list.status(3, 2), Ok(0b10));
    assert_eq!(list.status(1, 8), Ok(0b0111_1111));
    assert_eq!(list.status(0, 3), Err(StatusListError::BadSize));
    assert_eq!(list.status(0, 0), Err(StatusListError::BadSize));
    assert_eq!(list.status(2, 8), Err(StatusListError::BadIndex));
}
