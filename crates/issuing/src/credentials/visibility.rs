//! Who may see an award.

use accolade_store::credentials::Visibility as Stored;
use serde::{Deserialize, Serialize};

/// Who may see an award, and whether its page shows the recipient's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody. The page shows the recipient's name and may be found by search engines; the signed credential holds the
    /// name in plain text.
    Public,
    /// Whoever has the link. The page shows no name and asks search engines to stay away; the signed credential holds the
    /// name as a salted hash, so that whoever is told it can check it.
    #[default]
    Unlisted,
    /// Whoever has the link and the share key. Without the key no form of the award is given out.
    Private,
}

impl Visibility {
    /// Every visibility by its name on the wire.
    pub(crate) const NAMED: &[(&str, Visibility)] = &[
        ("public", Visibility::Public),
        ("unlisted", Visibility::Unlisted),
        ("private", Visibility::Private),
    ];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        Stored::from(self).as_str()
    }
}

impl From<Stored> for Visibility {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Public => Visibility::Public,
            Stored::Unlisted => Visibility::Unlisted,
            Stored::Private => Visibility::Private,
        }
    }
}

impl From<Visibility> for Stored {
    fn from(visibility: Visibility) -> Self {
        match visibility {
            Visibility::Public => Stored::Public,
            Visibility::Unlisted => Stored::Unlisted,
            Visibility::Private => Stored::Private,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visibility_has_one_name_everywhere() {
        for (name, visibility) in Visibility::NAMED {
            assert_eq!(visibility.as_str(), *name);
            assert_eq!(serde_json::to_value(visibility).unwrap(), *name);
            assert_eq!(Visibility::from(Stored::from(*visibility)), *visibility);
        }
    }
}
