//! Characters that a reader cannot see but that change what a text says.

/// Whether a character is invisible: zero-width ones, marks that turn the writing direction, the byte order mark.
///
/// Zero-width joiner and non-joiner count too; where a script needs them, see [`needs_joiners`].
pub(crate) fn is_invisible(c: char) -> bool {
    turns_direction(c)
        || is_joiner(c)
        || matches!(c, '\u{00ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}')
}

/// Marks that turn or embed the writing direction and let a name pretend to be another one.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Zero-width joiner and non-joiner.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a text holds letters of a script, or emoji, that need joiners to be spelled rightly.
pub(crate) fn needs_joiners(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{0600}'..='\u{08ff}' | '\u{0900}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
    })
}
