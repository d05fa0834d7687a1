//! How it went.

use super::duration::{self, Took};
use super::read::extensions;
use crate::Hours;
use crate::form::{Fault, Form};
use crate::requirement::Outcome;

/// The extension of a result that names the level of competency that was shown, by the code it has in the micro-credential's
/// `competency`. The standard has no member for it.
pub const LEVEL: &str = "urn:accolade:level";

const MEMBERS: &[&str] = &["score", "success", "completion", "response", "duration", "extensions"];
const SCORE: &[&str] = &["scaled", "raw", "min", "max"];

/// How it went.
#[derive(Default)]
pub(super) struct Reached {
    pub(super) outcome: Outcome,
    pub(super) completion: Option<bool>,
    pub(super) hours: Option<Hours>,
}

/// Reads the `result` of a statement; nothing, where there is none.
pub(super) fn read(statement: &Form<'_>, faults: &mut Vec<Fault>) -> Option<Reached> {
    let Some(value) = statement.value("result") else { return Some(Reached::default()) };
    let form = Form::open(value, &statement.pointer("result"), MEMBERS, faults)?;
    if form.value("response").is_some_and(|response| !response.is_string()) {
        form.fault("response", "wrong_type", "a text is wanted here", faults);
    }
    Some(Reached {
        completion: form.flag("completion", faults),
        hours: hours(&form, faults),
        outcome: Outcome {
            success: form.flag("success", faults),
            score: score(&form, faults),
            level: level(&form, faults),
        },
    })
}

fn hours(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<Hours> {
    match duration::read(&form.text("duration", 100, faults)?) {
        Took::Time(hours) => hours,
        Took::Nonsense => {
            form.fault("duration", "duration", "this is a duration of ISO 8601, such as PT1H30M", faults);
            None
        }
    }
}

/// The mark in per cent, to thousandths: `scaled`, or else where `raw` lies between `min` and `max`. What is below nothing is
/// nothing.
fn score(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<f64> {
    let form = Form::open(form.value("score")?, &form.pointer("score"), SCORE, faults)?;
    let scaled = form.number("scaled", -1.0, 1.0, faults);
    let [min, max] = ["min", "max"].map(|name| form.number(name, f64::MIN, f64::MAX, faults));
    let (least, most) = (min.unwrap_or(f64::MIN), max.unwrap_or(f64::MAX));
    if least >= most {
        form.fault("max", "range", "`max` is more than `min`", faults);
        return None;
    }
    let raw = form.number("raw", least, most, faults);
    let share = scaled.or_else(|| Some((raw? - min?) / (max? - min?)))?;
    // 0.57 × 100 is a little less than 57, and 57 is enough.
    Some((share.max(0.0) * 100_000.0).round() / 1_000.0)
}

fn level(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let level = extensions(form, faults)?.get(LEVEL)?;
    let text = level.as_str().filter(|level| (1..=64).contains(&level.chars().count()));
    if text.is_none() {
        let at = format!("{}/{LEVEL}", form.pointer("extensions"));
        faults.push(Fault::new(at, "level", "this is the code of a level of competency"));
    }
    text.map(str::to_owned)
}
