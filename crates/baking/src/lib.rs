#![doc = include_str!("../README.md")]

mod kind;
pub mod pdf;
pub mod png;
pub mod svg;

pub use kind::{BakeError, Baked, ImageKind, Version, bake, detect, unbake};
