//! Pictures drawn from a description.

use accolade_imaging::{Design, DesignFault, Picture};
use bytes::Bytes;
use serde_json::Value;

use super::{ImageForm, refused};
use crate::orders::sound_throughout;
use crate::{Caller, Fault, Office, OfficeError, Scope};

/// A design, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignPicture {
    /// `image/png` or `image/svg+xml`.
    pub content_type: &'static str,
    /// The picture. The same design and form give the same bytes.
    pub bytes: Bytes,
}

/// The words a design is described with: what each member may say.
pub type DesignWords = accolade_imaging::Vocabulary;

/// The words a design is described with.
pub fn design_words() -> DesignWords {
    accolade_imaging::vocabulary()
}

impl Office {
    /// Draws a design, to look at. Nothing is stored.
    ///
    /// # Errors
    /// [`OfficeError::Rejected`] with every fault of the description.
    pub fn render_design(
        &self,
        caller: &Caller,
        design: &Value,
        form: ImageForm,
    ) -> Result<DesignPicture, OfficeError> {
        caller.needs(Scope::AchievementsRead)?;
        let mut faults = Vec::new();
        sound_throughout(design, "", &mut faults);
        let design = match Design::parse(design) {
            Ok(design) if faults.is_empty() => design,
            Ok(_) => return Err(OfficeError::Rejected(faults)),
            Err(found) => {
                faults.extend(found.into_iter().map(|found| fault(found.pointer.clone(), found)));
                return Err(OfficeError::Rejected(faults));
            }
        };
        let side = match form {
            ImageForm::Svg => {
                return Ok(DesignPicture { content_type: "image/svg+xml", bytes: design.svg().into() });
            }
            ImageForm::Png => super::BAKED_SIDE,
            ImageForm::Side(side) => side,
        };
        let drawn = Picture::of_design(&design).and_then(|picture| picture.png(side));
        let bytes = drawn.map_err(|error| refused("", &error))?.into();
        Ok(DesignPicture { content_type: "image/png", bytes })
    }
}

/// A fault of a design, with its rule spelt as all rules here are.
pub(super) fn fault(pointer: String, fault: DesignFault) -> Fault {
    Fault::new(pointer, fault.rule.replace('-', "_"), fault.detail)
}
