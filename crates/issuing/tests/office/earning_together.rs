//! Completions that arrive all at once, in any order, and more than once.

use std::collections::HashSet;
use std::sync::{Arc, Barrier};
use std::thread;

use accolade_issuing::{Caller, Completed, CompletionOrder, EnrolmentStatus, OfficeError};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::earning::{completions, course, school_with};
use crate::support::School;

const CLIENTS: usize = 64;

/// What a client sends: places in the list of completions.
fn interleavings() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let one = prop::collection::vec(0..completions().len(), 1..3);
    prop::collection::vec(one, CLIENTS)
}

/// A client that asks again, as every client does, when it hears that the house is busy.
fn insist(school: &School, enrolment: &str, body: &Value) -> Completed {
    let order = CompletionOrder::parse(body).unwrap();
    for _ in 0..200 {
        match school.house.office.complete(&Caller::system(), enrolment, &order, None) {
            Ok(completed) => return completed,
            Err(OfficeError::Store(error)) if error.is_temporary() => {}
            Err(other) => panic!("{other}"),
        }
    }
    panic!("busy for ever")
}

/// 64 clients at once; the answers of all.
fn together(school: &Arc<School>, enrolment: &str, sent: &[Vec<Value>]) -> Vec<Completed> {
    let start = Arc::new(Barrier::new(sent.len()));
    let clients: Vec<_> = sent
        .iter()
        .cloned()
        .map(|bodies| {
            let (school, start, enrolment) = (Arc::clone(school), Arc::clone(&start), enrolment.to_owned());
            thread::spawn(move || {
                start.wait();
                bodies.iter().map(|body| insist(&school, &enrolment, body)).collect::<Vec<_>>()
            })
        })
        .collect();
    clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
}

#[test]
fn however_64_clients_tell_it_there_is_one_award_and_no_completion_is_lost() {
    let school = Arc::new(school_with(&course()));
    let bodies = completions();
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let mut number = 0;
    let held = std::cell::Cell::new(0_usize);
    let counter = std::cell::RefCell::new(&mut number);
    runner
        .run(&interleavings(), |plan| {
            let learner = {
                let mut number = counter.borrow_mut();
                **number += 1;
                format!("l{}@example.org", **number)
            };
            let enrolment = school.enrol(&json!({ "learner": { "email": learner } })).id;
            let sent: Vec<Vec<Value>> = plan
                .iter()
                .map(|places| places.iter().map(|place| bodies[*place].clone()).collect())
                .collect();
            let told = together(&school, &enrolment, &sent);
            let distinct: HashSet<usize> = plan.iter().flatten().copied().collect();
            // Each once new, however often told.
            prop_assert_eq!(told.iter().filter(|completed| completed.created).count(), distinct.len());
            let enrolment = school.house.office.enrolment(&Caller::system(), &enrolment).unwrap();
            prop_assert_eq!(enrolment.completions.len(), distinct.len());
            let known: HashSet<&str> = enrolment.completions.iter().map(|known| known.id.as_str()).collect();
            prop_assert!(told.iter().all(|completed| known.contains(completed.completion.id.as_str())));
            let whole = enrolment.progress.satisfied;
            prop_assert_eq!(enrolment.status == EnrolmentStatus::Awarded, whole);
            held.set(held.get() + usize::from(whole));
            prop_assert_eq!(school.awards(), held.get());
            prop_assert_eq!(told.iter().filter(|completed| completed.awarded).count(), usize::from(whole));
            let awards: HashSet<_> =
                told.iter().filter_map(|completed| completed.award.as_ref()).map(|award| &award.id).collect();
            prop_assert_eq!(awards.len(), usize::from(whole));
            Ok(())
        })
        .unwrap();
    assert!(held.get() > 0, "some of them got there");
}

#[test]
fn one_completion_told_by_64_clients_at_once_is_one_completion_and_one_award() {
    let school = Arc::new(school_with(
        &json!({ "requirements": { "id": "day", "kind": "workshop", "title": "Day" } }),
    ));
    let enrolment = school.enrol(&json!({ "learner": { "email": "ana@example.org" } })).id;
    let body = json!({ "requirement": "day", "externalId": "scan-1" });
    let told = together(&school, &enrolment, &vec![vec![body]; CLIENTS]);
    assert_eq!(told.iter().filter(|completed| completed.created).count(), 1);
    assert_eq!(told.iter().filter(|completed| completed.awarded).count(), 1);
    let ids: HashSet<_> = told.iter().map(|completed| completed.award.as_ref().unwrap().id.clone()).collect();
    assert_eq!((ids.len(), school.awards()), (1, 1));
}

#[test]
fn different_completions_by_64_clients_at_once_are_all_kept_beside_one_award() {
    let school = Arc::new(school_with(
        &json!({ "requirements": { "id": "hours", "kind": "hours", "title": "Hours", "hours": 20 } }),
    ));
    let enrolment = school.enrol(&json!({ "learner": { "email": "ana@example.org" } })).id;
    let sent: Vec<Vec<Value>> = (0..CLIENTS)
        .map(|_| vec![json!({ "requirement": "hours", "hours": 1, "source": "coordinator" })])
        .collect();
    let told = together(&school, &enrolment, &sent);
    assert_eq!(told.iter().filter(|completed| completed.created).count(), CLIENTS);
    assert_eq!(told.iter().filter(|completed| completed.awarded).count(), 1);
    let enrolment = school.house.office.enrolment(&Caller::system(), &enrolment).unwrap();
    assert_eq!((enrolment.completions.len(), school.awards()), (CLIENTS, 1));
    let award = school.house.office.credential(&Caller::system(), &enrolment.award_id.unwrap()).unwrap();
    let document = school.house.credential_json(&award);
    assert_eq!(
        document["credentialSubject"]["result"][0]["value"], "20",
        "what was known when it was earned"
    );
}
