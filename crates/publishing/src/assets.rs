//! The files that pages refer to. Their names hold a digest of their bytes, so that they may be kept for ever.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::page::hex;

/// A file that pages refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path, such as `/assets/accolade-0123456789abcdef.css`, without the path of the public URL.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub body: Bytes,
}

/// All of them.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    all: [Asset; 2],
}

impl Assets {
    pub(crate) fn new() -> Assets {
        let stylesheet = include_str!("../assets/accolade.css");
        let favicon = include_str!("../assets/favicon.svg");
        Assets {
            all: [
                named("accolade", "css", "text/css; charset=utf-8", stylesheet),
                named("favicon", "svg", "image/svg+xml", favicon),
            ],
        }
    }

    pub(crate) fn all(&self) -> &[Asset] {
        &self.all
    }

    pub(crate) fn stylesheet(&self) -> &str {
        let [stylesheet, _] = &self.all;
        &stylesheet.path
    }

    pub(crate) fn favicon(&self) -> &str {
        let [_, favicon] = &self.all;
        &favicon.path
    }
}

fn named(name: &str, suffix: &str, content_type: &'static str, text: &'static str) -> Asset {
    let digest = hex(&Sha256::digest(text.as_bytes()), 8);
    Asset {
        path: format!("/assets/{name}-{digest}.{suffix}"),
        content_type,
        body: Bytes::from_static(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_is_small_and_fetches_nothing() {
        let assets = Assets::new();
        let stylesheet = assets.all().first().unwrap();
        let text = std::str::from_utf8(&stylesheet.body).unwrap();
        assert!(text.len() < 20 * 1024, "{} bytes", text.len());
        assert!(!text.contains("url(") && !text.contains("@import"), "something is fetched");
        assert!(stylesheet.path.starts_with("/assets/accolade-") && stylesheet.path.ends_with(".css"));
    }
}
