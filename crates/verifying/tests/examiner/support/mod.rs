//! A small world: a shelf of documents, issuers that put theirs there, and an examiner that sees nothing else.

pub(crate) mod badges;
pub(crate) mod school;
pub(crate) mod servers;
pub(crate) mod tokens;
pub(crate) mod v2;

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use accolade_core::{Clock, Entropy, Timestamp};
use accolade_verifying::egress::Names;
use accolade_verifying::{
    Bounds, Check, CheckOutcome, EgressSettings, Examiner, ExaminerParts, Expectations, LocalAnswer,
    LocalDocuments, Outcome, Report, Submission,
};
use serde_json::Value;

pub(crate) use school::{IdMethod, School};

/// The moment all these tests take place at.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";

pub(crate) struct FixedClock(pub(crate) Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Bytes that differ from call to call and are the same from run to run.
pub(crate) struct CountedEntropy(pub(crate) Mutex<u8>);

impl Entropy for CountedEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut seed = self.0.lock().unwrap();
        for byte in buffer {
            *seed = seed.wrapping_mul(73).wrapping_add(41);
            *byte = *seed;
        }
    }
}

/// A name server that knows only what it was told, and notes what it was asked.
#[derive(Default)]
pub(crate) struct ToldNames {
    pub(crate) known: HashMap<String, Vec<IpAddr>>,
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Names for ToldNames {
    fn lookup(&self, host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        self.asked.lock().unwrap().push(host.to_owned());
        let answer = self.known.get(host).cloned();
        Box::pin(async move { answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)) })
    }
}

/// Documents by URL, as if we were their server.
#[derive(Default)]
pub(crate) struct Shelf {
    documents: Mutex<HashMap<String, LocalAnswer>>,
    /// Every URL anybody wanted, on the shelf or not.
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Shelf {
    pub(crate) fn put(&self, url: &str, document: &Value) {
        self.put_bytes(url, 200, "application/json", document.to_string().as_bytes());
    }

    pub(crate) fn put_bytes(&self, url: &str, status: u16, content_type: &str, body: &[u8]) {
        let found =
            LocalAnswer::Found { status, content_type: content_type.to_owned(), body: body.to_vec().into() };
        self.documents.lock().unwrap().insert(url.to_owned(), found);
    }

    pub(crate) fn miss(&self, url: &str) {
        self.documents.lock().unwrap().insert(url.to_owned(), LocalAnswer::Missing);
    }

    pub(crate) fn lose(&self, url: &str) {
        self.documents.lock().unwrap().insert(url.to_owned(), LocalAnswer::Unavailable);
    }

    pub(crate) fn take_away(&self, url: &str) {
        self.documents.lock().unwrap().remove(url);
    }
}

impl LocalDocuments for Shelf {
    fn document(&self, url: &str) -> LocalAnswer {
        self.asked.lock().unwrap().push(url.to_owned());
        self.documents.lock().unwrap().get(url).cloned().unwrap_or(LocalAnswer::NotOurs)
    }
}

/// A world with an examiner in it; hosts that are not on the shelf cannot be resolved.
pub(crate) struct World {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) names: Arc<ToldNames>,
    pub(crate) examiner: Examiner,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::at(NOW)
    }

    pub(crate) fn at(now: &str) -> Self {
        Self::with(now, EgressSettings::default(), ToldNames::default())
    }

    pub(crate) fn with(now: &str, egress: EgressSettings, names: ToldNames) -> Self {
        // A verdict must not depend on how busy the machine is that runs these tests.
        let patient = Bounds {
            computing: Duration::from_secs(600),
            whole: Duration::from_secs(600),
            ..Bounds::default()
        };
        Self::bounded(now, egress, names, patient)
    }

    pub(crate) fn bounded(now: &str, egress: EgressSettings, names: ToldNames, bounds: Bounds) -> Self {
        let (shelf, names) = (Arc::new(Shelf::default()), Arc::new(names));
        let egress = EgressSettings { names: Some(Arc::clone(&names) as Arc<dyn Names>), ..egress };
        let local = Some(Arc::clone(&shelf) as Arc<dyn LocalDocuments>);
        let clock = Arc::new(FixedClock(Timestamp::parse(now).unwrap()));
        let examiner = Examiner::bounded(ExaminerParts { clock, egress, local }, bounds).unwrap();
        Self { shelf, names, examiner }
    }

    pub(crate) async fn verify(&self, badge: &Value) -> Report {
        self.examiner.verify(Submission::from_value(badge)).await
    }

    pub(crate) async fn verify_token(&self, token: &str) -> Report {
        self.examiner.verify(Submission::Jwt(token.to_owned())).await
    }

    pub(crate) async fn verify_for(&self, badge: &Value, recipient: &str) -> Report {
        let expected = Expectations::recipient(recipient);
        self.examiner.verify_expecting(Submission::from_value(badge), &expected).await
    }
}

/// The report's checks of that id.
pub(crate) fn check<'r>(report: &'r Report, id: &str) -> &'r Check {
    report.checks.iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no check {id}: {report:#?}"))
}

/// The badge is valid, and nothing is even remarked upon.
#[track_caller]
pub(crate) fn assert_valid(report: &Report) {
    let odd: Vec<&Check> = report
        .checks
        .iter()
        .filter(|check| !matches!(check.outcome, CheckOutcome::Passed | CheckOutcome::Skipped))
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    assert_eq!(report.outcome, Outcome::Valid);
}

/// The badge is invalid because of that check, and no other check fails.
#[track_caller]
pub(crate) fn assert_fails(report: &Report, id: &str, code: &str) {
    assert_eq!(report.outcome, Outcome::Invalid, "{report:#?}");
    let failed: Vec<(&str, Option<&str>)> = report
        .checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Failed)
        .map(|check| (check.id, check.code))
        .collect();
    assert_eq!(failed, [(id, Some(code))], "{report:#?}");
    assert_plain(report);
}

/// Nothing failed, but that check could not be decided.
#[track_caller]
pub(crate) fn assert_open(report: &Report, id: &str, code: &str) {
    assert_eq!(report.outcome, Outcome::Unknown, "{report:#?}");
    let open = check(report, id);
    assert_eq!((open.outcome, open.code), (CheckOutcome::Unknown, Some(code)), "{report:#?}");
    assert_plain(report);
}

/// Every detail is a sentence, and none shows an internal address.
#[track_caller]
fn assert_plain(report: &Report) {
    for check in &report.checks {
        let detail = &check.detail;
        assert!(detail.ends_with(['.', ')']) && detail.len() > 15, "{detail}");
        let port = detail.split("127.0.0.1:").nth(1).and_then(|rest| rest.chars().next());
        assert!(!port.is_some_and(|first| first.is_ascii_digit()), "{detail}");
        assert!(check.spec.starts_with("https://"));
    }
}
