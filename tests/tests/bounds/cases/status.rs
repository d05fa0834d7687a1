//! SL: status lists.

use accolade_signing::status_list::Bitstring;
use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::{Case, case};
use crate::stage::{SECOND_LIST, Stage, bytes_of, part};

pub(super) const CASES: &[Case] = &[
    case("sl_01_a_bomb_of_a_quarter_of_a_gigabyte", "status_list_too_large", |stage| {
        packed(stage, &bomb(1_400))
    }),
    case("sl_01_a_bomb_of_two_megabytes", "status_list_too_large", |stage| packed(stage, &bomb(12))),
    case("sl_01_a_list_of_ones_larger_than_any", "status_list_too_large", |stage| {
        encoded(stage, Bitstring::new(64 << 20).encode().into())
    }),
    case("sl_02_two_members", "bad_status_list", |stage| packed(stage, &[sound(), sound()].concat())),
    case("sl_02_a_wrong_checksum", "bad_status_list", |stage| {
        let mut list = sound();
        let at = list.len() - 8;
        list[at] ^= 1;
        packed(stage, &list)
    }),
    case("sl_04_a_list_too_short_to_hide_in", "STATUS_LIST_LENGTH_ERROR", |stage| {
        encoded(stage, Bitstring::new(131_064).encode().into())
    }),
    case("sl_05_a_place_behind_the_end", "RANGE_ERROR", |stage| place(stage, "131072")),
    case("sl_05_a_place_before_the_start", "RANGE_ERROR", |stage| place(stage, "-1")),
    case("sl_05_a_place_of_a_million_digits", "RANGE_ERROR", |stage| place(stage, &"9".repeat(1_000_000))),
    case("sl_06_entries_without_a_size", "bad_status_size", |stage| sized(stage, json!(0))),
    case("sl_06_entries_of_two_gigabits", "bad_status_size", |stage| sized(stage, json!(2_147_483_648_u64))),
    case("sl_08_a_list_for_another_purpose", "STATUS_VERIFICATION_ERROR", |stage| {
        stage.of_changed_list(|list| list["credentialSubject"]["statusPurpose"] = "suspension".into())
    }),
    case("sl_09_a_list_of_another_issuer", "status_list_issuer", |stage| {
        let mut list = stage.evil.list("revocation", &[]);
        list["id"] = SECOND_LIST.into();
        stage.of_list(&stage.evil.sign(&list))
    }),
    case("sl_10_a_list_without_a_proof", "status_list_unproved", |stage| {
        let mut list = stage.school.list("revocation", &[]);
        list["id"] = SECOND_LIST.into();
        stage.of_list(&list)
    }),
    case("sl_12_a_page_in_place_of_a_list", "status_unknown", |stage| {
        stage.world.shelf.put_bytes(SECOND_LIST, "text/html", b"<!doctype html>".to_vec());
        stage.signed(|badge| badge["credentialStatus"]["statusListCredential"] = SECOND_LIST.into())
    }),
    case("sl_13_a_list_inside", "egress_blocked", |stage| {
        let url = stage.inside("127.0.0.1");
        stage.signed(|badge| badge["credentialStatus"]["statusListCredential"] = url.into())
    }),
];

fn encoded(stage: &Stage, encoded: Value) -> Submission {
    stage.of_changed_list(|list| list["credentialSubject"]["encodedList"] = encoded)
}

fn packed(stage: &Stage, bytes: &[u8]) -> Submission {
    encoded(stage, format!("u{}", part(bytes)).into())
}

fn place(stage: &Stage, index: &str) -> Submission {
    stage.signed(|badge| badge["credentialStatus"]["statusListIndex"] = index.into())
}

fn sized(stage: &Stage, size: Value) -> Submission {
    stage.signed(|badge| badge["credentialStatus"]["statusSize"] = size)
}

fn sound() -> Vec<u8> {
    bytes_of(&Bitstring::new(131_072).encode()[1..])
}

/// A gzip member whose 13 bytes each unpack to 2,064 zeros: one literal, and then over and over the longest copy of it (RFC
/// 1951, 3.2.6), so that nothing as large as what it unpacks to is ever made here.
fn bomb(kilobytes: usize) -> Vec<u8> {
    // The last block with fixed codes (1, 10), the literal 0 (00110000); then copies of 258 (11000101) from 1 back (00000).
    let start = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let copy = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let bits = start.into_iter().chain(copy.into_iter().cycle().take(kilobytes * 1024 * 8 / 13 * 13));
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let (mut byte, mut filled) = (0_u8, 0);
    for bit in bits {
        byte |= bit << filled;
        filled += 1;
        if filled == 8 {
            out.push(byte);
            (byte, filled) = (0, 0);
        }
    }
    out.push(byte);
    out
}
