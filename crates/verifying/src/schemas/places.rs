//! Where the parts of a schema are: its resources, anchors and pointers.

use std::collections::HashMap;
use std::ptr;

use serde_json::Value;
use url::Url;

use super::{Draft, Unusable};

/// The name of a schema that has none of its own; relative references need something to be relative to.
const NAMELESS: &str = "https://schema.invalid/";
/// The most resources in one document, and the longest name of one in bytes.
const MOST_RESOURCES: usize = 64;
const LONGEST_NAME: usize = 2_048;

/// A part of the schema document that has an address of its own, as an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Resource(usize);

/// The resources and anchors of one schema document.
pub(super) struct Places<'s> {
    draft: Draft,
    resources: Vec<(Url, &'s Value)>,
    /// The subschemas that begin a resource, by where they are in memory: names are resolved once.
    beginnings: HashMap<*const Value, Resource>,
    anchors: HashMap<(Resource, &'s str), &'s Value>,
}

impl<'s> Places<'s> {
    pub(super) const ROOT: Resource = Resource(0);

    pub(super) fn new(schema: &'s Value, draft: Draft) -> Result<Self, Unusable> {
        let nameless = Url::parse(NAMELESS).map_err(|_| Unusable::Broken)?;
        let own = id(schema, draft).and_then(|id| nameless.join(id).ok()).map(without_fragment);
        let resources = vec![(own.unwrap_or(nameless), schema)];
        let beginnings = HashMap::from([(ptr::from_ref(schema), Self::ROOT)]);
        let mut places = Self { draft, resources, beginnings, anchors: HashMap::new() };
        places.walk(schema, Self::ROOT);
        if places.resources.len() > MOST_RESOURCES { Err(Unusable::TooLarge) } else { Ok(places) }
    }

    /// Whether the document is one resource: then what is dynamic about a reference makes no difference.
    pub(super) fn is_one(&self) -> bool {
        self.resources.len() == 1
    }

    /// The resource a subschema belongs to: its own where it has an id, else the one around it.
    pub(super) fn resource_of(&self, schema: &Value, around: Resource) -> Resource {
        self.beginnings.get(&ptr::from_ref(schema)).copied().unwrap_or(around)
    }

    /// What a reference leads to, within the document only.
    pub(super) fn resolve(
        &self,
        reference: &str,
        around: Resource,
    ) -> Result<(&'s Value, Resource), Unusable> {
        if reference.len() > LONGEST_NAME {
            return Err(Unusable::Broken);
        }
        let (place, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if place.is_empty() {
            around
        } else {
            let address = self.address(place, around).ok_or(Unusable::Broken)?;
            self.find(&address).ok_or(Unusable::Elsewhere)?
        };
        let fragment = decoded(fragment).ok_or(Unusable::Broken)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            return self.follow(&fragment, resource).ok_or(Unusable::Elsewhere);
        }
        let anchored = self.anchors.get(&(resource, fragment.as_str())).ok_or(Unusable::Elsewhere)?;
        Ok((anchored, resource))
    }

    fn follow(&self, pointer: &str, start: Resource) -> Option<(&'s Value, Resource)> {
        let (mut resource, mut found) = (start, self.resources.get(start.0)?.1);
        for segment in pointer.split('/').skip(1) {
            let name = segment.replace("~1", "/").replace("~0", "~");
            found = match found {
                Value::Array(entries) => entries.get(name.parse::<usize>().ok()?)?,
                Value::Object(members) => members.get(&name)?,
                _ => return None,
            };
            resource = self.resource_of(found, resource);
        }
        Some((found, resource))
    }

    fn walk(&mut self, value: &'s Value, around: Resource) {
        match value {
            Value::Array(entries) => entries.iter().for_each(|entry| self.walk(entry, around)),
            Value::Object(members) => {
                let resource = self.note(value, around);
                for (name, member) in members {
                    // What stands there is data, whatever it looks like.
                    if !matches!(name.as_str(), "enum" | "const" | "default" | "examples") {
                        self.walk(member, resource);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes the names a subschema gives itself.
    fn note(&mut self, schema: &'s Value, around: Resource) -> Resource {
        let mut resource = around;
        if self.resources.len() <= MOST_RESOURCES
            && let Some(address) = id(schema, self.draft).and_then(|id| self.address(id, around))
        {
            resource = self.find(&address).unwrap_or_else(|| {
                self.resources.push((address, schema));
                Resource(self.resources.len() - 1)
            });
            self.beginnings.insert(ptr::from_ref(schema), resource);
        }
        let word = if self.draft == Draft::Draft4 { "id" } else { "$id" };
        let plain = |name: &str| schema.get(name).and_then(Value::as_str);
        let old = plain(word).and_then(|id| id.strip_prefix('#')).filter(|_| self.draft <= Draft::Draft7);
        let new = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(plain);
        let new = new.filter(|_| self.draft >= Draft::Draft201909);
        for name in old.into_iter().chain(new) {
            self.anchors.entry((resource, name)).or_insert(schema);
        }
        resource
    }

    fn address(&self, reference: &str, around: Resource) -> Option<Url> {
        Some(without_fragment(self.resources.get(around.0)?.0.join(reference).ok()?))
    }

    fn find(&self, address: &Url) -> Option<Resource> {
        self.resources.iter().position(|(known, _)| known == address).map(Resource)
    }
}

/// The id of a subschema that makes it a resource: not a mere anchor, and not beside a `$ref` that hides it.
fn id(schema: &Value, draft: Draft) -> Option<&str> {
    if draft <= Draft::Draft7 && schema.get("$ref").is_some() {
        return None;
    }
    let word = if draft == Draft::Draft4 { "id" } else { "$id" };
    schema.get(word)?.as_str().filter(|id| !id.starts_with('#') && id.len() <= LONGEST_NAME)
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
