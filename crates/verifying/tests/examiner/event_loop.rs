//! An event loop may await an examination itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use accolade_verifying::{Outcome, Submission};
use serde_json::json;

use crate::support::badges::plain_badge;
use crate::support::{IdMethod, School, World};

/// The longest the loop could do nothing else during this examination, and how long that took.
async fn longest_hold(world: &World, submission: Submission) -> (Duration, Duration) {
    let over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&over);
    let watch = tokio::spawn(async move {
        let (mut longest, mut last) = (Duration::ZERO, Instant::now());
        while !seen.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(1)).await;
            longest = longest.max(last.elapsed());
            last = Instant::now();
        }
        longest
    });
    tokio::task::yield_now().await;
    let begin = Instant::now();
    world.examiner.verify(submission).await;
    let whole = begin.elapsed();
    over.store(true, Ordering::SeqCst);
    (watch.await.unwrap(), whole)
}

#[tokio::test]
async fn a_large_badge_does_not_hold_up_the_event_loop() {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    let mut large = plain_badge(&school);
    large["evidence"] = (0..9_000)
        .map(|number| json!({ "id": format!("https://school.example/evidence/{number}"), "type": ["Evidence"] }))
        .collect();
    let text = large.to_string();
    assert!(text.len() > 500_000 && text.len() < 1 << 20, "{}", text.len());
    let token = school.token(&large);
    for submission in [Submission::from_value(&large), Submission::Jwt(token)] {
        // Another process may have taken the core just then; a loop that is truly held up is so every time.
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(longest_hold(&world, submission.clone()).await);
        }
        assert!(held.iter().any(|(longest, whole)| *longest * 4 < *whole), "{held:?}");
    }
}

#[tokio::test]
async fn an_examination_may_go_from_thread_to_thread() {
    let examiner = World::new().examiner;
    let report = tokio::spawn(async move { examiner.verify(Submission::Jwt("a.b.c".into())).await }).await;
    assert_eq!(report.unwrap().outcome, Outcome::Invalid);
}
