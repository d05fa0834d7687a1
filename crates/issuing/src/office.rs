//! The office itself: what it holds, and how it is opened.

use std::sync::Arc;

use accolade_core::{Clock, Entropy, Timestamp, random_uuid};
use accolade_signing::MasterKey;
use accolade_store::Store;

use crate::OfficeError;
use crate::addresses::{Addresses, PublicUrlError};
use crate::signers::Signers;

/// What an office is made of. Time and randomness come in, so that with fixed ones every byte is fixed.
pub struct OfficeParts {
    /// The database, already migrated.
    pub store: Store,
    /// Seals the signing keys and keys the recipient look-up.
    pub master_key: MasterKey,
    /// The public URL, such as `https://badges.example.edu`: stands in everything that is signed.
    pub public_url: String,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of ids, salts, keys and secrets.
    pub entropy: Arc<dyn Entropy>,
}

/// The office: issues, keeps and publishes. Cheap to clone; every verb is one method and blocks until it is done.
#[derive(Clone)]
pub struct Office {
    pub(crate) desk: Arc<Desk>,
}

/// What lies on the desk behind every verb.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) master_key: MasterKey,
    pub(crate) addresses: Addresses,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) signers: Signers,
    /// Keys the blind index over recipients; derived from the master key once.
    pub(crate) recipient_key: [u8; 32],
}

/// Why an office could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The public URL cannot be used.
    #[error(transparent)]
    PublicUrl(#[from] PublicUrlError),
    /// The database or the master key cannot be used.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl Office {
    /// Opens the office. A master key that does not open the keys in the database is an error here, not at the first award.
    pub fn open(parts: OfficeParts) -> Result<Office, OpenError> {
        let addresses = Addresses::new(&parts.public_url)?;
        let recipient_key = parts.master_key.derive("recipient look-up");
        let office = Office {
            desk: Arc::new(Desk {
                store: parts.store,
                master_key: parts.master_key,
                addresses,
                clock: parts.clock,
                entropy: parts.entropy,
                signers: Signers::default(),
                recipient_key,
            }),
        };
        office.try_master_key()?;
        Ok(office)
    }

    /// The public URL, without a slash at its end.
    pub fn public_url(&self) -> &str {
        self.desk.addresses.base()
    }
}

impl Desk {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn new_id(&self) -> String {
        random_uuid(self.entropy.as_ref())
    }
}
