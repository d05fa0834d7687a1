//! Picks places in the issuer's open status list at random, so that the order of places tells nothing.

use accolade_core::vocabulary::StatusPurpose;
use accolade_store::status_lists::{self, OpenList};
use accolade_store::{Db, StoreError};

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
    /// The list that was read with the rest of the material; one is opened where there was none.
    pub(super) fn open(desk: &Desk, material: &Material) -> Result<Places, OfficeError> {
        let list = match &material.open_list {
            Some(list) => list.clone(),
            None => open_new(desk, material)?,
        };
        Ok(Places { list, collisions: 0 })
    }

    /// A place for a dry run, which opens no list: where none is open, the place is made up.
    pub(super) fn rehearsed(desk: &Desk, material: &Material) -> Result<StatusPlace, OfficeError> {
        match &material.open_list {
            Some(list) => Places { list: list.clone(), collisions: 0 }.pick(desk),
            None => Ok(StatusPlace { list_id: desk.new_id(), index: 0 }),
        }
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
            *self = Places { list: open_new(desk, material)?, collisions: 0 };
        }
        Ok(())
    }
}

/// The issuer's list that is open for awards.
pub(super) fn open_list(db: &mut Db<'_>, issuer: &str) -> Result<Option<OpenList>, StoreError> {
    status_lists::open_of_issuer(db, issuer, StatusPurpose::Revocation.as_str())
}

/// Opens a list, or takes the one that somebody else opened a moment before.
fn open_new(desk: &Desk, material: &Material) -> Result<OpenList, OfficeError> {
    let find = || desk.store.read("status_list.open", |db| open_list(db, &material.issuer.id));
    if let Some(list) = find()? {
        return Ok(list);
    }
    let new = status_list::new_list(desk, &material.issuer, &material.keys.proof, desk.now())?;
    // Of two at once one opens a list; both then find that one.
    desk.store.write("status_list.insert", |tx| status_lists::insert(tx, &new))?;
    find()?.ok_or_else(|| OfficeError::corrupt("the status list just opened is not there"))
}
