use std::collections::HashSet;
use std::thread;

use accolade_issuing::{
    Award, AwardOrder, AwardStatus, Awarded, Caller, ConflictKind, CredentialFilter, IdempotencyKey,
    NewIssuer, OfficeError, PageRequest, Scope, Scopes,
};
use accolade_store::status_lists;
use serde_json::{Value, json};

use crate::support::{School, school, to_ana};

fn key(text: &str) -> Option<IdempotencyKey> {
    Some(IdempotencyKey::parse(text).unwrap())
}

fn award_as(
    school: &School,
    caller: &Caller,
    body: Value,
    key: Option<IdempotencyKey>,
) -> Result<Awarded, OfficeError> {
    school.house.office.award(caller, &school.achievement.id, AwardOrder::parse(&body)?, key)
}

fn all(school: &School) -> Vec<Award> {
    let page = PageRequest { limit: Some(200), cursor: None };
    school.house.office.credentials(&Caller::system(), &CredentialFilter::default(), &page).unwrap().items
}

fn conflict(result: Result<Awarded, OfficeError>) -> (ConflictKind, Option<String>) {
    match result {
        Err(OfficeError::Conflict { kind, existing }) => (kind, existing),
        other => panic!("no conflict: {other:?}"),
    }
}

#[test]
fn the_same_request_under_the_same_key_is_one_award_and_one_reply() {
    let school = school();
    let first = award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap();
    school.house.clock.advance(60);
    assert_eq!(award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap(), first);
    assert_eq!(all(&school).len(), 1);
    assert_eq!(school.house.audit_verbs(&first.award.id), ["credential.award"]);
}

#[test]
fn a_reply_is_forgotten_after_a_week_and_no_sooner() {
    const DAY: i64 = 24 * 60 * 60;
    let school = school();
    let first = award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap();
    school.house.clock.advance(6 * DAY);
    assert_eq!(school.house.office.forget_old_replies().unwrap(), 0);
    assert_eq!(award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap(), first);
    school.house.clock.advance(2 * DAY);
    assert_eq!(school.house.office.forget_old_replies().unwrap(), 1);
    let (kind, existing) = conflict(award_as(&school, &Caller::system(), to_ana(), key("k1")));
    assert_eq!((kind, existing), (ConflictKind::DuplicateAward, Some(first.award.id)));
}

#[test]
fn the_order_of_members_makes_no_other_request() {
    let school = school();
    let of = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let one = of(r#"{"role": "Student", "recipient": {"email": "ana@example.org", "name": "Ana"}}"#);
    let two = of(r#"{"recipient": {"name": "Ana", "email": "ana@example.org"}, "role": "Student"}"#);
    let first = award_as(&school, &Caller::system(), one, key("k1")).unwrap();
    assert_eq!(award_as(&school, &Caller::system(), two, key("k1")).unwrap(), first);
}

#[test]
fn another_request_under_the_same_key_is_a_conflict() {
    let school = school();
    award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap();
    let other = json!({ "recipient": { "email": "bob@example.org" } });
    assert_eq!(
        conflict(award_as(&school, &Caller::system(), other, key("k1"))).0,
        ConflictKind::IdempotencyKeyReused
    );
    assert_eq!(all(&school).len(), 1);
}

#[test]
fn idempotency_keys_belong_to_their_api_key() {
    let school = school();
    let other = Caller { key_id: "another key".into(), ..Caller::system() };
    let one = award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap();
    let bob = json!({ "recipient": { "email": "bob@example.org" } });
    let two = award_as(&school, &other, bob, key("k1")).unwrap();
    assert_ne!(one.award.id, two.award.id);
}

#[test]
fn registering_and_defining_are_idempotent_too() {
    let school = school();
    let office = &school.house.office;
    let register = || {
        let new = NewIssuer::parse(json!({ "name": "Second University" })).unwrap();
        office.register_issuer(&Caller::system(), new, key("k1")).unwrap()
    };
    assert_eq!(register(), register());
    let define = || {
        let body = json!({ "name": "A", "description": "B", "criteria": { "narrative": "C" } });
        office.define_achievement(&Caller::system(), &school.issuer.id, body, key("k2")).unwrap()
    };
    assert_eq!(define(), define());
    assert_eq!(office.issuers(&Caller::system(), &PageRequest::default()).unwrap().items.len(), 2);
}

#[test]
fn sixty_four_requests_at_once_under_one_key_are_one_award() {
    let school = school();
    let replies: Vec<Awarded> = thread::scope(|scope| {
        let threads: Vec<_> = (0..64)
            .map(|_| scope.spawn(|| award_as(&school, &Caller::system(), to_ana(), key("k1")).unwrap()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(replies.iter().all(|reply| *reply == replies[0]));
    assert_eq!(all(&school).len(), 1);
}

#[test]
fn awards_made_at_once_to_many_have_places_of_their_own() {
    let school = school();
    thread::scope(|scope| {
        for worker in 0..8 {
            let school = &school;
            scope.spawn(move || {
                for number in 0..8 {
                    school.award(
                        json!({ "recipient": { "email": format!("p{worker}-{number}@example.org") } }),
                    );
                }
            });
        }
    });
    let awards = all(&school);
    let places: HashSet<String> = awards
        .iter()
        .map(|award| school.house.credential_json(award)["credentialStatus"]["statusListIndex"].to_string())
        .collect();
    assert_eq!((awards.len(), places.len()), (64, 64));
}

#[test]
fn at_once_without_a_key_one_recipient_gets_the_achievement_once() {
    let school = school();
    let made = thread::scope(|scope| {
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| school.try_award(to_ana()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(Result::is_ok).count()
    });
    assert_eq!(made, 1);
    assert_eq!(all(&school).len(), 1);
}

#[test]
fn a_duplicate_is_refused_returned_or_made_as_the_order_says() {
    let school = school();
    let first = school.award(to_ana());
    let with = |policy: &str| json!({ "recipient": { "email": "Ana@Example.org" }, "onDuplicate": policy });
    assert_eq!(
        conflict(school.try_award(with("reject"))),
        (ConflictKind::DuplicateAward, Some(first.id.clone()))
    );
    let existing = school.try_award(with("return-existing")).unwrap();
    assert_eq!((existing.award.id.as_str(), existing.created), (first.id.as_str(), false));
    let second = school.try_award(with("allow")).unwrap();
    assert!(second.created && second.award.id != first.id);
}

#[test]
fn an_award_made_with_allow_counts_as_the_recipients_own() {
    let school = school();
    let body = json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "allow" });
    let first = school.award(body);
    assert_eq!(conflict(school.try_award(to_ana())), (ConflictKind::DuplicateAward, Some(first.id)));
}

#[test]
fn revoked_and_expired_awards_stand_in_nobodys_way_but_suspended_and_future_ones_do() {
    let school = school();
    let office = &school.house.office;
    let to = |name: &str| json!({ "recipient": { "email": format!("{name}@example.org") } });

    let revoked = school.award(to("revoked"));
    office.revoke(&Caller::system(), &revoked.id, None, None).unwrap();
    assert!(school.try_award(to("revoked")).unwrap().created);

    let mut expiring = to("expired");
    expiring["validUntil"] = json!("2026-11-24T00:00:00Z");
    school.award(expiring);
    assert!(school.try_award(to("expired")).is_err());
    school.house.clock.advance(86_400);
    assert!(school.try_award(to("expired")).unwrap().created);

    let suspended = school.award(to("suspended"));
    office.suspend(&Caller::system(), &suspended.id, None, None).unwrap();
    assert_eq!(conflict(school.try_award(to("suspended"))).1, Some(suspended.id));

    let mut future = to("future");
    future["validFrom"] = json!("2030-01-01T00:00:00Z");
    let future = school.award(future);
    assert_eq!(conflict(school.try_award(to("future"))).1, Some(future.id));
}

#[test]
fn the_same_order_under_the_same_external_id_is_the_same_award() {
    let school = school();
    let mut body = to_ana();
    body["externalId"] = json!("moodle:42:9001");
    let first = school.try_award(body.clone()).unwrap();
    let again = school.try_award(body.clone()).unwrap();
    assert_eq!((again.award.id, again.created), (first.award.id.clone(), false));
    body["narrative"] = json!("Another order.");
    assert_eq!(conflict(school.try_award(body)), (ConflictKind::ExternalIdTaken, Some(first.award.id)));
}

#[test]
fn external_ids_are_per_issuer() {
    let school = school();
    let other = school.house.register(json!({ "name": "Second University" }));
    let achievement = school.house.define(&other.id, crate::support::micro_credential());
    let mut body = to_ana();
    body["externalId"] = json!("42");
    let one = school.award(body.clone());
    let order = AwardOrder::parse(&body).unwrap();
    let two = school.house.office.award(&Caller::system(), &achievement.id, order, None).unwrap();
    assert!(two.created && two.award.id != one.id);
}

#[test]
fn a_reply_to_a_duplicate_is_replayed_as_well() {
    let school = school();
    school.award(to_ana());
    let body = json!({ "recipient": { "email": "ana@example.org" }, "onDuplicate": "return-existing" });
    let bound = Caller {
        issuer: Some(school.issuer.id.clone()),
        scopes: Scopes::from(Scope::CredentialsAward),
        ..Caller::system()
    };
    let first = award_as(&school, &bound, body.clone(), key("k1")).unwrap();
    assert!(!first.created);
    assert_eq!(award_as(&school, &bound, body, key("k1")).unwrap(), first);
}

#[test]
fn a_late_repetition_of_a_suspension_does_not_undo_the_reinstatement() {
    let school = school();
    let office = &school.house.office;
    let award = school.award(to_ana());
    let suspend = || office.suspend(&Caller::system(), &award.id, Some("Under review"), key("k1")).unwrap();
    let suspended = suspend();
    office.reinstate(&Caller::system(), &award.id, None, key("k2")).unwrap();
    assert_eq!(suspend(), suspended);
    let now = office.credential(&Caller::system(), &award.id).unwrap();
    assert_eq!(now.status, AwardStatus::Active);
    office.revoke(&Caller::system(), &award.id, None, key("k3")).unwrap();
    assert_eq!(suspend(), suspended);
    let other = office.revoke(&Caller::system(), &award.id, Some("Other"), key("k3"));
    assert!(matches!(other, Err(OfficeError::Conflict { kind: ConflictKind::IdempotencyKeyReused, .. })));
}

#[test]
fn a_late_repetition_of_an_amendment_does_not_undo_a_later_one() {
    let school = school();
    let office = &school.house.office;
    let (issuer, achievement) = (school.issuer.id.as_str(), school.achievement.id.as_str());
    let to = |name: &str| json!({ "name": name });
    let amend_issuer =
        |name: &str, key| office.amend_issuer(&Caller::system(), issuer, &to(name), key).unwrap();
    let first = amend_issuer("One", key("k1"));
    amend_issuer("Two", None);
    assert_eq!(amend_issuer("One", key("k1")), first);
    assert_eq!(office.issuer(&Caller::system(), issuer).unwrap().profile["name"], "Two");

    let amend =
        |name: &str, key| office.amend_achievement(&Caller::system(), achievement, &to(name), key).unwrap();
    let first = amend("One", key("k2"));
    amend("Two", None);
    assert_eq!(amend("One", key("k2")), first);
    assert_eq!(office.achievement(&Caller::system(), achievement).unwrap().members["name"], "Two");
}

#[test]
fn at_once_under_one_key_an_award_is_suspended_once() {
    let school = school();
    let award = school.award(to_ana());
    let suspend = || school.house.office.suspend(&Caller::system(), &award.id, None, key("k1")).unwrap();
    let replies: Vec<Award> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(suspend)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(replies.iter().all(|reply| *reply == replies[0]));
    assert_eq!(school.house.audit_verbs(&award.id), ["credential.suspend", "credential.award"]);
}

#[test]
fn amendments_of_one_issuer_at_once_are_all_kept() {
    let school = school();
    let issuer = school.issuer.id.as_str();
    let amend = |patch: Value| school.house.office.amend_issuer(&Caller::system(), issuer, &patch, None);
    for round in 0..20 {
        let patches = [json!({ "phone": format!("{round}") }), json!({ "description": format!("{round}") })];
        thread::scope(|scope| {
            for patch in patches {
                scope.spawn(|| amend(patch).unwrap());
            }
        });
        let profile = school.house.office.issuer(&Caller::system(), issuer).unwrap().profile;
        for member in ["phone", "description"] {
            assert_eq!(profile[member], format!("{round}"), "{member}");
        }
    }
}

#[test]
fn a_dry_run_is_answered_as_the_order_would_be() {
    let school = school();
    let mut body = to_ana();
    body["externalId"] = json!("42");
    let dry = |body: &Value| {
        let mut body = body.clone();
        body["dryRun"] = json!(true);
        school.try_award(body)
    };
    let first = school.award(body.clone());
    let again = dry(&body).unwrap();
    assert_eq!((again.award.id.as_str(), again.created), (first.id.as_str(), false));
    body["narrative"] = json!("Another order.");
    assert_eq!(conflict(dry(&body)), (ConflictKind::ExternalIdTaken, Some(first.id.clone())));
    body["externalId"] = json!("43");
    assert_eq!(conflict(dry(&body)), (ConflictKind::DuplicateAward, Some(first.id.clone())));
    body["onDuplicate"] = json!("return-existing");
    assert_eq!(dry(&body).unwrap().award.id, first.id);
    body["onDuplicate"] = json!("allow");
    assert_ne!(dry(&body).unwrap().award.id, first.id);
    assert_eq!(all(&school), [first]);
}

#[test]
fn a_dry_run_opens_no_status_list() {
    let school = school();
    let issuer = school.issuer.id.as_str();
    let lists = || school.house.store.read("test", |db| status_lists::ids_of_issuer(db, issuer)).unwrap();
    let before = lists();
    school.house.store.write("test", |tx| status_lists::close(tx, &before[0])).unwrap();
    let mut body = to_ana();
    body["dryRun"] = json!(true);
    assert!(school.try_award(body).unwrap().award.credential.is_some());
    assert_eq!(lists(), before);
}

#[test]
fn when_one_of_two_awards_ends_the_other_still_stands_in_the_way_of_a_third() {
    let school = school();
    let office = &school.house.office;
    let mut allow = to_ana();
    allow["onDuplicate"] = json!("allow");
    let first = school.award(allow.clone());
    school.house.clock.advance(1);
    let second = school.award(allow.clone());
    school.house.clock.advance(1);
    allow["validUntil"] = json!("2026-11-24T00:00:00Z");
    let third = school.award(allow);
    office.revoke(&Caller::system(), &first.id, None, None).unwrap();
    assert_eq!(conflict(school.try_award(to_ana())), (ConflictKind::DuplicateAward, Some(second.id.clone())));
    office.suspend(&Caller::system(), &third.id, None, None).unwrap();
    office.revoke(&Caller::system(), &second.id, None, None).unwrap();
    assert_eq!(conflict(school.try_award(to_ana())), (ConflictKind::DuplicateAward, Some(third.id)));
    school.house.clock.advance(86_400);
    let fourth = school.award(to_ana());
    office.revoke(&Caller::system(), &fourth.id, None, None).unwrap();
    assert!(school.try_award(to_ana()).unwrap().created);
}
