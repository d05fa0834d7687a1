//! Where a test takes place: a fresh, migrated database of either kind.

use accolade_store::Store;
use accolade_tests::postgres;
use tempfile::TempDir;

/// A fresh database; gone when dropped.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

pub(crate) fn sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    open(url, Some(folder))
}

pub(crate) fn postgres(test: &str) -> Option<Place> {
    let database = postgres::database(test)?;
    Some(open(database.url, None))
}

fn open(url: String, folder: Option<TempDir>) -> Place {
    let store = Store::open(&url).unwrap();
    store.migrate().unwrap();
    Place { store, url, _folder: folder }
}

/// Makes one test text two tests.
macro_rules! on_both {
    ($($(#[doc = $doc:literal])* fn $name:ident($place:ident) $body:block)*) => {
        $(
            $(#[doc = $doc])*
            fn $name($place: &$crate::places::Place) $body
        )*
        mod on_sqlite {
            $(#[test] fn $name() { super::$name(&$crate::places::sqlite()); })*
        }
        mod on_postgres {
            $(#[test] fn $name() {
                if let Some(place) = $crate::places::postgres(stringify!($name)) {
                    super::$name(&place);
                }
            })*
        }
    };
}
pub(crate) use on_both;

/// Runs the same work in many threads that start together, and gives back what each returned.
pub(crate) fn together<T: Send>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = std::sync::Barrier::new(threads);
    std::thread::scope(|scope| {
        let spawned: Vec<_> = (0..threads)
            .map(|number| {
                let (start, work) = (&start, &work);
                scope.spawn(move || {
                    start.wait();
                    work(number)
                })
            })
            .collect();
        spawned.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
