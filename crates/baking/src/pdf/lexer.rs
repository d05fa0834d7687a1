//! The objects of a PDF, as far as finding attachments needs them (ISO 32000-2, 7.2 and 7.3).

/// How far arrays and dictionaries may lie in each other.
const DEEPEST: usize = 48;

/// A name that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Root,
    Encrypt,
    Ef,
    Type,
    ObjectStream,
    Count,
    First,
    Filter,
    Parameters,
    Predictor,
    Flate,
    Length,
    Other,
}

impl Word {
    fn of(name: &[u8]) -> Self {
        match name {
            b"Root" => Self::Root,
            b"Encrypt" => Self::Encrypt,
            b"EF" => Self::Ef,
            b"Type" => Self::Type,
            b"ObjStm" => Self::ObjectStream,
            b"N" => Self::Count,
            b"First" => Self::First,
            b"Filter" => Self::Filter,
            b"DecodeParms" => Self::Parameters,
            b"Predictor" => Self::Predictor,
            b"FlateDecode" => Self::Flate,
            b"Length" => Self::Length,
            _ => Self::Other,
        }
    }
}

/// An object. Texts, numbers with a fraction and the like are not kept: nothing here depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Integer(u64),
    Name(Word),
    Reference(u32),
    Array(Vec<Value>),
    Dictionary(Vec<(Word, Value)>),
}

impl Value {
    pub(super) fn get(&self, wanted: Word) -> Option<&Self> {
        self.members()?.iter().find(|(word, _)| *word == wanted).map(|(_, value)| value)
    }

    pub(super) fn members(&self) -> Option<&[(Word, Self)]> {
        match self {
            Self::Dictionary(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn reference(&self) -> Option<u32> {
        match self {
            Self::Reference(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<usize> {
        match self {
            Self::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// Reads objects out of bytes, from a place on.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// How many values may still be kept.
    pub(super) left: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, left: usize) -> Self {
        Self { bytes, at, left }
    }

    /// The next object; `Some(None)` for one that is not kept, `None` where there is none, or something broken.
    pub(super) fn value(&mut self) -> Option<Option<Value>> {
        self.value_within(DEEPEST)
    }

    /// The next whole number.
    pub(super) fn number(&mut self) -> Option<u64> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?.parse().ok()
    }

    /// Whether this keyword comes next; if so, it is passed.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes white space and comments.
    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                _ if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    fn value_within(&mut self, deeper: usize) -> Option<Option<Value>> {
        self.skip_space();
        self.left = self.left.checked_sub(1)?;
        match self.peek()? {
            b'/' => Some(Some(Value::Name(self.name()))),
            b'(' => self.text().map(|()| None),
            b'[' => {
                self.at += 1;
                self.array(deeper.checked_sub(1)?).map(Some)
            }
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                self.dictionary(deeper.checked_sub(1)?).map(Some)
            }
            b'<' => {
                let end = self.rest().iter().position(|byte| *byte == b'>')?;
                self.at += end + 1;
                Some(None)
            }
            byte if byte.is_ascii_digit() => Some(self.number_or_reference()),
            _ => self.plain(),
        }
    }

    fn array(&mut self, deeper: usize) -> Option<Value> {
        let mut entries = Vec::new();
        loop {
            if self.keyword(b"]") {
                return Some(Value::Array(entries));
            }
            match self.value_within(deeper)? {
                // Lists of numbers are about places on a page.
                None | Some(Value::Integer(_)) => {}
                Some(value) => entries.push(value),
            }
        }
    }

    fn dictionary(&mut self, deeper: usize) -> Option<Value> {
        let mut members = Vec::new();
        loop {
            if self.keyword(b">>") {
                return Some(Value::Dictionary(members));
            }
            if self.peek()? != b'/' {
                return None;
            }
            let word = self.name();
            match (word, self.value_within(deeper)?) {
                (_, None) | (Word::Other, Some(Value::Integer(_) | Value::Name(_))) => {}
                (word, Some(value)) => members.push((word, value)),
            }
        }
    }

    fn name(&mut self) -> Word {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let written = self.bytes.get(start..self.at).unwrap_or_default();
        if written.contains(&b'#') { Word::of(&unescaped(written)) } else { Word::of(written) }
    }

    fn text(&mut self) -> Option<()> {
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(());
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// A whole number, or with two more words a reference.
    fn number_or_reference(&mut self) -> Option<Value> {
        let number = self.number();
        if self.peek() == Some(b'.') {
            self.plain();
            return None;
        }
        let after = self.at;
        let is_reference = self.number().is_some_and(|generation| generation <= 65_535)
            && self.keyword(b"R")
            && !self.peek().is_some_and(is_regular);
        if is_reference {
            return number.and_then(|number| u32::try_from(number).ok()).map(Value::Reference);
        }
        self.at = after;
        number.map(Value::Integer)
    }

    /// A word or number that means nothing here; not one that ends an object.
    fn plain(&mut self) -> Option<Option<Value>> {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at)?;
        let is_number = word.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte));
        ((is_number && !word.is_empty()) || [&b"true"[..], b"false", b"null"].contains(&word)).then_some(None)
    }
}

fn unescaped(written: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(written.len());
    let mut rest = written;
    while let [first, after @ ..] = rest {
        rest = after;
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if *first == b'#'
            && let (Some(high), Some(low)) = (digit(0), digit(1))
        {
            name.extend(u8::try_from(high * 16 + low).ok());
            rest = after.get(2..).unwrap_or_default();
        } else {
            name.push(*first);
        }
    }
    name
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}
