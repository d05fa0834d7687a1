//! The `image` of an achievement or an issuer: from what a request says to a picture that is kept here.

use accolade_imaging::{Design, Picture, PictureError};
use accolade_store::{StoreError, Tx, images as store};
use serde_json::{Map, Value, json};

use super::wish::Wish;
use super::{Brought, refused};
use crate::office::Desk;
use crate::{Fault, OfficeError};

/// What a picture stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depicts {
    /// An achievement: square, as backpacks and profiles show it.
    Badge,
    /// An issuer: a logo of any shape.
    Logo,
}

/// A picture for an achievement or issuer, to be stored with it.
#[derive(Debug)]
pub(crate) struct Illustration {
    /// The picture's id.
    pub(crate) id: String,
    /// The `image` to store: what was asked for, under the picture's own URL. `None` where nothing was asked for.
    pub(crate) member: Option<Value>,
    /// The picture, unless it is known to be here.
    new: Option<store::Image>,
}

impl Illustration {
    /// Stores the picture, in the transaction that needs it.
    pub(crate) fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.new.as_ref().map_or(Ok(()), |image| store::insert(tx, image).map(drop))
    }
}

impl Desk {
    /// The picture that the `image` of a request asks for, in its full form (`{type, id | design, caption?}`).
    pub(crate) fn illustration(
        &self,
        image: &Value,
        depicts: Depicts,
        brought: Option<&Brought>,
    ) -> Result<Illustration, OfficeError> {
        let wish = Wish::read(image, &self.addresses).map_err(OfficeError::Rejected)?;
        let new = match wish {
            Wish::Kept(id) => {
                self.fits(&id, depicts)?;
                return Ok(self.illustrated(id, Some(image), None));
            }
            Wish::Given(bytes) => self.taken(&bytes, depicts, "/image")?,
            Wish::Drawn(design) => self.drawn(&design),
            Wish::Elsewhere(url) => match brought.filter(|brought| brought.url == url) {
                Some(brought) => self.taken(&brought.bytes, depicts, "/image/id")?,
                None => return Err(OfficeError::ImageElsewhere(url)),
            },
        };
        Ok(self.illustrated(new.id.clone(), Some(image), Some(new)))
    }

    /// The picture of an achievement for which none was asked: drawn from its name.
    pub(crate) fn illustration_of_name(&self, name: &str) -> Illustration {
        let new = self.drawn(&Design::of_name(name));
        self.illustrated(new.id.clone(), None, Some(new))
    }

    fn illustrated(&self, id: String, asked: Option<&Value>, new: Option<store::Image>) -> Illustration {
        let member = asked.map(|asked| {
            let mut member = asked.clone();
            if let Some(members) = member.as_object_mut() {
                members.insert("id".to_owned(), json!(self.addresses.image_png(&id)));
            }
            member
        });
        Illustration { id, member, new }
    }

    /// Refuses a kept picture that is not there, or has not the shape.
    fn fits(&self, id: &str, depicts: Depicts) -> Result<(), OfficeError> {
        let at = "/image/id";
        let facts = self.store.read("image.facts", |db| store::facts(db, id))?.ok_or_else(|| {
            let detail = "there is no such image here; `POST /v1/images` takes one in and gives its URL";
            OfficeError::rejected(at, "image_unknown", detail)
        })?;
        let (width, height) = (facts.width, facts.height);
        if depicts == Depicts::Badge && !is_square(width, height) {
            return Err(refused(at, &PictureError::NotSquare { width, height }));
        }
        Ok(())
    }

    fn taken(&self, bytes: &[u8], depicts: Depicts, at: &str) -> Result<store::Image, OfficeError> {
        let read = match depicts {
            Depicts::Badge => Picture::read(bytes),
            Depicts::Logo => Picture::read_any_shape(bytes),
        };
        Ok(self.image_row(&read.map_err(|error| refused(at, &error))?, bytes))
    }
}

/// Whether a badge may look like that: square, give or take one part in a hundred.
pub(super) fn is_square(width: u32, height: u32) -> bool {
    width.abs_diff(height).saturating_mul(100) <= width.max(height)
}

/// `document` as the world sees it: how its `image` was drawn is the house's own matter.
pub(crate) fn as_published(document: &mut Value) {
    if let Some(Value::Object(image)) = document.get_mut("image") {
        image.remove("design");
    }
}

/// The members of a document as they were asked for: a drawn `image` shows its design, not where it is.
pub(crate) fn as_asked(members: &mut Map<String, Value>) {
    if let Some(Value::Object(image)) = members.get_mut("image")
        && image.contains_key("design")
    {
        image.remove("id");
    }
}

/// Both, or every fault of both.
pub(crate) fn both<A, B>(
    one: Result<A, OfficeError>,
    other: Result<B, OfficeError>,
) -> Result<(A, B), OfficeError> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(OfficeError::Rejected(faults)), Err(OfficeError::Rejected(more))) => {
            Err(OfficeError::Rejected(faults.into_iter().chain(more).collect::<Vec<Fault>>()))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}
