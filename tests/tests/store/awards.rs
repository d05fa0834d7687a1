//! Recording awards: all rows or none, and every unique value given once.

use accolade_store::awards::Recorded;
use accolade_store::credentials::CredentialStatus;
use accolade_store::{StoreError, credentials, idempotency, outbox};

use crate::places::{on_both, together};
use crate::rows::{at, award, counts, credential, reply, stage};

fn tally(all: &[Recorded], wanted: impl Fn(&Recorded) -> bool) -> usize {
    all.iter().filter(|recorded| wanted(recorded)).count()
}

on_both! {
    fn an_award_is_stored_byte_for_byte_with_all_its_rows(place) {
        let store = &place.store;
        stage(store);
        let given = credential("c1", 7);
        assert_eq!(award(store, &given, Some(&reply("k"))).unwrap(), Recorded::Inserted);
        let found = store.read("t", |db| credentials::get(db, "c1")).unwrap();
        assert_eq!(found, Some(given));
        assert_eq!(store.read("t", |db| idempotency::get(db, "caller", "k")).unwrap(), Some(reply("k")));
        assert_eq!(counts(store), (1, 1));
        let due = store.write("t", |db| outbox::due(db, at(100), at(200), 10)).unwrap();
        assert_eq!(due.len(), 1);
    }

    fn an_award_without_optional_rows_and_columns_is_stored_too(place) {
        let store = &place.store;
        stage(store);
        let mut bare = credential("c1", 7);
        bare.record.duplicate_key = None;
        bare.record.external_id = None;
        bare.record.status_reason = None;
        bare.record.valid_until = None;
        let audit = crate::rows::entry("a");
        let rows = accolade_store::awards::Award { credential: &bare, audit: &audit, message: None, reply: None };
        assert_eq!(accolade_store::awards::record(store, &rows).unwrap(), Recorded::Inserted);
        assert_eq!(store.read("t", |db| credentials::get(db, "c1")).unwrap(), Some(bare));
    }

    fn recording_the_same_award_again_finds_it_recorded(place) {
        let store = &place.store;
        stage(store);
        let given = credential("c1", 7);
        for _ in 0..3 {
            assert_eq!(award(store, &given, Some(&reply("k"))).unwrap(), Recorded::Inserted);
        }
        assert_eq!(counts(store), (1, 1));
    }

    fn a_refused_award_leaves_nothing_behind(place) {
        let store = &place.store;
        stage(store);
        assert_eq!(award(store, &credential("first", 1), Some(&reply("first"))).unwrap(), Recorded::Inserted);
        let before = counts(store);

        let index_taken = credential("second", 1);
        assert_eq!(award(store, &index_taken, Some(&reply("second"))).unwrap(), Recorded::IndexTaken);
        let mut external_id = credential("second", 2);
        external_id.record.external_id = Some("external-first".into());
        let taken = award(store, &external_id, Some(&reply("second"))).unwrap();
        assert_eq!(taken, Recorded::ExternalIdTaken("first".into()));
        let mut duplicate = credential("second", 2);
        duplicate.record.duplicate_key = Some("duplicate-first".into());
        let taken = award(store, &duplicate, Some(&reply("second"))).unwrap();
        assert_eq!(taken, Recorded::DuplicateOf("first".into()));
        assert_eq!(award(store, &credential("second", 2), Some(&reply("first"))).unwrap(), Recorded::KeyUsed);

        assert_eq!(counts(store), before);
        assert_eq!(store.read("t", |db| idempotency::get(db, "caller", "second")).unwrap(), None);
        assert_eq!(award(store, &credential("second", 2), Some(&reply("second"))).unwrap(), Recorded::Inserted);
    }

    fn an_award_for_an_unknown_achievement_is_refused(place) {
        let store = &place.store;
        stage(store);
        let mut dangling = credential("c1", 7);
        dangling.record.achievement_id = "nobody".into();
        assert!(matches!(award(store, &dangling, None), Err(StoreError::Dangling)));
        assert_eq!(counts(store), (0, 0));
    }

    fn two_issuers_may_use_the_same_external_id(place) {
        let store = &place.store;
        stage(store);
        store.write("t", |db| {
            accolade_store::issuers::insert(db, &crate::rows::issuer("other"))
        }).unwrap();
        assert_eq!(award(store, &credential("c1", 1), None).unwrap(), Recorded::Inserted);
        let mut same = credential("c2", 2);
        same.record.issuer_id = "other".into();
        same.record.external_id = Some("external-c1".into());
        assert_eq!(award(store, &same, None).unwrap(), Recorded::Inserted);
    }

    fn a_revoked_award_can_be_made_anew(place) {
        let store = &place.store;
        stage(store);
        assert_eq!(award(store, &credential("c1", 1), None).unwrap(), Recorded::Inserted);
        let mut again = credential("c2", 2);
        again.record.duplicate_key = Some("duplicate-c1".into());
        let set = |status| store.write("t", move |db| credentials::set_status(db, "c1", status, Some("x"), at(9)));
        assert!(set(CredentialStatus::Suspended).unwrap());
        assert_eq!(award(store, &again, None).unwrap(), Recorded::DuplicateOf("c1".into()));
        assert!(set(CredentialStatus::Revoked).unwrap());
        assert_eq!(award(store, &again, None).unwrap(), Recorded::Inserted);
    }

    fn an_award_that_gave_up_its_duplicate_key_can_be_made_anew(place) {
        let store = &place.store;
        stage(store);
        assert_eq!(award(store, &credential("c1", 1), None).unwrap(), Recorded::Inserted);
        let mut again = credential("c2", 2);
        again.record.duplicate_key = Some("duplicate-c1".into());
        let give_up = |key: &'static str| store.write("t", move |db| credentials::give_up_duplicate_key(db, "c1", key));
        assert!(!give_up("another").unwrap());
        assert_eq!(award(store, &again, None).unwrap(), Recorded::DuplicateOf("c1".into()));
        assert!(give_up("duplicate-c1").unwrap());
        assert!(!give_up("duplicate-c1").unwrap());
        assert_eq!(award(store, &again, None).unwrap(), Recorded::Inserted);
    }

    fn old_replies_are_forgotten(place) {
        let store = &place.store;
        let mut late = reply("late");
        late.created_at = at(100);
        store.write("t", |db| {
            assert!(idempotency::insert(db, &reply("early"))?);
            assert!(idempotency::insert(db, &late)?);
            assert!(!idempotency::insert(db, &late)?, "one stands already");
            assert_eq!(idempotency::forget(db, at(100))?, 1);
            assert!(idempotency::get(db, "caller", "early")?.is_none());
            assert!(idempotency::get(db, "caller", "late")?.is_some());
            Ok::<_, StoreError>(())
        }).unwrap();
    }

    /// 64 clients, 16 entries: each entry goes to one of them, the rest hear that it is taken.
    fn a_status_index_is_given_once(place) {
        let store = &place.store;
        stage(store);
        let all = together(64, |number| award(store, &credential(&format!("c{number}"), number as u32 % 16), None).unwrap());
        assert_eq!(tally(&all, |recorded| *recorded == Recorded::Inserted), 16);
        assert_eq!(tally(&all, |recorded| *recorded == Recorded::IndexTaken), 48);
        assert_eq!(counts(store), (16, 16));
    }

    fn an_external_id_is_given_once_and_the_others_hear_to_whom(place) {
        let store = &place.store;
        stage(store);
        let all = together(64, |number| {
            let mut credential = credential(&format!("c{number}"), number as u32);
            credential.record.external_id = Some("one".into());
            award(store, &credential, None).unwrap()
        });
        one_winner(store, &all, Recorded::ExternalIdTaken);
    }

    fn of_many_duplicates_one_is_awarded_and_the_others_hear_which(place) {
        let store = &place.store;
        stage(store);
        let all = together(64, |number| {
            let mut credential = credential(&format!("c{number}"), number as u32);
            credential.record.duplicate_key = Some("one".into());
            award(store, &credential, None).unwrap()
        });
        one_winner(store, &all, Recorded::DuplicateOf);
    }

    fn an_idempotency_key_is_good_for_one_award(place) {
        let store = &place.store;
        stage(store);
        let all = together(64, |number| {
            let mut reply = reply("one");
            reply.body = format!("c{number}").into_bytes();
            award(store, &credential(&format!("c{number}"), number as u32), Some(&reply)).unwrap()
        });
        assert_eq!(tally(&all, |recorded| *recorded == Recorded::Inserted), 1);
        assert_eq!(tally(&all, |recorded| *recorded == Recorded::KeyUsed), 63);
        assert_eq!(counts(store), (1, 1));
        let kept = store.read("t", |db| idempotency::get(db, "caller", "one")).unwrap().unwrap();
        let winner = all.iter().position(|recorded| *recorded == Recorded::Inserted).unwrap();
        assert_eq!(kept.body, format!("c{winner}").into_bytes());
    }
}

fn one_winner(store: &accolade_store::Store, all: &[Recorded], loser: impl Fn(String) -> Recorded) {
    let winner = all.iter().position(|recorded| *recorded == Recorded::Inserted).unwrap();
    let lost = loser(format!("c{winner}"));
    assert_eq!(tally(all, |recorded| *recorded == Recorded::Inserted), 1);
    assert_eq!(tally(all, |recorded| *recorded == lost), 63);
    assert_eq!(counts(store), (1, 1));
}
