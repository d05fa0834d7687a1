//! Literals ([object to RDF conversion](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion)).

use serde_json::Value;

use super::{Quads, RDF};
use crate::budget::Meter;
use crate::context::{Expanded, TextDirection};
use crate::dataset::TermId;
use crate::error::Error;
use crate::expand::literal::is_language_tag;
use crate::expand::sink::{Kind, Literal};
use crate::number::{self, Lexical};
use crate::options::Direction;
use crate::path::Path;

const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

impl Quads {
    pub(super) fn make_literal(
        &mut self,
        literal: &Literal<'_>,
        place: &Path<'_>,
        meter: &mut Meter,
    ) -> Result<(), Error> {
        if literal.datatype.is_some_and(|datatype| !datatype.is_well_formed()) {
            self.push(None, Kind::Value);
            return Ok(());
        }
        let given = literal.datatype.and_then(Expanded::text);
        let term = match literal.value {
            Value::String(text) => self.text(text, literal, place, meter)?,
            Value::Bool(flag) => {
                Some(self.typed(if *flag { "true" } else { "false" }, given.unwrap_or(BOOLEAN)))
            }
            Value::Number(number) => Some(match number::lexical(number, given == Some(DOUBLE)) {
                Lexical::Integer(text) => self.typed(&text, given.unwrap_or(INTEGER)),
                Lexical::Double(text) => self.typed(&text, given.unwrap_or(DOUBLE)),
            }),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        self.push(term, Kind::Value);
        Ok(())
    }

    /// `xsd:string` is not written.
    fn typed(&mut self, text: &str, datatype: &str) -> TermId {
        self.dataset.literal(text, Some(datatype).filter(|datatype| *datatype != STRING))
    }

    /// The literal of a text; nothing if RDF has no place for it.
    fn text(
        &mut self,
        text: &str,
        literal: &Literal<'_>,
        place: &Path<'_>,
        meter: &mut Meter,
    ) -> Result<Option<TermId>, Error> {
        if let Some(datatype) = literal.datatype.and_then(Expanded::text) {
            return Ok(Some(self.typed(text, datatype)));
        }
        if literal.language.is_some_and(|language| !is_language_tag(language)) {
            return Ok(None);
        }
        let plain = |quads: &mut Self| match literal.language {
            Some(language) => quads.dataset.tagged(text, language),
            None => quads.dataset.literal(text, None),
        };
        let Some(direction) = literal.direction else { return Ok(Some(plain(self))) };
        match self.direction {
            Direction::Lose if self.safe => {
                Err(Error::DroppedValue { pointer: place.pointer(), reason: "RDF has no base direction" })
            }
            Direction::Lose => Ok(Some(plain(self))),
            Direction::I18nDatatype => {
                let language = literal.language.unwrap_or("");
                let datatype = format!("https://www.w3.org/ns/i18n#{language}_{}", direction.name());
                Ok(Some(self.dataset.literal(text, Some(&datatype))))
            }
            Direction::CompoundLiteral => self.compound(text, literal.language, direction, meter).map(Some),
        }
    }

    fn compound(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: TextDirection,
        meter: &mut Meter,
    ) -> Result<TermId, Error> {
        let node = self.dataset.new_blank(meter)?;
        let parts = [("value", Some(text)), ("language", language), ("direction", Some(direction.name()))];
        for (name, part) in parts {
            let Some(part) = part else { continue };
            let predicate = self.dataset.iri(&format!("{RDF}{name}"));
            let object = self.dataset.literal(part, None);
            self.emit(Some(node), Some(predicate), Some(object), meter)?;
        }
        Ok(node)
    }
}
