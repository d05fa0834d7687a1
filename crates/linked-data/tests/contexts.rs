//! The built-in contexts define what the published ones define.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where its helpers do; clippy only knows the test functions themselves"
)]

mod support;

use std::path::Path;

use accolade_linked_data::{Options, contexts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::published::{PUBLISHED, WRITTEN};

fn published(vectors: &Path, url: &str) -> Value {
    let (_, file, _) = PUBLISHED.iter().find(|(known, ..)| *known == url).unwrap();
    support::read_json(&vectors.join(file))["@context"].clone()
}

fn normal_form(context: &Value) -> Value {
    contexts::normal_form(context, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_built_in_context_is_compared() {
    let written = WRITTEN.iter().map(|(url, _)| *url);
    let compared: Vec<&str> = PUBLISHED.iter().map(|(url, ..)| *url).chain(written).collect();
    assert_eq!(contexts::urls().collect::<Vec<_>>(), compared);
}

/// CTX-10.
#[test]
fn the_published_bytes_have_the_recorded_sha_256() {
    let Some(vectors) = support::vectors() else { return };
    for (url, file, _) in PUBLISHED {
        let bytes = std::fs::read(vectors.join(file)).unwrap();
        let hex: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(contexts::published_sha256(url), Some(hex.as_str()), "{url}");
    }
}

#[test]
fn each_active_context_equals_the_published_one() {
    let Some(vectors) = support::vectors() else { return };
    for (url, ..) in PUBLISHED {
        let ours: Value = serde_json::from_str(contexts::document(url).unwrap()).unwrap();
        assert_eq!(normal_form(&published(&vectors, url)), ours["@context"], "{url}");
        assert_eq!(normal_form(&json!(url)), ours["@context"], "{url} by its URL");
    }
}

/// A context also depends on those before it: as they are used together they must agree as well, scoped contexts included.
#[test]
fn the_contexts_agree_where_they_are_used_together() {
    let Some(vectors) = support::vectors() else { return };
    let together: [&[&str]; 9] = [
        &[contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        &[contexts::CREDENTIALS_V2, contexts::OB_V3P0, contexts::OB_EXTENSIONS],
        &[contexts::CREDENTIALS_V2, contexts::OB_V3P0_2],
        &[contexts::CREDENTIALS_V1, contexts::OB_V3P0_1],
        &[contexts::CREDENTIALS_V1, contexts::OB_V3P0_UNVERSIONED, contexts::ED25519_2020_V1],
        &[contexts::CREDENTIALS_V2, contexts::CLR_V2P0_1, contexts::OB_V3P0, contexts::OB_EXTENSIONS],
        &[contexts::CREDENTIALS_V2, contexts::DATA_INTEGRITY_V2],
        &[contexts::CREDENTIALS_V2, contexts::BITSTRING_STATUS_LIST_V1],
        &[contexts::DID_V1, contexts::MULTIKEY_V1, contexts::JWK_V1],
    ];
    for urls in together {
        let theirs: Vec<Value> = urls.iter().map(|url| published(&vectors, url)).collect();
        assert_eq!(normal_form(&json!(theirs)), normal_form(&json!(urls)), "{urls:?}");
    }
}

#[test]
fn a_single_changed_term_would_be_noticed() {
    let Some(vectors) = support::vectors() else { return };
    let url = contexts::OB_V3P0;
    let mut changed = published(&vectors, url);
    changed["Achievement"]["@context"]["tag"]["@container"] = json!("@list");
    assert_ne!(normal_form(&changed), normal_form(&json!(url)));
}

#[test]
fn the_newest_badge_context_knows_its_latest_terms() {
    let newest = normal_form(&json!(contexts::OB_V3P0));
    assert!(newest["jti"].is_object() && newest["endorsementJwt"].is_object(), "{newest}");
}

/// What the standard's own example of a list and of an entry says, term by term
/// ([StatusList2021](https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#statuslist2021credential)).
#[test]
fn a_status_list_of_2021_means_what_the_standard_says() {
    let document = json!({
        "@context": [contexts::CREDENTIALS_V1, contexts::STATUS_LIST_2021_V1],
        "id": "https://example.com/status/3",
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "name": "Revocations",
        "issuer": "did:example:12345",
        "issuanceDate": "2021-04-05T14:27:40Z",
        "credentialStatus": {
            "id": "https://example.com/status/4#94567",
            "type": "StatusList2021Entry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://example.com/status/4",
        },
        "credentialSubject": {
            "id": "https://example.com/status/3#list",
            "type": "StatusList2021",
            "statusPurpose": "suspension",
            "encodedList": "H4sI",
        },
    });
    let quads = accolade_linked_data::canonicalize(&document, &Options::default()).unwrap();
    let of_list = "https://w3id.org/vc/status-list#";
    for line in [
        format!("<https://example.com/status/3#list> <{of_list}encodedList> \"H4sI\" ."),
        format!("<https://example.com/status/3#list> <{of_list}statusPurpose> \"suspension\" ."),
        format!(
            "<https://example.com/status/4#94567> <{of_list}statusListCredential> <https://example.com/status/4> ."
        ),
        format!("<https://example.com/status/4#94567> <{of_list}statusListIndex> \"94567\" ."),
        format!("<https://example.com/status/4#94567> <{of_list}statusPurpose> \"revocation\" ."),
        "<https://example.com/status/3> <http://schema.org/name> \"Revocations\" .".to_owned(),
    ] {
        assert!(quads.lines().any(|found| found == line), "{line}\n{quads}");
    }
    for kind in ["StatusList2021", "StatusList2021Credential", "StatusList2021Entry"] {
        assert!(quads.contains(&format!("<{of_list}{kind}>")), "{kind}");
    }
}

/// The canonical form beside the W3C's own vector of `eddsa-rdfc-2022`.
#[test]
fn the_examples_of_the_w3c_mean_what_its_vectors_say() {
    let Some(vectors) = support::vectors() else { return };
    let folder = vectors.join("vectors/vc-di-eddsa");
    let document = support::read_json(&folder.join("unsigned.json"));
    let canonical = std::fs::read_to_string(folder.join("eddsa-rdfc-2022/canonDocDataInt.txt")).unwrap();
    let quads = accolade_linked_data::canonicalize(&document, &Options::default()).unwrap();
    assert_eq!(quads, canonical);
}
