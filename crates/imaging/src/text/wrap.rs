//! Breaking a text into lines of a width.

use super::{Line, Style};

/// Characters that are looked at; more than fits into any picture of ours.
const MOST: usize = 600;

/// At most `lines` lines, none wider than `width`; where there is more text, the last line ends in “…”. Lines break at spaces,
/// after hyphens, between Chinese, Japanese and Korean characters, and inside a word only when it is wider than a line.
/// Nothing but white space gives no lines.
pub(crate) fn wrap(text: &str, style: Style, width: f32, lines: usize) -> Vec<Line> {
    let units: Vec<String> = units(text).into_iter().flat_map(|unit| parts(unit, style, width)).collect();
    let mut written = Vec::new();
    let mut next = 0;
    while next < units.len() && written.len() < lines {
        let rest = units.get(next..).unwrap_or_default();
        let fits = fitting(rest, style, width);
        let last = written.len() + 1 == lines && fits < rest.len();
        let line =
            if last { shortened(rest, style, width) } else { joined(rest.get(..fits).unwrap_or_default()) };
        written.push(Line::new(&line, style));
        next += fits;
    }
    written
}

/// The pieces a line may be put together from; each keeps the white space after it.
fn units(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().take(MOST).collect();
    let mut units: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for character in text.chars() {
        match (before.is_none_or(|before| breaks(before, character)), units.last_mut()) {
            (false, Some(unit)) => unit.push(character),
            _ => units.push(character.to_string()),
        }
        before = Some(character);
    }
    units
}

/// A piece that is wider than a line, cut into ones that are not.
fn parts(unit: String, style: Style, width: f32) -> Vec<String> {
    if Line::new(unit.trim_end(), style).width <= width {
        return vec![unit];
    }
    let mut parts = vec![String::new()];
    for character in unit.chars() {
        let Some(part) = parts.last_mut() else { break };
        part.push(character);
        if Line::new(part.trim_end(), style).width > width && part.chars().nth(1).is_some() {
            part.pop();
            parts.push(character.to_string());
        }
    }
    parts
}

fn breaks(before: char, after: char) -> bool {
    let closing = matches!(
        after,
        '、' | '。' | '，' | '．' | '：' | '；' | '？' | '！' | '）' | '」' | '』' | '】' | '》'
    );
    let opening = matches!(before, '（' | '「' | '『' | '【' | '《');
    if after == ' ' || closing || opening {
        return false;
    }
    before == ' ' || before == '-' || before == '\u{200b}' || is_ideographic(before) || is_ideographic(after)
}

/// Characters of scripts that are written without spaces and may break anywhere.
fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn joined(units: &[String]) -> String {
    units.concat().trim_end().to_owned()
}

/// How many pieces fit into the width: at least one.
fn fitting(units: &[String], style: Style, width: f32) -> usize {
    let fits =
        |count: &usize| Line::new(&joined(units.get(..*count).unwrap_or_default()), style).width <= width;
    (2..=units.len()).take_while(fits).last().unwrap_or(1)
}

/// As much of the text as fits with “…” after it.
fn shortened(units: &[String], style: Style, width: f32) -> String {
    let characters: Vec<char> = units.concat().chars().collect();
    let cut = |count: usize| {
        let text: String = characters.iter().take(count).collect();
        format!("{}…", text.trim_end())
    };
    let (mut fits, mut too_many) = (0, characters.len() + 1);
    while fits + 1 < too_many {
        let middle = fits.midpoint(too_many);
        if Line::new(&cut(middle), style).width <= width { fits = middle } else { too_many = middle }
    }
    cut(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 50.0, bold: false };

    #[test]
    fn a_long_title_takes_the_lines_it_may_and_ends_in_an_ellipsis() {
        let lines = wrap(&"Foundations of Data Analysis ".repeat(20), STYLE, 600.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.width <= 600.0 && line.width > 300.0));
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        for text in ["Donaudampfschifffahrtsgesellschaft".repeat(3), "漢".repeat(300), "W".repeat(5_000)] {
            let lines = wrap(&text, STYLE, 600.0, 2);
            assert!(!lines.is_empty() && lines.iter().all(|line| line.width <= 600.0));
        }
    }

    #[test]
    fn short_text_is_one_line_and_white_space_none() {
        assert_eq!(wrap("Data", STYLE, 600.0, 3).len(), 1);
        assert_eq!(wrap(" \n ", STYLE, 600.0, 3).len(), 0);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(units("数据，分析"), ["数", "据，", "分", "析"]);
    }
}
