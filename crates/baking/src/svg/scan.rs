//! Reading a drawing with limits: where its root starts, and which badges stand in it.

use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{local_name, namespace};
use crate::{BakeError, Baked, Version};

pub(super) const MAX_IMAGE_BYTES: usize = 8 << 20;
pub(super) const MAX_TEXT_BYTES: usize = 4 << 20;
const MAX_DEPTH: usize = 256;
const MAX_EVENTS: usize = 200_000;
const MAX_ATTRIBUTES: usize = 256;
const MAX_NAMESPACES: usize = 100;

/// What baking and unbaking need to know of a drawing.
pub(super) struct Drawing {
    pub(super) root: Root,
    pub(super) badges: Vec<Badge>,
}

/// The start tag of the root element, as byte offsets into the text.
pub(super) struct Root {
    pub(super) name: String,
    pub(super) name_end: usize,
    pub(super) start_end: usize,
    pub(super) self_closing_at: Option<usize>,
    /// The namespace `xmlns:openbadges` is declared for on the root.
    pub(super) prefix_namespace: Option<String>,
}

/// A badge and the byte range of its element.
pub(super) struct Badge {
    pub(super) span: Range<usize>,
    pub(super) baked: Baked,
}

/// Reads the whole drawing; every limit and every well-formedness error ends it.
pub(super) fn scan(text: &str) -> Result<Drawing, BakeError> {
    let mut reader = Reader::from_str(text);
    let mut scan = Scan::default();
    for _ in 0..MAX_EVENTS {
        let start = position(&reader)?;
        let event = reader.read_event().map_err(|_| BakeError::Damaged("it is not well-formed XML"))?;
        let span = start..position(&reader)?;
        match event {
            Event::Eof => return scan.finish(),
            Event::DocType(_) => {
                return Err(BakeError::Limit(
                    "it has a document type declaration, which could hide anything",
                ));
            }
            Event::Start(tag) => scan.open(&tag, span, false)?,
            Event::Empty(tag) => scan.open(&tag, span, true)?,
            Event::End(_) => scan.close(span.end)?,
            Event::Text(part) => scan.text(part.as_ref(), false)?,
            Event::CData(part) => scan.text(part.as_ref(), true)?,
            Event::GeneralRef(reference) => scan.text(resolve(&reference)?.as_str(), true)?,
            Event::Decl(declaration) => check_encoding(declaration.encoding())?,
            Event::Comment(_) | Event::PI(_) => {}
        }
    }
    Err(BakeError::Limit("it has too many parts"))
}

#[derive(Default)]
struct Scan {
    root: Option<Root>,
    depth: usize,
    /// Declared prefixes with the depth they hold from.
    namespaces: Vec<(usize, String, String)>,
    open: Option<OpenBadge>,
    badges: Vec<Badge>,
}

struct OpenBadge {
    version: Version,
    depth: usize,
    start: usize,
    verify: Option<String>,
    body: String,
    literal: bool,
}

impl Scan {
    fn open(&mut self, tag: &BytesStart<'_>, span: Range<usize>, empty: bool) -> Result<(), BakeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(BakeError::Limit("its elements are nested too deeply"));
        }
        if self.open.is_some() {
            return Err(BakeError::Damaged("the badge in it holds further elements"));
        }
        let verify = self.attributes(tag)?;
        self.refuse_undeclared(tag)?;
        if self.depth == 1 {
            self.enter_root(tag, &span, empty)?;
        }
        if let Some(version) = self.badge_version(tag) {
            self.open = Some(OpenBadge {
                version,
                depth: self.depth,
                start: span.start,
                verify,
                body: String::new(),
                literal: false,
            });
        }
        if empty { self.close(span.end) } else { Ok(()) }
    }

    /// Notes the prefixes a tag declares and gives back its `verify`.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<Option<String>, BakeError> {
        let mut verify = None;
        // The reader's own check for doubles compares all with all; the limit comes first, so it is left off.
        for (count, attribute) in tag.attributes().with_checks(false).enumerate() {
            if count >= MAX_ATTRIBUTES {
                return Err(BakeError::Limit("an element has too many attributes"));
            }
            let attribute = attribute.map_err(|_| BakeError::Damaged("it is not well-formed XML"))?;
            let key = attribute.key.as_ref();
            if key != "verify" && key != "xmlns" && !key.starts_with("xmlns:") {
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|_| BakeError::Damaged("an attribute cannot be read"))?
                .into_owned();
            if key == "verify" {
                if verify.replace(value).is_some() {
                    return Err(BakeError::Ambiguous);
                }
                continue;
            }
            if self.namespaces.len() >= MAX_NAMESPACES {
                return Err(BakeError::Limit("it declares too many namespaces"));
            }
            let prefix = key.strip_prefix("xmlns:").unwrap_or_default();
            let on_this_tag =
                |(depth, known, _): &(usize, String, String)| *depth == self.depth && known == prefix;
            if key == "xmlns:" || self.namespaces.iter().any(on_this_tag) {
                return Err(BakeError::Damaged("a tag declares a namespace twice, or without a name"));
            }
            self.namespaces.push((self.depth, prefix.to_owned(), value));
        }
        Ok(verify)
    }

    /// Baking declares the prefix, which must not turn what has no meaning into a badge.
    fn refuse_undeclared(&self, tag: &BytesStart<'_>) -> Result<(), BakeError> {
        if tag.name().as_ref().starts_with("openbadges:") && self.namespace_of("openbadges").is_none() {
            return Err(BakeError::Damaged("it uses the prefix of a badge without declaring it"));
        }
        Ok(())
    }

    fn enter_root(
        &mut self,
        tag: &BytesStart<'_>,
        span: &Range<usize>,
        empty: bool,
    ) -> Result<(), BakeError> {
        if self.root.is_some() || tag.local_name().as_ref() != "svg" {
            return Err(BakeError::UnknownImage);
        }
        let name = tag.name().as_ref().to_owned();
        self.root = Some(Root {
            name_end: span.start + 1 + name.len(),
            start_end: span.end,
            self_closing_at: if empty { span.end.checked_sub(2) } else { None },
            prefix_namespace: self.namespace_of("openbadges").map(str::to_owned),
            name,
        });
        Ok(())
    }

    fn namespace_of(&self, prefix: &str) -> Option<&str> {
        self.namespaces.iter().rev().find(|(_, known, _)| known == prefix).map(|(_, _, name)| name.as_str())
    }

    fn badge_version(&self, tag: &BytesStart<'_>) -> Option<Version> {
        let local = tag.local_name();
        let version = [Version::V2, Version::V3].into_iter().find(|v| local_name(*v) == local.as_ref())?;
        let name = tag.name();
        let prefix = name.as_ref().strip_suffix(local.as_ref())?.trim_end_matches(':');
        (self.namespace_of(prefix)? == namespace(version)).then_some(version)
    }

    fn text(&mut self, part: &str, literal: bool) -> Result<(), BakeError> {
        if self.depth == 0 && !part.trim().is_empty() {
            return Err(BakeError::Damaged("text stands outside of its root element"));
        }
        let Some(badge) = &mut self.open else { return Ok(()) };
        if !literal && part.trim().is_empty() {
            return Ok(());
        }
        if badge.body.len() + part.len() > MAX_TEXT_BYTES {
            return Err(BakeError::Limit("the badge in it is longer than 4 MiB"));
        }
        badge.literal |= literal;
        badge.body.push_str(part);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), BakeError> {
        if self.open.as_ref().is_some_and(|badge| badge.depth == self.depth)
            && let Some(badge) = self.open.take()
        {
            self.badges.push(badge.finish(end)?);
        }
        while self.namespaces.last().is_some_and(|(depth, _, _)| *depth >= self.depth) {
            self.namespaces.pop();
        }
        self.depth = self.depth.checked_sub(1).ok_or(BakeError::Damaged("it is not well-formed XML"))?;
        Ok(())
    }

    fn finish(self) -> Result<Drawing, BakeError> {
        if self.depth != 0 {
            return Err(BakeError::Damaged("its end is missing"));
        }
        Ok(Drawing { root: self.root.ok_or(BakeError::UnknownImage)?, badges: self.badges })
    }
}

impl OpenBadge {
    fn finish(self, end: usize) -> Result<Badge, BakeError> {
        let body = if self.literal { self.body } else { self.body.trim().to_owned() };
        // A hosted 2.0 badge has both: the address in `verify` and the Assertion in the body.
        let text = if body.trim().is_empty() { self.verify.unwrap_or_default() } else { body };
        if text.is_empty() {
            return Err(BakeError::Damaged("the place for the badge in it is empty"));
        }
        Ok(Badge { span: self.start..end, baked: Baked { version: self.version, text } })
    }
}

fn position(reader: &Reader<&[u8]>) -> Result<usize, BakeError> {
    usize::try_from(reader.buffer_position()).map_err(|_| BakeError::Limit("it is too large"))
}

/// Only the references every XML reader knows without a document type.
fn resolve(reference: &BytesRef<'_>) -> Result<String, BakeError> {
    const UNKNOWN: BakeError = BakeError::Limit("it refers to an entity, which could hide anything");
    if let Some(character) = reference.resolve_char_ref().map_err(|_| UNKNOWN)? {
        return Ok(character.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned).ok_or(UNKNOWN)
}

fn check_encoding<E>(encoding: Option<Result<std::borrow::Cow<'_, str>, E>>) -> Result<(), BakeError> {
    match encoding {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii") => {
            Ok(())
        }
        Some(_) => Err(BakeError::Damaged("it is not UTF-8 text")),
    }
}
