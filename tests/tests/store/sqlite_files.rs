//! SQLite's own promises: a private file, what is written is still there, and other processes are waited for.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use accolade_store::{Backend, Store, StoreError, issuers};

use crate::places;
use crate::rows::issuer;

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_file_and_its_folder_are_made_for_the_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made/for/us/accolade.db");
    let store = Store::open(&format!("sqlite:{}", path.display())).unwrap();
    store.migrate().unwrap();
    store.write("t", |db| issuers::insert(db, &issuer("a"))).unwrap();
    assert_eq!(store.backend(), Backend::Sqlite);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&folder.path().join("made")), 0o700);
    for name in ["accolade.db", "accolade.db-wal", "accolade.db-shm"] {
        assert_eq!(mode(&path.with_file_name(name)), 0o600, "{name}");
    }
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let place = places::sqlite();
    place.store.write("t", |db| issuers::insert(db, &issuer("a"))).unwrap();
    let again = Store::open(&place.url).unwrap();
    assert!(again.read("t", |db| issuers::get(db, "a")).unwrap().is_some());
}

#[test]
fn a_database_in_memory_reads_what_it_wrote() {
    let store = Store::open("sqlite::memory:").unwrap();
    store.migrate().unwrap();
    places::together(16, |number| {
        let id = format!("n{number}");
        store.write("t", |db| issuers::insert(db, &issuer(&id))).unwrap();
        assert!(store.read("t", |db| issuers::get(db, &id)).unwrap().is_some());
    });
    store.revert_migrations().unwrap();
}

#[test]
fn a_file_that_cannot_be_made_says_which_and_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let url = format!("sqlite:{}/file/accolade.db", folder.path().display());
    let error = Store::open(&url).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error}");
    assert!(error.to_string().contains("file/accolade.db"));
}

/// A second handle stands for a second process: it has its own writer. Returns what the first one's write gave
/// while the second was writing, and after how long.
fn write_while_another_process_does(held: Duration) -> (Result<(), StoreError>, Duration) {
    let place = places::sqlite();
    let other = Store::open(&place.url).unwrap();
    let (begun, has_begun) = mpsc::channel();
    let (_never, nothing) = mpsc::channel::<()>();
    let nothing = std::sync::Mutex::new(nothing);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            other.write("other", |db| {
                issuers::insert(db, &issuer("other"))?;
                begun.send(()).unwrap();
                let _ = nothing.lock().unwrap().recv_timeout(held);
                Ok::<_, StoreError>(())
            })
        });
        has_begun.recv().unwrap();
        let started = Instant::now();
        let result = place.store.write("t", |db| issuers::insert(db, &issuer("ours")));
        (result, started.elapsed())
    })
}

#[test]
fn another_process_that_writes_is_waited_for() {
    let (result, took) = write_while_another_process_does(Duration::from_millis(200));
    result.unwrap();
    assert!(took >= Duration::from_millis(100), "{took:?}");
}

#[test]
fn another_process_that_does_not_let_go_is_not_waited_for_long() {
    let (result, took) = write_while_another_process_does(Duration::from_millis(2500));
    assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}
