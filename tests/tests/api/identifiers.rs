//! `GET /1.0/identifiers/{did}`.

use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

/// A published example of the method.
const DID_KEY: &str = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

fn resolve(server: &Server, did: &str) -> Answer {
    server.anyone().get(&format!("/1.0/identifiers/{did}"))
}

/// Asserts a resolution without a document, for this reason.
fn refused(answer: &Answer, status: u16, error: &str) {
    let result = answer.expect(status);
    assert_eq!(answer.header("content-type"), Some("application/did-resolution"), "{result}");
    assert_eq!(result["@context"], "https://w3id.org/did-resolution/v1", "{result}");
    assert_eq!(result["didDocument"], Value::Null, "{result}");
    assert_eq!(result["didDocumentMetadata"], json!({}), "{result}");
    assert_eq!(result["didResolutionMetadata"]["error"], error, "{result}");
    assert!(result["didResolutionMetadata"]["errorMessage"].is_string(), "{result}");
}

on_both! {
    fn an_issuer_of_ours_is_resolved_from_its_did(server) {
        let owner = server.owner();
        for method in ["web", "key"] {
            let issuer = owner.post("/v1/issuers", &json!({"name": "A School", "idMethod": method})).expect(201);
            let did = issuer["profileId"].as_str().unwrap();
            assert!(did.starts_with(&format!("did:{method}:")), "{did}");
            for path in [did.to_owned(), did.replace(':', "%3A"), did.replace(':', "%3a")] {
                let result = resolve(server, &path).expect(200);
                assert_eq!(result["@context"], "https://w3id.org/did-resolution/v1");
                assert_eq!(result["didDocument"]["id"], did, "{path}");
                assert_eq!(result["didResolutionMetadata"], json!({"contentType": "application/did"}));
                assert_eq!(result["didDocumentMetadata"], json!({}));
                if method == "web" {
                    let document = format!("/public/issuers/{}/did.json", issuer["id"].as_str().unwrap());
                    assert_eq!(result["didDocument"], server.anyone().get(&document).expect(200));
                }
            }
        }
    }

    fn the_accept_header_picks_the_result_or_the_document(server) {
        let path = format!("/1.0/identifiers/{DID_KEY}");
        let profile = "application/ld+json;profile=\"https://w3id.org/did-resolution\"";
        let whole = resolve(server, DID_KEY);
        assert_eq!(whole.header("content-type"), Some("application/did-resolution"));
        let document = whole.expect(200)["didDocument"].clone();
        assert_eq!(document["id"], DID_KEY);
        for (accept, media_type) in [
            ("*/*", "application/did-resolution"),
            ("application/did-resolution", "application/did-resolution"),
            ("application/json", "application/json"),
            ("application/ld+json", profile),
            (profile, profile),
            ("text/html,application/xhtml+xml,*/*;q=0.8", "application/did-resolution"),
        ] {
            let answer = server.anyone().get_as(&path, accept);
            assert_eq!(answer.expect(200), whole.json(), "{accept}");
            assert_eq!(answer.header("content-type"), Some(media_type), "{accept}");
            assert_eq!(answer.header("vary"), Some("Accept"), "{accept}");
        }
        for accept in ["application/did", "application/did+json", "application/did+ld+json"] {
            let answer = server.anyone().get_as(&path, accept);
            assert_eq!(answer.expect(200), document, "{accept}");
            assert_eq!(answer.header("content-type"), Some(accept));
        }
        for accept in ["text/html", "application/did+cbor", "application/did-resolution;q=0"] {
            refused(&server.anyone().get_as(&path, accept), 406, "representationNotSupported");
        }
    }

    fn what_leads_to_no_document_is_told_by_the_names_of_the_standard(server) {
        let nobody = "did:web:badges.example.edu:public:issuers:00000000-0000-4000-8000-000000000000";
        for (did, status, error) in [
            (nobody, 404, "notFound"),
            ("x", 400, "invalidDid"),
            ("did:key", 400, "invalidDid"),
            ("did:key:Q6Mk", 400, "invalidDid"),
            ("did:KEY:z6Mk", 400, "invalidDid"),
            ("did:web:badges.example.edu:..", 400, "invalidDid"),
            ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", 400, "unsupportedPublicKeyType"),
            ("did:example:123", 501, "methodNotSupported"),
            ("did%3Aexample%3A123", 501, "methodNotSupported"),
            // An address that is never dialled.
            ("did:web:127.0.0.1%253A1", 502, "internalError"),
            (&format!("{DID_KEY}%23key"), 400, "invalidDid"),
            (&format!("{DID_KEY}/path"), 400, "invalidDid"),
            (&format!("{DID_KEY}?service=files"), 400, "invalidDid"),
            (&format!("{DID_KEY}%3Fservice=files"), 400, "invalidDid"),
            ("did%3Akey%3A%ff", 400, "invalidDid"),
        ] {
            refused(&resolve(server, did), status, error);
        }
        resolve(server, "").expect_problem(404, "not-found");
        server.anyone().send(Request::new("POST", &format!("/1.0/identifiers/{DID_KEY}"))).expect_problem(405, "method-not-allowed");
    }
}

#[test]
fn resolutions_count_among_the_examinations_of_an_address() {
    let server = Server::on_sqlite_with(|settings| settings.verify_per_minute = 2);
    resolve(&server, DID_KEY).expect(200);
    refused(&resolve(&server, "x"), 400, "invalidDid");
    resolve(&server, DID_KEY).expect_problem(429, "too-many-requests");
    server.anyone().post("/v1/verify", &json!({"jwt": "x"})).expect_problem(429, "too-many-requests");
}
