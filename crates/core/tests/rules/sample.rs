//! A micro-credential with everything in it and nothing wrong with it.

use accolade_core::achievement::{
    Achievement, Alignment, Criteria, Related, ResultDescription, RubricCriterionLevel,
};
use accolade_core::credential::{
    AchievementCredential, CredentialSchema, CredentialStatus, Evidence, Proof, RefreshService,
};
use accolade_core::endorsement::{EndorsementCredential, EndorsementSubject};
use accolade_core::identifier::{IdentifierEntry, IdentityObject};
use accolade_core::image::Image;
use accolade_core::profile::{Address, GeoCoordinates, Profile};
use accolade_core::subject::{AchievementSubject, Result};
use accolade_core::vocabulary::{
    AchievementType, AlignmentTargetType, IdentifierType, ResultStatusType, StatusPurpose,
};
use accolade_core::{
    Class, CompactJws, CountryCode, Credits, Date, EmailAddress, LanguageCode, Timestamp, Uri,
};
use serde_json::json;

pub(crate) fn uri(text: &str) -> Uri {
    Uri::parse(text).unwrap()
}

pub(crate) fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn issuer() -> Profile {
    let mut profile = Profile::new(uri("https://example.edu/issuers/1"), "Example University");
    profile.url = Some(uri("https://example.edu/"));
    profile.email = Some(EmailAddress::parse("registrar@example.edu").unwrap());
    profile.phone = Some("+41441234567".to_owned());
    profile.image = Some(Image::new(uri("https://example.edu/logo.png")).captioned("A lighthouse"));
    profile.address = Some(Address {
        address_country_code: Some(CountryCode::parse("CH").unwrap()),
        address_locality: Some("Zürich".to_owned()),
        geo: GeoCoordinates::new(47.37, 8.54),
        ..Address::default()
    });
    profile.other_identifier.push(IdentifierEntry::new("4711", IdentifierType::SisSourcedId));
    profile.date_of_birth = Some(Date::parse("2001-02-03").unwrap());
    profile.endorsement.push(endorsement());
    profile
}

pub(crate) fn endorsement() -> EndorsementCredential {
    let subject = EndorsementSubject::new(uri("https://example.edu/issuers/1"), "In good standing.");
    let agency = Profile::new(uri("https://agency.example/"), "Accrediting Agency");
    let id = uri("https://agency.example/endorsements/1");
    let mut endorsement =
        EndorsementCredential::new(id, "Accreditation", agency, subject, moment("2026-01-01T00:00:00Z"));
    endorsement.proof.push(proof());
    endorsement
}

pub(crate) fn achievement() -> Achievement {
    let mut achievement = Achievement::new(
        uri("https://example.edu/achievements/1"),
        "Applied Data Skills",
        "Collects, cleans, analyses and presents data.",
        Criteria::in_words("# Criteria\n\n* attend the workshop\n* pass the assessment"),
    );
    achievement.achievement_type = Some(AchievementType::MicroCredential);
    achievement.credits_available = Some(Credits::from(3));
    achievement.in_language = Some(LanguageCode::parse("en").unwrap());
    achievement.tag = vec!["data".to_owned()];
    achievement.alignment.push(
        Alignment::new("EQF level 6", uri("https://europass.europa.eu/eqf#6"))
            .within("European Qualifications Framework")
            .coded("6")
            .of_type(AlignmentTargetType::CetermsCredential),
    );
    achievement.related.push(Related::badge_class(uri("https://example.edu/badges/1")));
    achievement.result_description = vec![
        ResultDescription::percent(uri("urn:uuid:1"), "Assessment", 60),
        ResultDescription::rubric(
            uri("urn:uuid:2"),
            "Project",
            vec![
                RubricCriterionLevel::new(uri("urn:uuid:21"), "Basic"),
                RubricCriterionLevel::new(uri("urn:uuid:22"), "Advanced").meaning("Draws conclusions."),
            ],
        )
        .requiring_level(uri("urn:uuid:21")),
        ResultDescription::status(uri("urn:uuid:3"), "Workshop"),
    ];
    achievement
}

pub(crate) fn proof() -> Proof {
    Proof::from_value(json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-23T10:00:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "https://example.edu/issuers/1#z6Mk",
        "proofValue": "z1",
    }))
    .unwrap()
}

pub(crate) fn badge() -> AchievementCredential {
    let address = IdentityObject::salted("ada@example.com", IdentifierType::EmailAddress, "Kosher");
    let name = IdentityObject::plain("Ada Lovelace", IdentifierType::Name);
    let mut subject = AchievementSubject::with_id(uri("urn:uuid:9"), achievement())
        .also_known_by(address)
        .also_known_by(name);
    subject.credits_earned = Some(Credits::from(3));
    subject.activity_start_date = Some(moment("2026-09-01T00:00:00Z"));
    subject.activity_end_date = Some(moment("2026-11-01T00:00:00Z"));
    subject.result = vec![
        Result::value(uri("urn:uuid:1"), "87"),
        Result::level(uri("urn:uuid:2"), uri("urn:uuid:22")),
        Result::status(uri("urn:uuid:3"), ResultStatusType::Completed),
    ];
    let mut badge = AchievementCredential::new(
        uri("https://example.edu/credentials/1"),
        issuer(),
        subject,
        moment("2026-11-23T10:00:00Z"),
    )
    .with_status(CredentialStatus::bitstring(
        uri("https://example.edu/status/1"),
        23,
        StatusPurpose::Revocation,
    ))
    .with_schema(CredentialSchema::json_schema(uri("https://example.edu/schema.json")))
    .with_refresh_service(RefreshService::get(uri("https://example.edu/credentials/1")));
    badge.name = Some("Applied Data Skills".to_owned());
    badge.awarded_date = Some(moment("2026-11-22T10:00:00Z"));
    badge.valid_until = Some(moment("2031-11-23T10:00:00Z"));
    badge.evidence.push(Evidence::linked("Project", uri("https://example.edu/projects/1")));
    badge.endorsement_jwt.push(CompactJws::parse("e30.e30.c2ln").unwrap());
    badge.proof.push(proof());
    badge
}
