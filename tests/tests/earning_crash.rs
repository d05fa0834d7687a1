//! A process that is killed while completions come in: nothing acknowledged is lost, nobody is awarded twice.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that finds something else than it expects is to stop"
)]

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use accolade_issuing::{
    Caller, CompletionOrder, CredentialFilter, EnrolmentFilter, EnrolmentOrder, EnrolmentStatus, NewIssuer,
    Office, PageRequest,
};
use accolade_tests::office::office_on;
use accolade_tests::postgres;
use serde_json::{Value, json};

const LEARNERS: usize = 40;
const REQUIREMENTS: usize = 3;
const CLIENTS: usize = 4;
const KILLS: usize = 3;
/// Fewer than all completions, so that each process dies at work.
const ACKNOWLEDGED_BEFORE_A_KILL: usize = 30;

const DATABASE: &str = "ACCOLADE_CRASH_DATABASE";
const ACHIEVEMENT: &str = "ACCOLADE_CRASH_ACHIEVEMENT";
const NOTES: &str = "ACCOLADE_CRASH_NOTES";

#[test]
fn a_process_killed_on_sqlite_loses_no_acknowledged_completion_and_awards_nobody_twice() {
    let folder = tempfile::tempdir().unwrap();
    kill_at_work(&format!("sqlite:{}/accolade.db", folder.path().display()), folder.path());
}

#[test]
fn a_process_killed_on_postgresql_loses_no_acknowledged_completion_and_awards_nobody_twice() {
    let Some(database) = postgres::durable_database("earning-crash") else { return };
    let folder = tempfile::tempdir().unwrap();
    kill_at_work(&database.url, folder.path());
}

/// What the process does that is killed; without its environment it is no test.
#[test]
fn works_until_it_is_killed() {
    let (Ok(database), Ok(achievement), Ok(notes)) =
        (std::env::var(DATABASE), std::env::var(ACHIEVEMENT), std::env::var(NOTES))
    else {
        return;
    };
    let office = office_on(&database);
    let enrolments = enrolments(&office, &achievement);
    let next = AtomicUsize::new(0);
    std::thread::scope(|clients| {
        for _ in 0..CLIENTS {
            clients.spawn(|| {
                let mut notes = OpenOptions::new().append(true).create(true).open(&notes).unwrap();
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= LEARNERS * REQUIREMENTS {
                        return;
                    }
                    let enrolment = &enrolments[&(number / REQUIREMENTS)];
                    let completed = complete(&office, enrolment, number % REQUIREMENTS);
                    // Written at once and by the system, which outlives the process.
                    let award = completed["award"]["id"].as_str().unwrap_or("-");
                    let line =
                        format!("{enrolment} {} {award}\n", completed["completion"]["id"].as_str().unwrap());
                    notes.write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

fn kill_at_work(database: &str, folder: &Path) {
    let achievement = a_course(&office_on(database));
    let notes = folder.join("notes");
    for kill in 1..=KILLS {
        let enough = kill * ACKNOWLEDGED_BEFORE_A_KILL;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["works_until_it_is_killed", "--exact"])
            .envs([(DATABASE, database), (ACHIEVEMENT, &achievement)])
            .env(NOTES, &notes)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while lines(&notes).len() < enough {
            assert!(child.try_wait().unwrap().is_none_or(|status| status.success()), "it failed by itself");
            std::thread::yield_now();
        }
        // SIGKILL: no program can prepare for it.
        child.kill().unwrap();
        child.wait().unwrap();
    }

    let office = office_on(database);
    let enrolments = enrolments(&office, &achievement);
    let mut award_of: BTreeMap<String, String> = BTreeMap::new();
    for line in lines(&notes) {
        let [enrolment, completion, award] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let known = office.enrolment(&Caller::system(), enrolment).unwrap();
        assert!(
            known.completions.iter().any(|known| known.id == completion),
            "{completion} was acknowledged and is lost"
        );
        if award != "-" {
            assert_eq!(known.award_id.as_deref(), Some(award));
            let first = award_of.entry(enrolment.to_owned()).or_insert_with(|| award.to_owned());
            assert_eq!(first, award);
        }
    }
    // Everybody gets there, whatever was under way when the process died, and everybody once.
    for number in 0..LEARNERS * REQUIREMENTS {
        complete(&office, &enrolments[&(number / REQUIREMENTS)], number % REQUIREMENTS);
    }
    for enrolment in enrolments.values() {
        let known = office.enrolment(&Caller::system(), enrolment).unwrap();
        assert_eq!((known.status, known.completions.len()), (EnrolmentStatus::Awarded, REQUIREMENTS));
        assert!(award_of.get(enrolment).is_none_or(|award| Some(award) == known.award_id.as_ref()));
    }
    let all = PageRequest { limit: Some(200), cursor: None };
    let awards = office.credentials(&Caller::system(), &CredentialFilter::default(), &all).unwrap();
    assert_eq!(awards.items.len(), LEARNERS);
}

fn lines(notes: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(notes).unwrap_or_default();
    text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect()
}

fn a_course(office: &Office) -> String {
    let system = Caller::system();
    let profile = json!({"name": "Riverside University", "url": "https://riverside.example", "email": "b@riverside.example"});
    let issuer = office.register_issuer(&system, NewIssuer::parse(profile).unwrap(), None).unwrap();
    let requirements: Vec<Value> = (0..REQUIREMENTS)
        .map(|number| json!({"id": format!("r{number}"), "kind": "workshop", "title": "Day"}))
        .collect();
    let achievement = json!({
        "name": "Applied Data Skills",
        "description": "Collects, cleans, analyses and presents data.",
        "criteria": {"narrative": "Attend every day."},
        "requirements": {"allOf": requirements},
    });
    let achievement = office.define_achievement(&system, &issuer.id, achievement, None).unwrap().id;
    for learner in 0..LEARNERS {
        let order = json!({"learner": {"email": format!("l{learner}@learner.example")}, "externalId": learner.to_string()});
        office.enrol(&system, &achievement, &EnrolmentOrder::parse(&order).unwrap(), None).unwrap();
    }
    achievement
}

/// The ids by the number of the learner.
fn enrolments(office: &Office, achievement: &str) -> BTreeMap<usize, String> {
    let all = PageRequest { limit: Some(200), cursor: None };
    let page = office.enrolments(&Caller::system(), achievement, &EnrolmentFilter::default(), &all).unwrap();
    page.items
        .into_iter()
        .map(|enrolment| (enrolment.external_id.unwrap().parse().unwrap(), enrolment.id))
        .collect()
}

fn complete(office: &Office, enrolment: &str, requirement: usize) -> Value {
    let order = json!({"requirement": format!("r{requirement}"), "externalId": requirement.to_string()});
    let order = CompletionOrder::parse(&order).unwrap();
    for _ in 0..50 {
        match office.complete(&Caller::system(), enrolment, &order, None) {
            Ok(completed) => return serde_json::to_value(completed).unwrap(),
            // Whoever was killed may still hold the row until the server notices.
            Err(accolade_issuing::OfficeError::Store(error)) if error.is_temporary() => {}
            Err(other) => panic!("{other}"),
        }
    }
    panic!("busy for ever")
}
