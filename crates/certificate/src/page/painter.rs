//! Puts lines, rules and pictures on the page, and each under its tag.

use std::num::NonZeroU16;

use accolade_imaging::{Format, Picture, fonts};
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::ink::Ink;
use crate::CertificateError;
use crate::text::Line;

/// What a text is, for a reader that does not see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The certificate's one heading.
    Title,
    /// The heading of a part.
    Heading,
    /// Anything else.
    Paragraph,
}

/// Where the lines of a text stand in their box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) size: f32,
    pub(crate) leading: f32,
    pub(crate) ink: Ink,
    pub(crate) align: Align,
    pub(crate) role: Role,
    pub(crate) language: Option<&'a str>,
}

/// A page being drawn.
pub(crate) struct Painter<'s, 'p> {
    pub(crate) surface: &'s mut Surface<'p>,
    pub(crate) tree: TagTree,
}

impl Painter<'_, '_> {
    /// Draws lines from the top of a box downwards.
    pub(crate) fn lines(&mut self, lines: &[Line], left: f32, top: f32, width: f32, setting: &Setting<'_>) {
        let mut group = match setting.role {
            Role::Title => TagGroup::new(
                Tag::Hn(NonZeroU16::MIN, Some(joined(lines))).with_lang(owned(setting.language)),
            ),
            Role::Heading => {
                let level = NonZeroU16::MIN.saturating_add(1);
                TagGroup::new(Tag::Hn(level, Some(joined(lines))).with_lang(owned(setting.language)))
            }
            Role::Paragraph => TagGroup::new(Tag::P.with_lang(owned(setting.language))),
        };
        // The letters' feet: the ascent of the built-in fonts is about 0.8 of the size, the rest of the leading is air.
        let mut baseline = top + (setting.leading - setting.size).mul_add(0.5, setting.size * 0.82);
        for line in lines {
            let free = line.width().mul_add(-setting.size, width);
            let x = match setting.align {
                Align::Left => left,
                Align::Centre => free.mul_add(0.5, left),
                Align::Right => left + free,
            };
            let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            self.line(line, x, baseline, setting);
            self.surface.end_tagged();
            group.push(id);
            baseline += setting.leading;
        }
        if !lines.is_empty() {
            self.tree.push(group);
        }
    }

    fn line(&mut self, line: &Line, left: f32, baseline: f32, setting: &Setting<'_>) {
        self.surface.set_fill(Some(fill(setting.ink)));
        self.surface.set_stroke(None);
        let mut x = left;
        for run in &line.runs {
            let start = Point::from_xy(x, baseline);
            self.surface.draw_glyphs(
                start,
                &run.glyphs,
                run.face.font.clone(),
                &line.text,
                setting.size,
                false,
            );
            x += run.width * setting.size;
        }
    }

    /// Fills a rectangle; decoration.
    pub(crate) fn filled(&mut self, left: f32, top: f32, width: f32, height: f32, ink: Ink) {
        self.decoration(left, top, width, height, Some(fill(ink)), None);
    }

    /// Draws a rectangle's border; decoration.
    pub(crate) fn framed(&mut self, left: f32, top: f32, width: f32, height: f32, thickness: f32, ink: Ink) {
        let stroke = Stroke { paint: ink.color().into(), width: thickness, ..Stroke::default() };
        self.decoration(left, top, width, height, None, Some(stroke));
    }

    fn decoration(
        &mut self,
        left: f32,
        top: f32,
        width: f32,
        height: f32,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    ) {
        let Some(rect) = Rect::from_xywh(left, top, width, height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        let Some(path) = path.finish() else { return };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }

    /// Draws a picture as a figure.
    ///
    /// # Errors
    /// [`CertificateError::Picture`] where the picture cannot be drawn.
    pub(crate) fn picture(
        &mut self,
        picture: &Picture,
        left: f32,
        top: f32,
        side: f32,
        alt: &str,
    ) -> Result<(), CertificateError> {
        match picture.format() {
            Format::Svg => self.vector(picture.bytes(), left, top, side, alt),
            Format::Png => {
                let size = Size::from_wh(side, side).ok_or(CertificateError::Picture)?;
                // What is larger than print needs would only make the file larger.
                let scaled = if picture.width() > LARGEST_SIDE {
                    picture.png(LARGEST_SIDE).map_err(|_| CertificateError::Picture)?
                } else {
                    picture.bytes().to_vec()
                };
                let image = Image::from_png(scaled.into(), false).map_err(|_| CertificateError::Picture)?;
                self.figure(left, top, alt, |surface| surface.draw_image(image, size));
                Ok(())
            }
        }
    }

    /// Draws an SVG as a figure.
    ///
    /// # Errors
    /// [`CertificateError::Picture`] where it is no SVG that can be drawn.
    pub(crate) fn vector(
        &mut self,
        svg: &[u8],
        left: f32,
        top: f32,
        side: f32,
        alt: &str,
    ) -> Result<(), CertificateError> {
        let size = Size::from_wh(side, side).ok_or(CertificateError::Picture)?;
        let tree =
            usvg::Tree::from_data(svg, &fonts::svg_options()).map_err(|_| CertificateError::Picture)?;
        let settings = SvgSettings { embed_text: false, ..SvgSettings::default() };
        let mut drawn = None;
        self.figure(left, top, alt, |surface| drawn = surface.draw_svg(&tree, size, settings));
        drawn.ok_or(CertificateError::Picture)
    }

    fn figure(&mut self, left: f32, top: f32, alt: &str, draw: impl FnOnce(&mut Surface<'_>)) {
        let id = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&Transform::from_translate(left, top));
        draw(self.surface);
        self.surface.pop();
        self.surface.end_tagged();
        let mut group = TagGroup::new(Tag::Figure(Some(alt.to_owned())));
        group.push(id);
        self.tree.push(group);
    }
}

/// The side of the largest raster picture in a file, in pixels.
const LARGEST_SIDE: u32 = 600;

fn fill(ink: Ink) -> Fill {
    Fill { paint: ink.color().into(), ..Fill::default() }
}

fn owned(language: Option<&str>) -> Option<String> {
    language.map(ToOwned::to_owned)
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}
