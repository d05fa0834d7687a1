//! Strict JSON: what two readers could understand differently is refused at the door.
//!
//! A signature covers what a reader understood. Where JSON leaves room (which of two equal members counts, what half a
//! surrogate pair is, how an integer of twenty digits is rounded), two honest readers can see different documents under one
//! signature. [I-JSON](https://www.rfc-editor.org/rfc/rfc7493) closes that room; this reader accepts nothing else.

mod reader;

use serde_json::Value;
use thiserror::Error;

use crate::path::Path;
use reader::Reader;

/// Levels of nesting allowed.
pub const MAX_DEPTH: u32 = 128;
/// So many bytes of a limited text go to one array or object.
const BYTES_OF_PART: usize = 64;

/// The largest integer that every JSON reader keeps: 2^53.
pub const MAX_INTEGER: u64 = 1 << 53;

/// Reads one JSON document, and nothing after it.
///
/// Refused besides bad syntax: duplicate members, lone surrogates, the character U+0000, integers beyond ±2^53,
/// numbers beyond the range of a double, a byte order mark, invalid UTF-8, more than [`MAX_DEPTH`] levels.
///
/// ```
/// use accolade_linked_data::json;
/// let error = json::parse(br#"{"name": "A", "issuer": {"id": "x", "id": "y"}}"#).unwrap_err();
/// assert_eq!(error.kind.code(), "duplicate_member");
/// assert_eq!(error.pointer, "/issuer/id");
/// assert_eq!((error.line, error.column), (1, 37));
/// ```
///
/// # Errors
/// [`JsonError`] tells what is wrong, and where.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    parse_parts(bytes, usize::MAX)
}

fn parse_parts(bytes: &[u8], most_parts: usize) -> Result<Value, JsonError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let read = bytes.get(..error.valid_up_to()).unwrap_or_default();
            return Err(JsonError::at(read, error.valid_up_to(), String::new(), JsonErrorKind::InvalidUtf8));
        }
    };
    let mut reader = Reader::new(text, most_parts);
    reader.document().map_err(|fault| JsonError::at(bytes, fault.at, fault.pointer, fault.kind))
}

/// [`parse`] with a limit on the size of the text, in bytes, and so on the memory that it takes once read: seven bytes of
/// text can be an object of half a kilobyte, so no more than one array or object is taken for each 64 bytes of the limit.
///
/// # Errors
/// As for [`parse`], and [`JsonErrorKind::TooLarge`] or [`JsonErrorKind::TooManyParts`].
pub fn parse_limited(bytes: &[u8], max_bytes: usize) -> Result<Value, JsonError> {
    if bytes.len() > max_bytes {
        return Err(JsonError::at(&[], 0, String::new(), JsonErrorKind::TooLarge { limit: max_bytes }));
    }
    parse_parts(bytes, max_bytes / BYTES_OF_PART)
}

/// Why a text is not acceptable JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} (line {line}, column {column}{})", place(pointer))]
pub struct JsonError {
    /// JSON Pointer (RFC 6901) of the value being read; empty for the document itself.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: JsonErrorKind,
}

fn place(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(", at {pointer}") }
}

impl JsonError {
    /// A stable name for programs, see [`JsonErrorKind::code`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    fn at(bytes: &[u8], offset: usize, pointer: String, kind: JsonErrorKind) -> Self {
        let before = bytes.get(..offset).unwrap_or(bytes);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        // Bytes that go on with a character do not count.
        let column = 1 + before.iter().skip(start).filter(|byte| **byte & 0xc0 != 0x80).count();
        Self { pointer, line, column, kind }
    }
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// Not JSON at all.
    #[error("this is not JSON: {0}")]
    Syntax(&'static str),
    /// More bytes than allowed.
    #[error("the text is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// More arrays and objects than allowed.
    #[error("the text has more than {limit} arrays and objects")]
    TooManyParts {
        /// How many are allowed.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("the text is not valid UTF-8")]
    InvalidUtf8,
    /// A byte order mark before the document.
    #[error("the text begins with a byte order mark; JSON has none")]
    ByteOrderMark,
    /// Something follows the document.
    #[error("something follows after the end of the document")]
    TrailingData,
    /// More levels than [`MAX_DEPTH`].
    #[error("arrays and objects are nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
    /// Two members of one object have the same name.
    #[error("the member \"{0}\" occurs twice in one object")]
    DuplicateMember(String),
    /// Half of a UTF-16 surrogate pair.
    #[error("a \\u escape is half of a surrogate pair; there is no such character")]
    LoneSurrogate,
    /// The character U+0000, which databases and other programs cut text at.
    #[error("the character U+0000 is not allowed in text")]
    NulCharacter,
    /// An integer that not every reader keeps exactly.
    #[error("the integer {0} is beyond 2^53, where readers begin to round; write it as a string")]
    IntegerTooLarge(String),
    /// A number beyond the range of a double.
    #[error("the number {0} is too large")]
    NumberTooLarge(String),
}

impl JsonErrorKind {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "invalid_json",
            Self::TooLarge { .. } | Self::TooManyParts { .. } => "too_large",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::ByteOrderMark => "byte_order_mark",
            Self::TrailingData => "trailing_data",
            Self::TooDeep => "too_deep",
            Self::DuplicateMember(_) => "duplicate_member",
            Self::LoneSurrogate => "lone_surrogate",
            Self::NulCharacter => "nul_character",
            Self::IntegerTooLarge(_) => "integer_too_large",
            Self::NumberTooLarge(_) => "number_too_large",
        }
    }
}

/// A fault as the reader meets it, before line and column are counted.
#[derive(Debug)]
struct Fault {
    at: usize,
    pointer: String,
    kind: JsonErrorKind,
}

impl Fault {
    fn new(at: usize, path: &Path<'_>, kind: JsonErrorKind) -> Self {
        Self { at, pointer: path.pointer(), kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(text: &str) -> JsonError {
        parse(text.as_bytes()).expect_err(text)
    }

    #[test]
    fn ordinary_json_is_read_as_serde_reads_it() {
        for text in [
            "null",
            " true ",
            "[]",
            "{}",
            "\"\"",
            "0",
            "-0",
            "-0.0",
            "1.5e3",
            "1E-7",
            "9007199254740992",
            "-9007199254740992",
            "0.1",
            "1e308",
            "1e-400",
            r#"{"a":[1,{"b":null}],"c":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"}"#,
            "[1 , 2\n,\t3\r]",
            r#"{"":""}"#,
        ] {
            let expected: Value = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text.as_bytes()).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            " ",
            "nul",
            "truE",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":}",
            "[1 2]",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u12",
            "\"a\nb\"",
            "\"\u{1}\"",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "1e+",
            "0x10",
            "NaN",
            "Infinity",
            "-Infinity",
            "'a'",
            "/* */ 1",
            "[",
            "{",
            "]",
            "{\"a\"",
            "\u{a0}1",
            "1e5.2",
        ] {
            let error = refusal(text);
            assert!(
                matches!(error.kind, JsonErrorKind::Syntax(_) | JsonErrorKind::TrailingData),
                "{text}: {error:?}"
            );
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        }
    }

    fn assert_refused(cases: &[(&str, &str, &str)]) {
        for (text, code, pointer) in cases {
            let error = refusal(text);
            assert_eq!((error.kind.code(), error.pointer.as_str()), (*code, *pointer), "{text}: {error}");
        }
    }

    /// CAN-10.
    #[test]
    fn a_member_that_occurs_twice_is_refused_at_any_depth() {
        assert_refused(&[
            (r#"{"a":1,"a":1}"#, "duplicate_member", "/a"),
            (r#"{"a":1,"\u0061":2}"#, "duplicate_member", "/a"),
            (r#"[{"x":{"b":1,"c":2,"b":3}}]"#, "duplicate_member", "/0/x/b"),
            (r#"{"a/b":{"~":1,"~":2}}"#, "duplicate_member", "/a~1b/~0"),
        ]);
    }

    /// CAN-12.
    #[test]
    fn numbers_that_readers_round_in_their_own_ways_are_refused() {
        assert_refused(&[
            ("9007199254740993", "integer_too_large", ""),
            ("[-9007199254740993]", "integer_too_large", "/0"),
            ("123456789012345678901234567890", "integer_too_large", ""),
            (r#"{"n":1e400}"#, "number_too_large", "/n"),
            ("-1e999", "number_too_large", ""),
        ]);
    }

    #[test]
    fn what_is_no_character_is_refused() {
        assert_refused(&[
            (r#"{"name":"\ud800"}"#, "lone_surrogate", "/name"),
            (r#"["\udc00\ud800"]"#, "lone_surrogate", "/0"),
            (r#"["\ud83dx"]"#, "lone_surrogate", "/0"),
            (r#"["\ud83d\u0041"]"#, "lone_surrogate", "/0"),
            (r#"{"\ud800":1}"#, "lone_surrogate", ""),
            (r#"{"name":"a\u0000b"}"#, "nul_character", "/name"),
        ]);
        assert_eq!(parse(b"\"\xff\"").unwrap_err().kind.code(), "invalid_utf8");
        assert_eq!(parse(b"\"\xed\xa0\x80\"").unwrap_err().kind.code(), "invalid_utf8");
    }

    #[test]
    fn nothing_stands_before_or_after_the_document() {
        assert_refused(&[
            ("\u{feff}{}", "byte_order_mark", ""),
            ("{} {}", "trailing_data", ""),
            ("1 2", "trailing_data", ""),
        ]);
    }

    /// CAN-6.
    #[test]
    fn a_hundred_and_twenty_eight_levels_are_read_and_one_more_is_not() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(nested(128).as_bytes()).is_ok());
        assert_eq!(refusal(&nested(129)).kind, JsonErrorKind::TooDeep);
        assert_eq!(refusal(&"[".repeat(1_000_000)).kind, JsonErrorKind::TooDeep);
        assert_eq!(refusal(&"{\"a\":".repeat(500)).kind, JsonErrorKind::TooDeep);
    }

    /// Every text one byte away from a sound one: what we read serde reads alike, and what only serde reads is refused for a reason
    /// that is not syntax.
    #[test]
    fn spoiled_texts_are_read_as_serde_reads_them_or_refused() {
        let sound = r#"{"a":[1,-0.5e1,true,null,"\u00e9\n\ud83d\ude00"],"b":{"a":"é"},"c":12}"#.as_bytes();
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for at in 0..sound.len() {
            for byte in br#"{}[]",:\u0e-+.1atn 9d"#.iter().chain(&[0, 0x0a, 0x1f, 0x7f, 0xc3, 0xff]) {
                let mut replaced = sound.to_vec();
                replaced[at] = *byte;
                let mut inserted = sound.to_vec();
                inserted.insert(at, *byte);
                texts.extend([replaced, inserted]);
            }
            let mut removed = sound.to_vec();
            removed.remove(at);
            texts.extend([removed, sound[..at].to_vec()]);
        }
        for text in texts {
            let shown = String::from_utf8_lossy(&text).into_owned();
            match (parse(&text), serde_json::from_slice::<Value>(&text)) {
                (Ok(ours), theirs) => assert_eq!(Some(ours), theirs.ok(), "{shown}"),
                (Err(error), Ok(_)) => {
                    assert!(!matches!(error.kind, JsonErrorKind::Syntax(_)), "{shown}: {error}")
                }
                (Err(_), Err(_)) => {}
            }
        }
    }

    #[test]
    fn an_error_tells_line_column_and_place() {
        let error = refusal("{\n  \"é\": 1,\n  \"é\": 2\n}");
        assert_eq!((error.line, error.column), (3, 3));
        assert_eq!(
            error.to_string(),
            "the member \"é\" occurs twice in one object (line 3, column 3, at /é)"
        );
        assert_eq!(parse_limited(b"[1]", 2).unwrap_err().kind, JsonErrorKind::TooLarge { limit: 2 });
        assert_eq!(parse_limited(b"[1]", 64).unwrap(), json!([1]));
        let many = format!("[{}[]]", "{},".repeat(14));
        assert_eq!(parse_limited(many.as_bytes(), 16 * 64).unwrap().as_array().map(Vec::len), Some(15));
        assert_eq!(
            parse_limited(many.as_bytes(), 15 * 64).unwrap_err().kind,
            JsonErrorKind::TooManyParts { limit: 15 }
        );
    }
}
