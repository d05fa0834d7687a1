//! The column of words: what it holds, how high that is, and how it is made to fit.

use super::ink::Ink;
use super::painter::{Align, Role};
use super::style::{
    BALANCED, BODY, HEADING, ISSUER, LABEL, LEAD, NAME, NOTICE, PART, SMALL, Style, TITLE, TITLE_ALONE,
    VALUE, leading,
};
use crate::certificate::{Certificate, Fact};
use crate::text::{Block, Measured, clean};

/// Facts and results stand in so many columns.
const COLUMNS: usize = 3;
/// The most facts, and the most results, that are shown.
const MAX_FACTS: usize = 6;
/// The scales that are tried, the largest first; at the last, texts are cut.
const SCALES: [f32; 9] = [1.22, 1.14, 1.07, 1.0, 0.94, 0.88, 0.82, 0.76, 0.7];

/// One thing of the column.
pub(crate) struct Part<'a> {
    /// The air above it.
    pub(crate) gap: f32,
    pub(crate) content: Content<'a>,
}

/// What stands there.
pub(crate) enum Content<'a> {
    /// Words.
    Words(Words<'a>),
    /// Rows of facts.
    Grid(Vec<Vec<Cell<'a>>>),
    /// A short thick line.
    Accent,
    /// A thin line over the whole width.
    Rule,
    /// Words in a frame that cannot be overlooked.
    Notice(Words<'a>),
}

/// A text in its setting.
pub(crate) struct Words<'a> {
    pub(crate) block: Block,
    pub(crate) size: f32,
    pub(crate) leading: f32,
    pub(crate) ink: Ink,
    pub(crate) role: Role,
    pub(crate) language: Option<&'a str>,
}

/// A label over a value.
pub(crate) struct Cell<'a> {
    pub(crate) label: Words<'a>,
    pub(crate) value: Words<'a>,
}

impl Words<'_> {
    pub(crate) fn height(&self) -> f32 {
        lines(self.block.lines.len(), self.leading)
    }
}

impl Cell<'_> {
    fn height(&self) -> f32 {
        self.label.height() + self.value.height()
    }
}

impl Part<'_> {
    /// How high the thing itself is, without the air above.
    pub(crate) fn height(&self) -> f32 {
        match &self.content {
            Content::Words(words) => words.height(),
            Content::Notice(words) => words.height() + 2.0 * NOTICE_PADDING,
            Content::Grid(rows) => rows.iter().map(|row| row_height(row)).sum::<f32>() + gaps(rows.len()),
            Content::Accent => 1.6,
            Content::Rule => 0.5,
        }
    }
}

/// The air inside a notice's frame.
pub(crate) const NOTICE_PADDING: f32 = 7.0;
/// The air between two rows of facts.
pub(crate) const ROW_GAP: f32 = 6.0;
/// The air between two columns of facts.
pub(crate) const COLUMN_GAP: f32 = 14.0;

/// How high a row of facts is.
pub(crate) fn row_height(row: &[Cell<'_>]) -> f32 {
    row.iter().map(Cell::height).fold(0.0, f32::max)
}

fn gaps(rows: usize) -> f32 {
    lines(rows.saturating_sub(1), ROW_GAP)
}

/// How wide one column of facts is.
pub(crate) fn cell_width(width: f32) -> f32 {
    (width - 2.0 * COLUMN_GAP) / 3.0
}

fn lines(count: usize, leading: f32) -> f32 {
    u16::try_from(count).map_or(0.0, f32::from) * leading
}

/// Lays the column out in `width` and at most `height` points.
pub(crate) fn column<'a>(certificate: &Certificate<'a>, width: f32, height: f32) -> Vec<Part<'a>> {
    let mut last = Vec::new();
    for scale in SCALES {
        let composer = Composer { width, scale };
        let mut parts = composer.fixed(certificate);
        let taken: f32 = parts.iter().map(|part| part.gap + part.height()).sum();
        let (criteria, fits) = composer.criteria(certificate, height - taken);
        parts.extend(criteria);
        last = parts;
        if fits && taken <= height {
            break;
        }
    }
    last
}

/// Sets texts at one scale.
struct Composer {
    width: f32,
    scale: f32,
}

impl Composer {
    /// Everything but the criteria.
    fn fixed<'a>(&self, certificate: &Certificate<'a>) -> Vec<Part<'a>> {
        let labels = &certificate.labels;
        let foreign = certificate.content_language;
        let mut parts = Vec::new();
        if let Some(notice) = certificate.notice {
            parts.push(Part {
                gap: 0.0,
                content: Content::Notice(self.words(
                    notice,
                    NOTICE,
                    self.width - 2.0 * NOTICE_PADDING,
                    2,
                    None,
                )),
            });
        }
        let gap = if parts.is_empty() { 0.0 } else { 12.0 };
        parts.push(self.part(gap, certificate.issuer, ISSUER, 2, foreign, Role::Paragraph));
        parts.push(Part { gap: 7.0 * self.scale, content: Content::Accent });
        parts.push(self.part(10.0, labels.heading, HEADING, 1, None, Role::Title));
        match certificate.recipient {
            Some(name) => {
                parts.push(self.part(9.0, labels.awarded_to, LEAD, 1, None, Role::Paragraph));
                parts.push(self.part(1.0, name, NAME, 2, None, Role::Paragraph));
                parts.push(self.part(5.0, labels.awarded_for, LEAD, 1, None, Role::Paragraph));
                parts.push(self.part(1.0, certificate.title, TITLE, 3, foreign, Role::Heading));
            }
            None => {
                parts.push(self.part(12.0, labels.awarded_to_holder, LEAD, 2, None, Role::Paragraph));
                parts.push(self.part(4.0, certificate.title, TITLE_ALONE, 3, foreign, Role::Heading));
            }
        }
        if let Some(description) = certificate.description {
            parts.push(self.part(5.0, description, BODY, 3, foreign, Role::Paragraph));
        }
        if !certificate.facts.is_empty() {
            parts.push(Part { gap: 11.0 * self.scale, content: Content::Rule });
            parts.push(Part {
                gap: 8.0 * self.scale,
                content: Content::Grid(self.grid(certificate.facts, None)),
            });
        }
        if !certificate.results.is_empty() {
            parts.push(self.part(9.0, labels.results, PART, 1, None, Role::Heading));
            parts.push(Part { gap: 2.0, content: Content::Grid(self.grid(certificate.results, foreign)) });
        }
        parts
    }

    /// The criteria in what room is left, and whether they are whole.
    fn criteria<'a>(&self, certificate: &Certificate<'a>, room: f32) -> (Vec<Part<'a>>, bool) {
        let text = certificate.criteria.map(clean).unwrap_or_default();
        if text.is_empty() {
            return (Vec::new(), true);
        }
        let heading = self.part(9.0, certificate.labels.criteria, PART, 1, None, Role::Heading);
        let gap = 2.0;
        let leading = leading(SMALL.size * self.scale);
        let left = room - heading.gap - heading.height() - gap;
        let mut most = 0_usize;
        while lines(most + 1, leading) <= left {
            most += 1;
        }
        if most == 0 {
            return (Vec::new(), false);
        }
        let body = self.words(&text, SMALL, self.width, most, certificate.content_language);
        let whole = !body.block.cut;
        (vec![heading, Part { gap, content: Content::Words(body) }], whole)
    }

    fn part<'a>(
        &self,
        gap: f32,
        text: &str,
        style: Style,
        most: usize,
        language: Option<&'a str>,
        role: Role,
    ) -> Part<'a> {
        let mut words = self.words(text, style, self.width, most, language);
        words.role = role;
        Part { gap: gap * self.scale, content: Content::Words(words) }
    }

    fn grid<'a>(&self, facts: &[Fact<'a>], language: Option<&'a str>) -> Vec<Vec<Cell<'a>>> {
        let width = cell_width(self.width);
        let cells = facts.iter().take(MAX_FACTS).map(|fact| Cell {
            label: self.words(fact.label, LABEL, width, 1, language),
            value: self.words(fact.value, VALUE, width, 2, language),
        });
        let mut rows: Vec<Vec<Cell<'a>>> = Vec::new();
        for cell in cells {
            match rows.last_mut() {
                Some(row) if row.len() < COLUMNS => row.push(cell),
                _ => rows.push(vec![cell]),
            }
        }
        rows
    }

    /// Sets a text in at most `most` lines: as large as its style says, smaller down to its least, then cut.
    fn words<'a>(
        &self,
        text: &str,
        style: Style,
        width: f32,
        most: usize,
        language: Option<&'a str>,
    ) -> Words<'a> {
        let text = clean(text);
        let measured = Measured::new(&text, style.voice);
        let least = style.least * self.scale;
        let mut size = style.size * self.scale;
        // A title on fewer lines, a little smaller, reads better than a full one on more.
        while size > least && measured.lines(width / size) > most {
            size = (size * 0.95).max(least);
        }
        let block = if style.size > BALANCED {
            measured.balanced(width / size, most)
        } else {
            measured.wrap(width / size, most)
        };
        Words { block, size, leading: leading(size), ink: style.ink, role: Role::Paragraph, language }
    }
}

/// Which side lines begin on.
pub(crate) fn start(rtl: bool) -> Align {
    if rtl { Align::Right } else { Align::Left }
}
