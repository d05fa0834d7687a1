//! One line of text as glyphs: both directions, any mix of scripts, one face after the other.

use std::ops::Range;
use std::sync::Arc;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::ParagraphBidiInfo;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::typeface::{Face, Voice, faces};

/// What stands where no face has a character: visible, and the character itself can still be copied.
const REPLACEMENT: char = '\u{25A1}';

/// A line, shaped. Widths are in units of the font size.
pub(crate) struct Line {
    /// The text in logical order.
    pub(crate) text: String,
    /// From left to right.
    pub(crate) runs: Vec<Run>,
    /// What no face has.
    pub(crate) missing: Vec<char>,
}

/// Glyphs of one face, from left to right.
pub(crate) struct Run {
    pub(crate) face: Arc<Face>,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

impl Line {
    /// How wide the line is.
    pub(crate) fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
}

/// A part of the text that is shaped at once.
struct Piece {
    range: Range<usize>,
    face: Arc<Face>,
    script: Script,
    missing: bool,
}

/// Shapes a text without line ends. Its direction is that of its first strong character.
pub(crate) fn shape(text: &str, voice: Voice) -> Line {
    let bidi = ParagraphBidiInfo::new(text, None);
    let (levels, level_runs) = bidi.visual_runs(0..text.len());
    let mut line = Line { text: text.to_owned(), runs: Vec::new(), missing: Vec::new() };
    for range in level_runs {
        let rtl = levels.get(range.start).is_some_and(|level| level.is_rtl());
        let mut pieces = pieces(text, range, voice);
        if rtl {
            pieces.reverse();
        }
        for piece in pieces {
            let content = text.get(piece.range.clone()).unwrap_or_default();
            if piece.missing {
                line.missing.extend(content.chars());
            }
            line.runs.extend(run(&piece, content, rtl));
        }
    }
    line
}

/// Cuts a run of one direction where the face or the script changes.
fn pieces(text: &str, range: Range<usize>, voice: Voice) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let content = text.get(range.clone()).unwrap_or_default();
    for (at, cluster) in content.grapheme_indices(true) {
        let start = range.start + at;
        let end = start + cluster.len();
        let script = script(cluster);
        if let Some(last) = pieces.last_mut().filter(|last| !last.missing && same_script(last.script, script))
            && (is_neutral(cluster) || prefers(&last.face, cluster, voice))
        {
            last.range.end = end;
            if is_common(last.script) {
                last.script = script;
            }
            continue;
        }
        let (face, missing) = face_for(cluster, voice);
        if let Some(face) = face {
            pieces.push(Piece { range: start..end, face, script, missing });
        }
    }
    pieces
}

/// Spaces and joiners go with what stands before them.
fn is_neutral(cluster: &str) -> bool {
    cluster.chars().all(|c| c == ' ' || super::typeface::is_ignorable(c))
}

/// Whether a face is the one that would be chosen for a cluster.
fn prefers(face: &Arc<Face>, cluster: &str, voice: Voice) -> bool {
    face_for(cluster, voice).0.is_some_and(|chosen| Arc::ptr_eq(&chosen, face))
        && cluster.chars().all(|c| face.has(c))
}

/// The first face with all characters of a cluster; where there is none, one that can draw the replacement.
fn face_for(cluster: &str, voice: Voice) -> (Option<Arc<Face>>, bool) {
    let faces = faces(voice);
    if let Some(face) = faces.iter().find(|face| cluster.chars().all(|c| face.has(c))) {
        return (Some(face.clone()), false);
    }
    (faces.iter().find(|face| face.has(REPLACEMENT)).cloned(), true)
}

fn script(cluster: &str) -> Script {
    cluster.chars().map(|c| c.script()).find(|script| !is_common(*script)).unwrap_or(Script::Common)
}

fn is_common(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

fn same_script(one: Script, other: Script) -> bool {
    one == other || is_common(one) || is_common(other)
}

/// The glyphs of a piece. Characters without a face are one replacement each, which still stands for their text.
fn run(piece: &Piece, content: &str, rtl: bool) -> Option<Run> {
    if piece.missing {
        return replacement(piece);
    }
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(content);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(&piece.face.shaper, &[], buffer);

    let mut starts: Vec<usize> =
        shaped.glyph_infos().iter().filter_map(|info| usize::try_from(info.cluster).ok()).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut glyphs = Vec::new();
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let start = usize::try_from(info.cluster).unwrap_or(0);
        let next = starts.iter().find(|other| **other > start).copied().unwrap_or(content.len());
        let range = piece.range.start + start..piece.range.start + next;
        let em = |units| piece.face.em(units);
        glyphs.push(KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            em(position.x_advance),
            em(position.x_offset),
            em(position.y_offset),
            em(position.y_advance),
            range,
            None,
        ));
    }
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    Some(Run { face: piece.face.clone(), glyphs, width })
}

fn replacement(piece: &Piece) -> Option<Run> {
    let id = piece.face.shaper.glyph_index(REPLACEMENT)?;
    let advance = piece.face.em(i32::from(piece.face.shaper.glyph_hor_advance(id)?));
    let glyph =
        KrillaGlyph::new(GlyphId::new(u32::from(id.0)), advance, 0.0, 0.0, 0.0, piece.range.clone(), None);
    Some(Run { face: piece.face.clone(), glyphs: vec![glyph], width: advance })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the runs from left to right.
    fn runs(line: &Line) -> Vec<&str> {
        let range = |run: &Run| {
            let start = run.glyphs.iter().map(|glyph| glyph.text_range.start).min().unwrap_or(0);
            start..run.glyphs.iter().map(|glyph| glyph.text_range.end).max().unwrap_or(0)
        };
        line.runs.iter().filter_map(|run| line.text.get(range(run))).collect()
    }

    #[test]
    fn a_line_of_two_directions_stands_as_it_is_read() {
        let line = shape("Omar عمر 12 x", Voice::Plain);
        assert_eq!(runs(&line), ["Omar ", "12", "عمر ", " x"].map(|text| text), "{:?}", runs(&line));
    }

    #[test]
    fn arabic_letters_take_the_shape_their_neighbours_ask_for() {
        let ids = |text| -> Vec<u32> {
            shape(text, Voice::Plain)
                .runs
                .iter()
                .flat_map(|run| run.glyphs.iter().map(|glyph| glyph.glyph_id.to_u32()))
                .collect()
        };
        let alone = ids("ع");
        let within = ids("معم");
        assert_eq!(within.len(), 3);
        assert!(!within.contains(&alone[0]), "the letter between two others has another shape than alone");
    }

    #[test]
    fn a_mark_stays_with_its_letter_and_takes_no_room() {
        let with = shape("x\u{0304}", Voice::Plain).width();
        let without = shape("x", Voice::Plain).width();
        assert!((with - without).abs() < 0.001, "{with} {without}");
    }

    #[test]
    fn every_letter_of_the_scripts_we_promise_has_a_face() {
        let texts = [
            "Nguyễn Thị Ánh Tuyết",
            "Zażółć gęślą jaźń",
            "Ελένη Ἀνάλυσις",
            "Щербакова Їжакевич",
            "فاطمة الزهراء",
            "יוֹסֵף בֶּן־צְבִי",
            "Ærøskøbing Þórður Łódź ŋʻ",
            "€ § © – — „“ ‚‘ … ½ ≥ ✓",
        ];
        for text in texts {
            for voice in [Voice::Display, Voice::Plain, Voice::Strong] {
                assert_eq!(shape(text, voice).missing, Vec::<char>::new(), "{text}");
            }
        }
    }

    #[test]
    fn a_character_without_a_face_is_a_box_and_is_told() {
        let line = shape("A𓀀B", Voice::Plain);
        assert_eq!(line.missing, ['𓀀']);
        assert_eq!(runs(&line), ["A", "𓀀", "B"]);
        assert!(line.runs[1].width > 0.3, "it can be seen");
    }
}
