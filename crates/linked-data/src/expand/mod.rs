//! [JSON-LD expansion](https://www.w3.org/TR/json-ld11-api/#expansion-algorithm) in one walk.
//!
//! The walk goes down the JSON with the active context in hand and tells a [`Sink`] what it finds. With [`Quads`] that makes
//! [conversion to RDF](https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm) of it, and no expanded document is ever
//! built; with [`Tree`] it is the expanded document.

mod containers;
mod element;
mod literal;
mod members;
mod node;
mod places;
mod quads;
mod sink;
mod tree;

use std::sync::Arc;

use serde_json::Value;

use crate::context::{ActiveContext, Container, Expanded, Processor, Term};
use crate::error::{Error, Rule, shown};
use crate::options::Options;
use crate::path::Path;

pub(crate) use places::Places;
pub(crate) use quads::Quads;
pub(crate) use sink::Sink;
pub(crate) use tree::Tree;

/// The active property: how the walk came to a value.
#[derive(Clone, Copy)]
enum Via<'c> {
    /// The document itself, or what it includes.
    Top,
    /// The content of `@graph`.
    Graph,
    /// The map of `@reverse` of the node in [`Expander::reversed`].
    Reverse,
    /// A member, with its definition if it is a term.
    Property { name: &'c str, term: Option<&'c Term> },
}

impl<'c> Via<'c> {
    fn term(self) -> Option<&'c Term> {
        match self {
            Self::Property { term, .. } => term,
            Self::Top | Self::Graph | Self::Reverse => None,
        }
    }

    fn has(self, container: Container) -> bool {
        self.term().is_some_and(|term| term.container.has(container))
    }

    /// Whether values that are no nodes float free here.
    fn is_free(self) -> bool {
        matches!(self, Self::Top | Self::Graph)
    }

    /// The same property as another context defines it.
    fn within<'n>(self, context: &'n ActiveContext) -> Via<'n>
    where
        'c: 'n,
    {
        match self {
            Self::Property { name, .. } => Via::Property { name, term: context.term(name) },
            Self::Top => Via::Top,
            Self::Graph => Via::Graph,
            Self::Reverse => Via::Reverse,
        }
    }
}

/// What a JSON value became, apart from what it left on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Null: the member that holds it is as good as absent.
    Nothing,
    One,
    /// An array, be it empty.
    Many,
}

/// Where in the document the walk is.
#[derive(Clone, Copy)]
struct Place<'p> {
    path: &'p Path<'p>,
    depth: u32,
}

impl<'p> Place<'p> {
    fn at<'n>(self, path: &'n Path<'n>) -> Place<'n> {
        Place { path, depth: self.depth }
    }

    fn pointer(self) -> String {
        self.path.pointer()
    }
}

/// What the containers of a property add to each of its values.
#[derive(Clone, Copy, Default)]
struct Given<'g> {
    /// The key of the map that the value comes from, if its keys are ids, types or indexes.
    map: Option<&'g Keyed<'g>>,
    /// The value stands right under that key, so the context there is not reverted.
    from_map: bool,
    /// The value stands directly in `@list`.
    in_list: bool,
    graph: Wrap,
    /// The value is all that a graph of its own holds, and no property holds it there.
    alone: bool,
}

/// Whether a value gets a graph of its own.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Wrap {
    #[default]
    No,
    /// Unless it is a graph object already.
    UnlessGraph,
    Always,
}

/// One entry of a map keyed by id, type or index.
struct Keyed<'g> {
    /// The key as written.
    key: &'g str,
    id: Option<Expanded<'g>>,
    type_name: Option<Expanded<'g>>,
    /// The property that keeps the key, with the context it is read in.
    property: Option<(&'g str, &'g Context)>,
}

impl Keyed<'_> {
    /// Whether the key becomes a part of the node.
    fn says_something(&self) -> bool {
        self.id.is_some() || self.type_name.is_some() || self.property.is_some()
    }
}

/// One walk over one document.
pub(crate) struct Expander<'a, S: Sink> {
    options: &'a Options<'a>,
    processor: Processor<'a>,
    sink: S,
    /// The node whose `@reverse` the walk is about to enter.
    reversed: Option<S::Node>,
}

impl<'a> Expander<'a, Quads> {
    /// A walk that makes quads.
    pub(crate) fn quads(options: &'a Options<'a>) -> Self {
        Self::new(options, Quads::new(options))
    }
}

impl<'a> Expander<'a, Places> {
    /// A walk that makes quads, and knows where each blank node was made.
    pub(crate) fn places(options: &'a Options<'a>) -> Self {
        Self::new(options, Places::new(Quads::new(options)))
    }
}

impl<'a> Expander<'a, Tree> {
    /// A walk that makes expanded JSON-LD.
    pub(crate) fn tree(options: &'a Options<'a>) -> Self {
        Self::new(options, Tree::default())
    }
}

impl<'a, S: Sink> Expander<'a, S> {
    pub(crate) fn new(options: &'a Options<'a>, sink: S) -> Self {
        Self { options, processor: Processor::new(options), sink, reversed: None }
    }

    /// Walks the document; gives what the sink made of it and the processor, whose meter goes on counting.
    pub(crate) fn run(mut self, document: &Value) -> Result<(S::Outcome, Processor<'a>), Error> {
        self.processor.meter.document(document, 1)?;
        let mut context = ActiveContext::initial();
        if let Some(given) = self.options.expand_context {
            self.processor.meter.document(given, 1)?;
            let local = given.get("@context").unwrap_or(given);
            context = self.processor.embedded(&context, local, &Path::ROOT)?;
        }
        let place = Place { path: &Path::ROOT, depth: 0 };
        self.value(&context, Via::Top, document, place, Given::default())?;
        self.processor.keep();
        Ok((self.sink.finish(), self.processor))
    }

    /// In safe mode, refuses to lose a value.
    fn lose(&self, place: Place<'_>, reason: &'static str) -> Result<Shape, Error> {
        if self.options.safe {
            Err(Error::DroppedValue { pointer: place.pointer(), reason })
        } else {
            Ok(Shape::Nothing)
        }
    }

    fn broken(&self, rule: Rule, place: Place<'_>, value: &Value) -> Error {
        let detail = match value {
            Value::Array(_) => "an array".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            scalar => shown(&scalar.to_string()),
        };
        Error::JsonLd { rule, pointer: place.pointer(), detail }
    }

    fn wrong_member(&self, rule: Rule, place: Place<'_>, name: &str) -> Error {
        Error::JsonLd { rule, pointer: place.path.member(name).pointer(), detail: shown(name) }
    }
}

/// Every array as its items, everything else as one item.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    }
}

type Context = Arc<ActiveContext>;
