//! What each published attack may cost: every case that can be handed in goes through the whole examiner in a process of its
//! own, which measures itself against an ordinary badge it has examined before.

#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod cases;
mod listed;
#[path = "../../../fuzz/properties/png.rs"]
#[expect(dead_code, reason = "the fuzzer takes the other part")]
mod png;
mod stage;
#[path = "../../../fuzz/properties/world.rs"]
#[expect(dead_code, reason = "the fuzzer takes the other part")]
mod world;

use std::process::Command;
use std::time::Duration;

use accolade_verifying::{CheckOutcome, Report, Submission};
use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};

use cases::CASES;
use stage::Stage;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Names the case a child examines.
const CHILD: &str = "ACCOLADE_BOUNDS_CASE";
/// Memory at the peak beyond what was there before, in bytes.
const MEMORY: usize = 64 << 20;
/// The same for a list that unpacks to a gigabyte.
const MEMORY_OF_A_BOMB: usize = 16 << 20;
/// Processor time beyond an ordinary badge's, of all threads. Time on the wall is not asked for: the machine may be busy. Code
/// that is not optimised takes some four times as long and gets four times as much; `cargo test --release` holds to 250 ms.
const PROCESSOR: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 250 });

/// A case: its number and what it is, the code its report must give, and how to hand it in.
struct Case {
    name: &'static str,
    code: &'static str,
    submission: fn(&Stage) -> Submission,
}

#[test]
fn no_attack_costs_more_than_it_may() {
    let this = std::env::current_exe().unwrap();
    let examined = |case: &Case| {
        let mut child = Command::new(&this);
        child
            .args(["--exact", "examines_one_case", "--ignored", "--nocapture"])
            .env(CHILD, case.name)
            .env("RUST_BACKTRACE", "0");
        let output = child.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = String::from_utf8_lossy(&output.stderr).into_owned();
        (!output.status.success() || !told.contains("1 passed")).then(|| format!("{}: {failed}", case.name))
    };
    let failures: Vec<String> = CASES.iter().flat_map(|cases| cases.iter()).filter_map(examined).collect();
    assert!(failures.is_empty(), "{} cases:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names: Vec<&str> = CASES.iter().flat_map(|cases| cases.iter()).map(|case| case.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
#[ignore = "run by the test above, once for each case"]
fn examines_one_case() {
    let name = std::env::var(CHILD).unwrap();
    let case = CASES.iter().flat_map(|cases| cases.iter()).find(|case| case.name == name).unwrap();
    let stage = Stage::new();
    let ordinary = stage.ordinary();
    // Once for what is made once, such as contexts and threads, and once to measure.
    for _ in 0..2 {
        assert!(stage.world.verify(ordinary.clone()).outcome == accolade_verifying::Outcome::Valid);
    }
    let (usual, _, _) = measured(&stage, ordinary);
    let (processor, memory, report) = measured(&stage, (case.submission)(&stage));
    let told = codes(&report);
    assert!(has(&report, case.code), "not {} but {told:?}, {:?}", case.code, report.outcome);
    assert!(report.outcome != accolade_verifying::Outcome::Valid, "valid, with {told:?}");
    let most = if case.name.starts_with("sl_01") { MEMORY_OF_A_BOMB } else { MEMORY };
    assert!(memory < most, "{memory} bytes");
    let more = processor.saturating_sub(usual);
    assert!(more < PROCESSOR, "{more:?} of processor time");
    stage.assert_nobody_came();
}

/// Processor time of this process, memory at the peak, and what was found.
fn measured(stage: &Stage, submission: Submission) -> (Duration, usize, Report) {
    ALLOCATOR.reset_peak_usage();
    let (held, begun) = (ALLOCATOR.current_usage(), spent());
    let report = stage.world.verify(submission);
    (spent().saturating_sub(begun), ALLOCATOR.peak_usage().saturating_sub(held), report)
}

fn spent() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

fn codes(report: &Report) -> Vec<&'static str> {
    let inner = report.credentials.iter().flat_map(codes);
    report.checks.iter().filter_map(|check| check.code).chain(inner).collect()
}

/// Whether a check of the report, or of one in it, says so, and is not content.
fn has(report: &Report, code: &str) -> bool {
    let says =
        |check: &accolade_verifying::Check| check.code == Some(code) && check.outcome != CheckOutcome::Passed;
    report.checks.iter().any(says) || report.credentials.iter().any(|inner| has(inner, code))
}
