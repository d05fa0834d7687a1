//! Text: cleaned, broken into lines, shaped.

mod clean;
mod shape;
mod typeface;
mod wrap;

pub(crate) use clean::clean;
pub(crate) use shape::Line;
pub(crate) use typeface::Voice;
pub(crate) use wrap::{Block, Measured};
