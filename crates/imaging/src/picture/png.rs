//! PNG from strangers: measured by its header, checked chunk by chunk, freed of everything but its pixels, decoded once.
//!
//! See the [PNG specification](https://www.w3.org/TR/png-3/).

use std::io::Cursor;

use tiny_skia::{ColorU8, Pixmap};

use super::PictureError;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const MAX_SIDE: u32 = 4_096;
const MAX_PIXELS: u64 = 16_000_000;
const MAX_CHUNKS: usize = 1_000;
/// What decoding may take besides its result.
const MAX_WORKING_BYTES: usize = 32 << 20;

/// Chunks that say how the pixels' numbers become colours; nothing about a person or a camera.
const KEPT: [[u8; 4]; 7] = [*b"IHDR", *b"PLTE", *b"IDAT", *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB"];

/// A checked file.
#[derive(Debug)]
pub(super) struct Clean {
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// With length and checksum.
    whole: &'a [u8],
}

pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// Checks structure and size before anything is decoded, and copies the chunks that make the picture.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean, PictureError> {
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    let mut clean = SIGNATURE.to_vec();
    let (mut size, mut count, mut data) = (None, 0_usize, Data::Before);
    loop {
        let (chunk, after) = next_chunk(rest)?;
        rest = after;
        count += 1;
        if count > MAX_CHUNKS {
            return Err(PictureError::Limit("it has more than 1,000 parts"));
        }
        if (size.is_none()) != (chunk.kind == *b"IHDR") {
            return Err(PictureError::Damaged("its header is not one and first"));
        }
        data = data.then(&chunk)?;
        match &chunk.kind {
            b"IHDR" => size = Some(dimensions(chunk.data)?),
            b"IEND" => break,
            _ => {}
        }
        if KEPT.contains(&chunk.kind) {
            clean.extend_from_slice(chunk.whole);
        } else if chunk.kind.first().is_some_and(u8::is_ascii_uppercase) {
            return Err(PictureError::Damaged("it has a part that cannot be left out and that nobody knows"));
        }
    }
    if !rest.is_empty() {
        return Err(PictureError::Damaged("something stands after its end"));
    }
    // An IEND chunk is always the same.
    clean.extend_from_slice(b"\0\0\0\0IEND\xae\x42\x60\x82");
    let (width, height) = size.ok_or(PictureError::Damaged("it has no header"))?;
    Ok(Clean { bytes: clean, width, height })
}

/// Where the pixels' chunks are: they stand together.
#[derive(Clone, Copy, PartialEq)]
enum Data {
    Before,
    Within,
    After,
}

impl Data {
    fn then(self, chunk: &Chunk<'_>) -> Result<Self, PictureError> {
        match (self, chunk.kind == *b"IDAT") {
            (Self::After, true) => Err(PictureError::Damaged("its pixels are not in one piece")),
            (_, true) => Ok(Self::Within),
            (Self::Within, false) => Ok(Self::After),
            (Self::Before, false) if chunk.kind == *b"IEND" => Err(PictureError::Damaged("it has no pixels")),
            (state, false) => Ok(state),
        }
    }
}

fn next_chunk(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), PictureError> {
    const CUT: PictureError = PictureError::Damaged("it ends too early");
    let (length, _) = bytes.split_first_chunk::<4>().ok_or(CUT)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CUT)?;
    let end = length.checked_add(12).ok_or(CUT)?;
    let (whole, rest) = bytes.split_at_checked(end).ok_or(CUT)?;
    let body = whole.get(4..end - 4).ok_or(CUT)?;
    let (kind, data) = body.split_first_chunk::<4>().ok_or(CUT)?;
    let (_, sum) = whole.split_last_chunk::<4>().ok_or(CUT)?;
    if crc32fast::hash(body) != u32::from_be_bytes(*sum) {
        return Err(PictureError::Damaged("a checksum is wrong"));
    }
    Ok((Chunk { kind: *kind, data, whole }, rest))
}

fn dimensions(header: &[u8]) -> Result<(u32, u32), PictureError> {
    let [w0, w1, w2, w3, h0, h1, h2, h3, ..] = *header else {
        return Err(PictureError::Damaged("its header is too short"));
    };
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::Limit("it has more than 4096 pixels a side, or more than 16 million"));
    }
    Ok((width, height))
}

/// The pixels of a clean file.
pub(super) fn decode(clean: &[u8]) -> Result<Pixmap, PictureError> {
    const BROKEN: PictureError = PictureError::Damaged("its pixels cannot be read");
    let limits = png::Limits { bytes: MAX_WORKING_BYTES };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(clean), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| BROKEN)?;
    let mut data = vec![0; reader.output_buffer_size().ok_or(BROKEN)?];
    let frame = reader.next_frame(&mut data).map_err(|_| BROKEN)?;
    let mut pixmap = Pixmap::new(frame.width, frame.height).ok_or(BROKEN)?;
    let pixels = pixmap.pixels_mut().iter_mut();
    match frame.color_type {
        png::ColorType::Grayscale => {
            pixels.zip(&data).for_each(|(pixel, gray)| *pixel = opaque(*gray, *gray, *gray));
        }
        png::ColorType::GrayscaleAlpha => {
            pixels.zip(data.as_chunks().0).for_each(|(pixel, [gray, alpha])| {
                *pixel = ColorU8::from_rgba(*gray, *gray, *gray, *alpha).premultiply();
            });
        }
        png::ColorType::Rgb => {
            pixels.zip(data.as_chunks().0).for_each(|(pixel, [r, g, b])| *pixel = opaque(*r, *g, *b));
        }
        png::ColorType::Rgba => {
            pixels.zip(data.as_chunks().0).for_each(|(pixel, [r, g, b, a])| {
                *pixel = ColorU8::from_rgba(*r, *g, *b, *a).premultiply();
            });
        }
        png::ColorType::Indexed => return Err(BROKEN),
    }
    Ok(pixmap)
}

fn opaque(red: u8, green: u8, blue: u8) -> tiny_skia::PremultipliedColorU8 {
    ColorU8::from_rgba(red, green, blue, u8::MAX).premultiply()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A chunk with its length and checksum.
    pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let body = [kind.as_slice(), data].concat();
        let length = u32::try_from(data.len()).unwrap();
        [length.to_be_bytes().as_slice(), &body, &crc32fast::hash(&body).to_be_bytes()].concat()
    }

    fn header(width: u32, height: u32) -> Vec<u8> {
        let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
        chunk(b"IHDR", &[sides.as_slice(), &[1, 0, 0, 0, 0]].concat())
    }

    /// A real one: a disc on transparent ground.
    pub(crate) fn disc(side: u32) -> Vec<u8> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='{side}' height='{side}'>\
             <circle cx='4.5' cy='4.5' r='4.5' fill='#234'/></svg>"
        );
        crate::Picture::read(svg.as_bytes()).unwrap().png(side).unwrap()
    }

    /// The file with more chunks before its pixels.
    pub(crate) fn with_chunks(png: &[u8], chunks: &[u8]) -> Vec<u8> {
        [&png[..33], chunks, &png[33..]].concat()
    }

    #[test]
    fn the_size_is_judged_by_the_header_alone() {
        for (width, height) in [(65_535, 65_535), (4_097, 1), (4_096, 4_096), (u32::MAX, u32::MAX)] {
            let file =
                [SIGNATURE, &header(width, height), &chunk(b"IDAT", b""), &chunk(b"IEND", b"")].concat();
            assert!(matches!(clean(&file), Err(PictureError::Limit(_))), "{width} × {height}");
        }
    }

    #[test]
    fn what_is_not_a_whole_png_is_refused() {
        let good = disc(64);
        let mut wrong_sum = good.clone();
        *wrong_sum.get_mut(20).unwrap() ^= 1;
        let mut endless = good.clone();
        endless.get_mut(33..37).unwrap().fill(0xff);
        let after_end = [good.as_slice(), &chunk(b"IDAT", b"x")].concat();
        let two_headers = with_chunks(&good, &header(64, 64));
        let split = with_chunks(&good, &[chunk(b"IDAT", b""), chunk(b"gAMA", &[0, 0, 0, 1])].concat());
        let unknown = with_chunks(&good, &chunk(b"ABCD", b""));
        for (name, file) in [
            ("checksum", wrong_sum),
            ("length", endless),
            ("after the end", after_end),
            ("cut", good[..good.len() - 13].to_vec()),
            ("two headers", two_headers),
            ("split pixels", split),
            ("unknown critical chunk", unknown),
            ("signature alone", SIGNATURE.to_vec()),
        ] {
            assert!(matches!(clean(&file), Err(PictureError::Damaged(_))), "{name}");
        }
    }

    #[test]
    fn a_million_tiny_chunks_are_refused() {
        let many = chunk(b"tEXt", b"").repeat(200_000);
        assert!(matches!(clean(&with_chunks(&disc(64), &many)), Err(PictureError::Limit(_))));
    }

    #[test]
    fn everything_but_the_pixels_is_left_out() {
        let good = disc(64);
        let personal = [
            chunk(b"tEXt", b"Author\0Ada Lovelace"),
            chunk(b"eXIf", b"II*\0GPS"),
            chunk(b"iCCP", b"name\0\0zlib bomb"),
            chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"),
            chunk(b"acTL", &[0, 0, 0, 9, 0, 0, 0, 0]),
        ];
        let cleaned = clean(&with_chunks(&good, &personal.concat())).unwrap();
        assert_eq!(cleaned.bytes, clean(&good).unwrap().bytes);
        assert!(decode(&cleaned.bytes).is_ok());
    }
}
