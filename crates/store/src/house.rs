//! The house itself: the one public URL that everything in the database is signed under.

use diesel::prelude::*;

use crate::fragments::OnConflictDoNothing;
use crate::schema::house;
use crate::{Db, StoreError, Tx};

/// The table has one row, under this id.
const THE_ROW: i64 = 1;

/// The public URL that this database was first opened with; `None` before that.
pub fn public_url(db: &mut Db<'_>) -> Result<Option<String>, StoreError> {
    let query = house::table.find(THE_ROW).select(house::public_url);
    db.run(|connection| query.first(connection).optional())
}

/// Forgets the public URL: only for a database in which nothing is signed yet.
pub fn forget_public_url(db: &mut Tx<'_>) -> Result<(), StoreError> {
    db.run(|connection| diesel::delete(house::table.find(THE_ROW)).execute(connection)).map(drop)
}

/// Keeps the public URL for good; false if there is one already, which then stands.
pub fn keep_public_url(db: &mut Tx<'_>, public_url: &str) -> Result<bool, StoreError> {
    let values = (house::id.eq(THE_ROW), house::public_url.eq(public_url));
    let insertion = diesel::insert_into(house::table).values(values);
    db.run(|connection| OnConflictDoNothing(insertion).execute(connection)).map(|rows| rows > 0)
}
