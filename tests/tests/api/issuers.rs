//! `/v1/issuers`.

use insta::assert_snapshot;
use serde_json::json;

use crate::{on_both, steady};

on_both! {
    fn a_registered_issuer_has_an_id_a_profile_id_and_links(server) {
        let answer = server.owner().post("/v1/issuers", &json!({
            "name": "Example University",
            "url": "https://example.edu/",
            "email": "badges@example.edu",
            "description": "Awards micro-credentials.",
            "image": {"design": {}, "caption": "A logo"}
        }));
        let issuer = answer.expect(201);
        assert_eq!(answer.header("location").unwrap(), format!("/v1/issuers/{}", issuer["id"].as_str().unwrap()));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_snapshot!("registered_issuer", steady(&issuer));
        assert_eq!(server.owner().get(answer.header("location").unwrap()).expect(200), issuer);
    }

    fn an_issuer_is_named_as_it_asks(server) {
        let owner = server.owner();
        for (method, start) in [
            ("web", "did:web:badges.example.edu:public:issuers:"),
            ("url", "https://badges.example.edu/public/issuers/"),
            ("key", "did:key:z6Mk"),
        ] {
            let issuer = owner.post("/v1/issuers", &json!({"name": "A School", "idMethod": method})).expect(201);
            assert_eq!(issuer["idMethod"], method);
            assert!(issuer["profileId"].as_str().unwrap().starts_with(start), "{issuer}");
        }
    }

    fn an_amended_issuer_keeps_its_ids_and_drops_what_is_null(server) {
        let owner = server.owner();
        let id = owner.register("Example University");
        let path = format!("/v1/issuers/{id}");
        let before = owner.get(&path).expect(200);
        server.clock.set("2026-11-24T08:00:00Z");
        let after = owner.patch(&path, &json!({"name": "Example College", "url": null})).expect(200);
        assert_eq!(after["name"], "Example College");
        assert!(after.get("url").is_none(), "{after}");
        assert_eq!(after["profileId"], before["profileId"]);
        assert_eq!(after["createdAt"], before["createdAt"]);
        assert_eq!(after["updatedAt"], "2026-11-24T08:00:00Z");
        assert_eq!(owner.get(&path).expect(200), after);
    }

    fn what_the_world_sees_of_an_issuer_changes_with_it(server) {
        let owner = server.owner();
        let id = owner.register("Example University");
        let public = format!("/public/issuers/{id}");
        let before = server.anyone().get(&public);
        assert_eq!(before.expect(200)["name"], "Example University");
        owner.patch(&format!("/v1/issuers/{id}"), &json!({"name": "Example College"})).expect(200);
        let after = server.anyone().get(&public);
        assert_eq!(after.expect(200)["name"], "Example College");
        assert_ne!(before.header("etag"), after.header("etag"));
    }

    fn an_issuer_without_a_name_is_refused(server) {
        let problem = server.owner().post("/v1/issuers", &json!({"url": "https://example.edu/"}))
            .expect_problem(422, "rejected");
        assert!(problem["errors"].as_array().unwrap().iter().any(|fault| fault["pointer"] == "/name"), "{problem}");
    }

    fn a_misspelt_member_is_named_with_what_was_meant(server) {
        let problem = server.owner().post("/v1/issuers", &json!({"name": "A School", "emial": "a@example.edu"}))
            .expect_problem(422, "rejected");
        let fault = &problem["errors"][0];
        assert_eq!(fault["pointer"], "/emial");
        assert_eq!(fault["rule"], "unknown_member");
        assert!(fault["detail"].as_str().unwrap().contains("email"), "{fault}");
    }

    fn an_unknown_issuer_is_not_found(server) {
        let owner = server.owner();
        for id in ["00000000-0000-4000-8000-000000000000", "x", "%00", "..%2f..%2fetc", "%F0%9F%8E%93"] {
            owner.get(&format!("/v1/issuers/{id}")).expect_problem(404, "not-found");
        }
    }
}
