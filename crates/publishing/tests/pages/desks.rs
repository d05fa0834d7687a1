//! The coordinator's tab and the learner's own page: what they are made of, and what holds for them alone.

use accolade_issuing::{
    CohortReport, Days, EarningReport, Enrolment, EnrolmentStatus, LinkedEnrolment, ProgressLink,
};
use accolade_publishing::{
    Coordinator, DeskNews, DeskNotes, Language, LearnerDesk, Page, Press, RosterDesk, SignInFault,
};
use serde_json::{Value, json};

use crate::dom::Dom;
use crate::fixtures::{self, ACHIEVEMENT, AWARD, ISSUER, moment, page};

/// An enrolment in that state, of which the first `done` requirements are done; `words` stands where strangers may write.
fn enrolment(words: &str, status: EnrolmentStatus, done: usize) -> Enrolment {
    let sheet = fixtures::micro_credential(words);
    let ids = ["workshop", "one", "two", "three", "test", "project", "presentation", "practice", "before"];
    let requirements: Vec<Value> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| {
            let state = match number {
                number if number < done => "done",
                number if number == done => "not-enough",
                number if number == done + 1 => "unconfirmed",
                _ => "open",
            };
            json!({"id": id, "title": words, "kind": "workshop", "state": state, "share": 0.5, "late": number == 0})
        })
        .collect();
    let credential = (status == EnrolmentStatus::Awarded).then(|| page("credentials", AWARD));
    serde_json::from_value(json!({
        "id": AWARD, "issuerId": ISSUER, "achievementId": sheet.achievement.id, "achievementVersion": 2,
        "learner": {"id": ISSUER, "name": words, "identity": {"email": words}},
        "cohort": words, "externalId": words, "status": status, "statusReason": words,
        "createdAt": "2026-10-05T08:00:00Z", "updatedAt": "2026-11-05T08:00:00Z", "endsAt": "2026-12-20T08:00:00Z",
        "progress": {"satisfied": false, "share": 0.42, "requirements": requirements, "nextSteps": ["practice"]},
        "completions": [
            {"id": AWARD, "requirement": "workshop", "at": "2026-10-09T08:00:00Z", "source": "coordinator", "success": true,
             "score": 62.5, "level": words, "hours": 1.5, "evidence": [{"id": "https://portfolio.example/x"}, {"id": words}],
             "vouchedBy": words, "createdAt": "2026-10-09T08:00:00Z"},
            {"id": ISSUER, "requirement": "one", "at": "2026-10-09T08:00:00Z", "source": "xapi",
             "withdrawnAt": "2026-10-10T08:00:00Z", "withdrawnReason": words, "createdAt": "2026-10-09T08:00:00Z"},
        ],
        "links": {"achievement": page("achievements", ACHIEVEMENT), "credential": credential}
    }))
    .unwrap()
}

fn linked(words: &str, status: EnrolmentStatus) -> LinkedEnrolment {
    let requirements = fixtures::micro_credential(words).achievement.members["requirements"].clone();
    LinkedEnrolment {
        enrolment: enrolment(words, status, 2),
        requirements: Some(requirements),
        expires_at: moment("2027-01-31T10:00:00Z"),
    }
}

fn report(words: &str) -> EarningReport {
    let days = Some(Days { median: 33.25, p10: 20.0, p90: 41.0 });
    let cohort = |cohort: Option<&str>, enrolled| CohortReport {
        cohort: cohort.map(str::to_owned),
        enrolled,
        active: enrolled * 3 / 4,
        completed: enrolled / 2,
        awarded: enrolled / 3,
        withdrawn: 2,
        days,
        ..CohortReport::default()
    };
    EarningReport {
        achievement_id: ACHIEVEMENT.into(),
        total: cohort(None, 42),
        cohorts: vec![cohort(Some(words), 30), cohort(None, 12)],
    }
}

fn coordinator(words: &str) -> Coordinator {
    Coordinator { name: words.into(), csrf: "0123456789abcdef0123456789abcdef".into(), may_write: true }
}

fn roster(words: &str, notes: DeskNotes) -> RosterDesk {
    let mut second = enrolment(words, EnrolmentStatus::AwaitingApproval, 9);
    second.progress.requirements.truncate(4);
    RosterDesk {
        achievement: fixtures::micro_credential(words),
        report: report(words),
        cohort: Some(words.into()),
        status: None,
        enrolments: vec![enrolment(words, EnrolmentStatus::Active, 0), second],
        next: Some(words.into()),
        notes,
    }
}

fn learner(words: &str, status: EnrolmentStatus, notes: DeskNotes) -> LearnerDesk {
    LearnerDesk {
        achievement: fixtures::micro_credential(words),
        enrolment: enrolment(words, status, 1),
        requirements: linked(words, status).requirements,
        link: Some(ProgressLink {
            url: format!("{}/progress/abc", fixtures::BASE),
            expires_at: moment("2027-01-31T10:00:00Z"),
        }),
        notes,
    }
}

/// Every page of them with its name.
pub(crate) fn pages(press: &Press, words: &str, language: Language) -> Vec<(String, Page)> {
    let mut pages = Vec::new();
    for (status, name) in [
        (EnrolmentStatus::Active, "active"),
        (EnrolmentStatus::AwaitingApproval, "awaiting"),
        (EnrolmentStatus::Awarded, "awarded"),
        (EnrolmentStatus::Withdrawn, "withdrawn"),
    ] {
        let sheet = fixtures::micro_credential(words);
        pages.push((
            format!("progress-{name}"),
            press.progress_page(&linked(words, status), &sheet, language),
        ));
        let desk = learner(words, status, DeskNotes::default());
        pages
            .push((format!("desk-learner-{name}"), press.learner_page(&coordinator(words), &desk, language)));
    }
    pages.push(("progress-closed".into(), press.progress_closed_page(language)));
    let faulty =
        DeskNotes { faults: vec![words.to_owned()], news: Some(DeskNews::Recorded(2)), is_stale: false };
    let told = DeskNotes { news: Some(DeskNews::Approved), ..DeskNotes::default() };
    for (name, notes) in [("roster", told), ("roster-faults", faulty)] {
        let desk = roster(words, notes);
        pages.push((format!("desk-{name}"), press.roster_page(&coordinator(words), &desk, language)));
    }
    let mut empty = roster(words, DeskNotes::default());
    empty.enrolments.clear();
    pages.push(("desk-roster-empty".into(), press.roster_page(&coordinator(words), &empty, language)));
    let catalogue = fixtures::catalogue(Some(words));
    pages.push(("desk".into(), press.desk_page(&coordinator(words), &catalogue, None, language)));
    pages.push(("desk-sign-in".into(), press.sign_in_page(None, language)));
    pages.push(("desk-sign-in-again".into(), press.sign_in_page(Some(SignInFault::Expired), language)));
    pages.into_iter().map(|(name, page)| (name, page.unwrap())).collect()
}

#[test]
fn what_is_for_one_person_is_kept_by_nobody_and_found_by_nobody() {
    for (name, page) in pages(&fixtures::press(), "Words", Language::En) {
        assert!(page.private && page.noindex, "{name}");
        let text = std::str::from_utf8(&page.body).unwrap();
        assert!(text.contains(r#"<meta name="robots" content="noindex">"#), "{name}");
        let referrer = if name.starts_with("desk") { "same-origin" } else { "no-referrer" };
        assert!(text.contains(&format!(r#"<meta name="referrer" content="{referrer}">"#)), "{name}");
        assert!(!text.contains("rel=\"canonical\"") && !text.contains("og:title"), "{name}");
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token_of_the_session() {
    for (name, page) in pages(&fixtures::press(), "Words", Language::En) {
        let dom = Dom::of(&page);
        let forms = dom.all("form").filter(|form| form.get("method") == Some("post")).count();
        let tokens = dom.all("input").filter(|it| it.get("name") == Some("csrf"));
        let tokens: Vec<_> = tokens.map(|it| it.get("value")).collect();
        let expected = if name.contains("sign-in") { 0 } else { forms };
        assert_eq!(tokens.len(), expected, "{name}");
        assert!(tokens.iter().all(|token| *token == Some("0123456789abcdef0123456789abcdef")), "{name}");
    }
}

#[test]
fn who_may_only_read_gets_no_form_to_write() {
    let press = fixtures::press();
    let reader = Coordinator { may_write: false, ..coordinator("Words") };
    let roster = press.roster_page(&reader, &roster("Words", DeskNotes::default()), Language::En).unwrap();
    let desk = learner("Words", EnrolmentStatus::AwaitingApproval, DeskNotes::default());
    let learner = press.learner_page(&reader, &desk, Language::En).unwrap();
    for page in [roster, learner] {
        let dom = Dom::of(&page);
        let actions: Vec<_> = dom
            .all("form")
            .filter(|form| form.get("method") == Some("post"))
            .filter_map(|form| form.get("action"))
            .filter(|action| !action.ends_with("/sign-out") && !action.ends_with("/tick"))
            .collect();
        assert_eq!(actions, Vec::<&str>::new());
        assert_eq!(dom.all("input").filter(|it| it.get("type") == Some("checkbox")).count(), 0);
    }
}

#[test]
fn a_tick_names_what_and_whom_it_is_about() {
    let press = fixtures::press();
    let desk = roster("Words", DeskNotes::default());
    let page = press.roster_page(&coordinator("Key"), &desk, Language::En).unwrap();
    let dom = Dom::of(&page);
    let ticks: Vec<_> = dom.all("input").filter(|it| it.get("type") == Some("checkbox")).collect();
    // Not asked for by a tick: a mark, a level, hours, evidence, another badge; nor what is known already.
    assert_eq!(ticks.len(), 3, "{ticks:?}");
    for tick in ticks {
        assert_eq!(tick.get("aria-label"), Some("Words, Words"));
        assert!(tick.get("value").unwrap().starts_with(&format!("{AWARD}:")), "{tick:?}");
    }
}

#[test]
fn a_learner_sees_what_is_done_and_what_comes_next() {
    let press = fixtures::press();
    let sheet = fixtures::micro_credential("Words");
    let page = press.progress_page(&linked("Words", EnrolmentStatus::Active), &sheet, Language::En).unwrap();
    let text = std::str::from_utf8(&page.body).unwrap();
    for part in [
        "42 % done",
        "done after it was due",
        "Comes next",
        "Not enough yet",
        "Waiting to be confirmed",
        "31 January 2027",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let awarded =
        press.progress_page(&linked("Words", EnrolmentStatus::Awarded), &sheet, Language::En).unwrap();
    assert!(Dom::of(&awarded).find("a", "href", &format!("/public/credentials/{AWARD}")).is_some());
}
