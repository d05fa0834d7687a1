//! Where a walk tells what it finds. One walk, several listeners: quads, expanded JSON-LD, and whatever else must agree with both.
//!
//! The walk is monomorphised over its sink, so a listener that does not care for something pays nothing for it.
//!
//! A sink keeps a stack of values. Each JSON value leaves on it what it became: nothing, one value or several. Whoever asked for them
//! noted the height of the stack before ([`Sink::mark`]) and then puts all values above the mark where they belong
//! ([`Sink::property`], [`Sink::list`], [`Sink::close_graph`], [`Sink::included`]), which takes them off.
//! Nodes are open from [`Sink::open`] to [`Sink::close`] and nest strictly, and so do graphs.

use serde_json::Value;

use crate::budget::Meter;
use crate::context::{Expanded, TextDirection};
use crate::error::Error;
use crate::keyword::Keyword;
use crate::path::Path;

/// What a value on the stack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Node,
    Value,
    List,
}

/// A literal, as its property or its value object says that it is to be read.
#[derive(Clone, Copy)]
pub(crate) struct Literal<'l> {
    /// A string, a number or a boolean.
    pub(crate) value: &'l Value,
    /// A datatype IRI. Then there is no language and no direction.
    pub(crate) datatype: Option<&'l Expanded<'l>>,
    /// In lower case. It counts for strings only, as the direction does.
    pub(crate) language: Option<&'l str>,
    pub(crate) direction: Option<TextDirection>,
}

/// A listener to a walk. "Sound" is what can stand in RDF; in safe mode the walk goes no further when something is not.
pub(crate) trait Sink {
    /// An open node.
    type Node: Copy;
    /// A property.
    type Predicate: Copy;
    /// What the listener has to say at the end.
    type Outcome;

    /// Whether a value that no property holds has a place in the graph it stands in.
    const KEEPS_FREE_VALUES: bool;

    /// The height of the stack.
    fn mark(&self) -> usize;

    /// What stands at a height of the stack.
    fn kind(&self, index: usize) -> Option<Kind>;

    /// How much was said so far: grows with every statement that comes into being.
    fn said(&self) -> usize;

    /// A property by its IRI or blank node identifier, and whether it is sound.
    fn predicate(&mut self, iri: &Expanded<'_>) -> (Self::Predicate, bool);

    /// Opens a node, with its identifier if it has one; tells whether that is sound. `place` is where the node stands.
    fn open(
        &mut self,
        id: Option<&Expanded<'_>>,
        place: &Path<'_>,
        meter: &mut Meter,
    ) -> Result<(Self::Node, bool), Error>;

    /// Gives a node a type; tells whether it is sound.
    fn type_of(&mut self, node: Self::Node, name: &Expanded<'_>, meter: &mut Meter) -> Result<bool, Error>;

    /// A member of a node that RDF has no place for (`@index`, `@language`, `@direction`), or one that may be empty (`@type`).
    fn note(&mut self, _node: Self::Node, _keyword: Keyword, _value: &Value) {}

    /// Gives a node the values above the mark as values of a property; `reversed`: they have it as theirs.
    fn property(
        &mut self,
        node: Self::Node,
        predicate: Self::Predicate,
        mark: usize,
        reversed: bool,
        meter: &mut Meter,
    ) -> Result<(), Error>;

    /// Enters the graph that a node names. Where there can be none, what is said in it is lost.
    fn open_graph(&mut self, node: Self::Node);

    /// Leaves the graph that was entered last; the values above the mark are its content.
    fn close_graph(&mut self, node: Self::Node, mark: usize);

    /// The values above the mark are nodes included in this one.
    fn included(&mut self, node: Self::Node, mark: usize);

    /// Closes a node and leaves it on the stack.
    fn close(&mut self, node: Self::Node);

    /// Closes a node that says nothing and has no place.
    fn discard(&mut self, _node: Self::Node) {}

    /// Leaves a literal on the stack. `place` is where its value stands.
    fn literal(&mut self, literal: &Literal<'_>, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error>;

    /// Leaves a JSON literal on the stack.
    fn json(&mut self, value: &Value, meter: &mut Meter) -> Result<(), Error>;

    /// Makes one list of the values above the mark. `place` is where the list stands.
    fn list(&mut self, mark: usize, place: &Path<'_>, meter: &mut Meter) -> Result<(), Error>;

    /// Gives an index to those values above the mark that have none.
    fn index(&mut self, _mark: usize, _index: &str, _meter: &mut Meter) -> Result<(), Error> {
        Ok(())
    }

    /// The end: what is left on the stack is the document.
    fn finish(self) -> Self::Outcome;
}
