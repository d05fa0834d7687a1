//! SVG: a badge is one element directly after the root's start.
//!
//! The drawing is not rewritten: the text is spliced into it, so every other byte stays. See
//! [OB 3.0, baked badges](https://www.imsglobal.org/spec/ob/v3p0/#svg) and
//! [the baking specification of 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html).

mod scan;

use quick_xml::escape::escape;

use crate::{BakeError, Baked, Version};

/// Bakes a badge into an SVG: JSON goes into a CDATA section, a compact JWS or a URL into the attribute `verify`. A badge
/// of the same version that was there before is replaced. What is given back can be read again by [`unbake`]: a drawing that
/// would grow past a limit, or that holds two badges of the other version, is refused.
pub fn bake(image: &[u8], version: Version, text: &str) -> Result<Vec<u8>, BakeError> {
    if text.trim().is_empty() || !text.chars().all(is_xml_character) {
        return Err(BakeError::Text("it must not be empty or hold control characters"));
    }
    if text.len() > scan::MAX_TEXT_BYTES {
        return Err(BakeError::Text("it is longer than 4 MiB"));
    }
    let (before, image) = text_of(image)?;
    let drawing = scan::scan(image)?;
    let declared = drawing.root.prefix_namespace.as_deref();
    let namespace = format!(" xmlns:openbadges=\"{}\"", namespace(version));
    // Both versions use the same prefix; where the root has it for the other one, the element declares its own.
    let (on_root, on_element) = match declared {
        Some(there) if there == self::namespace(version) => ("", ""),
        Some(_) => ("", namespace.as_str()),
        None => (namespace.as_str(), ""),
    };
    let element = element(version, on_element, text);
    let mut edits = vec![(drawing.root.name_end..drawing.root.name_end, on_root.to_owned())];
    if let Some(slash) = drawing.root.self_closing_at {
        edits.push((slash..drawing.root.start_end, format!(">{element}</{}>", drawing.root.name)));
    } else {
        edits.push((drawing.root.start_end..drawing.root.start_end, element));
    }
    let replaced = drawing.badges.into_iter().filter(|badge| badge.baked.version == version);
    edits.extend(replaced.map(|badge| (badge.span, String::new())));
    let baked = splice(before, image, edits)?.into_bytes();
    unbake(&baked)?;
    Ok(baked)
}

/// Takes the badges out of an SVG: at most one of each version; two of one version are [`BakeError::Ambiguous`].
pub fn unbake(image: &[u8]) -> Result<Vec<Baked>, BakeError> {
    let mut found: Vec<Baked> = Vec::new();
    for badge in scan::scan(text_of(image)?.1)?.badges {
        if found.iter().any(|other| other.version == badge.baked.version) {
            return Err(BakeError::Ambiguous);
        }
        found.push(badge.baked);
    }
    Ok(found)
}

/// Whether these bytes may be an SVG: text that starts with `<`.
pub(crate) fn looks_like_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

const fn namespace(version: Version) -> &'static str {
    match version {
        Version::V2 => "http://openbadges.org",
        Version::V3 => "https://purl.imsglobal.org/ob/v3p0",
    }
}

const fn local_name(version: Version) -> &'static str {
    match version {
        Version::V2 => "assertion",
        Version::V3 => "credential",
    }
}

fn element(version: Version, declaration: &str, text: &str) -> String {
    let name = local_name(version);
    if text.trim_start().starts_with('{') {
        // `]]>` would end the section early, so it is split over two.
        let safe = text.replace("]]>", "]]]]><![CDATA[>");
        return format!("<openbadges:{name}{declaration}><![CDATA[{safe}]]></openbadges:{name}>");
    }
    // White space in an attribute would be folded into blanks by a reader, unless it is written as a reference.
    let safe = escape(text).replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;");
    format!("<openbadges:{name}{declaration} verify=\"{safe}\"/>")
}

/// The byte order mark, if there is one, and the text after it.
fn text_of(image: &[u8]) -> Result<(&str, &str), BakeError> {
    if image.len() > scan::MAX_IMAGE_BYTES {
        return Err(BakeError::Limit("it is larger than 8 MiB"));
    }
    let text = std::str::from_utf8(image).map_err(|_| BakeError::Damaged("it is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{FEFF}').map_or(("", text), |rest| ("\u{FEFF}", rest)))
}

/// Characters XML 1.0 can hold at all.
fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn splice(
    before: &str,
    text: &str,
    mut edits: Vec<(std::ops::Range<usize>, String)>,
) -> Result<String, BakeError> {
    const OUT_OF_STEP: BakeError = BakeError::Damaged("its elements overlap");
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + 1_024);
    out.push_str(before);
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(text.get(at..range.start).ok_or(OUT_OF_STEP)?);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).ok_or(OUT_OF_STEP)?);
    Ok(out)
}
