//! The objects of a whole file.

use std::collections::HashMap;
use std::ops::Range;

use super::PdfError;
use super::inflate::inflate;
use super::lexer::{Lexer, Value, Word, is_space};

/// The most values kept, over all objects.
const MAX_VALUES: usize = 300_000;
/// The most objects.
const MAX_OBJECTS: usize = 50_000;
/// The most bytes read in all: objects that break off are read in vain, and may be begun again and again.
const MAX_READ_BYTES: usize = 32 << 20;
/// The most bytes of packed objects, unpacked.
const MAX_PACKED_BYTES: usize = 8 << 20;

/// A PDF's objects by number, the last of each.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    objects: HashMap<u32, Object>,
    trailer: Option<Value>,
    read: usize,
    left: usize,
    packed: usize,
}

/// An object, and where its data is if it is a stream.
struct Object {
    value: Value,
    data: Option<Range<usize>>,
}

impl<'a> File<'a> {
    /// Goes through a file once.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PdfError> {
        let mut file =
            Self { bytes, objects: HashMap::new(), trailer: None, read: 0, left: MAX_VALUES, packed: 0 };
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at = match byte {
                b'o' => file.object_at(at)?,
                b't' => file.trailer_at(at)?,
                _ => at + 1,
            };
        }
        Ok(file)
    }

    /// Where everything that can be reached is reached from.
    pub(super) fn catalogue(&self) -> Result<&Value, PdfError> {
        const MISSING: PdfError = PdfError::Damaged("it has no catalogue");
        self.trailer.as_ref().and_then(|trailer| trailer.get(Word::Root)).ok_or(MISSING)
    }

    pub(super) fn object(&self, number: u32) -> Option<&Value> {
        self.objects.get(&number).map(|object| &object.value)
    }

    /// A value, or what it refers to.
    pub(super) fn resolve<'v>(&'v self, value: &'v Value) -> Option<&'v Value> {
        match value {
            Value::Reference(number) => self.object(*number),
            value => Some(value),
        }
    }

    /// The data of a stream, unpacked; `None` if there is none, or it is longer than `limit`, or packed in a way that
    /// attachments are not.
    pub(super) fn content(&self, number: u32, limit: usize) -> Option<Vec<u8>> {
        let object = self.objects.get(&number)?;
        self.unpacked(&object.value, object.data.clone()?, limit)
    }

    fn unpacked(&self, dictionary: &Value, data: Range<usize>, limit: usize) -> Option<Vec<u8>> {
        let data = self.bytes.get(data)?;
        let parameters = dictionary.get(Word::Parameters).and_then(|parameters| self.resolve(parameters));
        if parameters.is_some_and(has_predictor) {
            return None;
        }
        let filter = dictionary.get(Word::Filter).and_then(|filter| self.resolve(filter));
        match filter {
            None => (data.len() <= limit).then(|| data.to_vec()),
            Some(Value::Name(Word::Flate)) => inflate(data, limit),
            Some(Value::Array(filters)) => match filters.as_slice() {
                [] => (data.len() <= limit).then(|| data.to_vec()),
                [Value::Name(Word::Flate)] => inflate(data, limit),
                _ => None,
            },
            Some(_) => None,
        }
    }

    /// The object that begins at the word `obj`; gives back where to go on.
    fn object_at(&mut self, at: usize) -> Result<usize, PdfError> {
        let next = at + 1;
        if !self.bytes.get(at..).is_some_and(|rest| rest.starts_with(b"obj")) {
            return Ok(next);
        }
        let Some(number) = self.bytes.get(..at).and_then(number_before) else { return Ok(next) };
        let Some((value, after)) = self.value_at(at + 3)? else { return Ok(next) };
        let (data, after) = self.data_after(&value, after)?;
        if value.get(Word::Type) == Some(&Value::Name(Word::ObjectStream))
            && let Some(data) = data.clone()
        {
            self.unpack_objects(&value, data)?;
        }
        // The trailer of a file without tables is the dictionary of its cross-reference stream.
        self.note_trailer(&value)?;
        self.objects.insert(number, Object { value, data });
        Ok(after)
    }

    fn trailer_at(&mut self, at: usize) -> Result<usize, PdfError> {
        if !self.bytes.get(at..).is_some_and(|rest| rest.starts_with(b"trailer")) {
            return Ok(at + 1);
        }
        let Some((value, after)) = self.value_at(at + 7)? else { return Ok(at + 1) };
        self.note_trailer(&value)?;
        Ok(after)
    }

    /// The last trailer that names a catalogue counts.
    fn note_trailer(&mut self, value: &Value) -> Result<(), PdfError> {
        if value.get(Word::Root).is_none() {
            return Ok(());
        }
        if value.get(Word::Encrypt).is_some() {
            return Err(PdfError::Protected);
        }
        self.trailer = Some(value.clone());
        Ok(())
    }

    fn value_at(&mut self, at: usize) -> Result<Option<(Value, usize)>, PdfError> {
        let mut lexer = Lexer::new(self.bytes, at, self.left);
        let value = lexer.value();
        let (after, left) = (lexer.at, lexer.left);
        self.count(after.saturating_sub(at), left)?;
        Ok(value.map(|value| (value.unwrap_or(Value::Integer(0)), after)))
    }

    fn count(&mut self, read: usize, left: usize) -> Result<(), PdfError> {
        self.read += read;
        self.left = left;
        if self.read > MAX_READ_BYTES || self.left == 0 || self.objects.len() > MAX_OBJECTS {
            return Err(PdfError::Limit("it holds more than a certificate needs"));
        }
        Ok(())
    }

    /// The data of a stream whose dictionary ends at `at`, and where to go on.
    fn data_after(
        &mut self,
        dictionary: &Value,
        at: usize,
    ) -> Result<(Option<Range<usize>>, usize), PdfError> {
        let mut lexer = Lexer::new(self.bytes, at, 0);
        if dictionary.members().is_none() || !lexer.keyword(b"stream") {
            return Ok((None, at));
        }
        let start = match lexer.rest() {
            [b'\r', b'\n', ..] => lexer.at + 2,
            [b'\n' | b'\r', ..] => lexer.at + 1,
            _ => lexer.at,
        };
        let stated = dictionary.get(Word::Length).and_then(Value::integer);
        if let Some(end) = stated.and_then(|length| start.checked_add(length)) {
            let mut after = Lexer::new(self.bytes, end, 0);
            if end <= self.bytes.len() && after.keyword(b"endstream") {
                return Ok((Some(start..end), after.at));
            }
        }
        // The length is elsewhere or wrong: the data ends where it says so.
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length =
            find(rest, b"endstream").ok_or(PdfError::Damaged("it is cut off in the middle of an object"))?;
        let data = rest.get(..length).unwrap_or_default();
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        let data = data.strip_suffix(b"\r").unwrap_or(data);
        Ok((Some(start..start + data.len()), start + length + b"endstream".len()))
    }

    /// The objects packed in a stream (7.5.7).
    fn unpack_objects(&mut self, dictionary: &Value, data: Range<usize>) -> Result<(), PdfError> {
        let allowance = MAX_PACKED_BYTES.saturating_sub(self.packed);
        // To go on would let a file be unpacked in vain as often as it likes.
        let packed = self.unpacked(dictionary, data, allowance);
        let packed =
            packed.ok_or(PdfError::Damaged("objects packed in it cannot be read, or are too many"))?;
        self.packed += packed.len();
        let number = |word| dictionary.get(word).and_then(Value::integer);
        let (Some(count), Some(first)) = (number(Word::Count), number(Word::First)) else { return Ok(()) };
        let mut heading = Lexer::new(&packed, 0, 0);
        for _ in 0..count {
            let (Some(number), Some(offset)) = (heading.number(), heading.number()) else { break };
            let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) else { break };
            let at = first.saturating_add(offset);
            let mut lexer = Lexer::new(&packed, at, self.left);
            let value = lexer.value();
            let (after, left) = (lexer.at, lexer.left);
            self.count(after.saturating_sub(at), left)?;
            if let Some(Some(value)) = value {
                self.objects.insert(number, Object { value, data: None });
            }
        }
        Ok(())
    }
}

fn has_predictor(parameters: &Value) -> bool {
    let plain = |parameters: &Value| {
        parameters.get(Word::Predictor).and_then(Value::integer).is_none_or(|predictor| predictor <= 1)
    };
    match parameters {
        Value::Array(entries) => !entries.iter().all(plain),
        parameters => !plain(parameters),
    }
}

/// The object number before the word `obj`: "12 0 ".
fn number_before(before: &[u8]) -> Option<u32> {
    let (before, _generation) = digits_at_end(trimmed(before)?)?;
    let (_, number) = digits_at_end(trimmed(before)?)?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// Without the white space at its end, of which there must be some.
fn trimmed(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    for _ in 0..4 {
        match rest {
            [before @ .., last] if is_space(*last) => rest = before,
            _ => break,
        }
    }
    (rest.len() < bytes.len()).then_some(rest)
}

fn digits_at_end(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = bytes.len();
    while start > 0 && bytes.len() - start < 10 && bytes.get(start - 1).is_some_and(u8::is_ascii_digit) {
        start -= 1;
    }
    let (before, digits) = bytes.split_at_checked(start)?;
    (!digits.is_empty()).then_some((before, digits))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
