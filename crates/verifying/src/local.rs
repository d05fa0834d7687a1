//! Documents under our own public URL, asked for in the process instead of over the network.

use bytes::Bytes;

/// Whoever can answer for documents under our own public URL; the program's office, through the publication desk.
///
/// The examiner asks here before it dials anything, so that a server that examines its own badges never calls itself.
pub trait LocalDocuments: Send + Sync {
    /// What stands at `url`, which is absolute and without a fragment. May block; it is called on a blocking thread.
    fn document(&self, url: &str) -> LocalAnswer;
}

/// The answer of [`LocalDocuments::document`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalAnswer {
    /// The URL is not under our public URL: ask the network.
    NotOurs,
    /// The URL is ours and nothing stands there; the same as 404 from the network.
    Missing,
    /// The URL is ours, but what stands there cannot be read at present: nothing is known.
    Unavailable,
    /// The document, as the world would get it.
    Found {
        /// HTTP status: 200, 403 where it is private, or 410.
        status: u16,
        /// Media type of `body`.
        content_type: String,
        /// The bytes.
        body: Bytes,
    },
}
