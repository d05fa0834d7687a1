//! The same award as Open Badges 2.0: a view derived from the 3.0 classes, never the other way round
//! ([Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html)).
//!
//! What the most used 2.0 validator demands beyond the text is met: an issuer's `url` and `email`, a badge class's
//! `image`, `hashed` in every recipient, dates with a zone, no revocation list of exactly one entry.

mod assertion;
mod badge_class;
mod endorsement;
mod issuer;
mod recipient;
mod revocation_list;

pub use assertion::{Assertion, AssertionLinks, Evidence, RevokedAssertion, Verification};
pub use badge_class::{AlignmentObject, BadgeClass, BadgeLinks, Criteria, Related, plain_image};
pub use endorsement::{Claim, Endorsement};
pub use issuer::{CryptographicKey, Issuer, IssuerLinks};
pub use recipient::{IdentityObject, NoRecipient};
pub use revocation_list::{RevocationList, RevokedEntry};

use serde::{Serialize, Serializer};

/// The `@context` of every 2.0 document.
pub const OPEN_BADGES_V2: &str = "https://w3id.org/openbadges/v2";

/// Declares a member that always has the same text.
macro_rules! constant {
    ($(#[$doc:meta])* $name:ident, $text:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub(crate) struct $name;

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($text)
            }
        }
    };
}

pub(crate) use constant;

constant! {
    /// The `@context` of a 2.0 document.
    Context, OPEN_BADGES_V2
}

/// Writes a list of one as its only entry, which is how 2.0 readers know it best.
pub(crate) fn single_or_list<T: Serialize, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match values {
        [only] => only.serialize(serializer),
        many => many.serialize(serializer),
    }
}
