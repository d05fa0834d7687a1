//! The reader: one pass over the text, no look-back.

use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::{Fault, JsonErrorKind, MAX_DEPTH, MAX_INTEGER};
use crate::path::Path;

type Read<T> = Result<T, Fault>;

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// How many more arrays and objects are taken.
    parts_left: usize,
    most_parts: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, most_parts: usize) -> Self {
        Self { text, at: 0, depth: 0, parts_left: most_parts, most_parts }
    }

    pub(super) fn document(&mut self) -> Read<Value> {
        if self.text.starts_with('\u{feff}') {
            return Err(self.fault(&Path::ROOT, JsonErrorKind::ByteOrderMark));
        }
        let value = self.value(&Path::ROOT)?;
        self.skip_space();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.fault(&Path::ROOT, JsonErrorKind::TrailingData)),
        }
    }

    fn value(&mut self, path: &Path<'_>) -> Read<Value> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(path, Self::object),
            Some(b'[') => self.nested(path, Self::array),
            Some(b'"') => Ok(Value::String(self.string(path)?)),
            Some(b'-' | b'0'..=b'9') => self.number(path),
            Some(b't') => self.word("true", Value::Bool(true), path),
            Some(b'f') => self.word("false", Value::Bool(false), path),
            Some(b'n') => self.word("null", Value::Null, path),
            Some(_) => Err(self.syntax(path, "a value was expected")),
            None => Err(self.syntax(path, "the text ends where a value was expected")),
        }
    }

    fn nested(
        &mut self,
        path: &Path<'_>,
        read: impl FnOnce(&mut Self, &Path<'_>) -> Read<Value>,
    ) -> Read<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault(path, JsonErrorKind::TooDeep));
        }
        let Some(left) = self.parts_left.checked_sub(1) else {
            return Err(self.fault(path, JsonErrorKind::TooManyParts { limit: self.most_parts }));
        };
        self.parts_left = left;
        self.at += 1;
        let value = read(self, path)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self, path: &Path<'_>) -> Read<Value> {
        let mut map = Map::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(map));
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.syntax(path, "the name of a member was expected, in double quotes"));
            }
            match map.entry(self.string(path)?) {
                Entry::Occupied(entry) => {
                    let name = entry.key();
                    let kind = JsonErrorKind::DuplicateMember(name.clone());
                    return Err(Fault::new(start, &path.member(name), kind));
                }
                Entry::Vacant(entry) => {
                    let value = self.member(&path.member(entry.key()))?;
                    entry.insert(value);
                }
            }
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(map));
            }
            if !self.take(b',') {
                return Err(self.syntax(path, "a comma or a closing brace was expected"));
            }
        }
    }

    /// The colon and the value behind a name.
    fn member(&mut self, path: &Path<'_>) -> Read<Value> {
        self.skip_space();
        if !self.take(b':') {
            return Err(self.syntax(path, "a colon was expected after the name of a member"));
        }
        self.value(path)
    }

    fn array(&mut self, path: &Path<'_>) -> Read<Value> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(&path.item(items.len()))?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.syntax(path, "a comma or a closing bracket was expected"));
            }
        }
    }

    fn word(&mut self, word: &str, value: Value, path: &Path<'_>) -> Read<Value> {
        if !self.rest().starts_with(word) {
            return Err(self.syntax(path, "a value was expected"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn string(&mut self, path: &Path<'_>) -> Read<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let plain = plain_length(rest.as_bytes());
            out.push_str(rest.get(..plain).unwrap_or(rest));
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape(path)?),
                Some(0) => {
                    return Err(
                        self.fault(path, JsonErrorKind::Syntax("the character U+0000 stands in a string"))
                    );
                }
                Some(_) => {
                    return Err(
                        self.syntax(path, "a control character stands in a string; write it as an escape")
                    );
                }
                None => return Err(self.syntax(path, "the text ends within a string")),
            }
        }
    }

    fn escape(&mut self, path: &Path<'_>) -> Read<char> {
        let start = self.at;
        let letter = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start, path),
            _ => {
                return Err(Fault::new(
                    start,
                    path,
                    JsonErrorKind::Syntax("an unknown escape stands in a string"),
                ));
            }
        })
    }

    /// The character of one `\u` escape, or of the two that make a surrogate pair.
    fn unicode(&mut self, start: usize, path: &Path<'_>) -> Read<char> {
        let lone = || Fault::new(start, path, JsonErrorKind::LoneSurrogate);
        let first = self.hex(path)?;
        let code = match first {
            0xd800..=0xdbff => {
                if !self.rest().starts_with("\\u") {
                    return Err(lone());
                }
                self.at += 2;
                let second = self.hex(path)?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(lone());
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            other => other,
        };
        match char::from_u32(code) {
            Some('\0') => Err(Fault::new(start, path, JsonErrorKind::NulCharacter)),
            Some(c) => Ok(c),
            None => Err(lone()),
        }
    }

    fn hex(&mut self, path: &Path<'_>) -> Read<u32> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code =
            code.ok_or_else(|| self.syntax(path, "four hexadecimal digits were expected after \\u"))?;
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self, path: &Path<'_>) -> Read<Value> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits(path)?;
        } else if self.peek().is_some_and(|b| b.is_ascii_digit()) {
            return Err(self.syntax(path, "a number begins with zero"));
        }
        let mut is_integer = true;
        if self.take(b'.') {
            is_integer = false;
            self.digits(path)?;
        }
        if self.take(b'e') || self.take(b'E') {
            is_integer = false;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits(path)?;
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        let number = if is_integer { integer(text) } else { double(text) };
        number.map(Value::Number).map_err(|kind| Fault::new(start, path, kind))
    }

    fn digits(&mut self, path: &Path<'_>) -> Read<()> {
        let rest = self.rest();
        let count = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        if count == 0 {
            return Err(self.syntax(path, "a digit was expected"));
        }
        self.at += count;
        Ok(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn fault(&self, path: &Path<'_>, kind: JsonErrorKind) -> Fault {
        Fault::new(self.at, path, kind)
    }

    fn syntax(&self, path: &Path<'_>, what: &'static str) -> Fault {
        self.fault(path, JsonErrorKind::Syntax(what))
    }
}

/// How many bytes stand for themselves before one that ends a string, begins an escape, or must not stand there.
fn plain_length(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | ..=0x1f);
    // Whole blocks without a branch for each byte, which the compiler turns into comparisons of many at once.
    let (blocks, _) = bytes.as_chunks::<16>();
    let plain =
        blocks.iter().take_while(|block| !block.iter().fold(false, |found, byte| found | ends(byte))).count()
            * 16;
    let rest = bytes.get(plain..).unwrap_or_default();
    plain + rest.iter().position(ends).unwrap_or(rest.len())
}

fn integer(text: &str) -> Result<Number, JsonErrorKind> {
    if text == "-0" {
        return double(text);
    }
    let value: Option<i64> = text.parse().ok();
    match value.filter(|value| value.unsigned_abs() <= MAX_INTEGER) {
        Some(value) => Ok(Number::from(value)),
        None => Err(JsonErrorKind::IntegerTooLarge(shortened(text))),
    }
}

fn double(text: &str) -> Result<Number, JsonErrorKind> {
    let value = text.parse::<f64>().ok().and_then(Number::from_f64);
    value.ok_or_else(|| JsonErrorKind::NumberTooLarge(shortened(text)))
}

fn shortened(text: &str) -> String {
    match text.get(..40) {
        Some(start) if text.len() > 40 => format!("{start}…"),
        _ => text.to_owned(),
    }
}
