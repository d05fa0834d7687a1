//! The migrations are embedded by a macro, which does not tell cargo of new files.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
