//! SL: status lists that are broken, foreign, out of reach, or too much.

use std::time::Duration;

use accolade_core::Timestamp;
use accolade_signing::status_list::Bitstring;
use accolade_signing::vc_jose::{self, SignatureLife};
use accolade_verifying::{EgressSettings, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::badges::badge;
use crate::support::school::INDEX;
use crate::support::servers::{Canary, Server, ok, redirect};
use crate::support::{IdMethod, NOW, School, ToldNames, World, assert_fails, assert_open, assert_valid};

pub(crate) fn world() -> (World, School) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school)
}

/// Puts a changed list on the shelf, signed by the school.
pub(crate) fn publish(world: &World, school: &School, change: impl FnOnce(&mut Value)) {
    let mut list = school.unsigned_list(&[]);
    change(&mut list);
    world.shelf.put(&school.list_url(), &school.sign(&list));
}

/// Puts a list with those packed bits on the shelf.
fn publish_packed(world: &World, school: &School, packed: &[u8]) {
    let encoded = format!("u{}", URL_SAFE_NO_PAD.encode(packed));
    publish(world, school, |list| list["credentialSubject"]["encodedList"] = encoded.into());
}

/// A sound list, packed.
fn packed() -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(&Bitstring::new(131_072).encode()[1..]).unwrap()
}

/// A gzip member whose 13 bytes each unpack to 2,064 zeros: one literal, and then over and over the longest copy of it.
fn bomb(kilobytes: usize) -> Vec<u8> {
    let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    // The last block with fixed codes (1, 10), the literal 0 (00110000); then copies of 258 (11000101) from 1 back (00000).
    let start = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let copy = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let copies = kilobytes * 1024 * 8 / copy.len();
    let bits: Vec<u8> = start.into_iter().chain(copy.into_iter().cycle().take(copies * copy.len())).collect();
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
    header.into_iter().chain(bits.chunks(8).map(byte)).collect()
}

#[tokio::test]
async fn sl_01_a_bomb_is_given_up_where_it_has_unpacked_to_more_than_any_list_needs() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    // A quarter of a gigabyte, in the largest document that is read at all.
    for kilobytes in [1_400, 8] {
        publish_packed(&world, &school, &bomb(kilobytes));
        assert_fails(&world.verify(&signed).await, "status", "status_list_too_large");
    }
    publish(&world, &school, |list| {
        list["credentialSubject"]["encodedList"] = Bitstring::new(64 << 20).encode().into();
    });
    assert_fails(&world.verify(&signed).await, "status", "status_list_too_large");
}

#[tokio::test]
async fn sl_02_a_list_that_is_not_exactly_one_sound_gzip_member_is_refused() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    publish_packed(&world, &school, &packed());
    assert_valid(&world.verify(&signed).await);
    let spoiled = |at: usize| {
        let mut packed = packed();
        packed[at] ^= 1;
        packed
    };
    let end = packed().len();
    for broken in [
        [packed(), packed()].concat(),
        [packed(), b"x".to_vec()].concat(),
        [packed(), vec![0]].concat(),
        packed()[..end - 1].to_vec(),
        packed()[..end - 9].to_vec(),
        // The checksum, the length, the magic number.
        spoiled(end - 8),
        spoiled(end - 1),
        spoiled(0),
        Vec::new(),
    ] {
        publish_packed(&world, &school, &broken);
        assert_fails(&world.verify(&signed).await, "status", "bad_status_list");
    }
    for broken in ["", "u", "uAAAA", "zAAAA", "u!!!!"] {
        publish(&world, &school, |list| list["credentialSubject"]["encodedList"] = broken.into());
        assert_fails(&world.verify(&signed).await, "status", "bad_status_list");
    }
}

#[tokio::test]
async fn sl_05_a_place_that_is_a_number_must_be_a_whole_one_in_the_list() {
    let (world, school) = world();
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for index in ["-1", "1.0", "1e3", "5.9", "-0.0", "131072", "9007199254740992", "1e300"] {
        let mut badge = badge(&school);
        badge["credentialStatus"]["statusListIndex"] = number(index);
        let report = world.verify_token(&school.token(&badge)).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{index}: {report:#?}");
    }
    // No number that strict JSON has at all.
    for index in ["18446744073709551616", "1e400"] {
        let text = school.sign(&badge(&school)).to_string().replace("\"94567\"", index);
        assert!(text.contains(index));
        let report = world.examiner.verify(accolade_verifying::Submission::from_bytes(text)).await;
        assert_fails(&report, "parse", "bad_json");
    }
}

#[tokio::test]
async fn sl_06_a_size_of_entries_that_does_not_fit_the_list_is_refused() {
    let (world, school) = world();
    // 131,072 is no multiple of 3, 5, 6 or 7.
    for size in [
        json!(0),
        json!(3),
        json!(5),
        json!(6),
        json!(7),
        json!(9),
        json!(-1),
        json!(2_147_483_648_u64),
        json!("1"),
        json!(1.5),
        json!(null),
        json!([1]),
    ] {
        let mut sized = badge(&school);
        sized["credentialStatus"]["statusSize"] = size.clone();
        let report = world.verify_token(&school.token(&sized)).await;
        assert_eq!(report.outcome, Outcome::Invalid, "{size}: {report:#?}");
    }
}

#[tokio::test]
async fn sl_12_a_list_that_a_server_will_not_give_leaves_the_badge_unknown() {
    let world = |document_timeout: Duration| {
        let egress = EgressSettings {
            allow_loopback_http: true,
            document_timeout,
            total_timeout: Duration::from_secs(60),
            ..EgressSettings::default()
        };
        let world = World::with(NOW, egress, ToldNames::default());
        let school = School::open(&world.shelf, "school.example", IdMethod::Url);
        (world, school)
    };
    let patient = world(Duration::from_secs(60));
    let hasty = world(Duration::from_millis(100));
    let canary = Canary::new();
    let elsewhere = format!("http://127.0.0.1:{}/", canary.port);
    let server = Server::start(move |path| match path {
        "/missing" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        "/forbidden" => "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        "/broken" => "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{".to_owned(),
        "/stall" => "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{".to_owned(),
        "/away" => redirect(&elsewhere),
        "/loop" => redirect("/loop"),
        _ => ok("<!doctype html><title>Sign in</title>"),
    });
    for (path, code) in [
        ("/missing", "status_unknown"),
        ("/forbidden", "status_unknown"),
        ("/page", "status_unknown"),
        ("/broken", "unreachable"),
        ("/stall", "unreachable"),
        ("/away", "redirect_refused"),
        ("/loop", "redirect_refused"),
    ] {
        let (world, school) = if path == "/stall" { &hasty } else { &patient };
        let mut badge = badge(school);
        badge["credentialStatus"]["statusListCredential"] = format!("{}{path}", server.url).into();
        assert_open(&world.verify(&school.sign(&badge)).await, "status", code);
    }
    canary.assert_silent();
}

#[tokio::test]
async fn sl_13_a_list_inside_is_never_asked_for_and_one_on_another_public_host_is() {
    let (world, school) = world();
    let canary = Canary::new();
    for host in ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "127.9.9.9"] {
        for url in [format!("https://{host}/list"), format!("http://{host}:{}/list", canary.port)] {
            let mut badge = badge(&school);
            badge["credentialStatus"]["statusListCredential"] = url.into();
            assert_open(&world.verify(&school.sign(&badge)).await, "status", "egress_blocked");
        }
    }
    assert!(world.names.asked.lock().unwrap().is_empty());
    canary.assert_silent();
    let url = "https://lists.example/1";
    let mut elsewhere = badge(&school);
    elsewhere["credentialStatus"]["statusListCredential"] = url.into();
    let mut list = school.unsigned_list(&[]);
    list["id"] = url.into();
    world.shelf.put(url, &school.sign(&list));
    assert_valid(&world.verify(&school.sign(&elsewhere)).await);
}

#[tokio::test]
async fn sl_04_a_list_too_short_to_hide_in_is_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| {
        list["credentialSubject"]["encodedList"] = Bitstring::new(131_064).encode().into();
    });
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "STATUS_LIST_LENGTH_ERROR");
}

#[tokio::test]
async fn sl_05_a_place_that_is_none_in_the_list_is_refused() {
    let (world, school) = world();
    for index in [
        json!("131072"),
        json!("-1"),
        json!("01"),
        json!("1.0"),
        json!("1e3"),
        json!("18446744073709551616"),
        json!(""),
        json!(" 1"),
        json!("abc"),
    ] {
        let mut badge = badge(&school);
        badge["credentialStatus"]["statusListIndex"] = index.clone();
        let report = world.verify(&school.sign(&badge)).await;
        assert_eq!(report.outcome, accolade_verifying::Outcome::Invalid);
        assert_eq!(crate::support::check(&report, "status").code, Some("RANGE_ERROR"), "{index}");
    }
}

#[tokio::test]
async fn sl_08_a_list_for_another_purpose_is_refused() {
    let (world, school) = world();
    publish(&world, &school, |list| list["credentialSubject"]["statusPurpose"] = "suspension".into());
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "STATUS_VERIFICATION_ERROR");
}

#[tokio::test]
async fn sl_09_a_list_of_another_issuer_is_refused() {
    let (world, school) = world();
    let evil = School::open(&world.shelf, "evil.example", IdMethod::Url);
    let mut foreign = evil.unsigned_list(&[]);
    foreign["id"] = school.list_url().into();
    world.shelf.put(&school.list_url(), &evil.sign(&foreign));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_issuer");
    // In the school's name, but signed by the other one.
    foreign["issuer"] = school.id.clone().into();
    world.shelf.put(&school.list_url(), &evil.sign(&foreign));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
}

#[tokio::test]
async fn sl_10_a_list_without_its_proof_is_refused() {
    let (world, school) = world();
    world.shelf.put(&school.list_url(), &school.unsigned_list(&[]));
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
    let mut changed = school.status_list(&[INDEX]);
    changed["credentialSubject"]["encodedList"] = Bitstring::new(131_072).encode().into();
    world.shelf.put(&school.list_url(), &changed);
    assert_fails(&world.verify(&school.sign(&badge(&school))).await, "status", "status_list_unproved");
}

#[tokio::test]
async fn sl_12_a_list_that_cannot_be_had_leaves_the_badge_unknown_and_never_valid() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    world.shelf.take_away(&school.list_url());
    assert_open(&world.verify(&signed).await, "status", "unreachable");
    world.shelf.miss(&school.list_url());
    assert_open(&world.verify(&signed).await, "status", "status_unknown");
    for (status, body) in
        [(500, ""), (200, "<html>Sign in</html>"), (200, ""), (200, "{"), (410, "{}"), (200, "\u{FFFD}")]
    {
        world.shelf.put_bytes(&school.list_url(), status, "text/html", body.as_bytes());
        assert_open(&world.verify(&signed).await, "status", "status_unknown");
    }
}

#[tokio::test]
async fn sl_12_a_list_whose_time_is_over_says_nothing_in_whatever_form_it_comes() {
    let (world, school) = world();
    let signed = school.sign(&badge(&school));
    let yesterday = Timestamp::parse("2026-11-22T10:00:00Z").ok();
    let life = SignatureLife { expires: yesterday, ..SignatureLife::default() };
    let token = vc_jose::sign(&school.unsigned_list(&[]), &school.kid, life, &school.p256).unwrap();
    world.shelf.put_bytes(&school.list_url(), 200, "application/vc+jwt", token.as_bytes());
    assert_open(&world.verify(&signed).await, "status", "status_list_stale");

    publish(&world, &school, |list| {
        list["@context"] = json!([
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/security/data-integrity/v2",
            "https://www.w3.org/ns/credentials/status/v1"
        ]);
        list.as_object_mut().unwrap().remove("validFrom");
        list["issuanceDate"] = "2026-01-01T00:00:00Z".into();
        list["expirationDate"] = "2026-11-22T10:00:00Z".into();
    });
    assert_open(&world.verify(&signed).await, "status", "status_list_stale");
}
