//! Whether the letters of a badge say what its signature covers.
//!
//! A proof over RDF covers meanings, and we read names. A meaning can be written in many ways: who holds a badge could
//! write its end as `https://www.w3.org/2018/credentials#validUntil`, or in a second description of the badge somewhere
//! inside it, and the signature would hold over a badge that seems to have no end. So every member must be a term of the
//! contexts, which have one term for each thing we read, and the badge must be described in one place
//! ([VCDM 2.0: a credential is a compacted document](https://www.w3.org/TR/vc-data-model-2.0/#json-ld-processing)).

use serde_json::{Map, Value};

use super::shape::{self, Vocabularies};
use crate::library::shown;
use crate::report::Flaw;

/// The keywords of value objects, the one form of JSON-LD that has no terms.
const OF_VALUES: [&str; 4] = ["@value", "@type", "@language", "@direction"];

/// What we read at the root of a badge. A second description of the badge must not have any of it.
const READ: [&str; 11] = [
    "issuer",
    "issuanceDate",
    "expirationDate",
    "validFrom",
    "validUntil",
    "credentialSubject",
    "credentialStatus",
    "credentialSchema",
    "refreshService",
    "termsOfUse",
    "evidence",
];

/// A part of a document that is still to be looked at.
#[derive(Clone, Copy)]
enum Part<'d> {
    /// The document itself or one of its proofs, which may have this context.
    Own(Option<&'d Value>),
    /// An endorsement: a credential of its own, with contexts of its own.
    Endorsement,
    /// What a presentation or a learner's record holds: the same, of any kind, or in an envelope.
    Enclosed,
    /// The subject of a learner's record.
    RecordSubject,
    Other,
}

/// Checks a document whose own contexts are all built in.
///
/// Only the document's own proofs may repeat its contexts, as those of the JCS suites do. Were theirs fewer, the document
/// would have contexts that nobody signed.
pub(super) fn check(document: &Value) -> Result<(), Flaw> {
    described_once(document)?;
    let own = document.get("@context");
    let is_record = shape::texts(document.get("type")).any(|kind| kind == "ClrCredential");
    let mut waiting = vec![(document, Part::Own(own))];
    while let Some((value, part)) = waiting.pop() {
        let members = match value {
            Value::Object(members) => members,
            Value::Array(entries) => {
                waiting.extend(entries.iter().map(|entry| (entry, part)));
                continue;
            }
            _ => continue,
        };
        let allowed = match part {
            Part::Own(context) => context,
            Part::Endorsement => {
                shape::contexts(value, Vocabularies::Badge)?;
                continue;
            }
            Part::Enclosed => {
                shape::contexts(value, Vocabularies::Any)?;
                continue;
            }
            Part::RecordSubject | Part::Other => None,
        };
        for (name, member) in members {
            check_name(name, member, members, allowed)?;
            match name.as_str() {
                "@context" => {}
                "endorsement" => waiting.push((member, Part::Endorsement)),
                "verifiableCredential" if is_holder(value, document, part) => {
                    waiting.push((member, Part::Enclosed));
                }
                "credentialSubject" if std::ptr::eq(value, document) && is_record => {
                    waiting.push((member, Part::RecordSubject));
                }
                "proof" if std::ptr::eq(value, document) => waiting.push((member, Part::Own(own))),
                _ => waiting.push((member, Part::Other)),
            }
        }
    }
    Ok(())
}

/// Whether `verifiableCredential` of that part is what the standards have there: credentials that are looked at by themselves.
fn is_holder(part: &Value, document: &Value, place: Part<'_>) -> bool {
    let is_presentation = || shape::texts(part.get("type")).any(|kind| kind == "VerifiablePresentation");
    matches!(place, Part::RecordSubject) || std::ptr::eq(part, document) && is_presentation()
}

/// Statements about the badge may stand wherever it is named, so what we read at its root must stand there only. Naming it
/// is no harm: a badge may be its own refresh address, and an endorsement of it names it.
fn described_once(document: &Value) -> Result<(), Flaw> {
    let Some(id) = document.get("id").filter(|id| id.is_string()) else { return Ok(()) };
    let mut waiting = vec![document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => {
                let is_second = !std::ptr::eq(value, document) && members.get("id") == Some(id);
                if is_second && READ.iter().any(|name| members.contains_key(*name)) {
                    return Err(Flaw::new(
                        "described_twice",
                        "The badge is described a second time inside itself, where something could be hidden.",
                    ));
                }
                waiting.extend(members.values());
            }
            Value::Array(entries) => waiting.extend(entries),
            _ => {}
        }
    }
    Ok(())
}

fn check_name(
    name: &str,
    member: &Value,
    members: &Map<String, Value>,
    allowed: Option<&Value>,
) -> Result<(), Flaw> {
    if name == "@context" {
        return match allowed == Some(member) {
            true => Ok(()),
            false => Err(Flaw::new(
                "nested_context",
                "A part of the badge changes the meaning of its words, so it may not say what it seems to say.",
            )),
        };
    }
    let is_of_value = OF_VALUES.contains(&name) && members.contains_key("@value");
    if name.starts_with('@') && !is_of_value {
        return Err(Flaw::new(
            "keyword_not_allowed",
            format!("The badge uses {}, which could hide statements.", shown(name)),
        ));
    }
    if name.contains(':') {
        return Err(Flaw::new(
            "not_compacted",
            format!(
                "The badge says something in a roundabout way ({}), which could hide it from readers.",
                shown(name)
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use accolade_linked_data::contexts;

    use super::*;

    const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";

    /// Adds what the terms of a context stand for, those of its scoped contexts too.
    fn collect(context: &Value, prefixes: &BTreeMap<String, String>, found: &mut Vec<(String, String)>) {
        for part in shape::several(context).filter_map(Value::as_object) {
            let mut prefixes = prefixes.clone();
            for (term, definition) in part {
                if let Some(iri) =
                    definition.as_str().or_else(|| definition.get("@id").and_then(Value::as_str))
                {
                    prefixes.insert(term.clone(), iri.to_owned());
                }
            }
            for (term, definition) in part {
                if term == "@vocab" {
                    found.push((term.clone(), definition.as_str().unwrap_or_default().to_owned()));
                }
                if let Some(iri) = prefixes.get(term) {
                    let full = iri
                        .split_once(':')
                        .and_then(|(prefix, rest)| Some(prefixes.get(prefix)?.clone() + rest));
                    found.push((term.clone(), full.unwrap_or_else(|| iri.clone())));
                }
                if let Some(scoped) = definition.get("@context") {
                    collect(scoped, &prefixes, found);
                }
            }
        }
    }

    #[test]
    fn the_built_in_contexts_have_one_term_for_each_thing_that_is_read() {
        let mut seen = 0;
        for url in contexts::urls() {
            let document: Value = serde_json::from_str(contexts::document(url).unwrap()).unwrap();
            let mut found = Vec::new();
            collect(&document["@context"], &BTreeMap::new(), &mut found);
            for (term, meaning) in found {
                if let Some(name) = meaning.strip_prefix(CREDENTIALS).filter(|name| READ.contains(name)) {
                    assert_eq!(term, name, "{url}");
                    seen += 1;
                }
                let alias = meaning.starts_with('@').then_some((term.as_str(), meaning.as_str()));
                assert!(matches!(alias, None | Some(("id", "@id") | ("type", "@type"))), "{url}: {alias:?}");
                assert!(term != "@vocab" || !CREDENTIALS.starts_with(&meaning), "{url}: {meaning}");
            }
        }
        assert!(seen > 20, "the contexts were read: {seen}");
    }
}
