//! Pictures and what was made of them.

use accolade_store::{StoreError, achievements, images, issuers};

use crate::places::{on_both, together};
use crate::rows;

on_both! {
    fn a_picture_that_is_there_stays_as_it_was(place) {
        let store = &place.store;
        let first = rows::image("f");
        let again = images::Image { original: None, created_at: rows::at(90), ..first.clone() };
        assert!(store.write("t", |db| images::insert(db, &first)).unwrap());
        assert!(!store.write("t", |db| images::insert(db, &again)).unwrap());
        assert_eq!(store.read("t", |db| images::original(db, "f")).unwrap(), first.original);
        assert_eq!(store.read("t", |db| images::served(db, "f")).unwrap().map(|served| served.bytes), Some(first.bytes));
        let facts = store.read("t", |db| images::facts(db, "f")).unwrap().unwrap();
        assert_eq!((facts.media_type.as_str(), facts.width, facts.height), ("image/png", 600, 599));
        assert_eq!(store.read("t", |db| images::facts(db, "e")).unwrap(), None);
    }

    fn of_those_who_bring_the_same_picture_at_once_one_is_first_and_none_fails(place) {
        let stored = together(8, |_| place.store.write("t", |db| images::insert(db, &rows::image("f"))).unwrap());
        assert_eq!(stored.into_iter().filter(|first| *first).count(), 1);
    }

    fn a_rendition_is_kept_once_and_only_of_a_picture_that_is_there(place) {
        let store = &place.store;
        store.write("t", |db| images::insert(db, &rows::image("f"))).unwrap();
        let keep = |image: &'static str, kind: &'static str, bytes: &'static [u8]| {
            store.write("t", move |db| images::keep_rendition(db, image, kind, bytes))
        };
        assert!(keep("f", "90", b"one").unwrap());
        assert!(!keep("f", "90", b"two").unwrap());
        assert!(keep("f", "200", b"three").unwrap());
        let read = |kind: &'static str| store.read("t", move |db| images::rendition(db, "f", kind)).unwrap();
        assert_eq!((read("90").as_deref(), read("200").as_deref(), read("400")), (Some(&b"one"[..]), Some(&b"three"[..]), None));
        let orphan = keep("e", "90", b"x");
        assert!(matches!(orphan, Err(StoreError::Dangling)), "{orphan:?}");
    }

    fn an_old_achievement_gets_one_picture_unless_it_was_amended_meanwhile(place) {
        let store = &place.store;
        let mut row = rows::achievement("a", "i");
        row.image_id = None;
        store.write("t", |db| {
            issuers::insert(db, &rows::issuer("i"))?;
            achievements::insert(db, &row)
        }).unwrap();
        let illustrate = |version, image: &'static str| {
            store.write("t", move |db| achievements::illustrate(db, "a", version, image)).unwrap()
        };
        assert!(!illustrate(2, "early"));
        assert!(illustrate(1, "first"));
        assert!(!illustrate(1, "second"));
        let now = store.read("t", |db| achievements::get(db, "a")).unwrap().unwrap();
        assert_eq!((now.image_id.as_deref(), now.version, now.updated_at), (Some("first"), 1, row.updated_at));
    }
}
