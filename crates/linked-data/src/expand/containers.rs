//! A property with its values, as its containers say.

use serde_json::{Map, Value};

use super::members::Property;
use super::sink::{Kind, Literal};
use super::{Context, Expander, Given, Keyed, Place, Shape, Sink, Via, Wrap, items};
use crate::context::{Coercion, Container, How, Term};
use crate::error::{Error, Rule, shown};
use crate::keyword::Keyword;

impl<S: Sink> Expander<'_, S> {
    /// Expands the value of a property and gives it to the node. `inverted`: it stands in `@reverse`. Tells whether there is a value.
    pub(super) fn property(
        &mut self,
        here: &Context,
        property: &Property<'_, '_, S::Predicate>,
        node: S::Node,
        inverted: bool,
        place: Place<'_>,
    ) -> Result<bool, Error> {
        let mark = self.sink.mark();
        if self.contained(here, property, place)? == Shape::Nothing {
            return Ok(false);
        }
        let is_reverse = property.term.is_some_and(|term| term.reverse);
        if (is_reverse || inverted)
            && (mark..self.sink.mark()).any(|index| self.sink.kind(index) != Some(Kind::Node))
        {
            return Err(self.broken(Rule::InvalidReversePropertyValue, place, property.value));
        }
        let reversed = is_reverse != inverted;
        self.sink.property(node, property.predicate, mark, reversed, &mut self.processor.meter)?;
        Ok(true)
    }

    fn contained(
        &mut self,
        here: &Context,
        property: &Property<'_, '_, S::Predicate>,
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        let value = property.value;
        let via = Via::Property { name: property.name, term: property.term };
        let Some(term) = property.term else {
            return self.value(here, via, value, place, Given::default());
        };
        let container = term.container;
        let is_json = term.coercion == Some(Coercion::Json);
        if !is_json && let Value::Object(map) = value {
            if container.has(Container::LANGUAGE) {
                return self.language_map(here, term, map, place);
            }
            if container.has(Container::INDEX)
                || container.has(Container::ID)
                || container.has(Container::TYPE)
            {
                return self.keyed_map(here, term, via, map, place);
            }
        }
        let is_plain_graph = container.has(Container::GRAPH)
            && !container.has(Container::ID)
            && !container.has(Container::INDEX);
        let graph = if is_plain_graph { Wrap::Always } else { Wrap::No };
        let mark = self.sink.mark();
        let given = Given { graph, ..Given::default() };
        let shape = match graph {
            _ if !is_json => self.value(here, via, value, place, given)?,
            Wrap::No => self.json_literal(value)?,
            _ => self.in_graph(place, given, |walk, _| walk.json_literal(value))?,
        };
        if container.has(Container::LIST) && shape != Shape::Nothing {
            let is_list = shape == Shape::One && self.sink.kind(mark) == Some(Kind::List);
            if !is_list {
                self.sink.list(mark, place.path, &mut self.processor.meter)?;
            }
            return Ok(Shape::One);
        }
        Ok(shape)
    }

    fn language_map(
        &mut self,
        here: &Context,
        term: &Term,
        map: &Map<String, Value>,
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        let direction = term.direction.unwrap_or(here.direction);
        for (key, value) in map {
            let path = place.path.member(key);
            let at = place.at(&path);
            let lower = key.to_ascii_lowercase();
            let language = Some(lower.as_str()).filter(|_| here.keyword(key) != Some(Keyword::None));
            for item in items(value) {
                match item {
                    Value::Null => {}
                    Value::String(_) => {
                        self.literal(&Literal { value: item, datatype: None, language, direction }, at)?;
                    }
                    other => return Err(self.broken(Rule::InvalidLanguageMapValue, at, other)),
                }
            }
        }
        Ok(Shape::Many)
    }

    /// A map keyed by index, identifier or type.
    fn keyed_map(
        &mut self,
        here: &Context,
        term: &Term,
        via: Via<'_>,
        map: &Map<String, Value>,
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        let has = |container| term.container.has(container);
        for (key, value) in map {
            let path = place.path.member(key);
            let at = place.at(&path);
            let mut inner = here.clone();
            if has(Container::ID) || has(Container::TYPE) {
                inner = here.previous.clone().unwrap_or(inner);
            }
            if has(Container::TYPE)
                && let Some(scoped) = inner.clone().term(key).and_then(|term| term.context.as_ref())
            {
                inner = self.processor.scoped(&inner, scoped, How::OF_TYPE, at.path)?;
            }
            let is_none = here.keyword(key) == Some(Keyword::None);
            let base = self.options.base;
            let keyed = Keyed {
                key,
                id: (has(Container::ID) && !is_none).then(|| here.expand_id(key, base)),
                type_name: (has(Container::TYPE) && !is_none).then(|| here.expand_type(key, base)),
                property: term.index.as_deref().filter(|_| !is_none).map(|index| (index, here)),
            };
            let graph = if has(Container::GRAPH) { Wrap::UnlessGraph } else { Wrap::No };
            let mark = self.sink.mark();
            let given = Given { map: Some(&keyed), from_map: true, graph, ..Given::default() };
            self.value(&inner, via.within(&inner), value, at, given)?;
            if has(Container::INDEX) && !is_none && keyed.property.is_none() {
                self.sink.index(mark, key, &mut self.processor.meter)?;
            }
        }
        Ok(Shape::Many)
    }

    /// What the key of a map says about a node, apart from its identifier; tells whether it says something.
    pub(super) fn key_of(
        &mut self,
        node: S::Node,
        given: Given<'_>,
        place: Place<'_>,
    ) -> Result<bool, Error> {
        let Some(keyed) = given.map else { return Ok(false) };
        if let Some(name) = &keyed.type_name {
            self.type_of(node, name, keyed.key, place)?;
        }
        if let Some((index, here)) = keyed.property {
            self.index_property(node, index, here, keyed.key, place)?;
        }
        Ok(keyed.type_name.is_some() || keyed.property.is_some())
    }

    /// The property that keeps the key of an index map, with the key as its value.
    fn index_property(
        &mut self,
        node: S::Node,
        index: &str,
        here: &Context,
        key: &str,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let iri = here.expand_name(index);
        let predicate = iri.text().is_some().then(|| self.sink.predicate(&iri));
        if self.options.safe && !predicate.is_some_and(|(_, is_sound)| is_sound) {
            return Err(Error::UndefinedTerm { pointer: place.pointer(), term: shown(index) });
        }
        if let Some((predicate, _)) = predicate {
            let mark = self.sink.mark();
            let via = Via::Property { name: index, term: here.term(index) };
            self.scalar_value(here, via, &Value::String(key.to_owned()), place, Given::default())?;
            self.sink.property(node, predicate, mark, false, &mut self.processor.meter)?;
        }
        Ok(())
    }

    /// Refuses a value that is no node where its key would become a part of it.
    pub(super) fn refuse_key(&self, given: Given<'_>, place: Place<'_>, value: &Value) -> Result<(), Error> {
        if given.map.is_some_and(Keyed::says_something) {
            return Err(self.broken(Rule::InvalidValueObject, place, value));
        }
        Ok(())
    }

    /// Expands a value into a graph of its own and leaves the graph in its place.
    pub(super) fn in_graph(
        &mut self,
        place: Place<'_>,
        given: Given<'_>,
        inside: impl FnOnce(&mut Self, Given<'_>) -> Result<Shape, Error>,
    ) -> Result<Shape, Error> {
        let node = self.keyed_node(given, place)?;
        self.processor.meter.graph()?;
        self.sink.open_graph(node);
        let (mark, said) = (self.sink.mark(), self.sink.said());
        let shape = inside(self, Given { alone: true, ..Given::default() })?;
        if self.sink.said() == said {
            self.lose(place, "it stands in a graph and says nothing there")?;
        }
        self.sink.close_graph(node, mark);
        if shape == Shape::Nothing {
            self.sink.discard(node);
            return Ok(Shape::Nothing);
        }
        self.key_of(node, given, place)?;
        self.sink.close(node);
        Ok(Shape::One)
    }
}
