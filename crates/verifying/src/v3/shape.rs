//! Contexts and types: whether the document can mean what it seems to say.

use accolade_linked_data::contexts;
use serde_json::Value;

use super::compacted;
use crate::library::shown;
use crate::report::Flaw;

const CREDENTIALS_CONTEXTS: [&str; 2] = [contexts::CREDENTIALS_V2, contexts::CREDENTIALS_V1];
const BADGE_CONTEXTS: [&str; 4] =
    [contexts::OB_V3P0, contexts::OB_V3P0_2, contexts::OB_V3P0_1, contexts::OB_V3P0_UNVERSIONED];

/// The text of a member that holds one text or a list of them.
pub(super) fn texts(member: Option<&Value>) -> impl Iterator<Item = &str> {
    let many = member.and_then(Value::as_array).into_iter().flatten();
    many.chain(member.filter(|value| value.is_string())).filter_map(Value::as_str)
}

/// Contexts must be URLs we have built in, in order, none twice, and none further down: a document could otherwise
/// change what its words mean after it was signed. Only endorsements, credentials of their own, bring theirs, by the same
/// rules.
pub(super) fn contexts(document: &Value, is_badge: bool) -> Result<(), Flaw> {
    let Some(listed) = document.get("@context").and_then(Value::as_array) else {
        return Err(Flaw::new("context_order", "The badge does not list the vocabularies it is written in."));
    };
    let mut seen: Vec<&str> = Vec::with_capacity(listed.len());
    for context in listed {
        let Some(url) = context.as_str() else {
            return Err(Flaw::new(
                "context_not_allowed",
                "The badge brings definitions of its own, which this verifier does not take from a badge.",
            ));
        };
        if !contexts::is_known(url) {
            return Err(Flaw::new(
                "context_not_allowed",
                format!("The badge uses a vocabulary this verifier does not know: {}.", shown(url)),
            ));
        }
        if seen.contains(&url) {
            return Err(Flaw::new("context_order", format!("The badge lists a vocabulary twice: {url}.")));
        }
        seen.push(url);
    }
    let in_order = seen.first().is_some_and(|first| CREDENTIALS_CONTEXTS.contains(first))
        && (!is_badge || seen.get(1).is_some_and(|url| BADGE_CONTEXTS.contains(url)));
    if !in_order {
        return Err(Flaw::new(
            "context_order",
            "The badge does not list its vocabularies in the order the standard demands.",
        ));
    }
    if seen.first() == Some(&contexts::CREDENTIALS_V1)
        && ["validFrom", "validUntil"].iter().any(|name| document.get(name).is_some())
    {
        return Err(Flaw::new(
            "context_version",
            "The badge lists the vocabulary of the older data model (VCDM 1.1), but uses words of the newer one.",
        ));
    }
    compacted::check(document)
}

/// The entries of an array; any other value as the only one.
pub(super) fn several(member: &Value) -> impl Iterator<Item = &Value> {
    member.as_array().map_or(std::slice::from_ref(member), Vec::as_slice).iter()
}

/// The types that make a credential a badge.
pub(super) fn badge_type(document: &Value) -> Result<(), Flaw> {
    let is = |name: &str| texts(document.get("type")).any(|found| found == name);
    if is("VerifiableCredential") && (is("AchievementCredential") || is("OpenBadgeCredential")) {
        return Ok(());
    }
    let found: Vec<String> = texts(document.get("type")).take(5).map(shown).collect();
    Err(Flaw::new("wrong_type", format!("The document is not a badge; it says it is: {}.", found.join(", "))))
}

/// The endorsements that stand anywhere in the document, but not those of endorsements.
pub(super) fn endorsements(document: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting = vec![document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if matches!(name.as_str(), "endorsement" | "endorsementJwt") {
                        found.extend(several(member));
                    } else {
                        waiting.push(member);
                    }
                }
            }
            Value::Array(entries) => waiting.extend(entries),
            _ => {}
        }
    }
    found
}
