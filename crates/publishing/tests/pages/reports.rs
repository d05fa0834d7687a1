//! The examiner's report as a page, in every outcome, alone and with badges inside.

use accolade_publishing::{Language, Page, Verified};
use accolade_verifying::report::{
    AchievementView, CredentialView, IssuerView, RecipientView, StatusState, StatusView,
};
use accolade_verifying::{Check, CheckOutcome, Format, Outcome, Report};

use crate::dom::Dom;
use crate::fixtures::{self, AWARD, BASE, moment};

const SPEC: &str = "https://www.w3.org/TR/vc-data-integrity/#verify-proof";

fn check(id: &'static str, outcome: CheckOutcome, code: Option<&'static str>, detail: &str) -> Check {
    Check { id, outcome, code, detail: detail.to_owned(), spec: SPEC }
}

fn changed(mut report: Report, change: impl FnOnce(&mut Report)) -> Report {
    change(&mut report);
    report
}

/// A report on the fixtures' credential.
pub(crate) fn report() -> Report {
    changed(Report::blank(), |report| {
        report.outcome = Outcome::Valid;
        report.format = Some(Format::V3EmbeddedProof);
        report.credential = Some(CredentialView {
            id: Some(fixtures::page("credentials", AWARD)),
            valid_from: Some(moment("2026-11-23T10:00:00Z")),
            valid_until: Some(moment("2028-11-23T10:00:00Z")),
            ..CredentialView::default()
        });
        report.issuer = Some(IssuerView {
            id: fixtures::issuer().profile_id,
            name: Some("Riverside University".into()),
            url: None,
        });
        report.achievement = Some(AchievementView {
            name: Some("Applied Data Skills".into()),
            achievement_type: Some("MicroCredential".into()),
            ..AchievementView::default()
        });
        report.recipient = Some(RecipientView {
            identified_by: vec!["emailAddress".into()],
            matches: Some(true),
            ..RecipientView::default()
        });
        report.status = StatusView { state: StatusState::Active, reason: None };
        report.checks = vec![
            check("parse", CheckOutcome::Passed, None, "The text is well-formed JSON."),
            check("proof", CheckOutcome::Passed, None, "The signature fits (eddsa-rdfc-2022)."),
            check("status", CheckOutcome::Passed, None, "The issuer has not revoked it."),
            check("endorsements", CheckOutcome::Skipped, None, "Nobody endorses it."),
        ];
    })
}

pub(crate) fn invalid() -> Report {
    let detail = "The issuer revoked it: <b>plagiarism</b>.";
    changed(report(), |report| {
        report.outcome = Outcome::Invalid;
        report.status = StatusView { state: StatusState::Revoked, reason: Some("<b>plagiarism</b>".into()) };
        report.checks = vec![
            check("proof", CheckOutcome::Passed, None, "The signature fits."),
            check("status", CheckOutcome::Failed, Some("revoked"), detail),
        ];
    })
}

pub(crate) fn unknown() -> Report {
    let detail = "The status list could not be fetched.";
    changed(report(), |report| {
        report.outcome = Outcome::Unknown;
        report.checks = vec![check("status", CheckOutcome::Unknown, Some("connect_timeout"), detail)];
    })
}

/// A presentation that holds one of each, and a learner's record in it.
pub(crate) fn nested() -> Report {
    let within = changed(report(), |report| {
        report.format = Some(Format::V3Clr);
        report.credentials = vec![self::report()];
    });
    changed(invalid(), |report| {
        report.format = Some(Format::V3Presentation);
        report.achievement = None;
        report.recipient = None;
        report.credentials = vec![self::report(), invalid(), unknown(), within];
    })
}

pub(crate) fn shown(report: &Report, language: Language) -> Page {
    let url = fixtures::page("credentials", AWARD);
    fixtures::press().verify_report(Verified { report, url: Some(&url) }, language).unwrap()
}

#[test]
fn a_report_says_first_what_came_out() {
    for (report, outcome) in
        [(report(), "valid"), (invalid(), "invalid"), (unknown(), "unknown"), (nested(), "invalid")]
    {
        for language in Language::ALL {
            let dom = Dom::of(&shown(&report, language));
            let verdict = dom.find("div", "data-outcome", outcome).unwrap();
            assert_eq!(verdict.get("role"), Some("status"));
            assert_eq!(dom.all("h1").count(), 1);
            assert_eq!(dom.elements.iter().filter(|it| it.get("role") == Some("status")).count(), 1);
        }
    }
}

#[test]
fn a_report_says_why_in_the_visitors_language_and_in_the_examiners_words() {
    let text = |language| String::from_utf8(shown(&invalid(), language).body.to_vec()).unwrap();
    assert!(text(Language::En).contains("The issuer has revoked it."));
    assert!(text(Language::De).contains("Der Aussteller hat ihn widerrufen."));
    assert!(
        text(Language::De).contains("The issuer revoked it: &#60;b&#62;plagiarism"),
        "{}",
        text(Language::De)
    );
}

#[test]
fn every_badge_inside_has_a_report_of_its_own() {
    let dom = Dom::of(&shown(&nested(), Language::En));
    let count = |outcome| {
        dom.elements.iter().filter(|it| it.name == "div" && it.get("data-outcome") == Some(outcome)).count()
    };
    assert_eq!((count("valid"), count("invalid"), count("unknown")), (3, 2, 1));
    let headings: Vec<&str> = dom.all("h3").map(|heading| heading.text.trim()).collect();
    assert_eq!(headings, ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
}

#[test]
fn a_step_that_is_amiss_leads_to_the_standard_and_one_that_is_well_does_not() {
    let links = |report: &Report| {
        Dom::of(&shown(report, Language::En)).all("a").filter(|it| it.get("href") == Some(SPEC)).count()
    };
    assert_eq!((links(&report()), links(&invalid()), links(&unknown())), (0, 1, 1));
}

#[test]
fn the_issuers_identity_stands_beside_the_name_it_gives_itself() {
    let dom = Dom::of(&shown(&report(), Language::En));
    assert!(
        dom.all("strong")
            .any(|it| it.get("class") == Some("host") && it.text.trim() == "badges.riverside.example")
    );
    assert!(dom.all("code").any(|it| it.text.trim() == fixtures::issuer().profile_id));
    assert!(dom.all("bdi").any(|it| it.text.trim() == "Riverside University"));
    assert!(dom.find("a", "href", &format!("{BASE}/public/credentials/{AWARD}")).is_some());
}
