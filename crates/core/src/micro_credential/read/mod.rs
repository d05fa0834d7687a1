//! Reading the record from a request.

mod levels;

use serde_json::Value;

use super::parts::{
    Assessment, Duration, FieldOfStudy, Grade, LearningOutcome, QualityAssurance, Stackability, Workload,
};
use super::words::{AssessmentType, Participation, QualityAssuranceType, Supervision};
use super::{MicroCredential, Span};
use crate::form::{Fault, Form};
use crate::vocabulary::ResultType;
use crate::{CountryCode, Credits, Hours, LanguageCode};

/// Characters of a name.
const NAME: usize = 200;
/// Characters of a text that explains.
const WORDS: usize = 2_000;
/// Entries of a list.
const MOST: usize = 50;

const MEMBERS: &[&str] = &[
    "country",
    "language",
    "field",
    "learningOutcomes",
    "workload",
    "duration",
    "levels",
    "competency",
    "assessment",
    "participation",
    "supervision",
    "qualityAssurance",
    "prerequisites",
    "grade",
    "stackability",
    "furtherInformation",
];

impl MicroCredential {
    /// Reads the record that stands at the pointer `at` of a request.
    ///
    /// # Errors
    /// Every fault at once, with pointers that begin with `at`.
    pub fn parse(value: &Value, at: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read = read(value, at, &mut faults);
        read.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

fn read(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<MicroCredential> {
    let form = Form::open(value, at, MEMBERS, faults)?;
    Some(MicroCredential {
        country: parsed(&form, "country", "country", CountryCode::parse, faults),
        language: parsed(&form, "language", "language", LanguageCode::parse, faults),
        field: part(&form, "field", field, faults),
        learning_outcomes: parts(&form, "learningOutcomes", outcome, faults),
        workload: part(&form, "workload", workload, faults),
        duration: part(&form, "duration", duration, faults),
        levels: levels::levels(&form, faults),
        competency: part(&form, "competency", levels::competency, faults),
        assessment: part(&form, "assessment", assessment, faults),
        participation: form.choice("participation", Participation::WORDS, faults),
        supervision: form.choice("supervision", Supervision::WORDS, faults),
        quality_assurance: parts(&form, "qualityAssurance", quality, faults),
        prerequisites: form.texts("prerequisites", MOST, WORDS, faults),
        grade: part(&form, "grade", grade, faults),
        stackability: part(&form, "stackability", stackability, faults),
        further_information: form.urls("furtherInformation", MOST, faults),
    })
}

/// Reads one object.
type Read<T> = fn(&Value, &str, &mut Vec<Fault>) -> Option<T>;

fn part<T>(form: &Form<'_>, name: &str, read: Read<T>, faults: &mut Vec<Fault>) -> Option<T> {
    read(form.value(name)?, &form.pointer(name), faults)
}

fn parts<T>(form: &Form<'_>, name: &str, read: Read<T>, faults: &mut Vec<Fault>) -> Vec<T> {
    let items = form.list(name, MOST, faults);
    items.into_iter().filter_map(|(value, at)| read(value, &at, faults)).collect()
}

fn parsed<T, E: std::fmt::Display>(
    form: &Form<'_>,
    name: &str,
    rule: &'static str,
    read: fn(String) -> Result<T, E>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    match read(form.text(name, NAME, faults)?) {
        Ok(value) => Some(value),
        Err(why) => {
            form.fault(name, rule, why.to_string(), faults);
            None
        }
    }
}

fn field(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<FieldOfStudy> {
    let form = Form::open(value, at, &["code", "name"], faults)?;
    form.demand("code", "a code of ISCED-F 2013, such as \"0612\"", faults);
    form.demand("name", "what the field is called", faults);
    let (code, name) = (form.text("code", 4, faults), form.text("name", NAME, faults));
    let code = code?;
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        form.fault("code", "field", "a code of ISCED-F 2013 is two to four digits", faults);
        return None;
    }
    Some(FieldOfStudy { code, name: name? })
}

fn outcome(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<LearningOutcome> {
    if value.is_string() {
        let text = crate::form::text_at(value, at, WORDS, faults)?;
        return Some(LearningOutcome { text, target_url: None, target_code: None, target_framework: None });
    }
    let form = Form::open(value, at, &["text", "targetUrl", "targetCode", "targetFramework"], faults)?;
    form.demand("text", "what somebody knows, understands or can do", faults);
    for name in ["targetCode", "targetFramework"] {
        if form.has(name) {
            form.demand("targetUrl", "a framework's node is named by its address", faults);
        }
    }
    let outcome = LearningOutcome {
        target_url: form.url("targetUrl", faults),
        target_code: form.text("targetCode", NAME, faults),
        target_framework: form.text("targetFramework", NAME, faults),
        text: form.text("text", WORDS, faults)?,
    };
    Some(outcome)
}

fn workload(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Workload> {
    let form = Form::open(value, at, &["hours", "ects", "credits", "creditFramework"], faults)?;
    let credits =
        |name: &str, faults: &mut Vec<Fault>| form.number(name, 0.01, 1_000.0, faults).and_then(Credits::new);
    let workload = Workload {
        hours: form.number("hours", 1.0 / 60.0, Hours::MOST, faults).and_then(Hours::new),
        ects: credits("ects", faults),
        credits: credits("credits", faults),
        credit_framework: form.text("creditFramework", NAME, faults),
    };
    if form.has("ects") && form.has("credits") {
        let detail = "credits are of one system: give `ects`, or `credits` and `creditFramework`";
        form.fault("credits", "contradiction", detail, faults);
    }
    if form.has("credits") {
        form.demand("creditFramework", "which system the credits are of", faults);
    } else if form.has("creditFramework") {
        form.demand("credits", "a credit system without credits says nothing", faults);
    }
    if !["hours", "ects", "credits"].iter().any(|name| form.has(name)) {
        faults.push(Fault::new(at, "required", "give `hours`, `ects`, or `credits` and `creditFramework`"));
    }
    Some(workload)
}

fn duration(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Duration> {
    let form = Form::open(value, at, &["minimum", "maximum"], faults)?;
    form.demand("maximum", "how long it takes at most, such as \"P6W\"", faults);
    let span = |text: String| Span::parse(&text);
    let minimum = parsed(&form, "minimum", "duration", span, faults);
    let maximum = parsed(&form, "maximum", "duration", span, faults)?;
    if minimum.is_some_and(|minimum| minimum.days_at_least() > maximum.days_at_least()) {
        form.fault("minimum", "range", "`minimum` is longer than `maximum`", faults);
    }
    Some(Duration { minimum, maximum })
}

fn assessment(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Assessment> {
    let form = Form::open(value, at, &["types", "mode"], faults)?;
    form.demand("types", "how learning is assessed", faults);
    let mode = form.choice("mode", Participation::WORDS, faults);
    let types = form.choices("types", AssessmentType::WORDS, faults);
    if form.value("types").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        form.fault("types", "empty", "this is empty; leave `assessment` out instead", faults);
    }
    Some(Assessment { types, mode })
}

fn quality(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<QualityAssurance> {
    let form = Form::open(value, at, &["type", "name", "url", "description"], faults)?;
    form.demand("type", "\"internal\" or \"external\"", faults);
    form.demand("name", "who vouches, or by which procedure", faults);
    let type_ = form.choice("type", QualityAssuranceType::WORDS, faults);
    let name = form.text("name", NAME, faults);
    let url = form.url("url", faults);
    let description = form.text("description", WORDS, faults);
    Some(QualityAssurance { type_: type_?, name: name?, url, description })
}

fn grade(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Grade> {
    let form = Form::open(value, at, &["scheme", "type", "allowedValues", "required"], faults)?;
    form.demand("scheme", "what the grading scheme is called", faults);
    let scheme = form.text("scheme", NAME, faults);
    let type_ = parsed(&form, "type", "choice", |text| ResultType::parse(&text), faults);
    let allowed_values = form.texts("allowedValues", MOST, 64, faults);
    let required = form.text("required", 64, faults);
    if let Some(required) = &required
        && !allowed_values.is_empty()
        && !allowed_values.contains(required)
    {
        form.fault("required", "choice", "this is one of `allowedValues`", faults);
    }
    Some(Grade { scheme: scheme?, type_: type_.unwrap_or(ResultType::Result), allowed_values, required })
}

fn stackability(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Stackability> {
    let form = Form::open(value, at, &["stackable", "partOf", "requires"], faults)?;
    let part_of = form.uris("partOf", MOST, faults);
    let stackable = form.flag("stackable", faults).unwrap_or(!part_of.is_empty());
    if !stackable && !part_of.is_empty() {
        let detail = "what is a part of something larger can be one; say `true` or leave it out";
        form.fault("stackable", "contradiction", detail, faults);
    }
    Some(Stackability { stackable, part_of, requires: form.uris("requires", MOST, faults) })
}
