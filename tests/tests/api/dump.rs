//! Everything that a database holds, as text.

use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const SQLITE_TABLES: &str = "SELECT m.name || '|' || group_concat('quote(\"' || p.name || '\")', ' || '' '' || ') AS line \
    FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' GROUP BY m.name";
const POSTGRES_TABLES: &str = "SELECT table_name::text AS line FROM information_schema.tables \
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";

/// Every row of every table, each table under its name. Bytes stand there in hexadecimal.
pub(crate) fn of(url: &str) -> String {
    let mut text = String::new();
    if let Some(path) = url.strip_prefix("sqlite:") {
        let mut db = SqliteConnection::establish(path).unwrap();
        for table in diesel::sql_query(SQLITE_TABLES).load::<Line>(&mut db).unwrap() {
            let (name, columns) = table.line.split_once('|').unwrap();
            let rows =
                diesel::sql_query(format!("SELECT {columns} AS line FROM \"{name}\"")).load::<Line>(&mut db);
            add(&mut text, name, rows.unwrap());
        }
    } else {
        let mut db = PgConnection::establish(url).unwrap();
        for table in diesel::sql_query(POSTGRES_TABLES).load::<Line>(&mut db).unwrap() {
            let name = table.line;
            let rows =
                diesel::sql_query(format!("SELECT t::text AS line FROM \"{name}\" t")).load::<Line>(&mut db);
            add(&mut text, &name, rows.unwrap());
        }
    }
    text
}

fn add(text: &mut String, table: &str, rows: Vec<Line>) {
    text.push_str(&format!("== {table}\n"));
    for row in rows {
        text.push_str(&row.line);
        text.push('\n');
    }
}

/// Whether `dump` holds `word`, as text or as bytes.
pub(crate) fn holds(dump: &str, word: &str) -> bool {
    let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    let dump = dump.to_lowercase();
    dump.contains(&word.to_lowercase()) || dump.contains(&hex)
}
