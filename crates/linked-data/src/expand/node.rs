//! A map: a node, or one of the objects that keywords make (values, lists, sets).

use serde_json::{Map, Value};

use super::literal::is_language_tag;
use super::members::{Members, Nests};
use super::{Context, Expander, Given, Keyed, Place, Shape, Sink, Via, Wrap, items};
use crate::context::{Expanded, TextDirection};
use crate::error::{Error, Rule, shown};
use crate::keyword::Keyword;

impl<S: Sink> Expander<'_, S> {
    /// Expands a map whose contexts are applied. `type_context` is the one before its types' contexts.
    pub(super) fn object_of(
        &mut self,
        here: &Context,
        type_context: &Context,
        via: Via<'_>,
        map: &Map<String, Value>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        let mut members = Members::default();
        self.sort_out(here, map, place, Nests::Search, &mut members)?;
        if matches!(via, Via::Reverse) {
            return self.reverse_map(here, &members, place);
        }
        if let Some((name, value)) = members.keyword(Keyword::Set)
            && members.keyword(Keyword::Value).is_none()
            && members.keyword(Keyword::List).is_none()
        {
            self.check_members(&members, &[Keyword::Set, Keyword::Index], place)?;
            let path = place.path.member(name);
            let given = Given { from_map: false, ..given };
            return self.value(here, via.within(here), value, place.at(&path), given);
        }
        let wraps = match given.graph {
            Wrap::No => false,
            Wrap::UnlessGraph => !is_graph_object(&members),
            Wrap::Always => true,
        };
        if wraps {
            return self.in_graph(place, given, |walk, given| {
                walk.object_of_members(here, type_context, via, &members, place, given)
            });
        }
        self.object_of_members(here, type_context, via, &members, place, given)
    }

    fn object_of_members(
        &mut self,
        here: &Context,
        type_context: &Context,
        via: Via<'_>,
        members: &Members<'_, '_, S::Predicate>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        if let Some((_, value)) = members.keyword(Keyword::Value) {
            return self.value_object(type_context, via, members, value, place, given);
        }
        if let Some((name, value)) = members.keyword(Keyword::List) {
            self.check_members(members, &[Keyword::List, Keyword::Index], place)?;
            if given.map.is_some_and(Keyed::says_something) {
                self.lose(place, "the key of a list, which has no place for it")?;
            }
            if given.alone {
                self.lose(place, "a list that no property holds")?;
                if !S::KEEPS_FREE_VALUES {
                    return Ok(Shape::One);
                }
            }
            return self.list_object(here, via, members, (name, value), place);
        }
        self.node(here, type_context, via, members, place, given)
    }

    fn check_members(
        &self,
        members: &Members<'_, '_, S::Predicate>,
        allowed: &[Keyword],
        place: Place<'_>,
    ) -> Result<(), Error> {
        match members.other_than(allowed) {
            Some(name) => Err(self.wrong_member(Rule::InvalidSetOrListObject, place, name)),
            None => Ok(()),
        }
    }

    fn list_object(
        &mut self,
        here: &Context,
        via: Via<'_>,
        members: &Members<'_, '_, S::Predicate>,
        (name, value): (&str, &Value),
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        if via.is_free() {
            return self.lose(place, "a list that no property holds");
        }
        let path = place.path.member(name);
        let mark = self.sink.mark();
        let inside = Given { in_list: true, ..Given::default() };
        self.value(here, via.within(here), value, place.at(&path), inside)?;
        self.sink.list(mark, place.path, &mut self.processor.meter)?;
        if let Some((_, index)) = members.keyword(Keyword::Index) {
            let index = index.as_str().ok_or_else(|| self.broken(Rule::InvalidIndexValue, place, index))?;
            self.sink.index(mark, index, &mut self.processor.meter)?;
        }
        Ok(Shape::One)
    }

    fn node(
        &mut self,
        here: &Context,
        type_context: &Context,
        via: Via<'_>,
        members: &Members<'_, '_, S::Predicate>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        let node = self.subject(here, members, place, given)?;
        let mut says = self.key_of(node, given, place)?;
        says |= self.types(type_context, members, node, place)?;
        let has_types = members.keyword(Keyword::Type).is_some();
        says |= self.properties(here, members, node, false, place)?;
        // The whole document being one @graph is the default graph.
        if !says
            && matches!(via, Via::Top)
            && place.path.is_root()
            && members.has_only(Keyword::Graph)
            && let Some((name, value)) = members.keyword(Keyword::Graph)
        {
            self.sink.discard(node);
            let path = place.path.member(name);
            return self.value(here, Via::Graph, value, place.at(&path), Given::default());
        }
        if !says && members.has_only(Keyword::Language) {
            self.sink.discard(node);
            return self.lose(place, "a language without a value");
        }
        for &(keyword, name, value) in &members.keywords {
            let path = place.path.member(name);
            says |= self.keyword(here, node, (keyword, name, value), place, place.at(&path))?;
        }
        if via.is_free() && !says {
            self.lose(place, "an object that says nothing")?;
            if !has_types {
                self.sink.discard(node);
                return Ok(Shape::Nothing);
            }
        }
        self.sink.close(node);
        Ok(Shape::One)
    }

    /// A keyword of a node, but for `@id` and `@type`; tells whether it says something.
    fn keyword(
        &mut self,
        here: &Context,
        node: S::Node,
        (keyword, name, value): (Keyword, &str, &Value),
        place: Place<'_>,
        at: Place<'_>,
    ) -> Result<bool, Error> {
        match keyword {
            Keyword::Id | Keyword::Type => return Ok(false),
            Keyword::Graph => self.named_graph(here, node, value, at)?,
            Keyword::Included => self.included(here, node, value, at)?,
            Keyword::Reverse => {
                let Value::Object(map) = value else {
                    return Err(self.broken(Rule::InvalidReverseValue, at, value));
                };
                self.reversed = Some(node);
                return Ok(self.map(here, Via::Reverse, map, at, Given::default())? != Shape::Nothing);
            }
            Keyword::Index if !value.is_string() => {
                return Err(self.broken(Rule::InvalidIndexValue, at, value));
            }
            Keyword::Language if !value.is_string() => {
                return Err(self.broken(Rule::InvalidLanguageTaggedString, at, value));
            }
            Keyword::Language if !value.as_str().is_some_and(is_language_tag) => {
                self.lose(at, "it is not a language tag")?;
            }
            Keyword::Direction if value.as_str().and_then(TextDirection::parse).is_none() => {
                return Err(self.broken(Rule::InvalidBaseDirection, at, value));
            }
            // Beside the members of a node language and direction say nothing, and the reference passes over them.
            Keyword::Index | Keyword::Language | Keyword::Direction => self.sink.note(node, keyword, value),
            _ => {
                self.undefined(name, place)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The node: under its identifier, the one its map gives it, or none.
    fn subject(
        &mut self,
        here: &Context,
        members: &Members<'_, '_, S::Predicate>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<S::Node, Error> {
        if let Some((name, value)) = members.keyword(Keyword::Id) {
            let path = place.path.member(name);
            let at = place.at(&path);
            let Value::String(id) = value else { return Err(self.broken(Rule::InvalidIdValue, at, value)) };
            return self.named(&here.expand_id(id, self.options.base), id, at);
        }
        self.keyed_node(given, place)
    }

    /// A node under the identifier that its map gives it, or none.
    pub(super) fn keyed_node(&mut self, given: Given<'_>, place: Place<'_>) -> Result<S::Node, Error> {
        match given.map.and_then(|keyed| Some((keyed.id.as_ref()?, keyed.key))) {
            Some((id, key)) => self.named(id, key, place),
            None => Ok(self.sink.open(None, place.path, &mut self.processor.meter)?.0),
        }
    }

    /// Opens a node with an identifier. One that cannot stand in RDF is an error in safe mode.
    pub(super) fn named(
        &mut self,
        id: &Expanded<'_>,
        written: &str,
        place: Place<'_>,
    ) -> Result<S::Node, Error> {
        self.processor.meter.bytes(id.text().map_or(0, str::len))?;
        let (node, is_sound) = self.sink.open(Some(id), place.path, &mut self.processor.meter)?;
        if !is_sound && self.options.safe {
            return Err(match id {
                Expanded::Null | Expanded::Keyword(_) => Error::DroppedValue {
                    pointer: place.pointer(),
                    reason: "an identifier that is a keyword, or looks like one",
                },
                _ => Error::RelativeIri { pointer: place.pointer(), value: shown(written) },
            });
        }
        Ok(node)
    }

    /// The types of a node; tells whether there is any.
    fn types(
        &mut self,
        type_context: &Context,
        members: &Members<'_, '_, S::Predicate>,
        node: S::Node,
        place: Place<'_>,
    ) -> Result<bool, Error> {
        let mut says = false;
        for (member, value) in members.all(Keyword::Type) {
            self.sink.note(node, Keyword::Type, value);
            let outer = place.path.member(member);
            for (index, item) in items(value).iter().enumerate() {
                let inner = outer.item(index);
                let at = place.at(if value.is_array() { &inner } else { &outer });
                let Value::String(name) = item else {
                    return Err(self.broken(Rule::InvalidTypeValue, at, item));
                };
                says = true;
                self.type_of(node, &type_context.expand_type(name, self.options.base), name, at)?;
            }
        }
        Ok(says)
    }

    /// One type of a node.
    pub(super) fn type_of(
        &mut self,
        node: S::Node,
        expanded: &Expanded<'_>,
        written: &str,
        place: Place<'_>,
    ) -> Result<(), Error> {
        self.processor.meter.bytes(expanded.text().map_or(0, str::len))?;
        let is_sound = self.sink.type_of(node, expanded, &mut self.processor.meter)?;
        if !is_sound && self.options.safe {
            return Err(Error::UndefinedType { pointer: place.pointer(), name: shown(written) });
        }
        Ok(())
    }

    /// The properties of a node, and those nested in it; tells whether there is any.
    fn properties(
        &mut self,
        here: &Context,
        members: &Members<'_, '_, S::Predicate>,
        node: S::Node,
        inverted: bool,
        place: Place<'_>,
    ) -> Result<bool, Error> {
        let mut says = false;
        for property in &members.properties {
            let path = place.path.member(property.name);
            says |= self.property(here, property, node, inverted, place.at(&path))?;
        }
        for nest in &members.nests {
            let outer = place.path.member(nest.name);
            let inner = outer.item(nest.index.unwrap_or(0));
            let place = place.at(if nest.index.is_some() { &inner } else { &outer });
            let inside = self.inside_nest(here, nest.name, place)?;
            let mut nested = Members::default();
            self.sort_out(&inside, nest.map, place, Nests::Note, &mut nested)?;
            says |= self.properties(&inside, &nested, node, inverted, place)?;
        }
        Ok(says)
    }

    fn reverse_map(
        &mut self,
        here: &Context,
        members: &Members<'_, '_, S::Predicate>,
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        let keyword = members.keywords.first().map(|&(_, name, _)| name);
        if let Some(name) = keyword.or_else(|| members.nests.first().map(|nest| nest.name)) {
            return Err(self.wrong_member(Rule::InvalidReversePropertyMap, place, name));
        }
        let Some(node) = self.reversed.take() else { return Ok(Shape::Nothing) };
        let says = self.properties(here, members, node, true, place)?;
        Ok(if says { Shape::One } else { Shape::Nothing })
    }

    fn named_graph(
        &mut self,
        here: &Context,
        node: S::Node,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Error> {
        // A graph whose name cannot stand in RDF is lost as a whole, but must be JSON-LD all the same; in safe mode the name
        // was an error already.
        self.sink.open_graph(node);
        self.processor.meter.graph()?;
        let mark = self.sink.mark();
        self.value(here, Via::Graph, value, place, Given::default())?;
        self.sink.close_graph(node, mark);
        Ok(())
    }

    fn included(
        &mut self,
        here: &Context,
        node: S::Node,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let mark = self.sink.mark();
        for (index, item) in items(value).iter().enumerate() {
            let inner = place.path.item(index);
            let at = if value.is_array() { place.at(&inner) } else { place };
            if self.value(here, Via::Top, item, at, Given::default())? == Shape::Nothing {
                return Err(self.broken(Rule::InvalidIncludedValue, at, item));
            }
        }
        self.sink.included(node, mark);
        Ok(())
    }
}

/// Whether a map is a graph object: `@graph`, and beside it at most `@id` and `@index`.
fn is_graph_object<P>(members: &Members<'_, '_, P>) -> bool {
    members.keyword(Keyword::Graph).is_some()
        && members.other_than(&[Keyword::Graph, Keyword::Id, Keyword::Index]).is_none()
}
