//! Completions as a table: CSV ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) in, an order for each row out.

use accolade_issuing::{Fault, IdentityKind};
use csv::{ByteRecord, ReaderBuilder, Trim};
use serde_json::{Map, Value};

use crate::input::unknown_column;

/// Rows of a table.
pub(crate) const MOST_ROWS: usize = 10_000;

/// A row: where it begins, and the order it makes.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    /// The line of the file, from 1; the head is on the first.
    pub(crate) line: u64,
    /// `{"learner": {…}, "requirement": …}`, as one order in JSON; or what is wrong with the row.
    pub(crate) order: Result<Value, Vec<Fault>>,
}

/// What a column holds.
#[derive(Clone, Copy)]
enum Cell {
    /// A member of the learner.
    Learner,
    /// A text of the completion.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// The address of the one piece of evidence.
    Evidence,
}

/// The columns beside what a learner is known by: their name, the member they fill, and what they hold.
const COLUMNS: [(&str, &str, Cell); 12] = [
    ("learnerExternalId", "externalId", Cell::Learner),
    ("name", "name", Cell::Learner),
    ("requirement", "requirement", Cell::Text),
    ("at", "at", Cell::Text),
    ("source", "source", Cell::Text),
    ("success", "success", Cell::Flag),
    ("score", "score", Cell::Number),
    ("level", "level", Cell::Text),
    ("hours", "hours", Cell::Number),
    ("evidence", "id", Cell::Evidence),
    ("vouchedBy", "vouchedBy", Cell::Text),
    ("externalId", "externalId", Cell::Text),
];

/// Every column of a table.
pub(crate) fn columns() -> Vec<&'static str> {
    let people = ["email", "did", "url", "phone"].into_iter().chain(IdentityKind::OTHERS.iter().copied());
    people.chain(COLUMNS.iter().map(|(column, ..)| *column)).collect()
}

/// Reads a table: its head names the columns, in any order; an empty cell says nothing. Commas, semicolons or tabs part the
/// cells, whichever the head has.
///
/// # Errors
/// What is wrong with the table as a whole: its head, or too many rows.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Row>, Vec<Fault>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(bytes);
    let mut records = reader.byte_records();
    let head = records.next().and_then(Result::ok).ok_or_else(|| {
        vec![Fault::new("", "empty", "the first line names the columns, such as email,requirement,score")]
    })?;
    let head = read_head(&head)?;
    let (mut rows, mut lines) = (Vec::new(), Lines { bytes, at: 0, line: 1 });
    for record in records {
        let record = record.map_err(|why| vec![Fault::new("", "unreadable", why.to_string())])?;
        if rows.len() == MOST_ROWS {
            return Err(vec![Fault::new("", "too_many", format!("a table has at most {MOST_ROWS} rows"))]);
        }
        rows.push(Row { line: lines.of(&record), order: read_row(&head, &record) });
    }
    Ok(rows)
}

/// On which line a record begins. The reader's own count stands before the line ends and gaps that it skips.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// Of records in their order.
    fn of(&mut self, record: &ByteRecord) -> u64 {
        let start =
            record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let gap = self.bytes.iter().skip(start).take_while(|byte| is_end(byte)).count();
        let passed = self.bytes.get(self.at..start + gap).unwrap_or_default();
        let mut before = b' ';
        for byte in passed {
            // A return and a feed after it are one end.
            if is_end(byte) && !(*byte == b'\n' && before == b'\r') {
                self.line += 1;
            }
            before = *byte;
        }
        self.at = start + gap;
        self.line
    }
}

/// What parts the cells: the first of these that stands in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let head = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    head.iter().copied().find(|byte| matches!(byte, b',' | b';' | b'\t')).unwrap_or(b',')
}

/// The names of the columns, each known and there once.
fn read_head(record: &ByteRecord) -> Result<Vec<&'static str>, Vec<Fault>> {
    let known = columns();
    let mut head: Vec<&'static str> = Vec::new();
    let mut faults = Vec::new();
    for cell in record {
        let name = String::from_utf8_lossy(cell);
        match known.iter().find(|known| **known == name) {
            Some(name) if head.contains(name) => {
                faults.push(Fault::new("", "repeated", format!("there are two columns {name:?}")));
            }
            Some(name) => head.push(name),
            None => faults.push(unknown_column(&name, &known)),
        }
    }
    if !head.contains(&"requirement") {
        let detail = "a column `requirement` is wanted: which requirement was met";
        faults.push(Fault::new("", "required", detail));
    }
    if faults.is_empty() { Ok(head) } else { Err(faults) }
}

fn read_row(head: &[&'static str], record: &ByteRecord) -> Result<Value, Vec<Fault>> {
    if record.len() != head.len() {
        let detail = format!("the line has {} cells, the first line {}", record.len(), head.len());
        return Err(vec![Fault::new("", "cells", detail)]);
    }
    let (mut order, mut learner, mut faults) = (Map::new(), Map::new(), Vec::new());
    for (column, cell) in head.iter().zip(record) {
        let Ok(text) = std::str::from_utf8(cell) else {
            faults.push(Fault::new(format!("/{column}"), "encoding", "this is not UTF-8"));
            continue;
        };
        if text.is_empty() {
            continue;
        }
        let (member, kind) = COLUMNS
            .iter()
            .find(|(name, ..)| name == column)
            .map_or((*column, Cell::Learner), |(_, member, kind)| (*member, *kind));
        match kind {
            Cell::Learner => _ = learner.insert(member.to_owned(), text.into()),
            Cell::Text => _ = order.insert(member.to_owned(), text.into()),
            Cell::Evidence => {
                let evidence = Map::from_iter([(member.to_owned(), Value::from(text))]);
                order.insert("evidence".to_owned(), Value::from(vec![Value::Object(evidence)]));
            }
            Cell::Number | Cell::Flag => match typed(kind, text) {
                Ok(value) => _ = order.insert(member.to_owned(), value),
                Err(detail) => faults.push(Fault::new(format!("/{column}"), "wrong_type", detail)),
            },
        }
    }
    order.insert("learner".to_owned(), Value::Object(learner));
    if faults.is_empty() { Ok(Value::Object(order)) } else { Err(faults) }
}

fn typed(kind: Cell, text: &str) -> Result<Value, &'static str> {
    match kind {
        Cell::Flag if text.eq_ignore_ascii_case("true") => Ok(true.into()),
        Cell::Flag if text.eq_ignore_ascii_case("false") => Ok(false.into()),
        Cell::Flag => Err("this is true or false"),
        _ => {
            // The numbers of JSON: no `inf`, no `+1`, no decimal comma.
            let number = serde_json::from_str::<serde_json::Number>(text);
            number.map(Value::Number).map_err(|_| "this is a number with a point, such as 87.5")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn orders(text: &str) -> Vec<(u64, Value)> {
        read(text.as_bytes()).unwrap().into_iter().map(|row| (row.line, row.order.unwrap())).collect()
    }

    fn rules(bytes: &[u8]) -> Vec<String> {
        read(bytes).unwrap_err().into_iter().map(|fault| fault.rule).collect()
    }

    #[test]
    fn a_row_is_an_order() {
        let text = "email,name,requirement,score,success,at,evidence,externalId\r\n\
            ana@example.org,\"Ruiz, Ana\",exam,87.5,TRUE,2026-11-23T10:00:00Z,https://example.org/w,9\r\n\
            bo@example.org,,talk,,,,,\r\n";
        let ana = json!({
            "learner": {"email": "ana@example.org", "name": "Ruiz, Ana"}, "requirement": "exam", "score": 87.5, "success": true,
            "at": "2026-11-23T10:00:00Z", "evidence": [{"id": "https://example.org/w"}], "externalId": "9"
        });
        let bo = json!({"learner": {"email": "bo@example.org"}, "requirement": "talk"});
        assert_eq!(orders(text), [(2, ana), (3, bo)]);
    }

    #[test]
    fn lines_are_those_of_the_file_also_where_a_cell_or_a_gap_has_several() {
        let text =
            "\u{feff}requirement;learnerExternalId;vouchedBy\n\na;1;\"two\nlines\"\n\n# no comment;2;\n";
        let lines: Vec<u64> = orders(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [3, 6]);
        assert_eq!(
            orders("userName\trequirement\r7\ta\r")[0],
            (2, json!({"learner": {"userName": "7"}, "requirement": "a"}))
        );
    }

    #[test]
    fn a_bad_row_is_named_and_the_others_stand() {
        let text = b"email,requirement,score,success\n\
            a@example.org,a,\"8,5\",ja\nb@example.org,a\n\xff,a,1,true\nd@example.org,a,1,true\n";
        let rows = read(text).unwrap();
        let told: Vec<(u64, Vec<(&str, &str)>)> = rows
            .iter()
            .map(|row| {
                let faults = row.order.as_ref().err().into_iter().flatten();
                (row.line, faults.map(|fault| (fault.pointer.as_str(), fault.rule.as_str())).collect())
            })
            .collect();
        let wanted = [
            (2, vec![("/score", "wrong_type"), ("/success", "wrong_type")]),
            (3, vec![("", "cells")]),
            (4, vec![("/email", "encoding")]),
            (5, vec![]),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["87", "87.5", "0", "-1", "1e2"] {
            assert!(typed(Cell::Number, text).is_ok(), "{text}");
        }
        for text in ["+1", "inf", "NaN", "087", "8_7", "87%", "87,5", ".5", "1e999x", "٨٧"] {
            assert!(typed(Cell::Number, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_table_without_a_good_head_is_none() {
        assert_eq!(rules(b""), ["empty"]);
        assert_eq!(rules(b"\n\n"), ["empty"]);
        assert_eq!(rules(b"emial,requirement\n"), ["unknown_member"]);
        assert_eq!(rules(b"email,email\n"), ["repeated", "required"]);
        let hint = read(b"emial,requirement\n").unwrap_err();
        assert!(hint[0].detail.contains("\"email\""), "{hint:?}");
    }

    #[test]
    fn a_table_has_ten_thousand_rows_at_most() {
        let table = |rows: usize| "email,requirement\n".to_owned() + &"a@example.org,a\n".repeat(rows);
        assert_eq!(read(table(MOST_ROWS).as_bytes()).unwrap().len(), MOST_ROWS);
        assert_eq!(rules(table(MOST_ROWS + 1).as_bytes()), ["too_many"]);
    }
}
