//! Reading a statement.

use serde_json::Value;

use super::{Says, Statement, VERSION, activity, actor, context, result, verb};
use crate::form::{Fault, Form, kind_of};
use crate::{Uri, uri};

const MEMBERS: &[&str] = &[
    "id",
    "actor",
    "verb",
    "object",
    "result",
    "context",
    "timestamp",
    "stored",
    "authority",
    "version",
    "attachments",
];
const IN_ANOTHER: &[&str] =
    &["objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"];
const ATTACHMENT: &[&str] =
    &["usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"];
/// What a record store adds to statements or may change.
const NOT_TOLD: [&str; 3] = ["stored", "authority", "version"];
/// Characters of an IRI.
const LONGEST_IRI: usize = 2_000;
/// Entries of a list.
pub(super) const MOST: usize = 1_000;

impl Statement {
    /// Reads the statement that stands at the pointer `at` of a request.
    ///
    /// # Errors
    /// Every fault at once, with pointers that begin with `at`.
    pub fn parse(value: &Value, at: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read = statement(value, at, &mut faults);
        match read {
            Some(statement) if faults.is_empty() => Ok(statement),
            _ => Err(faults),
        }
    }
}

fn statement(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Statement> {
    let form = Form::open(value, at, MEMBERS, faults)?;
    let id = uuid(&form, "id", faults);
    form.time("stored", faults);
    if let Some(authority) = form.value("authority") {
        actor::read(authority, &form.pointer("authority"), faults);
    }
    version(&form, faults);
    let parts = Parts::read(&form, faults);
    let told = told(value);
    let parts = parts?;
    Some(Statement { id, actor: parts.actor, says: parts.says, at: parts.at, told })
}

/// What statements have in common with those that stand in another.
struct Parts {
    actor: super::Actor,
    says: Says,
    at: Option<crate::Timestamp>,
}

impl Parts {
    fn read(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        form.demand("actor", "who did it", faults);
        form.demand("verb", "what was done", faults);
        form.demand("object", "what it was done with", faults);
        let actor = form.value("actor").and_then(|actor| actor::read(actor, &form.pointer("actor"), faults));
        let verb = form.value("verb").and_then(|verb| read_verb(verb, &form.pointer("verb"), faults));
        let object =
            form.value("object").and_then(|object| activity::object(object, &form.pointer("object"), faults));
        let result = result::read(form, faults);
        context::read(form, faults);
        attachments(form, faults);
        let at = form.time("timestamp", faults);
        let says = says(form, &verb?, object?, result?, faults);
        Some(Self { actor: actor?, says: says?, at })
    }
}

/// A statement that stands in another, about what somebody wants or plans.
pub(super) fn in_another(value: &Value, at: &str, faults: &mut Vec<Fault>) {
    let Some(form) = Form::open(value, at, IN_ANOTHER, faults) else { return };
    if form
        .value("object")
        .is_some_and(|object| object.get("objectType").is_some_and(|kind| kind == "SubStatement"))
    {
        form.fault("object", "too_deep", "a statement in another holds no third", faults);
        return;
    }
    Parts::read(&form, faults);
}

fn read_verb(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
    let form = Form::open(value, at, &["id", "display"], faults)?;
    form.demand("id", "the IRI of the verb", faults);
    languages(&form, "display", faults);
    iri(&form, "id", faults)
}

fn says(
    form: &Form<'_>,
    verb: &Uri,
    object: activity::Object,
    result: result::Reached,
    faults: &mut Vec<Fault>,
) -> Option<Says> {
    if verb.as_str() == verb::VOIDED {
        let activity::Object::Statement(id) = object else {
            let detail = "what is voided is a statement: {\"objectType\": \"StatementRef\", \"id\": …}";
            form.fault("object", "contradiction", detail, faults);
            return None;
        };
        return Some(Says::Voids(id));
    }
    let (Some(verb), activity::Object::Activity { id, title }) = (super::Verb::of_iri(verb.as_str()), object)
    else {
        return Some(Says::Other);
    };
    if result.completion == Some(false) && verb != super::Verb::Failed {
        // Somebody was there, or did part of it: nothing is complete.
        return Some(Says::Other);
    }
    let success = match (verb.success(), result.outcome.success) {
        (Some(said), Some(other)) if said != other => {
            let detail = format!("`{}` says otherwise", verb.as_str());
            faults.push(Fault::new(form.pointer("result") + "/success", "contradiction", detail));
            return None;
        }
        (said, other) => said.or(other),
    };
    let outcome = crate::requirement::Outcome { success, ..result.outcome };
    Some(Says::Did(Box::new(super::Deed { verb, activity: id, title, outcome, hours: result.hours })))
}

/// `1.0` and every `1.0.x` are this version.
fn version(form: &Form<'_>, faults: &mut Vec<Fault>) {
    let Some(version) = form.text("version", 100, faults) else { return };
    if version != "1.0" && !version.starts_with("1.0.") {
        form.fault("version", "version", format!("statements of version {VERSION} are read here"), faults);
    }
}

fn attachments(form: &Form<'_>, faults: &mut Vec<Fault>) {
    for (attachment, at) in form.list("attachments", MOST, faults) {
        let Some(form) = Form::open(attachment, &at, ATTACHMENT, faults) else { continue };
        form.demand("usageType", "what it is for", faults);
        form.demand("display", "what it is called", faults);
        form.demand("contentType", "what kind of file it is", faults);
        form.demand("length", "how many bytes it has", faults);
        form.demand("sha2", "its digest", faults);
        // The file itself would come in a body of several parts, which is not taken here.
        form.demand("fileUrl", "where the file is", faults);
        iri(&form, "usageType", faults);
        languages(&form, "display", faults);
        languages(&form, "description", faults);
        form.text("contentType", 255, faults);
        form.number("length", 0.0, 9_007_199_254_740_991.0, faults);
        form.text("sha2", 128, faults);
        iri(&form, "fileUrl", faults);
    }
}

fn told(value: &Value) -> Value {
    let mut told = value.clone();
    if let Some(members) = told.as_object_mut() {
        members.retain(|name, _| !NOT_TOLD.contains(&name.as_str()));
    }
    told
}

/// An absolute IRI.
pub(super) fn iri(form: &Form<'_>, name: &str, faults: &mut Vec<Fault>) -> Option<Uri> {
    // Not `Form::uri`: nobody follows these, so any scheme will do.
    let text = form.text(name, LONGEST_IRI, faults)?;
    match Uri::parse(text) {
        Ok(iri) => Some(iri),
        Err(why) => {
            form.fault(name, "iri", why.to_string(), faults);
            None
        }
    }
}

/// A UUID, in lower case.
pub(super) fn uuid(form: &Form<'_>, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
    let text = form.text(name, 100, faults)?;
    if is_uuid(&text) {
        return Some(text.to_ascii_lowercase());
    }
    form.fault(name, "uuid", "this is a UUID, such as 6690e6c9-3ef0-4ed3-8b37-7f3964730bee", faults);
    None
}

/// Whether the text has the form of a UUID ([RFC 4122](https://www.rfc-editor.org/rfc/rfc4122#section-3)).
fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| is_hex(part, part.len()))
}

pub(super) fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|c| c.is_ascii_hexdigit())
}

/// A text that may be empty; what is blank says nothing.
pub(super) fn said(form: &Form<'_>, name: &str, longest: usize, faults: &mut Vec<Fault>) -> Option<String> {
    let is_blank = form.value(name)?.as_str().is_some_and(|text| text.trim().is_empty());
    if is_blank { None } else { form.text(name, longest, faults) }
}

/// A text that is one of a few; where it is absent, the first is meant.
pub(super) fn word(form: &Form<'_>, name: &str, words: &[&'static str], faults: &mut Vec<Fault>) {
    let words: Vec<(&'static str, ())> = words.iter().map(|word| (*word, ())).collect();
    form.choice(name, &words, faults);
}

/// A text by its languages ([language map](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#lang-maps)): in English
/// where there is English, else the first.
pub(super) fn languages(form: &Form<'_>, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
    let map = members(form, name, faults)?;
    for (language, text) in map {
        let at = format!("{}/{}", form.pointer(name), escaped(language));
        if !is_language(language) {
            faults.push(Fault::new(at, "language", "this is a language, such as en or en-GB"));
        } else if !text.is_string() {
            faults.push(Fault::new(
                at,
                "wrong_type",
                format!("a text is wanted here, not {}", kind_of(text)),
            ));
        }
    }
    let text = |wanted: fn(&str) -> bool| {
        map.iter().find(|(language, _)| wanted(language)).and_then(|(_, text)| text.as_str())
    };
    let english = text(|language| language == "en" || language.starts_with("en-"));
    english.or_else(|| text(|_| true)).map(str::to_owned)
}

/// An object of whatever there is, under IRIs ([extensions](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#miscext)).
pub(super) fn extensions<'v>(
    form: &Form<'v>,
    faults: &mut Vec<Fault>,
) -> Option<&'v serde_json::Map<String, Value>> {
    let map = members(form, "extensions", faults)?;
    for name in map.keys().filter(|name| !uri::is_absolute(name)) {
        let at = format!("{}/{}", form.pointer("extensions"), escaped(name));
        faults.push(Fault::new(at, "iri", "an extension is named by an absolute IRI"));
    }
    Some(map)
}

fn members<'v>(
    form: &Form<'v>,
    name: &str,
    faults: &mut Vec<Fault>,
) -> Option<&'v serde_json::Map<String, Value>> {
    let value = form.value(name)?;
    let map = value.as_object();
    if map.is_none() {
        form.fault(name, "wrong_type", format!("an object is wanted here, not {}", kind_of(value)), faults);
    }
    map
}

fn is_language(text: &str) -> bool {
    // The shape of RFC 5646, without its registry.
    text.split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric()))
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
