//! What one document may cost. Counters, never clocks: the same document is accepted or refused alike on every machine.

use serde_json::Value;

use crate::error::Error;

/// The most one call may cost. Every limit is a count, so the same input gives the same answer on every run.
///
/// ```
/// let small = accolade_linked_data::Budget { quads: 100, ..Default::default() };
/// assert!(small.quads < accolade_linked_data::Budget::default().quads);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// JSON values visited (members and items of the document itself).
    pub nodes: u32,
    /// Levels of JSON nesting, and of recursion in the search for blank node labels.
    pub depth: u32,
    /// Quads made.
    pub quads: u32,
    /// Blank nodes made.
    pub blank_nodes: u32,
    /// Named graphs made.
    pub graphs: u32,
    /// Bytes of text put together: terms, and quads when they are written. A long name in a short document may come in every quad.
    pub bytes: u32,
    /// Units of work in processing contexts and in telling blank nodes apart; one unit is about 0.1–0.5 µs.
    pub work: u32,
}

impl Default for Budget {
    /// Room for some hundred large credentials in one document; past it an answer within a quarter of a second.
    fn default() -> Self {
        Self {
            nodes: 200_000,
            depth: 128,
            quads: 65_536,
            blank_nodes: 8_192,
            graphs: 128,
            bytes: 32 << 20,
            work: 200_000,
        }
    }
}

/// The counters of one running call.
#[derive(Debug)]
pub(crate) struct Meter {
    left: Budget,
}

impl Meter {
    pub(crate) fn new(budget: Budget) -> Self {
        Self { left: budget }
    }

    /// Counts the values of a document and its levels, before anything walks it.
    pub(crate) fn document(&mut self, value: &Value, depth: u32) -> Result<(), Error> {
        take(&mut self.left.nodes, 1, "nodes")?;
        self.level(depth)?;
        self.content(value, depth)
    }

    /// Values are counted by the array or object that holds them, so that the many scalars cost no call.
    fn content(&mut self, value: &Value, depth: u32) -> Result<(), Error> {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match value {
            Value::Array(items) if !items.is_empty() => {
                take(&mut self.left.nodes, count(items.len()), "nodes")?;
                self.level(depth + 1)?;
                items.iter().filter(is_container).try_for_each(|item| self.content(item, depth + 1))
            }
            Value::Object(map) if !map.is_empty() => {
                take(&mut self.left.nodes, count(map.len()), "nodes")?;
                self.level(depth + 1)?;
                map.values().filter(is_container).try_for_each(|member| self.content(member, depth + 1))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn quad(&mut self) -> Result<(), Error> {
        take(&mut self.left.quads, 1, "quads")
    }

    pub(crate) fn blank_node(&mut self) -> Result<(), Error> {
        take(&mut self.left.blank_nodes, 1, "blank_nodes")
    }

    pub(crate) fn graph(&mut self) -> Result<(), Error> {
        take(&mut self.left.graphs, 1, "graphs")
    }

    pub(crate) fn bytes(&mut self, bytes: usize) -> Result<(), Error> {
        take(&mut self.left.bytes, u32::try_from(bytes).unwrap_or(u32::MAX), "bytes")
    }

    /// Checks what all quads together are in writing. `exactly` is asked only if they could be too much.
    pub(crate) fn written(
        &mut self,
        quads: usize,
        all_terms: usize,
        exactly: impl FnOnce() -> usize,
    ) -> Result<(), Error> {
        let limit = usize::try_from(self.left.bytes).unwrap_or(usize::MAX);
        if quads.saturating_mul(all_terms) <= limit || exactly() <= limit {
            Ok(())
        } else {
            Err(Error::ComplexityLimit { limit: "bytes" })
        }
    }

    pub(crate) fn work(&mut self, units: usize) -> Result<(), Error> {
        take(&mut self.left.work, u32::try_from(units).unwrap_or(u32::MAX), "work")
    }

    /// Checks a level of nesting; levels are given back by returning, so nothing is counted.
    pub(crate) fn level(&self, depth: u32) -> Result<(), Error> {
        if depth > self.left.depth { Err(Error::ComplexityLimit { limit: "depth" }) } else { Ok(()) }
    }
}

fn is_container(value: &&Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

fn take(left: &mut u32, units: u32, limit: &'static str) -> Result<(), Error> {
    match left.checked_sub(units) {
        Some(rest) => {
            *left = rest;
            Ok(())
        }
        None => Err(Error::ComplexityLimit { limit }),
    }
}
