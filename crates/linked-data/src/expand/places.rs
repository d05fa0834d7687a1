//! The walk as quads, with a note for every blank node of where it was made.

use serde_json::Value;

use super::Quads;
use super::sink::{Kind, Literal, Sink};
use crate::budget::Meter;
use crate::context::Expanded;
use crate::dataset::Dataset;
use crate::error::Error;
use crate::keyword::Keyword;
use crate::path::Path;

/// So many bytes of pointers are one unit of work.
const POINTER_BYTES_A_UNIT: usize = 64;

/// Makes a dataset, and notes the JSON Pointer of the value that each blank node was made for.
pub(crate) struct Places {
    quads: Quads,
    /// By the number of the blank node; nothing for those that the document names itself.
    pointers: Vec<Option<String>>,
}

impl Places {
    pub(crate) fn new(quads: Quads) -> Self {
        Self { quads, pointers: Vec::new() }
    }

    /// Notes the blank nodes that were made since the last note. Their pointers are paid for: a long name above many nodes stands in each.
    fn note_new(&mut self, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error> {
        let count = self.quads.blank_nodes();
        let new = count.saturating_sub(self.pointers.len());
        if new > 0 {
            let pointer = place.whole_pointer();
            meter.work(new.saturating_mul(pointer.len()) / POINTER_BYTES_A_UNIT)?;
            self.pointers.resize(count, Some(pointer));
        }
        Ok(())
    }

    /// A blank node with a label of its own may have got its number since the last note.
    fn note_labelled(&mut self) {
        self.pointers.resize(self.quads.blank_nodes(), None);
    }
}

impl Sink for Places {
    type Node = <Quads as Sink>::Node;
    type Predicate = <Quads as Sink>::Predicate;
    type Outcome = (Dataset, Vec<Option<String>>);

    const KEEPS_FREE_VALUES: bool = Quads::KEEPS_FREE_VALUES;

    fn mark(&self) -> usize {
        self.quads.mark()
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.quads.kind(index)
    }

    fn said(&self) -> usize {
        self.quads.said()
    }

    fn predicate(&mut self, iri: &Expanded<'_>) -> (Self::Predicate, bool) {
        self.quads.predicate(iri)
    }

    fn open(
        &mut self,
        id: Option<&Expanded<'_>>,
        place: &Path<'_>,
        meter: &mut Meter,
    ) -> Result<(Self::Node, bool), Error> {
        let opened = self.quads.open(id, place, meter)?;
        if id.is_none() {
            self.note_new(place, meter)?;
        } else {
            self.note_labelled();
        }
        Ok(opened)
    }

    fn type_of(&mut self, node: Self::Node, name: &Expanded<'_>, meter: &mut Meter) -> Result<bool, Error> {
        let is_sound = self.quads.type_of(node, name, meter)?;
        self.note_labelled();
        Ok(is_sound)
    }

    fn note(&mut self, node: Self::Node, keyword: Keyword, value: &Value) {
        self.quads.note(node, keyword, value);
    }

    fn property(
        &mut self,
        node: Self::Node,
        predicate: Self::Predicate,
        mark: usize,
        reversed: bool,
        meter: &mut Meter,
    ) -> Result<(), Error> {
        self.quads.property(node, predicate, mark, reversed, meter)
    }

    fn open_graph(&mut self, node: Self::Node) {
        self.quads.open_graph(node);
    }

    fn close_graph(&mut self, node: Self::Node, mark: usize) {
        self.quads.close_graph(node, mark);
    }

    fn included(&mut self, node: Self::Node, mark: usize) {
        self.quads.included(node, mark);
    }

    fn close(&mut self, node: Self::Node) {
        self.quads.close(node);
    }

    fn discard(&mut self, node: Self::Node) {
        self.quads.discard(node);
    }

    fn literal(&mut self, literal: &Literal<'_>, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error> {
        self.quads.literal(literal, place, meter)?;
        self.note_new(place, meter)
    }

    fn json(&mut self, value: &Value, meter: &mut Meter) -> Result<(), Error> {
        self.quads.json(value, meter)
    }

    fn list(&mut self, mark: usize, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error> {
        self.quads.list(mark, place, meter)?;
        self.note_new(place, meter)
    }

    fn index(&mut self, mark: usize, index: &str, meter: &mut Meter) -> Result<(), Error> {
        self.quads.index(mark, index, meter)
    }

    fn finish(self) -> Self::Outcome {
        (self.quads.finish(), self.pointers)
    }
}
