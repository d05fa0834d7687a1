//! Writing documents of 1.1 and older the way 2.0 has them. Nothing is made up: what is missing stays missing.

use accolade_core::Timestamp;
use serde_json::{Map, Value, json};

use super::is_newer;
use crate::v2::Reading;

/// How the documents around an old Assertion are read. Profiles of 1.x need no e-mail address.
pub(super) const READING: Reading = Reading { raise: linked, issuer_members: &["id", "name", "url"] };

/// A BadgeClass or an issuer's profile, found at `url`. Those of 1.0 do not say their own address, and their types, where
/// they have any, are written in several ways.
fn linked(kind: &'static str, mut document: Value, url: &str) -> Value {
    if is_newer(&document) {
        return document;
    }
    if let Some(members) = document.as_object_mut() {
        members.entry("id").or_insert_with(|| url.into());
        let said = members.get("type").or_else(|| members.get("@type")).and_then(Value::as_str);
        let said = said.map(str::to_ascii_lowercase);
        let is_kind = match (kind, said.as_deref()) {
            (_, None) => true,
            ("Issuer", Some(said)) => ["issuer", "issuerorg", "issuerorganization"].contains(&said),
            (kind, Some(said)) => said == kind.to_ascii_lowercase(),
        };
        if is_kind {
            members.insert("type".into(), kind.into());
        }
    }
    document
}

/// An Assertion. `address` is its id: where it is hosted, or the `uid` of a signed one.
pub(super) fn assertion(document: &Value, address: &str) -> Value {
    let Value::Object(old) = document else { return Value::Null };
    let mut raised = Map::new();
    for (name, value) in old {
        let (name, value) = match name.as_str() {
            "id" | "type" | "@type" | "salt" => continue,
            "issued_on" | "issuedOn" => ("issuedOn", moment(value)),
            "expires" => ("expires", moment(value)),
            "recipient" => ("recipient", recipient(value, old)),
            other => (other, value.clone()),
        };
        raised.insert(name.to_owned(), value);
    }
    raised.insert("id".into(), address.into());
    let said = old.get("type").or_else(|| old.get("@type")).cloned();
    let is_assertion =
        |said: &Value| said.as_str().is_some_and(|said| said.eq_ignore_ascii_case("Assertion"));
    let kind = said.filter(|said| !is_assertion(said)).unwrap_or_else(|| "Assertion".into());
    raised.insert("type".into(), kind);
    raised.entry("verify").or_insert_with(|| json!({ "type": "hosted" }));
    Value::Object(raised)
}

/// What an Assertion of 2011 holds, as the BadgeClass and the issuer it would have now.
pub(super) fn earliest(document: &Value, address: &str) -> (Value, Value) {
    let mut badge = document.get("badge").cloned().unwrap_or_default();
    let mut issuer = badge.get("issuer").cloned().unwrap_or_default();
    let origin = issuer.get("origin").cloned().unwrap_or_default();
    if let Some(members) = issuer.as_object_mut() {
        members.insert("id".into(), origin.clone());
        members.insert("url".into(), origin.clone());
        members.insert("type".into(), "Issuer".into());
    }
    if let Some(members) = badge.as_object_mut() {
        members.insert("id".into(), address.into());
        members.insert("type".into(), "BadgeClass".into());
        members.insert("issuer".into(), origin);
    }
    (badge, issuer)
}

/// A date as 2.0 has it. 1.x also has seconds since 1970, days without a time, and times without a zone, which are read
/// as UTC; anything else stays, to be found fault with.
fn moment(value: &Value) -> Value {
    let seconds = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) if text.len() == 10 => text.parse().ok(),
        _ => None,
    };
    if let Some(moment) = seconds.and_then(Timestamp::from_unix_seconds) {
        return moment.to_string().into();
    }
    let Some(text) = value.as_str() else { return value.clone() };
    let candidates =
        [text.to_owned(), format!("{text}Z"), format!("{text}T00:00:00Z"), format!("{text}:00Z")];
    let readable = candidates.into_iter().find(|candidate| Timestamp::parse(candidate).is_ok());
    readable.map_or_else(|| value.clone(), Value::from)
}

/// A recipient: an object since 1.0, before that a text, hashed or not, with its salt beside it.
fn recipient(value: &Value, around: &Map<String, Value>) -> Value {
    let Some(identity) = value.as_str() else { return value.clone() };
    let mut object = Map::new();
    object.insert("type".into(), "email".into());
    object.insert("hashed".into(), identity.contains('$').into());
    object.insert("identity".into(), identity.into());
    object
        .extend(around.get("salt").filter(|salt| salt.is_string()).map(|salt| ("salt".into(), salt.clone())));
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_1_x_writes_a_date_is_read() {
        for (old, new) in [
            (json!(1_359_763_200), "2013-02-02T00:00:00Z"),
            (json!("1359763200"), "2013-02-02T00:00:00Z"),
            (json!("2013-02-02"), "2013-02-02T00:00:00Z"),
            (json!("2013-02-02T10:30:00"), "2013-02-02T10:30:00Z"),
            (json!("2013-02-02T10:30"), "2013-02-02T10:30:00Z"),
            (json!("2013-02-02T10:30:00+01:00"), "2013-02-02T10:30:00+01:00"),
        ] {
            assert_eq!(moment(&old), json!(new), "{old}");
        }
        for unreadable in [json!("yesterday"), json!(true), json!(1e300), json!("12.02.2013")] {
            assert_eq!(moment(&unreadable), unreadable);
        }
    }

    #[test]
    fn a_recipient_of_2011_gets_its_salt_and_is_hashed_only_if_it_looks_so() {
        let old = json!({ "recipient": "sha256$ab", "salt": "x", "badge": {} });
        let raised = assertion(&old, "https://school.example/1");
        assert_eq!(
            raised["recipient"],
            json!({ "type": "email", "hashed": true, "identity": "sha256$ab", "salt": "x" })
        );
        assert_eq!(raised.get("salt"), None);
        let plain = assertion(&json!({ "recipient": "ada@example.org" }), "https://school.example/1");
        assert_eq!(plain["recipient"]["hashed"], json!(false));
    }

    #[test]
    fn a_linked_document_keeps_what_it_says_about_itself() {
        let url = "https://school.example/issuer";
        let raise = |document: Value| linked("Issuer", document, url);
        assert_eq!(raise(json!({ "name": "A" })), json!({ "name": "A", "id": url, "type": "Issuer" }));
        assert_eq!(raise(json!({ "@type": "IssuerOrg" }))["type"], "Issuer");
        assert_eq!(raise(json!({ "type": "BadgeClass" }))["type"], "BadgeClass");
        assert_eq!(raise(json!({ "id": "https://other.example/" }))["id"], "https://other.example/");
        let newer = json!({ "@context": "https://w3id.org/openbadges/v2", "name": "A" });
        assert_eq!(raise(newer.clone()), newer);
    }
}
