//! One JSON value: null, scalar, array or map.

use serde_json::{Map, Value};

use super::{Context, Expander, Given, Place, Shape, Sink, Via, Wrap, items};
use crate::context::{ActiveContext, Container, How, Scoped};
use crate::error::Error;
use crate::keyword::Keyword;

impl<S: Sink> Expander<'_, S> {
    /// Expands a value and leaves what it became on the stack.
    pub(super) fn value(
        &mut self,
        context: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        match value {
            Value::Null => Ok(Shape::Nothing),
            Value::Array(items) => self.array(context, via, items, place, given),
            Value::Object(map) => self.map(context, via, map, place, given),
            scalar => self.scalar(context, via, scalar, place, given),
        }
    }

    fn array(
        &mut self,
        context: &Context,
        via: Via<'_>,
        items: &[Value],
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        let makes_lists = via.has(Container::LIST);
        for (index, item) in items.iter().enumerate() {
            let path = place.path.item(index);
            let place = place.at(&path);
            let mark = self.sink.mark();
            let shape = self.value(context, via, item, place, given)?;
            if shape != Shape::Many {
                continue;
            }
            if makes_lists {
                // A list in a list is a list of its own.
                self.sink.list(mark, place.path, &mut self.processor.meter)?;
            } else if given.in_list {
                // By the letter its items join the list; others make a list of it. What is read in two ways is not signed.
                self.lose(place, "an array or a set in a list, which would be flattened")?;
            }
        }
        Ok(Shape::Many)
    }

    fn scalar(
        &mut self,
        context: &Context,
        via: Via<'_>,
        value: &Value,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        if via.is_free() || matches!(via, Via::Reverse) {
            return self.lose(place, "a value that no property holds");
        }
        let scoped;
        let (context, via) = match via.term().and_then(|term| term.context.as_ref()) {
            Some(local) => {
                scoped = self.processor.scoped(context, local, How::OF_PROPERTY, place.path)?;
                // The scoped context rules how the text is read; the property itself is the one that led here.
                (&scoped, via.within(&scoped))
            }
            None => (context, via),
        };
        if given.graph != Wrap::No {
            return self
                .in_graph(place, given, |walk, given| walk.scalar_value(context, via, value, place, given));
        }
        self.scalar_value(context, via, value, place, given)
    }

    pub(super) fn map(
        &mut self,
        context: &Context,
        via: Via<'_>,
        map: &Map<String, Value>,
        place: Place<'_>,
        given: Given<'_>,
    ) -> Result<Shape, Error> {
        let place = Place { depth: place.depth + 1, ..place };
        self.processor.meter.level(place.depth)?;
        let outer = std::mem::replace(&mut self.processor.depth, place.depth);
        let mut here = context.clone();
        if let Some(previous) = &context.previous
            && !given.from_map
            && reverts(context, map)
        {
            here = previous.clone();
        }
        // The definition of the property is the one of the context that led here, whatever holds inside.
        if let Some(local) = via.term().and_then(|term| term.context.as_ref()) {
            here = self.processor.scoped(&here, local, How::OF_PROPERTY, place.path)?;
        }
        if let Some(local) = map.get("@context") {
            let path = place.path.member("@context");
            here = self.processor.embedded(&here, local, &path)?;
        }
        let type_context = here;
        let here = self.apply_types(&type_context, map, place)?;
        let shape = self.object_of(&here, &type_context, via, map, place, given)?;
        self.processor.depth = outer;
        Ok(shape)
    }

    /// Applies the contexts of the types of a node, in the order of their names.
    fn apply_types(
        &mut self,
        type_context: &Context,
        map: &Map<String, Value>,
        place: Place<'_>,
    ) -> Result<Context, Error> {
        let mut last: Option<(&str, &str, &Scoped)> = None;
        let mut others = Vec::new();
        for (member, value) in map {
            if type_context.keyword(member) != Some(Keyword::Type) {
                continue;
            }
            for name in items(value).iter().filter_map(Value::as_str) {
                if let Some(local) = type_context.term(name).and_then(|term| term.context.as_ref()) {
                    others.extend(last.replace((member, name, local)));
                }
            }
        }
        let mut here = type_context.clone();
        // Mostly there is one, and a list of one would be an allocation for every node.
        if !others.is_empty() {
            others.extend(last.take());
            others.sort_unstable_by_key(|&(member, name, _)| (member, name));
        }
        for (_, _, local) in others.into_iter().chain(last) {
            here = self.processor.scoped(&here, local, How::OF_TYPE, place.path)?;
        }
        Ok(here)
    }
}

/// Whether a context that is not propagated ends at this map: not for value objects, nor for mere references.
fn reverts(context: &ActiveContext, map: &Map<String, Value>) -> bool {
    if map.keys().any(|name| context.keyword(name) == Some(Keyword::Value)) {
        return false;
    }
    let mut names = map.keys();
    !matches!((names.next(), names.next()), (Some(only), None) if context.keyword(only) == Some(Keyword::Id))
}
