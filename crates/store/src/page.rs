//! Keyset pages: newest first, by time and then id, continued by an opaque cursor.

use std::fmt;
use std::str::FromStr;

use accolade_core::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::StoreError;

/// The longest cursor that is read; those given out are far shorter.
const MAX_CURSOR: usize = 256;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, newest first; rows of the same second by id, descending.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last page.
    pub next: Option<Cursor>,
}

/// The place in a list behind the last row of a page: its time and its id.
///
/// Prints and parses as base64url text that clients must treat as opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) at: i64,
    pub(crate) id: String,
}

/// What a page needs of a row: the two values of its cursor.
pub(crate) trait Listed {
    fn place(&self) -> (Timestamp, &str);
}

/// Makes a page of at most `limit` rows from a query that asked for one more.
pub(crate) fn page_of<T: Listed>(mut rows: Vec<T>, limit: u32) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| {
        let (at, id) = row.place();
        Cursor { at: at.unix_seconds(), id: id.to_owned() }
    });
    Page { items: rows, next }
}

/// Adds to a query what makes it a page: the place behind the cursor, the order, and one row more than the limit.
macro_rules! listing {
    ($query:expr, $at:expr, $id:expr, $cursor:expr, $limit:expr) => {{
        let mut query = $query.into_boxed::<$crate::connection::MultiBackend>();
        if let Some(cursor) = $cursor {
            let cursor: &$crate::Cursor = cursor;
            // `<=` is what an index can use; the rest decides among equal times.
            let behind = $at.lt(cursor.at).or($id.lt(&cursor.id));
            query = query.filter($at.le(cursor.at).and(behind));
        }
        query.order(($at.desc(), $id.desc())).limit(i64::from($limit).saturating_add(1))
    }};
}
pub(crate) use listing;

impl<T> Page<T> {
    /// The same page with every row turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{}.{}", self.at, self.id)))
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    /// Reads a cursor that a page gave out; anything else is [`StoreError::BadCursor`].
    fn from_str(text: &str) -> Result<Self, StoreError> {
        read(text).ok_or(StoreError::BadCursor)
    }
}

fn read(text: &str) -> Option<Cursor> {
    if text.len() > MAX_CURSOR {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = String::from_utf8(bytes).ok()?;
    let (at, id) = plain.split_once('.')?;
    let cursor = Cursor { at: at.parse().ok()?, id: id.to_owned() };
    let plausible = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // One text per place: `+1`, `01` and the like were never given out.
    (plausible && cursor.to_string() == text).then_some(cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(plain: &str) -> String {
        URL_SAFE_NO_PAD.encode(plain)
    }

    #[test]
    fn a_cursor_survives_the_journey_to_the_client_and_back() {
        for at in [0, -5, 1_795_000_000, i64::MAX] {
            let cursor = Cursor { at, id: "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10".into() };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
    }

    #[test]
    fn what_was_never_given_out_is_a_bad_cursor() {
        let forged = [
            "",
            "12",
            "12.",
            ".a",
            "x.a",
            "+1.a",
            "01.a",
            "1.a b",
            "1.a\0",
            "1.'; drop",
            "99999999999999999999.a",
        ];
        let mut texts: Vec<String> = forged.iter().map(|plain| encoded(plain)).collect();
        texts.extend(["not base64!".into(), format!("{}=", encoded("1.a")), "A".repeat(10_000)]);
        texts.push(URL_SAFE_NO_PAD.encode([0xff, b'.', b'a']));
        for text in texts {
            assert!(matches!(text.parse::<Cursor>(), Err(StoreError::BadCursor)), "{text}");
        }
    }
}
