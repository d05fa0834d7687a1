//! The 2.0 view of an award.

use accolade_core::identifier::IdentityObject;
use accolade_core::subject::AchievementSubject;
use accolade_core::v2::{
    Assertion, AssertionLinks, BadgeClass, BadgeLinks, CryptographicKey, Endorsement, Issuer, IssuerLinks,
    NoRecipient, RevocationList, RevokedAssertion, RevokedEntry, plain_image,
};
use accolade_core::vocabulary::IdentifierType;
use serde_json::{Value, json};

use crate::sample::{self, uri};

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn links(id: &str) -> AssertionLinks {
    AssertionLinks { id: uri(id), badge: uri("https://example.edu/badges/1"), image: None }
}

#[test]
fn a_hosted_assertion_says_what_the_credential_says() {
    let assertion = Assertion::hosted(&sample::badge(), links("https://example.edu/assertions/1")).unwrap();
    assert_eq!(
        assertion.to_value(),
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "id": "https://example.edu/assertions/1",
            "type": "Assertion",
            "recipient": {
                "type": "email",
                "hashed": true,
                "salt": "Kosher",
                "identity": accolade_core::identity::hash("ada@example.com", "Kosher"),
            },
            "badge": "https://example.edu/badges/1",
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2026-11-22T10:00:00Z",
            "evidence": [{"type": "Evidence", "id": "https://example.edu/projects/1", "name": "Project"}],
            "expires": "2031-11-23T10:00:00Z",
        })
    );
}

#[test]
fn a_signed_assertion_names_its_key() {
    let key = uri("https://example.edu/keys/1");
    let assertion = Assertion::signed(&sample::badge(), links("urn:uuid:1"), key).unwrap();
    assert_eq!(
        assertion.to_value()["verification"],
        json!({"type": "SignedBadge", "creator": "https://example.edu/keys/1"})
    );
}

#[test]
fn a_baked_image_is_linked_and_never_a_data_uri() {
    for (image, written) in [("https://example.edu/1.png", true), ("data:image/png;base64,AAAA", false)] {
        let links = AssertionLinks { image: Some(uri(image)), ..links("urn:uuid:1") };
        let assertion = Assertion::hosted(&sample::badge(), links).unwrap();
        assert_eq!(assertion.to_value().get("image").is_some(), written, "{image}");
    }
}

#[test]
fn a_recipient_without_an_address_is_known_by_uri_and_one_without_either_by_nothing() {
    let mut badge = sample::badge();
    badge.credential_subject = AchievementSubject::with_id(uri("did:example:ada"), sample::achievement());
    let assertion = Assertion::hosted(&badge, links("urn:uuid:1")).unwrap();
    assert_eq!(
        assertion.to_value()["recipient"],
        json!({"type": "id", "hashed": false, "identity": "did:example:ada"})
    );
    let name = IdentityObject::plain("Ada", IdentifierType::Name);
    badge.credential_subject = AchievementSubject::with_identifier(name, sample::achievement());
    assert_eq!(Assertion::hosted(&badge, links("urn:uuid:1")), Err(NoRecipient));
}

#[test]
fn a_badge_class_has_all_that_validators_demand() {
    let links = BadgeLinks {
        id: uri("https://example.edu/badges/1"),
        issuer: uri("https://example.edu/issuers/1/v2"),
        image: plain_image(),
    };
    let class = BadgeClass::from_achievement(&sample::achievement(), links).to_value();
    for member in ["@context", "id", "type", "name", "description", "image", "criteria", "issuer"] {
        assert!(class.get(member).is_some(), "{member}");
    }
    assert!(class["image"].as_str().unwrap().starts_with("data:image/svg+xml,"));
    assert_eq!(class["alignment"][0]["targetCode"], "6");
    assert_eq!(class["related"]["id"], "https://example.edu/achievements/1");
}

#[test]
fn an_issuer_has_a_home_page_even_if_the_profile_names_none() {
    let links = IssuerLinks {
        id: uri("https://example.edu/issuers/1/v2"),
        url: uri("https://fallback.example/"),
        public_key: vec![uri("https://example.edu/keys/1/v2")],
        revocation_list: Some(uri("https://example.edu/issuers/1/revocations")),
    };
    let mut profile = sample::issuer();
    assert_eq!(
        value(&Issuer::from_profile(&profile, links.clone()).to_json()),
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "id": "https://example.edu/issuers/1/v2",
            "type": "Issuer",
            "name": "Example University",
            "url": "https://example.edu/",
            "email": "registrar@example.edu",
            "telephone": "+41441234567",
            "image": "https://example.edu/logo.png",
            "publicKey": "https://example.edu/keys/1/v2",
            "revocationList": "https://example.edu/issuers/1/revocations",
        })
    );
    profile.url = None;
    profile.phone = Some("044 123 45 67".to_owned());
    let issuer = Issuer::from_profile(&profile, links).to_value();
    assert_eq!(issuer["url"], "https://fallback.example/");
    assert_eq!(issuer.get("telephone"), None);
}

#[test]
fn a_revocation_list_never_has_exactly_one_entry() {
    let entry =
        |id: &str| RevokedEntry { id: uri(id), revocation_reason: Some("Issued in error".to_owned()) };
    for (entries, published) in [
        (vec![], 0),
        (vec![entry("urn:uuid:1")], 2),
        (vec![entry("urn:uuid:1"), entry("urn:uuid:2")], 2),
        (vec![entry("urn:uuid:1"), entry("urn:uuid:2"), entry("urn:uuid:3")], 3),
    ] {
        let list = RevocationList::new(
            uri("https://example.edu/issuers/1/revocations"),
            uri("https://example.edu/issuers/1/v2"),
            entries,
        );
        let document = value(&list.to_json());
        assert_eq!(document["revokedAssertions"].as_array().unwrap().len(), published);
        assert_eq!(document["type"], "RevocationList");
    }
}

#[test]
fn key_tombstone_and_endorsement_have_their_members() {
    let key = CryptographicKey::new(
        uri("https://example.edu/keys/1/v2"),
        uri("https://example.edu/issuers/1/v2"),
        "-----BEGIN PUBLIC KEY-----".to_owned(),
    );
    assert_eq!(value(&key.to_json())["owner"], "https://example.edu/issuers/1/v2");
    let tombstone = RevokedAssertion::new(uri("https://example.edu/assertions/1"), Some("Issued in error"));
    assert_eq!(
        value(&tombstone.to_json()),
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "id": "https://example.edu/assertions/1",
            "type": "Assertion",
            "revoked": true,
            "revocationReason": "Issued in error",
        })
    );
    let endorsement = Endorsement::hosted(
        &sample::endorsement(),
        uri("https://agency.example/endorsements/1/v2"),
        uri("https://example.edu/issuers/1/v2"),
        uri("https://agency.example/v2"),
    );
    assert_eq!(
        value(&endorsement.to_json())["claim"],
        json!({"id": "https://example.edu/issuers/1/v2", "endorsementComment": "In good standing."})
    );
}
