//! What every class of the data model shares: its name, its members, its `type`, its extension members.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A class of the Open Badges 3.0 data model ([OB 3.0, data model](https://www.imsglobal.org/spec/ob/v3p0/#data-models)).
pub trait Class: Serialize + DeserializeOwned {
    /// The class's name in the standard.
    const NAME: &'static str;
    /// Every member the standard defines for the class, in the order in which documents are written.
    const MEMBERS: &'static [&'static str];
    /// What `type` must name: of each row at least one, the first of it where nothing was said. No rows for a class
    /// without `type`.
    const TYPES: &'static [&'static [&'static str]];

    /// The document as a JSON value.
    fn to_value(&self) -> Value {
        // The classes hold no map with keys that are not strings and no number that is not finite: nothing can fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The document as JSON text, members in declared order.
    fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the document from a JSON value.
    fn from_value(value: Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(value)
    }
}

/// The `type` of a class: always holds what the class demands, may hold more.
pub struct Types<C>(Vec<String>, PhantomData<fn() -> C>);

impl<C: Class> Types<C> {
    /// Adds the name of an extension's type; one already there is not repeated.
    #[must_use]
    pub fn and(mut self, name: &str) -> Self {
        if !self.0.iter().any(|known| known == name) {
            self.0.push(name.to_owned());
        }
        self
    }

    fn read(names: Vec<String>) -> Result<Self, String> {
        match C::TYPES.iter().find(|row| !row.iter().any(|name| names.iter().any(|given| given == name))) {
            Some(row) => Err(format!("`type` of this {} must name {}", C::NAME, row.join(" or "))),
            None => Ok(Self(names, PhantomData)),
        }
    }
}

impl<C: Class> Default for Types<C> {
    fn default() -> Self {
        let names = C::TYPES.iter().filter_map(|row| row.first()).map(|name| (*name).to_owned());
        Self(names.collect(), PhantomData)
    }
}

impl<C> Clone for Types<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<C> PartialEq for Types<C> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<C> fmt::Debug for Types<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<C> Deref for Types<C> {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<C> Serialize for Types<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, C: Class> Deserialize<'de> for Types<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(one_or_many(deserializer)?).map_err(D::Error::custom)
    }
}

/// The `type` of a class for which the standard wants the plain name and nothing else.
pub struct Only<C>(PhantomData<fn() -> C>);

impl<C> Default for Only<C> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<C> Clone for Only<C> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<C> PartialEq for Only<C> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl<C: Class> fmt::Debug for Only<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(C::NAME)
    }
}

impl<C: Class> Serialize for Only<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(C::NAME)
    }
}

impl<'de, C: Class> Deserialize<'de> for Only<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match one_or_many::<D, String>(deserializer)?.as_slice() {
            [name] if name == C::NAME => Ok(Self::default()),
            _ => Err(D::Error::custom(format!("`type` must be \"{}\"", C::NAME))),
        }
    }
}

/// Extension members of an open class: what a context beyond the standard's own defines.
///
/// Never holds a member of the class itself, a null or an empty array, so that what is written stays canonical.
pub struct Extensions<C>(Map<String, Value>, PhantomData<fn() -> C>);

/// A member that cannot stand among a class's extensions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnExtension {
    /// The class itself defines the member.
    #[error("`{0}` is a member of the class itself")]
    Member(String),
    /// JSON-LD keywords mean something else than members.
    #[error("`{0}` is a JSON-LD keyword, not an extension")]
    Keyword(String),
    /// Null and the empty array say nothing; the standard wants such members left out.
    #[error("`{0}` is null or empty; leave it out")]
    Nothing(String),
}

impl<C: Class> Extensions<C> {
    /// Sets an extension member.
    pub fn set(&mut self, name: &str, value: Value) -> Result<(), NotAnExtension> {
        if C::MEMBERS.contains(&name) {
            return Err(NotAnExtension::Member(name.to_owned()));
        }
        if name.starts_with('@') {
            return Err(NotAnExtension::Keyword(name.to_owned()));
        }
        if says_nothing(&value) {
            return Err(NotAnExtension::Nothing(name.to_owned()));
        }
        self.0.insert(name.to_owned(), value);
        Ok(())
    }
}

impl<C> Default for Extensions<C> {
    fn default() -> Self {
        Self(Map::new(), PhantomData)
    }
}

impl<C> Clone for Extensions<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<C> PartialEq for Extensions<C> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<C> fmt::Debug for Extensions<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<C> Deref for Extensions<C> {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl<C> Serialize for Extensions<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, C> Deserialize<'de> for Extensions<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = Map::deserialize(deserializer)?;
        members.retain(|_, value| !says_nothing(value));
        Ok(Self(members, PhantomData))
    }
}

fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Reads an array, or the single value that JSON-LD compaction leaves of an array of one.
pub(crate) fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let values = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(Vec::new()),
        Value::Array(values) => values,
        single => vec![single],
    };
    values.into_iter().map(|value| serde_json::from_value(value).map_err(D::Error::custom)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Uri;
    use crate::achievement::Alignment;
    use crate::profile::Profile;

    fn profile() -> Profile {
        Profile::new(Uri::parse("https://example.edu/issuers/1").unwrap(), "Example University")
    }

    #[test]
    fn a_type_of_ones_own_stands_beside_the_class_and_cannot_replace_it() {
        let mut profile = profile();
        profile.type_ = profile.type_.and("University").and("University");
        assert_eq!(profile.to_value()["type"], json!(["Profile", "University"]));
        let read = Profile::from_value(json!({"id": "urn:uuid:1", "type": ["University"]}));
        assert_eq!(read.unwrap_err().to_string(), "`type` of this Profile must name Profile");
    }

    #[test]
    fn extension_members_are_kept_and_never_double_a_member_of_the_class() {
        let mut read: Profile = Profile::from_value(
            json!({"id": "urn:uuid:1", "type": "Profile", "founded": 1833, "motto": null, "campus": []}),
        )
        .unwrap();
        assert_eq!(read.to_value(), json!({"id": "urn:uuid:1", "type": ["Profile"], "founded": 1833}));
        assert_eq!(read.extra.set("name", json!("x")), Err(NotAnExtension::Member("name".into())));
        assert_eq!(read.extra.set("@id", json!("x")), Err(NotAnExtension::Keyword("@id".into())));
        assert_eq!(read.extra.set("motto", json!([])), Err(NotAnExtension::Nothing("motto".into())));
        read.extra.set("motto", json!("Sapere aude")).unwrap();
        assert_eq!(read.to_value()["motto"], "Sapere aude");
    }

    #[test]
    fn id_and_type_come_first_and_arrays_of_one_stay_arrays() {
        let mut profile = profile();
        profile.email = Some(crate::EmailAddress::parse("registrar@example.edu").unwrap());
        assert_eq!(
            profile.to_json(),
            r#"{"id":"https://example.edu/issuers/1","type":["Profile"],"name":"Example University","email":"registrar@example.edu"}"#
        );
    }

    #[test]
    fn a_closed_class_refuses_other_members_and_an_open_one_keeps_them() {
        let image = json!({"id": "https://example.edu/1.png", "type": "Image", "alt": "x"});
        assert!(crate::image::Image::from_value(image).is_err());
        let alignment =
            json!({"type": ["Alignment"], "targetName": "x", "targetUrl": "https://e.edu/", "weight": 1});
        assert_eq!(Alignment::from_value(alignment.clone()).unwrap().to_value(), alignment);
    }
}
