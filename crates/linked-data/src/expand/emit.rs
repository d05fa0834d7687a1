//! Making terms and quads.

use super::{Expander, Place, RDF};
use crate::context::Expanded;
use crate::dataset::{Quad, TermId};
use crate::error::Error;
use crate::iri;

impl Expander<'_> {
    /// The term of an identifier, or nothing if it cannot stand in RDF; that is an error in safe mode.
    pub(super) fn reference(
        &mut self,
        expanded: &Expanded<'_>,
        written: &str,
        place: Place<'_>,
    ) -> Result<Option<TermId>, Error> {
        match expanded.text() {
            None => self.lose(place, "an identifier that is a keyword, or looks like one").map(|()| None),
            Some(text) => match self.resource(text)? {
                None if self.options.safe => {
                    Err(Error::RelativeIri { pointer: place.pointer(), value: written.to_owned() })
                }
                term => Ok(term),
            },
        }
    }

    /// The term of an IRI or a blank node identifier; nothing if it is neither.
    pub(super) fn resource(&mut self, text: &str) -> Result<Option<TermId>, Error> {
        if let Some(label) = text.strip_prefix("_:") {
            return self.dataset.labelled(label, &mut self.processor.meter).map(Some);
        }
        Ok(iri::is_well_formed(text).then(|| self.dataset.iri(text)))
    }

    pub(super) fn new_blank(&mut self) -> Result<TermId, Error> {
        self.dataset.new_blank(&mut self.processor.meter)
    }

    /// A quad, if all of it can stand in RDF.
    pub(super) fn emit(
        &mut self,
        subject: Option<TermId>,
        predicate: Option<TermId>,
        object: Option<TermId>,
        graph: TermId,
    ) -> Result<(), Error> {
        let (Some(subject), Some(predicate), Some(object)) = (subject, predicate, object) else {
            return Ok(());
        };
        self.dataset.push(Quad { subject, predicate, object, graph }, &mut self.processor.meter)
    }

    /// Makes the list of the objects above a mark; gives its head.
    pub(super) fn emit_list(&mut self, mark: usize, graph: TermId) -> Result<TermId, Error> {
        let first = self.dataset.iri(&format!("{RDF}first"));
        let rest = self.dataset.iri(&format!("{RDF}rest"));
        let mut head = self.dataset.iri(&format!("{RDF}nil"));
        for index in (mark..self.objects.len()).rev() {
            let Some(object) = self.object(index) else { continue };
            let cell = self.new_blank()?;
            self.emit(Some(cell), Some(first), object.term, graph)?;
            self.emit(Some(cell), Some(rest), Some(head), graph)?;
            head = cell;
        }
        Ok(head)
    }

    /// One type of a node.
    pub(super) fn emit_type(
        &mut self,
        subject: Option<TermId>,
        expanded: &Expanded<'_>,
        written: &str,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let term = match expanded.text() {
            Some(text) => self.resource(text)?,
            None => None,
        };
        if term.is_none() && self.options.safe {
            return Err(Error::UndefinedType { pointer: place.pointer(), name: written.to_owned() });
        }
        self.emit(subject, Some(self.rdf_type), term, place.graph)
    }
}
