//! Canonicalises JSON-LD documents, one on each line of standard input; writes one line of JSON for each:
//! `{"text": …}` with the canonical N-Quads, or `{"code": …, "detail": …}`. With the argument `expand` it is `{"expanded": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]

use std::io::{self, BufRead};

use accolade_linked_data::{Error, Options, canonicalize, expand, json};
use serde_json::{Value, json};

fn answer(line: &str, read: impl Fn(&Value) -> Result<Value, Error>) -> Value {
    match json::parse(line.as_bytes()) {
        Err(error) => json!({"code": error.kind.code(), "detail": error.to_string()}),
        Ok(document) => {
            read(&document).unwrap_or_else(|error| json!({"code": error.code(), "detail": error.to_string()}))
        }
    }
}

fn main() -> io::Result<()> {
    let expands = std::env::args().nth(1).is_some_and(|argument| argument == "expand");
    let options = Options::default();
    for line in io::stdin().lock().lines() {
        let answer = answer(&line?, |document| {
            if expands {
                Ok(json!({"expanded": expand(document, &options)?}))
            } else {
                Ok(json!({"text": canonicalize(document, &options)?}))
            }
        });
        println!("{answer}");
    }
    Ok(())
}
