//! Contexts and types: whether the document can mean what it seems to say.

use accolade_linked_data::contexts::{self, inline};
use serde_json::Value;

use super::compacted;
use super::kind::Kind;
use crate::library::shown;
use crate::report::Flaw;

const CREDENTIALS_CONTEXTS: [&str; 2] = [contexts::CREDENTIALS_V2, contexts::CREDENTIALS_V1];
const BADGE_CONTEXTS: [&str; 4] =
    [contexts::OB_V3P0, contexts::OB_V3P0_2, contexts::OB_V3P0_1, contexts::OB_V3P0_UNVERSIONED];
const CLR_CONTEXTS: [&str; 2] = [contexts::CLR_V2P0_1, contexts::CLR_V2P0];

/// The text of a member that holds one text or a list of them.
pub(super) fn texts(member: Option<&Value>) -> impl Iterator<Item = &str> {
    let many = member.and_then(Value::as_array).into_iter().flatten();
    many.chain(member.filter(|value| value.is_string())).filter_map(Value::as_str)
}

/// Which contexts a document must begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabularies {
    /// That of credentials, then that of Open Badges.
    Badge,
    /// That of credentials, then that of learner records.
    Clr,
    /// That of credentials.
    Any,
}

impl From<Kind> for Vocabularies {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Badge | Kind::Endorsement => Self::Badge,
            Kind::Clr => Self::Clr,
            Kind::Other => Self::Any,
        }
    }
}

/// Contexts must be URLs we have built in, in order, none twice, and none further down: a document could otherwise
/// change what its words mean after it was signed. Behind them may stand one map that adds words and can do nothing else. Only
/// endorsements and enclosed credentials bring theirs, by the same rules.
pub(super) fn contexts(document: &Value, wanted: Vocabularies) -> Result<(), Flaw> {
    let listed = match document.get("@context") {
        Some(Value::Array(listed)) => listed.as_slice(),
        Some(only @ Value::String(_)) if wanted == Vocabularies::Any => std::slice::from_ref(only),
        _ => {
            return Err(Flaw::new(
                "context_order",
                "The badge does not list the vocabularies it is written in, so it cannot be told what it says.",
            ));
        }
    };
    let mut seen: Vec<&str> = Vec::with_capacity(listed.len());
    for (index, context) in listed.iter().enumerate() {
        let Some(url) = context.as_str() else {
            of_its_own(context, index + 1 == listed.len(), &seen)?;
            continue;
        };
        // What gives every word a meaning gives none; it is for examples and trials.
        let is_for_badges = !contexts::GIVES_ANYTHING_A_MEANING.contains(&url) || wanted == Vocabularies::Any;
        if !contexts::is_known(url) || !is_for_badges {
            return Err(Flaw::new(
                "context_not_allowed",
                format!(
                    "The badge uses a vocabulary this verifier does not know ({}), so it cannot be told what it says.",
                    shown(url)
                ),
            ));
        }
        if seen.contains(&url) {
            return Err(Flaw::new("context_order", format!("The badge lists a vocabulary twice: {url}.")));
        }
        seen.push(url);
    }
    if !is_in_order(&seen, wanted) {
        return Err(Flaw::new(
            "context_order",
            "The badge does not list its vocabularies in the order the standard demands, so its words may mean something \
             else to others.",
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

/// Definitions that a document brings itself: a map as its last context, which only adds names for what has none. A proof does
/// not cover it, so it must not be able to change or to hide anything ([`inline`]).
fn of_its_own(context: &Value, is_last: bool, before: &[&str]) -> Result<(), Flaw> {
    let why = match context.as_object() {
        Some(definitions) if is_last => match inline::check(definitions, before) {
            Ok(()) => return Ok(()),
            Err(refusal) => refusal.to_string(),
        },
        Some(_) => "it stands before others".to_owned(),
        None => "it is no map".to_owned(),
    };
    Err(Flaw::new(
        "context_not_allowed",
        format!(
            "The badge brings definitions of its own that could make it say something else than it seems to say: {}.",
            shown(&why)
        ),
    ))
}

/// Whether the document brings definitions of its own.
pub(super) fn defines_words(document: &Value) -> bool {
    document
        .get("@context")
        .and_then(Value::as_array)
        .is_some_and(|listed| listed.iter().any(Value::is_object))
}

fn is_in_order(listed: &[&str], wanted: Vocabularies) -> bool {
    let second = listed.get(1);
    listed.first().is_some_and(|first| CREDENTIALS_CONTEXTS.contains(first))
        && match wanted {
            Vocabularies::Badge => second.is_some_and(|url| BADGE_CONTEXTS.contains(url)),
            Vocabularies::Clr => second.is_some_and(|url| CLR_CONTEXTS.contains(url)),
            Vocabularies::Any => true,
        }
}

/// The entries of an array; any other value as the only one.
pub(super) fn several(member: &Value) -> impl Iterator<Item = &Value> {
    member.as_array().map_or(std::slice::from_ref(member), Vec::as_slice).iter()
}

/// The endorsements that stand anywhere in the document, but not those of endorsements and of credentials it holds.
pub(super) fn endorsements(document: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting = vec![document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if matches!(name.as_str(), "endorsement" | "endorsementJwt") {
                        found.extend(several(member));
                    } else if name != "verifiableCredential" {
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
