//! Earning over HTTP: learners enrol, complete what is wanted, and hold the award.

use accolade_tests::actors::Actor;
use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

/// A course of an issuer: two assignments, an exam and a talk.
pub(crate) struct Course {
    pub(crate) issuer: String,
    pub(crate) achievement: String,
}

impl Course {
    pub(crate) fn new(server: &Server) -> Course {
        Course::with(server, &json!({}))
    }

    /// With other members of the achievement.
    pub(crate) fn with(server: &Server, more: &Value) -> Course {
        let owner = server.owner();
        let issuer = owner.register("Example University");
        let mut members = json!({
            "name": "Applied Data Skills",
            "achievementType": "MicroCredential",
            "description": "Plans, cleans, analyses and presents a data set.",
            "criteria": {"narrative": "Hand in two assignments, pass the exam, give a talk."},
            "microCredential": {"workload": {"hours": 60, "ects": 2}, "levels": [{"framework": "EQF", "code": "6"}], "duration": {"maximum": "P6W"}},
            "requirements": {"allOf": [
                {"nOf": [
                    {"id": "task-1", "kind": "assignment", "title": "Task 1", "iri": "https://lms.example.edu/task/1"},
                    {"id": "task-2", "kind": "assignment", "title": "Task 2", "iri": "https://lms.example.edu/task/2"}
                ], "n": 2},
                {"id": "exam", "kind": "assessment", "title": "Skills test", "passMark": 60, "iri": "https://lms.example.edu/quiz/7"},
                {"id": "talk", "kind": "presentation", "title": "Talk", "iri": "https://lms.example.edu/talk"}
            ]}
        });
        members.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made = owner.post(&format!("/v1/issuers/{issuer}/achievements"), &members).expect(201);
        Course { issuer, achievement: made["id"].as_str().unwrap().to_owned() }
    }

    pub(crate) fn path(&self, part: &str) -> String {
        format!("/v1/achievements/{}/{part}", self.achievement)
    }

    /// Enrols somebody and gives the path of the enrolment.
    pub(crate) fn enrol(&self, actor: &Actor, email: &str) -> String {
        let order = json!({"learner": {"email": email}});
        let enrolment = actor.post(&self.path("enrolments"), &order).expect(201);
        format!("/v1/enrolments/{}", enrolment["id"].as_str().unwrap())
    }
}

/// Completes everything of the course but the talk.
fn all_but_the_talk(actor: &Actor, enrolment: &str) {
    for completion in [
        json!({"requirement": "task-1"}),
        json!({"requirement": "task-2", "evidence": [{"id": "https://portfolio.example.org/ana/2", "name": "Map"}]}),
        json!({"requirement": "exam", "score": 87.5}),
    ] {
        let completed = actor.post(&format!("{enrolment}/completions"), &completion).expect(201);
        assert!(completed.get("award").is_none(), "{completed}");
    }
}

/// The completion of that requirement; of several the first that was told.
pub(crate) fn of<'e>(enrolment: &'e Value, requirement: &str) -> &'e Value {
    let mut completions = enrolment["completions"].as_array().unwrap().iter();
    completions.find(|completion| completion["requirement"] == requirement).unwrap()
}

/// The pointers and rules of a refusal.
pub(crate) fn faults(problem: &Value) -> Vec<(&str, &str)> {
    let faults = problem["errors"].as_array().into_iter().flatten();
    faults.map(|fault| (fault["pointer"].as_str().unwrap(), fault["rule"].as_str().unwrap())).collect()
}

on_both! {
    fn a_learner_completes_what_is_wanted_and_holds_the_award(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let order = json!({"learner": {"email": "ana@example.org", "name": "Ana Ruiz"}, "cohort": "autumn", "externalId": "moodle:1"});
        let made = owner.post(&course.path("enrolments"), &order);
        let enrolment = format!("/v1/enrolments/{}", made.expect(201)["id"].as_str().unwrap());
        assert_eq!(made.header("location"), Some(enrolment.as_str()));
        let again = owner.post(&course.path("enrolments"), &order).expect(200);
        assert_eq!(again["id"], made.json()["id"]);
        all_but_the_talk(&owner, &enrolment);
        let nearly = owner.get(&enrolment).expect(200);
        assert_eq!((&nearly["status"], &nearly["progress"]["nextSteps"]), (&json!("active"), &json!(["talk"])));
        assert_eq!(nearly["completions"].as_array().unwrap().len(), 3);
        let last = owner.post(&format!("{enrolment}/completions"), &json!({"requirement": "https://lms.example.edu/talk"})).expect(201);
        assert_eq!((&last["completion"]["requirement"], &last["enrolment"]["status"], &last["awarded"]), (&json!("talk"), &json!("awarded"), &json!(true)));
        let credential = server.anyone().get(last["award"]["links"]["credential"].as_str().unwrap()).expect(200);
        let subject = &credential["credentialSubject"];
        let values: Vec<_> = subject["result"].as_array().unwrap().iter().filter_map(|result| result["value"].as_str()).collect();
        assert!(values.contains(&"87.5"), "{subject:#}");
        assert_eq!(subject["achievement"]["volumeOfLearning"], "PT60H");
        assert!(credential["evidence"].as_array().unwrap().iter().any(|evidence| evidence["name"] == "Map"), "{credential:#}");
        let report = server.anyone().post("/v1/verify", &json!({"url": last["award"]["links"]["credential"]})).expect(200);
        assert_eq!(report["outcome"], "valid", "{report:#}");
        assert_eq!(owner.get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn what_is_told_twice_is_one_completion(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.enrol(&owner, "ana@example.org") + "/completions";
        let told = json!({"requirement": "exam", "score": 50, "externalId": "quiz-7"});
        let first = owner.post(&path, &told).expect(201);
        let second = owner.post(&path, &told).expect(200);
        assert_eq!((&second["completion"]["id"], &second["created"]), (&first["completion"]["id"], &json!(false)));
        let other = json!({"requirement": "exam", "score": 90, "externalId": "quiz-7"});
        owner.post(&path, &other).expect_problem(409, "external-id-taken");
        let keyed = || Request::new("POST", &path).header("idempotency-key", "k1").json(&json!({"requirement": "task-1"}));
        assert_eq!(owner.send(keyed()).expect(201), owner.send(keyed()).expect(201));
        let reused = Request::new("POST", &path).header("idempotency-key", "k1").json(&json!({"requirement": "task-2"}));
        owner.send(reused).expect_problem(422, "idempotency-key-reused");
    }

    fn what_is_taken_back_counts_for_nothing_until_the_award_is_made(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let enrolment = course.enrol(&owner, "ana@example.org");
        all_but_the_talk(&owner, &enrolment);
        let exam = of(&owner.get(&enrolment).expect(200), "exam")["id"].as_str().unwrap().to_owned();
        let withdraw = || owner.post(&format!("{enrolment}/completions/{exam}/withdraw"), &json!({"reason": "copied"}));
        let withdrawn = withdraw().expect(200);
        assert_eq!(withdrawn["progress"]["nextSteps"], json!(["exam", "talk"]));
        assert_eq!(withdraw().expect(200)["progress"], withdrawn["progress"]);
        let kept = owner.get(&enrolment).expect(200);
        assert_eq!(of(&kept, "exam")["withdrawnReason"], "copied");
        let talk = owner.post(&format!("{enrolment}/completions"), &json!({"requirement": "talk"})).expect(201);
        assert!(talk.get("award").is_none(), "{talk}");
        let passed = owner.post(&format!("{enrolment}/completions"), &json!({"requirement": "exam", "score": 60})).expect(201);
        assert_eq!(passed["awarded"], true);
        let path = format!("{enrolment}/completions/{}/withdraw", passed["completion"]["id"].as_str().unwrap());
        owner.post(&path, &json!({})).expect_problem(409, "enrolment-state");
        owner.post(&format!("{enrolment}/completions/00000000-0000-4000-8000-000000000000/withdraw"), &json!({})).expect_problem(404, "not-found");
    }

    fn where_approval_is_wanted_the_award_waits_for_it(server) {
        let (owner, course) = (server.owner(), Course::with(server, &json!({"approval": "coordinator"})));
        let enrolment = course.enrol(&owner, "ana@example.org");
        let approve = || owner.send(Request::new("POST", &format!("{enrolment}/approve")));
        approve().expect_problem(409, "enrolment-state");
        all_but_the_talk(&owner, &enrolment);
        let last = owner.post(&format!("{enrolment}/completions"), &json!({"requirement": "talk"})).expect(201);
        assert_eq!((&last["enrolment"]["status"], last.get("award")), (&json!("awaiting-approval"), None));
        let approved = approve().expect(200);
        assert_eq!(approved["enrolment"]["status"], "awarded");
        assert_eq!(approve().expect(200)["award"]["id"], approved["award"]["id"]);
        assert_eq!(owner.get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn whoever_leaves_can_begin_anew(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let enrolment = course.enrol(&owner, "ana@example.org");
        let leave = || owner.post(&format!("{enrolment}/leave"), &json!({"reason": "moved away"})).expect(200);
        assert_eq!((&leave()["status"], &leave()["statusReason"]), (&json!("withdrawn"), &json!("moved away")));
        owner.post(&format!("{enrolment}/completions"), &json!({"requirement": "talk"})).expect_problem(409, "enrolment-state");
        assert_ne!(course.enrol(&owner, "ana@example.org"), enrolment);
    }

    fn an_enrolment_keeps_its_requirements_until_it_is_transferred(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let enrolment = course.enrol(&owner, "ana@example.org");
        all_but_the_talk(&owner, &enrolment);
        let only = json!({"requirements": {"allOf": [{"id": "exam", "kind": "assessment", "title": "Skills test", "passMark": 60}, {"id": "essay", "kind": "assignment", "title": "Essay"}]}});
        owner.patch(&format!("/v1/achievements/{}", course.achievement), &only).expect(200);
        let before = owner.get(&enrolment).expect(200);
        assert_eq!((&before["achievementVersion"], &before["progress"]["nextSteps"]), (&json!(1), &json!(["talk"])));
        let after = owner.send(Request::new("POST", &format!("{enrolment}/transfer"))).expect(200);
        assert_eq!((&after["achievementVersion"], &after["progress"]["nextSteps"]), (&json!(2), &json!(["essay"])));
    }

    fn a_link_to_progress_can_be_revoked(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let path = course.enrol(&owner, "ana@example.org") + "/progress-link";
        let link = owner.post(&path, &json!({"expiresAt": "2026-12-01T00:00:00Z"})).expect(200);
        assert_eq!(link["expiresAt"], "2026-12-01T00:00:00Z");
        let url = link["url"].as_str().unwrap();
        assert!(url.starts_with("https://badges.example.edu/progress/") && !url.contains("ana"), "{url}");
        let token = url.rsplit('/').next().unwrap();
        assert!(server.office.progress_by_link(token).unwrap().is_some());
        owner.send(Request::new("DELETE", &path)).expect_empty(204);
        owner.send(Request::new("DELETE", &path)).expect_empty(204);
        assert!(server.office.progress_by_link(token).unwrap().is_none());
        for (body, pointer, rule) in [
            (json!({"expiresAt": "tomorrow"}), "/expiresAt", "date_time"),
            (json!({"expires": "2026-12-01T00:00:00Z"}), "/expires", "unknown_member"),
        ] {
            assert_eq!(faults(&owner.post(&path, &body).expect_problem(422, "rejected")), [(pointer, rule)]);
        }
    }

    fn the_roster_is_listed_by_cohort_and_status(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        for (email, cohort) in [("a@example.org", "spring"), ("b@example.org", "autumn"), ("c@example.org", "autumn")] {
            owner.post(&course.path("enrolments"), &json!({"learner": {"email": email}, "cohort": cohort})).expect(201);
        }
        let list = |query: &str| owner.get(&course.path(&format!("enrolments?{query}"))).expect(200);
        assert_eq!(list("cohort=autumn")["items"].as_array().unwrap().len(), 2);
        assert_eq!(list("status=active")["items"].as_array().unwrap().len(), 3);
        assert_eq!(list("status=awarded&cohort=autumn")["items"], json!([]));
        let first = list("limit=2");
        let second = list(&format!("limit=2&cursor={}", first["next"].as_str().unwrap()));
        assert_eq!((first["items"].as_array().unwrap().len(), second["items"].as_array().unwrap().len()), (2, 1));
        assert!(first["items"][0].get("completions").is_none() && first["items"][0]["progress"]["share"] == 0.0);
        for query in ["status=done", "status=", "cohort=", "state=active", "limit=0"] {
            owner.get(&course.path(&format!("enrolments?{query}"))).expect_problem(400, "bad-parameter");
        }
        owner.get(&course.path("enrolments?cursor=x")).expect_problem(400, "bad-cursor");
    }

    fn a_report_tells_how_far_each_cohort_is(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        for (email, cohort) in [("a@example.org", "=spring"), ("b@example.org", "autumn")] {
            let order = json!({"learner": {"email": email}, "cohort": cohort});
            let enrolment = owner.post(&course.path("enrolments"), &order).expect(201);
            if cohort == "autumn" {
                let path = format!("/v1/enrolments/{}", enrolment["id"].as_str().unwrap());
                server.clock.set("2026-11-25T10:00:00Z");
                all_but_the_talk(&owner, &path);
                owner.post(&format!("{path}/completions"), &json!({"requirement": "talk"})).expect(201);
            }
        }
        let report = owner.get(&course.path("report")).expect(200);
        let counts = |cohort: &Value| ["enrolled", "active", "completed", "awarded"].map(|name| cohort[name].as_u64().unwrap());
        assert_eq!(counts(&report["total"]), [2, 1, 1, 1], "{report}");
        let autumn = owner.get(&course.path("report?cohort=autumn")).expect(200);
        assert_eq!(counts(&autumn["total"]), [1, 1, 1, 1], "{autumn}");
        let table = owner.get_as(&course.path("report"), "text/csv");
        assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(table.body, owner.get(&course.path("report?format=csv")).body);
        let text = table.text();
        assert!(text.starts_with("cohort,enrolled,") && text.contains("\n'=spring,1,0,0,") && text.contains("\n(all),2,1,1,0,1,"), "{text}");
        owner.get(&course.path("report?format=xml")).expect_problem(400, "bad-parameter");
    }

    fn a_learner_can_be_erased(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        let enrolment = course.enrol(&owner, "ana@example.org");
        all_but_the_talk(&owner, &enrolment);
        let learner = owner.get(&enrolment).expect(200)["learner"]["id"].as_str().unwrap().to_owned();
        let erase = || owner.post(&format!("/v1/learners/{learner}/erase"), &json!({"reason": "asked for it"}));
        erase().expect_empty(204);
        erase().expect_empty(204);
        let left = owner.get(&enrolment).text().to_owned();
        assert!(!left.contains("ana@example.org") && !left.contains("portfolio.example.org"), "{left}");
    }

    fn bad_orders_are_refused_with_their_places(server) {
        let (owner, course) = (server.owner(), Course::new(server));
        for (order, pointer, rule) in [
            (json!({}), "/learner", "required"),
            (json!({"learner": {}}), "/learner", "one_identity"),
            (json!({"learner": {"email": "ana"}}), "/learner/email", "email"),
            (json!({"learner": {"email": "a@example.org", "externalId": "1"}}), "/learner", "one_identity"),
            (json!({"learner": {"email": "a@example.org"}, "cohrt": "x"}), "/cohrt", "unknown_member"),
            (json!({"learner": {"email": "a@example.org"}, "cohort": ""}), "/cohort", "empty"),
            (json!({"learner": {"email": "a@example.org"}, "beginsAt": "2026-11-23T10:00:00Z", "endsAt": "2026-11-22T10:00:00Z"}), "/endsAt", "order"),
            (json!([]), "", "wrong_type"),
        ] {
            let problem = owner.post(&course.path("enrolments"), &order).expect_problem(422, "rejected");
            assert!(faults(&problem).contains(&(pointer, rule)), "{order}: {problem}");
        }
        let path = course.enrol(&owner, "ana@example.org") + "/completions";
        for (order, pointer, rule) in [
            (json!({}), "/requirement", "required"),
            (json!({"requirement": "exma"}), "/requirement", "unknown_requirement"),
            (json!({"requirement": "exam", "score": 101}), "/score", "range"),
            (json!({"requirement": "exam", "source": "rumour"}), "/source", "choice"),
            (json!({"requirement": "exam", "evidence": [{"name": "nothing"}]}), "/evidence/0", "required"),
            (json!({"requirement": "exam", "hours": 0}), "/hours", "range"),
            (json!({"requirement": "exam", "statement": "passed"}), "/statement", "wrong_type"),
            (json!({"requirement": "exam", "learner": {"email": "a@example.org"}}), "/learner", "unknown_member"),
        ] {
            let problem = owner.post(&path, &order).expect_problem(422, "rejected");
            assert!(faults(&problem).contains(&(pointer, rule)), "{order}: {problem}");
        }
        let school = server.school();
        let order = json!({"learner": {"email": "a@example.org"}});
        owner.post(&format!("/v1/achievements/{}/enrolments", school.achievement), &order).expect_problem(409, "enrolment-state");
        owner.post("/v1/achievements/00000000-0000-4000-8000-000000000000/enrolments", &order).expect_problem(404, "not-found");
        owner.get("/v1/enrolments/%00").expect_problem(404, "not-found");
    }
}
