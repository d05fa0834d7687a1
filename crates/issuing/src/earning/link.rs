//! Links to a learner's own progress: they open without an account, end, and can be revoked.
//!
//! A token is the enrolment's id, when it ends, how often links were revoked, and an HMAC over all that. It is nowhere stored and
//! holds nothing personal; whoever reads the database cannot make one.

use accolade_core::Timestamp;
use accolade_signing::MasterKey;
use accolade_store::enrolments;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Completion, Enrolment};
use crate::ledger::Act;
use crate::{Caller, Office, OfficeError, Scope};

/// A link to a learner's own progress, which opens without an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgressLink {
    /// The link. It says nothing about the learner, and opens nothing else.
    pub url: String,
    /// Until when it opens.
    pub expires_at: Timestamp,
}

/// What a link to a learner's progress opens.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedEnrolment {
    /// The enrolment with its completions, without what only the awarder knows it by.
    pub enrolment: Enrolment,
    /// The requirements in the version that counts, as achievements have them.
    pub requirements: Option<Value>,
    /// Until when the link opens.
    pub expires_at: Timestamp,
}

/// How long a link opens where nothing is said, and at most.
const DAYS: i64 = 90;
const MOST_DAYS: i64 = 400;
const DAY: i64 = 24 * 60 * 60;

/// Bytes of an id, a time, a count, and of the HMAC's first half, which nobody guesses.
const ID: usize = 16;
const TIME: usize = 8;
const COUNT: usize = 4;
const MAC: usize = 16;

/// Makes and checks the tokens of links.
pub(crate) struct LinkKeys(Hmac<Sha256>);

/// What a token says.
#[derive(Debug, PartialEq, Eq)]
struct Claim {
    enrolment: String,
    until: Timestamp,
    version: u32,
}

impl LinkKeys {
    pub(crate) fn new(master_key: &MasterKey) -> Result<LinkKeys, OfficeError> {
        let key = master_key.derive("accolade/progress/1");
        Hmac::new_from_slice(key.as_slice()).map(LinkKeys).map_err(OfficeError::corrupt)
    }

    fn token(&self, claim: &Claim) -> Option<String> {
        let mut bytes = packed(&claim.enrolment)?;
        bytes.extend(claim.until.unix_seconds().to_be_bytes());
        bytes.extend(claim.version.to_be_bytes());
        let mac = self.0.clone().chain_update(&bytes).finalize().into_bytes();
        bytes.extend(mac.iter().take(MAC));
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a token says, if it is one of ours. How long the answer takes tells nothing about how much of it was right.
    fn read(&self, token: &str) -> Option<Claim> {
        let bytes =
            URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == ID + TIME + COUNT + MAC)?;
        let (said, mac) = bytes.split_at_checked(ID + TIME + COUNT)?;
        self.0.clone().chain_update(said).verify_truncated_left(mac).ok()?;
        let (id, rest) = said.split_at_checked(ID)?;
        let (until, version) = rest.split_at_checked(TIME)?;
        Some(Claim {
            enrolment: unpacked(id),
            until: Timestamp::from_unix_seconds(i64::from_be_bytes(until.try_into().ok()?))?,
            version: u32::from_be_bytes(version.try_into().ok()?),
        })
    }
}

/// The bytes of an id.
fn packed(id: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = id.bytes().filter(|byte| *byte != b'-').collect();
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect::<Option<Vec<u8>>>().filter(|bytes| bytes.len() == ID)
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

impl Office {
    /// Makes a link to a learner's own progress, which opens until then; for 90 days where nothing is said, for 400 at most.
    pub fn progress_link(
        &self,
        caller: &Caller,
        enrolment: &str,
        until: Option<Timestamp>,
    ) -> Result<ProgressLink, OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        let row = desk.enrolled(caller, enrolment)?.enrolment;
        let now = desk.now();
        let until = until.unwrap_or_else(|| now.plus_seconds(DAYS * DAY));
        if until <= now || until > now.plus_seconds(MOST_DAYS * DAY) {
            let detail = format!("a link opens until some time from now on, for {MOST_DAYS} days at most");
            return Err(OfficeError::rejected("/until", "range", detail));
        }
        let claim = Claim { enrolment: row.id, until, version: row.link_version };
        let token = desk.link_keys.token(&claim).ok_or_else(|| OfficeError::corrupt("an id that is none"))?;
        Ok(ProgressLink { url: desk.addresses.progress(&token), expires_at: until })
    }

    /// Revokes every link to the enrolment that was made until now.
    pub fn revoke_progress_links(&self, caller: &Caller, enrolment: &str) -> Result<(), OfficeError> {
        let desk = &*self.desk;
        caller.needs(Scope::EnrolmentsWrite)?;
        desk.enrolled(caller, enrolment)?;
        let now = desk.now();
        let detail = json!({ "enrolmentId": enrolment });
        let act = Act::new(desk, caller, "enrolment.revoke_links", enrolment, now, &detail);
        desk.store.write("enrolment.revoke_links", |tx| {
            let mut row = enrolments::lock(tx, enrolment)?.ok_or(OfficeError::NotFound)?;
            row.link_version = row.link_version.saturating_add(1);
            row.revision = row.revision.saturating_add(1);
            enrolments::update(tx, &row)?;
            Ok::<_, OfficeError>(act.write(tx)?)
        })
    }

    /// What a link opens; `None` for one that is not ours, has ended, or was revoked.
    pub fn progress_by_link(&self, token: &str) -> Result<Option<LinkedEnrolment>, OfficeError> {
        let desk = &*self.desk;
        let claim = desk.link_keys.read(token).filter(|claim| claim.until > desk.now());
        let Some(claim) = claim else { return Ok(None) };
        let found = desk.store.read("enrolment.linked", |db| enrolments::get(db, &claim.enrolment))?;
        let Some(found) = found.filter(|found| found.enrolment.link_version == claim.version) else {
            return Ok(None);
        };
        if found.learner.recipient.is_none() {
            return Ok(None);
        }
        let enrolment = desk.whole_enrolment(&Caller::system(), &claim.enrolment)?;
        let course = desk.course(&enrolment.achievement_id, enrolment.achievement_version)?;
        let requirements = Some(course.requirements.clone());
        Ok(Some(LinkedEnrolment { enrolment: own(enrolment), requirements, expires_at: claim.until }))
    }
}

/// Without what the learner is known by to others: links are passed on.
fn own(mut enrolment: Enrolment) -> Enrolment {
    enrolment.learner.identity = None;
    enrolment.external_id = None;
    let known_to_others =
        |completion: Completion| Completion { external_id: None, statement: None, ..completion };
    enrolment.completions = enrolment.completions.into_iter().map(known_to_others).collect();
    enrolment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_what_it_was_made_of_and_nothing_else_is_one() {
        let keys = LinkKeys::new(&MasterKey::from_bytes([7; 32])).unwrap();
        let claim = Claim {
            enrolment: "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10".to_owned(),
            until: Timestamp::parse("2027-01-01T00:00:00Z").unwrap(),
            version: 3,
        };
        let token = keys.token(&claim).unwrap();
        assert_eq!(keys.read(&token), Some(claim));
        let other = LinkKeys::new(&MasterKey::from_bytes([8; 32])).unwrap();
        assert_eq!(other.read(&token), None);
        for place in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(keys.read(&String::from_utf8(bytes).unwrap()), None, "{place}");
        }
        for bad in ["", "AA", &format!("{token}AA"), "not base64url!"] {
            assert_eq!(keys.read(bad), None, "{bad}");
        }
    }
}
