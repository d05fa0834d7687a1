//! Who may see an award, and what is left of a person who had it erased.

use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::{dump, on_both};

const MAIL: &str = "canary-mail@example.org";
const NAME: &str = "Canaria Songbird";

fn awarded(server: &Server, achievement: &str, visibility: &str) -> Value {
    let order = json!({
        "recipient": {"email": MAIL, "name": NAME},
        "visibility": visibility,
        "externalId": format!("canary-number-{visibility}"),
        "narrative": "canary-narrative",
        "evidence": [{"id": "https://canary.example.org/work", "narrative": "canary-evidence"}],
        "onDuplicate": "allow",
    });
    server.owner().post(&format!("/v1/achievements/{achievement}/credentials"), &order).expect(201)
}

fn at(award: &Value) -> String {
    format!("/v1/credentials/{}", award["id"].as_str().unwrap())
}

fn key_of(award: &Value) -> String {
    award["links"]["share"].as_str().unwrap().rsplit_once("?key=").unwrap().1.to_owned()
}

/// The addresses of the award's documents.
fn documents(award: &Value) -> Vec<String> {
    let link = |name: &str| award["links"][name].as_str().unwrap().to_owned();
    ["public", "credential", "jwt", "assertion", "assertionJws"].map(link).to_vec()
}

fn examined(server: &Server, submission: &Value) -> Value {
    server.anyone().post("/v1/verify", submission).expect(200)
}

on_both! {
    fn priv_01_what_the_world_gets_of_a_usual_badge_tells_neither_address_nor_name(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "unlisted");
        for (name, link) in award["links"].as_object().unwrap() {
            let link = link.as_str().unwrap();
            // What the key opens is for those whom the holder gave it.
            if !link.starts_with("https://badges.example.edu/") || name == "share" {
                continue;
            }
            for accept in ["*/*", "text/html"] {
                let answer = server.anyone().get_as(link, accept);
                let body = String::from_utf8_lossy(&answer.body).to_lowercase();
                for canary in [MAIL, "songbird"] {
                    assert!(!body.contains(canary), "{name} as {accept} tells {canary}");
                }
            }
        }
    }

    fn a_private_badge_is_locked_in_every_form_and_opens_with_its_key(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "private");
        let key = key_of(&award);
        for document in documents(&award) {
            let refused = server.anyone().get_as(&document, "application/json");
            let problem = refused.expect_problem(403, "private-credential").to_string();
            for detail in ["Songbird", "Applied Data", "Example University", &key] {
                assert!(!problem.contains(detail), "{document}: {problem}");
            }
            server.anyone().get(&format!("{document}?key=AAAAAAAAAAAAAAAAAAAAAA"))
                .expect_problem(403, "private-credential");
            let opened = server.anyone().get_as(&format!("{document}?key={key}"), "application/json");
            assert_eq!(opened.status, 200, "{document}");
            assert_eq!(opened.header("cache-control"), Some("private, no-store"), "{document}");
            // What was opened with the key is kept for nobody else.
            server.anyone().get(&document).expect_problem(403, "private-credential");
        }
    }

    fn what_changes_about_who_may_see_a_badge_counts_at_once(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "unlisted");
        let amend = |body: &Value| server.owner().patch(&at(&award), body).expect(200);
        // Asked for before each change, so that it stands in the cache.
        let status = |suffix: &str| {
            documents(&award).iter().map(|url| server.anyone().get(&format!("{url}{suffix}")).status).collect::<Vec<_>>()
        };
        assert_eq!(status(""), [200; 5]);
        assert_eq!(amend(&json!({"visibility": "private"}))["visibility"], "private");
        assert_eq!(status(""), [403; 5]);
        let old = format!("?key={}", key_of(&award));
        assert_eq!(status(&old), [200; 5]);
        let renewed = amend(&json!({"shareKey": "renew"}));
        assert_eq!(status(&old), [403; 5]);
        assert_eq!(status(&format!("?key={}", key_of(&renewed))), [200; 5]);
        amend(&json!({"visibility": "public"}));
        assert_eq!(status(""), [200; 5]);
        server.owner().post(&format!("{}/erase", at(&award)), &json!({"reason": "On request"})).expect(200);
        assert_eq!(status(""), [410; 5]);
        assert_eq!(status(&old), [410; 5]);
    }

    fn a_private_badge_verifies_for_whoever_has_it(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "private");
        let key = key_of(&award);
        let read = |link: &str| server.anyone().get(&format!("{}?key={key}", award["links"][link].as_str().unwrap()));
        let (credential, jwt) = (read("credential").json(), read("jwt").text().to_owned());
        let jws = read("assertionJws").text().to_owned();
        for handed_in in [json!({"credential": credential}), json!({"jwt": jwt}), json!({"jwt": jws})] {
            let report = examined(server, &handed_in);
            assert_eq!(report["outcome"], "valid", "{report}");
        }
        // The link to share is enough; the plain one is answered kindly.
        let shared = examined(server, &json!({"url": award["links"]["share"]}));
        assert_eq!(shared["outcome"], "valid", "{shared}");
        for url in [&award["links"]["public"], &award["links"]["assertion"]] {
            let report = examined(server, &json!({"url": url}));
            assert_eq!(report["outcome"], "unknown", "{report}");
            assert!(report["checks"].to_string().contains("private"), "{report}");
        }
        // A hosted assertion is true because it is found at its address, and there it is locked.
        let report = examined(server, &json!({"credential": read("assertion").json()}));
        assert_eq!(report["outcome"], "unknown", "{report}");
        assert!(report["checks"].to_string().contains("holder"), "{report}");
    }

    fn whoever_is_told_the_name_can_check_it(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "unlisted");
        let credential = server.anyone().get(award["links"]["credential"].as_str().unwrap()).json();
        for (name, matches) in [(NAME, true), ("Somebody Else", false)] {
            let report = examined(server, &json!({"credential": credential, "recipient": name}));
            assert_eq!(report["recipient"]["matches"], matches, "{report}");
        }
    }

    fn priv_05_an_erased_person_is_in_no_row_of_the_database(server) {
        let school = server.school();
        let owner = server.owner();
        let orders = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({
            "recipient": {"email": MAIL, "name": NAME}, "externalId": "canary-number",
            "narrative": "canary-narrative", "visibility": "public",
            "evidence": [{"id": "https://canary.example.org/work", "narrative": "canary-evidence"}],
        });
        let keyed = |method: &str, path: &str, body: &Value, key: &str| {
            owner.send(Request::new(method, path).json(body).header("idempotency-key", key))
        };
        let award = keyed("POST", &orders, &order, "award-1").expect(201);
        let mut again = order.clone();
        again["onDuplicate"] = json!("return-existing");
        again.as_object_mut().unwrap().remove("externalId");
        keyed("POST", &orders, &again, "award-2").expect(200);
        keyed("PATCH", &at(&award), &json!({"visibility": "private"}), "amend-1").expect(200);
        keyed("POST", &format!("{}/suspend", at(&award)), &json!({"reason": "canary-reason"}), "suspend-1").expect(200);
        let words = [MAIL, NAME, "canary", "songbird"];
        let before = dump::of(&server.database_url);
        for word in words {
            assert_eq!(dump::holds(&before, word), word != MAIL, "before: {word}");
        }
        let digest = before.lines().filter(|line| line.contains(award["id"].as_str().unwrap())).count();
        assert!(digest >= 7, "the award has left {digest} rows");

        let erased = keyed("POST", &format!("{}/erase", at(&award)), &json!({"reason": "On request"}), "erase-1");
        assert_eq!(erased.expect(200)["status"], "erased");
        let after = dump::of(&server.database_url);
        for word in words {
            let line = after.lines().find(|line| dump::holds(line, word));
            assert_eq!(line, None, "after: {word}");
        }
        // The request again is answered as before, the audit log says what was done, and the old replies are forgotten.
        assert_eq!(keyed("POST", &format!("{}/erase", at(&award)), &json!({"reason": "On request"}), "erase-1").json(), erased.json());
        assert!(dump::holds(&after, "credential.erase"));
        assert!(!dump::holds(&after, "suspend-1"));
        owner.get("/v1/credentials?status=erased").expect(200)["items"][0]["id"].as_str().unwrap();
    }

    fn an_erasure_is_for_good_and_leaves_the_person_free_to_earn_it_anew(server) {
        let school = server.school();
        let award = awarded(server, &school.achievement, "public");
        let erase = |reason: &str| server.owner().post(&format!("{}/erase", at(&award)), &json!({"reason": reason}));
        erase("Canaria asked for it").expect_problem(422, "rejected");
        let erased = erase("On request").expect(200);
        assert_eq!(erase("Once more").expect(200), erased);
        assert!(erased.get("links").is_none() && erased.get("externalId").is_none(), "{erased}");
        for verb in ["revoke", "suspend", "reinstate"] {
            server.owner().post(&format!("{}/{verb}", at(&award)), &json!({})).expect_problem(409, "erased");
        }
        server.owner().patch(&at(&award), &json!({"visibility": "public"})).expect_problem(409, "erased");
        for document in documents(&award) {
            let tombstone = server.anyone().get(&document).expect(410);
            assert_eq!((&tombstone["erased"], tombstone["id"].is_string()), (&json!(true), true), "{document}");
        }
        awarded(server, &school.achievement, "public");
    }

    fn a_badge_that_was_replaced_says_by_which(server) {
        let school = server.school();
        let (old, new) = (awarded(server, &school.achievement, "public"), awarded(server, &school.achievement, "private"));
        let revoke = |body: &Value| server.owner().post(&format!("{}/revoke", at(&old)), body);
        let wrong = revoke(&json!({"supersededBy": old["id"]}));
        assert_eq!(wrong.expect_problem(422, "rejected")["errors"][0]["pointer"], "/supersededBy");
        let revoked = revoke(&json!({"reason": "The grade was wrong", "supersededBy": new["id"]})).expect(200);
        assert_eq!((&revoked["status"], &revoked["supersededBy"]), (&json!("revoked"), &new["id"]));
        revoke(&json!({"supercededBy": new["id"]})).expect_problem(422, "rejected");
        server.owner().post(&format!("{}/suspend", at(&new)), &json!({"supersededBy": old["id"]}))
            .expect_problem(422, "rejected");
    }
}
