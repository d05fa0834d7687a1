//! Values: scalars as their property reads them, and value objects.

use serde_json::Value;

use super::node::Members;
use super::{Context, Expander, Given, Kind, Place, RDF, Via};
use crate::context::{Coercion, Expanded, TextDirection};
use crate::dataset::TermId;
use crate::error::{Error, Rule};
use crate::iri;
use crate::jcs;
use crate::keyword::Keyword;
use crate::number::{self, Lexical};
use crate::options::Direction;

const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
const JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

/// How the text of a literal is to be read.
#[derive(Clone, Copy, Default)]
pub(super) struct Reading<'r> {
    pub(super) datatype: Option<&'r str>,
    pub(super) language: Option<&'r str>,
    pub(super) direction: Option<TextDirection>,
}

impl Expander<'_> {
    /// A scalar as the property says ([value expansion](https://www.w3.org/TR/json-ld11-api/#value-expansion)).
    pub(super) fn scalar_value(
        &mut self,
        context: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        let term = via.term();
        let coercion = term.and_then(|term| term.coercion.as_ref());
        let expanded = match (coercion, value) {
            (Some(Coercion::Id), Value::String(id)) => Some((context.expand_id(id, self.options.base), id)),
            (Some(Coercion::Vocab), Value::String(name)) => {
                Some((context.expand_type(name, self.options.base), name))
            }
            _ => None,
        };
        if let Some((expanded, written)) = expanded {
            let node = self.reference(&expanded, written, place)?;
            self.types(context, &Members::default(), node, place, given)?;
            if let Some((predicate, object)) = given.property {
                self.emit(node, Some(predicate), object, place.graph)?;
            }
            self.push(node, Kind::Node);
            return Ok(());
        }
        if given.property.is_some() {
            return Err(self.broken(Rule::InvalidValueObject, place, value));
        }
        let reading = match coercion {
            Some(Coercion::Json) => return self.json_literal(value),
            Some(Coercion::Datatype(datatype)) => Reading { datatype: Some(datatype), ..Reading::default() },
            _ => Reading {
                datatype: None,
                language: term
                    .and_then(|term| term.language.as_ref())
                    .unwrap_or(&context.language)
                    .as_deref(),
                direction: term.and_then(|term| term.direction).unwrap_or(context.direction),
            },
        };
        self.literal(value, reading, place)
    }

    pub(super) fn value_object(
        &mut self,
        type_context: &Context,
        via: Via<'_>,
        members: &Members<'_, '_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<(), Error> {
        if let Some(name) = members.other_than(&[
            Keyword::Value,
            Keyword::Type,
            Keyword::Language,
            Keyword::Direction,
            Keyword::Index,
        ]) {
            return Err(self.wrong_member(Rule::InvalidValueObject, place, name));
        }
        let mut types = members.keywords.iter().filter(|(keyword, ..)| *keyword == Keyword::Type);
        let written = types.next().map(|&(_, _, value)| value);
        if let Some((_, name, _)) = types.next() {
            return Err(self.wrong_member(Rule::InvalidTypedValue, place, name));
        }
        let datatype = match written {
            None => None,
            Some(Value::String(name)) => Some(type_context.expand_type(name, self.options.base)),
            Some(other) => return Err(self.broken(Rule::InvalidTypedValue, place, other)),
        };
        let is_json = datatype == Some(Expanded::Keyword(Keyword::Json));
        if !is_json && (value.is_object() || value.is_array()) {
            return Err(self.broken(Rule::InvalidValueObjectValue, place, value));
        }
        let reading = self.reading(members, place)?;
        if datatype.is_some() && (reading.language.is_some() || reading.direction.is_some()) {
            return Err(self.wrong_member(Rule::InvalidValueObject, place, "@type"));
        }
        if given.property.is_some() {
            return Err(self.broken(Rule::InvalidValueObject, place, value));
        }
        if via.is_free() {
            return self.lose(place, "a value that no property holds");
        }
        if is_json {
            return self.json_literal(value);
        }
        if value.is_null() {
            return self.lose(place, "its @value is null");
        }
        if reading.language.is_some() && !value.is_string() {
            return Err(self.broken(Rule::InvalidLanguageTaggedValue, place, value));
        }
        let language = reading.language.map(str::to_ascii_lowercase);
        let reading = Reading { language: language.as_deref(), ..reading };
        match &datatype {
            None => self.literal(value, reading, place),
            Some(expanded) => match expanded.text().filter(|text| iri::is_well_formed(text)) {
                Some(datatype) => self.literal(value, Reading { datatype: Some(datatype), ..reading }, place),
                None => Err(self.broken(Rule::InvalidTypedValue, place, written.unwrap_or(value))),
            },
        }
    }

    /// Language and direction of a value object.
    fn reading<'m>(&self, members: &Members<'m, '_>, place: Place<'_>) -> Result<Reading<'m>, Error> {
        let mut reading = Reading::default();
        if let Some((_, value)) = members.keyword(Keyword::Index)
            && !value.is_string()
        {
            return Err(self.broken(Rule::InvalidIndexValue, place, value));
        }
        if let Some((_, value)) = members.keyword(Keyword::Language) {
            let Value::String(language) = value else {
                return Err(self.broken(Rule::InvalidLanguageTaggedString, place, value));
            };
            reading.language = Some(language);
        }
        if let Some((_, value)) = members.keyword(Keyword::Direction) {
            let direction = value.as_str().and_then(TextDirection::parse);
            reading.direction =
                Some(direction.ok_or_else(|| self.broken(Rule::InvalidBaseDirection, place, value))?);
        }
        Ok(reading)
    }

    pub(super) fn json_literal(&mut self, value: &Value) -> Result<(), Error> {
        let term = self.dataset.literal(&jcs::canonicalize(value), Some(JSON));
        self.push(Some(term), Kind::Value);
        Ok(())
    }

    /// A literal ([object to RDF conversion](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion)).
    pub(super) fn literal(
        &mut self,
        value: &Value,
        reading: Reading<'_>,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let given = reading.datatype;
        if let Some(datatype) = given
            && !iri::is_well_formed(datatype)
        {
            self.push(None, Kind::Value);
            return if self.options.safe {
                Err(Error::RelativeIri { pointer: place.pointer(), value: datatype.to_owned() })
            } else {
                Ok(())
            };
        }
        let term = match value {
            Value::String(text) => match self.text_literal(text, reading, place)? {
                Some(term) => term,
                None => return Ok(()),
            },
            Value::Bool(flag) => {
                self.dataset.literal(if *flag { "true" } else { "false" }, Some(given.unwrap_or(BOOLEAN)))
            }
            Value::Number(number) => match number::lexical(number, given == Some(DOUBLE)) {
                Lexical::Integer(text) => self.typed(&text, given.unwrap_or(INTEGER)),
                Lexical::Double(text) => self.typed(&text, given.unwrap_or(DOUBLE)),
            },
            Value::Null | Value::Array(_) | Value::Object(_) => return Ok(()),
        };
        self.push(Some(term), Kind::Value);
        Ok(())
    }

    /// `xsd:string` is not written.
    fn typed(&mut self, text: &str, datatype: &str) -> TermId {
        self.dataset.literal(text, Some(datatype).filter(|datatype| *datatype != STRING))
    }

    fn text_literal(
        &mut self,
        text: &str,
        reading: Reading<'_>,
        place: Place<'_>,
    ) -> Result<Option<TermId>, Error> {
        if let Some(datatype) = reading.datatype {
            return Ok(Some(self.typed(text, datatype)));
        }
        if let Some(language) = reading.language
            && !is_language_tag(language)
        {
            self.lose(place, "its language is not a language tag")?;
            return Ok(None);
        }
        let Some(direction) = reading.direction else {
            return Ok(Some(match reading.language {
                Some(language) => self.dataset.tagged(text, language),
                None => self.dataset.literal(text, None),
            }));
        };
        match self.options.direction {
            Direction::Lose => {
                self.lose(place, "RDF has no base direction")?;
                self.text_literal(text, Reading { direction: None, ..reading }, place)
            }
            Direction::I18nDatatype => {
                let datatype = format!(
                    "https://www.w3.org/ns/i18n#{}_{}",
                    reading.language.unwrap_or(""),
                    direction.name()
                );
                Ok(Some(self.dataset.literal(text, Some(&datatype))))
            }
            Direction::CompoundLiteral => {
                self.compound_literal(text, reading.language, direction, place).map(Some)
            }
        }
    }

    fn compound_literal(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: TextDirection,
        place: Place<'_>,
    ) -> Result<TermId, Error> {
        let node = self.new_blank()?;
        let parts = [("value", Some(text)), ("language", language), ("direction", Some(direction.name()))];
        for (name, part) in parts {
            let Some(part) = part else { continue };
            let predicate = self.dataset.iri(&format!("{RDF}{name}"));
            let object = self.dataset.literal(part, None);
            self.emit(Some(node), Some(predicate), Some(object), place.graph)?;
        }
        Ok(node)
    }
}

/// Whether a text has the form of a language tag.
pub(super) fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.next().is_some_and(|first| is_part(first) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_language_tag;

    #[test]
    fn language_tags_have_parts_of_eight_at_most() {
        for (text, expected) in [
            ("en", true),
            ("de-CH-1996", true),
            ("", false),
            ("a b", false),
            ("en_US", false),
            ("en-", false),
            ("123", false),
            ("x-ninechars", false),
        ] {
            assert_eq!(is_language_tag(text), expected, "{text}");
        }
    }
}
