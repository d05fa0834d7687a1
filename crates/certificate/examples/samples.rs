//! Draws the samples of the tests into a folder, to be looked at: `cargo run -p accolade-certificate --example samples DIR`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("where to?")?);
    std::fs::create_dir_all(&folder)?;
    for sample in samples::all(Box::leak(Box::new(samples::badge()?))) {
        let rendered = accolade_certificate::render(&sample.certificate)?;
        std::fs::write(folder.join(sample.name).with_extension("pdf"), rendered.bytes)?;
    }
    Ok(())
}
