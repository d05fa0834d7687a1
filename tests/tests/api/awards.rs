//! `POST /v1/achievements/{id}/credentials`.

use insta::assert_snapshot;
use serde_json::json;

use crate::{on_both, steady};

on_both! {
    fn an_award_answers_with_every_link(server) {
        let school = server.school();
        let answer = server.awarder(&school).post(
            &format!("/v1/achievements/{}/credentials", school.achievement),
            &json!({
                "recipient": {"email": "ana@example.org", "name": "Ana Ruiz"},
                "externalId": "moodle:42:9001",
                "awardedDate": "2026-11-20T12:00:00+01:00",
                "validUntil": "2031-11-23T00:00:00Z",
                "evidence": [{"id": "https://portfolio.example.org/ana", "narrative": "Her project."}],
                "narrative": "Presented an analysis of the city's air."
            }),
        );
        let award = answer.expect(201);
        assert_eq!(answer.header("location").unwrap(), format!("/v1/credentials/{}", award["id"].as_str().unwrap()));
        // The share key hangs on the id, which two requests at once may draw in another order.
        let key = award["links"]["share"].as_str().unwrap().rsplit_once("?key=").unwrap().1;
        assert_snapshot!("award", steady(&award).replace(key, "[key]"));
        assert_eq!(server.awarder(&school).get(answer.header("location").unwrap()).expect(200), award);
    }

    fn every_link_of_an_award_that_is_ours_can_be_fetched(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "ana@example.org");
        for name in ["public", "credential", "jwt", "assertion", "assertionJws"] {
            let url = award["links"][name].as_str().unwrap();
            assert_eq!(server.anyone().get(url).status, 200, "{name} {url}");
        }
        let report = server.anyone().get(award["links"]["verify"].as_str().unwrap()).expect(200);
        assert_eq!(report["outcome"], "valid", "{report}");
        assert!(award["links"]["linkedin"].as_str().unwrap().starts_with("https://www.linkedin.com/"));
    }

    fn a_dry_run_shows_the_credential_and_stores_nothing(server) {
        let school = server.school();
        let order = json!({"recipient": {"email": "ana@example.org"}, "dryRun": true});
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let shown = server.awarder(&school).post(&path, &order).expect(200);
        assert_eq!(shown["credential"]["type"][0], "VerifiableCredential");
        assert!(shown.get("links").is_none(), "{shown}");
        assert_eq!(server.owner().get("/v1/credentials").expect(200)["items"], json!([]));
    }

    fn a_second_award_to_the_same_person_is_refused_returned_or_made_as_asked(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let first = awarder.award(&school.achievement, "ana@example.org");
        let order = |policy: &str| json!({"recipient": {"email": "Ana@Example.org"}, "onDuplicate": policy});

        let problem = awarder.post(&path, &order("reject")).expect_problem(409, "duplicate-award");
        assert_eq!(problem["existing"], first["id"]);
        assert_eq!(awarder.post(&path, &order("return-existing")).expect(200), first);
        assert_ne!(awarder.post(&path, &order("allow")).expect(201)["id"], first["id"]);
        awarder.post(&path, &order("perhaps")).expect_problem(422, "rejected");
    }

    fn an_external_id_means_one_award(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({"recipient": {"email": "ana@example.org"}, "externalId": "lms-1"});
        let first = awarder.post(&path, &order).expect(201);
        assert_eq!(awarder.post(&path, &order).expect(200), first);
        let other = json!({"recipient": {"email": "bo@example.org"}, "externalId": "lms-1"});
        let problem = awarder.post(&path, &other).expect_problem(409, "external-id-taken");
        assert_eq!(problem["existing"], first["id"]);
    }

    fn the_plain_address_of_a_recipient_leaves_the_house_nowhere(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "canary@example.org");
        for url in award["links"].as_object().unwrap().values().filter_map(|url| url.as_str()) {
            if url.starts_with("https://badges.example.edu/public/") {
                let answer = server.anyone().get(url);
                assert!(!String::from_utf8_lossy(&answer.body).contains("canary"), "{url}");
            }
        }
        assert!(!award.to_string().contains("canary"), "{award}");
    }

    fn a_recipient_is_found_by_the_address_in_any_case(server) {
        let school = server.school();
        let award = server.awarder(&school).award(&school.achievement, "ana@example.org");
        server.awarder(&school).award(&school.achievement, "bo@example.org");
        let found = server.owner().get("/v1/credentials?recipient=ANA@example.org").expect(200);
        assert_eq!(found["items"], json!([award]));
    }

    fn every_kind_of_recipient_can_be_awarded(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        for recipient in [
            json!({"did": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}),
            json!({"url": "https://ana.example.org/"}),
            json!({"phone": "+34911234567"}),
            json!({"sourcedId": "42"}),
            json!({"email": "jörg@exämple.de", "name": "Jörg Müller"}),
        ] {
            let award = server.awarder(&school).post(&path, &json!({"recipient": recipient})).expect(201);
            let report = server.anyone().post("/v1/verify", &json!({"url": award["links"]["credential"]})).expect(200);
            assert_eq!(report["outcome"], "valid", "{recipient} {report}");
        }
    }
}
