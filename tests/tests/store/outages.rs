//! PostgreSQL goes away and comes back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use accolade_store::awards::Recorded;
use accolade_store::{Store, StoreError, credentials, issuers};
use accolade_tests::postgres::{Cluster, Durability};
use diesel::{Connection as _, PgConnection, RunQueryDsl as _};

use crate::places::{self, together};
use crate::rows::{award, counts, credential, issuer, stage};

const SOON: Duration = Duration::from_secs(2);

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}

#[test]
fn a_server_that_is_down_is_reported_soon_and_used_again_when_it_is_back() {
    let Some(cluster) = Cluster::start(Durability::Volatile) else { return };
    let url = cluster.fresh_database("outage");
    let store = Store::open(&url).unwrap();
    store.migrate().unwrap();
    let read = |id: &str| store.read("t", |db| issuers::get(db, id));
    let write = |id: &str| store.write("t", |db| issuers::insert(db, &issuer(id)));
    together(8, |number| write(&format!("before{number}")).unwrap());

    cluster.stop().unwrap();
    let outcomes = together(16, |number| {
        let (result, took) = if number % 2 == 0 {
            timed(|| read("before0").map(|_| ()))
        } else {
            timed(|| write(&format!("during{number}")))
        };
        assert!(took < SOON, "{took:?}");
        matches!(result, Err(StoreError::Unavailable(_)))
    });
    assert!(outcomes.iter().all(|unavailable| *unavailable));
    let (opened, took) = timed(|| Store::open(&url));
    assert!(matches!(opened, Err(StoreError::Unavailable(_))));
    assert!(took < SOON, "{took:?}");

    cluster.resume().unwrap();
    let back = Instant::now();
    while store.ping().is_err() {
        assert!(back.elapsed() < Duration::from_secs(5), "it is back, and nobody notices");
    }
    together(16, |number| write(&format!("after{number}")).unwrap());
}

/// All pooled connections are dead at once, and the first request on each must not be the one to find out.
#[test]
fn nobody_notices_a_restart_between_requests() {
    let Some(cluster) = Cluster::start(Durability::Volatile) else { return };
    let store = Store::open(&cluster.fresh_database("restart")).unwrap();
    store.migrate().unwrap();
    stage(&store);
    let work = |round: u32| {
        together(16, |number| {
            let index = round * 16 + number as u32;
            let recorded = award(&store, &credential(&format!("c{index}"), index), None).unwrap();
            assert_eq!(recorded, Recorded::Inserted);
            store.write("t", |db| issuers::insert(db, &issuer(&format!("i{index}")))).unwrap();
            assert!(store.read("t", |db| credentials::get(db, &format!("c{index}"))).unwrap().is_some());
        });
    };
    for round in 0..3 {
        work(round);
        cluster.stop().unwrap();
        cluster.resume().unwrap();
        // Alone with a pool full of dead connections.
        store.write("t", |db| issuers::insert(db, &issuer(&format!("alone{round}")))).unwrap();
    }
    work(3);
    assert_eq!(counts(&store), (64, 64));
}

#[test]
fn an_exhausted_pool_says_so_soon() {
    let Some(place) = places::postgres("exhausted") else { return };
    let store = Store::open_with(&place.url, 1).unwrap();
    let (release, released) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel();
    let released = std::sync::Mutex::new(released);
    std::thread::scope(|scope| {
        let store = &store;
        scope.spawn(move || {
            store.read("t", |_| {
                begun.send(()).unwrap();
                let _ = released.lock().unwrap().recv();
                Ok::<_, StoreError>(())
            })
        });
        has_begun.recv().unwrap();
        let (result, took) = timed(|| store.ping());
        assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
        assert!(took < SOON, "{took:?}");
        release.send(()).unwrap();
    });
    store.ping().unwrap();
}

#[test]
fn a_wrong_password_or_host_is_reported_without_the_password() {
    let Some(place) = places::postgres("password") else { return };
    let (before, host) = place.url.split_once('@').unwrap();
    let (user, _) = before.rsplit_once(':').unwrap();
    let wrong = format!("{user}:S3CRET@{host}");
    for url in
        [wrong, "postgres://u:S3CRET@127.0.0.1:1/x".into(), "postgres://u:S3CRET@127.0.0.1:x%zz/x".into()]
    {
        let (result, took) = timed(|| Store::open(&url).map(|_| ()));
        let error = result.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("S3CRET"), "{error}");
        assert!(took < SOON, "{took:?}");
    }
}

/// The server hangs up on everybody, again and again, while awards are recorded. Each award ends up recorded once;
/// whoever hears of an error asks again with the same rows.
#[test]
fn every_award_is_recorded_once_however_often_the_connection_breaks() {
    let Some(cluster) = Cluster::start(Durability::Volatile) else { return };
    let url = cluster.fresh_database("breaks");
    let store = Store::open(&url).unwrap();
    store.migrate().unwrap();
    stage(&store);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut axe = PgConnection::establish(&url).unwrap();
            while !done.load(Ordering::Relaxed) {
                let others = "SELECT pg_terminate_backend(pid, 100) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
                diesel::sql_query(others).execute(&mut axe).unwrap();
            }
        });
        together(8, |thread| {
            for round in 0..25 {
                let index = thread as u32 * 25 + round;
                let given = credential(&format!("c{index}"), index);
                let recorded = (0..1000).find_map(|_| match award(&store, &given, None) {
                    Ok(recorded) => Some(recorded),
                    Err(error) => {
                        assert!(error.is_temporary(), "{error:?}");
                        None
                    }
                });
                assert_eq!(recorded, Some(Recorded::Inserted));
            }
        });
        done.store(true, Ordering::Relaxed);
    });
    // The axe may have cut the pool's connections once more after the last award.
    while store.ping().is_err() {}
    assert_eq!(counts(&store), (200, 200));
}

/// A server set up for speed does not make us lose what we acknowledged; one that says so in the URL is obeyed.
#[test]
fn an_unsafe_server_default_is_overruled() {
    let Some(cluster) = Cluster::start(Durability::Volatile) else { return };
    let url = cluster.fresh_database("unsafe");
    let mut server = PgConnection::establish(&url).unwrap();
    diesel::sql_query("ALTER SYSTEM SET synchronous_commit = off").execute(&mut server).unwrap();
    diesel::sql_query("SELECT pg_reload_conf()").execute(&mut server).unwrap();
    drop(server);
    let chosen = |url: &str| {
        let store = Store::open(url).unwrap();
        store.migrate().unwrap();
        let mut witness = PgConnection::establish(url).unwrap();
        let trigger = "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS \
            $$ BEGIN NEW.document := current_setting('synchronous_commit'); RETURN NEW; END $$; \
            CREATE TRIGGER tell BEFORE INSERT ON issuers FOR EACH ROW EXECUTE FUNCTION tell()";
        diesel::connection::SimpleConnection::batch_execute(&mut witness, trigger).unwrap();
        store.write("t", |db| issuers::insert(db, &issuer("i"))).unwrap();
        store.read("t", |db| issuers::get(db, "i")).unwrap().unwrap().document
    };
    assert_eq!(chosen(&url), "on");
    let asked = cluster.fresh_database("asked");
    assert_eq!(chosen(&format!("{asked}?options=-csynchronous_commit%3Doff")), "off");
}
