//! Earning: from enrolling to the award, and everything that may happen on the way.

use accolade_issuing::{
    AwardStatus, Caller, Completed, CompletionOrder, ConflictKind, Enrolment, EnrolmentFilter,
    EnrolmentOrder, EnrolmentStatus, Fault, IdempotencyKey, LearnerOrder, OfficeError, PageRequest, Scope,
};
use serde_json::{Value, json};

use crate::support::{House, School, faults, full_order, school, to_ana};

pub(crate) fn course() -> Value {
    json!({
        "microCredential": { "competency": { "name": "Data", "levels": "dreyfus" } },
        "requirements": { "allOf": [
            { "nOf": [
                { "id": "day-1", "kind": "workshop", "title": "First day" },
                { "id": "day-2", "kind": "workshop", "title": "Second day" },
            ], "n": 1 },
            { "id": "essay", "kind": "assignment", "title": "Essay", "evidenceNeeded": true,
              "iri": "https://lms.example.edu/activities/essay" },
            { "id": "test", "kind": "assessment", "title": "Test", "passMark": 60 },
            { "id": "talk", "kind": "presentation", "title": "Talk", "rubricLevel": "competent" },
            { "id": "practice", "kind": "hours", "title": "Practice", "hours": 10 },
        ]},
    })
}

/// Completions that satisfy the course, one of them more than is needed.
pub(crate) fn completions() -> Vec<Value> {
    vec![
        json!({ "requirement": "day-2", "at": "2026-11-02T16:00:00Z", "source": "event", "externalId": "a" }),
        json!({ "requirement": "https://lms.example.edu/activities/essay", "at": "2026-11-05T16:00:00Z", "externalId": "b",
            "evidence": [{ "id": "https://lms.example.edu/essays/1", "narrative": "On bicycles." }], "vouchedBy": "Dr. Lee" }),
        json!({ "requirement": "test", "score": 71.5, "at": "2026-11-06T16:00:00Z", "source": "xapi", "externalId": "c",
            "statement": { "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0" } }),
        json!({ "requirement": "test", "score": 59, "at": "2026-11-05T16:00:00Z", "externalId": "d" }),
        json!({ "requirement": "talk", "level": "proficient", "at": "2026-11-07T16:00:00Z", "externalId": "e" }),
        json!({ "requirement": "practice", "hours": 4, "at": "2026-11-08T16:00:00Z", "externalId": "f" }),
        json!({ "requirement": "practice", "hours": 6.5, "at": "2026-11-09T16:00:00Z", "externalId": "g" }),
    ]
}

pub(crate) fn school_with(course: &Value) -> School {
    let mut school = school();
    school.achievement = school
        .house
        .office
        .amend_achievement(&Caller::system(), &school.achievement.id, course, None)
        .unwrap();
    school
}

fn ana() -> Value {
    json!({ "learner": { "email": "ana@example.org", "name": "Ana Ruiz" }, "cohort": "2026", "externalId": "sis-17",
        "beginsAt": "2026-11-01T00:00:00Z" })
}

fn learner(value: &Value) -> LearnerOrder {
    LearnerOrder::parse(value).unwrap()
}

impl School {
    pub(crate) fn enrol(&self, body: &Value) -> Enrolment {
        let order = EnrolmentOrder::parse(body).unwrap();
        self.house.office.enrol(&Caller::system(), &self.achievement.id, &order, None).unwrap().enrolment
    }

    pub(crate) fn try_complete(&self, enrolment: &str, body: &Value) -> Result<Completed, OfficeError> {
        let order = CompletionOrder::parse(body).map_err(OfficeError::Rejected)?;
        self.house.office.complete(&Caller::system(), enrolment, &order, None)
    }

    pub(crate) fn complete(&self, enrolment: &str, body: &Value) -> Completed {
        self.try_complete(enrolment, body).unwrap()
    }

    fn look(&self, enrolment: &str) -> Enrolment {
        self.house.office.enrolment(&Caller::system(), enrolment).unwrap()
    }

    pub(crate) fn awards(&self) -> usize {
        let all = PageRequest { limit: Some(200), cursor: None };
        self.house
            .office
            .credentials(&Caller::system(), &accolade_issuing::CredentialFilter::default(), &all)
            .unwrap()
            .items
            .len()
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> ConflictKind {
    match result {
        Err(OfficeError::Conflict { kind, .. }) => kind,
        other => panic!("no conflict: {other:?}"),
    }
}

#[test]
fn a_learner_walks_from_the_enrolment_to_the_award_with_results_and_evidence_in_it() {
    let school = school_with(&course());
    let enrolment = school.enrol(&ana());
    assert_eq!((enrolment.status, enrolment.achievement_version), (EnrolmentStatus::Active, 2));
    assert_eq!(enrolment.progress.next_steps, ["day-1", "day-2", "essay", "test", "talk", "practice"]);
    let mut last = None;
    for (place, body) in completions().iter().enumerate() {
        let completed = school.complete(&enrolment.id, body);
        assert!(completed.created);
        assert_eq!(completed.award.is_some(), place == 6, "{place}");
        assert_eq!(completed.awarded, place == 6);
        last = Some(completed);
    }
    let Completed { award, enrolment: after, .. } = last.unwrap();
    let award = award.unwrap();
    assert_eq!(
        (after.status, after.award_id.as_deref()),
        (EnrolmentStatus::Awarded, Some(award.id.as_str()))
    );
    assert!(after.completed_at.is_some() && after.progress.satisfied);
    assert_eq!(
        (award.achievement_version, award.external_id.unwrap()),
        (Some(2), format!("enrolment:{}", after.id))
    );

    let document =
        school.house.credential_json(&school.house.office.credential(&Caller::system(), &award.id).unwrap());
    let subject = &document["credentialSubject"];
    let id = subject["achievement"]["id"].as_str().unwrap();
    let of = |fragment: &str| format!("{id}#{fragment}");
    assert_eq!(
        subject["result"],
        json!([
            { "type": ["Result"], "resultDescription": of("requirement-day-2"), "status": "Completed" },
            { "type": ["Result"], "resultDescription": of("requirement-essay"), "status": "Completed" },
            { "type": ["Result"], "resultDescription": of("requirement-test"), "value": "71.5" },
            { "type": ["Result"], "resultDescription": of("requirement-talk"), "status": "Completed" },
            { "type": ["Result"], "resultDescription": of("competency"), "achievedLevel": of("competency-proficient") },
            { "type": ["Result"], "resultDescription": of("requirement-practice"), "value": "10.5" },
        ])
    );
    assert_eq!(
        document["evidence"],
        json!([{ "type": ["Evidence"], "id": "https://lms.example.edu/essays/1", "narrative": "On bicycles.", "name": "Essay",
            "genre": "assignment" }])
    );
    assert_eq!(subject["activityStartDate"], "2026-11-01T00:00:00Z");
    assert_eq!(subject["activityEndDate"], "2026-11-09T16:00:00Z");
    assert_eq!(subject["creditsEarned"], 2);
    let described: Vec<_> = subject["achievement"]["resultDescription"]
        .as_array()
        .unwrap()
        .iter()
        .map(|description| description["id"].as_str().unwrap())
        .collect();
    for result in subject["result"].as_array().unwrap() {
        assert!(described.contains(&result["resultDescription"].as_str().unwrap()), "{result}");
    }
    assert_eq!(school.house.audit_verbs(&award.id), ["credential.award"]);
    let verbs = school.house.audit_verbs(&enrolment.id);
    assert_eq!(verbs.iter().filter(|verb| *verb == "completion.record").count(), 7);
    assert!(verbs.contains(&"enrolment.create".to_owned()));
}

#[test]
fn the_same_completions_in_any_order_and_twice_earn_the_same_one_award() {
    let school = school_with(&course());
    let mut told = Vec::new();
    for (number, turn) in (0..completions().len()).chain([7]).enumerate() {
        let enrolment = school.enrol(&json!({ "learner": { "email": format!("l{number}@example.org") } }));
        let mut bodies = completions();
        match turn {
            7 => bodies.reverse(),
            turn => bodies.rotate_left(turn),
        }
        let twice: Vec<Value> = bodies.iter().chain(&bodies).cloned().collect();
        let created = twice.iter().filter(|body| school.complete(&enrolment.id, body).created).count();
        assert_eq!(created, 7, "what was told before is not told again");
        let after = school.look(&enrolment.id);
        assert_eq!((after.status, after.completions.len()), (EnrolmentStatus::Awarded, 7));
        let award =
            school.house.office.credential(&Caller::system(), after.award_id.as_deref().unwrap()).unwrap();
        let document = school.house.credential_json(&award);
        told.push(document["credentialSubject"]["result"].to_string());
    }
    assert_eq!(school.awards(), 8);
    // The bare minimum may have earned it before the better mark came: the marks are 71.5 in all of these.
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 1, "{told:#?}");
}

#[test]
fn withdrawing_before_the_end_gives_no_award_and_afterwards_it_is_too_late() {
    let school = school_with(&course());
    let office = &school.house.office;
    let enrolment = school.enrol(&ana());
    let bodies = completions();
    let first = school.complete(&enrolment.id, &bodies[0]).completion;
    for _ in 0..2 {
        let after = office
            .withdraw_completion(&Caller::system(), &enrolment.id, &first.id, Some("the wrong list"), None)
            .unwrap();
        assert_eq!(after.progress.share, 0.0);
    }
    for body in &bodies[1..] {
        assert!(school.complete(&enrolment.id, body).award.is_none());
    }
    let after = school.look(&enrolment.id);
    assert_eq!(
        (after.status, after.progress.next_steps),
        (EnrolmentStatus::Active, vec!["day-1".to_owned(), "day-2".to_owned()])
    );
    let (taken_back, kept): (Vec<_>, Vec<_>) =
        after.completions.iter().partition(|known| known.id == first.id);
    assert_eq!(taken_back[0].withdrawn_reason.as_deref(), Some("the wrong list"));
    // The same order again is the same completion, which stays withdrawn.
    assert!(!school.complete(&enrolment.id, &bodies[0]).created);
    assert_eq!(school.awards(), 0);
    assert!(school.complete(&enrolment.id, &json!({ "requirement": "day-1" })).award.is_some());
    let again = office.withdraw_completion(&Caller::system(), &enrolment.id, &kept[0].id, None, None);
    assert_eq!(conflict(again), ConflictKind::AlreadyAwarded);
    let unknown = office.withdraw_completion(&Caller::system(), &enrolment.id, &enrolment.id, None, None);
    assert!(matches!(unknown, Err(OfficeError::NotFound)));
}

#[test]
fn where_a_coordinator_approves_nothing_is_awarded_before() {
    let mut body = course();
    body["approval"] = json!("coordinator");
    let school = school_with(&body);
    let office = &school.house.office;
    let enrolment = school.enrol(&ana());
    assert_eq!(conflict(office.approve(&Caller::system(), &enrolment.id, None)), ConflictKind::NotSatisfied);
    for body in completions() {
        assert!(school.complete(&enrolment.id, &body).award.is_none());
    }
    let waiting = school.look(&enrolment.id);
    assert_eq!(waiting.status, EnrolmentStatus::AwaitingApproval);
    let only = |status| EnrolmentFilter { status: Some(status), cohort: None };
    let page = |filter: &EnrolmentFilter| {
        office.enrolments(&Caller::system(), &school.achievement.id, filter, &PageRequest::default()).unwrap()
    };
    assert_eq!(page(&only(EnrolmentStatus::AwaitingApproval)).items.len(), 1);
    assert_eq!(page(&only(EnrolmentStatus::Active)).items.len(), 0);

    // What was satisfied may cease to be so until it is approved.
    let test = waiting.completions.iter().find(|completion| completion.score == Some(71.5)).unwrap();
    let back = office.withdraw_completion(&Caller::system(), &enrolment.id, &test.id, None, None).unwrap();
    assert_eq!((back.status, back.completed_at), (EnrolmentStatus::Active, None));
    assert_eq!(conflict(office.approve(&Caller::system(), &enrolment.id, None)), ConflictKind::NotSatisfied);
    school.complete(&enrolment.id, &json!({ "requirement": "test", "score": 90 }));

    let mut clerk = Caller { scopes: Scope::EnrolmentsWrite.into(), ..Caller::system() };
    let refused = office.approve(&clerk, &enrolment.id, None);
    assert!(matches!(refused, Err(OfficeError::Forbidden { needs: Scope::CredentialsAward })));
    clerk.scopes = [Scope::EnrolmentsWrite, Scope::CredentialsAward].into_iter().collect();
    let key = IdempotencyKey::parse("approve-1").unwrap();
    let approved = office.approve(&clerk, &enrolment.id, Some(key.clone())).unwrap();
    assert_eq!(approved.enrolment.status, EnrolmentStatus::Awarded);
    assert_eq!(office.approve(&clerk, &enrolment.id, Some(key)).unwrap(), approved);
    assert_eq!(office.approve(&clerk, &enrolment.id, None).unwrap().award.id, approved.award.id);
    assert_eq!(school.awards(), 1);
}

#[test]
fn enrolling_again_is_the_enrolment_that_is_there_until_the_learner_leaves() {
    let school = school_with(&course());
    let office = &school.house.office;
    let order = EnrolmentOrder::parse(&ana()).unwrap();
    let enrol = |order: &EnrolmentOrder| office.enrol(&Caller::system(), &school.achievement.id, order, None);
    let first = enrol(&order).unwrap();
    assert!(first.created);
    let mut again =
        enrol(&EnrolmentOrder::parse(&json!({ "learner": { "email": "Ana@Example.org" } })).unwrap())
            .unwrap();
    assert!(!again.created);
    assert_eq!(again.enrolment, first.enrolment);
    let taken =
        EnrolmentOrder::parse(&json!({ "learner": { "email": "bo@example.org" }, "externalId": "sis-17" }))
            .unwrap();
    assert_eq!(conflict(enrol(&taken)), ConflictKind::ExternalIdTaken);

    school.complete(&first.enrolment.id, &completions()[0]);
    let left = office.leave(&Caller::system(), &first.enrolment.id, Some("moved away"), None).unwrap();
    assert_eq!(
        (left.status, left.status_reason.as_deref()),
        (EnrolmentStatus::Withdrawn, Some("moved away"))
    );
    assert_eq!(office.leave(&Caller::system(), &first.enrolment.id, None, None).unwrap(), left);
    assert_eq!(
        conflict(school.try_complete(&first.enrolment.id, &completions()[1])),
        ConflictKind::EnrolmentWithdrawn
    );
    let ana = learner(&json!({ "email": "ana@example.org" }));
    let order_of_completion = CompletionOrder::parse(&completions()[1]).unwrap();
    let of_her = office.complete_for(&Caller::system(), &school.achievement.id, &ana, &order_of_completion);
    assert_eq!(conflict(of_her), ConflictKind::EnrolmentWithdrawn);
    again = enrol(&order).unwrap();
    assert!(again.created && again.enrolment.id != first.enrolment.id);
    assert_eq!(again.enrolment.learner.id, first.enrolment.learner.id);
    assert_eq!(again.enrolment.progress.share, 0.0);
}

#[test]
fn an_enrolment_keeps_its_version_until_it_is_transferred() {
    let school = school_with(&course());
    let office = &school.house.office;
    let enrolment = school.enrol(&ana());
    for body in &completions()[..5] {
        school.complete(&enrolment.id, body);
    }
    // The hours are deleted while the learner collects them, and an achievement without requirements is nothing to enrol for.
    let mut shorter = course();
    shorter["requirements"]["allOf"].as_array_mut().unwrap().pop();
    let amend = |body: &Value| {
        office.amend_achievement(&Caller::system(), &school.achievement.id, body, None).unwrap()
    };
    amend(&json!({ "requirements": null }));
    assert_eq!(
        conflict(office.transfer(&Caller::system(), &enrolment.id, None)),
        ConflictKind::NoRequirements
    );
    let bo = EnrolmentOrder::parse(&json!({ "learner": { "email": "bo@example.org" } })).unwrap();
    let refused = office.enrol(&Caller::system(), &school.achievement.id, &bo, None);
    assert_eq!(conflict(refused), ConflictKind::NoRequirements);
    amend(&shorter);
    let kept = school.complete(&enrolment.id, &completions()[5]);
    assert_eq!((kept.award, kept.enrolment.achievement_version), (None, 2));
    assert_eq!(kept.enrolment.progress.requirements.len(), 6);
    let moved = office.transfer(&Caller::system(), &enrolment.id, None).unwrap();
    assert_eq!((moved.status, moved.achievement_version), (EnrolmentStatus::Awarded, 4));
    let award = office.credential(&Caller::system(), moved.award_id.as_deref().unwrap()).unwrap();
    assert_eq!(award.achievement_version, Some(4));
    let again = office.transfer(&Caller::system(), &enrolment.id, None);
    assert_eq!(conflict(again), ConflictKind::AlreadyAwarded);
    // Completions that come after the award are kept; those of requirements that are gone are told so.
    let late = school.complete(&enrolment.id, &json!({ "requirement": "test", "score": 99 }));
    assert_eq!((late.created, late.awarded, late.award.unwrap().id), (true, false, award.id));
    let gone = school.try_complete(&enrolment.id, &completions()[6]).unwrap_err();
    assert_eq!(faults(gone), [("/requirement".to_owned(), "unknown_requirement".to_owned())]);
}

#[test]
fn a_learning_system_reports_in_one_call_and_foresees_what_it_would_do() {
    let school = school_with(&course());
    let office = &school.house.office;
    let (ana, bo) = (
        learner(&json!({ "externalId": "lms-1", "name": "Ana" })),
        learner(&json!({ "url": "https://bo.example.org" })),
    );
    let mut orders: Vec<(LearnerOrder, CompletionOrder)> =
        completions().iter().map(|body| (ana.clone(), CompletionOrder::parse(body).unwrap())).collect();
    orders.push((bo.clone(), CompletionOrder::parse(&json!({ "requirement": "day-1" })).unwrap()));
    orders.push((bo, CompletionOrder::parse(&json!({ "requirement": "dya-1" })).unwrap()));
    orders.push((
        ana.clone(),
        CompletionOrder::parse(&json!({ "requirement": "day-1", "externalId": "a" })).unwrap(),
    ));
    let foreseen = office.foresee(&Caller::system(), &school.achievement.id, &orders).unwrap();
    assert_eq!((foreseen.completions, foreseen.learners, foreseen.would_enrol), (10, 2, 2));
    assert_eq!((foreseen.would_award, foreseen.would_await, foreseen.already_awarded), (1, 0, 0));
    let told: Vec<_> =
        foreseen.faults.iter().map(|(place, faults)| (*place, faults[0].rule.as_str())).collect();
    assert_eq!(told, [(8, "unknown_requirement"), (9, "external_id_taken")]);
    assert!(foreseen.sample[0].awarded);
    assert_eq!(foreseen.sample[0].learner, json!({ "identifier": "lms-1" }));
    assert_eq!(
        office
            .enrolments(
                &Caller::system(),
                &school.achievement.id,
                &EnrolmentFilter::default(),
                &PageRequest::default()
            )
            .unwrap()
            .items
            .len(),
        0
    );
    // A fault enrols nobody.
    let refused = office
        .complete_for(&Caller::system(), &school.achievement.id, &orders[8].0, &orders[8].1)
        .unwrap_err();
    assert_eq!(faults(refused), [("/requirement".to_owned(), "unknown_requirement".to_owned())]);
    assert_eq!(
        office
            .enrolments(
                &Caller::system(),
                &school.achievement.id,
                &EnrolmentFilter::default(),
                &PageRequest::default()
            )
            .unwrap()
            .items
            .len(),
        0
    );

    for (learner, order) in &orders[..7] {
        office.complete_for(&Caller::system(), &school.achievement.id, learner, order).unwrap();
    }
    assert_eq!(school.awards(), 1);
    let after = office.foresee(&Caller::system(), &school.achievement.id, &orders[..7]).unwrap();
    assert_eq!((after.would_award, after.already_awarded, after.faults.len()), (0, 1, 0));
}

#[test]
fn who_holds_the_achievement_already_gets_no_second_award() {
    let school = school_with(&course());
    let before = school.award(to_ana());
    let enrolment = school.enrol(&ana());
    let mut last = None;
    for body in completions() {
        last = Some(school.complete(&enrolment.id, &body));
    }
    let last = last.unwrap();
    assert_eq!(last.award.unwrap().id, before.id);
    assert_eq!(last.enrolment.status, EnrolmentStatus::Awarded);
    assert_eq!(school.awards(), 1);
    // Once that is revoked, the learner may begin anew and earn it.
    let office = &school.house.office;
    let leave = || office.leave(&Caller::system(), &enrolment.id, None, None);
    assert_eq!(conflict(leave()), ConflictKind::AlreadyAwarded);
    office.revoke(&Caller::system(), &before.id, None, None).unwrap();
    leave().unwrap();
    let anew = school.enrol(&ana());
    for body in completions() {
        school.complete(&anew.id, &body);
    }
    assert_eq!(school.awards(), 2);
}

#[test]
fn an_expired_award_stands_in_nobodys_way() {
    let school = school_with(&course());
    let mut order = full_order();
    order["validUntil"] = json!("2026-11-23T11:00:00Z");
    school.award(order);
    school.house.clock.advance(7_200);
    let enrolment = school.enrol(&ana());
    for body in completions() {
        school.complete(&enrolment.id, &body);
    }
    assert_eq!(school.awards(), 2);
    assert_eq!(school.look(&enrolment.id).status, EnrolmentStatus::Awarded);
}

#[test]
fn every_fault_of_an_order_is_told_at_once_and_where_it_is() {
    let rules = |result: Result<(), Vec<Fault>>| -> Vec<(String, String)> {
        result.unwrap_err().into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(pointer, rule)| ((*pointer).to_owned(), (*rule).to_owned())).collect()
    };
    let bad = json!({ "learner": { "email": "ana", "nmae": "x" }, "cohrt": "x", "externalId": "",
        "beginsAt": "2026-11-02T00:00:00Z", "endsAt": "2026-11-01T00:00:00Z" });
    assert_eq!(
        rules(EnrolmentOrder::parse(&bad).map(drop)),
        pairs(&[
            ("/cohrt", "unknown_member"),
            ("/endsAt", "order"),
            ("/externalId", "empty"),
            ("/learner/email", "email"),
            ("/learner/nmae", "unknown_member"),
        ])
    );
    assert_eq!(rules(EnrolmentOrder::parse(&json!({})).map(drop)), pairs(&[("/learner", "required")]));
    assert_eq!(
        rules(LearnerOrder::parse(&json!({ "externalId": "undefined" })).map(drop)),
        pairs(&[("/externalId", "externalId")])
    );
    assert_eq!(
        rules(LearnerOrder::parse(&json!({ "externalId": "1", "email": "a@b.co" })).map(drop)),
        pairs(&[("", "one_identity")])
    );
    let bad = json!({ "at": "yesterday", "source": "me", "success": "yes", "score": 101, "hours": 0, "vouchedBy": "\0",
        "evidence": [{}, { "id": "essay" }, { "narative": "x", "narrative": "y" }, 7], "statement": "x", "extra": null });
    assert_eq!(
        rules(CompletionOrder::parse(&bad).map(drop)),
        pairs(&[
            ("/at", "date_time"),
            ("/evidence/0", "required"),
            ("/evidence/1/id", "uri"),
            ("/evidence/2/narative", "unknown_member"),
            ("/evidence/3", "wrong_type"),
            ("/extra", "unknown_member"),
            ("/hours", "range"),
            ("/requirement", "required"),
            ("/score", "range"),
            ("/source", "choice"),
            ("/statement", "wrong_type"),
            ("/success", "wrong_type"),
            ("/vouchedBy", "nul"),
        ])
    );

    let school = school_with(&course());
    let enrolment = school.enrol(&ana());
    let bad = json!({ "requirement": "practice", "level": "best", "at": "2026-11-24T10:00:00Z" });
    assert_eq!(
        faults(school.try_complete(&enrolment.id, &bad).unwrap_err()),
        pairs(&[("/hours", "required"), ("/at", "future"), ("/level", "choice"),])
    );
    school.complete(&enrolment.id, &completions()[0]);
    let mut other = completions()[0].clone();
    other["requirement"] = json!("day-1");
    assert_eq!(conflict(school.try_complete(&enrolment.id, &other)), ConflictKind::ExternalIdTaken);
    let both = school.house.office.amend_achievement(
        &Caller::system(),
        &school.achievement.id,
        &json!({ "approval": "nobody" }),
        None,
    );
    assert_eq!(faults(both.unwrap_err()), pairs(&[("/approval", "choice")]));
    let alone = json!({ "approval": "coordinator", "requirements": null });
    let alone =
        school.house.office.amend_achievement(&Caller::system(), &school.achievement.id, &alone, None);
    assert_eq!(faults(alone.unwrap_err()), pairs(&[("/approval", "contradiction")]));
}

#[test]
fn nobody_sees_or_changes_what_is_another_issuers() {
    let school = school_with(&course());
    let office = &school.house.office;
    let enrolment = school.enrol(&ana());
    let completion = school.complete(&enrolment.id, &completions()[0]).completion;
    let other = school.house.register(json!({ "name": "Another School" }));
    let foreign = Caller { issuer: Some(other.id), ..Caller::system() };
    let order = CompletionOrder::parse(&completions()[1]).unwrap();
    let ana = learner(&json!({ "email": "ana@example.org" }));
    let achievement = school.achievement.id.as_str();
    let page = PageRequest::default();
    let refusals = |caller: &Caller| -> Vec<OfficeError> {
        vec![
            office.enrol(caller, achievement, &EnrolmentOrder::of(ana.clone()), None).map(drop).unwrap_err(),
            office.enrolment(caller, &enrolment.id).map(drop).unwrap_err(),
            office.enrolment_requirements(caller, &enrolment.id).map(drop).unwrap_err(),
            office.enrolments(caller, achievement, &EnrolmentFilter::default(), &page).map(drop).unwrap_err(),
            office.complete(caller, &enrolment.id, &order, None).map(drop).unwrap_err(),
            office.complete_for(caller, achievement, &ana, &order).map(drop).unwrap_err(),
            office.foresee(caller, achievement, &[(ana.clone(), order.clone())]).map(drop).unwrap_err(),
            office
                .withdraw_completion(caller, &enrolment.id, &completion.id, None, None)
                .map(drop)
                .unwrap_err(),
            office.approve(caller, &enrolment.id, None).map(drop).unwrap_err(),
            office.leave(caller, &enrolment.id, None, None).map(drop).unwrap_err(),
            office.transfer(caller, &enrolment.id, None).map(drop).unwrap_err(),
            office.progress_link(caller, &enrolment.id, None).map(drop).unwrap_err(),
            office.revoke_progress_links(caller, &enrolment.id).unwrap_err(),
            office.earning_report(caller, achievement, None).map(drop).unwrap_err(),
            office.erase_learner(caller, &enrolment.learner.id, None).unwrap_err(),
        ]
    };
    for (place, refused) in refusals(&foreign).into_iter().enumerate() {
        assert!(matches!(refused, OfficeError::NotFound), "{place}: {refused}");
    }
    let nobody = Caller { scopes: Scope::CredentialsRead.into(), ..Caller::system() };
    for (place, refused) in refusals(&nobody).into_iter().enumerate() {
        assert!(matches!(refused, OfficeError::Forbidden { .. }), "{place}: {refused}");
    }
    let reader = Caller { scopes: Scope::EnrolmentsRead.into(), ..Caller::system() };
    assert!(office.enrolment(&reader, &enrolment.id).is_ok());
    assert!(matches!(
        office.leave(&reader, &enrolment.id, None, None),
        Err(OfficeError::Forbidden { needs: Scope::EnrolmentsWrite })
    ));
}

#[test]
fn a_link_opens_the_learners_own_progress_until_it_ends_or_is_revoked() {
    let school = school_with(&course());
    let office = &school.house.office;
    let enrolment = school.enrol(&ana());
    school.complete(&enrolment.id, &completions()[2]);
    let link = office.progress_link(&Caller::system(), &enrolment.id, None).unwrap();
    let token = link.url.rsplit('/').next().unwrap();
    for personal in ["ana", "Ana", "example.org", enrolment.id.as_str()] {
        assert!(!token.contains(personal));
    }
    let opened = office.progress_by_link(token).unwrap().unwrap();
    assert_eq!(opened.expires_at, link.expires_at);
    assert_eq!(opened.enrolment.learner.name.as_deref(), Some("Ana Ruiz"));
    assert_eq!((opened.enrolment.learner.identity, opened.enrolment.external_id), (None, None));
    assert_eq!(
        (&opened.enrolment.completions[0].statement, &opened.enrolment.completions[0].external_id),
        (&None, &None)
    );
    assert_eq!(opened.requirements.unwrap()["allOf"][2]["id"], "test");
    assert_eq!(office.progress_by_link("x").unwrap(), None);
    office.revoke_progress_links(&Caller::system(), &enrolment.id).unwrap();
    assert_eq!(office.progress_by_link(token).unwrap(), None);
    let until = link.expires_at.plus_seconds(-89 * 24 * 3_600);
    let short = office.progress_link(&Caller::system(), &enrolment.id, Some(until)).unwrap();
    let token = short.url.rsplit('/').next().unwrap();
    assert!(office.progress_by_link(token).unwrap().is_some());
    school.house.clock.advance(24 * 3_600);
    assert_eq!(office.progress_by_link(token).unwrap(), None);
    for bad in [until, until.plus_seconds(500 * 24 * 3_600)] {
        let refused = office.progress_link(&Caller::system(), &enrolment.id, Some(bad)).unwrap_err();
        assert_eq!(faults(refused), [("/until".to_owned(), "range".to_owned())]);
    }
}

#[test]
fn a_report_counts_those_who_came_how_far_by_cohort() {
    let school = school_with(&course());
    let office = &school.house.office;
    for number in 0..4 {
        let body = json!({ "learner": { "email": format!("l{number}@example.org") }, "cohort": if number < 3 { "2026" } else { "2027" } });
        let enrolment = school.enrol(&body);
        if number < 2 {
            school.complete(&enrolment.id, &completions()[0]);
        }
        if number == 0 {
            school.house.clock.advance(36 * 3_600);
            for body in &completions()[1..] {
                school.complete(&enrolment.id, body);
            }
        }
        if number == 3 {
            office.leave(&Caller::system(), &enrolment.id, None, None).unwrap();
        }
    }
    let report = office.earning_report(&Caller::system(), &school.achievement.id, None).unwrap();
    let told = |report: &accolade_issuing::CohortReport| {
        (report.enrolled, report.active, report.completed, report.awaiting, report.awarded, report.withdrawn)
    };
    assert_eq!(told(&report.total), (4, 2, 1, 0, 1, 1));
    assert_eq!(report.total.days.unwrap().median, 1.5);
    let cohorts: Vec<_> =
        report.cohorts.iter().map(|cohort| (cohort.cohort.as_deref(), told(cohort))).collect();
    assert_eq!(cohorts, [(Some("2026"), (3, 2, 1, 0, 1, 0)), (Some("2027"), (1, 0, 0, 0, 0, 1))]);
    let one = office.earning_report(&Caller::system(), &school.achievement.id, Some("2027")).unwrap();
    assert_eq!((told(&one.total), one.cohorts.len()), ((1, 0, 0, 0, 0, 1), 1));
}

#[test]
fn an_erased_learner_leaves_nothing_personal() {
    let school = school_with(&course());
    let office = &school.house.office;
    let key = |key: &str| Some(IdempotencyKey::parse(key).unwrap());
    let order = EnrolmentOrder::parse(&ana()).unwrap();
    let enrolment =
        office.enrol(&Caller::system(), &school.achievement.id, &order, key("k1")).unwrap().enrolment;
    let link = office.progress_link(&Caller::system(), &enrolment.id, None).unwrap();
    for (place, body) in completions().iter().enumerate() {
        let order = CompletionOrder::parse(body).unwrap();
        office.complete(&Caller::system(), &enrolment.id, &order, key(&format!("c{place}"))).unwrap();
    }
    let personal = ["ana@example.org", "Ana Ruiz", "On bicycles.", "Dr. Lee", "sis-17", "8f87ccde-bb56-4c2e"];
    for text in personal {
        assert!(school.house.place.holds(text), "{text} is looked for in the right place");
    }
    let named =
        office.erase_learner(&Caller::system(), &enrolment.learner.id, Some("Ana asked for it")).unwrap_err();
    assert_eq!(faults(named), [("/reason".to_owned(), "personal_data".to_owned())]);
    for _ in 0..2 {
        office.erase_learner(&Caller::system(), &enrolment.learner.id, Some("asked for it")).unwrap();
    }
    let after = school.look(&enrolment.id);
    assert_eq!((after.learner.name, after.learner.identity, after.completions.len()), (None, None, 0));
    let award = office.credential(&Caller::system(), &after.award_id.unwrap()).unwrap();
    assert_eq!(award.status, AwardStatus::Erased);
    assert_eq!(office.progress_by_link(link.url.rsplit('/').next().unwrap()).unwrap(), None);
    let report = office.earning_report(&Caller::system(), &school.achievement.id, None).unwrap();
    assert_eq!((report.total.enrolled, report.total.completed), (1, 1));
    let anew = EnrolmentOrder::parse(&json!({ "learner": { "externalId": "somebody" } })).unwrap();
    office.enrol(&Caller::system(), &school.achievement.id, &anew, None).unwrap();
    // SQLite's journal keeps pages as they were; it goes with the last connection. Free pages are overwritten.
    let House { office, store, place, .. } = school.house;
    drop((office, store));
    for text in personal {
        assert!(!place.holds(text), "{text} is still there");
    }
}
