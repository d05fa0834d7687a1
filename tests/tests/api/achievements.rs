//! `/v1/issuers/{id}/achievements` and `/v1/achievements/{id}`.

use insta::assert_snapshot;
use serde_json::json;

use crate::{on_both, steady};

on_both! {
    fn a_defined_achievement_has_an_id_and_links(server) {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let answer = owner.post(&format!("/v1/issuers/{issuer}/achievements"), &json!({
            "name": "Applied Data Skills",
            "achievementType": "MicroCredential",
            "description": "Plans, cleans, analyses and presents a data set.",
            "criteria": {"narrative": "Attend, **practise**, present."},
            "tag": ["data", "statistics"],
            "creditsAvailable": 2.5,
            "alignment": [{
                "targetName": "analyse data",
                "targetUrl": "https://example.org/skills/analyse-data",
                "targetFramework": "Example Skills"
            }],
            "resultDescription": [{
                "id": "https://example.edu/results/final-project",
                "name": "Final project",
                "resultType": "RubricCriterionLevel",
                "rubricCriterionLevel": [{
                    "id": "https://example.edu/results/final-project#mastered",
                    "name": "Mastered",
                    "level": "3"
                }]
            }]
        }));
        let achievement = answer.expect(201);
        assert_eq!(achievement["issuerId"], issuer);
        assert_snapshot!("defined_achievement", steady(&achievement));
        assert_eq!(server.owner().get(answer.header("location").unwrap()).expect(200), achievement);
    }

    fn an_amendment_raises_the_revision_and_is_seen_by_the_world(server) {
        let school = server.school();
        let (owner, path) = (server.owner(), format!("/v1/achievements/{}", school.achievement));
        let public = format!("/public/achievements/{}", school.achievement);
        assert_eq!(server.anyone().get(&public).expect(200)["name"], "Applied Data Skills");
        let after = owner.patch(&path, &json!({"name": "Applied Data Skills II", "achievementType": null})).expect(200);
        assert_eq!(after["revision"], 2);
        assert!(after.get("achievementType").is_none());
        assert_eq!(server.anyone().get(&public).expect(200)["name"], "Applied Data Skills II");
    }

    fn an_amendment_that_breaks_a_rule_changes_nothing(server) {
        let school = server.school();
        let (owner, path) = (server.owner(), format!("/v1/achievements/{}", school.achievement));
        let before = owner.get(&path).expect(200);
        for patch in [
            json!({"name": null}),
            json!({"name": "{{name}}"}),
            json!({"criteria": "attend"}),
            json!({"nmae": "x"}),
            json!({"nmae": null}),
            json!({"issuerId": "x"}),
            json!({"revision": 7}),
            json!([]),
            json!("x"),
        ] {
            owner.patch(&path, &patch).expect_problem(422, "rejected");
        }
        assert_eq!(owner.get(&path).expect(200), before);
    }

    fn an_achievement_of_an_unknown_issuer_is_not_found(server) {
        let members = json!({"name": "x", "description": "x", "criteria": {"narrative": "x"}});
        server.owner().post("/v1/issuers/00000000-0000-4000-8000-000000000000/achievements", &members)
            .expect_problem(404, "not-found");
    }
}
