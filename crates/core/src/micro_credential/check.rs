//! Which elements of a framework a micro-credential has, and which are missing.

use serde::Serialize;
use serde_json::Value;

use super::frameworks::{Limit, Row};
pub use super::frameworks::{Need, Profile};
use super::{Element, Level, MicroCredential, Workload};

/// What a framework asks for, and what is there of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Which framework.
    pub profile: Profile,
    /// The framework's title.
    pub title: &'static str,
    /// Where the framework is published.
    pub spec: &'static str,
    /// Whether everything mandatory is there.
    pub complete: bool,
    /// How many mandatory elements there are.
    pub mandatory: usize,
    /// How many of them are there.
    pub mandatory_present: usize,
    /// Every element, in the framework's order.
    pub elements: Vec<Finding>,
}

/// An element of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which element.
    pub element: Element,
    /// Its place in Annex I of the Council Recommendation, such as `M6`, for that framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annex: Option<&'static str>,
    /// Whether the framework demands it.
    pub mandatory: bool,
    /// Whether it is there, and good enough.
    pub present: bool,
    /// JSON pointer to where a request says it; empty for what every award says by itself.
    pub pointer: &'static str,
    /// What is there, or what is missing.
    pub detail: String,
}

impl Report {
    /// What is mandatory and not there.
    pub fn missing(&self) -> impl Iterator<Item = &Finding> {
        self.elements.iter().filter(|finding| finding.mandatory && !finding.present)
    }
}

/// Looks for a framework's elements. `achievement` has OB 3.0 Achievement members, `issuer` OB 3.0 Profile members, as they
/// stand in requests or in documents.
pub fn check(
    profile: Profile,
    achievement: &Value,
    record: Option<&MicroCredential>,
    issuer: &Value,
) -> Report {
    let nothing = MicroCredential::default();
    let sources = Sources { achievement, record: record.unwrap_or(&nothing), issuer };
    let elements: Vec<_> = profile.rows().iter().map(|row| finding(profile, row, &sources)).collect();
    let mandatory = || elements.iter().filter(|finding| finding.mandatory);
    let mandatory_present = mandatory().filter(|finding| finding.present).count();
    Report {
        profile,
        title: profile.title(),
        spec: profile.spec(),
        complete: mandatory().all(|finding| finding.present),
        mandatory: mandatory().count(),
        mandatory_present,
        elements,
    }
}

/// Where elements may be told.
struct Sources<'a> {
    achievement: &'a Value,
    record: &'a MicroCredential,
    issuer: &'a Value,
}

fn finding(profile: Profile, row: &Row, sources: &Sources<'_>) -> Finding {
    let element = row.element;
    let wrong = beyond(row.limit, sources.record);
    let (present, detail) = match (told(element, sources), wrong) {
        (Some(_), Some(wrong)) => (false, wrong),
        (Some(told), None) => (true, told),
        (None, _) => (false, format!("{} is missing: {}", element.in_words(), advice(element))),
    };
    Finding {
        element,
        annex: element.annex().filter(|_| profile == Profile::Eu2022),
        mandatory: row.need == Need::Mandatory,
        present,
        pointer: element.pointer(),
        detail,
    }
}

/// What is told of an element, in words.
fn told(element: Element, sources: &Sources<'_>) -> Option<String> {
    let record = sources.record;
    let achievement = |member: &str| text(sources.achievement, member);
    match element {
        Element::Learner => Some("every award says who earned it".to_owned()),
        Element::Date => Some("every award says when it was made".to_owned()),
        Element::Title => achievement("name"),
        Element::Purpose => achievement("description"),
        Element::AwardingBody => text(sources.issuer, "name"),
        Element::Country => country(sources),
        Element::LearningOutcomes => outcomes(sources),
        Element::Workload => workload(sources),
        Element::Level => several(record.levels.iter().map(in_words)),
        Element::Assessment => {
            let types = record.assessment.iter().flat_map(|assessment| &assessment.types);
            several(types.map(|kind| kind.in_words().to_owned()))
        }
        Element::Participation => record.participation.map(|it| it.in_words().to_owned()),
        Element::QualityAssurance => several(record.quality_assurance.iter().map(|it| it.name.clone())),
        Element::Prerequisites => several(record.prerequisites.iter().cloned()),
        Element::Supervision => record.supervision.map(|it| it.in_words().to_owned()),
        Element::Grade => {
            record.grade.as_ref().map(|grade| grade.scheme.clone()).or_else(|| results(sources))
        }
        Element::Stackability => record.stackability.as_ref().map(|it| {
            let words = if it.stackable { "can be a part of something larger" } else { "stands alone" };
            words.to_owned()
        }),
        Element::FurtherInformation => {
            let page = sources.achievement.pointer("/criteria/id").and_then(Value::as_str).map(str::to_owned);
            several(record.further_information.iter().map(ToString::to_string)).or(page)
        }
        Element::FieldOfStudy => {
            record.field.as_ref().map(|field| field.name.clone()).or_else(|| achievement("fieldOfStudy"))
        }
        Element::Language => {
            record.language.as_ref().map(ToString::to_string).or_else(|| achievement("inLanguage"))
        }
        Element::Duration => record.duration.map(|duration| duration.maximum.to_string()),
        Element::Competency => record.competency.as_ref().map(|competency| competency.name.clone()),
    }
}

fn text(object: &Value, member: &str) -> Option<String> {
    object.get(member)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn several(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn country(sources: &Sources<'_>) -> Option<String> {
    let of_issuer = || {
        let address = sources.issuer.get("address")?;
        text(address, "addressCountryCode").or_else(|| text(address, "addressCountry"))
    };
    sources.record.country.as_ref().map(ToString::to_string).or_else(of_issuer)
}

fn outcomes(sources: &Sources<'_>) -> Option<String> {
    let alignments = sources.achievement.get("alignment").and_then(Value::as_array).into_iter().flatten();
    let aligned = || several(alignments.filter_map(|alignment| text(alignment, "targetName")));
    several(sources.record.learning_outcomes.iter().map(|outcome| outcome.text.clone())).or_else(aligned)
}

fn workload(sources: &Sources<'_>) -> Option<String> {
    let record = sources.record.workload.as_ref().map(workload_in_words);
    let credits = || sources.achievement.get("creditsAvailable").map(|credits| format!("{credits} credits"));
    record.or_else(credits)
}

fn workload_in_words(workload: &Workload) -> String {
    let hours = workload.hours.map(|hours| format!("{} hours", serde_json::json!(hours)));
    let system = workload.credit_framework.as_deref().unwrap_or("ECTS");
    let credits =
        workload.any_credits().map(|credits| format!("{} credits ({system})", serde_json::json!(credits)));
    several(hours.into_iter().chain(credits)).unwrap_or_default()
}

fn in_words(level: &Level) -> String {
    let framework = level.framework_name.as_deref().unwrap_or(level.framework.as_str());
    format!("{framework} {}", level.code)
}

fn results(sources: &Sources<'_>) -> Option<String> {
    let results =
        sources.achievement.get("resultDescription").and_then(Value::as_array).into_iter().flatten();
    several(results.filter_map(|result| text(result, "name")))
}

/// What is there, but not as the framework wants it.
fn beyond(limit: Limit, record: &MicroCredential) -> Option<String> {
    let workload = record.workload.as_ref();
    let hours = workload.and_then(|workload| workload.hours);
    match limit {
        Limit::None => None,
        Limit::AnHour => hours
            .is_none_or(|hours| hours.minutes() < 60)
            .then(|| "the workload has to be told in hours, and be at least one hour".to_owned()),
        Limit::FortyCredits => {
            let credits = workload.and_then(|workload| workload.credits).map(|credits| credits.get());
            let credits = credits.or(hours.map(|hours| hours.get() / 10.0));
            let is_within = credits.is_some_and(|credits| credits <= 40.0);
            (!is_within)
                .then(|| "at most 40 credits of 10 hours each, told as `credits` or `hours`".to_owned())
        }
        Limit::LevelOf(framework) => {
            let has = record.levels.iter().any(|level| level.framework == framework);
            (!has).then(|| format!("a level of {} is wanted", framework.in_words()))
        }
    }
}

/// What would help.
fn advice(element: Element) -> &'static str {
    match element {
        Element::Learner | Element::Date => "every award says it",
        Element::Title => "give the achievement a `name`",
        Element::Purpose => "say in `description` what it is for",
        Element::AwardingBody => "give the issuer a `name`",
        Element::Country => {
            "give the issuer an `address` with `addressCountryCode`, or the record a `country`"
        }
        Element::LearningOutcomes => "list what somebody who holds it knows, understands and can do",
        Element::Workload => "say how many hours of learning it takes, or how many ECTS credits it gives",
        Element::Level => "name its level, such as {\"framework\": \"EQF\", \"code\": \"5\"}",
        Element::Assessment => "say how learning is assessed, such as {\"types\": [\"project-work\"]}",
        Element::Participation => "say \"online\", \"on-site\" or \"blended\"",
        Element::QualityAssurance => {
            "say who vouches for its quality, you yourself (\"internal\") or somebody else"
        }
        Element::Prerequisites => "say what one needs to begin",
        Element::Supervision => "say whether learners are supervised and identified while they are assessed",
        Element::Grade => "say how it is graded",
        Element::Stackability => "say whether it can be a part of something larger",
        Element::FurtherInformation => "link to a page that says more",
        Element::FieldOfStudy => "name its field, such as {\"code\": \"0612\", \"name\": \"Databases\"}",
        Element::Language => "name the language it is taught in",
        Element::Duration => "say how long it takes",
        Element::Competency => "list the levels of competency",
    }
}
