//! Canonicalises JSON-LD documents, one on each line of standard input; writes one line of JSON for each:
//! `{"text": …}` with the canonical N-Quads, or `{"code": …, "detail": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]

use std::io::{self, BufRead};

use accolade_linked_data::{Options, canonicalize, json};
use serde_json::{Value, json};

fn answer(line: &str) -> Value {
    match json::parse(line.as_bytes()) {
        Err(error) => json!({"code": error.kind.code(), "detail": error.to_string()}),
        Ok(document) => match canonicalize(&document, &Options::default()) {
            Ok(text) => json!({ "text": text }),
            Err(error) => json!({"code": error.code(), "detail": error.to_string()}),
        },
    }
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        println!("{}", answer(&line?));
    }
    Ok(())
}
