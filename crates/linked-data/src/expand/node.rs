//! A map: a node, or one of the objects that keywords make (values, lists, sets).

use serde_json::{Map, Value};

use super::literal::is_language_tag;
use super::{Context, Expander, Given, Kind, Place, Via, items};
use crate::context::{Coercion, Expanded, How, Mapping, Term};
use crate::dataset::TermId;
use crate::error::{Error, Rule};
use crate::iri;
use crate::keyword::Keyword;

/// The members of a map, sorted out.
#[derive(Default)]
pub(super) struct Members<'m, 'c> {
    /// Keywords with the name and value of their member, also those that stand under `@nest`.
    pub(super) keywords: Keywords<'m>,
    pub(super) properties: Vec<Property<'m, 'c>>,
    nests: Vec<Nest<'m>>,
}

type Keywords<'m> = Vec<(Keyword, &'m str, &'m Value)>;

/// A map under `@nest`. Its members belong to the node; it is sorted out again when their turn comes.
struct Nest<'m> {
    name: &'m str,
    index: Option<usize>,
    map: &'m Map<String, Value>,
    has_property: bool,
}

/// A member that is a property.
#[derive(Clone, Copy)]
pub(super) struct Property<'m, 'c> {
    pub(super) name: &'m str,
    pub(super) value: &'m Value,
    /// `None` where it cannot stand in RDF (outside safe mode only).
    pub(super) predicate: Option<TermId>,
    pub(super) term: Option<&'c Term>,
}

impl<'m> Members<'m, '_> {
    pub(super) fn keyword(&self, keyword: Keyword) -> Option<(&'m str, &'m Value)> {
        self.keywords.iter().find(|(other, ..)| *other == keyword).map(|&(_, name, value)| (name, value))
    }

    fn has_property(&self) -> bool {
        let says_something = |property: &Property<'_, '_>| {
            !property.value.is_null()
                || property.term.is_some_and(|term| term.coercion == Some(Coercion::Json))
        };
        self.properties.iter().any(says_something) || self.nests.iter().any(|nest| nest.has_property)
    }

    /// The first member that is none of these keywords.
    pub(super) fn other_than(&self, allowed: &[Keyword]) -> Option<&'m str> {
        let keyword =
            self.keywords.iter().find(|(keyword, ..)| !allowed.contains(keyword)).map(|&(_, name, _)| name);
        keyword
            .or_else(|| self.properties.first().map(|property| property.name))
            .or_else(|| self.nests.first().map(|nest| nest.name))
    }
}

impl Expander<'_> {
    /// Expands a map whose contexts are applied. `type_context` is the one before its types' contexts.
    pub(super) fn object_of(
        &mut self,
        here: &Context,
        type_context: &Context,
        via: Via<'_>,
        map: &Map<String, Value>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        let mut members = Members::default();
        self.sort_out(here, map, place, &mut members)?;
        if let Via::Reverse { subject } = via {
            if let Some((_, name, _)) = members.keywords.first() {
                return Err(self.wrong_member(Rule::InvalidReversePropertyMap, place, name));
            }
            return self.properties(here, &members, subject, true, place);
        }
        if let Some((_, value)) = members.keyword(Keyword::Value) {
            return self.value_object(type_context, via, &members, value, place, given);
        }
        if let Some((name, value)) = members.keyword(Keyword::List) {
            self.check_members(
                &members,
                &[Keyword::List, Keyword::Index],
                Rule::InvalidSetOrListObject,
                place,
            )?;
            return self.list_object(here, via, name, value, place);
        }
        if let Some((name, value)) = members.keyword(Keyword::Set) {
            self.check_members(
                &members,
                &[Keyword::Set, Keyword::Index],
                Rule::InvalidSetOrListObject,
                place,
            )?;
            let path = place.path.member(name);
            return self.value(here, via.within(here), value, place.at(&path), given);
        }
        self.node(here, type_context, via, &members, place, given)
    }

    fn check_members(
        &self,
        members: &Members<'_, '_>,
        allowed: &[Keyword],
        rule: Rule,
        place: Place<'_>,
    ) -> Result<(), Error> {
        match members.other_than(allowed) {
            Some(name) => Err(self.wrong_member(rule, place, name)),
            None => Ok(()),
        }
    }

    /// Expands the name of every member.
    fn sort_out<'m, 'c>(
        &mut self,
        here: &'c Context,
        map: &'m Map<String, Value>,
        place: Place<'_>,
        members: &mut Members<'m, 'c>,
    ) -> Result<(), Error> {
        members.properties.reserve(map.len());
        for (name, value) in map {
            let term = here.term(name);
            let expanded = match term.map(|term| &term.mapping) {
                Some(Mapping::Iri(iri)) => Expanded::Borrowed(iri.as_ref()),
                Some(Mapping::Keyword(keyword)) => Expanded::Keyword(*keyword),
                Some(Mapping::Null) => Expanded::Null,
                None => here.expand_name(name),
            };
            match expanded {
                Expanded::Keyword(Keyword::Context) => {}
                Expanded::Keyword(Keyword::Nest) => self.nest(here, name, value, place, members)?,
                Expanded::Keyword(keyword) => {
                    let may_repeat = matches!(keyword, Keyword::Type | Keyword::Included);
                    if !may_repeat && members.keywords.iter().any(|(other, ..)| *other == keyword) {
                        return Err(self.wrong_member(Rule::CollidingKeywords, place, name));
                    }
                    members.keywords.push((keyword, name, value));
                }
                expanded => match expanded.text().filter(|text| text.contains(':')) {
                    None => self.undefined(name, place)?,
                    Some(text) => {
                        let predicate = (!iri::is_blank(text) && iri::is_well_formed(text))
                            .then(|| self.dataset.iri(text));
                        if predicate.is_none() {
                            self.undefined(name, place)?;
                        }
                        members.properties.push(Property { name, value, predicate, term });
                    }
                },
            }
        }
        Ok(())
    }

    /// Notes the maps under `@nest`, and takes their keywords.
    fn nest<'m>(
        &mut self,
        here: &Context,
        name: &'m str,
        value: &'m Value,
        place: Place<'_>,
        members: &mut Members<'m, '_>,
    ) -> Result<(), Error> {
        let outer = place.path.member(name);
        for (index, item) in items(value).iter().enumerate() {
            let inner = outer.item(index);
            let place = place.at(if value.is_array() { &inner } else { &outer });
            let Value::Object(map) = item else {
                return Err(self.broken(Rule::InvalidNestValue, place, item));
            };
            let inside = self.inside_nest(here, name, place)?;
            if map.keys().any(|name| inside.expand_name(name) == Expanded::Keyword(Keyword::Value)) {
                return Err(self.broken(Rule::InvalidNestValue, place, item));
            }
            let mut nested =
                Members { keywords: std::mem::take(&mut members.keywords), ..Members::default() };
            self.sort_out(&inside, map, place, &mut nested)?;
            let has_property = nested.has_property();
            members.keywords = nested.keywords;
            members.nests.push(Nest { name, index: value.is_array().then_some(index), map, has_property });
        }
        Ok(())
    }

    /// The context inside a member that stands for `@nest`; its term may have one of its own.
    fn inside_nest(&mut self, here: &Context, name: &str, place: Place<'_>) -> Result<Context, Error> {
        match here.term(name).and_then(|term| term.context.as_ref()) {
            Some(scoped) => self.processor.scoped(here, scoped, How::OF_PROPERTY, place.path),
            None => Ok(here.clone()),
        }
    }

    fn list_object(
        &mut self,
        here: &Context,
        via: Via<'_>,
        name: &str,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Error> {
        if via.is_free() {
            return self.lose(place, "a list that no property holds");
        }
        let path = place.path.member(name);
        let mark = self.objects.len();
        let inside = Given { in_list: true, ..Given::default() };
        self.value(here, via.within(here), value, place.at(&path), inside)?;
        self.make_list(mark, place)
    }

    fn node(
        &mut self,
        here: &Context,
        type_context: &Context,
        via: Via<'_>,
        members: &Members<'_, '_>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        if let Some((name, value)) = members.keyword(Keyword::Id)
            && !value.is_string()
        {
            let path = place.path.member(name);
            return Err(self.broken(Rule::InvalidIdValue, place.at(&path), value));
        }
        if matches!(members.keywords.as_slice(), [(Keyword::Language, ..)]) && !members.has_property() {
            return self.lose(place, "a language without a value");
        }
        let has_more_than_id =
            members.keywords.iter().any(|(keyword, ..)| *keyword != Keyword::Id) || members.has_property();
        if via.is_free() && !has_more_than_id {
            return self.lose(place, "an object that says nothing");
        }
        let subject = self.subject(here, members, place, given)?;
        self.types(type_context, members, subject, place, given)?;
        if let Some((predicate, object)) = given.property {
            self.emit(subject, Some(predicate), object, place.graph)?;
        }
        self.properties(here, members, subject, false, place)?;
        let only_graph = matches!(members.keywords.as_slice(), [(Keyword::Graph, ..)])
            && members.other_than(&[Keyword::Graph]).is_none();
        for &(keyword, name, value) in &members.keywords {
            let path = place.path.member(name);
            let at = place.at(&path);
            match keyword {
                Keyword::Id | Keyword::Type => {}
                // The whole document being one @graph is the default graph.
                Keyword::Graph if only_graph && place.path.is_root() && matches!(via, Via::Top) => {
                    self.free_values(here, Via::Graph, value, at)?
                }
                Keyword::Graph => self.named_graph(here, subject, value, at)?,
                Keyword::Included => self.included(here, value, at)?,
                Keyword::Reverse => match value {
                    Value::Object(map) => {
                        self.map(here, Via::Reverse { subject }, map, at, Given::default())?
                    }
                    other => return Err(self.broken(Rule::InvalidReverseValue, at, other)),
                },
                Keyword::Index if value.is_string() => {}
                Keyword::Index => return Err(self.broken(Rule::InvalidIndexValue, at, value)),
                Keyword::Language if !value.is_string() => {
                    return Err(self.broken(Rule::InvalidLanguageTaggedString, at, value));
                }
                Keyword::Language if !value.as_str().is_some_and(is_language_tag) => {
                    self.lose(at, "it is not a language tag")?;
                }
                // Beside the members of a node these say nothing, and the reference passes over them.
                Keyword::Language | Keyword::Direction => {}
                _ => self.undefined(name, place)?,
            }
        }
        self.push(subject, Kind::Node);
        Ok(())
    }

    /// The term of the node: its identifier, the one its map gives it, or a new blank node.
    fn subject(
        &mut self,
        here: &Context,
        members: &Members<'_, '_>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Option<TermId>, Error> {
        if let Some((name, value)) = members.keyword(Keyword::Id) {
            let path = place.path.member(name);
            let at = place.at(&path);
            let id = value.as_str().unwrap_or_default();
            let expanded = here.expand_id(id, self.options.base);
            return self.reference(&expanded, id, at);
        }
        match given.id {
            Some(id) => {
                let expanded = here.expand_id(id, self.options.base);
                self.reference(&expanded, id, place)
            }
            None => self.new_blank().map(Some),
        }
    }

    pub(super) fn types(
        &mut self,
        type_context: &Context,
        members: &Members<'_, '_>,
        subject: Option<TermId>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        let base = self.options.base;
        if let Some(name) = given.type_name {
            self.emit_type(subject, &type_context.expand_type(name, base), name, place)?;
        }
        for &(_, member, value) in members.keywords.iter().filter(|(keyword, ..)| *keyword == Keyword::Type) {
            let outer = place.path.member(member);
            for (index, item) in items(value).iter().enumerate() {
                let inner = outer.item(index);
                let at = place.at(if value.is_array() { &inner } else { &outer });
                let Value::String(name) = item else {
                    return Err(self.broken(Rule::InvalidTypeValue, at, item));
                };
                self.emit_type(subject, &type_context.expand_type(name, base), name, at)?;
            }
        }
        Ok(())
    }

    /// The properties of a node, and those nested in it.
    pub(super) fn properties(
        &mut self,
        here: &Context,
        members: &Members<'_, '_>,
        subject: Option<TermId>,
        inverted: bool,
        place: Place<'_>,
    ) -> Result<(), Error> {
        for property in &members.properties {
            let path = place.path.member(property.name);
            self.property(here, property, subject, inverted, place.at(&path))?;
        }
        for nest in &members.nests {
            let outer = place.path.member(nest.name);
            let inner = outer.item(nest.index.unwrap_or(0));
            let place = place.at(if nest.index.is_some() { &inner } else { &outer });
            let inside = self.inside_nest(here, nest.name, place)?;
            let mut nested = Members::default();
            self.sort_out(&inside, nest.map, place, &mut nested)?;
            self.properties(&inside, &nested, subject, inverted, place)?;
        }
        Ok(())
    }

    fn named_graph(
        &mut self,
        here: &Context,
        name: Option<TermId>,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Error> {
        // A graph whose name cannot stand in RDF is lost as a whole; in safe mode the name was an error already.
        let Some(graph) = name else { return Ok(()) };
        self.processor.meter.graph()?;
        self.free_values(here, Via::Graph, value, Place { graph, ..place })
    }

    /// Values that no property holds: the content of a graph.
    fn free_values(
        &mut self,
        here: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let mark = self.objects.len();
        self.value(here, via, value, place, Given::default())?;
        self.objects.truncate(mark);
        Ok(())
    }

    fn included(&mut self, here: &Context, value: &Value, place: Place<'_>) -> Result<(), Error> {
        for (index, item) in items(value).iter().enumerate() {
            let inner = place.path.item(index);
            let at = if value.is_array() { place.at(&inner) } else { place };
            let mark = self.objects.len();
            let before = item.is_object();
            self.value(here, Via::Top, item, at, Given::default())?;
            let is_node = before && self.objects.len() > mark;
            self.objects.truncate(mark);
            if !is_node {
                return Err(self.broken(Rule::InvalidIncludedValue, at, item));
            }
        }
        Ok(())
    }
}
