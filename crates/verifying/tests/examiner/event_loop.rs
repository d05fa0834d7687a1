//! An event loop may await an examination itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use accolade_verifying::{Outcome, Submission};
use serde_json::{Value, json};

use crate::support::badges::plain_badge;
use crate::support::{IdMethod, School, World};

/// How many turns another task of the loop gets during this examination.
async fn turns_of_others(world: &World, submission: Submission) -> usize {
    let over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&over);
    let other = tokio::spawn(async move {
        let mut turns = 0;
        while !seen.load(Ordering::SeqCst) {
            turns += 1;
            tokio::task::yield_now().await;
        }
        turns
    });
    world.examiner.verify(submission).await;
    over.store(true, Ordering::SeqCst);
    other.await.unwrap()
}

/// Three times, because another process may take a core at any moment.
async fn three_times(world: &World, submission: &Submission) -> [usize; 3] {
    let mut turns = [0; 3];
    for each in &mut turns {
        *each = turns_of_others(world, submission.clone()).await;
    }
    turns
}

/// The more there is to compute, the more turns others get; were it computed on the loop, size would not change them.
#[tokio::test]
async fn a_large_badge_does_not_hold_up_the_event_loop() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let small = plain_badge(&school);
    let mut large = small.clone();
    large["evidence"] = (0..9_000)
        .map(|number| json!({ "id": format!("https://school.example/evidence/{number}"), "type": ["Evidence"] }))
        .collect();
    let as_document = |badge: &Value| Submission::from_value(badge);
    let as_token = |badge: &Value| Submission::Jwt(school.token(badge));
    for submissions in [[as_document(&small), as_document(&large)], [as_token(&small), as_token(&large)]] {
        let [small, large] = &submissions;
        let (small, large) = (three_times(&world, small).await, three_times(&world, large).await);
        assert!(
            large.iter().max() > small.iter().min().map(|least| least * 4).as_ref(),
            "{small:?} {large:?}"
        );
    }
}

/// A clique of blank nodes: telling them apart is factorial work, and the budget ends it.
pub(crate) fn poison() -> Value {
    let node = |from: usize| {
        let to: Vec<Value> =
            (0..10).filter(|to| *to != from).map(|to| json!({ "id": format!("_:n{to}") })).collect();
        json!({ "id": format!("_:n{from}"), "type": ["VerifiableCredential"], "evidence": to })
    };
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://evil.example/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "https://evil.example/issuers/1",
        "evidence": (0..10).map(node).collect::<Vec<_>>(),
        "proof": { "type": "DataIntegrityProof" },
    })
}

/// All hands are full of poison, and a healthy badge has its turn all the same: the poison ends by its budget, and hands are
/// given out in the order they were asked for.
#[tokio::test]
async fn can_8_poisoned_badges_do_not_keep_a_good_one_waiting_for_ever() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let good = Submission::from_value(&school.sign(&plain_badge(&school)));
    let examine = |submission: Submission| {
        let examiner = world.examiner.clone();
        tokio::spawn(async move { examiner.verify(submission).await })
    };
    let poisons: Vec<_> = (0..24).map(|_| examine(Submission::from_value(&poison()))).collect();
    let good = examine(good);
    assert_eq!(good.await.unwrap().outcome, Outcome::Valid);
    for poison in poisons {
        let report = poison.await.unwrap();
        assert_eq!(report.outcome, Outcome::Invalid);
        assert!(report.checks.iter().any(|check| check.code == Some("complexity_limit")), "{report:#?}");
    }
}

#[tokio::test]
async fn an_examination_may_go_from_thread_to_thread() {
    let examiner = World::new().examiner;
    let report = tokio::spawn(async move { examiner.verify(Submission::Jwt("a.b.c".into())).await }).await;
    assert_eq!(report.unwrap().outcome, Outcome::Invalid);
}
