//! Writes what each target begins with to `corpus/<target>`: its own seeds, and what earlier runs have found worth keeping.

#[path = "properties/mod.rs"]
mod properties;

use std::fs;
use std::path::Path;

use properties::targets;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in targets() {
        let corpus = folder.join("corpus").join(target.name);
        fs::create_dir_all(&corpus)?;
        for (name, bytes) in (target.seeds)() {
            fs::write(corpus.join(name), bytes)?;
        }
        let Ok(kept) = fs::read_dir(folder.join("kept").join(target.name)) else { continue };
        for file in kept {
            let file = file?;
            fs::copy(file.path(), corpus.join(file.file_name()))?;
        }
    }
    Ok(())
}
