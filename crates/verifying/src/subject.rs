//! Comparing an expected recipient with what a badge says, in clear or hashed.

use accolade_core::identity;

use crate::report::Trouble;

/// One identity a badge states for its recipient.
pub(crate) struct Identity<'a> {
    /// The identity itself, or its hash as `algorithm$hex`.
    pub(crate) value: &'a str,
    /// Whether `value` is a hash.
    pub(crate) hashed: bool,
    /// Appended before hashing; may be empty.
    pub(crate) salt: &'a str,
}

/// Whether one of the identities, or the subject's id, is the expected one.
///
/// The standards define no case folding, but issuers do fold; so the expected text is tried as it is and in lower case.
pub(crate) fn same_person<'a>(
    expected: &str,
    subject_id: Option<&str>,
    identities: impl Iterator<Item = Identity<'a>>,
) -> Result<(), Trouble> {
    let expected = expected.trim();
    let spellings = [expected.to_owned(), expected.to_lowercase()];
    if subject_id.is_some_and(|id| id == expected || id.strip_prefix("mailto:") == Some(expected)) {
        return Ok(());
    }
    let (mut unreadable, mut named) = (false, false);
    for identity in identities {
        named = true;
        for spelling in &spellings {
            let same = if identity.hashed {
                identity::matches(identity.value, spelling, identity.salt)
            } else {
                Some(identity.value == spelling)
            };
            match same {
                Some(true) => return Ok(()),
                Some(false) => {}
                None => unreadable = true,
            }
        }
    }
    if unreadable {
        return Err(Trouble::gap(
            "hash_unsupported",
            "The recipient is hidden by an outdated method, so it cannot be told whether it is the expected one.",
        ));
    }
    let is_address = |text: &str| text.contains('@');
    if !named && is_address(expected) && !subject_id.is_some_and(is_address) {
        return Err(Trouble::gap(
            "recipient_not_named",
            "The badge does not name its recipient by an e-mail address, so it cannot be told whether it is the expected one.",
        ));
    }
    Err(Trouble::flaw(
        "other_recipient",
        "The badge was awarded to someone else than the expected recipient.",
    ))
}
