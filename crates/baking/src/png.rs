//! PNG: a badge is one uncompressed iTXt chunk.
//!
//! The image's bytes are never decoded or re-encoded: chunks are copied as they are, and one is put in after IHDR.
//! See [OB 3.0, baked badges](https://www.imsglobal.org/spec/ob/v3p0/#png) and the
//! [PNG specification](https://www.w3.org/TR/png-3/#11iTXt).

use crate::{BakeError, Baked, Version};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
const MAX_IMAGE_BYTES: usize = 16 << 20;
const MAX_TEXT_BYTES: usize = 4 << 20;
const MAX_CHUNKS: usize = 1_000;
const MAX_SIDE: u32 = 4_096;

/// Bakes a badge into a PNG: `text` (JSON, a compact JWS, or for 2.0 the URL of an Assertion) becomes the one chunk of
/// that version. A badge of the same version that was there before is replaced; every other chunk stays as it is. What is
/// given back can be read again by [`unbake`]: an image that would grow past a limit, or that holds two badges of the other
/// version, is refused.
pub fn bake(image: &[u8], version: Version, text: &str) -> Result<Vec<u8>, BakeError> {
    if text.is_empty() || text.contains('\0') {
        return Err(BakeError::Text("it must not be empty or hold a NUL character"));
    }
    if text.len() > MAX_TEXT_BYTES {
        return Err(BakeError::Text("it is longer than 4 MiB"));
    }
    let chunks = chunks(image)?;
    let mut baked = Vec::with_capacity(image.len() + text.len() + 64);
    baked.extend_from_slice(&SIGNATURE);
    for chunk in &chunks {
        if badge_in(chunk)?.is_some_and(|there| there.version == version) {
            continue;
        }
        write_chunk(&mut baked, &chunk.kind, chunk.data)?;
        if chunk.kind == *b"IHDR" {
            let mut data = Vec::with_capacity(text.len() + 32);
            data.extend_from_slice(keyword(version));
            // End of keyword, compression flag and method 0, empty language tag, empty translated keyword.
            data.extend_from_slice(&[0; 5]);
            data.extend_from_slice(text.as_bytes());
            write_chunk(&mut baked, b"iTXt", &data)?;
        }
    }
    unbake(&baked)?;
    Ok(baked)
}

/// Takes the badges out of a PNG: at most one of each version. Reads the iTXt chunks of 3.0 and 2.0 and the tEXt chunk
/// of older badges; two badges of one version are [`BakeError::Ambiguous`].
pub fn unbake(image: &[u8]) -> Result<Vec<Baked>, BakeError> {
    let mut found: Vec<Baked> = Vec::new();
    for chunk in chunks(image)? {
        let Some(badge) = badge_in(&chunk)? else { continue };
        if found.iter().any(|other| other.version == badge.version) {
            return Err(BakeError::Ambiguous);
        }
        found.push(badge);
    }
    Ok(found)
}

/// Whether these bytes start with the PNG signature.
pub(crate) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
}

fn keyword(version: Version) -> &'static [u8] {
    match version {
        Version::V2 => b"openbadges",
        Version::V3 => b"openbadgecredential",
    }
}

fn chunks(image: &[u8]) -> Result<Vec<Chunk<'_>>, BakeError> {
    if image.len() > MAX_IMAGE_BYTES {
        return Err(BakeError::Limit("it is larger than 16 MiB"));
    }
    let mut rest = image.strip_prefix(&SIGNATURE).ok_or(BakeError::UnknownImage)?;
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    while !rest.is_empty() {
        if chunks.len() >= MAX_CHUNKS {
            return Err(BakeError::Limit("it has more than 1000 chunks"));
        }
        let (chunk, after) = read_chunk(rest)?;
        rest = after;
        match &chunk.kind {
            b"IHDR" if chunks.is_empty() => check_header(chunk.data)?,
            b"IHDR" => return Err(BakeError::Damaged("it has a second header")),
            _ if chunks.is_empty() => return Err(BakeError::Damaged("it does not start with a header")),
            b"IEND" if !rest.is_empty() => return Err(BakeError::Damaged("something follows after its end")),
            _ => {}
        }
        chunks.push(chunk);
    }
    if !chunks.iter().any(|chunk| chunk.kind == *b"IDAT") {
        return Err(BakeError::Damaged("it has no picture data"));
    }
    match chunks.last() {
        Some(last) if last.kind == *b"IEND" && last.data.is_empty() => Ok(chunks),
        _ => Err(BakeError::Damaged("its end is missing")),
    }
}

fn read_chunk(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), BakeError> {
    const TRUNCATED: BakeError = BakeError::Damaged("it is cut off in the middle of a chunk");
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    let length = u32::from_be_bytes(*length);
    if length > 0x7FFF_FFFF {
        return Err(BakeError::Damaged("a chunk states an impossible length"));
    }
    let length = usize::try_from(length).map_err(|_| TRUNCATED)?;
    let (kind, rest) = rest.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(BakeError::Damaged("a chunk has an impossible name"));
    }
    let (data, rest) = rest.split_at_checked(length).ok_or(TRUNCATED)?;
    let (stated, rest) = rest.split_first_chunk::<4>().ok_or(TRUNCATED)?;
    if checksum(kind, data) != u32::from_be_bytes(*stated) {
        return Err(BakeError::Damaged("a chunk's checksum is wrong"));
    }
    Ok((Chunk { kind: *kind, data }, rest))
}

fn check_header(data: &[u8]) -> Result<(), BakeError> {
    let header: &[u8; 13] =
        data.try_into().map_err(|_| BakeError::Damaged("its header has the wrong length"))?;
    let [w0, w1, w2, w3, h0, h1, h2, h3, ..] = *header;
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    if width == 0 || height == 0 {
        return Err(BakeError::Damaged("its width or height is zero"));
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(BakeError::Limit("it is larger than 4096 by 4096 pixels"));
    }
    Ok(())
}

fn write_chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<(), BakeError> {
    let length = u32::try_from(data.len()).map_err(|_| BakeError::Limit("a chunk is too long"))?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    out.extend_from_slice(&checksum(kind, data).to_be_bytes());
    Ok(())
}

fn checksum(kind: &[u8; 4], data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(kind);
    hasher.update(data);
    hasher.finalize()
}

fn badge_in(chunk: &Chunk<'_>) -> Result<Option<Baked>, BakeError> {
    let Some((word, rest)) = split_at_nul(chunk.data) else { return Ok(None) };
    let version = match (&chunk.kind, word) {
        // A learner's record (CLR 2.0) is baked under a word of its own.
        (b"iTXt", b"openbadgecredential" | b"clrcredential") => Version::V3,
        (b"iTXt" | b"tEXt", b"openbadges") => Version::V2,
        _ => return Ok(None),
    };
    let text = if chunk.kind == *b"iTXt" {
        international_text(rest)?
    } else {
        // tEXt is Latin-1: every byte is the character of that number.
        rest.iter().copied().map(char::from).collect()
    };
    if text.len() > MAX_TEXT_BYTES {
        return Err(BakeError::Limit("the badge in it is longer than 4 MiB"));
    }
    Ok(Some(Baked { version, text }))
}

fn international_text(after_keyword: &[u8]) -> Result<String, BakeError> {
    const BROKEN: BakeError = BakeError::Damaged("the chunk with the badge is incomplete");
    let ([flag, _method], rest) = after_keyword.split_first_chunk::<2>().ok_or(BROKEN)?;
    if *flag != 0 {
        return Err(BakeError::Damaged("the badge in it is compressed, which the standard does not allow"));
    }
    let (_language, rest) = split_at_nul(rest).ok_or(BROKEN)?;
    let (_translated_keyword, text) = split_at_nul(rest).ok_or(BROKEN)?;
    String::from_utf8(text.to_vec()).map_err(|_| BakeError::Damaged("the badge in it is not UTF-8 text"))
}

fn split_at_nul(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}
