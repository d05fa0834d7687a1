//! Builds the credential of an award from the order, the achievement and the issuer. Pure: same input, same document.

use accolade_core::credential::CredentialStatus;
use accolade_core::identity;
use accolade_core::vocabulary::StatusPurpose;
use accolade_core::{Timestamp, Uri};
use serde_json::{Map, Value, json};

use crate::Visibility;
use crate::achievements::contexts_of;
use crate::addresses::Addresses;
use crate::orders::{AwardOrder, IdentityKind, Recipient};

/// What is decided once for an award, however often it is drafted and signed.
pub(super) struct Reserved {
    /// The award's id in this house.
    pub(super) id: String,
    /// The subject's id: the recipient's own DID or URL, else one made for this award, so that a VC-JWT has a `sub`.
    pub(super) subject_id: String,
    /// 16 random bytes in hexadecimal: every award has its own, so that two hashes of one address differ.
    pub(super) salt: String,
    /// The moment of awarding.
    pub(super) now: Timestamp,
}

impl Reserved {
    /// `fresh` makes random UUIDs.
    pub(super) fn new(
        recipient: &Recipient,
        salt: String,
        now: Timestamp,
        fresh: impl Fn() -> String,
    ) -> Reserved {
        let id = fresh();
        let subject_id = match recipient.identity.kind {
            IdentityKind::Did | IdentityKind::Url => recipient.identity.value.clone(),
            IdentityKind::Email | IdentityKind::Phone | IdentityKind::Other(_) => {
                format!("urn:uuid:{}", fresh())
            }
        };
        Reserved { id, subject_id, salt, now }
    }
}

/// A place in a status list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StatusPlace {
    pub(super) list_id: String,
    pub(super) index: u32,
}

/// The unsigned credential: an OB 3.0 AchievementCredential with the whole achievement and the whole issuer inside.
pub(super) fn credential(
    addresses: &Addresses,
    issuer: &Value,
    achievement: &Value,
    order: &AwardOrder,
    reserved: &Reserved,
    place: &StatusPlace,
) -> Value {
    let valid_from = order.valid_from.unwrap_or(reserved.now);
    let mut members = order.credential_members.clone();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("@context", contexts_of(achievement));
    set("id", json!(addresses.credential(&reserved.id)));
    set("type", json!(["VerifiableCredential", "OpenBadgeCredential"]));
    if let Some(name) = achievement.get("name") {
        set("name", name.clone());
    }
    set("issuer", issuer.clone());
    set("validFrom", json!(valid_from));
    if let Some(until) = order.valid_until {
        set("validUntil", json!(until));
    }
    set("awardedDate", json!(order.awarded_date.unwrap_or(reserved.now)));
    set("credentialSubject", subject(achievement, order, reserved));
    if let Ok(list) = Uri::parse(addresses.status_list(&place.list_id)) {
        set(
            "credentialStatus",
            json!(CredentialStatus::bitstring(list, place.index.into(), StatusPurpose::Revocation)),
        );
    }
    Value::Object(members)
}

fn subject(achievement: &Value, order: &AwardOrder, reserved: &Reserved) -> Value {
    let mut members: Map<String, Value> = order.subject_members.clone();
    members.insert("id".to_owned(), json!(reserved.subject_id));
    members.insert("type".to_owned(), json!(["AchievementSubject"]));
    members.insert("achievement".to_owned(), achievement.clone());
    let identifiers = identifiers(order, &reserved.salt);
    if !identifiers.is_empty() {
        members.insert("identifier".to_owned(), Value::Array(identifiers));
    }
    Value::Object(members)
}

/// The recipient's IdentityObjects: hashed with the award's salt unless plain text was asked for. A DID or URL is the
/// subject's id itself and needs none. The name is plain on a public award only; else whoever is told it can check it.
fn identifiers(order: &AwardOrder, salt: &str) -> Vec<Value> {
    let recipient = &order.recipient;
    let value = recipient.identity.value.as_str();
    let of_type = |identity_type: &str| {
        if recipient.hashed { hashed(identity_type, value, salt) } else { plain(identity_type, value) }
    };
    let known_by = match recipient.identity.kind {
        IdentityKind::Email => Some(of_type("emailAddress")),
        // OB 3.0 has no identifier type for phone numbers; `ext:` is its way to name more.
        IdentityKind::Phone => Some(of_type("ext:telephone")),
        IdentityKind::Other(identity_type) => Some(of_type(identity_type)),
        IdentityKind::Did | IdentityKind::Url => None,
    };
    let name = recipient.name.as_deref().map(|name| match order.visibility {
        Visibility::Public => plain("name", name),
        Visibility::Unlisted | Visibility::Private => hashed("name", name, salt),
    });
    known_by.into_iter().chain(name).collect()
}

fn hashed(identity_type: &str, value: &str, salt: &str) -> Value {
    json!({
        "type": "IdentityObject", "hashed": true, "identityHash": identity::hash(value, salt),
        "identityType": identity_type, "salt": salt,
    })
}

fn plain(identity_type: &str, value: &str) -> Value {
    json!({ "type": "IdentityObject", "hashed": false, "identityHash": value, "identityType": identity_type })
}
