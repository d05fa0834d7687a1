//! The page: a frame, a panel with badge and code, and a column of words. For languages that are written from right to left
//! it is the same page in a mirror.

mod column;
mod ink;
mod painter;
mod style;

use accolade_imaging::qr_svg;
use column::{
    COLUMN_GAP, Content, NOTICE_PADDING, Part, ROW_GAP, Words, cell_width, column, row_height, start,
};
use ink::Ink;
use krilla::geom::Rect;
use painter::{Align, Role, Setting};

pub(crate) use painter::Painter;

use crate::text::{Measured, Voice, clean};
use crate::{Certificate, CertificateError};

/// From the sheet's edge to the outer frame.
const FRAME: f32 = 20.0;
/// From the sheet's edge to the inner frame and the panel.
const INSET: f32 = 27.0;
/// The panel's width.
const PANEL: f32 = 212.0;
/// The badge's side.
const BADGE: f32 = 174.0;
/// The code's side: 3 cm, which every telephone reads from arm's length.
const CODE: f32 = 88.0;
/// From the panel to the words, and from the words to the frame.
const AIR: f32 = 34.0;
/// The room at the foot of the column: issuer's line, signature, id.
const FOOT: f32 = 74.0;

/// What was seen while drawing.
pub(crate) struct Drawn {
    /// Characters no face has.
    pub(crate) missing: Vec<char>,
    /// Where the code is, to be made a link.
    pub(crate) code: Option<Rect>,
}

/// Draws a certificate.
///
/// # Errors
/// [`CertificateError`] where the badge or the code cannot be drawn.
pub(crate) fn draw(
    certificate: &Certificate<'_>,
    painter: &mut Painter<'_, '_>,
) -> Result<Drawn, CertificateError> {
    let (width, height) = certificate.paper.size();
    let rtl = is_rtl(certificate.language);
    let mut sheet = Sheet { certificate, painter, width, height, rtl, missing: Vec::new() };
    sheet.frame();
    sheet.words();
    sheet.foot();
    let code = sheet.panel()?;
    Ok(Drawn { missing: sheet.missing, code })
}

/// Whether a language is written from right to left.
pub(crate) fn is_rtl(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        primary.as_str(),
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "iw" | "ks" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
    )
}

struct Sheet<'c, 'd, 'a, 's, 'p> {
    certificate: &'c Certificate<'a>,
    painter: &'d mut Painter<'s, 'p>,
    width: f32,
    height: f32,
    rtl: bool,
    missing: Vec<char>,
}

impl Sheet<'_, '_, '_, '_, '_> {
    fn frame(&mut self) {
        let (width, height) = (self.width, self.height);
        self.painter.filled(0.0, 0.0, width, height, Ink::White);
        let panel = self.mirrored(INSET, PANEL);
        self.painter.filled(panel, INSET, PANEL, height - 2.0 * INSET, Ink::Tint);
        self.painter.framed(FRAME, FRAME, width - 2.0 * FRAME, height - 2.0 * FRAME, 2.4, Ink::Accent);
        self.painter.framed(INSET, INSET, width - 2.0 * INSET, height - 2.0 * INSET, 0.7, Ink::Gold);
    }

    /// Where a box begins that would begin at `left` if the page began on the left.
    fn mirrored(&self, left: f32, width: f32) -> f32 {
        if self.rtl { self.width - left - width } else { left }
    }

    fn column_left(&self) -> f32 {
        INSET + PANEL + AIR
    }

    fn column_width(&self) -> f32 {
        self.width - self.column_left() - INSET - AIR
    }

    /// Draws the column.
    fn words(&mut self) {
        let top = INSET + AIR;
        let bottom = self.height - INSET - FOOT - 12.0;
        let width = self.column_width();
        let parts = column(self.certificate, width, bottom - top);
        let taken: f32 = parts.iter().map(|part| part.gap + part.height()).sum();
        // Room that is left goes between the parts, but not more than looks meant.
        let air: f32 = parts.iter().map(|part| part.gap).sum();
        let stretch = if air > 0.0 { ((bottom - top - taken).max(0.0) / air).min(0.9) + 1.0 } else { 1.0 };
        let mut y = top;
        for part in &parts {
            y += part.gap * stretch;
            self.part(part, y, width);
            y += part.height();
        }
    }

    fn part(&mut self, part: &Part<'_>, top: f32, width: f32) {
        let left = self.mirrored(self.column_left(), width);
        match &part.content {
            Content::Words(words) => self.set(words, left, top, width, start(self.rtl)),
            Content::Notice(words) => {
                self.painter.framed(left, top, width, part.height(), 1.2, Ink::Alarm);
                let inner = width - 2.0 * NOTICE_PADDING;
                self.set(words, left + NOTICE_PADDING, top + NOTICE_PADDING, inner, start(self.rtl));
            }
            Content::Accent => {
                let bar = self.mirrored(self.column_left(), 54.0);
                self.painter.filled(bar, top, 54.0, 1.6, Ink::Gold);
            }
            Content::Rule => self.painter.filled(left, top, width, 0.5, Ink::Hairline),
            Content::Grid(rows) => {
                let cell = cell_width(width);
                let mut y = top;
                for row in rows {
                    let mut x = self.column_left();
                    for entry in row {
                        let left = self.mirrored(x, cell);
                        self.set(&entry.label, left, y, cell, start(self.rtl));
                        self.set(&entry.value, left, y + entry.label.height(), cell, start(self.rtl));
                        x += cell + COLUMN_GAP;
                    }
                    y += row_height(row) + ROW_GAP;
                }
            }
        }
    }

    fn set(&mut self, words: &Words<'_>, left: f32, top: f32, width: f32, align: Align) {
        for character in words.block.lines.iter().flat_map(|line| &line.missing) {
            if !self.missing.contains(character) {
                self.missing.push(*character);
            }
        }
        let setting = Setting {
            size: words.size,
            leading: words.leading,
            ink: words.ink,
            align,
            role: words.role,
            language: words.language,
        };
        self.painter.lines(&words.block.lines, left, top, width, &setting);
    }

    /// A short text of one style, cut to its lines. Gives back where it ends.
    fn note(&mut self, text: &str, voice: Voice, size: f32, ink: Ink, area: Area, most: usize) -> f32 {
        let text = clean(text);
        let measured = Measured::new(&text, voice);
        let block = measured.wrap(area.width / size, most);
        let leading = size * 1.35;
        let words = Words { block, size, leading, ink, role: Role::Paragraph, language: None };
        self.set(&words, area.left, area.top, area.width, area.align);
        area.top + words.height()
    }

    /// The issuer's line, what the signature is, and the credential's id.
    fn foot(&mut self) {
        let certificate = self.certificate;
        let width = self.column_width();
        let left = self.mirrored(self.column_left(), width);
        let align = start(self.rtl);
        let top = self.height - INSET - FOOT;
        let line = self.mirrored(self.column_left(), 190.0);
        self.painter.filled(line, top, 190.0, 0.7, Ink::Accent);
        let area = Area { left, top: top + 4.0, width, align };
        let issuer = match certificate.issuer_url.map(bare) {
            Some(url) => format!("{} · {url}", certificate.issuer),
            None => certificate.issuer.to_owned(),
        };
        let y = self.note(&issuer, Voice::Strong, 9.0, Ink::Text, area, 1);
        let y =
            self.note(certificate.labels.signed, Voice::Plain, 8.0, Ink::Label, Area { top: y, ..area }, 1);
        let y =
            self.note(certificate.labels.attached, Voice::Plain, 8.0, Ink::Label, Area { top: y, ..area }, 1);
        let id = format!("{}: {}", certificate.labels.credential_id, certificate.credential_id);
        self.note(&id, Voice::Plain, 7.0, Ink::Label, Area { top: y + 2.0, ..area }, 1);
    }

    /// Badge and code. Gives back where the code is.
    fn panel(&mut self) -> Result<Option<Rect>, CertificateError> {
        let certificate = self.certificate;
        let left = self.mirrored(INSET, PANEL);
        let badge_left = (PANEL - BADGE).mul_add(0.5, left);
        let badge_top = INSET + AIR + 18.0;
        self.painter.picture(
            certificate.badge,
            badge_left,
            badge_top,
            BADGE,
            certificate.labels.badge_alt,
        )?;

        let code = qr_svg(certificate.page).map_err(|_| CertificateError::Code)?;
        let code_left = (PANEL - CODE).mul_add(0.5, left);
        let text_width = PANEL - 28.0;
        let code_top = self.height - INSET - CODE - 82.0;
        self.painter.filled(code_left - 3.0, code_top - 3.0, CODE + 6.0, CODE + 6.0, Ink::White);
        self.painter.vector(code.as_bytes(), code_left, code_top, CODE, certificate.labels.code_alt)?;
        let area =
            Area { left: left + 14.0, top: code_top + CODE + 9.0, width: text_width, align: Align::Centre };
        let y = self.note(certificate.labels.scan, Voice::Strong, 8.5, Ink::Accent, area, 2);
        self.note(bare(certificate.page), Voice::Plain, 7.0, Ink::Label, Area { top: y + 1.0, ..area }, 3);
        Ok(Rect::from_xywh(code_left, code_top, CODE, CODE))
    }
}

/// A box for a note.
#[derive(Clone, Copy)]
struct Area {
    left: f32,
    top: f32,
    width: f32,
    align: Align,
}

/// An address as people write it.
fn bare(url: &str) -> &str {
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}
