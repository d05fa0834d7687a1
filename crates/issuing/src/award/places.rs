//! Picks places in the issuer's open status list at random, so that the order of places tells nothing.

use accolade_core::vocabulary::StatusPurpose;
use accolade_store::status_lists::{self, OpenList};

use super::Material;
use super::draft::StatusPlace;
use crate::OfficeError;
use crate::office::Desk;
use crate::status_list;

/// After so many taken places in a row a list counts as half full and is closed: from there on picking gets slow.
const MOST_COLLISIONS: u32 = 8;

/// The open list of an issuer, and how often in a row a pick was taken.
pub(super) struct Places {
    list: OpenList,
    collisions: u32,
}

impl Places {
    /// The issuer's open list; one is made where there is none.
    pub(super) fn open(desk: &Desk, material: &Material) -> Result<Places, OfficeError> {
        let purpose = StatusPurpose::Revocation.as_str();
        let issuer = material.issuer.id.as_str();
        let find =
            || desk.store.read("status_list.open", |db| status_lists::open_of_issuer(db, issuer, purpose));
        let list = match find()? {
            Some(list) => list,
            None => {
                let new = status_list::new_list(desk, &material.issuer, &material.keys.proof, desk.now())?;
                // Of two at once one opens a list; both then find that one.
                desk.store.write("status_list.insert", |tx| status_lists::insert(tx, &new))?;
                find()?.ok_or_else(|| OfficeError::corrupt("the status list just opened is not there"))?
            }
        };
        Ok(Places { list, collisions: 0 })
    }

    /// A random place, perhaps taken: the database decides.
    pub(super) fn pick(&self, desk: &Desk) -> Result<StatusPlace, OfficeError> {
        let mut bytes = [0_u8; 8];
        desk.entropy.fill(&mut bytes);
        let index = u64::from_be_bytes(bytes)
            .checked_rem(u64::from(self.list.length))
            .and_then(|index| u32::try_from(index).ok())
            .ok_or_else(|| OfficeError::corrupt("a status list without places"))?;
        Ok(StatusPlace { list_id: self.list.id.clone(), index })
    }

    /// Notes that the place was taken. A list that is half full is closed and the next one opened.
    pub(super) fn taken(&mut self, desk: &Desk, material: &Material) -> Result<(), OfficeError> {
        self.collisions += 1;
        if self.collisions >= MOST_COLLISIONS {
            desk.store.write("status_list.close", |tx| status_lists::close(tx, &self.list.id))?;
            *self = Places::open(desk, material)?;
        }
        Ok(())
    }
}
