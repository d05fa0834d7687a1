//! Images, by URL or as a data URI.

use serde::{Deserialize, Serialize};

use crate::Uri;
use crate::class::{Class, Only};

/// An image, always an object, never a bare text
/// ([OB 3.0, Image](https://www.imsglobal.org/spec/ob/v3p0/#image)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Where the image is: a URL, or the image itself as a data URI.
    pub id: Uri,
    /// `Image`.
    #[serde(rename = "type", default)]
    pub type_: Only<Self>,
    /// What the image shows, for those who do not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

impl Class for Image {
    const NAME: &'static str = "Image";
    const MEMBERS: &'static [&'static str] = &["id", "type", "caption"];
    const TYPES: &'static [&'static [&'static str]] = &[&["Image"]];
}

impl Image {
    /// The image at a URL or in a data URI.
    pub fn new(id: Uri) -> Self {
        Self { id, type_: Only::default(), caption: None }
    }

    /// The same image with a caption.
    #[must_use]
    pub fn captioned(mut self, caption: &str) -> Self {
        self.caption = Some(caption.to_owned());
        self
    }
}
