//! The `@context` of credentials.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

/// First in every credential ([VCDM 2.0, contexts](https://www.w3.org/TR/vc-data-model-2.0/#contexts)).
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";
/// Second in every Open Badges 3.0 credential
/// ([OB 3.0, AchievementCredential](https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential)).
pub const OPEN_BADGES_V3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// Defines the `1EdTech…` types of schemas, status lists and refresh services.
pub const OPEN_BADGES_EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
/// The two that every Open Badges 3.0 credential starts with.
pub const OB_CONTEXTS: [&str; 2] = [CREDENTIALS_V2, OPEN_BADGES_V3];

/// The `@context` of a credential: the two of [`OB_CONTEXTS`] in their order, then any others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Contexts(Vec<Value>);

impl Default for Contexts {
    fn default() -> Self {
        Self(OB_CONTEXTS.map(Value::from).to_vec())
    }
}

impl Contexts {
    /// Adds a context by URL; one already there is not repeated.
    pub fn add(&mut self, url: &str) {
        if !self.holds(url) {
            self.0.push(Value::from(url));
        }
    }

    /// Adds a context written out in the document itself.
    pub fn add_inline(&mut self, definitions: Map<String, Value>) {
        self.0.push(Value::Object(definitions));
    }

    /// Whether the context of that URL is listed.
    pub fn holds(&self, url: &str) -> bool {
        self.0.iter().any(|known| known == url)
    }

    /// Every context in order: texts are URLs, objects are definitions.
    pub fn as_slice(&self) -> &[Value] {
        &self.0
    }

    /// Adds [`OPEN_BADGES_EXTENSIONS`] where a type is one that only that context defines.
    pub(crate) fn cover(&mut self, type_name: &str) {
        if is_1edtech_extension(type_name) {
            self.add(OPEN_BADGES_EXTENSIONS);
        }
    }
}

impl<'de> Deserialize<'de> for Contexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let contexts = Vec::<Value>::deserialize(deserializer)?;
        let starts_rightly = match contexts.as_slice() {
            [Value::String(first), Value::String(second), rest @ ..] => {
                first == CREDENTIALS_V2
                    && is_open_badges_v3(second)
                    && rest.iter().all(|other| other.is_string() || other.is_object())
            }
            _ => false,
        };
        if starts_rightly {
            Ok(Self(contexts))
        } else {
            Err(D::Error::custom(format!("`@context` must start with {CREDENTIALS_V2} and {OPEN_BADGES_V3}")))
        }
    }
}

/// Whether a type is one of those that only [`OPEN_BADGES_EXTENSIONS`] defines.
pub(crate) fn is_1edtech_extension(type_name: &str) -> bool {
    type_name.starts_with("1EdTech")
}

/// Whether a URL is one of the Open Badges 3.0 context, in any of its published versions.
pub(crate) fn is_open_badges_v3(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://purl.imsglobal.org/spec/ob/v3p0/context") else {
        return false;
    };
    let Some(mut versions) = rest.strip_suffix(".json") else { return false };
    // The standard's own pattern: `-3.<digit>.<digit>`, as often as one likes.
    while let Some(after) = versions.strip_prefix("-3.") {
        match after.as_bytes() {
            [minor, b'.', patch, ..] if minor.is_ascii_digit() && patch.is_ascii_digit() => {
                versions = after.split_at_checked(3).map_or("", |(_, rest)| rest);
            }
            _ => return false,
        }
    }
    versions.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_badges_context_is_known_in_all_its_versions() {
        for version in ["", "-3.0.1", "-3.0.2", "-3.0.3"] {
            assert!(is_open_badges_v3(&format!(
                "https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json"
            )));
        }
        for url in [
            "http://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.33.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json#",
            "https://purl.imsglobal.org/spec/ob/v3p0/context",
        ] {
            assert!(!is_open_badges_v3(url), "{url}");
        }
    }
}
