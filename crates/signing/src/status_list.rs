//! Bitstring status lists: one bit per credential, gzipped and written in base64url
//! ([Bitstring Status List](https://www.w3.org/TR/vc-bitstring-status-list/)).

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::base64url;

/// The fewest entries a list may have, so that one entry hides among many.
pub const FEWEST_ENTRIES: usize = 131_072;

/// A string of bits; the first one is the highest bit of the first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

/// How much of a foreign list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeOptions {
    /// The most bytes a list may unpack to; inflating stops there.
    pub max_bytes: usize,
    /// The fewest entries (bits) it must have.
    pub min_entries: usize,
}

/// Why a list, or an entry in it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusListError {
    /// Not `u` and canonical base64url.
    #[error("the list is not `u` followed by base64url without padding")]
    BadMultibase,
    /// Not exactly one intact gzip member.
    #[error("the list is not exactly one intact gzip member: {0}")]
    BadGzip(&'static str),
    /// Unpacks to more bytes than allowed.
    #[error("the list unpacks to more than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// Fewer entries than allowed.
    #[error("the list has {entries} entries; at least {at_least} are needed")]
    TooShort {
        /// How many there are.
        entries: usize,
        /// How many there must be.
        at_least: usize,
    },
    /// The index is no plain decimal number, or lies outside the list.
    #[error("the status list index is not a number inside the list")]
    BadIndex,
    /// The status size is not between 1 and 8 bits, or the list is no multiple of it.
    #[error("the status size is not supported")]
    BadSize,
}

impl StatusListError {
    /// A stable name for reports: the standard's `RANGE_ERROR` and `STATUS_LIST_LENGTH_ERROR` where it has one, else
    /// `status_list_too_large`, `bad_status_list` or `bad_status_size`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadMultibase | Self::BadGzip(_) => "bad_status_list",
            Self::TooLarge { .. } => "status_list_too_large",
            Self::TooShort { .. } => "STATUS_LIST_LENGTH_ERROR",
            Self::BadIndex => "RANGE_ERROR",
            Self::BadSize => "bad_status_size",
        }
    }
}

impl Default for DecodeOptions {
    /// 1 MiB (eight million entries) and the standard's own minimum.
    fn default() -> Self {
        Self { max_bytes: 1024 * 1024, min_entries: FEWEST_ENTRIES }
    }
}

impl Bitstring {
    /// A list of so many zero bits, rounded up to whole bytes.
    pub fn new(entries: usize) -> Self {
        Self(vec![0; entries.div_ceil(8)])
    }

    /// Takes bits as [`Bitstring::as_bytes`] gave them.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bits in bytes, first bit highest: the form to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len() * 8
    }

    /// Whether there are no entries at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bit at that index; `None` outside the list.
    pub fn get(&self, index: usize) -> Option<bool> {
        self.0.get(index / 8).map(|byte| byte & mask(index) != 0)
    }

    /// Sets the bit at that index.
    pub fn set(&mut self, index: usize, value: bool) -> Result<(), StatusListError> {
        let byte = self.0.get_mut(index / 8).ok_or(StatusListError::BadIndex)?;
        if value {
            *byte |= mask(index);
        } else {
            *byte &= !mask(index);
        }
        Ok(())
    }

    /// The status at that index in a list whose entries have `size` bits (1 to 8) each, highest bit first.
    pub fn status(&self, index: usize, size: usize) -> Result<u8, StatusListError> {
        if !(1..=8).contains(&size) || !self.len().is_multiple_of(size) {
            return Err(StatusListError::BadSize);
        }
        let first = index.checked_mul(size).ok_or(StatusListError::BadIndex)?;
        (0..size).try_fold(0, |status, offset| {
            let bit =
                first.checked_add(offset).and_then(|at| self.get(at)).ok_or(StatusListError::BadIndex)?;
            Ok(status << 1 | u8::from(bit))
        })
    }

    /// `encodedList`: `u`, then gzip, then base64url without padding.
    pub fn encode(&self) -> String {
        // Writing into a vector cannot fail, and the header names no time and no file: the same bits give the same text.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let _ = encoder.write_all(&self.0);
        format!("u{}", base64url::encode(encoder.finish().unwrap_or_default()))
    }

    /// Reads an `encodedList`.
    ///
    /// It must be one gzip member with nothing behind it and a right checksum; inflating stops at the limit, whatever
    /// the packed size.
    pub fn decode(encoded: &str, options: &DecodeOptions) -> Result<Self, StatusListError> {
        let packed = encoded
            .strip_prefix('u')
            .filter(|text| text.len() <= longest_packed(options))
            .and_then(base64url::decode)
            .ok_or(StatusListError::BadMultibase)?;
        let limit = options.max_bytes.saturating_add(1);
        let mut decoder = GzDecoder::new(packed.as_slice());
        let mut bytes = Vec::new();
        let mut bounded = (&mut decoder).take(u64::try_from(limit).unwrap_or(u64::MAX));
        bounded.read_to_end(&mut bytes).map_err(|_| StatusListError::BadGzip("it is damaged or cut off"))?;
        if bytes.len() > options.max_bytes {
            return Err(StatusListError::TooLarge { max_bytes: options.max_bytes });
        }
        if !decoder.into_inner().is_empty() {
            return Err(StatusListError::BadGzip("something follows it"));
        }
        let list = Self(bytes);
        if list.len() < options.min_entries {
            return Err(StatusListError::TooShort { entries: list.len(), at_least: options.min_entries });
        }
        Ok(list)
    }
}

/// Reads a `statusListIndex`: a text of decimal digits without sign or leading zero. Numbers are taken too, because
/// early Open Badges examples wrote them, but only whole ones.
pub fn index(value: &Value) -> Result<usize, StatusListError> {
    let index = match value {
        Value::String(text) => decimal(text),
        Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        _ => None,
    };
    index.ok_or(StatusListError::BadIndex)
}

/// Reads a `statusSize`, the bits per entry: a whole number from 1 to 8; 1 where it is absent.
pub fn size(value: Option<&Value>) -> Result<usize, StatusListError> {
    let Some(value) = value else { return Ok(1) };
    value
        .as_u64()
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| (1..=8).contains(size))
        .ok_or(StatusListError::BadSize)
}

fn decimal(text: &str) -> Option<usize> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

fn mask(index: usize) -> u8 {
    0x80 >> (index % 8)
}

/// Bits that gzip cannot shrink grow by a few bytes per block, then by a third in base64; anything longer is padding.
fn longest_packed(options: &DecodeOptions) -> usize {
    options.max_bytes.saturating_mul(3).saturating_add(4096)
}
