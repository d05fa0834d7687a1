//! Text as outlines: shaped, in visual order, from the fonts of [`crate::fonts`] alone.

mod wrap;

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::BidiInfo;

use crate::fonts::{self, Face};
use crate::pen::{Pen, at};

pub(crate) use wrap::wrap;

/// How text is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Size of the em, in units of the drawing.
    pub(crate) size: f32,
    /// Whether the bold cut is wanted.
    pub(crate) bold: bool,
}

/// A line of text, shaped; it starts at 0, 0 and runs to the right, in whatever order its script is read.
#[derive(Clone)]
pub(crate) struct Line {
    glyphs: Vec<Glyph>,
    /// From the first edge to the last, in units of the drawing.
    pub(crate) width: f32,
    /// Whether the paragraph is read from right to left.
    pub(crate) rtl: bool,
    size: f32,
}

#[derive(Clone)]
struct Glyph {
    face: &'static Face,
    id: GlyphId,
    x: f32,
    y: f32,
}

impl Line {
    /// Shapes one line. Line ends and other control characters become spaces.
    pub(crate) fn new(text: &str, style: Style) -> Self {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let bidi = BidiInfo::new(&text, None);
        let mut line = Self { glyphs: Vec::new(), width: 0.0, rtl: false, size: style.size };
        let Some(paragraph) = bidi.paragraphs.first() else { return line };
        line.rtl = paragraph.level.is_rtl();
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut pieces = by_face(text.get(run).unwrap_or_default(), style.bold);
            if rtl {
                pieces.reverse();
            }
            for (face, piece) in pieces {
                line.shape(face, piece, rtl, style.size);
            }
        }
        line
    }

    /// The outlines, with the line's start at `x` and its baseline at `y`, written into `pen`.
    pub(crate) fn draw(&self, x: f32, y: f32, pen: &mut Pen) {
        for glyph in &self.glyphs {
            let Some(shaper) = glyph.face.shaper() else { continue };
            let scale = self.size / units(shaper.units_per_em());
            let mut outline = Outline { pen, x: x + glyph.x, y: y - glyph.y, scale };
            // A glyph without outline, such as a space.
            let _ = shaper.outline_glyph(glyph.id, &mut outline);
        }
    }

    /// How far above the baseline the middle of the letters is.
    pub(crate) fn middle(&self) -> f32 {
        let latin = self.glyphs.iter().all(|glyph| glyph.face.family == "Noto Sans");
        // The capitals' height is 0.714 em in Noto Sans; other scripts are centred by what they really fill.
        if latin { 0.357 * self.size } else { self.extent().unwrap_or(0.357 * self.size) }
    }

    fn extent(&self) -> Option<f32> {
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for glyph in &self.glyphs {
            let shaper = glyph.face.shaper()?;
            let scale = self.size / units(shaper.units_per_em());
            let Some(bounds) = shaper.glyph_bounding_box(glyph.id) else { continue };
            low = low.min(glyph.y + f32::from(bounds.y_min) * scale);
            high = high.max(glyph.y + f32::from(bounds.y_max) * scale);
        }
        (low < high).then_some((low + high) / 2.0)
    }

    fn shape(&mut self, face: &'static Face, piece: &str, rtl: bool, size: f32) {
        let Some(shaper) = face.shaper() else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(piece);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(shaper, &[], buffer);
        let scale = size / units(shaper.units_per_em());
        let scaled = |value: i32| i16::try_from(value).map_or(0.0, f32::from) * scale;
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let Ok(id) = u16::try_from(info.glyph_id) else { continue };
            let (x, y) = (self.width + scaled(place.x_offset), scaled(place.y_offset));
            self.glyphs.push(Glyph { face, id: GlyphId(id), x, y });
            self.width += scaled(place.x_advance);
        }
    }
}

fn units(per_em: i32) -> f32 {
    i16::try_from(per_em).map_or(1_000.0, f32::from).max(1.0)
}

/// Cuts a run where the face changes. Marks and joiners stay with the letter before them where its face has them; what no
/// face has is drawn with the first face's empty box.
fn by_face(run: &str, bold: bool) -> Vec<(&'static Face, &str)> {
    let mut pieces: Vec<(&'static Face, usize)> = Vec::new();
    for (place, character) in run.char_indices() {
        let has = |face: &&'static Face| face.shaper().is_some_and(|it| it.glyph_index(character).is_some());
        let last = pieces.last().map(|(face, _)| *face);
        let follows = character.is_whitespace() || fonts::is_format(character) || is_mark(character);
        let face = last.filter(|face| follows && (has(face) || fonts::is_format(character)));
        let face =
            face.or_else(|| fonts::face_for(character, bold)).or(last).or_else(|| fonts::faces().first());
        let Some(face) = face else { continue };
        if last.is_none_or(|last| !std::ptr::eq(last, face)) {
            pieces.push((face, place));
        }
    }
    let ends = pieces.iter().skip(1).map(|(_, start)| *start).chain([run.len()]);
    let pairs: Vec<_> = pieces.iter().zip(ends).map(|((face, start), end)| (*face, *start, end)).collect();
    pairs.into_iter().filter_map(|(face, start, end)| run.get(start..end).map(|text| (face, text))).collect()
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

struct Outline<'a> {
    pen: &'a mut Pen,
    x: f32,
    y: f32,
    scale: f32,
}

impl Outline<'_> {
    fn place(&self, x: f32, y: f32) -> crate::pen::Point {
        at(self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen.move_to(self.place(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.pen.line_to(self.place(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.pen.quad_to(self.place(x1, y1), self.place(x, y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.pen.cubic_to(self.place(x1, y1), self.place(x2, y2), self.place(x, y));
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 100.0, bold: true };

    #[test]
    fn letters_become_outlines_and_advance() {
        let line = Line::new("AVA", STYLE);
        let apart = Line::new("A", STYLE).width * 2.0 + Line::new("V", STYLE).width;
        assert!(line.width > 100.0 && line.width < apart, "kerned: {} of {apart}", line.width);
        let mut pen = Pen::default();
        line.draw(0.0, 0.0, &mut pen);
        assert!(pen.finish().starts_with('M'));
    }

    #[test]
    fn arabic_is_joined_and_read_from_the_right() {
        let line = Line::new("العربية", STYLE);
        assert!(line.rtl && !Line::new("Latin", STYLE).rtl);
        let apart: f32 = "العربية".chars().map(|letter| Line::new(&letter.to_string(), STYLE).width).sum();
        assert!(line.width < apart * 0.95, "joined letters are narrower: {} of {apart}", line.width);
    }

    #[test]
    fn two_directions_in_one_line_keep_their_order() {
        // The number stands to the left of the word, as it is read after it.
        let line = Line::new("شهادة 12", STYLE);
        let first = line.glyphs.first().unwrap();
        assert_eq!(first.face.family, "Noto Sans");
        assert!(line.rtl);
    }

    #[test]
    fn empty_text_and_control_characters_do_no_harm() {
        assert!(Line::new("", STYLE).width.abs() < f32::EPSILON);
        assert!(Line::new("a\nb", STYLE).width > Line::new("ab", STYLE).width);
    }
}
