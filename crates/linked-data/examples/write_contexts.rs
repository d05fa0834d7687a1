//! Writes the built-in contexts anew from the published ones: `ACCOLADE_VECTORS=… cargo run --example write_contexts`.
//!
//! What is written is a table of what each context defines, not its text.
#![allow(clippy::print_stdout, reason = "a program for the shell")]

#[path = "../tests/support/published.rs"]
mod published;

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use accolade_linked_data::{ContextLoader, Options, contexts, json};
use serde_json::{Value, json};

/// Answers with the published files.
struct Published {
    vectors: String,
}

impl ContextLoader for Published {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        let (_, file, _) = published::PUBLISHED.iter().find(|(known, ..)| *known == url)?;
        let bytes = std::fs::read(Path::new(&self.vectors).join(file)).ok()?;
        json::parse(&bytes).ok().map(Arc::new)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let loader = Published { vectors: std::env::var("ACCOLADE_VECTORS")? };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contexts");
    let options = Options { loader: Some(&loader), ..Options::default() };
    let published = published::PUBLISHED.iter().map(|(url, _, ours)| (*url, *ours));
    // What was written by hand is brought into the normal form.
    for (url, ours) in published.chain(published::WRITTEN) {
        let document = match loader.load(url) {
            Some(document) => document,
            None => Arc::new(json::parse(&std::fs::read(folder.join(ours))?)?),
        };
        let context = document.get("@context").ok_or("no @context")?;
        let normal = contexts::normal_form(context, &options)?;
        let mut text = serde_json::to_string_pretty(&json!({ "@context": normal }))?;
        text.push('\n');
        println!("{url} {}", text.len());
        std::fs::write(folder.join(ours), text)?;
    }
    Ok(())
}
