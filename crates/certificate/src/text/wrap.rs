//! Lines that fit: texts are broken where their language allows it, and cut with an ellipsis where there is no room.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::shape::{Line, shape};
use super::typeface::Voice;

/// A text that is cut ends so.
const ELLIPSIS: &str = "…";

/// A text in lines.
pub(crate) struct Block {
    /// The lines, none wider than asked for.
    pub(crate) lines: Vec<Line>,
    /// Whether something was left out.
    pub(crate) cut: bool,
}

/// A part of a text between two places where a line may end.
struct Word<'a> {
    text: &'a str,
    /// With the space after it.
    width: f32,
    /// Without.
    trimmed: f32,
    /// A line ends here in any case.
    last: bool,
}

/// A text measured once, to be broken for several widths and sizes.
pub(crate) struct Measured<'a> {
    words: Vec<Word<'a>>,
    voice: Voice,
}

impl<'a> Measured<'a> {
    /// Measures a text that is [clean](super::clean::clean).
    pub(crate) fn new(text: &'a str, voice: Voice) -> Self {
        let mut words = Vec::new();
        let mut start = 0;
        for (end, opportunity) in linebreaks(text) {
            let part = text.get(start..end).unwrap_or_default();
            let content = part.trim_end_matches('\n');
            let trimmed = content.trim_end_matches(' ');
            let width = shape(content, voice).width();
            let inner = if trimmed.len() == content.len() { width } else { shape(trimmed, voice).width() };
            words.push(Word {
                text: content,
                width,
                trimmed: inner,
                last: opportunity == BreakOpportunity::Mandatory,
            });
            start = end;
        }
        Self { words, voice }
    }

    /// Breaks the text into at most `most` lines of `width` (in units of the font size).
    pub(crate) fn wrap(&self, width: f32, most: usize) -> Block {
        let mut texts = self.texts(width);
        let cut = texts.len() > most;
        if cut {
            let rest = texts.split_off(most.saturating_sub(1));
            let rest = rest.join(" ");
            texts.push(shortened(&rest, self.voice, width));
        }
        if most == 0 {
            texts.clear();
        }
        Block { lines: texts.iter().map(|text| shape(text, self.voice)).collect(), cut }
    }

    /// The same, in lines of about the same length: no word stands alone under a full line.
    pub(crate) fn balanced(&self, width: f32, most: usize) -> Block {
        let lines = self.lines(width);
        let mut best = width;
        if lines > 1 && lines <= most {
            let mut narrower = width * 0.96;
            while narrower > width * 0.4 && self.lines(narrower) == lines {
                best = narrower;
                narrower *= 0.96;
            }
        }
        self.wrap(best, most)
    }

    /// How many lines the text takes.
    pub(crate) fn lines(&self, width: f32) -> usize {
        self.texts(width).len()
    }

    fn texts(&self, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut taken = 0.0;
        for word in &self.words {
            if taken > 0.0 && taken + word.trimmed > width {
                lines.push(ended(&mut line));
                taken = 0.0;
            }
            if word.trimmed > width {
                taken = self.broken(word, width, &mut line, &mut lines);
            } else {
                line.push_str(word.text);
                taken += word.width;
            }
            if word.last && !line.is_empty() {
                lines.push(ended(&mut line));
                taken = 0.0;
            }
        }
        if !line.is_empty() {
            lines.push(ended(&mut line));
        }
        lines
    }

    /// A word that is wider than the line is broken between any two of its letters. The width of what is left of it.
    fn broken(&self, word: &Word<'_>, width: f32, line: &mut String, lines: &mut Vec<String>) -> f32 {
        let mut taken = 0.0;
        for cluster in word.text.graphemes(true) {
            let advance = shape(cluster, self.voice).width();
            if taken > 0.0 && taken + advance > width {
                lines.push(ended(line));
                taken = 0.0;
            }
            line.push_str(cluster);
            taken += advance;
        }
        taken
    }
}

fn ended(line: &mut String) -> String {
    let ended = line.trim_end().to_owned();
    line.clear();
    ended
}

/// The beginning of a text that fits with an ellipsis after it.
fn shortened(text: &str, voice: Voice, width: f32) -> String {
    let mut kept = String::new();
    let mut taken = shape(ELLIPSIS, voice).width();
    for cluster in text.graphemes(true) {
        taken += shape(cluster, voice).width();
        if taken > width {
            break;
        }
        kept.push_str(cluster);
    }
    // Between two words, where one is near.
    let inside = text.get(kept.len()..).is_some_and(|rest| !rest.starts_with(' '));
    if let Some(space) = kept.rfind(' ').filter(|space| inside && space * 3 > kept.len() * 2) {
        kept.truncate(space);
    }
    kept.truncate(kept.trim_end_matches([' ', ',', ';', ':', '.', '-', '–']).len());
    kept.push_str(ELLIPSIS);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(block: &Block) -> Vec<&str> {
        block.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn lines_end_between_words_and_never_hold_more_than_fits() {
        let measured = Measured::new("one two three four", Voice::Plain);
        let width = shape("one two", Voice::Plain).width();
        assert_eq!(texts(&measured.wrap(width, 9)), ["one two", "three", "four"]);
    }

    #[test]
    fn chinese_is_broken_between_any_two_characters_but_not_before_a_full_stop() {
        let measured = Measured::new("完成全部六个模块。", Voice::Plain);
        let width = shape("完成全部六个模块", Voice::Plain).width();
        assert_eq!(texts(&measured.wrap(width, 9)), ["完成全部六个模", "块。"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_rather_than_let_out() {
        let measured = Measured::new("Donaudampfschifffahrt", Voice::Plain);
        let block = measured.wrap(3.0, 99);
        assert!(block.lines.len() > 2);
        assert!(block.lines.iter().all(|line| line.width() <= 3.05));
        assert_eq!(texts(&block).concat(), "Donaudampfschifffahrt");
    }

    #[test]
    fn what_has_no_room_ends_in_an_ellipsis_between_two_words() {
        let measured = Measured::new("one two three four five six seven eight nine ten", Voice::Plain);
        let block = measured.wrap(shape("one two three fo", Voice::Plain).width(), 2);
        assert!(block.cut);
        assert_eq!(block.lines.len(), 2);
        assert!(texts(&block).last().unwrap().ends_with('…'));
        assert!(!texts(&block).last().unwrap().contains("si…"));
    }

    #[test]
    fn no_word_stands_alone_under_a_full_line() {
        let measured = Measured::new("Applied Data Analysis with Open Government Data", Voice::Strong);
        let width = shape("Applied Data Analysis with Open Government Dat", Voice::Strong).width();
        assert_eq!(
            texts(&measured.balanced(width, 3)),
            ["Applied Data Analysis with", "Open Government Data"]
        );
    }
}
