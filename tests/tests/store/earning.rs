//! Learners, enrolments, completions: what is kept, and what the database itself refuses.

use accolade_store::completions::{self, Completion};
use accolade_store::enrolments::{self, Counted, Enrolment, EnrolmentFilter, EnrolmentStatus};
use accolade_store::learners::{self, Learner};
use accolade_store::{Store, StoreError, Tx, achievements, issuers, requirement_activities};

use crate::places::on_both;
use crate::rows::{self, at};

fn learner(id: &str) -> Learner {
    Learner {
        id: id.into(),
        issuer_id: "i".into(),
        digest: format!("digest-{id}"),
        recipient: Some(r#"{"email":"ana@example.org"}"#.into()),
        name: Some("Ana Ruiz".into()),
        created_at: at(1),
    }
}

fn enrolment(id: &str, learner: &str) -> Enrolment {
    Enrolment {
        id: id.into(),
        issuer_id: "i".into(),
        achievement_id: "a".into(),
        achievement_version: 1,
        learner_id: learner.into(),
        cohort: Some("2026".into()),
        external_id: Some(format!("external-{id}")),
        status: EnrolmentStatus::Active,
        status_reason: Some("reason".into()),
        revision: 3,
        link_version: 4,
        credential_id: None,
        begins_at: Some(at(5)),
        ends_at: Some(at(6)),
        completed_at: Some(at(7)),
        created_at: at(8),
        updated_at: at(9),
    }
}

fn completion(id: &str, enrolment: &str) -> Completion {
    Completion {
        id: id.into(),
        enrolment_id: enrolment.into(),
        requirement: "test".into(),
        at: at(10),
        source: "xapi".into(),
        success: Some(true),
        score: Some(71_500),
        level: Some("competent".into()),
        minutes: Some(90),
        evidence: Some("[]".into()),
        statement: Some("{}".into()),
        vouched_by: Some("Dr. Lee".into()),
        external_id: Some(format!("external-{id}")),
        order_digest: "digest".into(),
        withdrawn_at: None,
        withdrawn_reason: None,
        created_at: at(11),
    }
}

fn stage(store: &Store) {
    store
        .write("t", |db| {
            issuers::insert(db, &rows::issuer("i"))?;
            achievements::insert(db, &rows::achievement("a", "i"))?;
            learners::enter(db, &learner("l"))?;
            assert!(enrolments::insert(db, &enrolment("e", "l"))?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn write<T>(store: &Store, work: impl Fn(&mut Tx<'_>) -> Result<T, StoreError>) -> T {
    store.write("t", work).unwrap()
}

on_both! {
    fn learners_enrolments_and_completions_come_back_column_by_column(place) {
        let store = &place.store;
        stage(store);
        write(store, |db| completions::insert(db, &completion("c", "e")));
        let there = store.read("t", |db| enrolments::get(db, "e")).unwrap().unwrap();
        assert_eq!((there.enrolment, there.learner), (enrolment("e", "l"), learner("l")));
        assert_eq!(store.read("t", |db| completions::of_enrolment(db, "e")).unwrap(), [completion("c", "e")]);
        let fact = store.read("t", |db| completions::facts(db, &["e", "f"])).unwrap().remove(0);
        assert_eq!((fact.score, fact.minutes, fact.success), (Some(71_500), Some(90), Some(true)));
        assert!(fact.has_evidence && !fact.withdrawn);
        assert!(write(store, |db| completions::withdraw(db, "c", Some("why"), at(12))));
        assert!(!write(store, |db| completions::withdraw(db, "c", None, at(13))), "once");
        let there = store.read("t", |db| completions::get(db, "e", "c")).unwrap().unwrap();
        assert_eq!((there.withdrawn_at, there.withdrawn_reason.as_deref()), (Some(at(12)), Some("why")));
        assert!(store.read("t", |db| completions::facts(db, &["e"])).unwrap()[0].withdrawn);
        assert_eq!(store.read("t", |db| completions::of_external_id_anywhere(db, "external-c", Some("i"))).unwrap().len(), 1);
        assert_eq!(store.read("t", |db| completions::of_external_id_anywhere(db, "external-c", Some("j"))).unwrap().len(), 0);
    }

    fn a_learner_is_enrolled_for_an_achievement_once_at_a_time(place) {
        let store = &place.store;
        stage(store);
        let other = || Enrolment { external_id: None, ..enrolment("f", "l") };
        assert!(!write(store, |db| enrolments::insert(db, &other())));
        let mut left = write(store, |db| enrolments::lock(db, "e")).unwrap();
        left.status = EnrolmentStatus::Withdrawn;
        left.revision += 1;
        write(store, |db| enrolments::update(db, &left));
        assert!(write(store, |db| enrolments::insert(db, &other())));
        write(store, |db| learners::enter(db, &learner("m")).map(drop));
        let taken = Enrolment { external_id: Some("external-e".into()), ..enrolment("g", "m") };
        assert!(!write(store, |db| enrolments::insert(db, &taken)), "the external id is taken");
        assert_eq!(store.read("t", |db| enrolments::open_of_recipient(db, "digest-l")).unwrap()[0].enrolment.id, "f");
    }

    fn a_learner_entered_again_is_the_learner_that_is_there_under_the_name_given_last(place) {
        let store = &place.store;
        stage(store);
        let again = Learner { id: "x".into(), name: Some("Ana R.".into()), ..learner("l") };
        assert_eq!(write(store, |db| learners::enter(db, &again)), Learner { id: "l".into(), ..again.clone() });
        let nameless = Learner { id: "y".into(), name: None, ..learner("l") };
        assert_eq!(write(store, |db| learners::enter(db, &nameless)).name.as_deref(), Some("Ana R."));
        write(store, |db| completions::insert(db, &completion("c", "e")));
        assert_eq!(write(store, |db| completions::delete_of_learner(db, "l")), 1);
        assert!(write(store, |db| learners::erase(db, "l")));
        let erased = store.read("t", |db| learners::get(db, "l")).unwrap().unwrap();
        assert_eq!((erased.recipient, erased.name, erased.digest.as_str()), (None, None, "erased:l"));
    }

    fn one_external_id_names_one_completion_of_an_enrolment(place) {
        let store = &place.store;
        stage(store);
        write(store, |db| completions::insert(db, &completion("c", "e")));
        let again = Completion { id: "d".into(), ..completion("c", "e") };
        let refused = store.write("t", |db| completions::insert(db, &again));
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
        let orphan = store.write("t", |db| completions::insert(db, &completion("d", "nobody")));
        assert!(matches!(orphan, Err(StoreError::Dangling)), "{orphan:?}");
    }

    fn enrolments_are_paged_and_counted_by_cohort_and_status(place) {
        let store = &place.store;
        stage(store);
        for number in 0..4 {
            write(store, |db| {
                let learner = learners::enter(db, &learner(&format!("l{number}")))?;
                let row = Enrolment {
                    cohort: (number % 2 == 0).then(|| "2027".into()),
                    completed_at: None,
                    ..enrolment(&format!("e{number}"), &learner.id)
                };
                enrolments::insert(db, &row)
            });
        }
        write(store, |db| completions::insert(db, &completion("c", "e1")));
        let page = |filter: EnrolmentFilter<'_>, limit| {
            let page = store.read("t", |db| enrolments::page(db, "a", &filter, None, limit)).unwrap();
            (page.items.into_iter().map(|row| row.enrolment.id).collect::<Vec<_>>(), page.next.is_some())
        };
        assert_eq!(page(EnrolmentFilter::default(), 3), (vec!["e3".into(), "e2".into(), "e1".into()], true));
        let of = EnrolmentFilter { cohort: Some("2027"), status: Some(EnrolmentStatus::Active) };
        assert_eq!(page(of, 9), (vec!["e2".into(), "e0".into()], false));
        let counts = |counted, cohort| {
            let mut counts: Vec<_> = store.read("t", |db| enrolments::counts(db, "a", cohort, counted)).unwrap()
                .into_iter().map(|count| (count.cohort, count.status, count.enrolments)).collect();
            counts.sort_by(|one, other| one.0.cmp(&other.0));
            counts
        };
        let active = EnrolmentStatus::Active;
        assert_eq!(counts(Counted::All, None), [(None, active, 2), (Some("2026".into()), active, 1), (Some("2027".into()), active, 2)]);
        assert_eq!(counts(Counted::Begun, None), [(None, active, 1)]);
        assert_eq!(counts(Counted::Completed, None), [(Some("2026".into()), active, 1)]);
        assert_eq!(counts(Counted::All, Some("2027")), [(Some("2027".into()), active, 2)]);
        let spans = store.read("t", |db| enrolments::spans(db, "a", None)).unwrap();
        assert_eq!((spans.len(), spans[0].begins_at, spans[0].completed_at), (1, Some(at(5)), Some(at(7))));
    }

    fn the_activities_of_an_achievement_are_those_of_its_current_version(place) {
        let store = &place.store;
        stage(store);
        let known = |pairs: &[(&str, &str)]| pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect::<Vec<_>>();
        write(store, |db| requirement_activities::replace(db, "a", &known(&[("urn:x:1", "one"), ("urn:x:2", "two")])));
        write(store, |db| requirement_activities::replace(db, "a", &known(&[("urn:x:2", "second")])));
        let find = |activity, issuer| store.read("t", |db| requirement_activities::find(db, activity, issuer)).unwrap();
        assert_eq!(find("urn:x:1", None), []);
        assert_eq!(find("urn:x:2", Some("i"))[0].requirement, "second");
        assert_eq!(find("urn:x:2", Some("j")), []);
    }
}
