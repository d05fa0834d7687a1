use accolade_issuing::{AssertionForm, CredentialForm, PublicationStatus, Publicly};
use accolade_linked_data::{Options, canonicalize};
use serde_json::json;

use crate::snapshots::assert_json_snapshot;
use crate::support::{full_order, house, house_at, school};

#[test]
fn every_public_document_is_there_with_its_type() {
    let school = school();
    let award = school.award(full_order());
    let (issuer, achievement) = (school.issuer.id.clone(), school.achievement.id.clone());
    let keys = school.house.office.signing_keys(&accolade_issuing::Caller::system(), &issuer).unwrap();
    let credential = school.house.credential_json(&award);
    let list = credential["credentialStatus"]["statusListCredential"].as_str().unwrap();
    let list = list.rsplit_once('/').unwrap().1.to_owned();
    for (what, content_type) in [
        (Publicly::Credential(award.id.clone(), CredentialForm::Json), "application/vc"),
        (Publicly::Credential(award.id.clone(), CredentialForm::Jwt), "application/vc+jwt"),
        (Publicly::Assertion(award.id.clone(), AssertionForm::Json), "application/ld+json"),
        (Publicly::Assertion(award.id.clone(), AssertionForm::Jws), "application/jose"),
        (Publicly::Achievement(achievement.clone()), "application/ld+json"),
        (Publicly::Badge(achievement.clone()), "application/ld+json"),
        (Publicly::BadgeImage(achievement), "image/png"),
        (Publicly::Issuer(issuer.clone()), "application/ld+json"),
        (Publicly::IssuerV2(issuer.clone()), "application/ld+json"),
        (Publicly::DidDocument(issuer.clone()), "application/did+ld+json"),
        (Publicly::Jwks(issuer.clone()), "application/jwk-set+json"),
        (Publicly::Revocations(issuer), "application/ld+json"),
        (Publicly::Key(keys[0].id.clone()), "application/jwk+json"),
        (Publicly::KeyV2(keys[0].id.clone()), "application/ld+json"),
        (Publicly::StatusList(list), "application/vc"),
    ] {
        let publication = school.house.published(&what);
        assert_eq!(publication.content_type, content_type, "{what:?}");
        assert_eq!(publication.status, PublicationStatus::Ok);
        assert!(publication.etag.starts_with('"') && publication.etag.ends_with('"'));
        assert_eq!(publication, school.house.published(&what), "{what:?} is the same each time");
    }
}

#[test]
fn nothing_is_published_under_an_id_that_does_not_exist() {
    let house = house();
    let id = "00000000-0000-4000-8000-000000000000".to_owned();
    for what in [
        Publicly::Credential(id.clone(), CredentialForm::Json),
        Publicly::Assertion(id.clone(), AssertionForm::Jws),
        Publicly::Achievement(id.clone()),
        Publicly::Badge(id.clone()),
        Publicly::BadgeImage(id.clone()),
        Publicly::Issuer(id.clone()),
        Publicly::IssuerV2(id.clone()),
        Publicly::DidDocument(id.clone()),
        Publicly::Jwks(id.clone()),
        Publicly::Revocations(id.clone()),
        Publicly::Key(id.clone()),
        Publicly::KeyV2(id.clone()),
        Publicly::StatusList(id),
    ] {
        assert_eq!(house.office.publication(&what).unwrap(), None, "{what:?}");
    }
}

#[test]
fn every_json_ld_document_of_3_0_means_something_in_safe_mode() {
    let school = school();
    let issuer = school.issuer.id.clone();
    for what in [
        Publicly::Issuer(issuer.clone()),
        Publicly::DidDocument(issuer),
        Publicly::Achievement(school.achievement.id.clone()),
    ] {
        let quads = canonicalize(&school.house.json(&what), &Options::default())
            .unwrap_or_else(|e| panic!("{what:?}: {e}"));
        assert!(quads.lines().count() > 2);
    }
}

#[test]
fn what_is_published_says_first_what_it_is() {
    let school = school();
    let award = school.award(full_order());
    let start = |what: &Publicly| {
        String::from_utf8(school.house.published(what).body.iter().copied().take(12).collect()).unwrap()
    };
    for what in [
        Publicly::Credential(award.id.clone(), CredentialForm::Json),
        Publicly::Assertion(award.id, AssertionForm::Json),
        Publicly::Issuer(school.issuer.id.clone()),
        Publicly::IssuerV2(school.issuer.id.clone()),
        Publicly::Badge(school.achievement.id.clone()),
        Publicly::Achievement(school.achievement.id.clone()),
    ] {
        assert_eq!(start(&what), "{\"@context\":", "{what:?}");
    }
}

#[test]
fn the_profile_of_an_issuer_is_exact() {
    let house = house_at("https://badges.example.edu");
    let issuer = house.register(json!({
        "name": "Example University", "url": "https://www.example.edu/", "email": "badges@example.edu",
        "address": { "addressCountry": "Spain", "addressCountryCode": "ES", "geo": { "latitude": 40.4, "longitude": -3.7 } },
    }));
    assert_eq!(issuer.profile_id, format!("did:web:badges.example.edu:public:issuers:{}", issuer.id));
    let profile = house.json(&Publicly::Issuer(issuer.id.clone()));
    assert_json_snapshot("profile", profile);
    assert_json_snapshot("did_document", house.json(&Publicly::DidDocument(issuer.id.clone())));
    assert_json_snapshot("issuer_reply", issuer);
}

#[test]
fn a_badge_without_an_image_is_drawn_one_from_its_name() {
    let school = school();
    let badge = school.house.json(&Publicly::Badge(school.achievement.id.clone()));
    assert_eq!(badge["image"], school.achievement.links.image);
    let document = school.house.json(&Publicly::Achievement(school.achievement.id.clone()));
    assert_eq!(document["image"], json!({ "id": badge["image"], "type": "Image" }));
    let image = school.house.published(&Publicly::BadgeImage(school.achievement.id.clone()));
    assert!(image.body.starts_with(b"\x89PNG"));
}

#[test]
fn an_issuer_with_only_a_name_has_what_2_0_demands() {
    let house = house();
    let issuer = house.register(json!({ "name": "Example University" }));
    let v2 = house.json(&Publicly::IssuerV2(issuer.id.clone()));
    assert_eq!(v2["url"], issuer.links.public);
    assert_eq!(v2["email"], "noreply@127.0.0.1");
    assert_eq!(
        house.json(&Publicly::Issuer(issuer.id)).get("email"),
        None,
        "3.0 says only what the issuer said"
    );
}

/// A row as it was stored before there were pictures, with this `image` in its document.
fn old_row(school: &crate::support::School, image: Option<&str>) -> String {
    let id = school.achievement.id.replace('a', "b");
    let mut document = json!({
        "id": format!("{}/public/achievements/{id}", school.house.office.public_url()),
        "type": ["Achievement"], "name": "Old", "description": "Old.", "criteria": { "narrative": "Be old." },
    });
    if let Some(url) = image {
        document["image"] = json!({ "id": url, "type": "Image" });
    }
    let row = accolade_store::achievements::Achievement {
        id: id.clone(),
        issuer_id: school.issuer.id.clone(),
        document: document.to_string(),
        version: 1,
        created_at: school.achievement.created_at,
        updated_at: school.achievement.created_at,
        image_id: None,
    };
    school.house.store.write("test", |tx| accolade_store::achievements::insert(tx, &row)).unwrap();
    id
}

#[test]
fn an_achievement_from_before_there_were_pictures_gets_one_whoever_asks_first() {
    let wide = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'><rect width='200' height='100' fill='navy'/></svg>";
    let elsewhere = "https://example.org/i.png";
    for (image, elsewhere_then) in [(None, false), (Some(wide), false), (Some(elsewhere), true)] {
        let image_first = [true, false].map(|image_first| {
            let school = school();
            let id = old_row(&school, image);
            let image = || school.house.published(&Publicly::BadgeImage(id.clone())).body;
            let badge = || school.house.json(&Publicly::Badge(id.clone()))["image"].clone();
            let (image, badge) = if image_first {
                (image(), badge())
            } else {
                let badge = badge();
                (image(), badge)
            };
            let public = school.house.json(&Publicly::Achievement(id.clone()))["image"]["id"].clone();
            assert_eq!(public, badge, "both standards name the same");
            if elsewhere_then {
                assert_eq!(public, elsewhere);
            } else {
                let path = public.as_str().unwrap().strip_prefix(school.house.office.public_url()).unwrap();
                assert_eq!(school.house.published(&Publicly::from_path(path).unwrap()).body, image);
            }
            (image, badge)
        });
        assert_eq!(image_first[0], image_first[1], "{image:?}");
    }
}
