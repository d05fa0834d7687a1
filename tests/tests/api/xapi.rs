//! Learning systems report by xAPI statements.

use accolade_issuing::Scope;
use accolade_tests::actors::Actor;
use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::earning::{Course, faults, of};
use crate::on_both;

fn id(number: u32) -> String {
    format!("6690e6c9-3ef0-4ed3-8b37-{number:012}")
}

fn statement(number: u32, verb: &str, activity: &str) -> Value {
    json!({
        "id": id(number),
        "actor": {"mbox": "mailto:ana@example.org", "name": "Ana Ruiz"},
        "verb": {"id": format!("http://adlnet.gov/expapi/verbs/{verb}")},
        "object": {"id": activity, "definition": {"name": {"en": "Something"}}},
        "timestamp": "2026-11-20T15:30:00.123Z"
    })
}

fn report(actor: &Actor, body: &Value) -> Answer {
    actor
        .send(Request::new("POST", "/xapi/statements").header("x-experience-api-version", "1.0.3").json(body))
}

fn put(actor: &Actor, id: &str, body: &Value) -> Answer {
    let request = Request::new("PUT", &format!("/xapi/statements?statementId={id}"));
    actor.send(request.header("x-experience-api-version", "1.0.3").json(body))
}

/// The only enrolment of the course, with its completions.
fn enrolment(server: &Server, course: &Course) -> Value {
    let list = server.owner().get(&course.path("enrolments")).expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    server.owner().get(&format!("/v1/enrolments/{}", list["items"][0]["id"].as_str().unwrap())).expect(200)
}

const TASK_1: &str = "https://lms.example.edu/task/1";
const TASK_2: &str = "https://lms.example.edu/task/2";
const EXAM: &str = "https://lms.example.edu/quiz/7";

on_both! {
    fn a_course_reported_by_statements_ends_with_an_award(server) {
        let course = Course::new(server);
        let lms = server.holder_of(&[Scope::EnrolmentsWrite], Some(&course.issuer));
        let mut exam = statement(3, "passed", EXAM);
        exam["result"] = json!({"score": {"scaled": 0.875}, "success": true, "duration": "PT45M"});
        let own = format!("https://badges.example.edu/public/achievements/{}#talk", course.achievement);
        let all = json!([statement(1, "completed", TASK_1), statement(2, "completed", TASK_2), exam, statement(4, "initialized", EXAM), statement(5, "attended", &own)]);
        let answer = report(&lms, &all);
        assert_eq!(answer.expect(200), json!([id(1), id(2), id(3), id(4), id(5)]));
        assert_eq!((answer.header("x-experience-api-version"), answer.header("x-accolade-kept")), (Some("1.0.3"), Some("4")));
        let enrolment = enrolment(server, &course);
        assert_eq!((&enrolment["status"], &enrolment["learner"]["name"]), (&json!("awarded"), &json!("Ana Ruiz")));
        let passed = of(&enrolment, "exam");
        assert_eq!((&passed["source"], &passed["score"], &passed["hours"], &passed["at"]), (&json!("xapi"), &json!(87.5), &json!(0.75), &json!("2026-11-20T15:30:00Z")));
        assert_eq!((&passed["statement"]["object"]["id"], &passed["externalId"]), (&json!(EXAM), &json!(id(3))));
        let credential = server.anyone().get(&format!("/public/credentials/{}.json", enrolment["awardId"].as_str().unwrap())).expect(200);
        assert!(!credential.to_string().contains("mailto:"), "a statement is no public evidence");
        assert_eq!(report(&lms, &all).expect(200), json!([id(1), id(2), id(3), id(4), id(5)]));
        assert_eq!(server.owner().get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn a_statement_is_known_by_its_id(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let first = statement(1, "completed", TASK_1);
        put(&owner, &id(1), &first).expect_empty(204);
        put(&owner, &id(1).to_uppercase(), &first).expect_empty(204);
        let mut elsewhere = first.clone();
        elsewhere["stored"] = "2026-11-21T00:00:00Z".into();
        elsewhere["version"] = "1.0.0".into();
        elsewhere["authority"] = json!({"mbox": "mailto:lms@example.edu"});
        report(&owner, &elsewhere).expect(200);
        assert_eq!(enrolment(server, &course)["completions"].as_array().unwrap().len(), 1);
        let mut other = first.clone();
        other["verb"]["id"] = "http://adlnet.gov/expapi/verbs/failed".into();
        report(&owner, &other).expect_problem(409, "statement-taken");
        other = first.clone();
        other["actor"]["mbox"] = "mailto:bo@example.org".into();
        put(&owner, &id(1), &other).expect_problem(409, "statement-taken");
        put(&owner, &id(2), &first).expect_problem(400, "bad-statement");
        let mut nameless = statement(3, "completed", TASK_2);
        nameless.as_object_mut().unwrap().remove("id");
        put(&owner, &id(3), &nameless).expect_empty(204);
        put(&owner, &id(3), &nameless).expect_empty(204);
        let given = report(&owner, &nameless).expect(200);
        assert_eq!(given[0].as_str().unwrap().len(), 36);
        assert_eq!(enrolment(server, &course)["completions"].as_array().unwrap().len(), 3);
    }

    fn a_voided_statement_counts_for_nothing(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        report(&owner, &json!([statement(1, "completed", TASK_1), statement(2, "completed", TASK_2)])).expect(200);
        let voiding = |number: u32, voided: u32| {
            let mut voiding = statement(number, "voided", "x:y");
            voiding["object"] = json!({"objectType": "StatementRef", "id": id(voided)});
            voiding
        };
        let answer = report(&owner, &voiding(10, 2));
        assert_eq!((answer.expect(200), answer.header("x-accolade-kept")), (json!([id(10)]), Some("1")));
        report(&owner, &voiding(10, 2)).expect(200);
        let unknown = report(&owner, &voiding(11, 99));
        assert_eq!((unknown.status, unknown.header("x-accolade-kept")), (200, Some("0")));
        let after = enrolment(server, &course);
        assert_eq!(after["progress"]["nextSteps"], json!(["task-2", "exam", "talk"]));
        assert!(of(&after, "task-2")["withdrawnReason"].as_str().unwrap().contains(&id(10)), "{after}");
        let stranger = server.stranger();
        assert_eq!(report(&stranger, &voiding(12, 1)).header("x-accolade-kept"), Some("0"));
        assert_eq!(enrolment(server, &course)["progress"], after["progress"]);
    }

    fn learners_are_known_in_every_way_that_names_one(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        for (number, (actor, identity)) in [
            (json!({"account": {"homePage": "https://lms.example.edu", "name": "4711"}}), json!({"accountId": "https://lms.example.edu#4711"})),
            (json!({"openid": "https://ana.example.org/"}), json!({"url": "https://ana.example.org/"})),
            (json!({"mbox": "mailto:ana@example.org", "name": "undefined"}), json!({"email": "ana@example.org"})),
        ].into_iter().enumerate() {
            let mut told = statement(u32::try_from(number).unwrap(), "completed", TASK_1);
            told["actor"] = actor;
            report(&owner, &told).expect(200);
            let list = owner.get(&course.path("enrolments")).expect(200);
            assert!(list["items"].as_array().unwrap().iter().any(|item| item["learner"]["identity"] == identity), "{list}");
        }
        for (actor, pointer, rule) in [
            (json!({"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}), "/actor/mbox_sha1sum", "unknown_learner"),
            (json!({"objectType": "Group", "member": [{"mbox": "mailto:a@example.org"}]}), "/actor", "group"),
            (json!({"mbox": "mailto:ana@localhost"}), "/actor/mbox", "email"),
        ] {
            let mut told = statement(9, "completed", TASK_1);
            told["actor"] = actor;
            assert_eq!(faults(&report(&owner, &told).expect_problem(400, "bad-statement")), [(pointer, rule)]);
            told["object"]["id"] = "https://lms.example.edu/unknown".into();
            report(&owner, &told).expect(200);
        }
    }

    fn what_is_about_nothing_here_is_passed_over(server) {
        let course = Course::new(server);
        let stranger = server.stranger();
        for told in [
            statement(1, "completed", "https://lms.example.edu/unknown"),
            statement(2, "progressed", TASK_1),
            statement(3, "completed", "https://badges.example.edu/public/achievements/00000000-0000-4000-8000-000000000000#talk"),
            statement(4, "completed", &format!("https://badges.example.edu/public/achievements/{}", course.achievement)),
            statement(5, "completed", &format!("https://badges.example.edu/public/achievements/{}#nothing", course.achievement)),
        ] {
            let answer = report(&server.owner(), &told);
            assert_eq!((answer.status, answer.header("x-accolade-kept")), (200, Some("0")), "{told}: {}", answer.told());
        }
        for told in [statement(6, "completed", TASK_1), statement(7, "completed", &format!("https://badges.example.edu/public/achievements/{}#talk", course.achievement))] {
            assert_eq!(report(&stranger, &told).header("x-accolade-kept"), Some("0"));
        }
        assert_eq!(server.owner().get(&course.path("enrolments")).expect(200)["items"], json!([]));
    }

    fn one_activity_may_count_for_several_achievements(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let second = json!({"name": "Reading", "description": "Reads.", "criteria": {"narrative": "Read."},
            "requirements": {"id": "reading", "kind": "assignment", "title": "Reading", "iri": TASK_1}});
        owner.post(&format!("/v1/issuers/{}/achievements", course.issuer), &second).expect(201);
        report(&owner, &statement(1, "completed", TASK_1)).expect(200);
        assert_eq!(owner.get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(enrolment(server, &course)["progress"]["nextSteps"], json!(["task-2", "exam", "talk"]));
    }

    fn what_is_wrong_with_any_is_told_and_nothing_is_done(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let good = statement(1, "completed", TASK_1);
        let with = |number: u32, pointer: &str, value: Value| {
            let mut told = statement(number, "completed", TASK_2);
            *told.pointer_mut(pointer).unwrap() = value;
            told
        };
        for (body, pointer, rule) in [
            (json!([good, with(2, "/actor/mbox", json!("ana@example.org"))]), "/1/actor/mbox", "mbox"),
            (json!([good, with(2, "/verb/id", json!("completed"))]), "/1/verb/id", "iri"),
            (json!([good, good]), "/1/id", "repeated"),
            (json!([good, 1]), "/1", "wrong_type"),
            (json!([]), "", "size"),
            (with(2, "/timestamp", json!("yesterday")), "/timestamp", "date_time"),
            (with(2, "/object", json!(null)), "/object", "null"),
            (json!({}), "/actor", "required"),
        ] {
            let problem = report(&owner, &body).expect_problem(400, "bad-statement");
            assert!(faults(&problem).contains(&(pointer, rule)), "{body}: {problem}");
        }
        let mut huge = statement(2, "completed", TASK_2);
        huge["result"] = json!({"response": "x".repeat(70_000)});
        assert_eq!(faults(&report(&owner, &json!([good, huge])).expect_problem(400, "bad-statement")), [("/1", "too_long")]);
        assert_eq!(owner.get(&course.path("enrolments")).expect(200)["items"], json!([]));
        for query in ["", "?statementId=", "?statementID=x", "?statementId=x"] {
            let request = Request::new("PUT", &format!("/xapi/statements{query}")).header("x-experience-api-version", "1.0.3").json(&good);
            assert_eq!(owner.send(request).status, 400, "{query}");
        }
        owner.get("/xapi/statements").expect_problem(405, "method-not-allowed");
        let parts = Request::new("POST", "/xapi/statements").header("x-experience-api-version", "1.0.3").header("content-type", "multipart/mixed; boundary=x").body("--x--");
        owner.send(parts).expect_problem(415, "unsupported-media-type");
    }

    fn the_version_is_told_and_asked_for(server) {
        let owner = server.owner();
        let about = server.anyone().get("/xapi/about");
        assert_eq!((about.expect(200), about.header("x-experience-api-version")), (json!({"version": ["1.0.3"]}), Some("1.0.3")));
        let ask = |version: Option<&str>| {
            let request = Request::new("POST", "/xapi/statements").json(&statement(1, "completed", "https://lms.example.edu/unknown"));
            owner.send(version.map_or(request.clone(), |version| request.clone().header("x-experience-api-version", version)))
        };
        for version in ["1.0", "1.0.0", "1.0.3"] {
            ask(Some(version)).expect(200);
        }
        for version in [None, Some("2.0.0"), Some("0.95"), Some("")] {
            let refused = ask(version);
            refused.expect_problem(400, "unreadable");
            assert_eq!(refused.header("x-experience-api-version"), Some("1.0.3"), "{version:?}");
        }
    }

    fn a_learning_system_may_come_with_basic_authentication(server) {
        use base64::Engine as _;
        let (course, scopes) = (Course::new(server), [Scope::EnrolmentsWrite]);
        let (key, secret) = server.new_key(&scopes, Some(&course.issuer));
        let (other, _) = server.new_key(&scopes, Some(&course.issuer));
        let basic = |pair: &str| format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair));
        let ask = |path: &str, authorization: &str| {
            let request = Request::new("POST", path).header("x-experience-api-version", "1.0.3").header("authorization", authorization);
            server.anyone().send(request.json(&statement(1, "completed", TASK_1)))
        };
        ask("/xapi/statements", &basic(&format!("{key}:{secret}"))).expect(200);
        for wrong in [format!("{other}:{secret}"), format!("{key}:{secret}x"), format!(":{secret}"), secret.clone(), format!("{key}:"), format!("{key}:{}", "x".repeat(5000))] {
            let refused = ask("/xapi/statements", &basic(&wrong));
            refused.expect_problem(401, "unauthenticated");
            assert!(refused.header("www-authenticate").unwrap().contains("Basic realm"), "{}", refused.told());
        }
        ask("/xapi/statements", "Basic ***").expect_problem(401, "unauthenticated");
        ask("/v1/issuers", &basic(&format!("{key}:{secret}"))).expect_problem(401, "unauthenticated");
        let (reader, secret) = server.new_key(&[Scope::EnrolmentsRead], None);
        ask("/xapi/statements", &basic(&format!("{reader}:{secret}"))).expect_problem(403, "forbidden");
    }
}
