//! Definitions that a document brings itself, where they can do no harm.
//!
//! Open Badges allow a map as the last context ([Context](https://www.imsglobal.org/spec/ob/v3p0/#context)). A proof over RDF does
//! not cover it: who holds a document can put another map there and write the same statements in other words. So a map is taken
//! only where no reader who goes by names can be misled by it: it adds names for meanings that nobody else has a name for, and
//! changes nothing that stands there already.
//!
//! * Each entry is a name of letters, digits and `_`, and an `http(s)` IRI for it, alone or as `@id`, with `@type` at most: `@id`, or a
//!   datatype of XML Schema. No keyword stands beside them, none gets another name, nothing is nullified, nested, protected or imported.
//! * No name is one that the contexts before it define at any place, also within other terms.
//! * No IRI is one that any built-in context has a term for, and none is in the standards' own namespaces; a badge's end, status or type
//!   cannot be written under another name.
//! * No IRI ends in a way that makes its name a prefix of others.
//! * There are at most 64 entries.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{BUILT_IN, context};

/// The most entries a map may have.
pub const MOST_TERMS: usize = 64;
/// The most bytes of a name.
const LONGEST_NAME: usize = 64;
/// The most bytes of an IRI.
const LONGEST_IRI: usize = 256;

/// Where the standards have their words, also those that no context has a term for.
const NAMESPACES: [&str; 9] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "https://www.w3.org/",
    "https://w3id.org/security",
    "https://w3id.org/credentials",
    "https://w3id.org/identity",
    "https://w3id.org/openbadges",
    "https://w3id.org/vc/",
    "https://purl.imsglobal.org/",
    "https://www.iana.org/assignments/",
];

/// Names that a processor of JSON-LD 1.0 would take for the beginning of every such IRI.
const SCHEMES: [&str; 8] = ["http", "https", "urn", "did", "data", "mailto", "tag", "tel"];

const DATATYPES: &str = "http://www.w3.org/2001/XMLSchema#";

/// Why definitions that a document brings itself are not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There are more than [`MOST_TERMS`].
    #[error("it defines more than {MOST_TERMS} names")]
    TooMany,
    /// The name is a keyword, has other characters than letters, digits and `_`, or could be the beginning of an IRI.
    #[error("it defines \"{0}\", which is no name of letters, digits and `_`")]
    Name(String),
    /// A context before it defines the name.
    #[error("it defines \"{0}\" another time")]
    Taken(String),
    /// The definition is not an `http(s)` IRI, or an object of such an `@id` and at most a `@type`.
    #[error("its definition of \"{0}\" says more than an IRI and a type of values")]
    Definition(String),
    /// The IRI is one that the standards have a word for.
    #[error("its \"{0}\" stands for something that the standards have a word for")]
    Meaning(String),
}

/// Checks that a document may bring these definitions as its last context, behind the built-in contexts of those URLs.
///
/// ```
/// use accolade_linked_data::contexts::{CREDENTIALS_V2, inline};
/// use serde_json::json;
///
/// let fine = json!({"volumeOfLearning": "http://data.europa.eu/snb/model/elm/volumeOfLearning"});
/// assert!(inline::check(fine.as_object().unwrap(), &[CREDENTIALS_V2]).is_ok());
/// let sly = json!({"end": "https://www.w3.org/2018/credentials#validUntil"});
/// assert!(inline::check(sly.as_object().unwrap(), &[CREDENTIALS_V2]).is_err());
/// ```
///
/// # Errors
/// The first thing that is wrong with them.
pub fn check(definitions: &Map<String, Value>, before: &[&str]) -> Result<(), Refusal> {
    if definitions.len() > MOST_TERMS {
        return Err(Refusal::TooMany);
    }
    for (name, definition) in definitions {
        let refused = |kind: fn(String) -> Refusal| Err(kind(crate::error::shown(name)));
        if !is_name(name) {
            return refused(Refusal::Name);
        }
        if before.iter().filter_map(|url| context(url)).any(|context| defines(context, name)) {
            return refused(Refusal::Taken);
        }
        let Some(iri) = plain(definition) else { return refused(Refusal::Definition) };
        if NAMESPACES.iter().any(|namespace| iri.starts_with(namespace)) || MEANINGS.contains(iri) {
            return refused(Refusal::Meaning);
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !SCHEMES.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a context defines the name, itself or in a context that is scoped to one of its terms.
fn defines(context: &Value, name: &str) -> bool {
    match context {
        Value::Array(parts) => parts.iter().any(|part| defines(part, name)),
        Value::Object(terms) => {
            let scoped = || terms.values().filter_map(|term| term.get("@context"));
            terms.contains_key(name) || scoped().any(|context| defines(context, name))
        }
        _ => false,
    }
}

/// The IRI of a definition that says no more than an IRI and a type of values.
fn plain(definition: &Value) -> Option<&str> {
    let iri = match definition {
        Value::String(iri) => iri,
        Value::Object(members) => {
            let is_known = |(name, value): (&String, &Value)| match name.as_str() {
                "@id" => true,
                "@type" => value.as_str().is_some_and(is_type_of_values),
                _ => false,
            };
            members.get("@id").filter(|_| members.iter().all(is_known))?.as_str()?
        }
        _ => return None,
    };
    is_plain_iri(iri).then_some(iri)
}

fn is_type_of_values(text: &str) -> bool {
    let datatype = text.strip_prefix(DATATYPES);
    text == "@id"
        || datatype.is_some_and(|name| {
            !name.is_empty()
                && name.len() <= LONGEST_NAME
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Behind `//` nothing can be a term and its suffix, and a term whose IRI ends in a letter or digit is the prefix of none.
fn is_plain_iri(iri: &str) -> bool {
    let rest = iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://"));
    iri.len() <= LONGEST_IRI
        && rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()))
        && iri.ends_with(|last: char| last.is_ascii_alphanumeric())
        && iri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#&=+,;@%".contains(&byte))
        && crate::iri::is_well_formed(iri)
}

/// Every IRI that a built-in context has a term for.
static MEANINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut found = HashSet::new();
    BUILT_IN
        .iter()
        .filter_map(|built_in| context(built_in.url))
        .for_each(|context| collect(context, &mut found));
    found
});

/// Every text in a context: IRIs of terms, datatypes, vocabularies. That more than terms are among them does no harm.
fn collect(part: &'static Value, found: &mut HashSet<&'static str>) {
    match part {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        _ => {}
    }
}
