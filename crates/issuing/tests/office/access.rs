use accolade_issuing::{
    ADMIN_KEY_LENGTH, AwardOrder, Caller, CredentialFilter, NewApiKey, NewIssuer, Office, OfficeError,
    PageRequest, Scope, Scopes,
};
use serde_json::{Value, json};

use crate::support::{School, house, micro_credential, school};

fn key_for(office: &Office, scopes: &[Scope], issuer: Option<&str>) -> Caller {
    let new = NewApiKey {
        name: "LMS".into(),
        scopes: scopes.iter().copied().collect(),
        issuer: issuer.map(str::to_owned),
    };
    let (_, secret) = office.create_api_key(&Caller::system(), new).unwrap();
    office.authenticate(&secret).unwrap()
}

/// Every verb on things of one school, with the scope that it needs.
fn every_verb(school: &School, caller: &Caller) -> Vec<(Scope, &'static str, Result<(), OfficeError>)> {
    let office = &school.house.office;
    let (issuer, achievement) = (school.issuer.id.as_str(), school.achievement.id.as_str());
    let award =
        school.award(json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "allow" })).id;
    let page = PageRequest::default();
    let order = |body: Value| AwardOrder::parse(&body).unwrap();
    let allowed = json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "allow" });
    vec![
        (Scope::IssuersRead, "issuer", office.issuer(caller, issuer).map(drop)),
        (
            Scope::IssuersWrite,
            "amend issuer",
            office.amend_issuer(caller, issuer, &json!({}), None).map(drop),
        ),
        (Scope::AchievementsRead, "achievement", office.achievement(caller, achievement).map(drop)),
        (Scope::AchievementsRead, "achievements", office.achievements(caller, issuer, &page).map(drop)),
        (
            Scope::AchievementsWrite,
            "define",
            office.define_achievement(caller, issuer, micro_credential(), None).map(drop),
        ),
        (
            Scope::AchievementsWrite,
            "amend",
            office.amend_achievement(caller, achievement, &json!({}), None).map(drop),
        ),
        (Scope::CredentialsRead, "credential", office.credential(caller, &award).map(drop)),
        (Scope::CredentialsAward, "award", office.award(caller, achievement, order(allowed), None).map(drop)),
        (Scope::CredentialsRevoke, "suspend", office.suspend(caller, &award, None, None).map(drop)),
        (Scope::CredentialsRevoke, "reinstate", office.reinstate(caller, &award, None, None).map(drop)),
        (Scope::CredentialsRevoke, "revoke", office.revoke(caller, &award, None, None).map(drop)),
        (Scope::Admin, "signing keys", office.signing_keys(caller, issuer).map(drop)),
        (Scope::Admin, "rotate", office.rotate_signing_keys(caller, issuer, Some("jwt")).map(drop)),
    ]
}

#[test]
fn every_verb_needs_its_own_scope_and_no_other() {
    let school = school();
    for scope in Scope::ALL {
        let caller = key_for(&school.house.office, &[scope], None);
        for (needs, verb, result) in every_verb(&school, &caller) {
            if scope == Scope::Admin || scope == needs {
                assert!(result.is_ok(), "{verb} with {scope}: {result:?}");
            } else {
                let refused =
                    matches!(&result, Err(OfficeError::Forbidden { needs: named }) if *named == needs);
                assert!(refused, "{verb} with {scope}: {result:?}");
            }
        }
    }
}

#[test]
fn things_of_another_issuer_look_like_missing_ones() {
    let school = school();
    let other = school.house.register(json!({ "name": "Second University" }));
    let stranger = key_for(&school.house.office, &Scope::ALL, Some(&other.id));
    for (_, verb, result) in every_verb(&school, &stranger) {
        assert!(matches!(result, Err(OfficeError::NotFound)), "{verb}: {result:?}");
    }
    let office = &school.house.office;
    let page = PageRequest::default();
    let issuers = office.issuers(&stranger, &page).unwrap();
    assert_eq!(issuers.items.iter().map(|issuer| &issuer.id).collect::<Vec<_>>(), [&other.id]);
    for filter in [
        CredentialFilter::default(),
        CredentialFilter { issuer: Some(school.issuer.id.clone()), ..CredentialFilter::default() },
        CredentialFilter { achievement: Some(school.achievement.id.clone()), ..CredentialFilter::default() },
        CredentialFilter { recipient: Some("ana@example.org".into()), ..CredentialFilter::default() },
    ] {
        assert!(office.credentials(&stranger, &filter, &page).unwrap().items.is_empty());
    }
}

#[test]
fn an_issuers_own_key_works_on_its_own_things() {
    let school = school();
    let own = key_for(&school.house.office, &Scope::ALL, Some(&school.issuer.id));
    for (_, verb, result) in every_verb(&school, &own) {
        assert!(result.is_ok(), "{verb}: {result:?}");
    }
    let office = &school.house.office;
    let new = NewIssuer::parse(json!({ "name": "Third University" })).unwrap();
    assert!(matches!(office.register_issuer(&own, new, None), Err(OfficeError::Forbidden { .. })));
    assert!(matches!(office.api_keys(&own, &PageRequest::default()), Err(OfficeError::Forbidden { .. })));
}

#[test]
fn a_key_bound_to_an_issuer_cannot_make_itself_a_wider_key() {
    let school = school();
    let own = key_for(&school.house.office, &[Scope::Admin], Some(&school.issuer.id));
    let new = NewApiKey { name: "wider".into(), scopes: Scope::Admin.into(), issuer: None };
    assert!(matches!(school.house.office.create_api_key(&own, new), Err(OfficeError::Forbidden { .. })));
}

#[test]
fn a_revoked_key_and_a_wrong_secret_are_nobody() {
    let house = house();
    let new = NewApiKey { name: "LMS".into(), scopes: Scope::IssuersRead.into(), issuer: None };
    let (key, secret) = house.office.create_api_key(&Caller::system(), new).unwrap();
    assert_eq!(house.office.authenticate(&secret).unwrap().key_id, key.id);
    let mut wrong = secret.clone();
    wrong.replace_range(10..11, if &wrong[10..11] == "x" { "y" } else { "x" });
    for nobody in ["", "acc_", &wrong, &format!("{secret} "), "acc_\0"] {
        assert!(matches!(house.office.authenticate(nobody), Err(OfficeError::Unauthenticated)));
    }
    house.clock.advance(60);
    let revoked = house.office.revoke_api_key(&Caller::system(), &key.id).unwrap();
    assert!(revoked.revoked_at.is_some());
    house.clock.advance(60);
    assert_eq!(house.office.revoke_api_key(&Caller::system(), &key.id).unwrap(), revoked);
    assert!(matches!(house.office.authenticate(&secret), Err(OfficeError::Unauthenticated)));
    assert_eq!(house.audit_verbs(&key.id), ["api_key.revoke", "api_key.create"]);
}

#[test]
fn a_secret_is_never_stored() {
    let house = house();
    let new = NewApiKey { name: "LMS".into(), scopes: Scope::IssuersRead.into(), issuer: None };
    let (_, secret) = house.office.create_api_key(&Caller::system(), new).unwrap();
    assert!(secret.starts_with("acc_") && secret.len() == 47);
    assert!(!house.place.holds(&secret));
}

#[test]
fn a_bad_api_key_is_refused() {
    let house = house();
    for (name, scopes, issuer, at) in [
        ("", Scopes::from(Scope::Admin), None, "/name"),
        ("a\0", Scopes::from(Scope::Admin), None, "/name"),
        ("LMS", Scopes::default(), None, "/scopes"),
        ("LMS", Scopes::from(Scope::Admin), Some("nowhere".to_owned()), "/issuer"),
    ] {
        let error =
            house.office.create_api_key(&Caller::system(), NewApiKey { name: name.into(), scopes, issuer });
        assert_eq!(crate::support::faults(error.unwrap_err())[0].0, at);
    }
}

#[test]
fn an_admin_key_from_outside_opens_every_door_and_is_not_stored() {
    let house = house();
    let secret = "sixteen-visible!";
    assert!(matches!(house.office.authenticate(secret), Err(OfficeError::Unauthenticated)));
    house.office.provision_admin_key(secret).unwrap();
    assert!(house.office.authenticate(secret).unwrap().scopes.allow(Scope::CredentialsRevoke));
    assert!(matches!(house.office.authenticate("sixteen-visible?"), Err(OfficeError::Unauthenticated)));
    assert!(house.office.api_keys(&Caller::system(), &PageRequest::default()).unwrap().items.is_empty());
    let (longest, longer) = ("x".repeat(*ADMIN_KEY_LENGTH.end()), "x".repeat(ADMIN_KEY_LENGTH.end() + 1));
    assert!(house.office.provision_admin_key(&longest).is_ok());
    for bad in [longer.as_str(), "acc_short", "sixteen characters with spaces", "sixteen-visiblé!"] {
        assert!(matches!(house.office.provision_admin_key(bad), Err(OfficeError::Rejected(_))), "{bad}");
    }
}

#[test]
fn pages_show_everything_once_and_a_made_up_cursor_is_refused() {
    let school = school();
    let mut made: Vec<String> = (0..7)
        .map(|number| school.award(json!({ "recipient": { "email": format!("p{number}@example.org") } })).id)
        .collect();
    let office = &school.house.office;
    let all = CredentialFilter::default();
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page =
            office.credentials(&Caller::system(), &all, &PageRequest { limit: Some(3), cursor }).unwrap();
        seen.extend(page.items.into_iter().map(|award| award.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    made.sort_unstable();
    seen.sort_unstable();
    assert_eq!(seen, made);
    let made_up = PageRequest { limit: None, cursor: Some("'; drop table".into()) };
    assert!(matches!(office.credentials(&Caller::system(), &all, &made_up), Err(OfficeError::BadCursor)));
}
