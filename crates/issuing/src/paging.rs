//! Pages of lists: a limit, an opaque cursor, and where the next page begins.

use accolade_store::{Cursor, StoreError};
use serde::Serialize;

use crate::OfficeError;

/// The part of a list that is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// How many items at most; 50 where nothing is said, never more than [`PageRequest::MAX_LIMIT`].
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// The largest page.
    pub const MAX_LIMIT: u32 = 200;
    /// The page size where the caller names none.
    pub const DEFAULT_LIMIT: u32 = 50;

    /// The limit that applies: 1 to [`PageRequest::MAX_LIMIT`].
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(Self::DEFAULT_LIMIT).clamp(1, Self::MAX_LIMIT)
    }

    /// Where the page begins; `None` is the beginning of the list.
    pub(crate) fn position(&self) -> Result<Option<Cursor>, OfficeError> {
        self.cursor
            .as_deref()
            .map(|text| text.parse().map_err(|_: StoreError| OfficeError::BadCursor))
            .transpose()
    }
}

/// A page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page of shown things for a page of rows.
    pub(crate) fn of<Row>(
        rows: accolade_store::Page<Row>,
        show: impl Fn(&Row) -> Result<T, OfficeError>,
    ) -> Result<Page<T>, OfficeError> {
        let items = rows.items.iter().map(show).collect::<Result<_, _>>()?;
        Ok(Page { items, next: rows.next.map(|cursor| cursor.to_string()) })
    }
}
