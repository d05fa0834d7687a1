//! Values: scalars as their property reads them, and value objects.

use serde_json::Value;

use super::members::Members;
use super::sink::Literal;
use super::{Context, Expander, Given, Place, Shape, Sink, Via};
use crate::context::{Coercion, Expanded, TextDirection};
use crate::error::{Error, Rule};
use crate::keyword::Keyword;

/// How the text of a value object is to be read.
#[derive(Default)]
struct Reading<'r> {
    language: Option<String>,
    direction: Option<TextDirection>,
    index: Option<&'r str>,
}

impl<S: Sink> Expander<'_, S> {
    /// A scalar as the property says ([value expansion](https://www.w3.org/TR/json-ld11-api/#value-expansion)).
    pub(super) fn scalar_value(
        &mut self,
        context: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
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
            let node = self.named(&expanded, written, place)?;
            self.key_of(node, given, place)?;
            self.sink.close(node);
            return Ok(Shape::One);
        }
        self.refuse_key(given, place, value)?;
        let literal = match coercion {
            Some(Coercion::Json) => return self.json_literal(value),
            Some(Coercion::Datatype(datatype)) => {
                let datatype = Expanded::Known(datatype);
                let literal = Literal { value, datatype: Some(&datatype), language: None, direction: None };
                return self.literal(&literal, place);
            }
            _ => Literal {
                value,
                datatype: None,
                language: term
                    .and_then(|term| term.language.as_ref())
                    .unwrap_or(&context.language)
                    .as_deref(),
                direction: term.and_then(|term| term.direction).unwrap_or(context.direction),
            },
        };
        self.literal(&literal, place)
    }

    pub(super) fn value_object(
        &mut self,
        type_context: &Context,
        via: Via<'_>,
        members: &Members<'_, '_, S::Predicate>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        use Keyword::{Direction, Index, Language, Type, Value as ValueKeyword};
        if let Some(name) = members.other_than(&[ValueKeyword, Type, Language, Direction, Index]) {
            return Err(self.wrong_member(Rule::InvalidValueObject, place, name));
        }
        let mut types = members.all(Type);
        let written = types.next().map(|(_, value)| value);
        if let Some((name, _)) = types.next() {
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
        self.refuse_key(given, place, value)?;
        if via.is_free() {
            return self.lose(place, "a value that no property holds");
        }
        let mark = self.sink.mark();
        let shape = if is_json {
            self.json_literal(value)?
        } else {
            self.read_value(value, &datatype, written, &reading, place)?
        };
        if let Some(index) = reading.index {
            self.sink.index(mark, index, &mut self.processor.meter)?;
        }
        Ok(shape)
    }

    /// The value of a value object that is no JSON literal.
    fn read_value(
        &mut self,
        value: &Value,
        datatype: &Option<Expanded<'_>>,
        written: Option<&Value>,
        reading: &Reading<'_>,
        place: Place<'_>,
    ) -> Result<Shape, Error> {
        if value.is_null() {
            return self.lose(place, "its @value is null");
        }
        if reading.language.is_some() && !value.is_string() {
            return Err(self.broken(Rule::InvalidLanguageTaggedValue, place, value));
        }
        if datatype.as_ref().is_some_and(|datatype| !datatype.is_well_formed()) {
            return Err(self.broken(Rule::InvalidTypedValue, place, written.unwrap_or(value)));
        }
        let language = reading.language.as_deref();
        let literal = Literal { value, datatype: datatype.as_ref(), language, direction: reading.direction };
        self.literal(&literal, place)
    }

    /// Language, direction and index of a value object.
    fn reading<'m>(
        &self,
        members: &Members<'m, '_, S::Predicate>,
        place: Place<'_>,
    ) -> Result<Reading<'m>, Error> {
        let mut reading = Reading::default();
        if let Some((_, value)) = members.keyword(Keyword::Index) {
            let index = value.as_str().ok_or_else(|| self.broken(Rule::InvalidIndexValue, place, value))?;
            reading.index = Some(index);
        }
        if let Some((_, value)) = members.keyword(Keyword::Language) {
            let Value::String(language) = value else {
                return Err(self.broken(Rule::InvalidLanguageTaggedString, place, value));
            };
            reading.language = Some(language.to_ascii_lowercase());
        }
        if let Some((_, value)) = members.keyword(Keyword::Direction) {
            let direction = value.as_str().and_then(TextDirection::parse);
            reading.direction =
                Some(direction.ok_or_else(|| self.broken(Rule::InvalidBaseDirection, place, value))?);
        }
        Ok(reading)
    }

    pub(super) fn json_literal(&mut self, value: &Value) -> Result<Shape, Error> {
        self.sink.json(value, &mut self.processor.meter)?;
        Ok(Shape::One)
    }

    /// Tells a literal. Language and direction are those of strings only.
    pub(super) fn literal(&mut self, literal: &Literal<'_>, place: Place<'_>) -> Result<Shape, Error> {
        if self.options.safe {
            self.check_literal(literal, place)?;
        }
        let parts = [literal.value.as_str(), literal.datatype.and_then(Expanded::text), literal.language];
        self.processor.meter.bytes(parts.into_iter().flatten().map(str::len).sum())?;
        self.sink.literal(literal, place.path, &mut self.processor.meter)?;
        Ok(Shape::One)
    }

    /// Refuses a literal that RDF has no place for.
    fn check_literal(&self, literal: &Literal<'_>, place: Place<'_>) -> Result<(), Error> {
        if let Some(datatype) = literal.datatype {
            if datatype.is_well_formed() {
                return Ok(());
            }
            let value = datatype.text().unwrap_or_default().to_owned();
            return Err(Error::RelativeIri { pointer: place.pointer(), value });
        }
        if literal.value.is_string() && literal.language.is_some_and(|language| !is_language_tag(language)) {
            self.lose(place, "its language is not a language tag")?;
        }
        Ok(())
    }
}

/// The longest language tag. The standard sets no limit; without one a tag of a megabyte would be looked at again for every text.
const MAX_LANGUAGE_TAG: usize = 255;

/// Whether a text has the form of a language tag.
pub(super) fn is_language_tag(text: &str) -> bool {
    if text.len() > MAX_LANGUAGE_TAG {
        return false;
    }
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
