//! What is made of a picture, once: sizes, and the picture that badges are baked into.

use accolade_imaging::{Design, Picture};
use accolade_store::achievements::{self, Achievement};
use accolade_store::images::{self as store, Served};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{data_uri, refused};
use crate::OfficeError;
use crate::office::Desk;

/// The side, in pixels, of what is drawn to be downloaded.
pub(crate) const BAKED_SIDE: u32 = 600;
/// A PNG of up to so many pixels a side is downloaded as it is.
const LARGEST_BAKED: u32 = 1200;

const SVG: &str = "image/svg+xml";

impl Desk {
    /// The picture with this id, as it is served.
    pub(crate) fn image(&self, id: &str) -> Result<Option<Served>, OfficeError> {
        Ok(self.store.read("image", |db| store::served(db, id))?)
    }

    /// The picture as SVG; `None` where it is none.
    pub(crate) fn image_svg(&self, id: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        Ok(self.image(id)?.filter(|image| image.media_type == SVG).map(|image| image.bytes))
    }

    /// The picture as PNG: itself, or drawn.
    pub(crate) fn image_png(&self, id: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(facts) = self.store.read("image.facts", |db| store::facts(db, id))? else { return Ok(None) };
        if facts.media_type == SVG {
            return self.image_side(id, BAKED_SIDE);
        }
        Ok(self.image(id)?.map(|image| image.bytes))
    }

    /// The PNG that badges are baked into: the picture itself where it is a PNG of a reasonable size, otherwise drawn.
    pub(crate) fn image_to_bake(&self, id: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(facts) = self.store.read("image.facts", |db| store::facts(db, id))? else { return Ok(None) };
        let as_it_is = facts.media_type != SVG && facts.width.max(facts.height) <= LARGEST_BAKED;
        if as_it_is {
            return Ok(self.image(id)?.map(|image| image.bytes));
        }
        self.image_side(id, BAKED_SIDE)
    }

    /// The SVG that badges are baked into: the picture itself, or a frame around it where it is a PNG.
    pub(crate) fn svg_to_bake(&self, id: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        if let Some(svg) = self.image_svg(id)? {
            return Ok(Some(svg));
        }
        Ok(self.image_side(id, BAKED_SIDE)?.map(|png| framed(&png)))
    }

    /// A PNG of the picture with `side` pixels a side.
    pub(crate) fn image_side(&self, id: &str, side: u32) -> Result<Option<Vec<u8>>, OfficeError> {
        self.rendition(id, &side.to_string(), |picture| picture.png(side))
    }

    /// What was made of a picture, under the name `kind`; made by `make` the first time.
    pub(crate) fn rendition(
        &self,
        id: &str,
        kind: &str,
        make: impl FnOnce(&Picture) -> Result<Vec<u8>, accolade_imaging::PictureError>,
    ) -> Result<Option<Vec<u8>>, OfficeError> {
        if let Some(bytes) = self.store.read("rendition", |db| store::rendition(db, id, kind))? {
            return Ok(Some(bytes));
        }
        let Some(image) = self.image(id)? else { return Ok(None) };
        let picture = Picture::read_any_shape(&image.bytes).map_err(OfficeError::corrupt)?;
        let bytes = make(&picture).map_err(|error| refused("", &error))?;
        let kept = self.store.write("rendition.keep", |tx| store::keep_rendition(tx, id, kind, &bytes));
        if let Err(error) = kept {
            // It can be made again; the reader gets what he came for.
            tracing::warn!(%error, kind, "a rendition could not be kept");
        }
        Ok(Some(bytes))
    }

    /// The id of an achievement's picture. An achievement from before there were pictures gets one now.
    pub(crate) fn picture_of(&self, row: &Achievement) -> Result<String, OfficeError> {
        match &row.image_id {
            Some(id) => Ok(id.clone()),
            None => self.adopt(row),
        }
    }

    fn adopt(&self, row: &Achievement) -> Result<String, OfficeError> {
        let document: Value = serde_json::from_str(&row.document).map_err(OfficeError::corrupt)?;
        let uploaded = document.pointer("/image/id").and_then(Value::as_str).and_then(data_uri::read);
        let uploaded = uploaded.and_then(Result::ok);
        // It was taken in before pictures had to be square.
        let given = uploaded.as_deref().and_then(|bytes| Some((Picture::read_any_shape(bytes).ok()?, bytes)));
        let image = match given {
            Some((picture, bytes)) => self.image_row(&picture, bytes),
            None => {
                let name = document.get("name").and_then(Value::as_str).unwrap_or_default();
                self.drawn(&Design::of_name(name))
            }
        };
        self.store.write("achievement.illustrate", |tx| {
            store::insert(tx, &image)?;
            achievements::illustrate(tx, &row.id, row.version, &image.id)
        })?;
        Ok(image.id)
    }
}

/// A drawing that holds nothing but the PNG. Older readers of SVG know `href` only with its prefix.
fn framed(png: &[u8]) -> Vec<u8> {
    let data = STANDARD.encode(png);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {BAKED_SIDE} {BAKED_SIDE}"><image width="{BAKED_SIDE}" height="{BAKED_SIDE}" xlink:href="data:image/png;base64,{data}"/></svg>"#
    )
    .into_bytes()
}
