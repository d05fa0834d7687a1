//! The examiner's report, step by step. What a presentation or a learner's record holds is shown in the same way inside it.

use accolade_verifying::report::StatusState;
use accolade_verifying::{Check, CheckOutcome, Format, Outcome, Report};
use askama::Template;

use super::facts::{Fact, Facts};
use super::frame::Frame;
use crate::html::Html;
use crate::icons::Icon;
use crate::markdown::safe_link;
use crate::metadata::Head;
use crate::reading::identity_host;
use crate::words::{ReportWords, Words};
use crate::{Language, Page, Press, PublishingError, Verified};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    frame: Frame<'a>,
    body: Html,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "report_part.html")]
struct ReportPart<'a> {
    words: &'a Words,
    is_whole: bool,
    outcome: &'static str,
    /// The look of the verdict, by the names of a credential's states.
    state: &'static str,
    icon: Html,
    word: &'a str,
    sentence: String,
    detail: Option<&'a str>,
    matching: Option<(bool, &'a str)>,
    match_icon: Html,
    facts: Vec<Fact>,
    steps: Vec<StepRow<'a>>,
    count: String,
    inner: Vec<(String, Html)>,
}

/// A step of the check.
struct StepRow<'a> {
    outcome: &'static str,
    icon: Html,
    name: &'a str,
    word: &'a str,
    detail: &'a str,
    /// Where the standard demands it; only where something is amiss.
    spec: Option<&'static str>,
}

impl Press {
    /// The page of a report. Where an address was checked, the page has an address of its own that runs the check again.
    pub fn verify_report(&self, verified: Verified<'_>, language: Language) -> Result<Page, PublishingError> {
        let words = self.words(language);
        let (word, _) = verdict(verified.report, words);
        let query = verified.url.map(query);
        let head = Head { description: word.to_owned(), noindex: true, ..Head::default() };
        let title = format!("{word} · {}", words.report.title);
        let page = ReportPage {
            body: self.report_part(verified.report, language, true)?,
            link: query.as_deref().map(|query| format!("{}?{query}", self.url("/verify"))),
            frame: self.frame(language, title, head, query.as_deref().unwrap_or_default()),
        };
        Ok(Page::html(page.render()?, language, 0).unlisted())
    }

    fn report_part(
        &self,
        report: &Report,
        language: Language,
        is_whole: bool,
    ) -> Result<Html, PublishingError> {
        let words = self.words(language);
        let (outcome, state, icon) = match report.outcome {
            Outcome::Valid => ("valid", "valid", Icon::Check),
            Outcome::Invalid => ("invalid", "revoked", Icon::Cross),
            Outcome::Unknown => ("unknown", "suspended", Icon::Question),
        };
        let (word, sentence) = verdict(report, words);
        let deciding = deciding(report);
        let matching = report.recipient.as_ref().and_then(|recipient| recipient.matches);
        let many = report.credentials.len();
        let inner = report.credentials.iter().enumerate().map(|(nth, inside)| {
            let (number, count) = ((nth + 1).to_string(), many.to_string());
            let heading = words.report.inside_nth.plain(&[("number", &number), ("count", &count)]);
            Ok((heading, self.report_part(inside, language, false)?))
        });
        let part = ReportPart {
            words,
            is_whole,
            outcome,
            state,
            icon: icon.html(),
            word,
            sentence,
            detail: deciding.map(|check| check.detail.as_str()),
            matching: matching.map(|fits| {
                (fits, if fits { words.report.fits.as_str() } else { words.report.fits_not.as_str() })
            }),
            match_icon: if matching == Some(true) { Icon::Check } else { Icon::Cross }.html(),
            facts: facts(report, words, language),
            steps: report.checks.iter().map(|check| step(check, words)).collect(),
            count: words
                .report
                .steps_count
                .of(language, u64::try_from(report.checks.len()).unwrap_or_default()),
            inner: inner.collect::<Result<_, PublishingError>>()?,
        };
        Ok(Html::trusted(part.render()?))
    }
}

/// The query of an address that runs the check again. Whom somebody expected is nobody else's business, and not in it.
fn query(url: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("url", url).finish()
}

/// The first check that decides against the badge, or leaves it undecided.
fn deciding(report: &Report) -> Option<&Check> {
    let wanted = match report.outcome {
        Outcome::Valid => return None,
        Outcome::Invalid => CheckOutcome::Failed,
        Outcome::Unknown => CheckOutcome::Unknown,
    };
    report.checks.iter().find(|check| check.outcome == wanted)
}

/// A word and a sentence; the sentence says why, where there are words for the reason.
fn verdict<'a>(report: &Report, words: &'a Words) -> (&'a str, String) {
    let reason = deciding(report).and_then(|check| check.code).and_then(|code| words.reasons.get(code));
    let words = &words.report;
    match report.outcome {
        Outcome::Valid => (&words.valid, good(report, words).to_owned()),
        Outcome::Invalid => {
            let after = reason.map(|reason| format!("{reason} ")).unwrap_or_default();
            (&words.invalid, format!("{after}{}", words.invalid_text))
        }
        Outcome::Unknown => (&words.unknown, words.unknown_text.clone()),
    }
}

fn good<'a>(report: &Report, words: &'a ReportWords) -> &'a str {
    match report.format {
        Some(Format::V3Presentation | Format::V3PresentationJwt) => &words.valid_presentation,
        Some(Format::V3Clr) => &words.valid_record,
        Some(Format::V3Endorsement) => &words.valid_endorsement,
        Some(Format::Credential) => &words.valid_credential,
        _ => &words.valid_text,
    }
}

fn step<'a>(check: &'a Check, words: &'a Words) -> StepRow<'a> {
    let (outcome, icon) = match check.outcome {
        CheckOutcome::Passed => ("passed", Icon::Check),
        CheckOutcome::Failed => ("failed", Icon::Cross),
        CheckOutcome::Warning => ("warning", Icon::Note),
        CheckOutcome::Skipped => ("skipped", Icon::Dash),
        CheckOutcome::Unknown => ("unknown", Icon::Question),
    };
    let is_amiss =
        matches!(check.outcome, CheckOutcome::Failed | CheckOutcome::Unknown | CheckOutcome::Warning);
    StepRow {
        outcome,
        icon: icon.html(),
        name: words.steps.get(check.id).map_or(check.id, String::as_str),
        word: words.outcomes.get(outcome).map_or(outcome, String::as_str),
        detail: &check.detail,
        spec: is_amiss.then_some(check.spec),
    }
}

fn facts(report: &Report, words: &Words, language: Language) -> Vec<Fact> {
    let mut facts = Facts::new(words, language);
    let names = &words.report;
    let achievement = report.achievement.as_ref();
    let named = achievement.and_then(|found| found.name.as_deref());
    facts.say(&names.badge, named.or_else(|| report.credential.as_ref()?.name.as_deref()));
    let kind = achievement.and_then(|found| found.achievement_type.as_deref());
    facts.add(&words.facts.kind, kind.map(|term| Html::text(&words.kind(term))));
    facts.add(&names.issuer, report.issuer.as_ref().map(issuer));
    facts.say(&names.recipient, report.recipient.as_ref().and_then(|it| recipient(it, words)).as_deref());
    let credential = report.credential.as_ref();
    let issued = credential.and_then(|found| found.awarded_date.or(found.valid_from));
    facts.add(&names.issued, issued.map(|moment| language.day_html(moment)));
    let until = credential.and_then(|found| found.valid_until);
    facts.add(&names.until, until.map(|moment| language.day_html(moment)));
    let is_presentation = matches!(report.format, Some(Format::V3Presentation | Format::V3PresentationJwt));
    facts.say(&names.status, (!is_presentation).then(|| status(report, words)).as_deref());
    facts.say(&names.form, report.format.map(Format::as_str));
    facts.add(&names.id, credential.and_then(|found| found.id.as_deref()).map(address));
    facts.done()
}

/// The issuer's own name, the domain its identity stands on, and the identity, which is what the signature proves.
fn issuer(found: &accolade_verifying::report::IssuerView) -> Html {
    let name = found.name.as_deref().map(|name| format!("{} ", Html::isolated(name))).unwrap_or_default();
    let host = identity_host(&found.id)
        .map(|host| format!("<strong class=\"host\" dir=\"ltr\">{}</strong> ", Html::text(&host)));
    Html::trusted(format!("{name}{}{}", host.unwrap_or_default(), address(&found.id)))
}

fn address(text: &str) -> Html {
    let code = format!("<code dir=\"ltr\">{}</code>", Html::text(text));
    match safe_link(text) {
        Some(link) => Html::trusted(format!(
            "<a rel=\"noopener nofollow ugc\" href=\"{}\">{code}</a>",
            Html::text(&link)
        )),
        None => Html::trusted(code),
    }
}

fn recipient(found: &accolade_verifying::report::RecipientView, words: &Words) -> Option<String> {
    let named = |kind: &String| words.identifiers.get(kind).unwrap_or(kind).clone();
    let kinds = found.identified_by.iter().map(named).collect::<Vec<_>>().join(", ");
    let by = (!kinds.is_empty()).then(|| words.report.recipient_by.plain(&[("kinds", &kinds)]));
    found.name.clone().or(by).or_else(|| found.id.clone())
}

fn status(report: &Report, words: &Words) -> String {
    let words = &words.report;
    let word = match report.status.state {
        StatusState::Active => &words.in_force,
        StatusState::Revoked => &words.revoked,
        StatusState::Suspended => &words.suspended,
        StatusState::None => &words.no_status,
        StatusState::Unknown => &words.not_known,
    };
    match &report.status.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word.clone(),
    }
}
