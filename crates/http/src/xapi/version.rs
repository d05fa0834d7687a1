//! The version that a client speaks.

use std::future::{Ready, ready};

use accolade_core::xapi::VERSION;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::VERSION_HEADER;
use crate::problem::{Kind, Problem};

/// The client speaks a version that is spoken here.
pub(super) struct Spoken;

impl FromRequest for Spoken {
    type Error = Problem;
    type Future = Ready<Result<Spoken, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let named = req.headers().get(VERSION_HEADER).and_then(|version| version.to_str().ok());
        ready(if named.is_some_and(is_spoken) {
            Ok(Spoken)
        } else {
            let detail = format!("send X-Experience-API-Version: {VERSION}, or another 1.0.x");
            Err(Problem::new(Kind::Unreadable, detail))
        })
    }
}

/// `1.0` and every `1.0.x`.
fn is_spoken(version: &str) -> bool {
    version == "1.0"
        || version
            .strip_prefix("1.0.")
            .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_that_differs_in_the_last_number_only_is_spoken() {
        for version in ["1.0", "1.0.0", "1.0.3", "1.0.12"] {
            assert!(is_spoken(version), "{version}");
        }
        for version in ["", "1", "1.0.", "1.0.x", "1.1.0", "2.0.0", "0.95", "1.0.3, 2.0.0"] {
            assert!(!is_spoken(version), "{version}");
        }
    }
}
