//! Why no page could be made.

use accolade_issuing::OfficeError;

use crate::words::WordsError;

/// Why no page could be made. Nothing here is a visitor's fault, except what an [`OfficeError`] says is.
#[derive(Debug, thiserror::Error)]
pub enum PublishingError {
    /// The office could not answer.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// A template could not be filled.
    #[error("a page could not be written: {0}")]
    Template(#[from] askama::Error),
    /// A file of messages cannot be read.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A certificate could not be drawn.
    #[error(transparent)]
    Certificate(#[from] accolade_certificate::CertificateError),
    /// The badge's picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] accolade_imaging::PictureError),
    /// The public URL cannot be used.
    #[error("the public URL cannot be used for pages: {0}")]
    PublicUrl(#[from] url::ParseError),
}
