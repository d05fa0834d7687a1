//! Levels: those of frameworks, and those of competency.

use serde_json::Value;

use super::{NAME, WORDS};
use crate::form::{Fault, Form};
use crate::micro_credential::{Competency, CompetencyLevel, Framework, Level};
use crate::requirement::is_code;

pub(super) fn levels(form: &Form<'_>, faults: &mut Vec<Fault>) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for (value, at) in form.list("levels", 10, faults) {
        let Some(level) = level(value, &at, faults) else { continue };
        let is_same = |other: &Level| {
            other.framework == level.framework && other.framework_name == level.framework_name
        };
        if levels.iter().any(is_same) {
            faults.push(Fault::new(
                format!("{at}/framework"),
                "repeated",
                "it has one level in each framework",
            ));
        } else {
            levels.push(level);
        }
    }
    levels
}

fn level(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Level> {
    let form = Form::open(value, at, &["framework", "frameworkName", "code", "name", "url"], faults)?;
    form.demand("framework", "which framework the level is of", faults);
    form.demand("code", "which level it is", faults);
    let framework = form.choice("framework", Framework::WORDS, faults);
    let level = (
        form.text("frameworkName", NAME, faults),
        form.text("code", 64, faults),
        form.text("name", NAME, faults),
        form.url("url", faults),
    );
    let framework = framework?;
    if matches!(framework, Framework::Nqf | Framework::Custom) {
        form.demand("frameworkName", "what the framework is called", faults);
        form.demand("url", "where the level is described", faults);
    } else if form.has("frameworkName") {
        let detail = format!("this framework has its name: {}", framework.in_words());
        form.fault("frameworkName", "contradiction", detail, faults);
    }
    let (framework_name, Some(code), name, url) = level else { return None };
    let codes = framework.codes();
    if !codes.is_empty() && !codes.contains(&code.as_str()) {
        let detail = format!("a level of {} is one of {}", framework.as_str(), codes.join(", "));
        form.fault("code", "choice", detail, faults);
    }
    Some(Level { framework, framework_name, code, name, url })
}

pub(super) fn competency(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Competency> {
    let form = Form::open(value, at, &["name", "levels", "required"], faults)?;
    form.demand("levels", "the levels of competency from low to high, or \"dreyfus\"", faults);
    let name = form.text("name", NAME, faults).unwrap_or_else(|| "Level of competency".to_owned());
    let levels = match form.value("levels") {
        Some(Value::String(preset)) if preset == "dreyfus" => dreyfus(),
        Some(_) => competency_levels(&form, faults),
        None => Vec::new(),
    };
    let required = form.text("required", 64, faults);
    if let Some(code) = &required
        && !levels.iter().any(|level| level.code == *code)
    {
        form.fault("required", "choice", "this is the code of one of the levels", faults);
    }
    Some(Competency { name, levels, required })
}

fn competency_levels(form: &Form<'_>, faults: &mut Vec<Fault>) -> Vec<CompetencyLevel> {
    let mut levels: Vec<CompetencyLevel> = Vec::new();
    for (value, at) in form.list("levels", 12, faults) {
        let Some(inner) = Form::open(value, &at, &["code", "name", "description"], faults) else { continue };
        inner.demand("code", "a short name that does not change", faults);
        inner.demand("name", "what the level is called", faults);
        let code = inner.text("code", 64, faults);
        let name = inner.text("name", NAME, faults);
        let description = inner.text("description", WORDS, faults);
        let (Some(code), Some(name)) = (code, name) else { continue };
        if !is_code(&code) {
            inner.fault("code", "code", "a code is lower-case letters, digits, `.`, `_`, `-`", faults);
        } else if levels.iter().any(|level| level.code == code) {
            inner.fault("code", "repeated", "another level has this code", faults);
        } else {
            levels.push(CompetencyLevel { code, name, description });
        }
    }
    if levels.is_empty() && form.value("levels").is_some_and(|value| value == &Value::Array(Vec::new())) {
        form.fault("levels", "empty", "a rubric has at least one level", faults);
    }
    levels
}

/// The five stages of Stuart and Hubert Dreyfus.
fn dreyfus() -> Vec<CompetencyLevel> {
    [
        ("novice", "Novice", "Follows rules that were learnt, without regard to the situation."),
        ("advanced-beginner", "Advanced beginner", "Recognises situations met before and acts by them."),
        ("competent", "Competent", "Chooses a goal, plans towards it and answers for the outcome."),
        ("proficient", "Proficient", "Sees a situation as a whole and knows what matters in it."),
        ("expert", "Expert", "Sees at once what is to be done, and does it."),
    ]
    .into_iter()
    .map(|(code, name, description)| CompetencyLevel {
        code: code.to_owned(),
        name: name.to_owned(),
        description: Some(description.to_owned()),
    })
    .collect()
}
