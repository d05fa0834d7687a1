//! The group commit, tried from inside.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::InstrumentationEvent;
use diesel::{Connection as _, SqliteConnection};

use super::*;
use crate::StoreError;

/// A sharing writer on a database in memory with a table, and how often it has committed.
fn writer() -> (Writer, Arc<AtomicUsize>) {
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    let commits = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&commits);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::FinishQuery { query, .. } = event
            && query.to_string().starts_with("COMMIT")
        {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    });
    let mut connection = AnyConnection::Sqlite(connection);
    connection.batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)").unwrap();
    (Writer::new(connection), commits)
}

fn insert(db: &mut Tx<'_>, id: usize) -> Result<(), StoreError> {
    db.run(|connection| connection.batch(&format!("INSERT INTO t VALUES ({id}, zeroblob(20000))")))
}

/// How many of 200 ids are taken; afterwards all are.
fn rows(writer: &Writer) -> usize {
    (0..200).filter(|id| conflict(&writer.attempt(&|db| insert(db, *id)))).count()
}

/// Holds the first writer inside his closure until `others` queue behind him.
fn with_a_queue(
    writer: &Writer,
    others: usize,
    first: impl Fn(&mut Tx<'_>) -> Result<(), StoreError> + Sync,
    other: impl Fn(usize, &mut Tx<'_>) -> Result<(), StoreError> + Sync,
) -> Vec<Option<Attempt<(), StoreError>>> {
    let inside = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        let (inside, first, other) = (&inside, &first, &other);
        let one = scope.spawn(move || {
            writer.attempt(&|db| {
                inside.wait();
                while lock(&writer.desk).queuing < others {
                    std::thread::yield_now();
                }
                first(db)
            })
        });
        inside.wait();
        let rest = (1..=others).map(|id| scope.spawn(move || writer.attempt(&|db| other(id, db))));
        let all: Vec<_> = std::iter::once(one).chain(rest).collect();
        all.into_iter().map(|thread| thread.join().ok()).collect()
    })
}

fn count(all: &[Option<Attempt<(), StoreError>>], wanted: fn(&Attempt<(), StoreError>) -> bool) -> usize {
    all.iter().flatten().filter(|attempt| wanted(attempt)).count()
}

fn well(attempt: &Attempt<(), StoreError>) -> bool {
    matches!(attempt, Attempt::Done(Ok(())))
}

fn conflict(attempt: &Attempt<(), StoreError>) -> bool {
    matches!(attempt, Attempt::Done(Err(StoreError::Conflict)))
}

fn again(attempt: &Attempt<(), StoreError>) -> bool {
    matches!(attempt, Attempt::Again(_))
}

#[test]
fn those_who_queue_together_share_one_commit() {
    let (writer, commits) = writer();
    let all = with_a_queue(&writer, 20, |db| insert(db, 0), |id, db| insert(db, id));
    assert_eq!(count(&all, well), 21);
    assert_eq!(commits.load(Ordering::Relaxed), 1);
    assert_eq!(rows(&writer), 21);
}

#[test]
fn a_group_is_not_larger_than_allowed() {
    let (mut writer, commits) = writer();
    writer.largest_group = 5;
    let all = with_a_queue(&writer, 19, |db| insert(db, 0), |id, db| insert(db, id));
    assert_eq!(count(&all, well), 20);
    assert_eq!(commits.load(Ordering::Relaxed), 4);
}

#[test]
fn a_member_that_fails_or_panics_takes_nobody_with_it() {
    let (writer, commits) = writer();
    let work = |id: usize, db: &mut Tx<'_>| {
        insert(db, id)?;
        assert_ne!(id % 4, 3, "on purpose");
        if id % 4 == 1 { insert(db, 0) } else { Ok(()) }
    };
    let all = with_a_queue(&writer, 20, |db| insert(db, 0), work);
    assert_eq!(count(&all, well), 11);
    assert_eq!(count(&all, conflict), 5);
    assert_eq!(all.iter().filter(|attempt| attempt.is_none()).count(), 5);
    assert_eq!(commits.load(Ordering::Relaxed), 1);
    assert_eq!(rows(&writer), 11);
}

/// SQLite ends a transaction by itself when, for example, the disk is full. Then nobody of the group may hear
/// that he succeeded, and nobody may be stuck.
#[test]
fn a_group_whose_transaction_ends_early_is_tried_again() {
    let (writer, _) = writer();
    let work = |id: usize, db: &mut Tx<'_>| {
        insert(db, id)?;
        if id == 20 { db.run(|connection| connection.batch("ROLLBACK")) } else { Ok(()) }
    };
    let all = with_a_queue(&writer, 20, |db| insert(db, 0), work);
    assert!(count(&all, again) >= 1);
    assert_eq!(count(&all, again) + count(&all, well), 21);
    assert_eq!(rows(&writer), count(&all, well), "exactly those are there who were told so");
}

#[test]
fn a_full_disk_is_an_error_and_then_over() {
    let (writer, _) = writer();
    let limit =
        |pages: u32| lock(&writer.connection).batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    limit(50);
    let fitted = (0..50).filter(|id| well(&writer.attempt(&|db| insert(db, *id)))).count();
    assert!((1..20).contains(&fitted), "{fitted} fitted");
    limit(5000);
    assert!(well(&writer.attempt(&|db| insert(db, 100))));
    assert_eq!(rows(&writer), fitted + 1);
}

/// The end of a turn and the end of a queuing writer's patience are brought as near to each other as can be, while
/// others crowd the desk.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a turn is to last as long as a patience; no condition tells when that is"
)]
fn a_group_is_never_handed_on_to_a_writer_who_has_just_given_up() {
    let (mut writer, _) = writer();
    writer.patience = Duration::from_micros(300);
    let writer = Arc::new(writer);
    let (ended, end) = std::sync::mpsc::channel();
    let crowd = Arc::new(());
    for _ in 0..3 {
        let (writer, crowd) = (Arc::clone(&writer), Arc::downgrade(&crowd));
        std::thread::spawn(move || {
            while crowd.upgrade().is_some() {
                drop(lock(&writer.desk));
            }
        });
    }
    for round in 0..2000 {
        let turn = Duration::from_micros(200 + round % 200);
        for _ in 0..2 {
            let (writer, ended) = (Arc::clone(&writer), ended.clone());
            std::thread::spawn(move || {
                drop(writer.attempt(&|_| {
                    std::thread::sleep(turn);
                    Ok::<_, StoreError>(())
                }));
                let _ = ended.send(());
            });
        }
        for _ in 0..2 {
            let heard = end.recv_timeout(Duration::from_secs(10));
            assert!(heard.is_ok(), "an open group waits for a commit that nobody makes");
        }
    }
}
