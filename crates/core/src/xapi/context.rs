//! In what context it was done; nothing of it decides here, but it is read as strictly.

use serde_json::Value;

use super::read::{MOST, extensions, said, uuid};
use super::{activity, actor};
use crate::form::{Fault, Form};

const MEMBERS: &[&str] = &[
    "registration",
    "instructor",
    "team",
    "contextActivities",
    "revision",
    "platform",
    "language",
    "statement",
    "extensions",
];
const ACTIVITIES: [&str; 4] = ["parent", "grouping", "category", "other"];

/// Reads the `context` of a statement.
pub(super) fn read(statement: &Form<'_>, faults: &mut Vec<Fault>) {
    let Some(value) = statement.value("context") else { return };
    let Some(form) = Form::open(value, &statement.pointer("context"), MEMBERS, faults) else { return };
    uuid(&form, "registration", faults);
    let people: [(&str, Reader); 2] = [("instructor", actor::read), ("team", actor::group)];
    for (name, read) in people {
        if let Some(value) = form.value(name) {
            read(value, &form.pointer(name), faults);
        }
    }
    activities(&form, faults);
    said(&form, "revision", 1_000, faults);
    said(&form, "platform", 1_000, faults);
    said(&form, "language", 100, faults);
    if let Some(value) = form.value("statement") {
        activity::reference(value, &form.pointer("statement"), faults);
    }
    extensions(&form, faults);
    of_activities_only(statement, &form, faults);
}

type Reader = fn(&Value, &str, &mut Vec<Fault>) -> Option<actor::Actor>;

/// Each is a list of activities; one alone may stand without its list.
fn activities(context: &Form<'_>, faults: &mut Vec<Fault>) {
    let Some(value) = context.value("contextActivities") else { return };
    let at = context.pointer("contextActivities");
    let Some(form) = Form::open(value, &at, &ACTIVITIES, faults) else { return };
    for name in ACTIVITIES {
        match form.value(name) {
            None => {}
            Some(one @ Value::Object(_)) => drop(activity::read(one, &form.pointer(name), faults)),
            Some(_) => {
                for (one, at) in form.list(name, MOST, faults) {
                    activity::read(one, &at, faults);
                }
            }
        }
    }
}

/// Where the object is no activity there is no revision of it, and no platform that it ran on.
fn of_activities_only(statement: &Form<'_>, form: &Form<'_>, faults: &mut Vec<Fault>) {
    let kind = statement.value("object").and_then(|object| object.get("objectType")).and_then(Value::as_str);
    if matches!(kind, None | Some("Activity")) {
        return;
    }
    for name in ["revision", "platform"].into_iter().filter(|name| form.has(name)) {
        form.fault(name, "contradiction", format!("`{name}` is of activities"), faults);
    }
}
