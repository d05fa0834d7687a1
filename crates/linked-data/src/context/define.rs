//! Defining one term ([create term definition](https://www.w3.org/TR/json-ld11-api/#create-term-definition)).

use std::sync::Arc;

use serde_json::{Map, Value};

use super::build::{Builder, is_short};
use super::process::{How, Local, Origin};
use super::{Coercion, Container, Expanded, Held, Mapping, Scoped, Term, TextDirection, split_compact};
use crate::error::{Error, Rule};
use crate::iri;
use crate::keyword::{Keyword, has_keyword_form};

const LOOKS_LIKE_KEYWORD: &str = "what it stands for looks like a keyword, so the term is passed over";

/// The members a definition may have.
const MEMBERS: [&str; 11] = [
    "@container",
    "@context",
    "@direction",
    "@id",
    "@index",
    "@language",
    "@nest",
    "@prefix",
    "@protected",
    "@reverse",
    "@type",
];

impl<'b> Builder<'b, '_> {
    /// Defines a term of the local context, after the terms it is made of.
    pub(super) fn define(&mut self, name: &'b str) -> Result<(), Error> {
        match self.defined.get(name) {
            Some(true) => return Ok(()),
            Some(false) => return Err(self.wrong(Rule::CyclicIriMapping, name)),
            None => {}
        }
        if name.is_empty() {
            return Err(self.wrong(Rule::InvalidTermDefinition, "the empty name"));
        }
        self.defined.insert(name, false);
        // The built-in ones are flat, and whether they are read now or were before must not show.
        let is_built_in = self.local.is_built_in();
        if !is_built_in {
            self.processor.enter()?;
        }
        let Some(local) = self.local.member(name) else { return Ok(()) };
        if Keyword::parse(name).is_some() && !is_type_container(name, local.value()) {
            return Err(self.wrong(Rule::KeywordRedefinition, name));
        }
        // Names that look like keywords are reserved and are passed over.
        if name != "@type" && has_keyword_form(name) {
            self.lose(name, "a term that looks like a keyword is passed over")?;
        } else {
            let previous = self.result.terms.remove(name);
            if let Some(term) = self.read_definition(name, local)? {
                self.settle(name, term, previous)?;
            }
        }
        if !is_built_in {
            self.processor.leave();
        }
        self.defined.insert(name, true);
        Ok(())
    }

    /// Puts the definition in force, unless a protected one stands there.
    fn settle(&mut self, name: &str, term: Term, previous: Option<Arc<Term>>) -> Result<(), Error> {
        term.texts().try_for_each(is_short)?;
        // What is kept for others is not paid for by the first who reads it.
        if !self.result.built_in {
            self.processor.meter.bytes(term.texts().map(str::len).sum())?;
        }
        let term = match previous {
            Some(previous) if previous.protected && !self.how.override_protected => {
                if !same_but_for_protection(&term, &previous) {
                    return Err(self.wrong(Rule::ProtectedTermRedefinition, name));
                }
                previous
            }
            _ => Arc::new(term),
        };
        self.result.has_protected |= term.protected;
        self.result.terms.insert(name.into(), term);
        Ok(())
    }

    fn read_definition(&mut self, name: &'b str, local: Local<'b>) -> Result<Option<Term>, Error> {
        let mut term = Term {
            mapping: Mapping::Null,
            prefix: false,
            protected: self.protected,
            reverse: false,
            coercion: None,
            language: None,
            direction: None,
            container: Container::default(),
            index: None,
            nest: None,
            context: None,
        };
        match local.value() {
            Value::Null => return Ok(Some(term)),
            Value::String(id) => {
                return Ok(self
                    .read_mapping(name, Some(local.value()), id == name, true, &mut term)?
                    .then_some(term));
            }
            Value::Object(map) => {
                self.read_protected_and_type(map, &mut term)?;
                if let Some(reverse) = map.get("@reverse") {
                    return Ok(self.read_reverse(name, map, reverse, &mut term)?.then_some(term));
                }
                let id = map.get("@id");
                if !self.read_mapping(name, id, id.and_then(Value::as_str) == Some(name), false, &mut term)? {
                    return Ok(None);
                }
                self.read_container(map, &mut term)?;
                self.read_index(map, &mut term)?;
                self.read_scoped(name, local, &mut term)?;
                self.read_text(map, &mut term)?;
                self.read_rest(name, map, &mut term)?;
            }
            other => return Err(self.broken(Rule::InvalidTermDefinition, other)),
        }
        Ok(Some(term))
    }

    fn read_protected_and_type(&mut self, map: &'b Map<String, Value>, term: &mut Term) -> Result<(), Error> {
        match map.get("@protected") {
            None => {}
            Some(Value::Bool(protected)) => term.protected = *protected,
            Some(other) => return Err(self.broken(Rule::InvalidProtectedValue, other)),
        }
        term.coercion = match map.get("@type") {
            None => None,
            Some(value @ Value::String(name)) => {
                let expanded = self.expand(name)?;
                Some(match expanded {
                    Expanded::Keyword(Keyword::Id) => Coercion::Id,
                    Expanded::Keyword(Keyword::Vocab) => Coercion::Vocab,
                    Expanded::Keyword(Keyword::Json) => Coercion::Json,
                    Expanded::Keyword(Keyword::None) => Coercion::None,
                    ref other => match other.text().filter(|text| iri::is_absolute(text)) {
                        Some(datatype) => Coercion::Datatype(datatype.into()),
                        None => return Err(self.broken(Rule::InvalidTypeMapping, value)),
                    },
                })
            }
            Some(other) => return Err(self.broken(Rule::InvalidTypeMapping, other)),
        };
        Ok(())
    }

    fn read_reverse(
        &mut self,
        name: &str,
        map: &'b Map<String, Value>,
        reverse: &'b Value,
        term: &mut Term,
    ) -> Result<bool, Error> {
        if map.contains_key("@id") || map.contains_key("@nest") {
            return Err(self.wrong(Rule::InvalidReverseProperty, name));
        }
        let Value::String(text) = reverse else { return Err(self.broken(Rule::InvalidIriMapping, reverse)) };
        if has_keyword_form(text) && Keyword::parse(text).is_none() {
            self.lose(name, LOOKS_LIKE_KEYWORD)?;
            return Ok(false);
        }
        let expanded = self.expand(text)?;
        match expanded.text().filter(|text| text.contains(':')) {
            Some(iri) => term.mapping = Mapping::Iri(iri.into()),
            None => return Err(self.broken(Rule::InvalidIriMapping, reverse)),
        }
        term.container = match map.get("@container") {
            None | Some(Value::Null) => Container::default(),
            Some(Value::String(container)) if container == "@set" => Container::SET,
            Some(Value::String(container)) if container == "@index" => Container::INDEX,
            Some(other) => return Err(self.broken(Rule::InvalidReverseProperty, other)),
        };
        self.read_index(map, term)?;
        self.check_members(name, map)?;
        term.reverse = true;
        Ok(true)
    }

    /// Finds what the term stands for. `false`: nothing that counts, and the term is left undefined.
    fn read_mapping(
        &mut self,
        name: &'b str,
        id: Option<&'b Value>,
        is_own_name: bool,
        simple: bool,
        term: &mut Term,
    ) -> Result<bool, Error> {
        match id {
            Some(Value::Null) => Ok(true),
            Some(value) if !is_own_name => self.read_id(name, value, simple, term),
            _ => self.read_own_name(name, term).map(|()| true),
        }
    }

    fn read_id(
        &mut self,
        name: &'b str,
        value: &'b Value,
        simple: bool,
        term: &mut Term,
    ) -> Result<bool, Error> {
        let Value::String(id) = value else { return Err(self.broken(Rule::InvalidIriMapping, value)) };
        if has_keyword_form(id) && Keyword::parse(id).is_none() {
            self.lose(name, LOOKS_LIKE_KEYWORD)?;
            return Ok(false);
        }
        let mapping = match self.expand(id)? {
            Expanded::Keyword(Keyword::Context) => return Err(self.broken(Rule::InvalidKeywordAlias, value)),
            Expanded::Keyword(keyword) => Mapping::Keyword(keyword),
            other => match other.text().filter(|text| iri::is_absolute(text) || iri::is_blank(text)) {
                Some(iri) => Mapping::Iri(iri.into()),
                None => return Err(self.broken(Rule::InvalidIriMapping, value)),
            },
        };
        let inner_colon = name.char_indices().any(|(at, c)| c == ':' && at > 0 && at + 1 < name.len());
        if inner_colon || name.contains('/') {
            self.defined.insert(name, true);
            // Such a name already means something without its definition; the definition may only say the same.
            let as_name = self.expand(name)?;
            if !matches!(&mapping, Mapping::Iri(iri) if as_name.text() == Some(&**iri)) {
                return Err(self.broken(Rule::InvalidIriMapping, value));
            }
        } else if simple
            && !name.contains(':')
            && let Mapping::Iri(iri) = &mapping
        {
            term.prefix = iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || iri::is_blank(iri);
        }
        term.mapping = mapping;
        Ok(true)
    }

    /// A term without `@id` (or whose `@id` is its own name) is a compact IRI, a reference, `@type`, or a word of the vocabulary.
    fn read_own_name(&mut self, name: &'b str, term: &mut Term) -> Result<(), Error> {
        if let Some((prefix, suffix)) = split_compact(name) {
            if let Some((prefix, _)) = self.map.get_key_value(prefix) {
                self.define(prefix)?;
            }
            let iri = match self.result.terms.get(prefix).map(|term| &term.mapping) {
                Some(Mapping::Iri(iri)) => format!("{}{suffix}", &**iri),
                _ => name.to_owned(),
            };
            term.mapping = Mapping::Iri(iri.into());
            return Ok(());
        }
        if name == "@type" {
            term.mapping = Mapping::Keyword(Keyword::Type);
            return Ok(());
        }
        let iri = match &self.result.vocab {
            Some(vocab) => format!("{vocab}{name}"),
            None => return Err(self.wrong(Rule::InvalidIriMapping, name)),
        };
        if name.contains('/') && !iri::is_absolute(&iri) {
            return Err(self.wrong(Rule::InvalidIriMapping, name));
        }
        term.mapping = Mapping::Iri(iri.into());
        Ok(())
    }

    fn read_container(&mut self, map: &Map<String, Value>, term: &mut Term) -> Result<(), Error> {
        let Some(value) = map.get("@container") else { return Ok(()) };
        let wrong = || self.broken(Rule::InvalidContainerMapping, value);
        term.container = container_of(value).ok_or_else(wrong)?;
        if term.container.has(Container::TYPE) {
            match term.coercion {
                None => term.coercion = Some(Coercion::Id),
                Some(Coercion::Id | Coercion::Vocab) => {}
                Some(_) => return Err(self.broken(Rule::InvalidTypeMapping, value)),
            }
        }
        Ok(())
    }

    fn read_index(&mut self, map: &'b Map<String, Value>, term: &mut Term) -> Result<(), Error> {
        let Some(value) = map.get("@index") else { return Ok(()) };
        let Some(index) = value.as_str().filter(|_| term.container.has(Container::INDEX)) else {
            return Err(self.broken(Rule::InvalidTermDefinition, value));
        };
        if !self.expand(index)?.text().is_some_and(iri::is_absolute) {
            return Err(self.broken(Rule::InvalidTermDefinition, value));
        }
        term.index = Some(index.into());
        Ok(())
    }

    fn read_scoped(&mut self, name: &str, local: Local<'b>, term: &mut Term) -> Result<(), Error> {
        let Some(scoped) = local.member("@context") else { return Ok(()) };
        let held = match scoped {
            // Built-in contexts were checked when they were written; the tests check them again.
            Local::BuiltIn(value) => Held::BuiltIn(value),
            Local::Own(value) => {
                self.processor.meter.work(1 + self.result.terms.len())?;
                let active = Arc::new(self.result.clone());
                let (outer, in_document) = (self.origin.place.member(name), self.origin.in_document);
                let inner = outer.member("@context");
                let place = if in_document { &inner } else { self.origin.place };
                let origin = Origin { rehearsal: true, place, ..self.origin };
                match self.processor.apply(&active, scoped, How::OF_PROPERTY, origin) {
                    Ok(_) => {}
                    Err(refusal @ (Error::ComplexityLimit { .. } | Error::DroppedValue { .. })) => {
                        return Err(refusal);
                    }
                    Err(cause) => return Err(self.wrong(Rule::InvalidScopedContext, &cause.to_string())),
                }
                self.processor.meter.work(size_of(value))?;
                Held::Own(Arc::new(value.clone()))
            }
        };
        term.context = Some(Scoped { held, base: self.origin.base.map(Into::into) });
        Ok(())
    }

    fn read_text(&self, map: &Map<String, Value>, term: &mut Term) -> Result<(), Error> {
        if map.contains_key("@type") {
            return Ok(());
        }
        match map.get("@language") {
            None => {}
            Some(Value::Null) => term.language = Some(None),
            Some(Value::String(language)) => term.language = Some(Some(language.to_ascii_lowercase().into())),
            Some(other) => return Err(self.broken(Rule::InvalidLanguageMapping, other)),
        }
        match map.get("@direction") {
            None => {}
            Some(Value::Null) => term.direction = Some(None),
            Some(value) => match value.as_str().and_then(TextDirection::parse) {
                Some(direction) => term.direction = Some(Some(direction)),
                None => return Err(self.broken(Rule::InvalidBaseDirection, value)),
            },
        }
        Ok(())
    }

    fn read_rest(&self, name: &str, map: &Map<String, Value>, term: &mut Term) -> Result<(), Error> {
        match map.get("@nest") {
            None => {}
            Some(Value::String(nest)) if nest == "@nest" || Keyword::parse(nest).is_none() => {
                term.nest = Some(nest.as_str().into())
            }
            Some(other) => return Err(self.broken(Rule::InvalidNestValue, other)),
        }
        match map.get("@prefix") {
            None => {}
            Some(_) if name.contains([':', '/']) => return Err(self.wrong(Rule::InvalidTermDefinition, name)),
            Some(Value::Bool(prefix)) => {
                term.prefix = *prefix;
                if *prefix && matches!(term.mapping, Mapping::Keyword(_)) {
                    return Err(self.wrong(Rule::InvalidTermDefinition, name));
                }
            }
            Some(other) => return Err(self.broken(Rule::InvalidPrefixValue, other)),
        }
        self.check_members(name, map)
    }

    fn check_members(&self, name: &str, map: &Map<String, Value>) -> Result<(), Error> {
        match map.keys().find(|member| !MEMBERS.contains(&member.as_str())) {
            Some(member) => Err(self.wrong(Rule::InvalidTermDefinition, &format!("{name}: {member}"))),
            None => Ok(()),
        }
    }

    /// IRI expansion inside a context that is still being made (`vocab` true).
    fn expand(&mut self, text: &'b str) -> Result<Expanded<'b>, Error> {
        if Keyword::parse(text).is_none() {
            if let Some((known, _)) = self.map.get_key_value(text)
                && self.defined.get(text) != Some(&true)
            {
                self.define(known)?;
            }
            if !self.result.terms.contains_key(text)
                && let Some((prefix, suffix)) = split_compact(text)
                && prefix != "_"
                && !suffix.starts_with("//")
                && let Some((known, _)) = self.map.get_key_value(prefix)
                && self.defined.get(prefix) != Some(&true)
            {
                self.define(known)?;
            }
        }
        Ok(match self.result.expand_name(text) {
            Expanded::Null => Expanded::Null,
            Expanded::Keyword(keyword) => Expanded::Keyword(keyword),
            Expanded::Borrowed(same) if std::ptr::eq(same, text) => Expanded::Borrowed(text),
            Expanded::Borrowed(other) => Expanded::Owned(other.to_owned()),
            Expanded::Known(other) => Expanded::Owned((**other).to_owned()),
            Expanded::Owned(other) => Expanded::Owned(other),
        })
    }

    fn wrong(&self, rule: Rule, detail: &str) -> Error {
        super::process::broken(rule, self.origin.place, detail.to_owned())
    }
}

fn same_but_for_protection(new: &Term, old: &Term) -> bool {
    if new.protected == old.protected {
        return new == old;
    }
    *new == Term { protected: new.protected, ..old.clone() }
}

/// `@type` may be given a container and protection, nothing else.
fn is_type_container(name: &str, value: &Value) -> bool {
    name == "@type"
        && value.as_object().is_some_and(|map| {
            !map.is_empty()
                && map.iter().all(|(member, value)| match member.as_str() {
                    "@container" => value == "@set",
                    "@protected" => true,
                    _ => false,
                })
        })
}

fn container_of(value: &Value) -> Option<Container> {
    let one = |name: &str| match name {
        "@list" => Some(Container::LIST),
        "@set" => Some(Container::SET),
        "@language" => Some(Container::LANGUAGE),
        "@index" => Some(Container::INDEX),
        "@id" => Some(Container::ID),
        "@type" => Some(Container::TYPE),
        "@graph" => Some(Container::GRAPH),
        _ => None,
    };
    let names = match value {
        Value::String(name) => return one(name),
        Value::Array(names) => names,
        _ => return None,
    };
    let container =
        names.iter().try_fold(Container::default(), |sum, name| Some(sum.with(one(name.as_str()?)?)))?;
    let rest = container.without(Container::SET);
    let allowed = if rest.has(Container::GRAPH) {
        [Container::GRAPH, Container::GRAPH.with(Container::ID), Container::GRAPH.with(Container::INDEX)]
            .contains(&rest)
    } else if container.has(Container::SET) {
        [Container::default(), Container::INDEX, Container::ID, Container::TYPE, Container::LANGUAGE]
            .contains(&rest)
    } else {
        names.len() == 1
    };
    allowed.then_some(container)
}

/// JSON values in a value; what it costs to keep a copy.
fn size_of(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size_of).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size_of).sum::<usize>(),
        _ => 1,
    }
}
