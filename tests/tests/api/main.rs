//! The API as its clients meet it: real requests to a real server, each test on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "in a test, a wrong number or a missing value is a failure"
)]

mod access;
mod achievements;
mod archive;
mod awards;
mod bad_input;
mod catalogue;
mod certificate;
mod completions;
mod coordinate;
mod document;
mod dump;
mod earning;
mod headers;
mod idempotency;
mod identifiers;
mod images;
mod images_elsewhere;
mod images_hostile;
mod issuers;
mod limits;
mod link_rot;
mod lists;
mod micro_credentials;
mod negotiation;
mod overload;
mod pages;
mod people;
mod privacy;
mod probes;
mod public;
mod status;
mod tokens;
mod vc_api;
mod verify;
mod xapi;

/// Makes of each function two tests: one on SQLite, one on PostgreSQL.
macro_rules! on_both {
    ($($(#[doc = $doc:literal])* fn $name:ident($server:ident) $body:block)*) => {
        $($(#[doc = $doc])* fn $name($server: &accolade_tests::server::Server) $body)*

        mod on_sqlite {
            $(#[test]
            fn $name() {
                super::$name(&accolade_tests::server::Server::on_sqlite());
            })*
        }

        mod on_postgres {
            $(#[test]
            fn $name() {
                if let Some(server) = accolade_tests::server::Server::on_postgres(stringify!($name)) {
                    super::$name(&server);
                }
            })*
        }
    };
}
use on_both;

/// `json`, indented, with `[id]` for every id: two requests at once may draw theirs in another order; and `[image]` for every
/// picture's, because pictures may be drawn better.
fn steady(json: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(json).unwrap();
    let part_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut out = String::new();
    for piece in text.split_inclusive(|c| !part_of_id(c)) {
        let word = piece.trim_end_matches(|c| !part_of_id(c));
        if word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            out += &piece.replace(word, "[image]");
            continue;
        }
        // Inside a query the id follows `%2F`, whose last two characters could be part of an id themselves.
        let word = word.get(word.len().saturating_sub(36)..).unwrap_or(word);
        out += &if is_uuid(word) { piece.replace(word, "[id]") } else { piece.to_owned() };
    }
    out
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase(),
        })
}

/// The shape of a list before and after something that must change nothing.
fn everything_listed(server: &accolade_tests::server::Server) -> Vec<serde_json::Value> {
    let owner = server.owner();
    let issuers = owner.get("/v1/issuers?limit=200").expect(200);
    let achievements = issuers["items"].as_array().unwrap().iter().map(|issuer| {
        let id = issuer["id"].as_str().unwrap();
        owner.get(&format!("/v1/issuers/{id}/achievements?limit=200")).expect(200)
    });
    let mut all: Vec<_> = achievements.collect();
    all.push(owner.get("/v1/credentials?limit=200").expect(200));
    all.push(issuers);
    all
}
