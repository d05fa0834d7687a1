//! An award that is signed before the transaction it is stored in, by whoever stores more than the award in it.

use accolade_core::random_hex;
use accolade_store::awards::{self, Recorded};
use accolade_store::credentials::Credential;
use accolade_store::{StoreError, Tx, achievements};

use super::Material;
use super::attempt::Attempt;
use super::draft::Reserved;
use super::places::Places;
use crate::ledger::Act;
use crate::office::Desk;
use crate::{Award, AwardOrder, Caller, OfficeError};

/// Makes awards of one version of an achievement. What it is made from was read once.
pub(crate) struct AwardMaker<'a> {
    desk: &'a Desk,
    material: Material,
    places: Places,
}

/// An award, signed and checked, that nobody has stored yet.
pub(crate) struct ReadyAward {
    /// As it is answered once it is stored.
    pub(crate) award: Award,
    row: Credential,
    act: Act,
}

impl<'a> AwardMaker<'a> {
    /// For awards of the achievement as this row has it.
    pub(crate) fn new(desk: &'a Desk, achievement: &achievements::Achievement) -> Result<Self, OfficeError> {
        let material = desk.material_of(achievement)?;
        let places = Places::open(desk, &material)?;
        Ok(AwardMaker { desk, material, places })
    }

    /// The Achievement as it stands in credentials.
    pub(crate) fn achievement(&self) -> &serde_json::Value {
        &self.material.achievement
    }

    /// Which version of the achievement it is.
    pub(crate) fn version(&self) -> u32 {
        self.material.achievement_version
    }

    /// Builds, checks and signs. Asks the database for nothing.
    pub(crate) fn make(&self, caller: &Caller, order: &AwardOrder) -> Result<ReadyAward, OfficeError> {
        let desk = self.desk;
        let salt = random_hex(desk.entropy.as_ref(), 16);
        let reserved = Reserved::new(&order.recipient, salt, desk.now(), || desk.new_id());
        let attempt = Attempt { desk, material: &self.material, order, reserved: &reserved, claims: true };
        let place = self.places.pick(desk)?;
        let credential = attempt.credential(&place)?;
        let assertions = attempt.assertions(&credential)?;
        let row = attempt.row(&credential, &place, &assertions)?;
        let award = desk.shown_award(&row.record, &self.material.names());
        Ok(ReadyAward { award, row, act: attempt.act(caller) })
    }

    /// The place in the status list was somebody else's: the next award gets another.
    pub(crate) fn place_taken(&mut self) -> Result<(), OfficeError> {
        self.places.taken(self.desk, &self.material)
    }
}

impl ReadyAward {
    /// Stores the award in a transaction that does more. A conflict means that nothing of it may be kept.
    pub(crate) fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let rows = awards::Award {
            credential: &self.row,
            audit: &self.act.audit,
            message: Some(&self.act.message),
            reply: None,
        };
        awards::add(tx, &rows)
    }

    /// What would keep it from being stored, as things are now.
    pub(crate) fn in_the_way(&self, desk: &Desk) -> Result<Option<Recorded>, OfficeError> {
        Ok(desk.store.read("award.foreseen", |db| awards::foreseen(db, &self.row.record))?)
    }
}
