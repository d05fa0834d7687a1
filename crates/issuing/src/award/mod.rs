//! Award: the numbered story.

mod attempt;
mod draft;
mod faults;
mod forms;
mod places;
mod ready;

use accolade_core::random_hex;
use accolade_store::awards::{self, Recorded};
use accolade_store::status_lists::OpenList;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::idempotency::Once;
use crate::issuers::Named;
use crate::{Award, AwardOrder, Caller, IdempotencyKey, Office, OfficeError, Scope};
use attempt::Attempt;
use draft::Reserved;
use forms::AwardKeys;
use places::Places;
pub(crate) use ready::{AwardMaker, ReadyAward};

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awarded {
    /// The award: new, or the one that was there.
    pub award: Award,
    /// Whether this order made it. A replayed reply is as it was the first time.
    pub created: bool,
}

/// What an award is made from, read once.
struct Material {
    issuer: Named,
    achievement_id: String,
    /// The Achievement as it stands in credentials.
    achievement: Value,
    /// Which version of it that is.
    achievement_version: u32,
    keys: AwardKeys,
    /// The issuer's status list that is open for awards.
    open_list: Option<OpenList>,
}

impl Office {
    /// Awards an achievement. When this returns an award, it is stored durably in all its forms; on any error nothing is.
    pub fn award(
        &self,
        caller: &Caller,
        achievement: &str,
        order: AwardOrder,
        key: Option<IdempotencyKey>,
    ) -> Result<Awarded, OfficeError> {
        let desk = &*self.desk;
        // 1 May this caller award this achievement?
        caller.needs(Scope::CredentialsAward)?;
        let material = desk.material(caller, achievement)?;
        let once = Once::new(desk, caller, key.as_ref(), &["award", achievement, &order.canonical]);
        if let Some(awarded) = once.replay::<Awarded>(desk)? {
            return Ok(Awarded { award: desk.completed(awarded.award), ..awarded });
        }
        // 2 Build the credential, under an id of its own and with a random place in the issuer's status list.
        let salt = random_hex(desk.entropy.as_ref(), 16);
        let reserved = Reserved::new(&order.recipient, salt, desk.now(), || desk.new_id());
        let mut attempt =
            Attempt { desk, material: &material, order: &order, reserved: &reserved, claims: true };
        if order.dry_run {
            return attempt.rehearse(caller, &Places::rehearsed(desk, &material)?);
        }
        let mut places = Places::open(desk, &material)?;
        let mut place = places.pick(desk)?;
        // 3 Check it against every rule. What the order broke is told with pointers into the order.
        let mut credential = attempt.credential(&place)?;
        let assertions = attempt.assertions(&credential)?;
        let act = attempt.act(caller);
        loop {
            // 4, 5 Sign the exact bytes and verify them. Outside the transaction: signing costs CPU, the lock is scarce.
            let row = attempt.row(&credential, &place, &assertions)?;
            let awarded = Awarded { award: desk.shown_award(&row.record, &material.names()), created: true };
            let reply = once.row(&reserved.id, &awarded, reserved.now)?;
            // 6 Store credential, audit row, outbox row and reply at once, or learn what was there before.
            let rows = awards::Award {
                credential: &row,
                audit: &act.audit,
                message: Some(&act.message),
                reply: reply.as_ref(),
            };
            match awards::record(&desk.store, &rows)? {
                // 7 Answer with what was stored.
                Recorded::Inserted => return Ok(awarded),
                Recorded::KeyUsed => return once.replayed(desk),
                Recorded::ExternalIdTaken(existing) => {
                    return attempt.same_external_id(&once, &existing, &row.record.order_digest);
                }
                Recorded::DuplicateOf(existing) => {
                    if let Some(awarded) = attempt.duplicate(&once, &existing)? {
                        return Ok(awarded);
                    }
                }
                Recorded::IndexTaken => {
                    places.taken(desk, &material)?;
                    place = places.pick(desk)?;
                    credential = attempt.credential(&place)?;
                }
            }
        }
    }
}
