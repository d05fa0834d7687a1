//! PNG: images as they come, and images built from the bytes.

use accolade_baking::{BakeError, Version, png, unbake};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Takes badges out of the bytes, and puts some into whatever image can be made of them.
pub(crate) fn hold_for(bytes: &[u8]) {
    image(bytes);
    image(&[SIGNATURE, bytes].concat());
    let (built, text) = built(bytes);
    image(&built);
    if let Ok(text) = std::str::from_utf8(text) {
        baked(&built, text);
    }
}

/// The images to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let bare = image_of(&[]);
    let new = png::bake(&bare, Version::V3, r#"{"a":"é"}"#).unwrap();
    let both = png::bake(&new, Version::V2, "https://x.example/a").unwrap();
    let old = image_of(&[chunk(b"tEXt", b"openbadges\0https://x.example/\xE9")]);
    let packed = image_of(&[chunk(b"iTXt", b"openbadgecredential\0\x01\0en\0\0zzz")]);
    let chunks = b"\x00\x04abcd\x06\x15openbadges\0x.y.z\x05\x09\0\x13\0\0\0\0\0{}\x02\x00text";
    [
        ("bare", bare),
        ("new", new),
        ("both", both),
        ("old", old),
        ("packed", packed),
        ("chunks", chunks.to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

/// Whatever comes in: at most one badge of each version comes out, and what is refused for reading is refused for baking.
fn image(bytes: &[u8]) {
    let found = unbake(bytes);
    if let Ok(found) = &found {
        let of = |version| found.iter().filter(|badge| badge.version == version).count();
        assert!(of(Version::V2) <= 1 && of(Version::V3) <= 1);
    }
    if png::unbake(bytes).is_err_and(|error| error != BakeError::Ambiguous) {
        assert!(png::bake(bytes, Version::V3, "{}").is_err(), "baked into what cannot be read");
    }
    baked(bytes, "{\"a\":1}");
}

/// What was baked comes out again, baking twice is baking once, and the rest of the image stays.
fn baked(bytes: &[u8], text: &str) {
    for version in [Version::V2, Version::V3] {
        let Ok(once) = png::bake(bytes, version, text) else { continue };
        let found = png::unbake(&once).unwrap_or_else(|error| panic!("baked, and {error}: {once:?}"));
        let own: Vec<&str> =
            found.iter().filter(|badge| badge.version == version).map(|badge| badge.text.as_str()).collect();
        assert_eq!(own, [text]);
        if let Ok(before) = png::unbake(bytes) {
            let others = |all: &[accolade_baking::Baked]| -> Vec<_> {
                all.iter().filter(|badge| badge.version != version).cloned().collect()
            };
            assert_eq!(others(&found), others(&before), "the badge of the other version stays");
            assert!(once.len() <= bytes.len() + text.len() + 64);
        }
        assert_eq!(png::bake(&once, version, text).as_ref(), Ok(&once), "baking twice is baking once");
    }
}

/// An image whose chunks are the bytes' (a kind, a length, so much data), and what is left of them as a text.
fn built(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    const KINDS: [&[u8; 4]; 8] = [b"gAMA", b"tEXt", b"zTXt", b"iTXt", b"IDAT", b"iTXt", b"tEXt", b"eXIf"];
    let (mut chunks, mut rest) = (Vec::new(), bytes);
    while let [kind, length, data @ ..] = rest {
        let length = usize::from(*length);
        let Some((data, after)) = data.split_at_checked(length) else { break };
        let kind = usize::from(*kind);
        let keyword: &[u8] = match kind >> 3 & 3 {
            1 => b"openbadges\0",
            2 => b"openbadgecredential\0\0\0\0\0",
            3 => b"openbadgecredential\0",
            _ => b"",
        };
        chunks.push(chunk(KINDS[kind & 7], &[keyword, data].concat()));
        rest = after;
    }
    (image_of(&chunks), rest)
}

fn image_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 8, 6, 0, 0, 0]);
    [SIGNATURE.to_vec(), header, chunks.concat(), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")].concat()
}

pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    out.extend_from_slice(&checksum(&[kind, data].concat()).to_be_bytes());
    out
}

/// CRC-32 as PNG has it, bit by bit: not the code that is tried here.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
