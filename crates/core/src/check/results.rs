//! Rules about results and what an achievement says of them.

use std::collections::HashSet;

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};

rules! {
    RESULT_DESCRIPTION_REPEATED: Specification Error/Warning "result-description-repeated", ob!("resultdescription"),
        "Each result description and each rubric level has an id of its own.";
    RESULT_DESCRIPTION_RANGE: Specification Error/Warning "result-description-range", ob!("resultdescription"),
        "`valueMin` is not above `valueMax`.";
    REQUIRED_LEVEL_UNKNOWN: Specification Error/Warning "required-level-unknown", ob!("resultdescription"),
        "`requiredLevel` is one of the description's own rubric levels.";
    REQUIRED_VALUE_IMPOSSIBLE: Specification Error/Warning "required-value-impossible", ob!("resultdescription"),
        "`requiredValue` is a value that a result can have.";
    RUBRIC_MISSING: Specification Warning/Warning "rubric-missing", ob!("resultdescription"),
        "A description of type RubricCriterionLevel lists the levels.";
    RESULT_DESCRIPTION_UNKNOWN: Specification Error/Warning "result-description-unknown", ob!("result"),
        "A result's `resultDescription` is one of the achievement awarded.";
    ACHIEVED_LEVEL_UNKNOWN: Specification Error/Warning "achieved-level-unknown", ob!("result"),
        "`achievedLevel` is one of the linked description's rubric levels.";
    RESULT_STATUS_MISSING: Specification Error/Warning "result-status-missing", ob!("result"),
        "A result whose description is of type Status has a `status`.";
    RESULT_VALUE_IMPOSSIBLE: Specification Error/Warning "result-value-impossible", ob!("result"),
        "A result's `value` is one that the linked description allows.";
    RESULT_EMPTY: House Warning/Warning "result-empty", ob!("result"),
        "A result has a value, a level or a status.";
    CREDITS_BEYOND: House Warning/Warning "credits-beyond", ob!("achievementsubject"),
        "Nobody earns more credits than are available.";
}

/// The ids of an achievement's result descriptions and of all their levels differ.
pub(crate) fn descriptions_differ(achievement: &Value, place: &Place<'_>, findings: &mut Findings) {
    let list = place.member("resultDescription");
    let mut seen = HashSet::new();
    for (index, description) in items(achievement, "resultDescription").enumerate() {
        let levels = items(description, "rubricCriterionLevel");
        let ids = std::iter::once(description).chain(levels).filter_map(|object| text(object, "id"));
        for id in ids.filter(|id| !seen.insert(*id)) {
            let detail = format!("The id {id} names more than one result description or rubric level.");
            findings.add(&RESULT_DESCRIPTION_REPEATED, &list.item(index), detail);
        }
    }
}

/// What a description requires can be reached.
pub(crate) fn description_is_consistent(description: &Value, place: &Place<'_>, findings: &mut Findings) {
    if let (Some(min), Some(max)) = (number(description, "valueMin"), number(description, "valueMax"))
        && min > max
    {
        let detail = format!("`valueMin` ({min}) is above `valueMax` ({max}).");
        findings.add(&RESULT_DESCRIPTION_RANGE, &place.member("valueMin"), detail);
    }
    if let Some(level) = text(description, "requiredLevel")
        && !has_level(description, level)
    {
        let detail = "`requiredLevel` must be the id of one of this description's `rubricCriterionLevel`.";
        findings.add(&REQUIRED_LEVEL_UNKNOWN, &place.member("requiredLevel"), detail);
    }
    if let Some(value) = text(description, "requiredValue")
        && let Some(why) = why_impossible(value, description)
    {
        let detail = format!("`requiredValue` cannot be reached: {why}.");
        findings.add(&REQUIRED_VALUE_IMPOSSIBLE, &place.member("requiredValue"), detail);
    }
    let is_rubric = text(description, "resultType") == Some("RubricCriterionLevel");
    if is_rubric && items(description, "rubricCriterionLevel").next().is_none() {
        let detail =
            "A description of type RubricCriterionLevel should list its levels in `rubricCriterionLevel`.";
        findings.add(&RUBRIC_MISSING, &place.member("rubricCriterionLevel"), detail);
    }
}

/// Each result answers to a description of the achievement.
pub(crate) fn results_follow_descriptions(subject: &Value, place: &Place<'_>, findings: &mut Findings) {
    let achievement = subject.get("achievement").unwrap_or(&Value::Null);
    let list = place.member("result");
    for (index, result) in items(subject, "result").enumerate() {
        let at = list.item(index);
        let says_something =
            ["value", "status", "achievedLevel"].iter().any(|member| result.get(member).is_some());
        if result.is_object() && !says_something {
            findings.add(
                &RESULT_EMPTY,
                &at,
                "The result has neither `value` nor `status` nor `achievedLevel`.",
            );
        }
        match text(result, "resultDescription") {
            Some(id) => linked(result, id, achievement, &at, findings),
            None => unlinked(result, &at, findings),
        }
    }
}

fn linked(result: &Value, id: &str, achievement: &Value, place: &Place<'_>, findings: &mut Findings) {
    let mut descriptions = items(achievement, "resultDescription");
    let Some(description) = descriptions.find(|description| text(description, "id") == Some(id)) else {
        let detail =
            "`resultDescription` must be the id of a `resultDescription` of the achievement awarded here.";
        findings.add(&RESULT_DESCRIPTION_UNKNOWN, &place.member("resultDescription"), detail);
        return;
    };
    let name = text(description, "name").unwrap_or(id);
    if let Some(level) = text(result, "achievedLevel")
        && !has_level(description, level)
    {
        let detail =
            format!("`achievedLevel` must be the id of a rubric level of \"{name}\", which is linked here.");
        findings.add(&ACHIEVED_LEVEL_UNKNOWN, &place.member("achievedLevel"), detail);
    }
    if text(description, "resultType") == Some("Status") && result.get("status").is_none() {
        let detail = format!("\"{name}\" is of type Status, so its result needs a `status`.");
        findings.add(&RESULT_STATUS_MISSING, &place.member("status"), detail);
    }
    if let Some(value) = text(result, "value")
        && let Some(why) = why_impossible(value, description)
    {
        let detail = format!("\"{value}\" is no value of \"{name}\": {why}.");
        findings.add(&RESULT_VALUE_IMPOSSIBLE, &place.member("value"), detail);
    }
}

fn unlinked(result: &Value, place: &Place<'_>, findings: &mut Findings) {
    if result.get("achievedLevel").is_some() {
        let detail = "`achievedLevel` needs a `resultDescription` whose levels it is one of.";
        findings.add(&ACHIEVED_LEVEL_UNKNOWN, &place.member("achievedLevel"), detail);
    }
}

/// Credits earned are at most those available.
pub(crate) fn credits(subject: &Value, place: &Place<'_>, findings: &mut Findings) {
    let available =
        subject.get("achievement").and_then(|it| it.get("creditsAvailable")).and_then(Value::as_f64);
    let earned = subject.get("creditsEarned").and_then(Value::as_f64);
    if let (Some(earned), Some(available)) = (earned, available)
        && earned > available
    {
        let detail = format!("{earned} credits are earned, but only {available} are available.");
        findings.add(&CREDITS_BEYOND, &place.member("creditsEarned"), detail);
    }
}

fn has_level(description: &Value, id: &str) -> bool {
    items(description, "rubricCriterionLevel").any(|level| text(level, "id") == Some(id))
}

/// Why a description does not allow a value, if it does not.
fn why_impossible(value: &str, description: &Value) -> Option<String> {
    let allowed: Vec<&str> = items(description, "allowedValue").filter_map(Value::as_str).collect();
    if !allowed.is_empty() && !allowed.contains(&value) {
        return Some(format!("it must be one of {}", allowed.join(", ")));
    }
    let (min, max) = (number(description, "valueMin"), number(description, "valueMax"));
    if min.is_none() && max.is_none() {
        return None;
    }
    // A percentage is often written with its sign.
    let Ok(number) = value.trim().trim_end_matches('%').trim_end().parse::<f64>() else {
        return Some("it must be a number, since it has bounds".to_owned());
    };
    let above = min.is_none_or(|min| number >= min);
    let below = max.is_none_or(|max| number <= max);
    (!(above && below)).then(|| match (min, max) {
        (Some(min), Some(max)) => format!("it must be from {min} to {max}"),
        (Some(min), None) => format!("it must be at least {min}"),
        (_, max) => format!("it must be at most {}", max.unwrap_or_default()),
    })
}

fn items<'a>(object: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    object.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object.get(member)?.as_str()
}

fn number(object: &Value, member: &str) -> Option<f64> {
    text(object, member)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
