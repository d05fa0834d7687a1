//! Revoke, suspend, reinstate, and what the world sees of it.

use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

on_both! {
    fn a_revoked_badge_no_longer_verifies(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let award = awarder.award(&school.achievement, "ana@example.org");
        let forms = ["credential", "jwt", "assertion", "assertionJws"];
        for form in forms {
            assert_eq!(outcome(server, &award, form), ("valid".into(), "active".into()), "{form}");
        }
        let path = format!("/v1/credentials/{}/revoke", award["id"].as_str().unwrap());
        let revoked = awarder.post(&path, &json!({"reason": "Awarded by mistake"})).expect(200);
        assert_eq!(revoked["status"], "revoked");
        assert_eq!(revoked["statusReason"], "Awarded by mistake");
        for form in forms {
            assert_eq!(outcome(server, &award, form), ("invalid".into(), "revoked".into()), "{form}");
        }
    }

    fn a_suspended_badge_verifies_again_once_it_is_reinstated(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let award = awarder.award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let suspended = awarder.post(&format!("/v1/credentials/{id}/suspend"), &json!({"reason": "Under review"}));
        assert_eq!(suspended.expect(200)["status"], "suspended");
        assert_eq!(outcome(server, &award, "credential").0, "invalid");
        let back = awarder.post(&format!("/v1/credentials/{id}/reinstate"), &json!({}));
        assert_eq!(back.expect(200)["status"], "active");
        assert_eq!(outcome(server, &award, "credential").0, "valid");
    }

    fn a_revocation_is_final_and_again_is_the_same(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let award = awarder.award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let once = awarder.post(&format!("/v1/credentials/{id}/revoke"), &json!({"reason": "x"})).expect(200);
        server.clock.set("2026-11-25T10:00:00Z");
        let twice = awarder.post(&format!("/v1/credentials/{id}/revoke"), &json!({"reason": "x"})).expect(200);
        assert_eq!(once, twice);
        awarder.post(&format!("/v1/credentials/{id}/suspend"), &json!({})).expect_problem(409, "revoked");
        awarder.post(&format!("/v1/credentials/{id}/reinstate"), &json!({})).expect_problem(409, "revoked");
    }

    fn a_revoked_hosted_assertion_is_gone_and_says_why(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "ana@example.org");
        let (id, url) = (award["id"].as_str().unwrap(), award["links"]["assertion"].as_str().unwrap());
        let standing = server.anyone().get(url);
        assert_eq!(standing.status, 200);
        server.owner().post(&format!("/v1/credentials/{id}/revoke"), &json!({"reason": "Mistake"})).expect(200);
        let gone = server.anyone().get(url);
        assert_eq!(gone.expect(410), json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": standing.json()["id"],
            "revoked": true,
            "revocationReason": "Mistake"
        }));
        assert_eq!(gone.header("content-type"), Some("application/ld+json"));
        assert_eq!(server.anyone().get(award["links"]["credential"].as_str().unwrap()).status, 200);
    }

    fn the_lists_of_the_world_show_a_revocation_at_once(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "ana@example.org");
        let credential = server.anyone().get(award["links"]["credential"].as_str().unwrap()).expect(200);
        let list = credential["credentialStatus"]["statusListCredential"].as_str().unwrap().to_owned();
        let revocations = format!("/public/issuers/{}/revocations", school.issuer);
        let before = (server.anyone().get(&list), server.anyone().get(&revocations));
        let id = award["id"].as_str().unwrap();
        server.owner().post(&format!("/v1/credentials/{id}/revoke"), &json!({})).expect(200);
        let after = (server.anyone().get(&list), server.anyone().get(&revocations));
        assert_ne!(before.0.header("etag"), after.0.header("etag"));
        assert_ne!(before.1.header("etag"), after.1.header("etag"));
        assert!(after.1.text().contains(id), "{}", after.1.text());
    }

    fn a_reason_that_is_no_reason_changes_nothing(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        for verb in ["revoke", "suspend", "reinstate"] {
            let path = format!("/v1/credentials/{id}/{verb}");
            for bad in [json!({"raeson": "x"}), json!({"reason": 7}), json!([]), json!({"reason": "\u{1b}[2J"})] {
                server.owner().post(&path, &bad).expect_problem(422, "rejected");
            }
        }
        assert_eq!(server.owner().get(&format!("/v1/credentials/{id}")).expect(200), award);
    }

    fn an_unknown_award_cannot_be_revoked(server) {
        let path = "/v1/credentials/00000000-0000-4000-8000-000000000000/revoke";
        server.owner().post(path, &json!({})).expect_problem(404, "not-found");
    }
}

/// Verdict and status of one form of an award, by its URL.
fn outcome(server: &Server, award: &Value, form: &str) -> (String, String) {
    let report = server.anyone().post("/v1/verify", &json!({"url": award["links"][form]})).expect(200);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&report["outcome"]), text(&report["status"]["state"]))
}
