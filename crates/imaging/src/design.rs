//! The parametric badge: shape × ring × icon × ribbon × palette × texture × level.

mod draw;
mod icons;
mod level;
mod naming;
mod palette;
mod parse;
mod ribbon;
mod ring;
mod shape;
mod texture;

use serde_json::{Map, Value, json};

use self::icons::Icon;
use self::level::Level;
use self::palette::Palette;
use self::ring::Ring;
use self::shape::Shape;
use self::texture::Texture;

/// A badge that is drawn from its description.
///
/// As JSON, every member optional:
/// ```json
/// {
///   "shape": "hexagon",
///   "ring": "beads",
///   "texture": "guilloche",
///   "icon": "chart",
///   "ribbon": "Data Analysis",
///   "palette": "oxford",
///   "level": {"reached": 2, "of": 3}
/// }
/// ```
/// `monogram` (one to three characters) may stand instead of `icon`; `palette` may be `{"base": "#0a2f5c", "accent":
/// "#c79a2b"}`. [`vocabulary`] lists the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    shape: Shape,
    ring: Ring,
    texture: Texture,
    emblem: Emblem,
    ribbon: Option<String>,
    palette: Palette,
    level: Option<Level>,
}

/// What stands in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Emblem {
    /// An icon, by its name.
    Icon(&'static str),
    /// One to three characters.
    Monogram(String),
}

/// One thing that is wrong with the description of a design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignFault {
    /// [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) to the member, from the design's own root.
    pub pointer: String,
    /// A name for programs: `unknown-member`, `type`, `unknown-word`, `length`, `glyphs`, `fit`, `contrast`, `range`,
    /// `conflict`.
    pub rule: &'static str,
    /// For people, in English; with a suggestion where there is one.
    pub detail: String,
}

/// The words a design is described with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// Values of `shape`.
    pub shapes: Vec<&'static str>,
    /// Values of `ring`.
    pub rings: Vec<&'static str>,
    /// Values of `texture`.
    pub textures: Vec<&'static str>,
    /// Values of `icon`.
    pub icons: Vec<&'static str>,
    /// Named values of `palette`.
    pub palettes: Vec<&'static str>,
}

/// The words a design is described with, for documentation and for the ones who build an editor.
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        shapes: Shape::ALL.iter().map(|shape| shape.name()).collect(),
        rings: Ring::ALL.iter().map(|ring| ring.name()).collect(),
        textures: Texture::ALL.iter().map(|texture| texture.name()).collect(),
        icons: icons::all().map(|icon| icon.0).collect(),
        palettes: palette::NAMED.iter().map(|named| named.0).collect(),
    }
}

/// What stands in the middle where nothing was said.
const FALLBACK: &Icon = &("star", &[]);

impl Default for Design {
    fn default() -> Self {
        let palette = palette::NAMED[0].1;
        Self {
            shape: Shape::Circle,
            ring: Ring::Line,
            texture: Texture::Plain,
            emblem: Emblem::Icon(FALLBACK.0),
            ribbon: None,
            palette,
            level: None,
        }
    }
}

impl Design {
    /// Reads the description of a design and checks that it will be legible.
    ///
    /// # Errors
    /// Every [`DesignFault`] at once: unknown members and words (with the nearest known one), text that does not fit or has
    /// characters no font has, colours that cannot be told apart.
    pub fn parse(value: &Value) -> Result<Self, Vec<DesignFault>> {
        parse::design(value)
    }

    /// A design of its own for an achievement without a picture, from its name alone: the same name gives the same design
    /// for ever (a name in a script that no font has gets its ribbon once there is one), different names differ, and words such as “data” or “Sprache” choose the icon.
    pub fn of_name(name: &str) -> Self {
        naming::design(name)
    }

    /// The drawing: a square SVG of 600 units, without any text or font. The same design, the same bytes.
    pub fn svg(&self) -> String {
        draw::svg(self)
    }

    /// The description, every member written out.
    pub fn to_value(&self) -> Value {
        let mut members = Map::new();
        members.insert("shape".to_owned(), json!(self.shape.name()));
        members.insert("ring".to_owned(), json!(self.ring.name()));
        members.insert("texture".to_owned(), json!(self.texture.name()));
        match &self.emblem {
            Emblem::Icon(name) => members.insert("icon".to_owned(), json!(name)),
            Emblem::Monogram(letters) => members.insert("monogram".to_owned(), json!(letters)),
        };
        if let Some(text) = &self.ribbon {
            members.insert("ribbon".to_owned(), json!(text));
        }
        members.insert("palette".to_owned(), self.palette_value());
        if let Some(level) = self.level {
            members.insert("level".to_owned(), json!({"reached": level.reached, "of": level.of}));
        }
        Value::Object(members)
    }

    fn palette_value(&self) -> Value {
        let named = palette::NAMED.iter().find(|(_, palette)| *palette == self.palette);
        named.map_or_else(
            || json!({"base": self.palette.base.to_string(), "accent": self.palette.accent.to_string()}),
            |(name, _)| json!(name),
        )
    }
}
