use std::collections::HashSet;

use accolade_issuing::Caller;
use accolade_store::status_lists::{self, StatusList};
use serde_json::json;

use crate::support::{School, school};

/// Puts a tiny list in the place of the issuer's open one, so that it fills up soon.
fn with_a_list_of(places: u32) -> School {
    let school = school();
    let issuer = school.issuer.id.as_str();
    let open = |db: &mut accolade_store::Db<'_>| status_lists::open_of_issuer(db, issuer, "revocation");
    let full_size = school.house.store.read("test", open).unwrap().unwrap();
    school
        .house
        .store
        .write("test", |tx| {
            let first = status_lists::get(tx, &full_size.id)?.unwrap();
            status_lists::close(tx, &full_size.id)?;
            let id = "11111111-1111-4111-8111-111111111111".to_owned();
            let tiny = StatusList { id, length: places, bits: vec![0; 2], open: true, ..first };
            status_lists::insert(tx, &tiny)
        })
        .unwrap();
    school
}

#[test]
fn a_list_that_fills_up_is_closed_and_the_next_one_opened() {
    let school = with_a_list_of(16);
    let mut places = HashSet::new();
    let mut lists = HashSet::new();
    for number in 0..20 {
        let award = school.award(json!({ "recipient": { "email": format!("p{number}@example.org") } }));
        let entry = school.house.credential_json(&award)["credentialStatus"].clone();
        assert!(places.insert(entry["id"].to_string()), "no two awards share a place");
        lists.insert(entry["statusListCredential"].to_string());
        school.house.office.credential(&Caller::system(), &award.id).unwrap();
    }
    assert_eq!(lists.len(), 2, "{lists:?}");
}

#[test]
fn when_many_find_a_list_full_at_once_one_next_list_is_opened() {
    let school = with_a_list_of(16);
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let school = &school;
            scope.spawn(move || {
                for number in 0..5 {
                    school.award(
                        json!({ "recipient": { "email": format!("p{worker}-{number}@example.org") } }),
                    );
                }
            });
        }
    });
    let issuer = school.issuer.id.as_str();
    let lists = school.house.store.read("test", |db| status_lists::ids_of_issuer(db, issuer)).unwrap();
    assert_eq!(lists.len(), 3, "the first, the tiny one, and one more");
}
