//! Writes JSON documents, one on each line of standard input, in canonical form (RFC 8785); writes one line of JSON for each:
//! `{"text": …}`, or `{"code": …, "detail": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]

use std::io::{self, BufRead};

use accolade_linked_data::{jcs, json};
use serde_json::{Value, json};

fn answer(line: &str) -> Value {
    match json::parse(line.as_bytes()) {
        Ok(document) => json!({ "text": jcs::canonicalize(&document) }),
        Err(error) => json!({"code": error.kind.code(), "detail": error.to_string()}),
    }
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        println!("{}", answer(&line?));
    }
    Ok(())
}
