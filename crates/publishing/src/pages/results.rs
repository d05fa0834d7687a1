//! What was assessed, what came out, and what was demanded.

use serde_json::Value;

use crate::reading::{list, text, texts};
use crate::words::Words;

/// A row of the table of results. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultRow {
    pub(crate) name: String,
    /// What this learner reached.
    pub(crate) result: String,
    /// What must be reached.
    pub(crate) required: String,
    /// Every value there is, from low to high.
    pub(crate) scale: String,
    /// The levels of the rubric, from low to high.
    pub(crate) levels: Vec<Level>,
}

/// A level of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) is_required: bool,
    pub(crate) is_reached: bool,
}

/// The results of an award, each with its description.
pub(crate) fn reached(subject: &Value, words: &Words) -> Vec<ResultRow> {
    let descriptions = subject.get("achievement").map(|achievement| list(achievement, "resultDescription"));
    list(subject, "result")
        .iter()
        .filter_map(|result| {
            let wanted = text(result, "resultDescription");
            let described = descriptions
                .unwrap_or_default()
                .iter()
                .find(|description| wanted.is_some() && text(description, "id") == wanted);
            Some(row(described?, Some(result), words))
        })
        .filter(|row| !row.result.is_empty())
        .collect()
}

/// What an achievement demands.
pub(crate) fn demanded(achievement: &Value, words: &Words) -> Vec<ResultRow> {
    list(achievement, "resultDescription").iter().map(|description| row(description, None, words)).collect()
}

fn row(description: &Value, result: Option<&Value>, words: &Words) -> ResultRow {
    let levels = levels(description, result);
    let is_percent = text(description, "resultType") == Some("Percent");
    let value = |value: &str| if is_percent { format!("{value} %") } else { value.to_owned() };
    let level_of = |of: &Value, member: &str| level_name(description, text(of, member)?);
    let reached = result.and_then(|result| {
        text(result, "value").map(value).or_else(|| level_of(result, "achievedLevel")).or_else(|| {
            text(result, "status")
                .map(|term| words.statuses.get(term).map_or(term, String::as_str).to_owned())
        })
    });
    let required = text(description, "requiredValue")
        .map(|text| words.results.at_least.plain(&[("value", &value(text))]))
        .or_else(|| level_of(description, "requiredLevel"));
    ResultRow {
        name: text(description, "name").unwrap_or_default().to_owned(),
        result: reached.unwrap_or_default(),
        required: required.unwrap_or_default(),
        scale: scale(description, words, value),
        levels,
    }
}

fn scale(description: &Value, words: &Words, value: impl Fn(&str) -> String) -> String {
    let allowed = texts(description, "allowedValue");
    match (text(description, "valueMin"), text(description, "valueMax")) {
        (Some(from), Some(to)) => words.results.from_to.plain(&[("from", from), ("to", &value(to))]),
        _ => allowed.join(" · "),
    }
}

fn levels(description: &Value, result: Option<&Value>) -> Vec<Level> {
    let required = text(description, "requiredLevel");
    let reached = result.and_then(|result| text(result, "achievedLevel"));
    list(description, "rubricCriterionLevel")
        .iter()
        .filter_map(|level| {
            let id = text(level, "id");
            Some(Level {
                name: text(level, "name")?.to_owned(),
                description: text(level, "description").map(str::to_owned),
                is_required: id.is_some() && id == required,
                is_reached: id.is_some() && id == reached,
            })
        })
        .collect()
}

fn level_name(description: &Value, id: &str) -> Option<String> {
    let level =
        list(description, "rubricCriterionLevel").iter().find(|level| text(level, "id") == Some(id))?;
    text(level, "name").map(str::to_owned)
}

/// Which columns a table of rows needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) required: bool,
    pub(crate) scale: bool,
}

impl Columns {
    pub(crate) fn of(rows: &[ResultRow]) -> Columns {
        Columns {
            required: rows.iter().any(|row| !row.required.is_empty()),
            scale: rows.iter().any(|row| !row.scale.is_empty()),
        }
    }
}
