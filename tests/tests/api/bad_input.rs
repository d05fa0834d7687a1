//! Bad input gets a clear problem and changes nothing.

use accolade_tests::exchange::Request;
use serde_json::{Value, json};

use crate::{everything_listed, on_both};

fn good_order() -> Value {
    json!({"recipient": {"email": "ana@example.org"}})
}

fn good_achievement() -> Value {
    json!({"name": "A", "description": "B", "criteria": {"narrative": "C"}})
}

/// `base` with the members of `more`.
fn with(base: Value, more: Value) -> Value {
    let (mut base, more) = (base, more);
    let members = base.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    base
}

on_both! {
    fn a_bad_order_is_refused_where_it_is_bad(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let before = everything_listed(server);
        for (more, pointer) in [
            (json!({"recipeint": {}}), "/recipeint"),
            (json!({"recipient": "ana@example.org"}), "/recipient"),
            (json!({"recipient": {}}), "/recipient"),
            (json!({"recipient": {"email": 7}}), "/recipient/email"),
            (json!({"recipient": {"email": "ana"}}), "/recipient/email"),
            (json!({"recipient": {"email": "a@example.org\nBcc: b@example.org"}}), "/recipient/email"),
            (json!({"recipient": {"email": "ana@example.org", "name": "undefined undefined"}}), "/recipient/name"),
            (json!({"recipient": {"email": "ana@example.org", "name": "{{name}}"}}), "/recipient/name"),
            (json!({"recipient": {"email": "ana@example.org", "role": "x"}}), "/recipient/role"),
            (json!({"validUntil": "2026-11-22T10:00:00Z"}), "/validUntil"),
            (json!({"validFrom": "2026-12-02T10:00:00Z", "validUntil": "2026-12-01T10:00:00Z"}), "/validUntil"),
            (json!({"validFrom": "2026-11-23T10:00:00"}), "/validFrom"),
            (json!({"validFrom": "2026-11-23"}), "/validFrom"),
            (json!({"validFrom": "yesterday"}), "/validFrom"),
            (json!({"validFrom": 1_795_000_000}), "/validFrom"),
            (json!({"awardedDate": "2026-13-01T00:00:00Z"}), "/awardedDate"),
            (json!({"evidence": "https://x.example"}), "/evidence"),
            (json!({"evidence": [{"narative": "x"}]}), "/evidence/0/narative"),
            (json!({"evidence": [{"id": "not a url"}]}), "/evidence/0/id"),
            (json!({"result": [{"value": 7}]}), "/result/0/value"),
            (json!({"narrative": ["x"]}), "/narrative"),
            (json!({"externalId": ""}), "/externalId"),
            (json!({"externalId": "x".repeat(256)}), "/externalId"),
            (json!({"onDuplicate": "replace"}), "/onDuplicate"),
            (json!({"dryRun": "yes"}), "/dryRun"),
            (json!({"creditsEarned": "many"}), "/creditsEarned"),
            (json!({"status": "revoked"}), "/status"),
            (json!({"issuer": "x"}), "/issuer"),
            (json!({"createdAt": "2020-01-01T00:00:00Z"}), "/createdAt"),
            (json!({"@context": ["https://evil.example/context"]}), "/@context"),
            (json!({"proof": {}}), "/proof"),
        ] {
            let problem = server.owner().post(&path, &with(good_order(), more.clone())).expect_problem(422, "rejected");
            let faults = problem["errors"].as_array().unwrap();
            assert!(faults.iter().any(|fault| fault["pointer"] == pointer), "{more}: {problem}");
        }
        assert_eq!(everything_listed(server), before);
    }

    fn a_bad_achievement_is_refused_where_it_is_bad(server) {
        let school = server.school();
        let path = format!("/v1/issuers/{}/achievements", school.issuer);
        let before = everything_listed(server);
        for (more, pointer) in [
            (json!({"name": ""}), "/name"),
            (json!({"name": "undefined"}), "/name"),
            (json!({"name": {"en": "A"}}), "/name"),
            (json!({"descripton": "x"}), "/descripton"),
            (json!({"criteria": {"naratve": "x"}}), "/criteria/naratve"),
            (json!({"criteria": {}}), "/criteria"),
            (json!({"achievementType": "Microcredential!"}), "/achievementType"),
            (json!({"tag": "data"}), "/tag"),
            (json!({"tag": [7]}), "/tag/0"),
            (json!({"alignment": [{"targetName": "x"}]}), "/alignment/0/targetUrl"),
            (json!({"alignment": [{"targetName": "x", "targetUrl": "nowhere"}]}), "/alignment/0/targetUrl"),
            (json!({"creditsAvailable": "2"}), "/creditsAvailable"),
            (json!({"image": 7}), "/image"),
            (json!({"id": "https://example.org/x"}), "/id"),
            (json!({"undefinedTerm": "x"}), "/undefinedTerm"),
        ] {
            let answer = server.owner().post(&path, &with(good_achievement(), more.clone()));
            let problem = answer.expect_problem(422, "rejected");
            let faults = problem["errors"].as_array().unwrap();
            assert!(faults.iter().any(|fault| fault["pointer"] == pointer), "{more}: {problem}");
        }
        assert_eq!(everything_listed(server), before);
    }

    fn a_bad_issuer_is_refused_where_it_is_bad(server) {
        let before = everything_listed(server);
        for (more, pointer) in [
            (json!({"name": "null"}), "/name"),
            (json!({"name": 7}), "/name"),
            (json!({"url": "example.edu"}), "/url"),
            (json!({"url": "javascript:alert(1)"}), "/url"),
            (json!({"email": "x"}), "/email"),
            (json!({"idMethod": "ebsi"}), "/idMethod"),
            (json!({"profileId": "did:web:evil.example"}), "/profileId"),
            (json!({"address": {"adressCountry": "ES"}}), "/address/adressCountry"),
            (json!({"links": {}}), "/links"),
            (json!({"verificationMethod": []}), "/verificationMethod"),
        ] {
            let answer = server.owner().post("/v1/issuers", &with(json!({"name": "A School"}), more.clone()));
            let problem = answer.expect_problem(422, "rejected");
            let faults = problem["errors"].as_array().unwrap();
            assert!(faults.iter().any(|fault| fault["pointer"] == pointer), "{more}: {problem}");
        }
        assert_eq!(everything_listed(server), before);
    }

    fn a_body_that_two_readers_could_read_differently_is_unreadable(server) {
        let before = everything_listed(server);
        for (text, rule) in [
            (r#"{"name": "A", "name": "B"}"#, "duplicate_member"),
            (r#"{"name": "A", "address": {"a": 1, "\u0061": 2}}"#, "duplicate_member"),
            (r#"{"name": "A\ud800"}"#, "lone_surrogate"),
            (r#"{"name": "A\u0000B"}"#, "nul_character"),
            (r#"{"name": "A", "n": 9007199254740993}"#, "integer_too_large"),
            (r#"{"name": "A", "n": 1e400}"#, "number_too_large"),
            (r#"{"name": "A"} x"#, "trailing_data"),
            ("{\"name\": \"A\u{0}\"}", "invalid_json"),
            (r#"{"name": "A",}"#, "invalid_json"),
            (r#"{'name': 'A'}"#, "invalid_json"),
            ("", "invalid_json"),
            ("\u{feff}{\"name\": \"A\"}", "byte_order_mark"),
        ] {
            let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body(text);
            let problem = server.owner().send(request).expect_problem(400, "unreadable");
            assert_eq!(problem["errors"][0]["rule"], rule, "{text}: {problem}");
            assert!(problem["detail"].as_str().unwrap().contains("line 1"), "{problem}");
        }
        let deep = "[".repeat(200) + &"]".repeat(200);
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body(deep);
        assert_eq!(server.owner().send(request).expect_problem(400, "unreadable")["errors"][0]["rule"], "too_deep");
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body(b"{\"name\": \"\xff\"}".to_vec());
        assert_eq!(server.owner().send(request).expect_problem(400, "unreadable")["errors"][0]["rule"], "invalid_utf8");
        assert_eq!(everything_listed(server), before);
    }

    fn only_json_is_taken_as_json(server) {
        let body = json!({"name": "A School"}).to_string();
        for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "rubbish", ""] {
            let request = Request::new("POST", "/v1/issuers").header("content-type", media_type).body(body.clone());
            server.owner().send(request).expect_problem(415, "unsupported-media-type");
        }
        let request = Request::new("POST", "/v1/issuers").body(body.clone());
        server.owner().send(request).expect_problem(415, "unsupported-media-type");
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").header("content-encoding", "gzip").body(body.clone());
        server.owner().send(request).expect_problem(415, "unsupported-media-type");
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json; charset=utf-8").body(body);
        server.owner().send(request).expect(201);
    }

    fn ten_megabytes_are_refused_and_the_server_goes_on(server) {
        let before = everything_listed(server);
        let body = json!({"name": "A".repeat(10 << 20)}).to_string();
        let request = Request::new("POST", "/v1/issuers").header("content-type", "application/json").body(body);
        server.owner().send(request).expect_problem(413, "too-large");
        assert_eq!(everything_listed(server), before);
    }
}
