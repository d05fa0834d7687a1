//! Documents of issuers are fetched once, however many badges name them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use accolade_verifying::EgressSettings;
use accolade_verifying::egress::{Allowance, Answer, Egress, EgressError, Keeping};

use crate::support::servers::{Server, ok};

const JSON: &str = "application/json";

fn egress() -> Egress {
    Egress::new(EgressSettings { allow_loopback_http: true, ..EgressSettings::default() }).unwrap()
}

async fn get(egress: &Egress, url: &str, keeping: Keeping) -> Result<Answer, EgressError> {
    let mut allowance = Allowance::new(egress.settings());
    egress.get_kept(url, JSON, keeping, &mut allowance).await
}

#[tokio::test]
async fn a_thousand_badges_with_keys_of_their_own_make_one_request() {
    let server = Server::start(|_| ok(r#"{"keys":[]}"#));
    let (egress, url) = (egress(), format!("{}/jwks.json", server.url));
    for _ in 0..1_000 {
        assert_eq!(get(&egress, &url, Keeping::ISSUER).await.unwrap().stale, None);
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn whoever_asks_while_a_document_is_fetched_waits_for_that_one_answer() {
    let server = Server::start(|_| ok("{}"));
    let (egress, url) = (egress(), format!("{}/did.json", server.url));
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let (egress, url) = (egress.clone(), url.clone());
            tokio::spawn(async move { get(&egress, &url, Keeping::ISSUER).await.is_ok() })
        })
        .collect();
    for answer in asking {
        assert!(answer.await.unwrap());
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_server_that_fails_is_not_asked_again_at_once() {
    let server = Server::start(|_| "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let (egress, url) = (egress(), format!("{}/did.json", server.url));
    for _ in 0..20 {
        assert_eq!(get(&egress, &url, Keeping::ISSUER).await.unwrap().fetched.status, 500);
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_list_that_may_not_be_kept_is_read_again_a_second_later_and_an_old_one_never_stands_in_for_it() {
    let fails = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&fails);
    let server = Server::start(move |_| {
        if state.load(Ordering::SeqCst) {
            return "HTTP/1.1 503 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into();
        }
        ok("{}").replace("Connection:", "Cache-Control: no-store\r\nConnection:")
    });
    let (egress, url) = (egress(), format!("{}/status", server.url));
    let status = async || get(&egress, &url, Keeping::STATUS).await.unwrap().fetched.status;
    assert_eq!(status().await, 200);
    fails.store(true, Ordering::SeqCst);
    let mut now = status().await;
    while now == 200 {
        tokio::task::yield_now().await;
        now = status().await;
    }
    assert_eq!((now, server.count()), (503, 2));
}

#[tokio::test]
async fn what_one_examination_has_no_requests_left_for_is_open_to_the_next() {
    let server = Server::start(|_| ok("{}"));
    let (egress, url) = (egress(), format!("{}/did.json", server.url));
    let spent = EgressSettings { max_requests: 0, ..EgressSettings::default() };
    let refused = egress.get_kept(&url, JSON, Keeping::ISSUER, &mut Allowance::new(&spent)).await;
    assert_eq!(refused, Err(EgressError::Spent));
    assert!(get(&egress, &url, Keeping::ISSUER).await.is_ok());
}

#[tokio::test]
async fn an_examination_that_runs_out_of_time_says_nothing_about_the_server_to_the_others() {
    // Whoever asks is kept waiting until the first one has given up.
    let stalls = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&stalls);
    let server = Server::start(move |_| if state.load(Ordering::SeqCst) { String::new() } else { ok("{}") });
    let (egress, url) = (egress(), format!("{}/stall", server.url));
    let hurried = EgressSettings { total_timeout: Duration::from_millis(40), ..EgressSettings::default() };
    let gave_up = egress.get_kept(&url, JSON, Keeping::ISSUER, &mut Allowance::new(&hurried)).await;
    assert_eq!(gave_up, Err(EgressError::Spent));
    stalls.store(false, Ordering::SeqCst);
    assert_eq!(get(&egress, &url, Keeping::ISSUER).await.unwrap().fetched.status, 200);
}
