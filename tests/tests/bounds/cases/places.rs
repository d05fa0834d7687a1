//! SSRF: addresses that lead inside, where a badge names its list of revoked badges, and as the badge's own address.

use accolade_verifying::Submission;

use super::{Case, case};
use crate::stage::Stage;

/// One case for each way to write an address; the port is that of somebody who listens.
macro_rules! inside {
    ($($name:literal: $host:literal),* $(,)?) => {
        &[$(case($name, "egress_blocked", |stage| list_at(stage, &stage.inside($host)))),*]
    };
}

pub(super) const CASES: &[Case] = inside![
    "ssrf_02_loopback": "127.0.0.1",
    "ssrf_03_localhost": "LOCALHOST.",
    "ssrf_04_a_number": "2130706433",
    "ssrf_04_a_number_in_hexadecimal": "0x7f000001",
    "ssrf_04_a_number_in_parts": "0177.0.0.01",
    "ssrf_05_loopback_of_version_six": "[::1]",
    "ssrf_05_no_address": "0.0.0.0",
    "ssrf_06_mapped": "[::ffff:127.0.0.1]",
    "ssrf_07_behind_nat64": "[64:ff9b::a9fe:a9fe]",
    "ssrf_08_in_6to4": "[2002:7f00:1::]",
    "ssrf_09_in_teredo": "[2001:0::1]",
    "ssrf_10_compatible": "[::127.0.0.1]",
    "ssrf_11_metadata": "169.254.169.254",
    "ssrf_11_metadata_as_a_number": "2852039166",
    "ssrf_12_private": "10.0.0.1",
    "ssrf_12_reserved": "255.255.255.255",
    "ssrf_13_local_of_version_six": "[fe80::1]",
    "ssrf_14_multicast": "224.0.0.1",
    "ssrf_20_another_port": "witness.example",
];

/// The others: by their scheme, their name, and as a DID.
pub(super) const OTHERS: &[Case] = &[
    case("ssrf_01_anything_but_https", "egress_blocked", |stage| {
        let url = stage.inside("127.0.0.1").replacen("https", "http", 1);
        list_at(stage, &url)
    }),
    case("ssrf_01_a_badge_at_an_address_inside", "egress_blocked", |stage| {
        Submission::Url(stage.inside("127.0.0.1"))
    }),
    case("ssrf_15_a_public_name_of_an_address_inside", "egress_blocked", |stage| {
        list_at(stage, "https://127-0-0-1.inside.example/x")
    }),
    case("ssrf_16_a_name_with_one_address_inside", "egress_blocked", |stage| {
        list_at(stage, "https://both.example/x")
    }),
    case("ssrf_21_a_did_web_that_climbs", "bad_identifier", |stage| {
        stage.tampered(|badge| {
            badge["issuer"]["id"] = "did:web:school.example:%2e%2e:x".into();
            badge["proof"][0]["verificationMethod"] = "did:web:school.example:%2e%2e:x#key".into();
        })
    }),
    case("ssrf_22_a_name_that_only_looks_like_another", "unreachable", |stage| {
        list_at(stage, "https://xn--schol-jua.example/status/1")
    }),
    case("ssrf_26_a_name_that_nobody_knows", "unreachable", |stage| {
        list_at(stage, "https://nowhere.example/status/1")
    }),
];

fn list_at(stage: &Stage, url: &str) -> Submission {
    stage.signed(|badge| badge["credentialStatus"]["statusListCredential"] = url.into())
}
