//! Completions as learning systems send them: one or many, as JSON or as a table.

use accolade_tests::actors::Actor;
use accolade_tests::exchange::{Answer, Request};
use serde_json::{Value, json};

use crate::earning::{Course, faults};
use crate::on_both;

/// Sends a table.
fn table(actor: &Actor, path: &str, text: &str) -> Answer {
    actor.send(Request::new("POST", path).header("content-type", "text/csv").body(text))
}

/// The places and first rules of what failed.
fn failed(report: &Value) -> Vec<(u64, &str)> {
    let place = |failure: &Value| failure["line"].as_u64().or(failure["index"].as_u64()).unwrap();
    let failures = report["failed"].as_array().unwrap().iter();
    failures.map(|failure| (place(failure), failure["errors"][0]["rule"].as_str().unwrap())).collect()
}

/// How many were done, created and awarded.
fn counts(report: &Value) -> [u64; 4] {
    ["rows", "done", "created", "awarded"]
        .map(|name| report[name].as_u64().unwrap_or_else(|| panic!("{report}")))
}

/// Everything the course wants of a learner, but the exam.
fn rest_of(email: &str) -> Vec<Value> {
    let rest = ["task-1", "task-2", "talk"].iter();
    rest.map(|requirement| json!({"learner": {"email": email}, "requirement": requirement})).collect()
}

const TABLE: &str = "email;name;requirement;score;success;externalId\r\n\
    ana@example.org;\"Ruiz; Ana\";exam;87.5;;1\r\n\
    bo@example.org;;exam;12;false;2\r\n\
    \r\n\
    cy@example;;exam;80;;3\r\n\
    di@example.org;;exma;80;;4\r\n\
    ed@example.org;;exam;80,5;;5\r\n\
    fi@example.org;;exam\r\n\
    gu@example.org;;talk;;;6\r\n";

on_both! {
    fn one_completion_enrols_and_the_last_one_awards(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.path("completions");
        let exam = json!({"learner": {"email": "ana@example.org", "name": "Ana Ruiz"}, "requirement": "exam", "score": 87.5, "externalId": "1"});
        let report = owner.post(&path, &exam).expect(200);
        assert_eq!(counts(&report), [1, 1, 1, 0]);
        assert!(report["items"][0].get("index").is_none(), "{report}");
        assert_eq!(counts(&owner.post(&path, &exam).expect(200)), [1, 1, 0, 0]);
        let report = owner.post(&path, &Value::Array(rest_of("ana@example.org"))).expect(200);
        assert_eq!(counts(&report), [3, 3, 3, 1]);
        let award = report["items"][2]["awardId"].as_str().unwrap();
        assert_eq!(owner.get(&format!("/v1/credentials/{award}")).expect(200)["status"], "active");
        assert_eq!(report["items"][0].get("awardId"), None, "{report}");
    }

    fn of_a_table_all_is_done_or_nothing(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let problem = table(&owner, &course.path("completions"), TABLE).expect_problem(422, "rejected");
        let told: Vec<&str> = problem["errors"].as_array().unwrap().iter()
            .map(|fault| fault["detail"].as_str().unwrap().split(':').next().unwrap()).collect();
        assert_eq!(told, ["line 5", "line 6", "line 7", "line 8"], "{problem}");
        let pointers = ["/learner/email", "/requirement", "/score", ""];
        assert!(faults(&problem).iter().map(|(pointer, _)| *pointer).eq(pointers), "{problem}");
        assert_eq!(owner.get(&course.path("enrolments")).expect(200)["items"], json!([]));
        let good: String = TABLE.lines().filter(|line| !["cy", "di", "ed", "fi"].iter().any(|bad| line.starts_with(bad))).map(|line| line.to_owned() + "\n").collect();
        assert_eq!(counts(&table(&owner, &course.path("completions"), &good).expect(200)), [3, 3, 3, 0]);
    }

    fn of_a_table_the_good_rows_are_done_where_one_says_so(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.path("completions?onError=skip");
        let report = table(&owner, &path, TABLE).expect(200);
        assert_eq!(counts(&report), [7, 3, 3, 0]);
        assert_eq!(failed(&report), [(5, "email"), (6, "unknown_requirement"), (7, "wrong_type"), (8, "cells")]);
        let lines: Vec<_> = report["items"].as_array().unwrap().iter().map(|item| item["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [2, 3, 9]);
        let again = table(&owner, &path, TABLE).expect(200);
        assert_eq!((counts(&again), failed(&again)), ([7, 3, 0, 0], failed(&report)));
        let other = TABLE.replace("87.5", "90");
        let conflict = table(&owner, &path, &other).expect(200);
        assert_eq!(failed(&conflict)[0], (2, "external_id_taken"));
        table(&owner, &course.path("completions"), &other.replace("cy@example", "cy@example.org"))
            .expect_problem(422, "rejected");
    }

    fn a_dry_run_tells_what_would_come_of_it_and_does_nothing(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.path("completions");
        owner.post(&path, &json!({"learner": {"email": "ana@example.org"}, "requirement": "exam", "score": 87.5})).expect(200);
        let mut many = rest_of("ana@example.org");
        many.extend(rest_of("bo@example.org"));
        many.push(json!({"learner": {"email": "cy@example.org"}, "requirement": "exma"}));
        many.push(json!({"learner": {}, "requirement": "exam"}));
        let report = owner.post(&(path.clone() + "?dryRun=true"), &Value::Array(many.clone())).expect(200);
        assert_eq!((&report["dryRun"], &report["items"], counts(&report)), (&json!(true), &json!([]), [8, 0, 0, 0]));
        assert_eq!(failed(&report), [(6, "unknown_requirement"), (7, "one_identity")]);
        let foreseen = &report["foreseen"];
        assert_eq!((&foreseen["wouldAward"], &foreseen["wouldEnrol"]), (&json!(1), &json!(1)), "{foreseen:#}");
        assert_eq!((&foreseen["sample"][0]["awarded"], &foreseen["sample"][0]["learner"]["email"]), (&json!(true), &json!("ana@example.org")));
        assert!(foreseen.get("faults").is_none(), "{foreseen}");
        assert_eq!(owner.get(&course.path("enrolments")).expect(200)["items"].as_array().unwrap().len(), 1);
        many.truncate(6);
        let done = owner.post(&path, &Value::Array(many)).expect(200);
        assert_eq!(counts(&done), [6, 6, 6, 1]);
    }

    fn a_batch_is_of_some_known_kind_and_not_too_large(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.path("completions");
        let one = json!({"learner": {"email": "ana@example.org"}, "requirement": "exam"});
        for (body, pointer, rule) in [
            (json!([]), "", "empty"),
            (Value::Array(vec![one.clone(); 1001]), "", "too_many"),
            (json!([one, {"learner": {"email": "ana@example.org"}}]), "/1/requirement", "required"),
            (json!([one, 7]), "/1", "wrong_type"),
            (json!({"requirement": "exam"}), "/learner", "required"),
            (json!({"learner": {"email": "ana@example.org"}, "requirement": "exam", "scroe": 1}), "/scroe", "unknown_member"),
        ] {
            let problem = owner.post(&path, &body).expect_problem(422, "rejected");
            assert!(faults(&problem).contains(&(pointer, rule)), "{problem}");
        }
        for (text, rule) in [("", "empty"), ("email,requirement\n", "empty"), ("emial,requirement\na,b\n", "unknown_member"), ("email\na@example.org\n", "required")] {
            let problem = table(&owner, &path, text).expect_problem(422, "rejected");
            assert_eq!(faults(&problem), [("", rule)], "{text}");
        }
        owner.send(Request::new("POST", &path).header("content-type", "text/plain").body("x")).expect_problem(415, "unsupported-media-type");
        for query in ["dryRun=yes", "onError=ignore", "dryrun=true"] {
            owner.post(&format!("{path}?{query}"), &one).expect_problem(400, "bad-parameter");
        }
        table(&owner, &path, &"x".repeat((4 << 20) + 1)).expect_problem(413, "too-large");
        assert_eq!(owner.get(&course.path("enrolments")).expect(200)["items"], json!([]));
        let nowhere = "/v1/achievements/00000000-0000-4000-8000-000000000000/completions";
        owner.post(nowhere, &json!({"learner": {"email": "a@example.org"}, "requirement": "x"})).expect_problem(404, "not-found");
    }

    fn ten_thousand_rows_are_taken_at_once(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let rows = (0..10_000).map(|row| match row % 1000 {
            999 => format!("learner{row}@example.org,exma,{row}\n"),
            _ => format!("learner{}@example.org,task-1,{row}\n", row % 200),
        });
        let text = "email,requirement,externalId\n".to_owned() + &rows.collect::<String>();
        let report = table(&owner, &course.path("completions?dryRun=true"), &text).expect(200);
        let lines: Vec<u64> = failed(&report).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1001, 2001, 3001, 4001, 5001, 6001, 7001, 8001, 9001, 10001]);
        assert_eq!(report["foreseen"]["learners"], 200, "{}", report["foreseen"]["learners"]);
        let too_many = text + "a@example.org,task-1,x\n";
        let problem = table(&owner, &course.path("completions"), &too_many).expect_problem(422, "rejected");
        assert_eq!(faults(&problem), [("", "too_many")]);
    }
}
