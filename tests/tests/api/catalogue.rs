//! The catalogue of micro-credentials over HTTP.

use accolade_tests::exchange::Request;
use serde_json::{Value, json};

use crate::on_both;

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().filter_map(|item| item["name"].as_str()).collect()
}

on_both! {
    fn micro_credentials_are_found_by_what_learners_look_for(server) {
        let school = server.school();
        let (owner, anyone) = (server.owner(), server.anyone());
        let define = |name: &str, record: Value| {
            let body = json!({
                "name": name, "description": "What it is.", "criteria": {"narrative": "Do it."}, "microCredential": record
            });
            owner.post(&format!("/v1/issuers/{}/achievements", school.issuer), &body).expect(201)
        };
        let short = define("Zwiebelkunde", json!({
            "language": "de-CH", "duration": {"maximum": "P2D"}, "levels": [{"framework": "EQF", "code": "3"}],
            "learningOutcomes": ["Schneidet Zwiebeln zqx."]
        }));
        define("Yearlong zqx", json!({
            "language": "en", "duration": {"minimum": "P6W", "maximum": "P1Y"}, "levels": [{"framework": "EQF", "code": "6"}]
        }));
        let mut seen = vec![];
        for (query, expected) in [
            ("skill=zqx", vec!["Yearlong zqx", "Zwiebelkunde"]),
            ("skill=ZQX+zwiebeln", vec!["Zwiebelkunde"]),
            ("skill=zqx&level=EQF:6", vec!["Yearlong zqx"]),
            ("skill=zqx&duration=P1W", vec!["Zwiebelkunde"]),
            ("skill=zqx&language=de", vec!["Zwiebelkunde"]),
            ("skill=zqx&level=EQF:6&language=de", vec![]),
        ] {
            let list = anyone.get(&format!("/public/catalogue?{query}")).expect(200);
            let mut found = names(&list);
            found.sort_unstable();
            assert_eq!(found, expected, "{query}");
            seen.push(list);
        }
        assert_eq!(seen[1]["items"][0]["microCredential"]["duration"]["maximum"], "P2D");
        assert_eq!(seen[1]["items"][0]["links"]["public"], short["links"]["public"]);
        // What is amended here is seen at once, and so is what is no micro-credential any more.
        let path = format!("/v1/achievements/{}", short["id"].as_str().unwrap());
        owner.patch(&path, &json!({"name": "Onions", "inLanguage": "de-CH"})).expect(200);
        assert_eq!(names(&anyone.get("/public/catalogue?skill=zwiebeln").expect(200)), ["Onions"]);
        owner.patch(&path, &json!({"microCredential": null, "achievementType": "Badge"})).expect(200);
        assert_eq!(names(&anyone.get("/public/catalogue?skill=onions").expect(200)), [""; 0]);
        // The issuer's new name, too.
        let issuer = format!("/v1/issuers/{}", school.issuer);
        owner.patch(&issuer, &json!({"name": "A School of Onions"})).expect(200);
        let list = anyone.get("/public/catalogue?skill=yearlong").expect(200);
        assert_eq!(list["items"][0]["issuer"]["name"], "A School of Onions");
    }

    fn the_catalogue_is_paged_and_refuses_what_it_does_not_know(server) {
        let school = server.school();
        let (owner, anyone) = (server.owner(), server.anyone());
        for number in 0..25 {
            let body = json!({
                "name": format!("pqz {number}"), "description": "x", "criteria": {"narrative": "x"},
                "achievementType": "MicroCredential"
            });
            owner.post(&format!("/v1/issuers/{}/achievements", school.issuer), &body).expect(201);
        }
        let first = anyone.get("/public/catalogue?skill=pqz");
        let list = first.expect(200);
        assert_eq!((list["total"].as_u64(), list["pages"].as_u64(), names(&list).len()), (Some(25), Some(2), 24));
        let next = anyone.get("/public/catalogue?skill=pqz&page=2").expect(200);
        assert_eq!(names(&next).len(), 1);
        for (query, rule) in [
            ("duration=fast", "bad_parameter"), ("duration=P1D", "bad_parameter"), ("page=0", "bad_parameter"),
            ("page=x", "bad_parameter"), ("skil=x", "unknown_parameter"), ("level=", "bad_parameter"),
        ] {
            let problem = anyone.get(&format!("/public/catalogue?{query}")).expect(400);
            assert_eq!(problem["errors"][0]["rule"], rule, "{query}: {problem}");
        }
        // A person is shown what can be shown.
        let page = anyone.send(Request::new("GET", "/public/catalogue?skill=pqz&duration=fast&page=99&utm=1&level=").header("Accept", "text/html"));
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(text.contains("Page 2 of 2") && text.contains("noindex"), "{text}");
    }
}
