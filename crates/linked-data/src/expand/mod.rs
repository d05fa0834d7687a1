//! [JSON-LD expansion](https://www.w3.org/TR/json-ld11-api/#expansion-algorithm) and
//! [conversion to RDF](https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm) in one walk.
//!
//! The walk goes down the JSON with the active context in hand and puts quads into the dataset on its way; no expanded
//! document is ever built. Each value leaves the terms it became on a stack ([`Object`]); whoever asked for it takes them
//! from there and makes the quads.

mod containers;
mod element;
mod emit;
mod literal;
mod node;

use std::sync::Arc;

use serde_json::Value;

use crate::context::{ActiveContext, Container, Processor, Term};
use crate::dataset::{Dataset, TermId};
use crate::error::{Error, Rule};
use crate::options::Options;
use crate::path::Path;

/// What a JSON value became.
#[derive(Clone, Copy, Debug)]
struct Object {
    /// `None` where the term cannot stand in RDF (outside safe mode only).
    term: Option<TermId>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Node,
    Value,
    List,
}

/// The active property: how the walk came to a value.
#[derive(Clone, Copy)]
enum Via<'c> {
    /// The document itself, or what it includes.
    Top,
    /// The content of `@graph`.
    Graph,
    /// The map of `@reverse` of a node.
    Reverse { subject: Option<TermId> },
    /// A member, with its definition if it is a term.
    Property { name: &'c str, term: Option<&'c Term> },
}

impl<'c> Via<'c> {
    fn term(self) -> Option<&'c Term> {
        match self {
            Self::Property { term, .. } => term,
            Self::Top | Self::Graph | Self::Reverse { .. } => None,
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
            Self::Reverse { subject } => Via::Reverse { subject },
        }
    }
}

/// Where in the document the walk is, and in which graph.
#[derive(Clone, Copy)]
struct Place<'p> {
    path: &'p Path<'p>,
    graph: TermId,
    depth: u32,
}

impl<'p> Place<'p> {
    fn at<'n>(self, path: &'n Path<'n>) -> Place<'n> {
        Place { path, graph: self.graph, depth: self.depth }
    }

    fn pointer(self) -> String {
        self.path.pointer()
    }
}

/// What a map of containers adds to each of its values.
#[derive(Clone, Copy, Default)]
struct Given<'g> {
    /// The value comes from a map keyed by id, type or index, so the context is not reverted.
    from_map: bool,
    /// The value stands directly in `@list`, so an array in it is a list of its own.
    in_list: bool,
    id: Option<&'g str>,
    type_name: Option<&'g str>,
    /// A property and its value, already terms.
    property: Option<(TermId, Option<TermId>)>,
}

/// One walk over one document.
pub(crate) struct Expander<'a> {
    options: &'a Options<'a>,
    processor: Processor<'a>,
    dataset: Dataset,
    objects: Vec<Object>,
    /// Numbers of terms that come in every document.
    rdf_type: TermId,
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

impl<'a> Expander<'a> {
    pub(crate) fn new(options: &'a Options<'a>) -> Self {
        let mut dataset = Dataset::new();
        let rdf_type = dataset.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        Self { options, processor: Processor::new(options), dataset, objects: Vec::new(), rdf_type }
    }

    /// Walks the document; gives the quads it stands for and the processor, whose meter goes on counting.
    pub(crate) fn run(mut self, document: &Value) -> Result<(Dataset, Processor<'a>), Error> {
        self.processor.meter.document(document, 1)?;
        let mut context = ActiveContext::initial();
        if let Some(given) = self.options.expand_context {
            self.processor.meter.document(given, 1)?;
            let local = given.get("@context").unwrap_or(given);
            context = self.processor.embedded(&context, local, &Path::ROOT)?;
        }
        let place = Place { path: &Path::ROOT, graph: TermId::DEFAULT_GRAPH, depth: 0 };
        self.value(&context, Via::Top, document, place, Given::default())?;
        self.dataset.deduplicate();
        Ok((self.dataset, self.processor))
    }

    /// In safe mode, refuses to lose a value.
    fn lose(&self, place: Place<'_>, reason: &'static str) -> Result<(), Error> {
        if self.options.safe { Err(Error::DroppedValue { pointer: place.pointer(), reason }) } else { Ok(()) }
    }

    fn broken(&self, rule: Rule, place: Place<'_>, value: &Value) -> Error {
        let detail = match value {
            Value::Array(_) => "an array".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            scalar => scalar.to_string().chars().take(200).collect(),
        };
        Error::JsonLd { rule, pointer: place.pointer(), detail }
    }

    fn push(&mut self, term: Option<TermId>, kind: Kind) {
        self.objects.push(Object { term, kind });
    }

    /// What was left on the stack since a mark. The stack is cut back to the mark when the objects are used up.
    fn object(&self, index: usize) -> Option<Object> {
        self.objects.get(index).copied()
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
