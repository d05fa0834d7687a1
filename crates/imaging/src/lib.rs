#![doc = include_str!("../README.md")]

mod card;
mod color;
mod design;
pub mod fonts;
mod pen;
mod picture;
mod qr;
mod text;

pub use card::{Card, card};
pub use color::Color;
pub use design::{Design, DesignFault, Vocabulary, vocabulary};
pub use picture::{Format, Picture, PictureError, SIDES, Warning};
pub use qr::{QrError, qr_svg};
