//! Unpacking, never beyond a limit.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// Unpacks zlib data; `None` if it is damaged or would be longer than `limit` bytes.
pub(super) fn inflate(data: &[u8], limit: usize) -> Option<Vec<u8>> {
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    let mut unpacked = Vec::new();
    ZlibDecoder::new(data).take(most).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() <= limit).then_some(unpacked)
}
