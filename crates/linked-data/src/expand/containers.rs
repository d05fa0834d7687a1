//! A property with its values, as its containers say.

use serde_json::{Map, Value};

use super::literal::Reading;
use super::node::Property;
use super::{Context, Expander, Given, Kind, Place, Via, items};
use crate::context::{ActiveContext, Coercion, Container, Expanded, How, Term};
use crate::dataset::TermId;
use crate::error::{Error, Rule};
use crate::iri;
use crate::keyword::Keyword;

impl Expander<'_> {
    /// Expands the value of a property and makes its quads. `inverted`: it stands in `@reverse`.
    pub(super) fn property(
        &mut self,
        here: &Context,
        property: &Property<'_, '_>,
        subject: Option<TermId>,
        inverted: bool,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let mark = self.objects.len();
        self.contained(here, property, place)?;
        let is_reverse = property.term.is_some_and(|term| term.reverse);
        for index in mark..self.objects.len() {
            let Some(object) = self.object(index) else { continue };
            if (is_reverse || inverted) && object.kind != Kind::Node {
                return Err(self.broken(Rule::InvalidReversePropertyValue, place, property.value));
            }
            if is_reverse != inverted {
                self.emit(object.term, property.predicate, subject, place.graph)?;
            } else {
                self.emit(subject, property.predicate, object.term, place.graph)?;
            }
        }
        self.objects.truncate(mark);
        Ok(())
    }

    fn contained(
        &mut self,
        here: &Context,
        property: &Property<'_, '_>,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let value = property.value;
        let via = Via::Property { name: property.name, term: property.term };
        let Some(term) = property.term else {
            return self.value(here, via, value, place, Given::default());
        };
        if term.coercion == Some(Coercion::Json) {
            return self.json_literal(value);
        }
        if let Value::Object(map) = value {
            if term.container.has(Container::LANGUAGE) {
                return self.language_map(here, term, map, place);
            }
            if term.container.has(Container::INDEX)
                || term.container.has(Container::ID)
                || term.container.has(Container::TYPE)
            {
                return self.keyed_map(here, term, via, map, place);
            }
        }
        if term.container.has(Container::GRAPH)
            && !term.container.has(Container::ID)
            && !term.container.has(Container::INDEX)
        {
            return self.graphs(here, via, value, place);
        }
        let mark = self.objects.len();
        self.value(here, via, value, place, Given::default())?;
        if term.container.has(Container::LIST) {
            let single = self.object(mark).filter(|_| self.objects.len() == mark + 1);
            let is_list = !value.is_array() && single.is_some_and(|object| object.kind == Kind::List);
            let is_nothing = !value.is_array() && single.is_none() && self.objects.len() == mark;
            if !is_list && !is_nothing {
                self.make_list(mark, place)?;
            }
        }
        Ok(())
    }

    fn language_map(
        &mut self,
        here: &Context,
        term: &Term,
        map: &Map<String, Value>,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let direction = term.direction.unwrap_or(here.direction);
        for (key, value) in map {
            let path = place.path.member(key);
            let at = place.at(&path);
            let lower = key.to_ascii_lowercase();
            let language = if here.expand_name(key) == Expanded::Keyword(Keyword::None) {
                None
            } else {
                Some(lower.as_str())
            };
            for item in items(value) {
                match item {
                    Value::Null => {}
                    Value::String(_) => {
                        self.literal(item, Reading { datatype: None, language, direction }, at)?
                    }
                    other => return Err(self.broken(Rule::InvalidLanguageMapValue, at, other)),
                }
            }
        }
        Ok(())
    }

    /// A map keyed by index, identifier or type.
    fn keyed_map(
        &mut self,
        here: &Context,
        term: &Term,
        via: Via<'_>,
        map: &Map<String, Value>,
        place: Place<'_>,
    ) -> Result<(), Error> {
        for (key, value) in map {
            let path = place.path.member(key);
            let at = place.at(&path);
            let is_none = here.expand_name(key) == Expanded::Keyword(Keyword::None);
            let mut inner = here.clone();
            if term.container.has(Container::ID) || term.container.has(Container::TYPE) {
                inner = here.previous.clone().unwrap_or(inner);
            }
            if term.container.has(Container::TYPE)
                && let Some(scoped) = inner.clone().term(key).and_then(|term| term.context.as_ref())
            {
                inner = self.processor.scoped(&inner, scoped, How::OF_TYPE, at.path)?;
            }
            let mut given = Given { from_map: true, ..Given::default() };
            if !is_none {
                given.id = term.container.has(Container::ID).then_some(key.as_str());
                given.type_name = term.container.has(Container::TYPE).then_some(key.as_str());
                if let Some(index) = &term.index {
                    given.property = self.index_property(here, index, key, at)?;
                }
            }
            if term.container.has(Container::GRAPH) {
                self.keyed_graphs(&inner, via.within(&inner), value, at, given)?;
            } else {
                self.value(&inner, via.within(&inner), value, at, given)?;
            }
        }
        Ok(())
    }

    /// The property that keeps the key of an index map, with the key as its value.
    fn index_property(
        &mut self,
        here: &Context,
        index: &str,
        key: &str,
        place: Place<'_>,
    ) -> Result<Option<(TermId, Option<TermId>)>, Error> {
        let expanded = here.expand_name(index);
        let Some(text) = expanded.text().filter(|text| iri::is_well_formed(text)) else { return Ok(None) };
        let predicate = self.dataset.iri(text);
        let mark = self.objects.len();
        let via = Via::Property { name: index, term: here.term(index) };
        self.scalar_value(here, via, &Value::String(key.to_owned()), place, Given::default())?;
        let object = self.object(mark).and_then(|object| object.term);
        self.objects.truncate(mark);
        Ok(Some((predicate, object)))
    }

    /// Every value in a graph of its own.
    fn graphs(&mut self, here: &Context, via: Via<'_>, value: &Value, place: Place<'_>) -> Result<(), Error> {
        for (index, item) in items(value).iter().enumerate() {
            if item.is_null() {
                continue;
            }
            let inner = place.path.item(index);
            let at = if value.is_array() { place.at(&inner) } else { place };
            let graph = self.new_blank()?;
            self.in_graph(here, via, item, at, (graph, false))?;
        }
        Ok(())
    }

    /// Values of a graph container keyed by identifier or index; what is a graph already stays one.
    fn keyed_graphs(
        &mut self,
        here: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        for (index, item) in items(value).iter().enumerate() {
            if item.is_null() {
                continue;
            }
            let inner = place.path.item(index);
            let at = if value.is_array() { place.at(&inner) } else { place };
            if is_graph_object(here, item) {
                self.value(here, via, item, at, given)?;
                continue;
            }
            let graph = match given.id {
                Some(id) => {
                    let expanded = here.expand_id(id, self.options.base);
                    self.reference(&expanded, id, at)?
                }
                None => self.new_blank().map(Some)?,
            };
            let Some(graph) = graph else { continue };
            if let Some((predicate, object)) = given.property {
                self.emit(Some(graph), Some(predicate), object, at.graph)?;
            }
            self.in_graph(here, via, item, at, (graph, true))?;
        }
        Ok(())
    }

    /// Expands a value into a graph and leaves the graph's name in its place.
    fn in_graph(
        &mut self,
        here: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        (graph, from_map): (TermId, bool),
    ) -> Result<(), Error> {
        self.processor.meter.graph()?;
        let mark = self.objects.len();
        let before = self.dataset.quads.len();
        self.value(here, via, value, Place { graph, ..place }, Given { from_map, ..Given::default() })?;
        if self.dataset.quads.len() == before {
            self.lose(place, "it stands in a graph and says nothing there")?;
        }
        self.objects.truncate(mark);
        self.push(Some(graph), Kind::Node);
        Ok(())
    }
}

/// Whether a value is a graph object: `@graph`, and beside it at most `@id`, `@index` and `@context`.
fn is_graph_object(context: &ActiveContext, value: &Value) -> bool {
    let Value::Object(map) = value else { return false };
    let mut has_graph = false;
    for name in map.keys() {
        match context.expand_name(name) {
            Expanded::Keyword(Keyword::Graph) => has_graph = true,
            Expanded::Keyword(Keyword::Id | Keyword::Index | Keyword::Context) => {}
            _ => return false,
        }
    }
    has_graph
}
