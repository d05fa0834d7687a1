//! Troubles with keys, in words for people.

use accolade_signing::data_integrity::Purpose;
use accolade_signing::did::DidError;

use crate::library::{place_of, shown};
use crate::report::{Flaw, Trouble};

/// Who signs for that purpose.
pub(super) fn party(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::AssertionMethod => "issuer",
        Purpose::Authentication => "holder",
    }
}

pub(super) fn not_the_issuers(purpose: Purpose) -> Trouble {
    match purpose {
        Purpose::AssertionMethod => Trouble::flaw(
            "key_not_controlled_by_issuer",
            "The badge was signed with a key that the issuer it names does not list as its own. Anybody could have made it.",
        ),
        Purpose::Authentication => Trouble::flaw(
            "key_not_controlled_by_holder",
            "The presentation was signed with a key that the holder it names does not list as theirs. Anybody could have \
             made it.",
        ),
    }
}

/// The same where only the proof was asked for.
pub(super) fn of_another(purpose: Purpose) -> Flaw {
    let code = match purpose {
        Purpose::AssertionMethod => "key_not_controlled_by_issuer",
        Purpose::Authentication => "key_not_controlled_by_holder",
    };
    let who = party(purpose);
    Flaw::new(
        code,
        format!(
            "The signature was made with a key that was not shown to be the {who}'s. Whoever owns it could have made this."
        ),
    )
}

pub(super) fn worded(error: &DidError, purpose: Purpose) -> Trouble {
    let who = party(purpose);
    match error {
        DidError::NoMethod(_) => not_the_issuers(purpose),
        DidError::Relationship(_) => {
            let what = match purpose {
                Purpose::AssertionMethod => "signs badges",
                Purpose::Authentication => "shows who it is",
            };
            Trouble::flaw(error.code(), format!("The {who} lists the key, but not as one it {what} with."))
        }
        DidError::Controller { .. } => Trouble::flaw(
            error.code(),
            format!("The key is listed, but belongs to someone else than the {who}."),
        ),
        DidError::AmbiguousMethod(_) => Trouble::flaw(
            error.code(),
            format!("The {who} lists two keys under one name, so it is not clear which one is meant."),
        ),
        other => Trouble::flaw(
            other.code(),
            format!("The {who}'s key is not usable: {}.", shown(&other.to_string())),
        ),
    }
}

/// The host of an issuer or holder.
pub(super) fn place_of_party(id: &str) -> String {
    match id.strip_prefix("did:web:") {
        Some(rest) => rest.split(':').next().unwrap_or_default().replace("%3A", ":"),
        None => place_of(id),
    }
}
