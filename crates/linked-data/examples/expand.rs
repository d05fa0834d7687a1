//! Expands JSON-LD documents, one on each line of standard input; writes one line of JSON for each:
//! `{"expanded": …}`, or `{"code": …, "detail": …}`.
#![allow(clippy::print_stdout, reason = "a program for the shell")]

use std::io::{self, BufRead};

use accolade_linked_data::{Options, expand, json};
use serde_json::{Value, json};

fn answer(line: &str) -> Value {
    match json::parse(line.as_bytes()) {
        Err(error) => json!({"code": error.kind.code(), "detail": error.to_string()}),
        Ok(document) => match expand(&document, &Options::default()) {
            Ok(expanded) => json!({ "expanded": expanded }),
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
