//! Lists: pages, cursors, filters.

use serde_json::{Value, json};

use crate::on_both;

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn following_next_walks_every_award_once_newest_first(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        let mut made = Vec::new();
        for number in 0..7 {
            server.clock.set(&format!("2026-11-23T10:00:0{number}Z"));
            let award = awarder.award(&school.achievement, &format!("learner{number}@example.org"));
            made.push(award["id"].as_str().unwrap().to_owned());
        }
        made.reverse();

        let mut seen = Vec::new();
        let mut next = Some("/v1/credentials?status=active&limit=3".to_owned());
        while let Some(url) = next {
            let answer = awarder.get(&url);
            let page = answer.expect(200);
            seen.extend(ids(&page));
            next = answer.header("link").map(|link| {
                let (target, rel) = link.split_once('>').unwrap();
                assert_eq!(rel, "; rel=\"next\"");
                assert!(target.contains("status=active") && target.contains("limit=3"), "{target}");
                target.trim_start_matches('<').to_owned()
            });
            assert_eq!(next.is_some(), page["next"].is_string(), "{page}");
        }
        assert_eq!(seen, made);
    }

    fn awards_made_in_the_same_second_are_all_listed(server) {
        let school = server.school();
        let awarder = server.awarder(&school);
        for number in 0..5 {
            awarder.award(&school.achievement, &format!("learner{number}@example.org"));
        }
        let first = awarder.get("/v1/credentials?limit=2").expect(200);
        let rest = awarder.get(&format!("/v1/credentials?limit=10&cursor={}", first["next"].as_str().unwrap())).expect(200);
        let mut all = [ids(&first), ids(&rest)].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 5);
    }

    fn the_filters_narrow_together(server) {
        let school = server.school();
        let owner = server.owner();
        let other = owner.define(&school.issuer, "Another Skill");
        let one = owner.award(&school.achievement, "ana@example.org");
        let two = owner.award(&other, "ana@example.org");
        let id = two["id"].as_str().unwrap();
        owner.post(&format!("/v1/credentials/{id}/revoke"), &json!({})).expect(200);
        for (query, expected) in [
            (String::new(), 2),
            (format!("issuer={}", school.issuer), 2),
            (format!("achievement={other}"), 1),
            ("status=revoked".to_owned(), 1),
            ("status=active".to_owned(), 1),
            ("status=suspended".to_owned(), 0),
            ("recipient=ana%40example.org".to_owned(), 2),
            ("recipient=bo%40example.org".to_owned(), 0),
            (format!("achievement={}&status=revoked", school.achievement), 0),
            ("issuer=00000000-0000-4000-8000-000000000000".to_owned(), 0),
        ] {
            let page = owner.get(&format!("/v1/credentials?{query}")).expect(200);
            assert_eq!(ids(&page).len(), expected, "{query}");
        }
        assert_eq!(owner.get("/v1/credentials?status=active").expect(200)["items"], json!([one]));
    }

    fn a_wrong_parameter_is_named(server) {
        let owner = server.owner();
        for (query, name) in [
            ("limt=3", "?limt"),
            ("limit=0", "?limit"),
            ("limit=201", "?limit"),
            ("limit=-1", "?limit"),
            ("limit=1.5", "?limit"),
            ("limit=", "?limit"),
            ("limit=3&limit=4", "?limit"),
            ("status=gone", "?status"),
            ("recipient=", "?recipient"),
            ("order=(select%201)", "?order"),
            ("issuer=a%00b", "?issuer"),
        ] {
            let problem = owner.get(&format!("/v1/credentials?{query}")).expect_problem(400, "bad-parameter");
            assert_eq!(problem["errors"][0]["pointer"], name, "{problem}");
        }
        let problem = owner.get("/v1/credentials?limt=3").json();
        assert!(problem["detail"].as_str().unwrap().contains("did you mean \"limit\"?"), "{problem}");
        owner.get("/v1/issuers/x?expand=all").expect_problem(400, "bad-parameter");
    }

    fn a_cursor_is_refused_unless_it_was_given_out(server) {
        let owner = server.owner();
        for cursor in ["x", "%27%20or%201%3D1", "AAAA", "MjAyNi0xMS0yM1QxMDowMDowMFo", "9999999999999999999999"] {
            owner.get(&format!("/v1/credentials?cursor={cursor}")).expect_problem(400, "bad-cursor");
            owner.get(&format!("/v1/issuers?cursor={cursor}")).expect_problem(400, "bad-cursor");
        }
    }

    fn metacharacters_in_filters_are_only_characters(server) {
        let school = server.school();
        server.owner().award(&school.achievement, "ana@example.org");
        for filter in ["'%20or%20''='", "%25", "_", "%22", "%5C", "%F0%9F%8E%93", "a%27--%40example.org"] {
            for name in ["issuer", "achievement", "recipient"] {
                let answer = server.owner().get(&format!("/v1/credentials?{name}={filter}"));
                if name == "recipient" && !filter.contains("%40") {
                    // What cannot name a person is not looked for.
                    let problem = answer.expect_problem(400, "bad-parameter");
                    assert_eq!(problem["errors"][0]["pointer"], "?recipient");
                } else {
                    assert_eq!(answer.expect(200)["items"], json!([]), "{name} {filter}");
                }
            }
        }
    }
}
