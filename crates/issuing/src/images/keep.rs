//! Taking a picture in.

use accolade_imaging::{Design, Format, Picture};
use accolade_store::images as store;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::illustration::is_square;
use super::refused;
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Caller, Office, OfficeError, Scope};

/// The width and height that every design is drawn in.
const DESIGN_UNITS: u32 = 600;

/// A picture that is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptImage {
    /// The SHA-256 of the bytes that are served, in lower-case hexadecimal.
    pub id: String,
    /// Where it is as PNG: what the `image` of an achievement or issuer may name.
    pub url: String,
    /// Where it is as SVG, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub svg: Option<String>,
    /// `image/png` or `image/svg+xml`.
    pub media_type: &'static str,
    /// In pixels; of an SVG in its own units.
    pub width: u32,
    /// In pixels; of an SVG in its own units.
    pub height: u32,
    /// What could be better about it.
    pub warnings: Vec<ImageWarning>,
}

/// Something about a picture that whoever made it may want to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageWarning {
    /// A stable name, such as `small`.
    pub rule: String,
    /// One sentence for a person.
    pub detail: String,
}

impl Office {
    /// Takes a picture in, PNG or SVG, whatever it is called. The same bytes again are the same picture.
    ///
    /// # Errors
    /// [`OfficeError::Rejected`] for what is neither, is broken, or costs too much to draw.
    pub fn keep_image(&self, caller: &Caller, bytes: &[u8]) -> Result<KeptImage, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::AchievementsWrite)?;
        let picture = Picture::read_any_shape(bytes).map_err(|error| refused("", &error))?;
        let row = desk.image_row(&picture, bytes);
        if desk.store.read("image.facts", |db| store::facts(db, &row.id))?.is_none() {
            let detail = json!({ "imageId": row.id, "mediaType": row.media_type });
            let act = Act::new(desk, caller, "image.keep", &row.id, row.created_at, &detail);
            desk.store.write(
                "image.keep",
                |tx| {
                    if store::insert(tx, &row)? { act.write(tx) } else { Ok(()) }
                },
            )?;
        }
        Ok(desk.kept_image(row.id, &picture))
    }
}

impl Desk {
    /// The row of a picture that was read from `given`.
    pub(super) fn image_row(&self, picture: &Picture, given: &[u8]) -> store::Image {
        let bytes = picture.bytes();
        store::Image {
            id: id_of(bytes),
            media_type: picture.format().media_type().to_owned(),
            bytes: bytes.to_vec(),
            original: (given != bytes).then(|| given.to_vec()),
            width: picture.width(),
            height: picture.height(),
            created_at: self.now(),
        }
    }

    /// The row of a design. It is drawn as pixels only when somebody wants to see it.
    pub(super) fn drawn(&self, design: &Design) -> store::Image {
        let bytes = design.svg().into_bytes();
        store::Image {
            id: id_of(&bytes),
            media_type: Format::Svg.media_type().to_owned(),
            bytes,
            original: None,
            width: DESIGN_UNITS,
            height: DESIGN_UNITS,
            created_at: self.now(),
        }
    }

    fn kept_image(&self, id: String, picture: &Picture) -> KeptImage {
        let warning = |warning: &accolade_imaging::Warning| ImageWarning {
            rule: warning.code().to_owned(),
            detail: warning.to_string(),
        };
        let mut warnings: Vec<ImageWarning> = picture.warnings().iter().map(warning).collect();
        if !is_square(picture.width(), picture.height()) {
            let detail = "the picture is not square: it can be an issuer's logo, but not a badge".to_owned();
            warnings.push(ImageWarning { rule: "not_square".to_owned(), detail });
        }
        KeptImage {
            url: self.addresses.image_png(&id),
            svg: (picture.format() == Format::Svg).then(|| self.addresses.image_svg(&id)),
            media_type: picture.format().media_type(),
            width: picture.width(),
            height: picture.height(),
            warnings,
            id,
        }
    }
}

/// The SHA-256 of the bytes, in lower-case hexadecimal.
fn id_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
