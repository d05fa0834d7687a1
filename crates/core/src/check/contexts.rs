//! Rules about `@context`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use super::{formats, walk};
use crate::context::{
    CREDENTIALS_V2, OPEN_BADGES_EXTENSIONS, OPEN_BADGES_V3, is_1edtech_extension, is_open_badges_v3,
};

rules! {
    CONTEXT_FORM: Schema Error/Error "context-form", ob!("achievementcredential"),
        "`@context` is an array of at least two URLs or objects.";
    CONTEXT_FIRST: Schema Error/Error "context-first", "https://www.w3.org/TR/vc-data-model-2.0/#contexts",
        "The first context is that of verifiable credentials 2.0.";
    CONTEXT_SECOND: Schema Error/Error "context-second", ob!("achievementcredential"),
        "The second context is that of Open Badges 3.0.";
    CONTEXT_VERSION: Specification Warning/Warning "context-version", ob!("achievementcredential"),
        "The second context is the current version, 3.0.3.";
    CONTEXT_REPEATED: House Warning/Warning "context-repeated", "https://www.w3.org/TR/vc-data-model-2.0/#contexts",
        "Each context is listed once.";
    CONTEXT_LACKS_EXTENSIONS: Specification Error/Warning "context-lacks-extensions", ob!("extending"),
        "Whoever uses a `1EdTech…` type lists the context that defines it.";
}

/// Checks the `@context` of a credential.
pub(crate) fn check(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    let Some(contexts) = value.as_array() else {
        let detail = format!(
            "`@context` must be an array that starts with {CREDENTIALS_V2} and {OPEN_BADGES_V3}; it is {}.",
            walk::kind_of(value)
        );
        findings.add(&CONTEXT_FORM, place, detail);
        return;
    };
    if contexts.len() < 2 {
        let detail =
            format!("`@context` must start with {CREDENTIALS_V2} and {OPEN_BADGES_V3}, in this order.");
        findings.add(&CONTEXT_FORM, place, detail);
    }
    let mut listed = HashSet::new();
    for (index, context) in contexts.iter().enumerate() {
        let at = place.item(index);
        match index {
            0 => first(context, &at, findings),
            1 => second(context, &at, findings),
            _ => other(context, &at, findings),
        }
        if !listed.insert(context) {
            findings.add(&CONTEXT_REPEATED, &at, "This context is listed already.");
        }
    }
}

fn first(context: &Value, place: &Place<'_>, findings: &mut Findings) {
    if context != CREDENTIALS_V2 {
        let hint = match context.as_str() {
            Some("https://www.w3.org/2018/credentials/v1") => {
                " This is the context of version 1.1, which new badges must not use."
            }
            Some(url) if is_open_badges_v3(url) => " The Open Badges context comes second.",
            _ => "",
        };
        findings.add(&CONTEXT_FIRST, place, format!("The first context must be {CREDENTIALS_V2}.{hint}"));
    }
}

fn second(context: &Value, place: &Place<'_>, findings: &mut Findings) {
    match context.as_str() {
        Some(OPEN_BADGES_V3) => {}
        Some(url) if is_open_badges_v3(url) => {
            let detail = format!("Validators expect the current Open Badges context, {OPEN_BADGES_V3}.");
            findings.add(&CONTEXT_VERSION, place, detail);
        }
        _ => findings.add(&CONTEXT_SECOND, place, format!("The second context must be {OPEN_BADGES_V3}.")),
    }
}

fn other(context: &Value, place: &Place<'_>, findings: &mut Findings) {
    match context {
        Value::String(url) => formats::uri(url, place, findings),
        Value::Object(_) => {}
        other => {
            let detail = format!("A context is a URL or an object, not {}.", walk::kind_of(other));
            findings.add(&CONTEXT_FORM, place, detail);
        }
    }
}

/// The place of an object, with what its own `@context` brings into force. Contexts hold for everything below.
pub(crate) fn enter<'a>(members: &Map<String, Value>, place: &Place<'a>) -> Place<'a> {
    let lists_extensions = match members.get("@context") {
        Some(Value::Array(contexts)) => contexts.iter().any(|context| context == OPEN_BADGES_EXTENSIONS),
        _ => false,
    };
    place.under_extensions(lists_extensions)
}

/// An object whose `type` only the extensions context defines needs that context.
pub(crate) fn cover_type(object: &Value, place: &Place<'_>, findings: &mut Findings) {
    let Some(name) = object.get("type").and_then(Value::as_str) else { return };
    if is_1edtech_extension(name) && !place.extensions_in_context {
        let detail = format!(
            "The type \"{name}\" is defined by {OPEN_BADGES_EXTENSIONS} only; add it to `@context`. Verifiers refuse types that no context defines."
        );
        findings.add(&CONTEXT_LACKS_EXTENSIONS, &place.member("type"), detail);
    }
}
