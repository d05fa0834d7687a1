//! The normal form of a context: every term written out, nothing left to prefixes, order or abbreviation.

use serde_json::{Map, Value, json};

use super::{ActiveContext, Base, Coercion, Container, How, Local, Mapping, Processor, Term};
use crate::error::Error;
use crate::options::Options;
use crate::path::Path;
use std::sync::Arc;

/// Writes a context in normal form.
///
/// `context` is the value of an `@context` member. The result is a context with the same effect in which every term has an expanded
/// definition: absolute IRIs, explicit `@prefix` and `@protected`, members sorted. Scoped contexts within it are written alike. Two contexts
/// that define the same terms have the same normal form, however they are written.
///
/// ```
/// use serde_json::json;
/// let written = json!({"ex": "https://vocab.example/#", "name": "ex:name"});
/// let normal = accolade_linked_data::contexts::normal_form(&written, &Default::default())?;
/// assert_eq!(normal["name"], json!({"@id": "https://vocab.example/#name", "@protected": false}));
/// # Ok::<(), accolade_linked_data::Error>(())
/// ```
///
/// Three things are not written out, so a context that has them is not the same in normal form: `@import` and arrays *within a scoped
/// context*, and `@propagate: false` of the context itself. A scoped context that is a URL stays one.
///
/// # Errors
/// If the context is not valid, or names a context that is neither built in nor known to the loader of the options.
pub fn normal_form(context: &Value, options: &Options<'_>) -> Result<Value, Error> {
    let mut processor = Processor::new(options);
    processor.meter.document(context, 1)?;
    let active = processor.embedded(&ActiveContext::initial(), context, &Path::ROOT)?;
    let mut out = settings(&active);
    let names: Vec<&str> = active.terms.keys().map(AsRef::as_ref).collect();
    write_terms(&mut processor, &active, &names, &mut out)?;
    Ok(sorted(Value::Object(out)))
}

/// Sorts the members of all maps. Whether a map keeps its own order depends on a feature of `serde_json` that any crate may switch on.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(map) => {
            let mut members: Vec<(String, Value)> = map.into_iter().collect();
            members.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(members.into_iter().map(|(name, member)| (name, sorted(member))).collect())
        }
        scalar => scalar,
    }
}

fn settings(active: &ActiveContext) -> Map<String, Value> {
    let mut out = Map::new();
    match &active.base {
        Base::OfDocument => {}
        Base::Nothing => drop(out.insert("@base".into(), Value::Null)),
        Base::Iri(iri) => drop(out.insert("@base".into(), json!(**iri))),
    }
    if let Some(vocab) = &active.vocab {
        out.insert("@vocab".into(), json!(**vocab));
    }
    if let Some(language) = &active.language {
        out.insert("@language".into(), json!(**language));
    }
    if let Some(direction) = active.direction {
        out.insert("@direction".into(), json!(direction.name()));
    }
    out
}

fn write_terms(
    processor: &mut Processor<'_>,
    active: &Arc<ActiveContext>,
    names: &[&str],
    out: &mut Map<String, Value>,
) -> Result<(), Error> {
    for name in names {
        if let Some(term) = active.term(name) {
            out.insert((*name).to_owned(), write_term(processor, active, term)?);
        }
    }
    Ok(())
}

fn write_term(
    processor: &mut Processor<'_>,
    active: &Arc<ActiveContext>,
    term: &Term,
) -> Result<Value, Error> {
    let mut out = Map::new();
    let id = match &term.mapping {
        Mapping::Null => Value::Null,
        Mapping::Keyword(keyword) => json!(keyword.name()),
        Mapping::Iri(iri) => json!(**iri),
    };
    out.insert(if term.reverse { "@reverse" } else { "@id" }.into(), id);
    out.insert("@protected".into(), json!(term.protected));
    if term.prefix {
        out.insert("@prefix".into(), json!(true));
    }
    if let Some(coercion) = &term.coercion {
        let name = match coercion {
            Coercion::Id => "@id",
            Coercion::Vocab => "@vocab",
            Coercion::Json => "@json",
            Coercion::None => "@none",
            Coercion::Datatype(datatype) => datatype,
        };
        out.insert("@type".into(), json!(name));
    }
    if let Some(language) = &term.language {
        out.insert("@language".into(), json!(language.as_deref()));
    }
    if let Some(direction) = term.direction {
        out.insert("@direction".into(), json!(direction.map(super::TextDirection::name)));
    }
    if let Some(container) = container(term.container) {
        out.insert("@container".into(), container);
    }
    if let Some(index) = &term.index {
        out.insert("@index".into(), json!(**index));
    }
    if let Some(nest) = &term.nest {
        out.insert("@nest".into(), json!(**nest));
    }
    if let Some(scoped) = &term.context {
        out.insert("@context".into(), write_scoped(processor, active, scoped.local())?);
    }
    Ok(Value::Object(out))
}

fn container(container: Container) -> Option<Value> {
    let names = [
        (Container::GRAPH, "@graph"),
        (Container::ID, "@id"),
        (Container::INDEX, "@index"),
        (Container::LANGUAGE, "@language"),
        (Container::LIST, "@list"),
        (Container::SET, "@set"),
        (Container::TYPE, "@type"),
    ];
    let mut names: Vec<&str> =
        names.into_iter().filter(|(one, _)| container.has(*one)).map(|(_, name)| name).collect();
    match names.len() {
        0 => None,
        1 => names.pop().map(|name| json!(name)),
        _ => Some(json!(names)),
    }
}

/// A scoped context as it works where its term is defined: only what it says itself, read there.
fn write_scoped(
    processor: &mut Processor<'_>,
    active: &Arc<ActiveContext>,
    local: Local<'_>,
) -> Result<Value, Error> {
    let inner = processor.check(active, local, How::OF_PROPERTY, &Path::ROOT)?;
    let map = match local.value() {
        Value::Object(map) => map,
        Value::Array(items) => {
            let items: Result<Vec<Value>, Error> =
                items.iter().map(|item| write_scoped(processor, active, Local::Own(item))).collect();
            return Ok(Value::Array(items?));
        }
        other => return Ok(other.clone()),
    };
    let mut out = Map::new();
    for (name, value) in settings(&inner) {
        if map.contains_key(&name) {
            out.insert(name, value);
        }
    }
    for name in ["@vocab", "@language", "@direction", "@propagate"] {
        if let Some(value) = map.get(name).filter(|value| value.is_null() || name == "@propagate") {
            out.insert(name.to_owned(), value.clone());
        }
    }
    let names: Vec<&str> =
        map.keys().map(String::as_str).filter(|name| *name == "@type" || !name.starts_with('@')).collect();
    write_terms(processor, &Arc::new(inner), &names, &mut out)?;
    Ok(Value::Object(out))
}
