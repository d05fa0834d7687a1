//! Micro-credentials over HTTP: what they say, what is missing, which version was awarded.

use accolade_tests::exchange::Request;
use serde_json::{Value, json};

use crate::on_both;

fn record() -> Value {
    json!({
        "country": "CH",
        "learningOutcomes": ["Cleans tables of data."],
        "workload": {"hours": 60, "ects": 2},
        "duration": {"minimum": "P2D", "maximum": "P6W"},
        "levels": [{"framework": "EQF", "code": "6"}],
        "competency": {"levels": "dreyfus", "required": "competent"},
        "assessment": {"types": ["project-work"], "mode": "online"},
        "participation": "blended",
        "supervision": "supervised_onsite_id",
        "qualityAssurance": [{"type": "internal", "name": "Quality office"}],
        "stackability": {"stackable": true}
    })
}

on_both! {
    fn a_micro_credential_is_defined_checked_awarded_and_valid_in_every_form(server) {
        let school = server.school();
        let (owner, path) = (server.owner(), format!("/v1/achievements/{}", school.achievement));
        let check = || owner.send(Request::new("POST", &format!("{path}:check?profile=eu-2022"))).expect(200);
        assert_eq!(check()["complete"], false);
        let amended = owner.patch(&path, &json!({"microCredential": record()})).expect(200);
        assert_eq!(amended["microCredential"]["workload"]["ects"], 2);
        let report = check();
        assert_eq!((&report["complete"], &report["mandatoryPresent"]), (&json!(true), &json!(11)), "{report:#}");
        let award = owner.award(&school.achievement, "ana@example.org");
        assert_eq!(award["achievementVersion"], 2);
        let anyone = server.anyone();
        for form in ["credential", "jwt", "assertion", "assertionJws"] {
            let url = award["links"][form].as_str().unwrap();
            let report = anyone.send(Request::new("POST", "/v1/verify").json(&json!({"url": url}))).expect(200);
            assert_eq!(report["outcome"], "valid", "{form}: {report:#}");
        }
        let credential = anyone.get(award["links"]["credential"].as_str().unwrap()).json();
        let achievement = &credential["credentialSubject"]["achievement"];
        assert_eq!(achievement["volumeOfLearning"], "PT60H");
        assert_eq!(achievement["provenBy"]["idVerification"]["notation"], "supervised_onsite_id");
        let mut forged = credential.clone();
        forged["credentialSubject"]["achievement"]["volumeOfLearning"] = "PT600H".into();
        let report = anyone.send(Request::new("POST", "/v1/verify").json(&json!({"credential": forged}))).expect(200);
        assert_eq!(report["outcome"], "invalid");
    }

    fn versions_are_listed_and_stay_where_the_world_found_them(server) {
        let school = server.school();
        let (owner, path) = (server.owner(), format!("/v1/achievements/{}", school.achievement));
        owner.patch(&path, &json!({"name": "Applied Data Skills II"})).expect(200);
        let versions = owner.get(&format!("{path}/versions")).expect(200);
        let told: Vec<_> = versions["items"].as_array().unwrap().iter()
            .map(|version| (version["revision"].as_u64(), version["current"].as_bool(), version["name"].as_str()))
            .collect();
        assert_eq!(told, [
            (Some(2), Some(true), Some("Applied Data Skills II")),
            (Some(1), Some(false), Some("Applied Data Skills"))
        ]);
        let anyone = server.anyone();
        let first = anyone.get(versions["items"][1]["links"]["public"].as_str().unwrap()).expect(200);
        assert_eq!(first["name"], "Applied Data Skills");
        let now = anyone.get(&format!("/public/achievements/{}", school.achievement)).expect(200);
        assert_eq!((&now["version"], &now["related"][0]["id"]), (&json!("2"), &versions["items"][1]["links"]["public"]));
        for wrong in ["0", "3", "01", "+1", "x", "99999999999"] {
            anyone.get(&format!("/public/achievements/{}/versions/{wrong}", school.achievement)).expect(404);
        }
    }

    fn a_framework_that_is_not_known_is_refused_by_name(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}:check?profile=eu", school.achievement);
        let problem = server.owner().send(Request::new("POST", &path)).expect(400);
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("eu-2022"), "{problem}");
    }

    fn faults_of_the_record_come_with_pointers(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}", school.achievement);
        let patch = json!({"microCredential": {"levels": [{"framework": "EQF", "code": "9"}], "wrokload": {}},
            "requirements": {"nOf": [{"id": "a", "kind": "workshop", "title": "A"}], "n": 2}});
        let problem = server.owner().patch(&path, &patch).expect(422);
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/microCredential/levels/0/code", "/microCredential/wrokload", "/requirements/n"]);
    }
}
