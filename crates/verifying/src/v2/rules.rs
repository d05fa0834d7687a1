//! What the documents of 2.0 must hold.

use accolade_core::Timestamp;
use accolade_linked_data::contexts;
use serde_json::Value;

use crate::library::shown;
use crate::report::Flaw;

/// The vocabularies of 2.0 and of 2.1, whose badges are those of 2.0.
pub(crate) const CONTEXTS: [&str; 2] = [contexts::OB_V2, OB_V2P1];
/// The vocabulary of 2.1.
pub(crate) const OB_V2P1: &str = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld";

/// Whether a text is an address of the web.
pub(crate) fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The text of a member that holds one text or a list of them.
pub(crate) fn texts(member: Option<&Value>) -> impl Iterator<Item = &str> {
    let many = member.and_then(Value::as_array).into_iter().flatten();
    many.chain(member.filter(|value| value.is_string())).filter_map(Value::as_str)
}

/// The vocabulary of 2.0 must be the one the document is written in.
pub(crate) fn context(document: &Value) -> Result<(), Flaw> {
    if texts(document.get("@context")).any(|context| CONTEXTS.contains(&context)) {
        return Ok(());
    }
    Err(Flaw::new(
        "context_order",
        "The badge does not say it is written in the vocabulary of Open Badges 2.0.",
    ))
}

/// Whether a document says it is written in the vocabulary of 2.1.
pub(crate) fn is_2_1(document: &Value) -> bool {
    texts(document.get("@context")).any(|context| context == OB_V2P1)
}

/// An Assertion's own members.
pub(crate) fn assertion(document: &Value) -> Result<(), Flaw> {
    let what = "the badge";
    required(document, what, "Assertion", &["id", "recipient", "badge", "issuedOn"])?;
    let verification = verification(document);
    if verification.and_then(|object| object.get("type")).is_none() {
        return Err(missing(what, "verification.type"));
    }
    let recipient = document.get("recipient").unwrap_or(&Value::Null);
    for name in ["identity", "type"] {
        if !recipient.get(name).is_some_and(Value::is_string) {
            return Err(missing(what, &format!("recipient.{name}")));
        }
    }
    for name in ["issuedOn", "expires"] {
        let date = document.get(name);
        if date.is_some_and(|date| date.as_str().is_none_or(|text| Timestamp::parse(text).is_err())) {
            return Err(Flaw::new(
                "bad_date",
                format!("In {what}, `{name}` is not a date-time with a time zone."),
            ));
        }
    }
    Ok(())
}

/// `verification`, or its older name `verify`.
pub(crate) fn verification(document: &Value) -> Option<&Value> {
    document.get("verification").or_else(|| document.get("verify"))
}

/// A BadgeClass' own members.
pub(crate) fn badge_class(document: &Value) -> Result<(), Flaw> {
    let members = ["id", "name", "description", "image", "criteria", "issuer"];
    required(document, "the description of the badge", "BadgeClass", &members)
}

/// The members of a Profile that issues badges.
pub(crate) fn issuer(document: &Value, members: &[&str]) -> Result<(), Flaw> {
    let kind = if is_type(document, "Profile") { "Profile" } else { "Issuer" };
    required(document, "the issuer's profile", kind, members)
}

fn required(document: &Value, what: &str, kind: &str, members: &[&str]) -> Result<(), Flaw> {
    if !is_type(document, kind) {
        let found: Vec<String> = texts(document.get("type")).take(3).map(shown).collect();
        return Err(Flaw::new(
            "wrong_type",
            format!("What should be {what} ({kind}) says it is: {}.", found.join(", ")),
        ));
    }
    match members.iter().find(|name| document.get(**name).is_none_or(is_empty)) {
        Some(name) => Err(missing(what, name)),
        None => Ok(()),
    }
}

fn is_type(document: &Value, kind: &str) -> bool {
    texts(document.get("type")).any(|found| found == kind)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(entries) => entries.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn missing(what: &str, name: &str) -> Flaw {
    Flaw::new(
        "member_missing",
        format!(
            "In {what}, the part `{name}` is missing or empty, which the standard demands. Only the issuer can mend that."
        ),
    )
}
