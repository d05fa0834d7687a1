//! The little [CBOR](https://www.rfc-editor.org/rfc/rfc8949.html) that proof values are made of: arrays, maps, byte and text strings and
//! whole numbers, every length definite and in its shortest form, so that a value has one encoding only.
//!
//! Our own, because that strictness is the point: readers of the whole of CBOR take longer forms, tags and indefinite lengths as well, and
//! two texts for the same proof are one too many.

use super::SelectiveError;

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

/// Reads items one after another.
pub(super) struct Reader<'b> {
    all: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { all: bytes, at: 0 }
    }

    pub(super) fn unsigned(&mut self) -> Result<u64, SelectiveError> {
        self.head(UNSIGNED, "a whole number was expected")
    }

    /// A byte string of exactly that length.
    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], SelectiveError> {
        let start = self.at;
        let bytes = self.string(BYTES, "a byte string was expected")?;
        bytes.try_into().map_err(|_| bad(start, "the byte string has a wrong length"))
    }

    pub(super) fn text(&mut self) -> Result<&'b str, SelectiveError> {
        let start = self.at;
        let bytes = self.string(TEXT, "a text string was expected")?;
        std::str::from_utf8(bytes).map_err(|_| bad(start, "the text is not UTF-8"))
    }

    /// The number of items of an array that begins here.
    pub(super) fn array(&mut self) -> Result<usize, SelectiveError> {
        let start = self.at;
        let items = self.head(ARRAY, "an array was expected")?;
        self.fits(items, 1).ok_or_else(|| bad(start, "the array is longer than the rest of the value"))
    }

    /// The number of pairs of a map that begins here.
    pub(super) fn map(&mut self) -> Result<usize, SelectiveError> {
        let start = self.at;
        let pairs = self.head(MAP, "a map was expected")?;
        self.fits(pairs, 2).ok_or_else(|| bad(start, "the map is longer than the rest of the value"))
    }

    /// Nothing may come after the last item.
    pub(super) fn end(&self) -> Result<(), SelectiveError> {
        if self.rest().is_empty() { Ok(()) } else { Err(bad(self.at, "something follows the value")) }
    }

    fn rest(&self) -> &'b [u8] {
        self.all.get(self.at..).unwrap_or_default()
    }

    /// So many items of so many bytes at least must still be there, so a length costs no memory before its items are seen.
    fn fits(&self, items: u64, least: usize) -> Option<usize> {
        usize::try_from(items).ok().filter(|items| *items <= self.rest().len() / least)
    }

    fn string(&mut self, major: u8, expected: &'static str) -> Result<&'b [u8], SelectiveError> {
        let start = self.at;
        let length = self.head(major, expected)?;
        let length = self
            .fits(length, 1)
            .ok_or_else(|| bad(start, "the string is longer than the rest of the value"))?;
        Ok(self.take(length))
    }

    /// The argument of the next item, which must be of that major type.
    fn head(&mut self, major: u8, expected: &'static str) -> Result<u64, SelectiveError> {
        let start = self.at;
        let [first] = *self.take(1) else { return Err(bad(start, "the value ends too early")) };
        if first >> 5 != major {
            return Err(bad(start, expected));
        }
        let (length, least) = match first & 0x1f {
            small @ 0..24 => return Ok(u64::from(small)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            _ => return Err(bad(start, "a length must be definite")),
        };
        let argument = self.take(length);
        if argument.len() != length {
            return Err(bad(start, "the value ends too early"));
        }
        let number = argument.iter().fold(0, |number: u64, byte| (number << 8) | u64::from(*byte));
        if number < least { Err(bad(start, "a number is not in its shortest form")) } else { Ok(number) }
    }

    /// The next bytes, fewer where there are fewer.
    fn take(&mut self, length: usize) -> &'b [u8] {
        let taken = self.rest().get(..length).unwrap_or_else(|| self.rest());
        self.at += taken.len();
        taken
    }
}

/// Writes items one after another.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// A writer whose output begins with those bytes.
    pub(super) fn after(header: &[u8]) -> Self {
        Self { bytes: header.to_vec() }
    }

    pub(super) fn unsigned(&mut self, number: usize) {
        self.head(UNSIGNED, number);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.head(BYTES, bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.head(TEXT, text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn array(&mut self, items: usize) {
        self.head(ARRAY, items);
    }

    pub(super) fn map(&mut self, pairs: usize) {
        self.head(MAP, pairs);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn head(&mut self, major: u8, argument: usize) {
        let major = major << 5;
        let number = u64::try_from(argument).unwrap_or(u64::MAX).to_be_bytes();
        let [.., b4, b5, b6, b7] = number;
        match argument {
            0..24 => self.bytes.push(major | b7),
            24..0x100 => self.bytes.extend([major | 24, b7]),
            0x100..0x1_0000 => self.bytes.extend([major | 25, b6, b7]),
            0x1_0000..=0xffff_ffff => self.bytes.extend([major | 26, b4, b5, b6, b7]),
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend(number);
            }
        }
    }
}

fn bad(at: usize, reason: &'static str) -> SelectiveError {
    SelectiveError::Cbor { at, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::default();
        write(&mut writer);
        writer.into_bytes()
    }

    #[test]
    fn numbers_take_their_shortest_form_and_come_back() {
        for (number, bytes) in [
            (0, vec![0x00]),
            (23, vec![0x17]),
            (24, vec![0x18, 24]),
            (255, vec![0x18, 255]),
            (256, vec![0x19, 1, 0]),
            (65_535, vec![0x19, 255, 255]),
            (65_536, vec![0x1a, 0, 1, 0, 0]),
            (0xffff_ffff, vec![0x1a, 255, 255, 255, 255]),
            (0x1_0000_0000, vec![0x1b, 0, 0, 0, 1, 0, 0, 0, 0]),
        ] {
            assert_eq!(written(|writer| writer.unsigned(number)), bytes, "{number}");
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.unsigned().unwrap(), u64::try_from(number).unwrap());
            reader.end().unwrap();
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = written(|writer| {
            writer.array(2);
            writer.map(1);
            writer.unsigned(7);
            writer.bytes(&[1, 2, 3]);
            writer.text("ä");
        });
        assert_eq!(bytes, [0x82, 0xa1, 0x07, 0x43, 1, 2, 3, 0x62, 0xc3, 0xa4]);
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.array().unwrap(), 2);
        assert_eq!(reader.map().unwrap(), 1);
        assert_eq!(reader.unsigned().unwrap(), 7);
        assert_eq!(reader.bytes::<3>().unwrap(), [1, 2, 3]);
        assert_eq!(reader.text().unwrap(), "ä");
        reader.end().unwrap();
    }

    type Read = fn(&mut Reader<'_>) -> Result<(), SelectiveError>;

    #[test]
    fn another_form_of_the_same_value_is_refused() {
        let number: Read = |reader| reader.unsigned().map(drop);
        let bytes: Read = |reader| reader.bytes::<3>().map(drop);
        let text: Read = |reader| reader.text().map(drop);
        let array: Read = |reader| reader.array().map(drop);
        let map: Read = |reader| reader.map().map(drop);
        let cases: &[(Read, &[u8], &str)] = &[
            (number, &[0x18, 23], "shortest"),
            (number, &[0x19, 0, 255], "shortest"),
            (number, &[0x1a, 0, 0, 255, 255], "shortest"),
            (number, &[0x1b, 0, 0, 0, 0, 255, 255, 255, 255], "shortest"),
            (number, &[0x1f], "definite"),
            (number, &[0x1c], "definite"),
            (number, &[], "too early"),
            (number, &[0x19, 1], "too early"),
            (number, &[0x20], "whole number"),
            (number, &[0xc1, 0x01], "whole number"),
            (number, &[0xf9, 0, 0], "whole number"),
            (bytes, &[0x5f, 0x43, 1, 2, 3, 0xff], "definite"),
            (bytes, &[0x58, 3, 1, 2, 3], "shortest"),
            (bytes, &[0x42, 1, 2], "wrong length"),
            (bytes, &[0x43, 1, 2], "longer"),
            (bytes, &[0x5b, 255, 255, 255, 255, 255, 255, 255, 255, 1], "longer"),
            (bytes, &[0xd8, 0x40, 0x43, 1, 2, 3], "byte string"),
            (bytes, &[0x63, b'a', b'b', b'c'], "byte string"),
            (text, &[0x61, 0xff], "UTF-8"),
            (text, &[0x41, b'a'], "text"),
            (array, &[0x82, 0x00], "longer"),
            (array, &[0x9f, 0xff], "definite"),
            (array, &[0x9b, 0x7f, 255, 255, 255, 255, 255, 255, 255], "longer"),
            (array, &[0xa0], "array"),
            (map, &[0xa1, 0x00], "longer"),
            (map, &[0xbf, 0xff], "definite"),
            (map, &[0x80], "map"),
        ];
        for (read, bytes, word) in cases {
            match read(&mut Reader::new(bytes)) {
                Err(SelectiveError::Cbor { at: 0, reason }) => {
                    assert!(reason.contains(word), "{bytes:02x?}: {reason}");
                }
                other => panic!("{bytes:02x?}: {other:?}"),
            }
        }
    }

    #[test]
    fn nothing_may_follow() {
        let mut reader = Reader::new(&[0x00, 0x00]);
        reader.unsigned().unwrap();
        assert_eq!(reader.end(), Err(bad(1, "something follows the value")));
    }
}
