//! The members of a map, sorted out: keywords, properties, and maps that are nested in it.

use serde_json::{Map, Value};

use super::{Context, Expander, Place, Sink, items};
use crate::context::{Expanded, How, Mapping, Term};
use crate::error::{Error, Rule, shown};
use crate::keyword::Keyword;

/// The members of a map, sorted out. `P` is the sink's predicate.
pub(super) struct Members<'m, 'c, P> {
    /// Keywords with the name and value of their member, also those that stand under `@nest`.
    pub(super) keywords: Vec<(Keyword, &'m str, &'m Value)>,
    pub(super) properties: Vec<Property<'m, 'c, P>>,
    pub(super) nests: Vec<Nest<'m>>,
}

/// A map under `@nest`. Its members belong to the node; its properties are sorted out when their turn comes.
pub(super) struct Nest<'m> {
    pub(super) name: &'m str,
    pub(super) index: Option<usize>,
    pub(super) map: &'m Map<String, Value>,
    /// A member in it that is a property, however deep it is nested.
    property: Option<&'m str>,
}

/// A member that is a property.
#[derive(Clone, Copy)]
pub(super) struct Property<'m, 'c, P> {
    pub(super) name: &'m str,
    pub(super) value: &'m Value,
    pub(super) predicate: P,
    pub(super) term: Option<&'c Term>,
}

impl<P> Default for Members<'_, '_, P> {
    fn default() -> Self {
        Self { keywords: Vec::new(), properties: Vec::new(), nests: Vec::new() }
    }
}

impl<'m, P> Members<'m, '_, P> {
    /// The name and the value of the member with this meaning.
    pub(super) fn keyword(&self, keyword: Keyword) -> Option<(&'m str, &'m Value)> {
        self.all(keyword).next()
    }

    /// All members with this meaning.
    pub(super) fn all(&self, keyword: Keyword) -> impl Iterator<Item = (&'m str, &'m Value)> {
        let same = move |member: &&(Keyword, &'m str, &'m Value)| member.0 == keyword;
        self.keywords.iter().filter(same).map(|&(_, name, value)| (name, value))
    }

    /// The first member that is none of these keywords.
    pub(super) fn other_than(&self, allowed: &[Keyword]) -> Option<&'m str> {
        let keyword =
            self.keywords.iter().find(|(keyword, ..)| !allowed.contains(keyword)).map(|&(_, name, _)| name);
        keyword.or_else(|| self.property())
    }

    /// The first property, also of what is nested.
    fn property(&self) -> Option<&'m str> {
        let own = self.properties.first().map(|property| property.name);
        own.or_else(|| self.nests.iter().find_map(|nest| nest.property))
    }

    /// Whether there is no keyword but this one.
    pub(super) fn has_only(&self, keyword: Keyword) -> bool {
        matches!(self.keywords.as_slice(), [(only, ..)] if *only == keyword)
    }
}

/// Whether maps under `@nest` are looked into for keywords.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nests {
    Search,
    /// That was done already.
    Note,
}

impl<S: Sink> Expander<'_, S> {
    /// Expands the name of every member.
    pub(super) fn sort_out<'m, 'c>(
        &mut self,
        here: &'c Context,
        map: &'m Map<String, Value>,
        place: Place<'_>,
        nests: Nests,
        members: &mut Members<'m, 'c, S::Predicate>,
    ) -> Result<(), Error> {
        members.properties.reserve(map.len());
        for (name, value) in map {
            let term = here.term(name);
            let expanded = match term.map(|term| &term.mapping) {
                Some(Mapping::Iri(iri)) => Expanded::Known(iri),
                Some(Mapping::Keyword(keyword)) => Expanded::Keyword(*keyword),
                Some(Mapping::Null) => Expanded::Null,
                None => here.expand_name(name),
            };
            match expanded {
                Expanded::Keyword(Keyword::Context) => {}
                Expanded::Keyword(Keyword::Nest) => self.nest(here, name, value, place, nests, members)?,
                Expanded::Keyword(keyword) => {
                    let may_repeat = matches!(keyword, Keyword::Type | Keyword::Included);
                    if !may_repeat && members.keyword(keyword).is_some() {
                        return Err(self.wrong_member(Rule::CollidingKeywords, place, name));
                    }
                    members.keywords.push((keyword, name, value));
                }
                expanded
                    if !expanded.is_well_formed()
                        && !expanded.text().is_some_and(|text| text.contains(':')) =>
                {
                    self.undefined(name, place)?;
                }
                expanded => {
                    self.processor.meter.bytes(expanded.text().map_or(0, str::len))?;
                    let (predicate, is_sound) = self.sink.predicate(&expanded);
                    if !is_sound {
                        self.undefined(name, place)?;
                    }
                    members.properties.push(Property { name, value, predicate, term });
                }
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
        nests: Nests,
        members: &mut Members<'m, '_, S::Predicate>,
    ) -> Result<(), Error> {
        let outer = place.path.member(name);
        for (index, item) in items(value).iter().enumerate() {
            let inner = outer.item(index);
            let place = place.at(if value.is_array() { &inner } else { &outer });
            let Value::Object(map) = item else {
                return Err(self.broken(Rule::InvalidNestValue, place, item));
            };
            let mut property = None;
            if nests == Nests::Search {
                let inside = self.inside_nest(here, name, place)?;
                if map.keys().any(|name| inside.keyword(name) == Some(Keyword::Value)) {
                    return Err(self.broken(Rule::InvalidNestValue, place, item));
                }
                let keywords = std::mem::take(&mut members.keywords);
                let mut nested = Members { keywords, ..Members::default() };
                self.sort_out(&inside, map, place, nests, &mut nested)?;
                property = nested.property();
                members.keywords = nested.keywords;
            }
            members.nests.push(Nest { name, index: value.is_array().then_some(index), map, property });
        }
        Ok(())
    }

    /// The context inside a member that stands for `@nest`; its term may have one of its own.
    pub(super) fn inside_nest(
        &mut self,
        here: &Context,
        name: &str,
        place: Place<'_>,
    ) -> Result<Context, Error> {
        match here.term(name).and_then(|term| term.context.as_ref()) {
            Some(scoped) => self.processor.scoped(here, scoped, How::OF_PROPERTY, place.path),
            None => Ok(here.clone()),
        }
    }

    /// A member name that nothing gives a meaning to.
    pub(super) fn undefined(&self, name: &str, place: Place<'_>) -> Result<(), Error> {
        if self.options.safe {
            let pointer = place.path.member(name).pointer();
            return Err(Error::UndefinedTerm { pointer, term: shown(name) });
        }
        Ok(())
    }
}
