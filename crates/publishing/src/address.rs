//! Where pages are.

/// The size of a certificate's paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paper {
    /// 297 × 210 mm.
    #[default]
    A4,
    /// 11 × 8.5 in.
    Letter,
}

/// A page, by the path it is served at. The key of a sharing link comes from the query and is set afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PageAddress {
    /// `/public/credentials/{id}`, `.html`.
    Credential {
        /// The award's id.
        id: String,
        /// The key of a sharing link.
        key: Option<String>,
    },
    /// `/public/achievements/{id}` and `/public/badges/{id}`, `.html`.
    Achievement(String),
    /// `/public/issuers/{id}`, `.html`.
    Issuer(String),
    /// `/embed/{id}`: the card for other sites' pages.
    Embed(String),
    /// `/public/credentials/{id}.pdf`.
    Certificate {
        /// The award's id.
        id: String,
        /// The key of a sharing link.
        key: Option<String>,
        /// The paper.
        paper: Paper,
    },
}

impl PageAddress {
    /// The page at a URL path: no query, no public URL in front. `None` for every path that has no page, whether or not the id
    /// exists.
    pub fn from_path(path: &str) -> Option<PageAddress> {
        if let Some(id) = path.strip_prefix("/embed/") {
            return named(id).map(PageAddress::Embed);
        }
        let (shelf, item) = path.strip_prefix("/public/")?.split_once('/')?;
        if let ("credentials", Some(id)) = (shelf, item.strip_suffix(".pdf")) {
            return Some(PageAddress::Certificate { id: named(id)?, key: None, paper: Paper::A4 });
        }
        let id = named(item.strip_suffix(".html").unwrap_or(item))?;
        match shelf {
            "credentials" => Some(PageAddress::Credential { id, key: None }),
            "achievements" | "badges" => Some(PageAddress::Achievement(id)),
            "issuers" => Some(PageAddress::Issuer(id)),
            _ => None,
        }
    }

    /// The same, opened with a sharing link. An achievement, an issuer and an embedded card have no such links.
    #[must_use]
    pub fn with_key(mut self, given: Option<&str>) -> PageAddress {
        if let PageAddress::Credential { key, .. } | PageAddress::Certificate { key, .. } = &mut self {
            *key = given.filter(|key| !key.is_empty()).map(str::to_owned);
        }
        self
    }

    /// The same on other paper.
    #[must_use]
    pub fn on(mut self, wanted: Paper) -> PageAddress {
        if let PageAddress::Certificate { paper, .. } = &mut self {
            *paper = wanted;
        }
        self
    }

    /// The key of the sharing link it was opened with.
    pub fn key(&self) -> Option<&str> {
        match self {
            PageAddress::Credential { key, .. } | PageAddress::Certificate { key, .. } => key.as_deref(),
            _ => None,
        }
    }
}

/// An id, as far as its form tells: lower-case UUID text.
fn named(text: &str) -> Option<String> {
    let fits = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        });
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_one_path() {
        let id = "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10".to_owned();
        let of = |path: &str| PageAddress::from_path(&path.replace("{id}", &id));
        let credential = PageAddress::Credential { id: id.clone(), key: None };
        for (path, expected) in [
            ("/public/credentials/{id}", Some(credential.clone())),
            ("/public/credentials/{id}.html", Some(credential)),
            (
                "/public/credentials/{id}.pdf",
                Some(PageAddress::Certificate { id: id.clone(), key: None, paper: Paper::A4 }),
            ),
            ("/public/achievements/{id}", Some(PageAddress::Achievement(id.clone()))),
            ("/public/badges/{id}.html", Some(PageAddress::Achievement(id.clone()))),
            ("/public/issuers/{id}", Some(PageAddress::Issuer(id.clone()))),
            ("/embed/{id}", Some(PageAddress::Embed(id.clone()))),
            ("/public/credentials/{id}.json", None),
            ("/public/assertions/{id}", None),
            ("/public/credentials/{id}/x", None),
            ("/public/credentials/../{id}", None),
            ("/embed/", None),
        ] {
            assert_eq!(of(path), expected, "{path}");
        }
    }

    #[test]
    fn a_key_opens_credentials_only() {
        let id = "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10".to_owned();
        let credential = PageAddress::Credential { id: id.clone(), key: None };
        assert_eq!(credential.clone().with_key(Some("k")).key(), Some("k"));
        assert_eq!(credential.with_key(Some("")).key(), None);
        assert_eq!(PageAddress::Issuer(id).with_key(Some("k")).key(), None);
    }
}
