//! Where the tests' databases are: schemas of a PostgreSQL of our own. Where no server is installed, one line says so and
//! the tests run on SQLite in memory, which the office's own tests cover already.

use accolade_store::Store;
use accolade_tests::postgres;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

/// A fresh, empty database for one test.
pub(crate) struct Place {
    pub(crate) url: String,
}

pub(crate) fn place() -> Place {
    let url =
        postgres::database("office").map_or_else(|| "sqlite::memory:".to_owned(), |database| database.url);
    Place { url }
}

impl Place {
    /// Whether the text stands in any row that an award, an order or an API key leaves behind.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let store = Store::open(&self.url).unwrap();
        let rows = store
            .read("test", |db| {
                let all = accolade_store::credentials::CredentialFilter::default();
                Ok::<_, accolade_store::StoreError>(format!(
                    "{:?} {:?} {:?}",
                    accolade_store::credentials::page(db, &all, None, 200)?,
                    accolade_store::audit::page(db, None, None, 200)?,
                    accolade_store::api_keys::page(db, None, 200)?,
                ))
            })
            .unwrap();
        rows.contains(text) || (self.url.starts_with("postgres") && self.earning_holds(text))
    }

    fn earning_holds(&self, text: &str) -> bool {
        let mut connection = PgConnection::establish(&self.url).unwrap();
        ["learners", "enrolments", "completions", "idempotency"].iter().any(|table| {
            let rows = format!("SELECT t::text AS text FROM {table} t");
            let rows: Vec<Row> = diesel::sql_query(rows).load(&mut connection).unwrap();
            rows.iter().any(|row| row.text.contains(text))
        })
    }
}
