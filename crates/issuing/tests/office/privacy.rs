//! Who may see an award and what of it, and what is left once it is erased.

use std::collections::BTreeSet;

use accolade_core::identity;
use accolade_issuing::views::{CredentialSheet, CredentialView};
use accolade_issuing::{
    AssertionForm, Award, AwardAmendment, AwardLinks, AwardOrder, AwardStatus, Awarded, Caller, ConflictKind,
    CredentialForm, IdempotencyKey, OfficeError, PublicationStatus, Publicly, Visibility,
};
use serde_json::{Value, json};

use crate::support::{House, School, faults, full_order, micro_credential, school, to_ana};

fn ana(visibility: &str) -> Value {
    let mut order = full_order();
    order["visibility"] = json!(visibility);
    order["onDuplicate"] = json!("allow");
    order
}

fn view(house: &House, award: &Award, key: Option<&str>) -> CredentialView {
    house.office.view_credential(&award.id, key).unwrap().unwrap()
}

fn sheet(house: &House, award: &Award, key: Option<&str>) -> CredentialSheet {
    match view(house, award, key) {
        CredentialView::Open(sheet) => *sheet,
        other => panic!("not open: {other:?}"),
    }
}

fn links(award: &Award) -> &AwardLinks {
    award.links.as_ref().unwrap()
}

fn key_of(award: &Award) -> String {
    links(award).share.as_deref().unwrap().rsplit_once("?key=").unwrap().1.to_owned()
}

fn amend(school: &School, award: &Award, body: Value) -> Result<Award, OfficeError> {
    let amendment = AwardAmendment::parse(&body)?;
    school.house.office.amend_award(&Caller::system(), &award.id, &amendment, None)
}

fn conflict<T>(result: Result<T, OfficeError>) -> ConflictKind {
    match result {
        Err(OfficeError::Conflict { kind, .. }) => kind,
        Err(other) => panic!("another refusal: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

/// The IdentityObject of the name in the signed credential.
fn name_of(school: &School, award: &Award) -> Value {
    let key = key_of(award);
    let what = Publicly::Credential(award.id.clone(), CredentialForm::Json);
    let published = school.house.office.publication_for(&what, Some(&key)).unwrap().unwrap();
    let document: Value = serde_json::from_slice(&published.body).unwrap();
    let identifiers = document["credentialSubject"]["identifier"].as_array().unwrap().clone();
    identifiers.into_iter().find(|identity| identity["identityType"] == "name").unwrap()
}

#[test]
fn an_award_is_unlisted_unless_its_order_says_otherwise() {
    let school = school();
    let award = school.award(to_ana());
    assert_eq!(award.visibility, Visibility::Unlisted);
    let read = school.house.office.credential(&Caller::system(), &award.id).unwrap();
    assert_eq!((read.visibility, &read), (Visibility::Unlisted, &award));
    let refused = AwardOrder::parse(&json!({ "recipient": { "email": "a@b.co" }, "visibility": "secret" }));
    assert_eq!(faults(refused.unwrap_err()), [("/visibility".to_owned(), "choice".to_owned())]);
}

#[test]
fn the_name_stands_in_plain_text_in_a_public_award_only() {
    let school = school();
    let public = school.award(ana("public"));
    assert_eq!(name_of(&school, &public)["identityHash"], "Ana Ruiz");
    for visibility in ["unlisted", "private"] {
        let award = school.award(ana(visibility));
        let name = name_of(&school, &award);
        assert_eq!(name["hashed"], true, "{visibility}");
        let hash = name["identityHash"].as_str().unwrap();
        // Whoever is told the name can check it.
        assert_eq!(identity::matches(hash, "Ana Ruiz", name["salt"].as_str().unwrap()), Some(true));
        for what in Publicly::of_award(&award.id) {
            let published = school.house.office.publication_for(&what, Some(&key_of(&award))).unwrap();
            let text = String::from_utf8_lossy(&published.unwrap().body).into_owned();
            assert!(!text.contains("Ruiz") && !text.contains("ana@example.org"), "{what:?}: {text}");
        }
    }
}

#[test]
fn a_page_shows_the_name_only_where_the_award_says_so() {
    let school = school();
    let house = &school.house;
    let public = school.award(ana("public"));
    let shown = sheet(house, &public, None);
    assert_eq!((shown.recipient_name.as_deref(), shown.indexable), (Some("Ana Ruiz"), true));
    assert_eq!((shown.shared, &shown.award.external_id, &links(&shown.award).share), (false, &None, &None));

    let unlisted = school.award(ana("unlisted"));
    let shown = sheet(house, &unlisted, None);
    assert_eq!((shown.recipient_name, shown.indexable, shown.shared), (None, false, false));
    let shown = sheet(house, &unlisted, Some(&key_of(&unlisted)));
    assert_eq!(
        (shown.recipient_name.as_deref(), shown.indexable, shown.shared),
        (Some("Ana Ruiz"), false, true)
    );
    assert!(links(&shown.award).pdf.ends_with(&format!(".pdf?key={}", key_of(&unlisted))));
    assert!(!links(&shown.award).embed.contains("key"), "it goes into the HTML of others");
    assert!(!sheet(house, &unlisted, Some("AAAAAAAAAAAAAAAAAAAAAA")).shared, "a wrong key is as no key");

    assert!(house.office.view_credential("nobody", None).unwrap().is_none());
    let missing = "00000000-0000-4000-8000-000000000000";
    assert!(house.office.view_credential(missing, None).unwrap().is_none());
}

#[test]
fn a_private_award_opens_with_its_key_and_in_no_other_way() {
    let school = school();
    let (private, other) = (school.award(ana("private")), school.award(ana("private")));
    let (key, wrong) = (key_of(&private), key_of(&other));
    let office = &school.house.office;
    for key in [None, Some(""), Some("x"), Some(wrong.as_str())] {
        for what in Publicly::of_award(&private.id) {
            assert!(
                matches!(office.publication_for(&what, key), Err(OfficeError::Private)),
                "{what:?} {key:?}"
            );
        }
        assert!(matches!(view(&school.house, &private, key), CredentialView::Locked { .. }));
    }
    for what in Publicly::of_award(&private.id) {
        assert_eq!(office.publication_for(&what, Some(&key)).unwrap().unwrap().status, PublicationStatus::Ok);
    }
    let shown = sheet(&school.house, &private, Some(&key));
    assert_eq!((shown.recipient_name.as_deref(), shown.indexable), (Some("Ana Ruiz"), false));
    assert!(links(&private).linkedin.contains(&format!("%3Fkey%3D{key}")), "others open it from there");
    // Its status list, keys and achievement stay for everybody: whoever has the credential can verify it.
    let list = shown.document["credentialStatus"]["statusListCredential"].as_str().unwrap();
    assert_eq!(school.house.at(list)["type"][1], "BitstringStatusListCredential");
    school.house.json(&Publicly::Achievement(school.achievement.id.clone()));
}

#[test]
fn who_may_see_an_award_can_be_changed_and_its_key_renewed() {
    let school = school();
    let award = school.award(ana("public"));
    let before = key_of(&award);
    school.house.clock.advance(60);
    let locked = amend(&school, &award, json!({ "visibility": "private" })).unwrap();
    assert_eq!((locked.visibility, locked.updated_at), (Visibility::Private, award.updated_at));
    assert!(matches!(view(&school.house, &award, None), CredentialView::Locked { .. }));
    assert!(matches!(view(&school.house, &award, Some(&before)), CredentialView::Open(_)));

    let renewed = amend(&school, &award, json!({ "shareKey": "renew" })).unwrap();
    assert_ne!(key_of(&renewed), before);
    assert!(matches!(view(&school.house, &award, Some(&before)), CredentialView::Locked { .. }));
    assert!(matches!(view(&school.house, &award, Some(&key_of(&renewed))), CredentialView::Open(_)));

    assert_eq!(amend(&school, &award, json!({})).unwrap(), renewed);
    let verbs = school.house.audit_verbs(&award.id);
    assert_eq!(verbs.iter().filter(|verb| *verb == "credential.amend").count(), 2, "{verbs:?}");
}

#[test]
fn an_award_whose_signed_badge_names_the_recipient_cannot_be_unlisted() {
    let school = school();
    let award = school.award(ana("public"));
    for first in ["public", "private"] {
        amend(&school, &award, json!({ "visibility": first })).unwrap();
        let refused = amend(&school, &award, json!({ "visibility": "unlisted" })).unwrap_err();
        assert_eq!(faults(refused), [("/visibility".to_owned(), "name_is_signed".to_owned())], "{first}");
    }
    let nameless = school.award(json!({
        "recipient": { "email": "ana@example.org" }, "visibility": "public", "onDuplicate": "allow",
    }));
    let unlisted = amend(&school, &nameless, json!({ "visibility": "unlisted" })).unwrap();
    assert_eq!(unlisted.visibility, Visibility::Unlisted);
}

#[test]
fn the_public_list_of_revocations_says_why_of_public_awards_only() {
    let school = school();
    for visibility in ["unlisted", "private", "public"] {
        let award = school.award(ana(visibility));
        school.house.clock.advance(1);
        school.house.office.suspend(&Caller::system(), &award.id, Some("Under review"), None).unwrap();
        let list = school.house.json(&Publicly::Revocations(school.issuer.id.clone()));
        let id = format!("urn:uuid:{}", award.id);
        let entries = list["revokedAssertions"].as_array().unwrap().clone();
        // Its id must stand there: verifiers of signed 2.0 badges look nowhere else.
        let entry = entries.iter().find(|entry| entry["id"] == id.as_str()).unwrap();
        assert_eq!(entry.get("revocationReason").is_some(), visibility == "public", "{visibility}");
    }
}

#[test]
fn an_amendment_under_an_idempotency_key_is_one_act() {
    let school = school();
    let award = school.award(ana("private"));
    let amendment = AwardAmendment::parse(&json!({ "shareKey": "renew" })).unwrap();
    let renew = || {
        let key = IdempotencyKey::parse("renew-1").unwrap();
        school.house.office.amend_award(&Caller::system(), &award.id, &amendment, Some(key)).unwrap()
    };
    assert_eq!(renew(), renew());
    let stranger = Caller { issuer: Some("another".to_owned()), ..Caller::system() };
    let refused = school.house.office.amend_award(&stranger, &award.id, &amendment, None);
    assert!(matches!(refused, Err(OfficeError::NotFound)));
}

#[test]
fn the_order_of_an_external_id_includes_who_may_see_it() {
    let school = school();
    let mut order = to_ana();
    order["externalId"] = json!("lms-1");
    order["visibility"] = json!("private");
    let first = school.award(order.clone());
    assert_eq!(school.award(order.clone()).id, first.id);
    order["visibility"] = json!("public");
    assert_eq!(conflict(school.try_award(order)), ConflictKind::ExternalIdTaken);
}

#[test]
fn a_reply_from_before_there_were_visibilities_is_read_and_completed() {
    let school = school();
    let award = school.award(to_ana());
    let mut old = serde_json::to_value(Awarded { award: award.clone(), created: true }).unwrap();
    old["award"].as_object_mut().unwrap().remove("visibility");
    for link in ["png", "svg", "pdf", "card", "embed", "share"] {
        old["award"]["links"].as_object_mut().unwrap().remove(link);
    }
    let read: Awarded = serde_json::from_value(old).unwrap();
    assert_eq!(read.award.visibility, Visibility::Unlisted);
}

#[test]
fn a_revoked_award_leads_to_the_one_that_took_its_place() {
    let school = school();
    let office = &school.house.office;
    let (old, new) = (school.award(ana("public")), school.award(ana("public")));
    let other = school.house.register(json!({ "name": "Another School" }));
    let theirs = school.house.define(&other.id, micro_credential());
    let theirs =
        office.award(&Caller::system(), &theirs.id, AwardOrder::parse(&to_ana()).unwrap(), None).unwrap();
    for wrong in [old.id.as_str(), "nobody", "00000000-0000-4000-8000-000000000000", theirs.award.id.as_str()]
    {
        let refused = office.supersede(&Caller::system(), &old.id, None, wrong, None).unwrap_err();
        assert_eq!(faults(refused), [("/supersededBy".to_owned(), "superseded_by".to_owned())], "{wrong}");
    }
    // Revoked first, replaced later: both ways are walked.
    let revoked = office.revoke(&Caller::system(), &old.id, Some("The grade was wrong"), None).unwrap();
    let replaced = office.supersede(&Caller::system(), &old.id, None, &new.id, None).unwrap();
    assert_eq!(replaced.superseded_by.as_deref(), Some(new.id.as_str()));
    assert_eq!((replaced.status_reason, replaced.updated_at), (revoked.status_reason, revoked.updated_at));
    let shown = sheet(&school.house, &old, None);
    assert_eq!(shown.superseded_by.as_deref(), Some(links(&new).public.as_str()));
    assert_eq!((shown.award.status, shown.indexable), (AwardStatus::Revoked, false));
}

#[test]
fn an_erased_award_is_a_tombstone_at_each_of_its_addresses() {
    let school = school();
    let office = &school.house.office;
    let award = school.award(ana("private"));
    let key = key_of(&award);
    let list = sheet(&school.house, &award, Some(&key)).document["credentialStatus"].clone();
    school.house.clock.advance(60);
    let erased = office.erase(&Caller::system(), &award.id, Some("On request"), None).unwrap();
    assert_eq!((erased.status, erased.links.as_ref(), &erased.id), (AwardStatus::Erased, None, &award.id));
    assert_eq!(office.erase(&Caller::system(), &award.id, None, None).unwrap(), erased, "again is the same");
    assert_eq!(office.credential(&Caller::system(), &award.id).unwrap(), erased);
    for key in [None, Some(key.as_str())] {
        assert!(matches!(view(&school.house, &award, key), CredentialView::Erased { .. }));
        for what in Publicly::of_award(&award.id) {
            let tombstone = office.publication_for(&what, key).unwrap().unwrap();
            assert_eq!(tombstone.status, PublicationStatus::Gone, "{what:?}");
            let said: Value = serde_json::from_slice(&tombstone.body).unwrap();
            assert_eq!(said["erased"], true, "{what:?}");
            let members: BTreeSet<&str> = said.as_object().unwrap().keys().map(String::as_str).collect();
            assert!(members.is_subset(&BTreeSet::from(["id", "erased", "revoked"])), "{said}");
        }
    }
    // Copies that others hold stop verifying: the bit is set, the 2.0 list names it.
    let document = school.house.at(list["statusListCredential"].as_str().unwrap());
    let encoded = document["credentialSubject"]["encodedList"].as_str().unwrap();
    let bits = accolade_signing::status_list::Bitstring::decode(encoded, &Default::default()).unwrap();
    let index = accolade_signing::status_list::index(&list["statusListIndex"]).unwrap();
    assert!(bits.get(index).unwrap());
    let revocations = school.house.json(&Publicly::Revocations(school.issuer.id.clone()));
    assert_eq!(revocations["revokedAssertions"][0], json!({ "id": format!("urn:uuid:{}", award.id) }));
    // Nothing is left that could change, and the person may be awarded anew.
    assert_eq!(conflict(office.suspend(&Caller::system(), &award.id, None, None)), ConflictKind::Erased);
    assert_eq!(conflict(office.revoke(&Caller::system(), &award.id, None, None)), ConflictKind::Erased);
    assert_eq!(conflict(amend(&school, &award, json!({ "visibility": "public" }))), ConflictKind::Erased);
    assert!(school.try_award(to_ana()).unwrap().created);
}

#[test]
fn priv_05_an_erased_person_is_nowhere_in_the_files_once_the_server_has_stopped() {
    let school = school();
    let office = &school.house.office;
    let order = json!({
        "recipient": { "email": "canary-mail@example.org", "name": "Canaria Canary" },
        "externalId": "canary-number", "narrative": "canary-narrative",
        "evidence": [{ "id": "https://canary.example.org/work", "narrative": "canary-evidence" }],
    });
    let key = |text: &str| Some(IdempotencyKey::parse(text).unwrap());
    let me = Caller::system();
    let award = office
        .award(&me, &school.achievement.id, AwardOrder::parse(&order).unwrap(), key("award"))
        .unwrap()
        .award;
    office.suspend(&me, &award.id, Some("canary-reason"), key("suspend")).unwrap();
    assert!(school.house.place.holds("canary-number"), "the canaries can be seen before");
    office.erase(&me, &award.id, Some("On request of the learner"), key("erase")).unwrap();
    let page = office.credentials(
        &me,
        &accolade_issuing::CredentialFilter {
            recipient: Some("canary-mail@example.org".to_owned()),
            ..Default::default()
        },
        &accolade_issuing::PageRequest::default(),
    );
    assert!(page.unwrap().items.is_empty());
    // SQLite's journal keeps pages as they were; it goes with the last connection. Free pages are overwritten.
    let House { office, store, place, .. } = school.house;
    drop((office, store));
    for canary in ["canary", "Canar"] {
        assert!(!place.holds(canary), "{canary} is still in the database");
    }
}

#[test]
fn the_reason_of_an_erasure_names_nobody() {
    let school = school();
    let mut order = ana("public");
    order["externalId"] = json!("lms:17");
    let award = school.award(order);
    for reason in ["Ruiz asked for it", "ana@example.org asked", "see lms:17", "ask Ana Ruiz", "ANA asked"] {
        let refused =
            school.house.office.erase(&Caller::system(), &award.id, Some(reason), None).unwrap_err();
        assert_eq!(faults(refused), [("/reason".to_owned(), "personal_data".to_owned())], "{reason}");
    }
    assert_eq!(sheet(&school.house, &award, None).award.status, AwardStatus::Active);
}

#[test]
fn priv_02_every_award_has_a_salt_of_its_own_of_128_bits() {
    let school = school();
    let mut salts = BTreeSet::new();
    for _ in 0..12 {
        let award = school.award(ana("unlisted"));
        let document = school.house.credential_json(&award);
        let assertion = school.house.json(&Publicly::Assertion(award.id.clone(), AssertionForm::Json));
        let identity = &document["credentialSubject"]["identifier"][0];
        assert_eq!(assertion["recipient"]["salt"], identity["salt"]);
        let salt = identity["salt"].as_str().unwrap().to_owned();
        assert!(salt.len() == 32 && salt.bytes().all(|byte| byte.is_ascii_hexdigit()), "{salt}");
        for hash in [&identity["identityHash"], &assertion["recipient"]["identity"]] {
            assert!(hash.as_str().unwrap().starts_with("sha256$"), "{hash}");
        }
        assert!(salts.insert(salt));
    }
}

#[test]
fn linkedin_s_form_is_filled_in_to_the_last_field() {
    let school = school();
    let office = &school.house.office;
    let query = |award: &Award| -> Vec<(String, String)> {
        let url = url::Url::parse(&links(award).linkedin).unwrap();
        assert!(!links(award).linkedin.contains('+'), "spaces are %20");
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    };
    let mut order = ana("public");
    order["validFrom"] = json!("2026-03-01T00:00:00Z");
    let award = school.award(order.clone());
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut expected = vec![
        pair("startTask", "CERTIFICATION_NAME"),
        pair("name", "Applied Data Skills"),
        pair("organizationName", "Example University"),
        pair("issueYear", "2026"),
        pair("issueMonth", "3"),
        pair("expirationYear", "2029"),
        pair("expirationMonth", "11"),
        pair("certUrl", &links(&award).public),
        pair("certId", &award.id),
    ];
    assert_eq!(query(&award), expected);

    let patch = json!({ "linkedinOrganizationId": "1035", "name": "R&D / Ünïversity" });
    let issuer = office.amend_issuer(&Caller::system(), &school.issuer.id, &patch, None).unwrap();
    assert_eq!(issuer.linkedin_organization_id.as_deref(), Some("1035"));
    expected[2] = pair("organizationId", "1035");
    assert_eq!(query(&office.credential(&Caller::system(), &award.id).unwrap()), expected);
    let signed = school.house.credential_json(&school.award(order));
    assert!(!signed.to_string().contains("1035"), "it stands in no signed document");
    assert!(!school.house.json(&Publicly::Issuer(school.issuer.id.clone())).to_string().contains("linkedin"));

    let patch = json!({ "linkedinOrganizationId": null });
    let issuer = office.amend_issuer(&Caller::system(), &school.issuer.id, &patch, None).unwrap();
    assert_eq!(issuer.linkedin_organization_id, None);
    expected[2] = pair("organizationName", "R&D / Ünïversity");
    assert_eq!(query(&office.credential(&Caller::system(), &award.id).unwrap()), expected);
    for bad in [json!("10a"), json!(""), json!(1035), json!("1".repeat(21))] {
        let patch = json!({ "linkedinOrganizationId": bad });
        let refused = office.amend_issuer(&Caller::system(), &school.issuer.id, &patch, None).unwrap_err();
        assert_eq!(faults(refused)[0].0, "/linkedinOrganizationId", "{bad}");
    }
}

#[test]
fn the_pages_of_achievement_and_issuer_have_what_they_need() {
    let school = school();
    let office = &school.house.office;
    let page = office.view_achievement(&school.achievement.id).unwrap().unwrap();
    assert_eq!(page.document["name"], "Applied Data Skills");
    assert_eq!(page.issuer.name, "Example University");
    assert_eq!(page.issuer.page, school.issuer.links.public);
    let page = office.view_issuer(&school.issuer.id).unwrap().unwrap();
    assert_eq!(page.achievements.len(), 1);
    assert_eq!(page.achievements[0].page, school.achievement.links.public);
    assert_eq!((page.keys.len(), page.more), (3, false));
    assert_eq!(page.document["id"], school.issuer.profile_id);
    assert!(office.view_issuer("nobody").unwrap().is_none());
    assert!(office.view_achievement("nobody").unwrap().is_none());
}
