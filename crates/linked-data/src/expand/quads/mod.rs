//! The walk as quads
//! ([conversion to RDF](https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm)).

mod literal;

use serde_json::Value;

use super::sink::{Kind, Literal, Sink};
use crate::budget::Meter;
use crate::context::Expanded;
use crate::dataset::{Dataset, Quad, TermId};
use crate::error::Error;
use crate::iri;
use crate::jcs;
use crate::options::{Direction, Options};
use crate::path::Path;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const FIRST: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>";
const REST: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>";
const NIL: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>";
const JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

/// A value on the stack.
#[derive(Clone, Copy, Debug)]
struct Object {
    /// `None` where the term cannot stand in RDF (outside safe mode only).
    term: Option<TermId>,
    kind: Kind,
}

/// Makes a dataset.
pub(crate) struct Quads {
    dataset: Dataset,
    objects: Vec<Object>,
    /// The graph that the walk is in; `None` where its name cannot stand in RDF (outside safe mode only), so that what is
    /// said there is lost.
    graph: Option<TermId>,
    /// The graphs around it.
    outer: Vec<Option<TermId>>,
    /// Numbers of terms that come in every document.
    rdf_type: TermId,
    safe: bool,
    direction: Direction,
}

impl Quads {
    pub(crate) fn new(options: &Options<'_>) -> Self {
        let mut dataset = Dataset::new();
        let rdf_type = dataset.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        Self {
            dataset,
            objects: Vec::with_capacity(16),
            graph: Some(TermId::DEFAULT_GRAPH),
            outer: Vec::new(),
            rdf_type,
            safe: options.safe,
            direction: options.direction,
        }
    }

    /// How many blank nodes there are so far, numbered as they came.
    pub(crate) fn blank_nodes(&self) -> usize {
        self.dataset.blank_nodes
    }

    fn push(&mut self, term: Option<TermId>, kind: Kind) {
        self.objects.push(Object { term, kind });
    }

    /// The term of an IRI; nothing if it cannot stand in RDF.
    fn iri(&mut self, iri: &Expanded<'_>) -> Option<TermId> {
        match iri {
            // Every property and type of a context; they need neither be looked at nor put together.
            Expanded::Known(iri) => iri.written().map(|written| self.dataset.written_iri(written)),
            other => other.text().filter(|text| iri::is_well_formed(text)).map(|text| self.dataset.iri(text)),
        }
    }

    /// The term of an IRI or a blank node identifier; nothing if it is neither.
    fn resource(&mut self, name: &Expanded<'_>, meter: &mut Meter) -> Result<Option<TermId>, Error> {
        let text = name.text().unwrap_or_default();
        match text.strip_prefix("_:") {
            Some(label) if iri::is_sound_blank(text) => self.dataset.labelled(label, meter).map(Some),
            Some(_) => Ok(None),
            None => Ok(self.iri(name)),
        }
    }

    /// A quad, if all of it can stand in RDF.
    fn emit(
        &mut self,
        subject: Option<TermId>,
        predicate: Option<TermId>,
        object: Option<TermId>,
        meter: &mut Meter,
    ) -> Result<(), Error> {
        let (Some(subject), Some(predicate), Some(object), Some(graph)) =
            (subject, predicate, object, self.graph)
        else {
            return Ok(());
        };
        self.dataset.push(Quad { subject, predicate, object, graph }, meter)
    }
}

impl Sink for Quads {
    type Node = Option<TermId>;
    type Predicate = Option<TermId>;
    type Outcome = Dataset;

    const KEEPS_FREE_VALUES: bool = false;

    fn mark(&self) -> usize {
        self.objects.len()
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.objects.get(index).map(|object| object.kind)
    }

    fn said(&self) -> usize {
        self.dataset.quads.len()
    }

    fn predicate(&mut self, iri: &Expanded<'_>) -> (Self::Predicate, bool) {
        let predicate = self.iri(iri);
        (predicate, predicate.is_some())
    }

    fn open(
        &mut self,
        id: Option<&Expanded<'_>>,
        _place: &Path<'_>,
        meter: &mut Meter,
    ) -> Result<(Self::Node, bool), Error> {
        let node = match id {
            None => Some(self.dataset.new_blank(meter)?),
            Some(id) => self.resource(id, meter)?,
        };
        Ok((node, node.is_some()))
    }

    fn type_of(&mut self, node: Self::Node, name: &Expanded<'_>, meter: &mut Meter) -> Result<bool, Error> {
        let term = self.resource(name, meter)?;
        self.emit(node, Some(self.rdf_type), term, meter)?;
        Ok(term.is_some())
    }

    fn property(
        &mut self,
        node: Self::Node,
        predicate: Self::Predicate,
        mark: usize,
        reversed: bool,
        meter: &mut Meter,
    ) -> Result<(), Error> {
        for index in mark..self.objects.len() {
            let object = self.objects.get(index).and_then(|object| object.term);
            if reversed {
                self.emit(object, predicate, node, meter)?;
            } else {
                self.emit(node, predicate, object, meter)?;
            }
        }
        self.objects.truncate(mark);
        Ok(())
    }

    fn open_graph(&mut self, node: Self::Node) {
        self.outer.push(self.graph);
        self.graph = node;
    }

    fn close_graph(&mut self, _node: Self::Node, mark: usize) {
        self.objects.truncate(mark);
        self.graph = self.outer.pop().unwrap_or(Some(TermId::DEFAULT_GRAPH));
    }

    fn included(&mut self, _node: Self::Node, mark: usize) {
        self.objects.truncate(mark);
    }

    fn close(&mut self, node: Self::Node) {
        self.push(node, Kind::Node);
    }

    fn literal(&mut self, literal: &Literal<'_>, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error> {
        self.make_literal(literal, place, meter)
    }

    fn json(&mut self, value: &Value, _meter: &mut Meter) -> Result<(), Error> {
        let term = self.dataset.literal(&jcs::canonicalize(value), Some(JSON));
        self.push(Some(term), Kind::Value);
        Ok(())
    }

    fn list(&mut self, mark: usize, _place: &Path<'_>, meter: &mut Meter) -> Result<(), Error> {
        let first = Some(self.dataset.written_iri(FIRST));
        let rest = Some(self.dataset.written_iri(REST));
        let mut head = Some(self.dataset.written_iri(NIL));
        for index in (mark..self.objects.len()).rev() {
            let object = self.objects.get(index).and_then(|object| object.term);
            let cell = Some(self.dataset.new_blank(meter)?);
            self.emit(cell, first, object, meter)?;
            self.emit(cell, rest, head, meter)?;
            head = cell;
        }
        self.objects.truncate(mark);
        self.push(head, Kind::List);
        Ok(())
    }

    fn finish(self) -> Dataset {
        self.dataset
    }
}
