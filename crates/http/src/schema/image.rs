//! Images on the wire.

use std::borrow::Cow;

use accolade_issuing::{IMAGE_SIDES, design_words};
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::class::TypeOfImage;
use super::text::{Binary, Caption, Uri};
use super::text::{kinds, written};

/// A URL, the image itself as a data URI, an OB 3.0 Image object, or how to draw it.
#[derive(ToSchema)]
#[schema(as = BadgeImageOrUri)]
#[serde(untagged)]
pub(crate) enum BadgeImageOrUri {
    Uri(Uri),
    Image(BadgeImage),
}

/// What an achievement or issuer looks like: either `id` or `design`. However it is given, a copy is kept here and served from
/// here.
#[derive(ToSchema)]
#[schema(as = BadgeImage, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct BadgeImage {
    /// The `url` of an uploaded image; or an https URL elsewhere, fetched once; or the image itself as a data URI, PNG or SVG.
    /// Of an achievement it must be square.
    #[schema(required = false, nullable = false)]
    id: Option<Uri>,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfImage>,
    /// Text below it.
    #[schema(required = false, nullable = false)]
    caption: Option<Caption>,
    /// How to draw it.
    #[schema(required = false, nullable = false)]
    design: Option<BadgeDesign>,
}

kinds! {
    /// How a badge is drawn; every member may be left out. `POST /v1/badge-designs:render` shows it. Text must fit its place and
    /// colours be told apart, or the design is refused with what to change.
    BadgeDesign: design(json!({}));
    /// A badge design, and the `size` of the PNG.
    DesignToRender: design(json!({"size": {"enum": IMAGE_SIDES, "default": 600}}));
}

fn design(mut more: Value) -> Value {
    let words = design_words();
    let colour = json!({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"});
    let mut properties = json!({
        "shape": {"enum": words.shapes},
        "ring": {"enum": words.rings},
        "texture": {"enum": words.textures},
        "icon": {"enum": words.icons},
        "monogram": {"type": "string", "minLength": 1, "maxLength": 3},
        "ribbon": {"type": "string", "minLength": 1},
        "palette": {"anyOf": [
            {"enum": words.palettes},
            {"type": "object", "properties": {"base": colour, "accent": colour}, "required": ["base", "accent"], "additionalProperties": false}
        ]},
        "level": {"type": "object", "properties": {
            "reached": {"type": "integer", "minimum": 0, "maximum": 5}, "of": {"type": "integer", "minimum": 1, "maximum": 5}
        }, "required": ["reached", "of"], "additionalProperties": false}
    });
    if let (Some(properties), Some(more)) = (properties.as_object_mut(), more.as_object_mut()) {
        properties.append(more);
    }
    json!({
        "type": "object", "properties": properties, "additionalProperties": false,
        "example": {"shape": "hexagon", "icon": "chart", "ribbon": "Data Analysis", "palette": "oxford", "level": {"reached": 2, "of": 3}}
    })
}

/// An image that is kept here.
#[derive(ToSchema)]
#[schema(as = KeptImage, rename_all = "camelCase", example = json!({
    "id": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "url": "https://badges.example.edu/public/images/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.png",
    "mediaType": "image/png",
    "width": 400,
    "height": 400,
    "warnings": [{"rule": "small", "detail": "The image has 400 pixels a side; 600 look sharp everywhere."}]
}))]
pub(crate) struct KeptImage {
    /// The SHA-256 of the bytes that are served, in lower-case hexadecimal.
    id: String,
    /// Where it is as PNG: what the `image` of an achievement or issuer may name.
    #[schema(format = "uri")]
    url: String,
    /// Where it is as SVG, if it is one.
    #[schema(format = "uri", required = false, nullable = false)]
    svg: Option<String>,
    /// `image/png` or `image/svg+xml`.
    media_type: String,
    /// In pixels; of an SVG in its own units.
    width: u32,
    /// In pixels; of an SVG in its own units.
    height: u32,
    /// What could be better about it.
    warnings: Vec<ImageWarning>,
}

/// Something about an image that whoever made it may want to mend.
#[derive(ToSchema)]
pub(crate) struct ImageWarning {
    /// Its stable name.
    rule: String,
    /// One sentence for a person.
    detail: String,
}

/// A form with exactly one part.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageUpload {
    /// PNG or SVG; its file name does not matter.
    #[schema(required = false, nullable = false)]
    file: Option<Binary>,
    /// The same.
    #[schema(required = false, nullable = false)]
    image: Option<Binary>,
}
