//! What a completion costs when nobody is enrolled yet and beside 100,000 learners with 10 requirements each, and how long a page
//! of their roster takes, on both databases.
//!
//! `cargo bench -p accolade-tests --bench earning`; figures go to `target/bench/summary.json`.

#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that cannot go on has failed; its figures are small"
)]

use std::time::Instant;

use accolade_issuing::{
    Caller, CompletionOrder, EnrolmentFilter, EnrolmentOrder, NewIssuer, Office, PageRequest,
};
use accolade_tests::office::office_on;
use accolade_tests::{postgres, summary};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use serde_json::{Value, json};

const LEARNERS: usize = 100_000;
const REQUIREMENTS: usize = 10;
/// Learners that are led through all requirements before and after.
const MEASURED: usize = 100;
const PAGES: usize = 50;

fn main() {
    // `cargo test --benches` asks benches to list or test themselves; they have nothing to say then.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = |name: &str| format!("{}/{name}.db", folder.path().display());
    let (nobody, crowded) = (path("nobody"), path("crowded"));
    let mut figures = measure("sqlite", &format!("sqlite:{nobody}"), &format!("sqlite:{crowded}"), &|sql| {
        let mut connection = SqliteConnection::establish(&crowded).unwrap();
        connection.batch_execute("PRAGMA busy_timeout = 10000").unwrap();
        connection.batch_execute(sql).unwrap();
    });
    let databases = (postgres::durable_database("nobody"), postgres::durable_database("crowded"));
    if let (Some(nobody), Some(crowded)) = databases {
        figures.extend(measure("postgres", &nobody.url, &crowded.url, &|sql| {
            PgConnection::establish(&crowded.url).unwrap().batch_execute(sql).unwrap();
        }));
    }
    for (name, value, unit) in &figures {
        println!("{name:<40} {value:>10.3} {unit}");
    }
    let figures: Vec<(&str, f64, &str)> =
        figures.iter().map(|(name, value, unit)| (name.as_str(), *value, *unit)).collect();
    summary::merge(&figures);
}

type Figures = Vec<(String, f64, &'static str)>;

fn measure(database: &str, nobody: &str, crowded: &str, run: &dyn Fn(&str)) -> Figures {
    let (lonely, course) = (Course::new(nobody), Course::new(crowded));
    run(&crowd(database, &course));
    // Once around, so that caches and statements are there.
    for course in [&lonely, &course] {
        course.lead("warm", 10);
    }
    // Learners of both take turns, so that a slow moment of the machine hits both sides.
    let (mut before, mut after) = (Took::default(), Took::default());
    for learner in 0..MEASURED {
        before.add(lonely.lead(&format!("measured{learner}-"), 1));
        after.add(course.lead(&format!("measured{learner}-"), 1));
    }
    let (before, award_before) = before.medians();
    let (after, award_after) = after.medians();
    let roster = course.roster();
    let started = Instant::now();
    course.office.earning_report(&Caller::system(), &course.achievement, None).unwrap();
    let report = started.elapsed().as_secs_f64() * 1000.0;
    let name = |figure: &str| format!("{figure}_{database}");
    vec![
        (name("completion"), after, "ms"),
        (name("completion_beside_100000_learners"), after / before, "ratio"),
        (name("completion_that_awards"), award_after, "ms"),
        (name("completion_that_awards_beside_100000_learners"), award_after / award_before, "ratio"),
        (name("roster_page"), roster, "ms"),
        (name("earning_report"), report, "ms"),
    ]
}

/// Milliseconds of completions that award nothing, and of the last ones, which do.
#[derive(Default)]
struct Took {
    plain: Vec<f64>,
    awarding: Vec<f64>,
}

impl Took {
    fn add(&mut self, more: Took) {
        self.plain.extend(more.plain);
        self.awarding.extend(more.awarding);
    }

    fn medians(self) -> (f64, f64) {
        (median(self.plain), median(self.awarding))
    }
}

struct Course {
    office: Office,
    issuer: String,
    achievement: String,
}

impl Course {
    fn new(url: &str) -> Course {
        let office = office_on(url);
        let system = Caller::system();
        let profile = json!({"name": "Riverside University", "url": "https://riverside.example", "email": "b@riverside.example"});
        let issuer = office.register_issuer(&system, NewIssuer::parse(profile).unwrap(), None).unwrap().id;
        let requirements: Vec<Value> = (0..REQUIREMENTS)
            .map(|number| json!({"id": format!("r{number}"), "kind": "assignment", "title": format!("Assignment {number}")}))
            .collect();
        let achievement = json!({
            "name": "Applied Data Skills",
            "description": "Collects, cleans, analyses and presents data.",
            "criteria": {"narrative": "Hand in every assignment."},
            "requirements": {"allOf": requirements},
        });
        let achievement = office.define_achievement(&system, &issuer, achievement, None).unwrap().id;
        Course { office, issuer, achievement }
    }

    /// Leads new learners through all requirements.
    fn lead(&self, name: &str, learners: usize) -> Took {
        let mut told = Took::default();
        for learner in 0..learners {
            let order = json!({"learner": {"email": format!("{name}{learner}@learner.example")}});
            let order = EnrolmentOrder::parse(&order).unwrap();
            let enrolment =
                self.office.enrol(&Caller::system(), &self.achievement, &order, None).unwrap().enrolment.id;
            for requirement in 0..REQUIREMENTS {
                let order = json!({"requirement": format!("r{requirement}"), "score": 80, "externalId": format!("{requirement}")});
                let order = CompletionOrder::parse(&order).unwrap();
                let started = Instant::now();
                let completed = self.office.complete(&Caller::system(), &enrolment, &order, None).unwrap();
                let took = started.elapsed().as_secs_f64() * 1000.0;
                if completed.awarded { told.awarding.push(took) } else { told.plain.push(took) }
            }
        }
        told
    }

    /// Milliseconds of a page of 200 learners, the first and those behind it: the slowest of them.
    fn roster(&self) -> f64 {
        let mut cursor = None;
        let mut slowest: f64 = 0.0;
        for _ in 0..PAGES {
            let page = PageRequest { limit: Some(200), cursor };
            let started = Instant::now();
            let page = self
                .office
                .enrolments(&Caller::system(), &self.achievement, &EnrolmentFilter::default(), &page)
                .unwrap();
            slowest = slowest.max(started.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(page.items.len(), 200);
            cursor = page.next;
        }
        slowest
    }
}

/// SQL that enrols everybody, with all but one of the requirements completed, under random ids as ours are.
fn crowd(database: &str, course: &Course) -> String {
    let (issuer, achievement) = (&course.issuer, &course.achievement);
    let (id, numbers, of) = match database {
        "sqlite" => (
            "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || \
             substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)",
            "WITH RECURSIVE m(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM m WHERE j < 8)",
        ),
        _ => (
            "gen_random_uuid()::text",
            "WITH n(i) AS (SELECT generate_series(1, 100000))",
            "WITH m(j) AS (SELECT generate_series(0, 8))",
        ),
    };
    assert_eq!((LEARNERS, REQUIREMENTS), (100_000, 10), "as the statements have it");
    let analyze = if database == "sqlite" { "" } else { "ANALYZE;" };
    format!(
        "BEGIN;
        INSERT INTO learners (id, issuer_id, digest, recipient, created_at)
            {numbers} SELECT {id}, '{issuer}', 'd' || i, '{{\"email\":\"crowd' || i || '@learner.example\"}}', 1790000000 + i FROM n;
        INSERT INTO enrolments (id, issuer_id, achievement_id, achievement_version, learner_id, cohort, status, revision,
                link_version, created_at, updated_at)
            SELECT {id}, '{issuer}', '{achievement}', 1, id, 'autumn', 'active', 10, 1, created_at, created_at FROM learners
            WHERE digest LIKE 'd%' AND recipient LIKE '%crowd%';
        INSERT INTO completions (id, enrolment_id, requirement, at, source, score, external_id, order_digest, created_at)
            {of} SELECT {id}, e.id, 'r' || m.j, e.created_at, 'xapi', 80000, 'c' || m.j, 'x', e.created_at FROM enrolments e, m
            WHERE e.cohort = 'autumn';
        COMMIT; {analyze}"
    )
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
