//! The properties of every fuzz target, over what the fuzzer has kept, the seeds, and some hundred changed ones. It is no
//! fuzzing, but it needs no nightly compiler and always does the same.

mod changes;

use std::path::{Path, PathBuf};

use crate::properties::dice::Dice;
use crate::properties::{Target, targets};

/// The property of that target, over all it begins with and so many changes of it.
fn holds(name: &str, changed: usize) {
    let Target { seeds, hold_for, .. } = targets().into_iter().find(|target| target.name == name).unwrap();
    let mut beginnings: Vec<Vec<u8>> = seeds().into_iter().map(|(_, bytes)| bytes).collect();
    beginnings.extend(kept(name).iter().map(|file| std::fs::read(file).unwrap()));
    for bytes in &beginnings {
        hold_for(bytes);
    }
    let mut dice = Dice::new(0x9E37_79B9_7F4A_7C15);
    for turn in 0..changed {
        let mut bytes = beginnings[turn % beginnings.len()].clone();
        for _ in 0..=dice.roll(3) {
            let other = &beginnings[dice.roll(beginnings.len())];
            bytes = changes::change(&bytes, other, &mut dice);
        }
        hold_for(&bytes);
    }
}

/// What earlier runs of the fuzzer have found worth keeping, the mended findings among it.
fn kept(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/kept").join(name);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    files.sort();
    files
}

#[test]
fn a_token_is_read_in_one_way_or_refused() {
    holds("jws", 1_500);
}

#[test]
fn a_document_has_one_canonical_form_or_is_refused() {
    holds("json_ld", 2_500);
}

#[test]
fn a_dataset_has_one_canonical_form_whatever_its_blank_nodes_are_called() {
    holds("rdfc", 150);
}

#[test]
fn what_is_baked_into_a_png_comes_out_again() {
    holds("png", 2_000);
}

#[test]
fn what_is_attached_to_a_pdf_comes_out_and_nothing_else() {
    holds("pdf", 2_000);
}

#[test]
fn what_is_baked_into_an_svg_comes_out_again() {
    holds("svg", 1_000);
}

#[test]
fn a_status_list_is_read_as_its_bits_stand_or_refused() {
    holds("status_list", 1_000);
}

#[test]
fn nothing_but_what_the_school_awarded_is_valid() {
    holds("verify", 300);
}

#[test]
fn a_stranger_speaks_only_for_himself() {
    holds("stranger", 200);
}

#[test]
fn every_target_has_a_test_here() {
    let names: Vec<&str> = targets().iter().map(|target| target.name).collect();
    let source = include_str!("smoke.rs");
    for name in names {
        assert!(source.contains(&format!("holds(\"{name}\"")), "{name}");
    }
}
