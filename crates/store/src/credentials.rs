//! Credentials: the awards, each stored byte for byte in its four forms. [`awards`](crate::awards) adds them.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::connection::AnyConnection;
use crate::fragments::Insertion;
use crate::number::{MaybeNumber, Number};
use crate::page::{Listed, listing, page_of};
use crate::schema::credentials;
use crate::{Cursor, Db, Page, StoreError, Tx};

/// How many awards are asked, oldest first, to take over a `duplicate_key`: more than one only if the others are revoked
/// at the same moment.
const MOST_HEIRS: i64 = 8;

/// What is known of a credential, without the documents.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials)]
pub struct CredentialRecord {
    /// Its id.
    pub id: String,
    /// Who issued it.
    pub issuer_id: String,
    /// What it is awarded for.
    pub achievement_id: String,
    /// The blind index of its recipient.
    pub recipient_digest: String,
    /// A unique value that only one award may have, until it is revoked; `None` lets duplicates pass.
    pub duplicate_key: Option<String>,
    /// The awarder's own number for it; unique within the issuer.
    pub external_id: Option<String>,
    /// A digest of the order, to tell a repetition from another order with the same `external_id`.
    pub order_digest: String,
    /// Where it is in its life.
    #[diesel(deserialize_as = String)]
    pub status: CredentialStatus,
    /// Why it is suspended or revoked.
    pub status_reason: Option<String>,
    /// The status list with its entry.
    pub status_list_id: String,
    /// Which entry; unique within the list.
    #[diesel(deserialize_as = Number)]
    pub status_list_index: u32,
    /// When it begins to be valid.
    #[diesel(deserialize_as = Number)]
    pub valid_from: Timestamp,
    /// When it ceases to be valid.
    #[diesel(deserialize_as = MaybeNumber)]
    pub valid_until: Option<Timestamp>,
    /// When it was awarded.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
    /// When its status last changed.
    #[diesel(deserialize_as = Number)]
    pub updated_at: Timestamp,
    /// Who may see it.
    #[diesel(deserialize_as = String)]
    pub visibility: Visibility,
    /// The recipient's name, where the order gave one.
    pub recipient_name: Option<String>,
    /// The id of the award that replaced it.
    pub superseded_by: Option<String>,
    /// Counts the renewals of its share key, from 1.
    #[diesel(deserialize_as = Number)]
    pub share_version: u32,
    /// Which version of the achievement it was made of; unknown of some awards from before versions were kept.
    #[diesel(deserialize_as = MaybeNumber)]
    pub achievement_version: Option<u32>,
}

/// The four forms of one award, as signed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials)]
pub struct CredentialDocuments {
    /// OB 3.0 with embedded proof, JSON.
    pub document: Vec<u8>,
    /// OB 3.0 as VC-JWT.
    pub jwt: String,
    /// OB 2.0 hosted Assertion, JSON.
    pub assertion: Vec<u8>,
    /// OB 2.0 signed Assertion, JWS.
    pub assertion_jws: String,
}

/// A whole row.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials)]
pub struct Credential {
    /// What is known of it.
    #[diesel(embed)]
    pub record: CredentialRecord,
    /// Its four forms.
    #[diesel(embed)]
    pub documents: CredentialDocuments,
}

/// Where a credential is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialStatus {
    /// Good.
    Active,
    /// Not good for now.
    Suspended,
    /// Not good for ever.
    Revoked,
    /// Not good for ever, and everything personal of it is gone.
    Erased,
}

/// Who may see a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody, with the recipient's name.
    Public,
    /// Whoever has the link.
    Unlisted,
    /// Whoever has the link and its key.
    Private,
}

/// Which credentials a page shows; a member that is `None` does not narrow it.
#[derive(Debug, Clone, Copy, Default)]
pub struct CredentialFilter<'a> {
    /// Only of this issuer.
    pub issuer_id: Option<&'a str>,
    /// Only for this achievement.
    pub achievement_id: Option<&'a str>,
    /// Only to this recipient.
    pub recipient_digest: Option<&'a str>,
    /// Only with this status.
    pub status: Option<CredentialStatus>,
}

impl CredentialStatus {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Erased => "erased",
        }
    }
}

impl Visibility {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
        }
    }
}

impl TryFrom<String> for Visibility {
    type Error = StoreError;
    fn try_from(word: String) -> Result<Self, StoreError> {
        [Self::Public, Self::Unlisted, Self::Private]
            .into_iter()
            .find(|visibility| visibility.as_str() == word)
            .ok_or(StoreError::Corrupt(format!("no visibility is called {word}")))
    }
}

impl TryFrom<String> for CredentialStatus {
    type Error = StoreError;
    fn try_from(word: String) -> Result<Self, StoreError> {
        [Self::Active, Self::Suspended, Self::Revoked, Self::Erased]
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or(StoreError::Corrupt(format!("no credential status is called {word}")))
    }
}

impl Listed for CredentialRecord {
    fn place(&self) -> (Timestamp, &str) {
        (self.created_at, &self.id)
    }
}

pub(crate) fn insertion(credential: &Credential) -> impl Insertion + '_ {
    let (record, documents) = (&credential.record, &credential.documents);
    diesel::insert_into(credentials::table).values((
        credentials::id.eq(&record.id),
        credentials::issuer_id.eq(&record.issuer_id),
        credentials::achievement_id.eq(&record.achievement_id),
        credentials::recipient_digest.eq(&record.recipient_digest),
        credentials::duplicate_key.eq(&record.duplicate_key),
        credentials::external_id.eq(&record.external_id),
        credentials::order_digest.eq(&record.order_digest),
        credentials::status.eq(record.status.as_str()),
        credentials::status_reason.eq(&record.status_reason),
        credentials::status_list_id.eq(&record.status_list_id),
        credentials::status_list_index.eq(i64::from(record.status_list_index)),
        credentials::document.eq(&documents.document),
        credentials::jwt.eq(&documents.jwt),
        credentials::assertion.eq(&documents.assertion),
        credentials::assertion_jws.eq(&documents.assertion_jws),
        credentials::valid_from.eq(record.valid_from.unix_seconds()),
        credentials::valid_until.eq(record.valid_until.map(Timestamp::unix_seconds)),
        credentials::created_at.eq(record.created_at.unix_seconds()),
        credentials::updated_at.eq(record.updated_at.unix_seconds()),
        credentials::visibility.eq(record.visibility.as_str()),
        credentials::recipient_name.eq(&record.recipient_name),
        credentials::superseded_by.eq(&record.superseded_by),
        credentials::share_version.eq(i64::from(record.share_version)),
        credentials::achievement_version.eq(record.achievement_version.map(i64::from)),
    ))
}

/// The credential with this id, documents and all.
pub fn get(db: &mut Db<'_>, id: &str) -> Result<Option<Credential>, StoreError> {
    db.run(|connection| {
        credentials::table.find(id).select(Credential::as_select()).first(connection).optional()
    })
}

/// What is known of the credential with this id, which nobody else can then change before this transaction ends.
pub fn lock(db: &mut Tx<'_>, id: &str) -> Result<Option<CredentialRecord>, StoreError> {
    let query = credentials::table.find(id);
    db.run(|connection| match connection {
        AnyConnection::Postgres(connection) => {
            query.select(CredentialRecord::as_select()).for_no_key_update().first(connection).optional()
        }
        AnyConnection::Sqlite(connection) => {
            query.select(CredentialRecord::as_select()).first(connection).optional()
        }
    })
}

/// A page of credentials, newest first.
pub fn page(
    db: &mut Db<'_>,
    filter: &CredentialFilter<'_>,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page<CredentialRecord>, StoreError> {
    let query = credentials::table.select(CredentialRecord::as_select());
    let mut query = listing!(query, credentials::created_at, credentials::id, cursor, limit);
    if let Some(issuer_id) = filter.issuer_id {
        query = query.filter(credentials::issuer_id.eq(issuer_id));
    }
    if let Some(achievement_id) = filter.achievement_id {
        query = query.filter(credentials::achievement_id.eq(achievement_id));
    }
    if let Some(recipient_digest) = filter.recipient_digest {
        query = query.filter(credentials::recipient_digest.eq(recipient_digest));
    }
    if let Some(status) = filter.status {
        query = query.filter(credentials::status.eq(status.as_str()));
    }
    db.run(|connection| query.load(connection)).map(|rows| page_of(rows, limit))
}

/// Notes a new status, why and when; false if there is no such credential. A revoked one gives its
/// `duplicate_key` free, so that the award can be made anew; of an erased one see [`erase`]. Whether the step is allowed is for the caller to
/// decide, on what [`lock`] gave him in the same transaction.
pub fn set_status(
    db: &mut Tx<'_>,
    id: &str,
    status: CredentialStatus,
    reason: Option<&str>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changes = (
        credentials::status.eq(status.as_str()),
        credentials::status_reason.eq(reason),
        credentials::updated_at.eq(at.unix_seconds()),
    );
    let target = credentials::table.find(id);
    let rows = db.run(|connection| match status {
        CredentialStatus::Active | CredentialStatus::Suspended => {
            diesel::update(target).set(changes).execute(connection)
        }
        CredentialStatus::Revoked | CredentialStatus::Erased => diesel::update(target)
            .set((changes, credentials::duplicate_key.eq(None::<String>)))
            .execute(connection),
    });
    rows.map(|rows| rows > 0)
}

/// Notes which award replaced it; false if there is no such credential.
pub fn set_superseded_by(db: &mut Tx<'_>, id: &str, by: Option<&str>) -> Result<bool, StoreError> {
    let target = credentials::table.find(id);
    db.run(|connection| diesel::update(target).set(credentials::superseded_by.eq(by)).execute(connection))
        .map(|rows| rows > 0)
}

/// Notes who may see it and how often its share key was renewed; false if there is no such credential.
pub fn set_visibility(
    db: &mut Tx<'_>,
    id: &str,
    visibility: Visibility,
    share_version: u32,
) -> Result<bool, StoreError> {
    let changes = (
        credentials::visibility.eq(visibility.as_str()),
        credentials::share_version.eq(i64::from(share_version)),
    );
    let target = credentials::table.find(id);
    db.run(|connection| diesel::update(target).set(changes).execute(connection)).map(|rows| rows > 0)
}

/// Empties everything that tells of the recipient: documents, name, the awarder's number, reason and digests. What is
/// left is that there was an award, and its entry in the status list. False if there is no such credential.
pub fn erase(db: &mut Tx<'_>, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let nothing = None::<String>;
    let personal = (
        credentials::recipient_digest.eq(""),
        credentials::duplicate_key.eq(&nothing),
        credentials::external_id.eq(&nothing),
        credentials::order_digest.eq(""),
        credentials::status_reason.eq(&nothing),
        credentials::recipient_name.eq(&nothing),
        credentials::document.eq(Vec::<u8>::new()),
        credentials::jwt.eq(""),
        credentials::assertion.eq(Vec::<u8>::new()),
        credentials::assertion_jws.eq(""),
    );
    let changes = (
        personal,
        credentials::status.eq(CredentialStatus::Erased.as_str()),
        credentials::updated_at.eq(at.unix_seconds()),
    );
    let target = credentials::table.find(id);
    db.run(|connection| diesel::update(target).set(changes).execute(connection)).map(|rows| rows > 0)
}

/// Gives free the `duplicate_key` of a credential that has expired, so that the award can be made anew; false if the
/// credential no longer holds it. Whether it has expired is for the caller to decide.
pub fn give_up_duplicate_key(db: &mut Tx<'_>, id: &str, duplicate_key: &str) -> Result<bool, StoreError> {
    let target = credentials::table.find(id).filter(credentials::duplicate_key.eq(duplicate_key));
    db.run(|connection| {
        diesel::update(target).set(credentials::duplicate_key.eq(None::<String>)).execute(connection)
    })
    .map(|rows| rows > 0)
}

/// Hands the `duplicate_key` that `from` has given up to the oldest other award of the same achievement to the same
/// recipient that is neither revoked nor expired; false if there is none. Without it a third award could be made
/// beside that one.
pub fn hand_on_duplicate_key(
    db: &mut Tx<'_>,
    from: &CredentialRecord,
    duplicate_key: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let in_force = || {
        let unended = credentials::valid_until.is_null().or(credentials::valid_until.gt(at.unix_seconds()));
        credentials::status
            .ne_all([CredentialStatus::Revoked.as_str(), CredentialStatus::Erased.as_str()])
            .and(unended.assume_not_null())
    };
    let heirs = credentials::table
        .filter(credentials::recipient_digest.eq(&from.recipient_digest))
        .filter(credentials::achievement_id.eq(&from.achievement_id))
        .filter(credentials::id.ne(&from.id))
        .filter(in_force())
        .order((credentials::created_at, credentials::id))
        .limit(MOST_HEIRS)
        .select(credentials::id);
    for heir in db.run(|connection| heirs.load::<String>(connection))? {
        // Looked at once more: he may have been revoked in between.
        let target = credentials::table.find(&heir).filter(in_force());
        let changes = credentials::duplicate_key.eq(duplicate_key);
        if db.run(|connection| diesel::update(target).set(changes).execute(connection))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All credentials of an issuer that are suspended, revoked or erased, oldest change first.
pub fn revoked_of_issuer(db: &mut Db<'_>, issuer_id: &str) -> Result<Vec<CredentialRecord>, StoreError> {
    db.run(|connection| {
        credentials::table
            .filter(credentials::issuer_id.eq(issuer_id))
            .filter(credentials::status.ne(CredentialStatus::Active.as_str()))
            .order((credentials::updated_at, credentials::id))
            .select(CredentialRecord::as_select())
            .load(connection)
    })
}
