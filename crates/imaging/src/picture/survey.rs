//! Looking over a drawing's text before anything of it is built: what would be dear to read is refused, and what will be left
//! out is noted.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::PictureError;
use crate::fonts;

const MAX_DEPTH: usize = 128;
const MAX_ELEMENTS: usize = 20_000;
const MAX_ATTRIBUTES: usize = 200;
const MAX_STYLE_BYTES: usize = 64 << 10;
const MAX_STYLE_RULES: usize = 400;
/// Rules times elements: each rule is tried on each element.
const MAX_STYLING: usize = 1_000_000;
const MAX_LETTERS: usize = 2_000;
const MAX_EMBEDDED: usize = 8;
/// Drawings bind one or two.
const MAX_PREFIXES: usize = 8;
/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// In words, each kind once.
    pub(super) kinds: Vec<&'static str>,
    /// Characters without glyph.
    pub(super) characters: Vec<char>,
}

impl Removed {
    fn add(&mut self, kind: &'static str) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }
}

/// Whether a number in the text is ten millions or more, or has an exponent that makes it so: there, single precision ends, and
/// rasterisers with it; on an arc of 10³⁹, usvg never ends. Path data writes numbers against letters, so every digit counts but
/// those of colours and references, which begin with `#`.
fn has_vast_number(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    let (mut whole, mut within_name) = (0_u32, false);
    while let Some(letter) = letters.next() {
        within_name = letter == '#' || within_name && letter.is_ascii_alphanumeric();
        match letter {
            _ if within_name => whole = 0,
            '0'..='9' => whole += 1,
            // Digits after a point are many in many drawings.
            '.' => {
                while letters.next_if(char::is_ascii_digit).is_some() {}
                whole = 1;
            }
            'e' | 'E' if whole > 0 => {
                let small = letters.next_if_eq(&'-').is_some();
                letters.next_if_eq(&'+');
                let mut power = 0_u32;
                while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                    power = power.saturating_mul(10).saturating_add(digit.to_digit(10).unwrap_or(0));
                }
                if !small && power > 6 {
                    return true;
                }
                whole = 0;
            }
            _ => whole = 0,
        }
        if whole > 7 {
            return true;
        }
    }
    false
}

/// Counts while counting is cheap.
#[derive(Default)]
struct Survey {
    removed: Removed,
    depth: usize,
    elements: usize,
    styles: usize,
    rules: usize,
    letters: usize,
    embedded: usize,
    /// Prefixes under which attributes are SVG's own.
    prefixes: Vec<String>,
    /// Depth of the `style` or `text` element that is open.
    within: Option<(Within, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Style,
    Text,
}

/// Refuses what would be dear to read, and notes what will be left out.
pub(super) fn survey(text: &str) -> Result<Removed, PictureError> {
    const BROKEN: PictureError = PictureError::Damaged("it is not well-formed XML");
    let mut reader = Reader::from_str(text);
    let mut survey = Survey::default();
    loop {
        match reader.read_event().map_err(|_| BROKEN)? {
            Event::Start(tag) => {
                survey.element(&tag)?;
                survey.enter(&tag)?;
            }
            Event::Empty(tag) => survey.element(&tag)?,
            Event::End(_) => survey.leave(),
            Event::Text(inner) => survey.text(&inner)?,
            Event::CData(inner) => survey.text(&inner)?,
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(PictureError::Unsupported(
                    "its document type defines entities: save it without them",
                ));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(survey.removed)
}

impl Survey {
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS || self.elements * self.rules > MAX_STYLING {
            return Err(PictureError::Limit("it has too many elements, or too many style rules for them"));
        }
        match tag.local_name().as_ref() {
            "script" => self.removed.add("scripts"),
            // usvg never ends on some paths, and panics on others.
            "textPath" => {
                return Err(PictureError::Unsupported("its text runs along a path: turn text into outlines"));
            }
            "foreignObject" => self.removed.add("foreign objects"),
            "animate" | "animateMotion" | "animateTransform" | "animateColor" | "set" => {
                self.removed.add("animation")
            }
            "a" => self.removed.add("links"),
            "image" | "feImage" => self.embedded += 1,
            "iframe" | "video" | "audio" | "object" | "embed" => self.removed.add("media"),
            _ => {}
        }
        if self.embedded > MAX_EMBEDDED {
            return Err(PictureError::Limit("more than eight pictures are embedded in it"));
        }
        self.declarations(tag)?;
        // Unchecked: looking for doubles is what makes a tag of 80,000 attributes dear.
        for (place, attribute) in tag.attributes().with_checks(false).enumerate() {
            if place >= MAX_ATTRIBUTES {
                return Err(PictureError::Limit("an element has more than 200 attributes"));
            }
            let Ok(attribute) = attribute else { continue };
            let is_drawn = self.is_drawn(attribute.key);
            self.attribute(attribute.key.local_name().as_ref(), &attribute.value, is_drawn)?;
        }
        Ok(())
    }

    /// Notes the prefixes that mean SVG. One whose meaning is written with an entity might.
    fn declarations(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        for attribute in tag.attributes().with_checks(false).take(MAX_ATTRIBUTES).flatten() {
            let bound = attribute.value.trim() == SVG || attribute.value.contains('&');
            if let (Some(prefix), true) = (attribute.key.as_ref().strip_prefix("xmlns:"), bound)
                && !self.prefixes.iter().any(|known| known == prefix)
            {
                self.prefixes.push(prefix.to_owned());
            }
        }
        if self.prefixes.len() > MAX_PREFIXES {
            return Err(PictureError::Limit("it has more than eight prefixes for SVG"));
        }
        Ok(())
    }

    /// Whether an attribute tells how something is drawn. Editors write names of files and versions into attributes of their
    /// own, whose digits are no numbers: no rasteriser looks at them.
    fn is_drawn(&self, key: QName<'_>) -> bool {
        match key.prefix() {
            Some(prefix) => self.prefixes.iter().any(|known| known == prefix.as_ref()),
            None => {
                let name = key.as_ref();
                let is_said = matches!(name, "href" | "id" | "class" | "role" | "title" | "lang" | "version");
                !(is_said || ["on", "data-", "aria-"].iter().any(|start| name.starts_with(start)))
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str, is_drawn: bool) -> Result<(), PictureError> {
        if name.len() > 2 && name.starts_with("on") {
            self.removed.add("event handlers");
        }
        let value = value.trim_start();
        if name == "href" && !value.starts_with('#') && !value.starts_with("data:image/png") {
            self.removed.add("addresses of other files");
        }
        if is_drawn && has_vast_number(value) {
            return Err(PictureError::Limit("it has numbers beyond ten millions"));
        }
        Ok(())
    }

    fn enter(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(PictureError::Limit("its elements stand more than 128 deep in each other"));
        }
        if self.within.is_none() {
            self.within = match tag.local_name().as_ref() {
                "style" => Some((Within::Style, self.depth)),
                "text" => Some((Within::Text, self.depth)),
                _ => None,
            };
        }
        Ok(())
    }

    fn leave(&mut self) {
        if self.within.is_some_and(|(_, depth)| depth == self.depth) {
            self.within = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) -> Result<(), PictureError> {
        match self.within {
            Some((Within::Style, _)) => self.style(text),
            Some((Within::Text, _)) => self.lettering(text),
            None => Ok(()),
        }
    }

    fn style(&mut self, sheet: &str) -> Result<(), PictureError> {
        self.styles += sheet.len();
        self.rules += sheet.matches('{').count() + sheet.matches(',').count();
        if self.styles > MAX_STYLE_BYTES || self.rules > MAX_STYLE_RULES {
            return Err(PictureError::Limit("its style sheet has more than 400 rules or 64 KiB"));
        }
        if has_vast_number(sheet) {
            return Err(PictureError::Limit("it has numbers beyond ten millions"));
        }
        if sheet.contains("@import") || sheet.contains("@font-face") {
            self.removed.add("addresses of other files");
        }
        Ok(())
    }

    fn lettering(&mut self, text: &str) -> Result<(), PictureError> {
        self.letters += text.len();
        if self.letters > MAX_LETTERS {
            return Err(PictureError::Limit("it has more than 2,000 letters of text"));
        }
        for missing in fonts::missing(text) {
            if !self.removed.characters.contains(&missing) {
                self.removed.characters.push(missing);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vast_numbers_are_seen_wherever_they_stand() {
        for vast in
            ["1e39hNaN", "M0 0L-1e9,3", "10000000", "1.5E+7", "translate(1e7)", ".1e12", "0 0 99999999 1"]
        {
            assert!(has_vast_number(vast), "{vast}");
        }
        for small in [
            "1e6",
            "1e-39",
            "9999999.123456789012",
            "#1e9999",
            "url(#a12345678901)",
            "0.00000000001",
            "#fff 1e5",
            "",
        ] {
            assert!(!has_vast_number(small), "{small}");
        }
    }

    const HEAD: &str = r#"xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
        xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
        inkscape:version="1.3.2 (091e20e, 2023-11-25)" inkscape:docname="badge-20231125.svg" data-name="99999999""#;

    #[test]
    fn what_editors_note_about_themselves_is_no_number() {
        assert!(survey(&format!("<svg {HEAD}><path d='M0 0h9'/></svg>")).is_ok());
    }

    #[test]
    fn no_prefix_hides_a_vast_number() {
        for drawn in [
            "<path d='M0 0h1e39'/>",
            "<path svg:d='M0 0h1e39'/>",
            "<path style='stroke-width:1e39'/>",
            "<path xmlns:o='http://www.w3.org/2000/sv&#103;' o:d='M0 0h1e39'/>",
            "<g xmlns:inkscape='http://www.w3.org/2000/svg'><path inkscape:d='M0 0h1e39'/></g>",
        ] {
            assert!(survey(&format!("<svg {HEAD}>{drawn}</svg>")).is_err(), "{drawn}");
        }
    }
}
