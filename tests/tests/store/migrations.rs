//! The schema: up, down and up again, the same on both sides, and every column carried by the rows.

use accolade_store::{
    Store, StoreError, access_tokens, achievement_versions, achievements, api_keys, awards, credentials,
    house, images, issuers, outbox, signing_keys, status_lists,
};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection};

use crate::places::{self, Place, on_both, together};
use crate::rows;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    distinct: bool,
}

const SQLITE_COLUMNS: &str = r#"
    SELECT m.name AS "table", p.name AS name, p."notnull" AS required,
        CASE WHEN p.name IN ('open', 'success') THEN 'boolean' WHEN p.type = 'INTEGER' THEN 'bigint'
             WHEN p.type = 'BLOB' THEN 'bytea' ELSE lower(p.type) END AS kind
    FROM sqlite_master m, pragma_table_info(m.name) p
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\_\_%' ESCAPE '\' ORDER BY 1, p.cid"#;
const POSTGRES_COLUMNS: &str = r#"
    SELECT table_name::text AS "table", column_name::text AS name, is_nullable = 'NO' AS required, data_type::text AS kind
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\_\_%' ORDER BY 1, ordinal_position"#;
const SQLITE_INDEXES: &str = r#"
    SELECT i.name AS name, i."unique" AS "distinct" FROM sqlite_master m, pragma_index_list(m.name) i
    WHERE m.type = 'table' AND i.origin = 'c' ORDER BY 1"#;
const POSTGRES_INDEXES: &str = r#"
    SELECT c.relname::text AS name, i.indisunique AS "distinct"
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) ORDER BY 1"#;

fn schema(place: &Place) -> (Vec<Column>, Vec<Index>) {
    if let Some(path) = place.url.strip_prefix("sqlite:") {
        let mut connection = SqliteConnection::establish(path).unwrap();
        let columns = diesel::sql_query(SQLITE_COLUMNS).load(&mut connection).unwrap();
        (columns, sorted(diesel::sql_query(SQLITE_INDEXES).load(&mut connection).unwrap()))
    } else {
        let mut connection = PgConnection::establish(&place.url).unwrap();
        let columns = diesel::sql_query(POSTGRES_COLUMNS).load(&mut connection).unwrap();
        (columns, sorted(diesel::sql_query(POSTGRES_INDEXES).load(&mut connection).unwrap()))
    }
}

const SQLITE_PEOPLE: (&str, &str) = (
    include_str!("../../../migrations/sqlite/2026-11-23-000003_people/down.sql"),
    include_str!("../../../migrations/sqlite/2026-11-23-000003_people/up.sql"),
);
const POSTGRES_PEOPLE: (&str, &str) = (
    include_str!("../../../migrations/postgres/2026-11-23-000003_people/down.sql"),
    include_str!("../../../migrations/postgres/2026-11-23-000003_people/up.sql"),
);

/// Runs a migration by hand, as the migrations do: in one transaction.
fn run(place: &Place, sql: &str) {
    let sql = format!("BEGIN; {sql} COMMIT;");
    match place.url.strip_prefix("sqlite:") {
        Some(path) => {
            let mut connection = SqliteConnection::establish(path).unwrap();
            connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
            connection.batch_execute(&sql).unwrap();
        }
        None => PgConnection::establish(&place.url).unwrap().batch_execute(&sql).unwrap(),
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(place: &Place, condition: &str) -> i64 {
    let query = diesel::sql_query(format!("SELECT count(*) AS count FROM credentials WHERE {condition}"));
    match place.url.strip_prefix("sqlite:") {
        Some(path) => query.get_result::<Count>(&mut SqliteConnection::establish(path).unwrap()),
        None => query.get_result::<Count>(&mut PgConnection::establish(&place.url).unwrap()),
    }
    .unwrap()
    .count
}

fn sorted(mut indexes: Vec<Index>) -> Vec<Index> {
    indexes.sort();
    indexes
}

fn issuers_table_is_there(store: &Store) -> bool {
    store.read("t", |db| issuers::get(db, "x")).is_ok()
}

on_both! {
    fn the_schema_goes_up_down_and_up_again(place) {
        let before = schema(place);
        assert_eq!(before.0.iter().map(|column| &column.table).collect::<std::collections::BTreeSet<_>>().len(), 18);
        place.store.revert_migrations().unwrap();
        assert!(schema(place).0.is_empty());
        assert!(!issuers_table_is_there(&place.store));
        place.store.migrate().unwrap();
        assert_eq!(schema(place), before);
        assert!(issuers_table_is_there(&place.store));
        place.store.migrate().unwrap();
    }

    fn servers_that_start_together_migrate_once(place) {
        place.store.revert_migrations().unwrap();
        together(8, |_| Store::open(&place.url).unwrap().migrate().unwrap());
        assert!(issuers_table_is_there(&place.store));
    }

    fn awards_from_before_there_were_visibilities_are_unlisted_and_erased_ones_go_back_as_revoked(place) {
        let store = &place.store;
        store.write("t", |db| {
            issuers::insert(db, &rows::issuer("issuer"))?;
            achievements::insert(db, &rows::achievement("achievement", "issuer"))?;
            status_lists::insert(db, &rows::status_list("list", "issuer")).map(drop)
        }).unwrap();
        for (id, index) in [("c1", 1), ("c2", 2)] {
            let (credential, entry) = (rows::credential(id, index), rows::entry(id));
            let award = awards::Award { credential: &credential, audit: &entry, message: None, reply: None };
            assert_eq!(awards::record(store, &award).unwrap(), awards::Recorded::Inserted);
        }
        assert!(store.write("t", |db| credentials::erase(db, "c2", rows::at(9))).unwrap());
        let (down, up) = if place.url.starts_with("sqlite:") { SQLITE_PEOPLE } else { POSTGRES_PEOPLE };
        run(place, down);
        assert_eq!(count(place, "status = 'active' AND external_id = 'external-c1' AND length(jwt) > 0"), 1);
        assert_eq!(count(place, "status = 'revoked' AND external_id IS NULL AND jwt = ''"), 1);
        run(place, up);
        let unlisted = "visibility = 'unlisted' AND share_version = 1 AND recipient_name IS NULL AND superseded_by IS NULL";
        assert_eq!(count(place, unlisted), 2);
        assert_eq!(count(place, "status = 'active' AND external_id = 'external-c1' AND length(jwt) > 0"), 1);
    }

    /// What the awards' tests do for `credentials`, `idempotency` and `audit`, for the other tables.
    fn every_table_gives_back_every_column_it_took(place) {
        let (issuer, achievement) = (rows::issuer("i"), rows::achievement("a", "i"));
        let (key, list) = (rows::signing_key("k", "i"), rows::status_list("l", "i"));
        let (api_key, mut message) = (rows::api_key("p", Some("i")), rows::message("m"));
        let (token, image) = (rows::access_token("t", "p", 10), rows::image("f"));
        let store = &place.store;
        store.write("t", |db| {
            issuers::insert(db, &issuer)?;
            achievements::insert(db, &achievement)?;
            signing_keys::insert(db, &key)?;
            assert!(status_lists::insert(db, &list)?);
            api_keys::insert(db, &api_key)?;
            access_tokens::insert(db, &token)?;
            assert!(images::insert(db, &image)?);
            assert!(images::keep_rendition(db, "f", "90", &[7, 0])?);
            outbox::insert(db, &message)
        }).unwrap();
        assert_eq!(store.read("t", |db| issuers::get(db, "i")).unwrap(), Some(issuer));
        let version = store.read("t", |db| achievement_versions::get(db, "a", 1)).unwrap().unwrap();
        assert_eq!((version.achievement_id.as_str(), version.version), ("a", 1));
        assert_eq!((&version.document, &version.image_id), (&achievement.document, &achievement.image_id));
        assert_eq!(version.created_at, achievement.updated_at);
        assert_eq!(store.read("t", |db| achievements::get(db, "a")).unwrap(), Some(achievement));
        assert_eq!(store.read("t", |db| signing_keys::get(db, "k")).unwrap(), Some(key));
        assert_eq!(store.read("t", |db| status_lists::get(db, "l")).unwrap(), Some(list));
        assert_eq!(store.read("t", |db| api_keys::get(db, "p")).unwrap(), Some(api_key.clone()));
        assert_eq!(store.read("t", |db| access_tokens::by_hash(db, "t")).unwrap(), Some((token, api_key)));
        let served = store.read("t", |db| images::served(db, "f")).unwrap().unwrap();
        assert_eq!((served.media_type, served.bytes), (image.media_type, image.bytes));
        assert_eq!(store.read("t", |db| images::original(db, "f")).unwrap(), image.original);
        let facts = store.read("t", |db| images::facts(db, "f")).unwrap().unwrap();
        assert_eq!((facts.width, facts.height, facts.created_at), (image.width, image.height, image.created_at));
        assert_eq!(store.read("t", |db| images::rendition(db, "f", "90")).unwrap(), Some(vec![7, 0]));
        (message.attempts, message.available_at) = (1, rows::at(90));
        let due = store.write("t", |db| outbox::due(db, rows::at(9), rows::at(90), 9)).unwrap();
        assert_eq!(due, [message]);
    }

    fn expired_tokens_are_forgotten_the_oldest_first_and_not_all_at_once(place) {
        let store = &place.store;
        store.write("t", |db| {
            api_keys::insert(db, &rows::api_key("p", None))?;
            [("c", 30), ("a", 10), ("b", 20), ("d", 40)].iter().try_for_each(|(hash, end)| {
                access_tokens::insert(db, &rows::access_token(hash, "p", *end))
            })
        }).unwrap();
        let forget = |now| store.write("t", |db| access_tokens::forget_expired(db, rows::at(now), 2)).unwrap();
        let left = || {
            let there = |hash: &&str| store.read("t", |db| access_tokens::by_hash(db, hash)).unwrap().is_some();
            ["a", "b", "c", "d"].iter().filter(|hash| there(hash)).copied().collect::<String>()
        };
        assert_eq!((forget(9), left().as_str()), (0, "abcd"));
        assert_eq!((forget(30), left().as_str()), (2, "cd"));
        assert_eq!((forget(30), left().as_str()), (1, "d"));
        let orphan = store.write("t", |db| access_tokens::insert(db, &rows::access_token("x", "nobody", 1)));
        assert!(matches!(orphan, Err(StoreError::Dangling)), "{orphan:?}");
    }

    fn the_first_public_url_is_kept_and_no_other(place) {
        let store = &place.store;
        assert_eq!(store.read("t", house::public_url).unwrap(), None);
        assert!(store.write("t", |db| house::keep_public_url(db, "https://one.example")).unwrap());
        assert!(!store.write("t", |db| house::keep_public_url(db, "https://two.example")).unwrap());
        assert_eq!(store.read("t", house::public_url).unwrap().as_deref(), Some("https://one.example"));
    }

    fn a_row_with_a_taken_id_or_a_missing_parent_is_refused(place) {
        let store = &place.store;
        store.write("t", |db| issuers::insert(db, &rows::issuer("i"))).unwrap();
        let again = store.write("t", |db| issuers::insert(db, &rows::issuer("i")));
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
        let orphan = store.write("t", |db| achievements::insert(db, &rows::achievement("a", "nobody")));
        assert!(matches!(orphan, Err(StoreError::Dangling)), "{orphan:?}");
    }
}

#[test]
fn both_databases_have_the_same_columns_and_indexes() {
    let Some(postgres) = places::postgres("same") else { return };
    let sqlite = places::sqlite();
    assert_eq!(schema(&sqlite), schema(&postgres));
}
