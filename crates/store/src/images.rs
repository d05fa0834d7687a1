//! Pictures, under the SHA-256 of their bytes, and what was made of them.

use accolade_core::Timestamp;
use diesel::prelude::*;

use crate::fragments::OnConflictDoNothing;
use crate::number::Number;
use crate::schema::{images, renditions};
use crate::{Db, StoreError, Tx};

/// One picture, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The SHA-256 of `bytes`, in lower-case hexadecimal.
    pub id: String,
    /// `image/png` or `image/svg+xml`.
    pub media_type: String,
    /// The bytes that are served.
    pub bytes: Vec<u8>,
    /// What was uploaded, where that is not what is served.
    pub original: Option<Vec<u8>>,
    /// In pixels; of an SVG in its own units.
    pub width: u32,
    /// In pixels; of an SVG in its own units.
    pub height: u32,
    /// When it came.
    pub created_at: Timestamp,
}

/// One picture, as it is served.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = images)]
pub struct Served {
    /// `image/png` or `image/svg+xml`.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What is known of a picture without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = images)]
pub struct Facts {
    /// `image/png` or `image/svg+xml`.
    pub media_type: String,
    /// In pixels; of an SVG in its own units.
    #[diesel(deserialize_as = Number)]
    pub width: u32,
    /// In pixels; of an SVG in its own units.
    #[diesel(deserialize_as = Number)]
    pub height: u32,
    /// When it came.
    #[diesel(deserialize_as = Number)]
    pub created_at: Timestamp,
}

/// Adds a picture; false if it is there already, and then all stays as it was.
pub fn insert(db: &mut Tx<'_>, image: &Image) -> Result<bool, StoreError> {
    let values = (
        images::id.eq(&image.id),
        images::media_type.eq(&image.media_type),
        images::bytes.eq(&image.bytes),
        images::original.eq(&image.original),
        images::width.eq(i64::from(image.width)),
        images::height.eq(i64::from(image.height)),
        images::created_at.eq(image.created_at.unix_seconds()),
    );
    let insertion = OnConflictDoNothing(diesel::insert_into(images::table).values(values));
    db.run(|connection| insertion.execute(connection)).map(|rows| rows > 0)
}

/// The picture with this id. What it was made from is not read: nobody is shown it.
pub fn served(db: &mut Db<'_>, id: &str) -> Result<Option<Served>, StoreError> {
    db.run(|connection| images::table.find(id).select(Served::as_select()).first(connection).optional())
}

/// What was uploaded, where that is not what is served: for whoever wants to make every picture anew. `None` where there is
/// no such picture either.
pub fn original(db: &mut Db<'_>, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let query = images::table.find(id).select(images::original);
    db.run(|connection| query.first(connection).optional()).map(Option::flatten)
}

/// What is known of the picture with this id, without reading its bytes.
pub fn facts(db: &mut Db<'_>, id: &str) -> Result<Option<Facts>, StoreError> {
    db.run(|connection| images::table.find(id).select(Facts::as_select()).first(connection).optional())
}

/// Keeps what was made of a picture; false if something of that kind is kept already. [`StoreError::Dangling`] if there is
/// no such picture.
pub fn keep_rendition(db: &mut Tx<'_>, image: &str, kind: &str, bytes: &[u8]) -> Result<bool, StoreError> {
    let values = (renditions::image_id.eq(image), renditions::kind.eq(kind), renditions::bytes.eq(bytes));
    let insertion = OnConflictDoNothing(diesel::insert_into(renditions::table).values(values));
    db.run(|connection| insertion.execute(connection)).map(|rows| rows > 0)
}

/// What was made of a picture, of one kind.
pub fn rendition(db: &mut Db<'_>, image: &str, kind: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let query = renditions::table.find((image, kind)).select(renditions::bytes);
    db.run(|connection| query.first(connection).optional())
}
