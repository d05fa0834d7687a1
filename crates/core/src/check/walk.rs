//! The walk over a document along the tables of its classes.

use serde_json::{Map, Value};

use super::findings::Findings;
use super::place::Place;
use super::shape::{Kind, Member, Shape};
use super::structure::{
    ARRAY_EMPTY, ARRAY_EXPECTED, MEMBER_MISSING, MEMBER_MISSPELT, MEMBER_UNKNOWN, ONE_OBJECT, VALUE_NULL,
    WRONG_TYPE,
};
use super::{contexts, endorse, formats, structure, suggest, texts};

/// Checks a value that has to be an object of a class.
pub(crate) fn object(value: &Value, shape: &'static Shape, place: &Place<'_>, findings: &mut Findings) {
    let Some(members) = value.as_object() else {
        let detail = format!("`{}` must be {} object, not {}.", place.name(), a(shape.name), kind_of(value));
        let hint = if value.is_string() { " Write out the object, with its `type`." } else { "" };
        findings.add_as(&WRONG_TYPE, shape.spec, place, detail + hint);
        return;
    };
    let place = contexts::enter(members, place);
    missing(members, shape, &place, findings);
    for (name, value) in members {
        let at = place.member(name);
        match shape.members.iter().find(|member| member.name == name) {
            Some(member) => known(value, member, shape, &at, findings),
            None => unknown(value, members, shape, &at, findings),
        }
    }
    for rule in shape.rules {
        rule(value, &place, findings);
    }
}

fn missing(members: &Map<String, Value>, shape: &'static Shape, place: &Place<'_>, findings: &mut Findings) {
    for member in shape.members.iter().filter(|member| member.required) {
        if !members.contains_key(member.name) {
            let detail = format!("{} needs the member `{}`.", capital(shape.name), member.name);
            findings.add_as(&MEMBER_MISSING, shape.spec, &place.member(member.name), detail);
        }
    }
}

fn known(
    value: &Value,
    member: &'static Member,
    shape: &'static Shape,
    place: &Place<'_>,
    findings: &mut Findings,
) {
    if value.is_null() {
        let detail = format!("`{}` must not be null; leave the member out.", member.name);
        let rule = if matches!(member.kind, Kind::Any) { &VALUE_NULL } else { &WRONG_TYPE };
        findings.add_as(rule, shape.spec, place, detail);
    } else {
        of_kind(value, &member.kind, shape, place, findings);
    }
}

fn unknown(
    value: &Value,
    members: &Map<String, Value>,
    shape: &'static Shape,
    place: &Place<'_>,
    findings: &mut Findings,
) {
    let name = place.name();
    let absent: Vec<&'static str> = shape
        .members
        .iter()
        .map(|member| member.name)
        .filter(|known| !members.contains_key(*known))
        .collect();
    let meant = suggest::nearest(name, &absent);
    if !shape.open {
        let known: Vec<&str> = shape.members.iter().map(|member| member.name).collect();
        let hint = meant.map(|meant| format!(" Did you mean `{meant}`?")).unwrap_or_default();
        let detail =
            format!("{} has no member `{name}`; it has {}.{hint}", capital(shape.name), known.join(", "));
        findings.add_as(&MEMBER_UNKNOWN, shape.spec, place, detail);
    } else if let Some(meant) = meant {
        let detail = format!(
            "`{name}` is not a member of {}. Did you mean `{meant}`? If it is an extension, its context must define it.",
            shape.name
        );
        findings.add_as(&MEMBER_MISSPELT, shape.spec, place, detail);
    }
    if value.is_null() {
        findings.add(&VALUE_NULL, place, format!("`{name}` is null; leave the member out."));
    }
}

/// Checks a value of a kind. The shape is that of the class around, for links and messages.
fn of_kind(
    value: &Value,
    kind: &'static Kind,
    shape: &'static Shape,
    place: &Place<'_>,
    findings: &mut Findings,
) {
    match kind {
        Kind::Any => {}
        Kind::Object(inner) => object(value, inner, place, findings),
        Kind::OneObject(inner) => one_object(value, inner, place, findings),
        Kind::ObjectOrUri(inner) => match value.as_str() {
            Some(uri) => {
                formats::uri(uri, place, findings);
                endorse::bare_uri(place, findings);
            }
            None => object(value, inner, place, findings),
        },
        Kind::List(item) => list(value, item, shape, place, findings),
        Kind::Types => structure::types(value, shape, place, findings),
        Kind::OnlyType => structure::only_type(value, shape, place, findings),
        Kind::Contexts => contexts::check(value, place, findings),
        Kind::Bool if value.is_boolean() => {}
        Kind::Bool => wrong_type("true or false", value, shape, place, findings),
        Kind::Number { min, max } => match value.as_f64() {
            Some(number) => formats::number(number, *min, *max, place, findings),
            None => wrong_type("a number", value, shape, place, findings),
        },
        texts => match value.as_str() {
            Some(text) => of_text_kind(text, texts, place, findings),
            None => wrong_type("a text", value, shape, place, findings),
        },
    }
}

fn of_text_kind(text: &str, kind: &'static Kind, place: &Place<'_>, findings: &mut Findings) {
    match kind {
        Kind::Name => texts::name(text, place, findings),
        Kind::Uri => formats::uri(text, place, findings),
        Kind::Url => formats::url(text, place, findings),
        Kind::ImageUri => formats::image_uri(text, place, findings),
        Kind::DateTime => formats::date_time(text, place, findings),
        Kind::Date => formats::date(text, place, findings),
        Kind::Language => formats::language(text, place, findings),
        Kind::Country => formats::country(text, place, findings),
        Kind::Email => formats::email(text, place, findings),
        Kind::Jws => formats::jws(text, place, findings),
        Kind::Term(vocabulary) => formats::term(text, vocabulary, place, findings),
        _ => texts::text(text, place, findings),
    }
}

fn list(
    value: &Value,
    item: &'static Kind,
    shape: &'static Shape,
    place: &Place<'_>,
    findings: &mut Findings,
) {
    let Some(items) = value.as_array() else {
        let detail =
            format!("`{}` must be an array, also with one entry; it is {}.", place.name(), kind_of(value));
        findings.add_as(&ARRAY_EXPECTED, shape.spec, place, detail);
        of_kind(value, item, shape, place, findings);
        return;
    };
    if items.is_empty() {
        findings.add(&ARRAY_EMPTY, place, format!("`{}` is empty; leave the member out.", place.name()));
    }
    for (index, value) in items.iter().enumerate() {
        of_kind(value, item, shape, &place.item(index), findings);
    }
}

fn one_object(value: &Value, shape: &'static Shape, place: &Place<'_>, findings: &mut Findings) {
    let Some(items) = value.as_array() else { return object(value, shape, place, findings) };
    let detail = format!("`{}` must be one object, not an array.", place.name());
    findings.add_as(&ONE_OBJECT, shape.spec, place, detail);
    for (index, value) in items.iter().enumerate() {
        object(value, shape, &place.item(index), findings);
    }
}

fn wrong_type(wanted: &str, value: &Value, shape: &Shape, place: &Place<'_>, findings: &mut Findings) {
    let detail = format!("`{}` must be {wanted}, not {}.", place.name(), kind_of(value));
    findings.add_as(&WRONG_TYPE, shape.spec, place, detail);
}

/// What a value is, in words.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn a(class: &str) -> String {
    let article = if class.starts_with(['A', 'E', 'I']) { "an" } else { "a" };
    format!("{article} {class}")
}

fn capital(class: &str) -> String {
    let article = if class.starts_with(['A', 'E', 'I']) { "An" } else { "A" };
    format!("{article} {class}")
}
