//! `/vc-api`: credentials signed, verified and derived for machines.

use accolade_issuing::Scope;
use accolade_tests::actors::{Actor, School};
use accolade_tests::exchange::Request;
use serde_json::{Value, json};

use crate::on_both;

const SUITES: [&str; 8] = [
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019-p256",
    "ecdsa-rdfc-2019-p384",
    "ecdsa-jcs-2019-p256",
    "ecdsa-jcs-2019-p384",
    "ecdsa-sd-2023",
    "jwt",
];

/// What an issuer can sign with.
fn offers(owner: &Actor, issuer: &str) -> Value {
    owner.get(&format!("/vc-api/issuers/{issuer}")).expect(200)
}

/// A credential that is no badge, in this issuer's name.
fn membership(issuer: &Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:7c9a2f0e-6c0a-4a0e-9f0e-1b2c3d4e5f60",
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Membership",
        "credentialSubject": {"id": "did:example:ana", "name": "Ana Ruiz"},
    })
}

fn issue(owner: &Actor, issuer: &str, suite: &str, credential: &Value) -> Value {
    let path = format!("/vc-api/issuers/{issuer}/{suite}/credentials/issue");
    owner.post(&path, &json!({ "credential": credential })).expect(201)["verifiableCredential"].clone()
}

fn verify(actor: &Actor, credential: &Value, options: &Value) -> (u16, Value) {
    let body = json!({"verifiableCredential": credential, "options": options});
    let answer = actor.post("/vc-api/credentials/verify", &body);
    (answer.status, answer.json())
}

fn derive(actor: &Actor, credential: &Value, pointers: &Value) -> Value {
    let body = json!({"verifiableCredential": credential, "options": {"selectivePointers": pointers}});
    actor.post("/vc-api/credentials/derive", &body).expect(201)["verifiableCredential"].clone()
}

on_both! {
    fn what_each_suite_signs_verifies_and_one_changed_word_does_not(server) {
        let school = server.school();
        let owner = server.owner();
        let name = offers(&owner, &school.issuer)["profileId"].clone();
        for suite in SUITES {
            let mut issued = issue(&owner, &school.issuer, suite, &membership(&name));
            if suite == "ecdsa-sd-2023" {
                issued = derive(&owner, &issued, &json!(["/credentialSubject", "/name"]));
            }
            let (status, verdict) = verify(&owner, &issued, &json!({}));
            assert_eq!((status, &verdict["verified"]), (200, &json!(true)), "{suite}: {verdict}");
            assert_eq!(verdict["problemDetails"], json!([]), "{suite}");

            let text = issued.to_string();
            let changed = if suite == "jwt" {
                let (head, rest) = text.split_once('.').unwrap();
                format!("{head}.{}", rest.replacen(|c: char| c.is_ascii_lowercase(), "Z", 1))
            } else {
                text.replace("Ana Ruiz", "Ana Ruix")
            };
            let (status, verdict) = verify(&owner, &serde_json::from_str(&changed).unwrap(), &json!({}));
            assert_eq!((status, &verdict["verified"]), (400, &json!(false)), "{suite}: {verdict}");
            assert!(verdict["problemDetails"][0]["type"].as_str().unwrap().starts_with("https://w"), "{suite}: {verdict}");
        }
    }

    fn an_issuer_named_by_its_key_signs_with_each_suite_under_that_suites_key(server) {
        let owner = server.owner();
        let issuer = owner.post("/v1/issuers", &json!({"name": "Key School", "idMethod": "key"})).expect(201);
        let id = issuer["id"].as_str().unwrap();
        for suite in SUITES {
            let own = issuer["profileId"].clone();
            let path = format!("/vc-api/issuers/{id}/{suite}/credentials/issue");
            let answer = owner.post(&path, &json!({ "credential": membership(&own) }));
            let issued = if answer.status == 201 {
                answer.json()["verifiableCredential"].clone()
            } else {
                // The refusal tells which name would do, and so does the list of suites.
                let problem = answer.expect_problem(400, "bad-credential");
                let offered = offers(&owner, id);
                let offer = offered["suites"].as_array().unwrap().iter().find(|offer| offer["suite"] == suite).unwrap();
                let did_key = offer["didKey"].as_str().unwrap();
                assert!(problem["errors"][0]["detail"].as_str().unwrap().contains(did_key), "{problem}");
                issue(&owner, id, suite, &membership(&json!(did_key)))
            };
            let shown = if suite == "ecdsa-sd-2023" { derive(&owner, &issued, &json!(["/credentialSubject"])) } else { issued };
            assert_eq!(verify(&owner, &shown, &json!({})).0, 200, "{suite}: {:?}", verify(&owner, &shown, &json!({})).1);
        }
    }

    fn a_badge_signed_for_a_machine_is_a_badge_for_everybody(server) {
        let school = server.school();
        let owner = server.owner();
        let award = owner.award(&school.achievement, "ana@example.org");
        let mut badge = server.anyone().get(award["links"]["credential"].as_str().unwrap()).expect(200);
        for member in ["proof", "credentialStatus", "credentialSchema"] {
            badge.as_object_mut().unwrap().remove(member);
        }
        badge["id"] = json!("urn:uuid:7c9a2f0e-6c0a-4a0e-9f0e-1b2c3d4e5f60");
        let issued = issue(&owner, &school.issuer, "ecdsa-rdfc-2019-p384", &badge);
        let report = server.anyone().post("/v1/verify", &json!({ "credential": issued })).expect(200);
        assert_eq!(report["outcome"], "valid", "{report}");

        let path = format!("/vc-api/issuers/{}/credentials/issue", school.issuer);
        let mut vague = badge.clone();
        vague["@context"].as_array_mut().unwrap().push(json!("https://www.w3.org/ns/credentials/examples/v2"));
        let problem = owner.post(&path, &json!({ "credential": vague })).expect_problem(400, "bad-credential");
        assert_eq!(problem["errors"][0]["rule"], "context_not_allowed", "{problem}");

        badge["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("criteria");
        let problem = owner.post(&path, &json!({ "credential": badge })).expect_problem(400, "bad-credential");
        assert_eq!(problem["errors"][0]["pointer"], "/credential/credentialSubject/achievement/criteria", "{problem}");
    }

    fn a_key_that_has_nothing_to_do_with_the_issuer_is_a_warning_only_where_the_proof_alone_is_asked_for(server) {
        let school = server.school();
        let owner = server.owner();
        let mut signed = issue(&owner, &school.issuer, "eddsa-jcs-2022", &membership(&offers(&owner, &school.issuer)["profileId"]));
        let (status, _) = verify(&owner, &signed, &json!({"checks": ["proof"]}));
        assert_eq!(status, 200);
        // The proof is by a key of its own name, the issuer another one.
        let other = owner.post("/v1/issuers", &json!({"name": "Key School", "idMethod": "key"})).expect(201);
        let other_id = other["id"].as_str().unwrap();
        signed = issue(&owner, other_id, "eddsa-jcs-2022", &membership(&other["profileId"]));
        signed["issuer"] = json!("did:example:victim");
        let (status, verdict) = verify(&owner, &signed, &json!({}));
        assert_eq!((status, &verdict["verified"]), (400, &json!(false)), "{verdict}");
    }

    fn a_request_that_is_not_as_it_must_be_is_told_in_the_same_shape(server) {
        let owner = server.owner();
        for (path, body, pointer) in [
            ("/vc-api/credentials/verify", json!({}), "/verifiableCredential"),
            ("/vc-api/credentials/verify", json!({"verifiableCredential": 1}), "/verifiableCredential"),
            ("/vc-api/credentials/verify", json!({"verifiableCredential": {}, "option": {}}), "/option"),
            ("/vc-api/credentials/verify", json!({"verifiableCredential": {}, "options": {"checks": ["x"]}}), "/options/checks/0"),
            ("/vc-api/presentations/verify", json!({"verifiableCredential": {}}), "/verifiableCredential"),
        ] {
            let verdict = owner.post(path, &body).expect(400);
            assert_eq!(verdict["verified"], false, "{body}");
            assert_eq!(verdict["problemDetails"][0]["pointer"], pointer, "{body}");
        }
        let twice = Request::new("POST", "/vc-api/credentials/verify")
            .header("content-type", "application/json")
            .body("{\"verifiableCredential\": {\"id\": \"urn:a\", \"id\": \"urn:b\"}}");
        owner.send(twice).expect_problem(400, "unreadable");
        for broken in [json!({}), json!([]), json!("not a token"), json!("a.b.c")] {
            let (status, verdict) = verify(&owner, &broken, &json!({}));
            assert!(status == 400 && verdict["verified"] == false, "{broken}: {status} {verdict}");
        }
    }

    fn what_cannot_be_signed_is_refused_at_its_place(server) {
        let school = server.school();
        let owner = server.owner();
        let name = offers(&owner, &school.issuer)["profileId"].clone();
        let path = format!("/vc-api/issuers/{}/credentials/issue", school.issuer);
        for (member, value, pointer) in [
            ("issuer", json!("did:example:victim"), "/credential/issuer"),
            ("@context", json!(["https://www.w3.org/ns/credentials/v2", "https://evil.example/v1"]), "/credential/@context/1"),
            ("favouriteColour", json!("blue"), "/credential/favouriteColour"),
            ("validFrom", json!("yesterday"), "/credential/validFrom"),
            ("credentialSubject", json!({}), "/credential/credentialSubject"),
        ] {
            let mut credential = membership(&name);
            credential[member] = value;
            let problem = owner.post(&path, &json!({ "credential": credential })).expect_problem(400, "bad-credential");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
        let mut crowd = membership(&name);
        crowd["@context"] = json!(vec![0; 60_000]);
        crowd["credentialSubject"] = json!(vec![json!({"@reverse": 1}); 20_000]);
        let problem = owner.post(&path, &json!({ "credential": crowd })).expect_problem(400, "bad-credential");
        assert!(problem["errors"].as_array().unwrap().len() <= 100, "and no more is told than anybody reads");
        let unknown = format!("/vc-api/issuers/{}/rot13-2026/credentials/issue", school.issuer);
        owner.post(&unknown, &json!({ "credential": membership(&name) })).expect_problem(404, "not-found");
    }

    fn nobody_speaks_with_the_voice_of_the_house_through_this_door(server) {
        let school = server.school();
        let owner = server.owner();
        let award = owner.award(&school.achievement, "ana@example.org");
        let mut badge = server.anyone().get(award["links"]["credential"].as_str().unwrap()).expect(200);
        badge.as_object_mut().unwrap().retain(|name, _| name != "proof" && name != "credentialStatus");
        let path = format!("/vc-api/issuers/{}/credentials/issue", school.issuer);
        // A revoked award, signed again without its status, would be valid.
        let problem = owner.post(&path, &json!({ "credential": badge })).expect_problem(400, "bad-credential");
        assert_eq!(problem["errors"][0]["pointer"], "/credential/id", "{problem}");

        let name = offers(&owner, &school.issuer)["profileId"].clone();
        for (member, value, rule) in [
            ("id", json!("HTTPS://BADGES.example.edu:443/public/status/x"), "own_address"),
            ("type", json!(["VerifiableCredential", "BitstringStatusListCredential"]), "reserved_type"),
            ("type", json!(["VerifiableCredential", "VerifiablePresentation"]), "reserved_type"),
            ("type", json!(["VerifiableCredential", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementCredential"]), "reserved_type"),
            ("@type", json!(["VerifiableCredential"]), "keyword_not_allowed"),
        ] {
            let mut credential = membership(&name);
            credential[member] = value;
            let problem = owner.post(&path, &json!({ "credential": credential })).expect_problem(400, "bad-credential");
            let rules: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["rule"].clone()).collect();
            assert!(rules.contains(&json!(rule)), "{member}: {problem}");
        }
    }

    fn a_proof_by_the_issuers_own_key_that_does_not_hold_is_not_kept(server) {
        let school = server.school();
        let owner = server.owner();
        let name = offers(&owner, &school.issuer)["profileId"].clone();
        for suite in ["eddsa-rdfc-2022", "ecdsa-sd-2023"] {
            let mut signed = issue(&owner, &school.issuer, suite, &membership(&name));
            issue(&owner, &school.issuer, "eddsa-jcs-2022", &signed);
            signed["name"] = json!("Honorary membership");
            let path = format!("/vc-api/issuers/{}/eddsa-jcs-2022/credentials/issue", school.issuer);
            let problem = owner.post(&path, &json!({ "credential": signed })).expect_problem(400, "bad-credential");
            assert_eq!(problem["errors"][0]["pointer"], "/credential/proof/0", "{suite}: {problem}");
        }
    }

    fn the_same_key_and_request_give_the_same_credential(server) {
        let school = server.school();
        let owner = server.owner();
        let name = offers(&owner, &school.issuer)["profileId"].clone();
        let path = format!("/vc-api/issuers/{}/ecdsa-rdfc-2019-p256/credentials/issue", school.issuer);
        let send = |credential: &Value| {
            owner.send(Request::new("POST", &path).header("idempotency-key", "once").json(&json!({ "credential": credential })))
        };
        let first = send(&membership(&name)).expect(201);
        assert_eq!(send(&membership(&name)).expect(201), first);
        let mut other = membership(&name);
        other["name"] = json!("Another");
        send(&other).expect_problem(422, "idempotency-key-reused");
    }

    fn a_key_that_is_made_is_published_at_once(server) {
        let school = server.school();
        let owner = server.owner();
        let profile = |school: &School| {
            let path = format!("/public/issuers/{}", school.issuer);
            server.anyone().get_as(&path, "application/json").expect(200)
        };
        let before = profile(&school)["verificationMethod"].as_array().unwrap().len();
        let name = offers(&owner, &school.issuer)["profileId"].clone();
        let signed = issue(&owner, &school.issuer, "ecdsa-jcs-2019-p384", &membership(&name));
        let after = profile(&school);
        assert_eq!(after["verificationMethod"].as_array().unwrap().len(), before + 1);
        assert!(after.to_string().contains(signed["proof"][0]["verificationMethod"].as_str().unwrap()), "{after}");
    }

    fn a_presentation_without_a_proof_is_not_verified(server) {
        let school = server.school();
        let owner = server.owner();
        let credential = issue(&owner, &school.issuer, "eddsa-rdfc-2022", &membership(&offers(&owner, &school.issuer)["profileId"]));
        let presentation = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [credential],
        });
        let body = json!({ "verifiablePresentation": presentation });
        let verdict = owner.post("/vc-api/presentations/verify", &body).expect(400);
        assert_eq!(verdict["verified"], false);
        assert_eq!(verdict["credentialResults"][0]["verified"], true, "{verdict}");
        assert_ne!(verdict["problemDetails"], json!([]));
    }

    fn a_key_that_may_only_read_signs_nothing(server) {
        let school = server.school();
        let reader = server.holder_of(&[Scope::CredentialsRead], Some(&school.issuer));
        let path = format!("/vc-api/issuers/{}/credentials/issue", school.issuer);
        reader.post(&path, &json!({"credential": {}})).expect_problem(403, "forbidden");
        let (status, _) = verify(&reader, &json!("x"), &json!({}));
        assert_eq!(status, 400);
    }
}
