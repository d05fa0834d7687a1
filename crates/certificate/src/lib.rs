#![doc = include_str!("../README.md")]

#[cfg(test)]
extern crate self as accolade_certificate;

mod certificate;
mod page;
mod render;
#[cfg(test)]
#[path = "../tests/samples/mod.rs"]
mod samples;
mod text;

pub use certificate::{Attachment, Certificate, Fact, Labels, Paper};
pub use render::{Rendered, render};

/// Why a certificate cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The badge cannot be drawn.
    #[error("the badge's picture cannot be drawn")]
    Picture,
    /// The page's address is too long for a QR code.
    #[error("the page's address does not fit a QR code")]
    Code,
    /// The credential cannot be attached: its name or media type is none.
    #[error("the credential cannot be attached")]
    Attachment,
    /// The file would not be PDF/A-3a and PDF/UA-1: a fault of this program.
    #[error("the file would break its standard: {0}")]
    Standard(String),
}
