//! Reading the description of a design; everything that is wrong with it is told at once.

use serde_json::{Map, Value};

use super::level::{self, Level};
use super::palette::{NAMED, Palette};
use super::ribbon::{self, Misfit};
use super::ring::Ring;
use super::shape::Shape;
use super::texture::Texture;
use super::{Design, DesignFault, Emblem, icons};
use crate::Color;
use crate::fonts;

const MEMBERS: [&str; 8] = ["shape", "ring", "texture", "icon", "monogram", "ribbon", "palette", "level"];

/// Faults so far.
#[derive(Default)]
struct Faults(Vec<DesignFault>);

impl Faults {
    fn add(&mut self, pointer: &str, rule: &'static str, detail: impl Into<String>) {
        self.0.push(DesignFault { pointer: pointer.to_owned(), rule, detail: detail.into() });
    }

    /// Names members nobody knows.
    fn unknown(&mut self, at: &str, object: &Map<String, Value>, known: &[&'static str]) {
        for member in object.keys().filter(|member| !known.contains(&member.as_str())) {
            let pointer = format!("{at}/{}", member.replace('~', "~0").replace('/', "~1"));
            self.add(
                &pointer,
                "unknown-member",
                format!("there is no member of this name{}", hint(member, known)),
            );
        }
    }
}

pub(super) fn design(value: &Value) -> Result<Design, Vec<DesignFault>> {
    let mut faults = Faults::default();
    let Some(object) = value.as_object() else {
        faults.add("", "type", "a design is a JSON object");
        return Err(faults.0);
    };
    faults.unknown("", object, &MEMBERS);
    let mut design = Design::default();
    if let Some(shape) = word(object, "shape", &Shape::ALL, Shape::name, &mut faults) {
        design.shape = shape;
    }
    if let Some(ring) = word(object, "ring", &Ring::ALL, Ring::name, &mut faults) {
        design.ring = ring;
    }
    if let Some(texture) = word(object, "texture", &Texture::ALL, Texture::name, &mut faults) {
        design.texture = texture;
    }
    if let Some(emblem) = emblem(object, &mut faults) {
        design.emblem = emblem;
    }
    if let Some(palette) = object.get("palette").and_then(|value| palette(value, &mut faults)) {
        design.palette = palette;
    }
    design.ribbon = object.get("ribbon").and_then(|value| ribbon_text(value, &mut faults));
    design.level = object.get("level").and_then(|value| level_of(value, &mut faults));
    if faults.0.is_empty() { Ok(design) } else { Err(faults.0) }
}

/// One of a set of words.
fn word<T: Copy>(
    object: &Map<String, Value>,
    member: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    faults: &mut Faults,
) -> Option<T> {
    let wanted = text(object.get(member)?, member, faults)?;
    let found = all.iter().copied().find(|one| name(*one) == wanted);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        unknown_word(member, wanted, &names, faults);
    }
    found
}

fn text<'a>(value: &'a Value, member: &str, faults: &mut Faults) -> Option<&'a str> {
    let text = value.as_str();
    if text.is_none() {
        faults.add(&format!("/{member}"), "type", format!("{member} is a string"));
    }
    text
}

fn unknown_word(member: &str, word: &str, known: &[&'static str], faults: &mut Faults) {
    let detail =
        format!("there is no {member} of this name{}; there are {}", hint(word, known), known.join(", "));
    faults.add(&format!("/{member}"), "unknown-word", detail);
}

/// “: did you mean …?” where something is near.
fn hint(word: &str, known: &[&'static str]) -> String {
    // What is much longer than any word is none of them misspelt.
    if word.len() > 40 {
        return String::new();
    }
    let near = known.iter().map(|known| (strsim::jaro_winkler(word, known), known));
    let best = near.filter(|(likeness, _)| *likeness > 0.75).max_by(|one, two| one.0.total_cmp(&two.0));
    best.map(|(_, known)| format!("; did you mean “{known}”?")).unwrap_or_default()
}

fn emblem(object: &Map<String, Value>, faults: &mut Faults) -> Option<Emblem> {
    if object.contains_key("icon") && object.contains_key("monogram") {
        faults.add("/monogram", "conflict", "icon and monogram stand in the same place: give one of them");
        return None;
    }
    if let Some(value) = object.get("monogram") {
        return monogram(text(value, "monogram", faults)?, faults);
    }
    let wanted = text(object.get("icon")?, "icon", faults)?;
    let Some(icon) = icons::named(wanted) else {
        let names: Vec<&str> = icons::all().map(|icon| icon.0).collect();
        unknown_word("icon", wanted, &names, faults);
        return None;
    };
    Some(Emblem::Icon(icon.0))
}

fn monogram(letters: &str, faults: &mut Faults) -> Option<Emblem> {
    let letters = letters.trim();
    if !(1..=3).contains(&letters.chars().count()) || letters.chars().any(char::is_control) {
        faults.add("/monogram", "length", "a monogram has one to three characters");
        return None;
    }
    let missing = fonts::missing(letters);
    if !missing.is_empty() {
        faults.add("/monogram", "glyphs", no_glyphs(&missing));
        return None;
    }
    Some(Emblem::Monogram(letters.to_owned()))
}

fn no_glyphs(missing: &[char]) -> String {
    let listed: Vec<String> = missing.iter().take(8).map(|one| format!("“{one}”")).collect();
    format!("no font of this server has {}; fonts can be added to it", listed.join(", "))
}

fn ribbon_text(value: &Value, faults: &mut Faults) -> Option<String> {
    if value.is_null() {
        return None;
    }
    let words = text(value, "ribbon", faults)?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match ribbon::fitted(&words) {
        Ok(_) => return Some(words),
        Err(Misfit::Empty) => faults.add("/ribbon", "length", "a ribbon without text is left out"),
        Err(Misfit::Glyphs(missing)) => faults.add("/ribbon", "glyphs", no_glyphs(&missing)),
        Err(Misfit::Long(fits)) => faults.add(
            "/ribbon",
            "fit",
            format!(
                "the text is too long: it would have to be smaller than can be read at 90 pixels; about {fits} of its \
                 characters fit"
            ),
        ),
    }
    None
}

fn palette(value: &Value, faults: &mut Faults) -> Option<Palette> {
    if let Some(name) = value.as_str() {
        let found = NAMED.iter().find(|named| named.0 == name).map(|named| named.1);
        if found.is_none() {
            let names: Vec<&str> = NAMED.iter().map(|named| named.0).collect();
            unknown_word("palette", name, &names, faults);
        }
        return found;
    }
    let Some(object) = value.as_object() else {
        faults.add("/palette", "type", "palette is the name of one, or an object with base and accent");
        return None;
    };
    faults.unknown("/palette", object, &["base", "accent"]);
    let mut color = |member: &str| {
        let parsed = object.get(member).and_then(Value::as_str).and_then(|text| text.parse::<Color>().ok());
        if parsed.is_none() {
            faults.add(&format!("/palette/{member}"), "type", "a colour is written #rrggbb");
        }
        parsed
    };
    let (base, accent) = (color("base"), color("accent"));
    let palette = Palette { base: base?, accent: accent? };
    if let Some(detail) = palette.fault() {
        faults.add("/palette", "contrast", detail);
        return None;
    }
    Some(palette)
}

fn level_of(value: &Value, faults: &mut Faults) -> Option<Level> {
    let Some(object) = value.as_object() else {
        faults.add("/level", "type", "level is an object with reached and of");
        return None;
    };
    faults.unknown("/level", object, &["reached", "of"]);
    let mut number = |member: &str, least: u8, most: u8| {
        let number = object.get(member).and_then(Value::as_u64).and_then(|number| u8::try_from(number).ok());
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let detail = format!("{member} is a whole number from {least} to {most}");
            faults.add(&format!("/level/{member}"), "range", detail);
        }
        number
    };
    let of = number("of", 1, level::MOST)?;
    let reached = number("reached", 0, of)?;
    Some(Level { reached, of })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rules(value: Value) -> Vec<(String, &'static str)> {
        let faults = design(&value).map_or_else(|faults| faults, |_| Vec::new());
        faults.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
    }

    #[test]
    fn an_empty_description_is_a_design() {
        assert_eq!(design(&json!({})), Ok(Design::default()));
    }

    #[test]
    fn a_design_reads_what_it_writes() {
        for name in ["Data Analysis", "Deutsch B2", "Ein sehr langer Name für eine Auszeichnung", "مهارات"]
        {
            let drawn = Design::of_name(name);
            assert_eq!(design(&drawn.to_value()), Ok(drawn), "{name}");
        }
    }

    #[test]
    fn all_faults_are_told_at_once_and_where() {
        let wrong = json!({
            "shap": "circle", "ring": "bead", "icon": 7, "ribbon": "x".repeat(60), "texture": "plain",
            "palette": {"base": "#333333", "accent": "#444444"}, "level": {"reached": 4, "of": 3}
        });
        let expected = [
            ("/shap", "unknown-member"),
            ("/ring", "unknown-word"),
            ("/icon", "type"),
            ("/palette", "contrast"),
            ("/ribbon", "fit"),
            ("/level/reached", "range"),
        ];
        assert_eq!(rules(wrong), expected.map(|(pointer, rule)| (pointer.to_owned(), rule)));
    }

    #[test]
    fn a_misspelt_word_is_answered_with_the_right_one() {
        let faults = design(&json!({"shape": "hexagone", "/~": 1})).unwrap_err();
        assert!(faults.iter().any(|fault| fault.detail.contains("did you mean “hexagon”?")), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.pointer == "/~1~0"), "{faults:?}");
    }

    #[test]
    fn text_no_font_has_is_refused_by_naming_it() {
        let faults = design(&json!({"ribbon": "数据", "monogram": "汉"})).unwrap_err();
        assert!(faults.iter().all(|fault| fault.rule == "glyphs"), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.detail.contains("“数”")), "{faults:?}");
    }

    #[test]
    fn a_ribbon_takes_words_of_any_script_the_fonts_have() {
        for text in ["Data Analysis", "تحليل البيانات", "Анализ данных", "Ανάλυση", "ניתוח נתונים"]
        {
            assert_eq!(rules(json!({"ribbon": text})), [], "{text}");
        }
    }
}
