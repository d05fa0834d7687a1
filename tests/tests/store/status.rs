//! Status lists and keys: one open list, one active key, and changes that do not get lost.

use accolade_store::credentials::CredentialStatus;
use accolade_store::signing_keys::KeyState;
use accolade_store::{StoreError, api_keys, credentials, issuers, outbox, signing_keys, status_lists};

use crate::places::{on_both, together};
use crate::rows::{api_key, at, award, credential, issuer, message, signing_key, stage, status_list};

on_both! {
    fn an_issuer_has_one_open_list_however_many_open_one(place) {
        let store = &place.store;
        store.write("t", |db| issuers::insert(db, &issuer("issuer"))).unwrap();
        let opened = together(64, |number| {
            let list = status_list(&format!("list{number}"), "issuer");
            store.write("t", |db| {
                let won = status_lists::insert(db, &list)?;
                let open = status_lists::open_of_issuer(db, "issuer", "revocation")?.unwrap();
                Ok::<_, StoreError>((won, open.id))
            }).unwrap()
        });
        assert_eq!(opened.iter().filter(|(won, _)| *won).count(), 1);
        let first = &opened[0].1;
        assert!(opened.iter().all(|(_, open)| open == first), "all see the same list");
    }

    fn a_full_list_is_closed_by_one_who_opens_the_next(place) {
        let store = &place.store;
        stage(store);
        let closed = together(32, |number| {
            let next = status_list(&format!("next{number}"), "issuer");
            store.write("t", |db| {
                let closed = status_lists::close(db, "list")?;
                Ok::<_, StoreError>(closed && status_lists::insert(db, &next)?)
            }).unwrap()
        });
        assert_eq!(closed.iter().filter(|closed| **closed).count(), 1);
        let winner = closed.iter().position(|closed| *closed).unwrap();
        let open = store.read("t", |db| status_lists::open_of_issuer(db, "issuer", "revocation")).unwrap().unwrap();
        assert_eq!(open.id, format!("next{winner}"));
        assert_eq!(open.length, 131_072);
    }

    fn closed_lists_are_still_known(place) {
        let store = &place.store;
        stage(store);
        store.write("t", |db| {
            assert!(!status_lists::insert(db, &status_list("second", "issuer"))?, "one is open");
            assert!(status_lists::close(db, "list")?);
            assert!(!status_lists::close(db, "list")?, "it is closed already");
            let mut next = status_list("next", "issuer");
            next.created_at = at(1);
            status_lists::insert(db, &next)
        }).unwrap();
        assert_eq!(store.read("t", |db| status_lists::ids_of_issuer(db, "issuer")).unwrap(), ["list", "next"]);
        assert!(!store.read("t", |db| status_lists::get(db, "list")).unwrap().unwrap().open);
    }

    fn bits_set_side_by_side_are_all_kept(place) {
        let store = &place.store;
        stage(store);
        together(32, |number| {
            store.write("t", |db| {
                let mut list = status_lists::lock(db, "list")?.unwrap();
                list.bits[number] = 0xff;
                status_lists::save_bits(db, "list", &list.bits, b"signed", at(10))
            }).unwrap()
        });
        let list = store.read("t", |db| status_lists::get(db, "list")).unwrap().unwrap();
        assert!(list.bits[..32].iter().all(|byte| *byte == 0xff));
        assert_eq!((list.document.as_slice(), list.valid_from), (b"signed".as_slice(), at(10)));
    }

    /// 16 clients revoke the same credential: one of them does it.
    fn a_credential_is_revoked_once(place) {
        let store = &place.store;
        stage(store);
        let _ = award(store, &credential("c1", 1), None).unwrap();
        let done = together(16, |_| {
            store.write("t", |db| {
                let record = credentials::lock(db, "c1")?.unwrap();
                if record.status == CredentialStatus::Revoked {
                    return Ok::<_, StoreError>(false);
                }
                credentials::set_status(db, "c1", CredentialStatus::Revoked, Some("fraud"), at(50))
            }).unwrap()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1);
        let revoked = store.read("t", |db| credentials::revoked_of_issuer(db, "issuer")).unwrap();
        assert_eq!(revoked.len(), 1);
        assert_eq!(revoked[0].status_reason.as_deref(), Some("fraud"));
        assert_eq!((revoked[0].status, revoked[0].updated_at), (CredentialStatus::Revoked, at(50)));
    }

    fn the_status_of_a_missing_credential_is_not_set(place) {
        let store = &place.store;
        assert!(!store.write("t", |db| {
            credentials::set_status(db, "nobody", CredentialStatus::Revoked, None, at(1))
        }).unwrap());
        assert!(store.write("t", |db| credentials::lock(db, "nobody")).unwrap().is_none());
    }

    fn a_key_only_moves_forward_in_its_life(place) {
        let store = &place.store;
        let mut key = signing_key("k1", "issuer");
        (key.retired_at, key.compromised_at) = (None, None);
        store.write("t", |db| {
            issuers::insert(db, &issuer("issuer"))?;
            signing_keys::insert(db, &key)
        }).unwrap();
        let set = |state, seconds| store.write("t", move |db| signing_keys::set_state(db, "k1", state, at(seconds))).unwrap();
        assert!(!set(KeyState::Active, 1));
        assert!(set(KeyState::Retired, 2));
        assert!(!set(KeyState::Retired, 3));
        assert!(set(KeyState::Compromised, 4));
        assert!(!set(KeyState::Compromised, 5));
        assert!(!set(KeyState::Retired, 6));
        let found = store.read("t", |db| signing_keys::get(db, "k1")).unwrap().unwrap();
        assert_eq!((found.retired_at, found.compromised_at), (Some(at(2)), Some(at(4))));
    }

    fn an_issuer_has_one_active_key_of_a_kind(place) {
        let store = &place.store;
        store.write("t", |db| issuers::insert(db, &issuer("issuer"))).unwrap();
        let made = together(16, |number| {
            store.write("t", |db| signing_keys::insert(db, &signing_key(&format!("k{number}"), "issuer"))).is_ok()
        });
        assert_eq!(made.iter().filter(|made| **made).count(), 1);
        let mut retired = signing_key("old", "issuer");
        retired.state = KeyState::Retired;
        store.write("t", |db| signing_keys::insert(db, &retired)).unwrap();
        let keys = store.read("t", |db| signing_keys::of_issuer(db, "issuer")).unwrap();
        assert_eq!(keys.len(), 2);
        assert!(!format!("{keys:?}").contains("254"), "sealed bytes are not shown");
    }

    fn an_api_key_is_revoked_once(place) {
        let store = &place.store;
        let mut key = api_key("k", None);
        key.revoked_at = None;
        store.write("t", |db| api_keys::insert(db, &key)).unwrap();
        let revoke = || store.write("t", |db| api_keys::revoke(db, "k", at(7))).unwrap();
        assert!(revoke());
        assert!(!revoke());
        let found = store.read("t", |db| api_keys::by_secret_hash(db, "hash-k")).unwrap().unwrap();
        assert_eq!(found.revoked_at, Some(at(7)));
        assert_eq!(store.read("t", |db| api_keys::by_secret_hash(db, "hash-x")).unwrap(), None);
    }

    /// 8 workers, 120 messages: none is taken twice, none is left.
    fn a_message_is_taken_by_one_worker(place) {
        let store = &place.store;
        store.write("t", |db| {
            (0..120).try_for_each(|number| outbox::insert(db, &message(&format!("m{number:03}"))))
        }).unwrap();
        let ready = std::sync::Barrier::new(8);
        let taken = together(8, |_| {
            let mut mine = Vec::new();
            store.read("t", |_| { ready.wait(); Ok::<_, StoreError>(()) }).unwrap(); // Eight connections are open.
            loop {
                let due = store.write("t", |db| outbox::due(db, at(10), at(60), 2)).unwrap();
                if due.is_empty() {
                    return mine;
                }
                mine.extend(due.into_iter().map(|message| (message.id, message.attempts)));
            }
        });
        let mut all: Vec<_> = taken.into_iter().flatten().collect();
        assert_eq!(all.len(), 120);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 120, "none was taken twice");
        assert!(all.iter().all(|(_, attempts)| *attempts == 1));
    }

    fn a_message_not_delivered_comes_back_and_a_delivered_one_does_not(place) {
        let store = &place.store;
        store.write("t", |db| {
            outbox::insert(db, &message("a"))?;
            outbox::insert(db, &message("b"))
        }).unwrap();
        let due = |now| store.write("t", move |db| outbox::due(db, at(now), at(now + 30), 10)).unwrap();
        assert_eq!(due(10).len(), 2);
        assert!(due(20).is_empty(), "leased");
        assert!(store.write("t", |db| outbox::done(db, "a", at(21))).unwrap());
        assert!(!store.write("t", |db| outbox::done(db, "a", at(22))).unwrap());
        assert!(store.write("t", |db| outbox::failed(db, "b", at(25))).unwrap());
        assert!(!store.write("t", |db| outbox::failed(db, "a", at(25))).unwrap());
        let again = due(26);
        assert_eq!(again.len(), 1);
        assert_eq!((again[0].id.as_str(), again[0].attempts), ("b", 2));
        assert_eq!(due(57).len(), 1, "a worker that never reports loses its lease");
    }

    fn messages_that_are_read_by_many_are_done_once_together(place) {
        let store = &place.store;
        store.write("t", |db| ["a", "b", "c"].iter().try_for_each(|id| outbox::insert(db, &message(id)))).unwrap();
        let waiting = |now, limit| {
            let found = store.read("t", |db| outbox::waiting(db, at(now), limit)).unwrap();
            found.into_iter().map(|message| message.id).collect::<Vec<_>>()
        };
        assert_eq!(waiting(10, 2), ["a", "b"]);
        assert_eq!(waiting(10, 9), ["a", "b", "c"], "nobody is kept from them");
        assert_eq!(store.write("t", |db| outbox::all_done(db, &["a", "c", "none"], at(11))).unwrap(), 2);
        assert_eq!(store.write("t", |db| outbox::all_done(db, &["a", "b"], at(12))).unwrap(), 1);
        assert_eq!(store.write("t", |db| outbox::all_done(db, &[], at(12))).unwrap(), 0);
        assert!(waiting(99, 9).is_empty());
    }
}
