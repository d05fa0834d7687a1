//! Texts as they may stand on a page.

/// The most characters of one text that are looked at: no page holds more.
const MAX_CHARACTERS: usize = 4_000;

/// A text without what has no place in a printed line: control characters, marks that turn the direction of the rest
/// (a name must not be able to rewrite the line it stands in), and invisible ones. Runs of spaces become one; lines end
/// in `\n`, empty lines are dropped. Characters of the private use area, which no reader could read back, become U+FFFD.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::new();
    for character in text.chars().take(MAX_CHARACTERS) {
        let character = match character {
            '\n' | '\u{2028}' | '\u{2029}' => '\n',
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                continue;
            }
            '\u{00AD}' | '\u{200B}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => continue,
            '\u{FFF9}'..='\u{FFFB}' | '\u{206A}'..='\u{206F}' | '\u{E0000}'..='\u{E0FFF}' => continue,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => '\u{FFFD}',
            '\u{00A0}' | '\u{202F}' => '\u{00A0}',
            space if space.is_whitespace() => ' ',
            control if control.is_control() => continue,
            other => other,
        };
        match character {
            ' ' if clean.ends_with([' ', '\n']) || clean.is_empty() => {}
            '\n' => {
                clean.truncate(clean.trim_end().len());
                if !clean.is_empty() {
                    clean.push('\n');
                }
            }
            character => clean.push(character),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_words_and_loses_what_would_bend_the_line() {
        assert_eq!(clean("  Ada\t\u{202E}Lovelace \n\n  B\u{0000}yron\u{200B} "), "Ada Lovelace\nByron");
        assert_eq!(clean("\u{E001}x\u{00A0}y"), "\u{FFFD}x\u{00A0}y");
        assert_eq!(
            clean("می\u{200C}خواهم"),
            "می\u{200C}خواهم",
            "a joiner changes the shape of its neighbours and stays"
        );
        assert_eq!(clean(&"x".repeat(9_999)).len(), MAX_CHARACTERS);
    }
}
