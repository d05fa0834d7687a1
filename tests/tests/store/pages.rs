//! Pages: every row once, newest first, also among equal times.

use accolade_store::credentials::{CredentialFilter, CredentialStatus};
use accolade_store::{
    Cursor, Page, Store, StoreError, achievement_versions, achievements, api_keys, audit, credentials,
    issuers,
};

use crate::places::on_both;
use crate::rows::{achievement, api_key, at, award, credential, entry, issuer, stage};

/// Walks a list to its end by the cursor's text, as a client would.
fn walk<T>(mut page: impl FnMut(Option<&Cursor>) -> Page<T>, id: impl Fn(&T) -> String) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), None::<Cursor>);
    loop {
        let found = page(cursor.as_ref());
        ids.extend(found.items.iter().map(&id));
        match found.next {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return ids,
        }
    }
}

fn credentials_by(store: &Store, filter: &CredentialFilter<'_>, limit: u32) -> Vec<String> {
    let page =
        |cursor: Option<&Cursor>| store.read("t", |db| credentials::page(db, filter, cursor, limit)).unwrap();
    walk(page, |record| record.id.clone())
}

/// Twelve credentials, four to each of three seconds; every third suspended, every fourth to the same person.
fn a_dozen(store: &Store) -> Vec<String> {
    stage(store);
    for number in 0..12_u32 {
        let mut credential = credential(&format!("c{number:02}"), number);
        credential.record.created_at = at(i64::from(number / 4));
        if number % 3 == 0 {
            credential.record.status = CredentialStatus::Suspended;
        }
        if number % 4 == 0 {
            credential.record.recipient_digest = "same".into();
        }
        let _ = award(store, &credential, None).unwrap();
    }
    (0..12).rev().map(|number| format!("c{number:02}")).collect()
}

on_both! {
    fn every_credential_is_on_one_page_whatever_the_limit(place) {
        let wanted = a_dozen(&place.store);
        for limit in [1, 2, 3, 4, 5, 11, 12, 13, u32::MAX] {
            assert_eq!(credentials_by(&place.store, &CredentialFilter::default(), limit), wanted, "limit {limit}");
        }
    }

    fn filters_narrow_a_page_alone_and_together(place) {
        let all = a_dozen(&place.store);
        let keep = |wanted: fn(usize) -> bool| -> Vec<String> {
            all.iter().enumerate().filter(|(place, _)| wanted(11 - place)).map(|(_, id)| id.clone()).collect()
        };
        let by = |filter: CredentialFilter<'_>| credentials_by(&place.store, &filter, 2);
        let all_of = CredentialFilter { issuer_id: Some("issuer"), achievement_id: Some("achievement"), ..Default::default() };
        assert_eq!(by(all_of), all);
        assert_eq!(by(CredentialFilter { issuer_id: Some("other"), ..Default::default() }), keep(|_| false));
        assert_eq!(by(CredentialFilter { achievement_id: Some("other"), ..Default::default() }), keep(|_| false));
        let suspended = CredentialFilter { status: Some(CredentialStatus::Suspended), ..Default::default() };
        assert_eq!(by(suspended), keep(|number| number % 3 == 0));
        assert_eq!(by(CredentialFilter { recipient_digest: Some("same"), ..Default::default() }), keep(|number| number % 4 == 0));
        let both = CredentialFilter { recipient_digest: Some("same"), ..suspended };
        assert_eq!(by(both), keep(|number| number % 12 == 0));
    }

    /// A filter is a value, never SQL.
    fn a_filter_full_of_sql_finds_nothing(place) {
        a_dozen(&place.store);
        let hostile = "' OR 1=1; DROP TABLE credentials; --";
        let filter = CredentialFilter { issuer_id: Some(hostile), recipient_digest: Some(hostile), ..Default::default() };
        assert!(credentials_by(&place.store, &filter, 5).is_empty());
        assert_eq!(credentials_by(&place.store, &CredentialFilter::default(), 50).len(), 12);
    }

    fn what_is_added_in_between_shifts_nothing(place) {
        let wanted = a_dozen(&place.store);
        let first = place.store.read("t", |db| credentials::page(db, &CredentialFilter::default(), None, 5)).unwrap();
        let mut newer = credential("newer", 99);
        newer.record.created_at = at(1000);
        let _ = award(&place.store, &newer, None).unwrap();
        let rest = place.store
            .read("t", |db| credentials::page(db, &CredentialFilter::default(), first.next.as_ref(), 50))
            .unwrap();
        let ids: Vec<_> = first.items.iter().chain(&rest.items).map(|record| record.id.clone()).collect();
        assert_eq!(ids, wanted);
    }

    fn the_other_lists_are_paged_alike(place) {
        let store = &place.store;
        let numbers = || (0..7).map(|number| format!("n{number}"));
        store.write("t", |db| {
            for id in numbers() {
                issuers::insert(db, &issuer(&id))?;
                achievements::insert(db, &achievement(&id, "n0"))?;
                api_keys::insert(db, &api_key(&id, None))?;
                audit::insert(db, &entry(&id))?;
            }
            Ok::<_, StoreError>(())
        }).unwrap();
        let wanted: Vec<String> = numbers().rev().collect();
        let page = |cursor: Option<&Cursor>| store.read("t", |db| issuers::page(db, cursor, 3)).unwrap();
        assert_eq!(walk(page, |row| row.id.clone()), wanted);
        let page = |cursor: Option<&Cursor>| store.read("t", |db| achievements::page(db, "n0", cursor, 3)).unwrap();
        assert_eq!(walk(page, |row| row.id.clone()), wanted);
        let page = |cursor: Option<&Cursor>| store.read("t", |db| api_keys::page(db, cursor, 3)).unwrap();
        assert_eq!(walk(page, |row| row.id.clone()), wanted);
        let page = |cursor: Option<&Cursor>| store.read("t", |db| audit::page(db, None, cursor, 3)).unwrap();
        assert_eq!(walk(page, |row| row.id.clone()), wanted);
        let page = |cursor: Option<&Cursor>| store.read("t", |db| audit::page(db, Some("n3"), cursor, 3)).unwrap();
        assert_eq!(walk(page, |row| row.id.clone()), ["n3"]);
    }

    fn an_amendment_of_an_old_version_is_refused(place) {
        let store = &place.store;
        stage(store);
        let amend = |version, text: &'static str| {
            store.write("t", move |db| {
                let mut amended = achievement("achievement", "issuer");
                (amended.document, amended.version, amended.updated_at) = (text.to_owned(), version + 1, at(9));
                achievements::update(db, &amended, version)
            }).unwrap()
        };
        assert!(amend(1, "second"));
        assert!(!amend(1, "late"));
        assert!(amend(2, "third"));
        let found = store.read("t", |db| achievements::get(db, "achievement")).unwrap().unwrap();
        assert_eq!((found.document.as_str(), found.version, found.updated_at), ("third", 3, at(9)));
        let page = |cursor: Option<&Cursor>| store.read("t", |db| achievement_versions::page(db, "achievement", cursor, 1)).unwrap();
        assert_eq!(walk(page, |row| row.document.clone()), ["third", "second", "{\"name\":\"Applied Data Skills\"}"]);
        assert!(store.write("t", |db| issuers::update(db, "issuer", "new", Some("7"), at(9))).unwrap());
        assert!(!store.write("t", |db| issuers::update(db, "nobody", "new", None, at(9))).unwrap());
    }
}
