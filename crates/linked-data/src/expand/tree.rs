//! The walk as [expanded JSON-LD](https://www.w3.org/TR/json-ld11/#expanded-document-form).

use serde_json::{Map, Value};

use super::sink::{Kind, Literal, Sink};
use crate::budget::Meter;
use crate::context::Expanded;
use crate::error::Error;
use crate::iri;
use crate::keyword::Keyword;
use crate::path::Path;

/// Makes an expanded document.
#[derive(Default)]
pub(crate) struct Tree {
    stack: Vec<Value>,
    /// The nodes that are open, each inside the one before.
    open: Vec<Map<String, Value>>,
    predicates: Vec<String>,
    said: usize,
}

impl Tree {
    fn node(&mut self, node: usize) -> Option<&mut Map<String, Value>> {
        self.open.get_mut(node)
    }

    /// Adds the values above a mark to a member, which is an array.
    fn add(&mut self, node: usize, member: &str, mark: usize) {
        let values = self.stack.split_off(mark.min(self.stack.len()));
        self.said += values.len();
        if let Some(map) = self.open.get_mut(node) {
            append(map, member, values);
        }
    }
}

fn append(map: &mut Map<String, Value>, member: &str, values: Vec<Value>) {
    match map.get_mut(member) {
        Some(Value::Array(array)) => array.extend(values),
        _ => drop(map.insert(member.to_owned(), Value::Array(values))),
    }
}

/// What an IRI expansion gave, as JSON, and whether it can stand in RDF.
fn written(expanded: &Expanded<'_>) -> (Value, bool) {
    match expanded {
        Expanded::Null => (Value::Null, false),
        Expanded::Keyword(keyword) => (Value::from(keyword.name()), false),
        other => {
            let text = other.text().unwrap_or_default();
            (Value::from(text), iri::is_sound_blank(text) || other.is_well_formed())
        }
    }
}

impl Sink for Tree {
    /// The place in `open`.
    type Node = usize;
    /// The place in `predicates`.
    type Predicate = usize;
    type Outcome = Value;

    const KEEPS_FREE_VALUES: bool = true;

    fn mark(&self) -> usize {
        self.stack.len()
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.stack.get(index).map(|value| match value.as_object() {
            Some(map) if map.contains_key("@value") => Kind::Value,
            Some(map) if map.contains_key("@list") => Kind::List,
            _ => Kind::Node,
        })
    }

    fn said(&self) -> usize {
        self.said
    }

    fn predicate(&mut self, iri: &Expanded<'_>) -> (usize, bool) {
        self.predicates.push(iri.text().unwrap_or_default().to_owned());
        (self.predicates.len() - 1, iri.is_well_formed())
    }

    fn open(
        &mut self,
        id: Option<&Expanded<'_>>,
        _place: &Path<'_>,
        _meter: &mut Meter,
    ) -> Result<(usize, bool), Error> {
        let mut map = Map::new();
        let mut is_fit = true;
        if let Some(id) = id {
            let (id, is_sound) = written(id);
            is_fit = is_sound;
            map.insert(Keyword::Id.name().to_owned(), id);
        }
        self.open.push(map);
        Ok((self.open.len() - 1, is_fit))
    }

    fn type_of(&mut self, node: usize, name: &Expanded<'_>, _meter: &mut Meter) -> Result<bool, Error> {
        let (name, is_sound) = written(name);
        self.said += 1;
        if let Some(map) = self.node(node) {
            append(map, Keyword::Type.name(), vec![name]);
        }
        Ok(is_sound)
    }

    fn note(&mut self, node: usize, keyword: Keyword, value: &Value) {
        let Some(map) = self.node(node) else { return };
        if keyword == Keyword::Type {
            append(map, keyword.name(), Vec::new());
        } else {
            map.insert(keyword.name().to_owned(), value.clone());
        }
    }

    fn property(
        &mut self,
        node: usize,
        predicate: usize,
        mark: usize,
        reversed: bool,
        _meter: &mut Meter,
    ) -> Result<(), Error> {
        let Some(predicate) = self.predicates.get_mut(predicate).map(std::mem::take) else { return Ok(()) };
        if !reversed {
            self.add(node, &predicate, mark);
            return Ok(());
        }
        let values = self.stack.split_off(mark.min(self.stack.len()));
        self.said += values.len();
        let Some(map) = self.node(node) else { return Ok(()) };
        let reverse = map.entry(Keyword::Reverse.name()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(reverse) = reverse {
            append(reverse, &predicate, values);
        }
        Ok(())
    }

    fn open_graph(&mut self, _node: usize) {}

    fn close_graph(&mut self, node: usize, mark: usize) {
        self.add(node, Keyword::Graph.name(), mark);
    }

    fn included(&mut self, node: usize, mark: usize) {
        self.add(node, Keyword::Included.name(), mark);
    }

    fn close(&mut self, node: usize) {
        let node = self.open.drain(node.min(self.open.len())..).next();
        self.stack.push(Value::Object(node.unwrap_or_default()));
    }

    fn discard(&mut self, node: usize) {
        self.open.truncate(node);
    }

    fn literal(&mut self, literal: &Literal<'_>, _place: &Path<'_>, _meter: &mut Meter) -> Result<(), Error> {
        let mut map = Map::new();
        let mut put = |keyword: Keyword, value: Value| drop(map.insert(keyword.name().to_owned(), value));
        put(Keyword::Value, literal.value.clone());
        if let Some(datatype) = literal.datatype.and_then(Expanded::text) {
            put(Keyword::Type, datatype.into());
        }
        if literal.value.is_string() {
            if let Some(language) = literal.language {
                put(Keyword::Language, language.into());
            }
            if let Some(direction) = literal.direction {
                put(Keyword::Direction, direction.name().into());
            }
        }
        self.stack.push(Value::Object(map));
        Ok(())
    }

    fn json(&mut self, value: &Value, _meter: &mut Meter) -> Result<(), Error> {
        let members = [(Keyword::Value, value.clone()), (Keyword::Type, Keyword::Json.name().into())];
        let members = members.into_iter().map(|(keyword, value)| (keyword.name().to_owned(), value));
        self.stack.push(Value::Object(members.collect()));
        Ok(())
    }

    fn list(&mut self, mark: usize, _place: &Path<'_>, _meter: &mut Meter) -> Result<(), Error> {
        let values = self.stack.split_off(mark.min(self.stack.len()));
        let list = [(Keyword::List.name().to_owned(), Value::Array(values))];
        self.stack.push(Value::Object(list.into_iter().collect()));
        Ok(())
    }

    fn index(&mut self, mark: usize, index: &str, meter: &mut Meter) -> Result<(), Error> {
        for map in self.stack.iter_mut().skip(mark).filter_map(Value::as_object_mut) {
            meter.bytes(index.len())?;
            map.entry(Keyword::Index.name()).or_insert_with(|| index.into());
        }
        Ok(())
    }

    fn finish(self) -> Value {
        Value::Array(self.stack)
    }
}
