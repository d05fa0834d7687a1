use accolade_issuing::{Caller, CredentialFilter, NewIssuer, OfficeError, PageRequest};
use serde_json::{Value, json};

use crate::support::{School, faults, full_order, house, micro_credential, school};

fn stored_awards(school: &School) -> usize {
    let all = CredentialFilter::default();
    school.house.office.credentials(&Caller::system(), &all, &PageRequest::default()).unwrap().items.len()
}

/// The full order with one member set.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = full_order();
    match body.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(parent).unwrap()[name] = value;
        }
    }
    body
}

#[test]
fn a_bad_order_is_refused_where_it_is_bad_and_stores_nothing() {
    let school = school();
    for (pointer, value, fault_at) in [
        ("/recipent", json!({}), "/recipent"),
        ("/recipient/email", json!("ana"), "/recipient/email"),
        ("/recipient/name", json!("{{name}}"), "/recipient/name"),
        ("/recipient/name", json!("undefined undefined"), "/recipient/name"),
        ("/recipient/name", json!("A\u{0}"), "/recipient/name"),
        ("/awardedDate", json!("2026-11-20"), "/awardedDate"),
        ("/awardedDate", json!("2026-11-20T09:30:00"), "/awardedDate"),
        ("/validFrom", json!(1_795_000_000), "/validFrom"),
        ("/validUntil", json!("2020-01-01T00:00:00Z"), "/validUntil"),
        ("/narrative", json!(7), "/narrative"),
        ("/narrative", Value::Null, "/narrative"),
        ("/creditsEarned", json!("two"), "/creditsEarned"),
        ("/evidence", json!({ "id": "https://example.edu/work/17" }), "/evidence"),
        ("/evidence/0/id", json!("work 17"), "/evidence/0/id"),
        ("/evidence/0/id", json!("javascript:alert(1)"), "/evidence/0/id"),
        ("/evidence/0/narrrative", json!("x"), "/evidence/0/narrrative"),
        (
            "/result/0/resultDescription",
            json!("urn:uuid:00000000-0000-4000-8000-000000000000"),
            "/result/0/resultDescription",
        ),
        ("/result/0/value", json!(87), "/result/0/value"),
        ("/externalId", json!(""), "/externalId"),
        ("/onDuplicate", json!("maybe"), "/onDuplicate"),
        ("/dryRun", json!("yes"), "/dryRun"),
    ] {
        let found = faults(school.try_award(with(pointer, value.clone())).unwrap_err());
        assert!(found.iter().any(|(at, _)| at == fault_at), "{pointer} = {value}: {found:?}");
    }
    assert_eq!(stored_awards(&school), 0);
}

#[test]
fn all_faults_of_an_order_are_told_at_once() {
    let school = school();
    let body =
        json!({ "recipient": { "mail": "x" }, "awardedDate": "yesterday", "naratvie": "x", "dryRun": 1 });
    let found = faults(school.try_award(body).unwrap_err());
    let pointers: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    for expected in ["/recipient/mail", "/recipient", "/awardedDate", "/naratvie", "/dryRun"] {
        assert!(pointers.contains(&expected), "{expected} in {pointers:?}");
    }
}

#[test]
fn an_unknown_member_is_answered_with_what_was_meant() {
    let school = school();
    let Err(OfficeError::Rejected(faults)) = school.try_award(with("/expires", json!("x"))) else { panic!() };
    assert!(faults[0].detail.contains("`expires` is not known here"), "{}", faults[0].detail);
    let Err(OfficeError::Rejected(faults)) = school.try_award(with("/validuntil", json!("x"))) else {
        panic!()
    };
    assert!(faults[0].detail.contains("did you mean `validUntil`?"), "{}", faults[0].detail);
}

#[test]
fn an_order_that_is_no_object_is_refused() {
    let school = school();
    for body in [json!([]), json!("x"), Value::Null, json!({})] {
        assert!(matches!(school.try_award(body), Err(OfficeError::Rejected(_))));
    }
}

#[test]
fn a_bad_issuer_is_refused_where_it_is_bad() {
    let house = house();
    for (body, at) in [
        (json!({}), "/name"),
        (json!({ "name": "undefined" }), "/name"),
        (json!({ "name": "  " }), "/name"),
        (json!({ "nmae": "U" }), "/nmae"),
        (json!({ "name": "U", "id": "https://evil.example/" }), "/id"),
        (json!({ "name": "U", "url": "www.example.edu" }), "/url"),
        (json!({ "name": "U", "url": "javascript:alert(1)" }), "/url"),
        (json!({ "name": "U", "image": "file:///etc/passwd" }), "/image"),
        (json!({ "name": "U", "image": "data:text/html,<script>" }), "/image"),
        (json!({ "name": "U", "image": "data:image/png;base64,AAAA" }), "/image"),
        (json!({ "name": "U", "email": "nobody" }), "/email"),
        (json!({ "name": "U", "address": { "addresCountry": "ES" } }), "/address/addresCountry"),
        (json!({ "name": "U", "idMethod": "ion" }), "/idMethod"),
        (json!({ "name": "U", "idMethod": "web" }), "/idMethod"),
        (json!(["U"]), ""),
    ] {
        let new = NewIssuer::parse(body.clone());
        let error =
            new.and_then(|new| house.office.register_issuer(&Caller::system(), new, None)).unwrap_err();
        let found = faults(error);
        assert!(found.iter().any(|(pointer, _)| pointer == at), "{body}: {found:?}");
    }
    assert!(house.office.issuers(&Caller::system(), &PageRequest::default()).unwrap().items.is_empty());
}

#[test]
fn a_bad_achievement_is_refused_where_it_is_bad() {
    let school = school();
    let bad = |pointer: &str, value: Value| {
        let mut body = micro_credential();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value;
        body
    };
    for (body, at) in [
        (bad("/name", json!("{{title}}")), "/name"),
        (bad("/criteria", json!({})), "/criteria"),
        (bad("/criteria", json!("Attend")), "/criteria"),
        (bad("/achievementType", json!("Microcredential")), "/achievementType"),
        (bad("/inLanguage", json!("english")), "/inLanguage"),
        (bad("/tags", json!(["x"])), "/tags"),
        (bad("/id", json!("urn:x")), "/id"),
        (bad("/alignment/0/targetUrl", json!("somewhere")), "/alignment/0/targetUrl"),
        (bad("/image", json!("data:text/html,<script>")), "/image"),
        (bad("/image", json!({ "id": "i.png" })), "/image/id"),
    ] {
        let error = school
            .house
            .office
            .define_achievement(&Caller::system(), &school.issuer.id, body.clone(), None)
            .unwrap_err();
        let found = faults(error);
        assert!(found.iter().any(|(pointer, _)| pointer == at), "{at}: {found:?}");
    }
    let all = school
        .house
        .office
        .achievements(&Caller::system(), &school.issuer.id, &PageRequest::default())
        .unwrap();
    assert_eq!(all.items.len(), 1);
}

#[test]
fn an_issuer_keeps_its_name_and_a_patch_is_checked_like_the_whole() {
    let school = school();
    let amend =
        |patch: Value| school.house.office.amend_issuer(&Caller::system(), &school.issuer.id, &patch, None);
    assert_eq!(faults(amend(json!({ "idMethod": "key" })).unwrap_err())[0].0, "/idMethod");
    assert_eq!(faults(amend(json!({ "name": null })).unwrap_err())[0].0, "/name");
    assert_eq!(faults(amend(json!([])).unwrap_err())[0].0, "");
    let amended = amend(json!({ "description": "A university.", "email": null })).unwrap();
    assert_eq!(amended.profile["description"], "A university.");
    assert_eq!(amended.profile.get("email"), None);
    assert_eq!(amended.profile_id, school.issuer.profile_id);
}
