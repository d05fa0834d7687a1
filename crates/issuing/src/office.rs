//! The office itself: what it holds, and how it is opened.

use std::sync::{Arc, OnceLock};

use accolade_core::{Clock, Entropy, Timestamp, random_uuid};
use accolade_signing::MasterKey;
use accolade_store::{Store, house, issuers, signing_keys};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::OfficeError;
use crate::addresses::{Addresses, PublicUrlError};
use crate::credentials::ShareKeys;
use crate::earning::course::Courses;
use crate::earning::link::LinkKeys;
use crate::images::Brought;
use crate::signers::Signers;

type HmacSha256 = Hmac<Sha256>;

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
    /// A picture that was fetched for the request at hand.
    pub(crate) brought: Option<Arc<Brought>>,
}

/// What lies on the desk behind every verb.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) master_key: MasterKey,
    pub(crate) addresses: Addresses,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) signers: Signers,
    /// Keys the blind indexes over recipients and requests; derived from the master key once.
    lookup: HmacSha256,
    pub(crate) share_keys: ShareKeys,
    /// Makes and checks links to learners' progress.
    pub(crate) link_keys: LinkKeys,
    /// What versions of achievements ask for.
    pub(crate) courses: Courses,
    /// SHA-256 of the admin key of the configuration.
    pub(crate) admin_key: OnceLock<String>,
}

/// Why an office could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The public URL cannot be used.
    #[error(transparent)]
    PublicUrl(#[from] PublicUrlError),
    /// The database belongs to another public URL: what is signed in it names that one.
    #[error(
        "this database belongs to the public URL {kept}, which stands in everything signed in it; the configured public URL is \
         {configured}. Set ACCOLADE_PUBLIC_URL to {kept} (a demo: start it on the port of {kept}), or use another, \
         empty database (a demo: another data folder)"
    )]
    OtherPublicUrl {
        /// The public URL that the database was first opened with.
        kept: String,
        /// The one that it was to be opened with now.
        configured: String,
    },
    /// The database or the master key cannot be used.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl Office {
    /// Opens the office. A master key that does not open the keys in the database is an error here, not at the first award.
    pub fn open(parts: OfficeParts) -> Result<Office, OpenError> {
        let addresses = Addresses::new(&parts.public_url)?;
        let lookup_key = parts.master_key.derive("accolade/look-up/1");
        let lookup = HmacSha256::new_from_slice(lookup_key.as_slice()).map_err(OfficeError::corrupt)?;
        let share_keys = ShareKeys::new(&parts.master_key)?;
        let link_keys = LinkKeys::new(&parts.master_key)?;
        let office = Office {
            desk: Arc::new(Desk {
                store: parts.store,
                master_key: parts.master_key,
                addresses,
                clock: parts.clock,
                entropy: parts.entropy,
                signers: Signers::default(),
                lookup,
                share_keys,
                link_keys,
                courses: Courses::default(),
                admin_key: OnceLock::new(),
            }),
            brought: None,
        };
        office.try_master_key()?;
        office.keep_public_url()?;
        Ok(office)
    }

    /// Ties the database to the public URL: under another one, lists and documents would be signed under wrong ids.
    fn keep_public_url(&self) -> Result<(), OpenError> {
        let (store, configured) = (&self.desk.store, self.public_url());
        let read = || store.read("public_url", house::public_url).map_err(OfficeError::from);
        if read()?.is_none_or(|kept| kept != configured) {
            // Of two that open an empty database at once one is first; both then compare with that one's URL.
            store
                .write("public_url.keep", |tx| {
                    // Without an issuer nothing is signed: an API key made first, without the setting, binds nobody.
                    if issuers::page(tx, None, 1)?.items.is_empty() {
                        house::forget_public_url(tx)?;
                    }
                    house::keep_public_url(tx, configured)
                })
                .map_err(OfficeError::from)?;
        }
        match read()? {
            Some(kept) if kept == configured => Ok(()),
            Some(kept) => Err(OpenError::OtherPublicUrl { kept, configured: configured.to_owned() }),
            None => Err(OfficeError::corrupt("the public URL was kept and is gone").into()),
        }
    }

    /// Whether the database answers.
    pub fn ping(&self) -> Result<(), OfficeError> {
        Ok(self.desk.store.ping()?)
    }

    /// Opens one signing key for a try: a wrong master key must not wait for the first award to be noticed.
    fn try_master_key(&self) -> Result<(), OfficeError> {
        let desk = &*self.desk;
        let keys = desk.store.read("master_key.try", |db| {
            let newest = issuers::page(db, None, 1)?;
            newest.items.first().map_or(Ok(Vec::new()), |issuer| signing_keys::of_issuer(db, &issuer.id))
        })?;
        keys.first().map_or(Ok(()), |key| desk.open_key(key).map(drop))
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

    /// HMAC-SHA256 over the parts, in hexadecimal: equal parts can be found again, and nobody without the master key can
    /// try out what they were.
    pub(crate) fn keyed_digest(&self, parts: &[&str]) -> String {
        let mut mac = self.lookup.clone();
        for part in parts {
            // A length before each part, so that no two lists of parts spell the same bytes.
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
