//! What drawing would cost, estimated before it is drawn: rasterising cannot be stopped once it has begun.
//!
//! The unit is about a tenth of a millisecond of processor time for a drawing of 600 pixels a side, as measured on the drawings of
//! `tests/hostile.rs`.

use tiny_skia::PathSegment;
use usvg::filter::Kind;
use usvg::{Group, Node, Paint, Path};

use super::PictureError;

/// A little under half a second at 600 pixels.
const MAX_COST: f64 = 4_000.0;
/// Parts that are looked at, each time they are drawn.
const MAX_STEPS: u32 = 60_000;
/// Layers within layers; each takes the memory of a whole picture.
const MAX_LAYERS: u32 = 16;
/// Dashes of one line.
const MAX_DASHES: f32 = 5_000.0;

const TOO_COSTLY: PictureError =
    PictureError::Limit("it paints too often over itself, or with too many effects");

struct Budget {
    cost: f64,
    steps: u32,
    /// The drawing's whole area, in its own units.
    area: f64,
    /// Beyond this, in its own units, rasterisers lose their way.
    far: f32,
}

/// Checks the whole drawing.
pub(super) fn check(tree: &usvg::Tree) -> Result<(), PictureError> {
    let far = (100.0 * tree.size().width().max(tree.size().height())).min(9e6);
    let area = f64::from(tree.size().width()) * f64::from(tree.size().height());
    Budget { cost: 0.0, steps: 0, area: area.max(f64::MIN_POSITIVE), far }.group(tree.root(), 0)
}

impl Budget {
    fn spend(&mut self, cost: f64) -> Result<(), PictureError> {
        self.steps += 1;
        self.cost += cost;
        // NaN and infinity are more than any budget.
        let within = self.cost <= MAX_COST && self.steps <= MAX_STEPS;
        if within { Ok(()) } else { Err(TOO_COSTLY) }
    }

    /// The part of the whole drawing that a rectangle is as large as.
    fn share(&self, bounds: usvg::tiny_skia_path::Rect) -> f64 {
        f64::from(bounds.width()) * f64::from(bounds.height()) / self.area
    }

    fn group(&mut self, group: &Group, layers: u32) -> Result<(), PictureError> {
        let layers = if group.should_isolate() { layers + 1 } else { layers };
        if layers > MAX_LAYERS {
            return Err(PictureError::Limit("too many transparent layers stand in each other"));
        }
        if group.should_isolate() {
            self.spend(38.0 * self.share(group.abs_layer_bounding_box().to_rect()).min(1.0))?;
        }
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.spend(8.0)?;
            self.group(path.root(), layers)?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(inner) = mask {
            self.spend(40.0)?;
            self.group(inner.root(), layers)?;
            mask = inner.mask();
        }
        // Effects are made on all of their region, even where it lies outside of the drawing.
        let region = self.share(group.abs_layer_bounding_box().to_rect()).max(0.01);
        for filter in group.filters() {
            filter.primitives().iter().try_for_each(|primitive| self.effect(primitive.kind(), region))?;
        }
        group.children().iter().try_for_each(|child| self.node(child, layers))
    }

    fn node(&mut self, node: &Node, layers: u32) -> Result<(), PictureError> {
        match node {
            Node::Group(group) => self.group(group, layers),
            Node::Path(path) => self.path(path, layers),
            Node::Image(image) => self.spend(1.0 + 40.0 * self.share(image.abs_bounding_box()).min(1.0)),
            Node::Text(text) => self.group(text.flattened(), layers),
        }
    }

    fn path(&mut self, path: &Path, layers: u32) -> Result<(), PictureError> {
        let bounds = path.abs_stroke_bounding_box();
        if [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()]
            .iter()
            .any(|edge| edge.abs() > self.far)
        {
            return Err(PictureError::Limit("a part of it lies or reaches far outside of it"));
        }
        if !path.is_visible() {
            return self.spend(0.01);
        }
        let share = self.share(bounds).min(1.0);
        let segments = path.data().len();
        let segments = f64::from(u32::try_from(segments).unwrap_or(u32::MAX));
        if let Some(fill) = path.fill() {
            self.spend(0.05 + 0.012 * segments)?;
            self.paint(fill.paint(), share, layers)?;
        }
        let Some(stroke) = path.stroke() else { return Ok(()) };
        let dashes = stroke.dasharray().map_or(0.0, |dashes| dash_count(path, dashes));
        if dashes > MAX_DASHES {
            return Err(PictureError::Limit("a line has too many dashes"));
        }
        self.spend(0.1 + 0.03 * segments + 0.03 * f64::from(dashes) + 5.0 * share)?;
        self.paint(stroke.paint(), share, layers)
    }

    fn paint(&mut self, paint: &Paint, share: f64, layers: u32) -> Result<(), PictureError> {
        match paint {
            Paint::Color(_) => self.spend(2.0 * share),
            Paint::LinearGradient(_) | Paint::RadialGradient(_) => self.spend(30.0 * share),
            Paint::Pattern(pattern) => {
                self.spend(10.0 + 30.0 * share)?;
                self.group(pattern.root(), layers + 1)
            }
        }
    }

    /// Effects whose cost hangs on their region and on no other number in the drawing.
    fn effect(&mut self, kind: &Kind, region: f64) -> Result<(), PictureError> {
        match kind {
            Kind::GaussianBlur(_) | Kind::DropShadow(_) => self.spend(500.0 * region),
            Kind::Blend(_)
            | Kind::ColorMatrix(_)
            | Kind::ComponentTransfer(_)
            | Kind::Composite(_)
            | Kind::Flood(_)
            | Kind::Merge(_)
            | Kind::Offset(_) => self.spend(150.0 * region),
            _ => Err(PictureError::Unsupported(
                "of the filter effects, only shadow, blur, blend, composite, flood, merge, offset and colour changes are drawn",
            )),
        }
    }
}

/// About how many dashes a line is cut into.
fn dash_count(path: &Path, dashes: &[f32]) -> f32 {
    let period: f32 = dashes.iter().sum();
    let mut here = tiny_skia::Point::zero();
    let mut length = 0.0;
    for segment in path.data().segments() {
        let points = match segment {
            PathSegment::MoveTo(to) => {
                here = to;
                continue;
            }
            PathSegment::LineTo(to) => vec![to],
            PathSegment::QuadTo(control, to) => vec![control, to],
            PathSegment::CubicTo(first, second, to) => vec![first, second, to],
            PathSegment::Close => continue,
        };
        for to in points {
            length += here.distance(to);
            here = to;
        }
    }
    let count = length / period * f32::from(u16::try_from(dashes.len()).unwrap_or(u16::MAX));
    if count.is_finite() { count } else { f32::MAX }
}
