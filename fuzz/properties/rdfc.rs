//! Datasets: as N-Quads text, and built from bytes so that most of them are hard to label.

use std::fmt::Write as _;

use accolade_linked_data::{Budget, Canonical, HashAlgorithm, NQuadsError, canonicalize_nquads};

use super::dice::Dice;

/// So little that a hard dataset is given up soon.
const BUDGET: Budget =
    Budget { nodes: 4_000, depth: 128, quads: 400, blank_nodes: 64, graphs: 16, bytes: 1 << 20, work: 8_000 };
/// Enough for whatever kept to the other, in another order.
const AMPLE: Budget = Budget {
    nodes: 1_000_000,
    depth: 1_000,
    quads: 1_000_000,
    blank_nodes: 1_000_000,
    graphs: 1_000,
    bytes: u32::MAX,
    work: 4_000_000,
};

/// Reads the bytes both ways.
pub(crate) fn hold_for(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        one_dataset(text);
    }
    one_dataset(&dataset_of(bytes));
}

/// The texts to begin with: graphs whose nodes look alike.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let edge = |from: usize, to: usize| format!("_:b{from} <urn:p> _:b{to} .\n");
    let clique: String =
        (0..5).flat_map(|a| (0..5).filter(move |b| a != *b).map(move |b| edge(a, b))).collect();
    let ring: String = (0..8).map(|at| edge(at, (at + 1) % 8)).collect();
    let pairs: String = (0..6).map(|at| edge(2 * at, 2 * at + 1)).collect();
    let graphs = "_:a <urn:p> \"x\"@en _:g .\n_:b <urn:p> \"y\\u0007\"^^<urn:t> _:g .\n<urn:s> <urn:q> _:b <urn:g> .\n# end\n";
    let bytes: Vec<u8> = (0..60_u8).map(|at| at.wrapping_mul(37)).collect();
    [("clique", clique.into_bytes()), ("ring", ring.into_bytes()), ("pairs", pairs.into_bytes())]
        .into_iter()
        .chain([("graphs", graphs.as_bytes().to_vec()), ("bytes", bytes)])
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect()
}

/// Three bytes are a quad: many blank nodes, few of everything else.
fn dataset_of(bytes: &[u8]) -> String {
    let mut text = String::new();
    for quad in bytes.chunks_exact(3).take(120) {
        let [subject, rest, object] = [quad[0], quad[1], quad[2]];
        let subject = resource(subject);
        let object = if object >= 0xF0 { format!("\"{}\"", object & 3) } else { resource(object) };
        let graph = match rest >> 2 & 7 {
            number @ 0..=2 => format!("_:n{number} "),
            3 => "<urn:g> ".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(text, "{subject} <urn:p{}> {object} {graph}.", rest & 3);
    }
    text
}

fn resource(byte: u8) -> String {
    if byte & 0x80 == 0 { format!("_:n{}", byte & 0x0F) } else { format!("<urn:s{}>", byte & 1) }
}

fn one_dataset(text: &str) {
    let outcome = canonicalize_nquads(text, HashAlgorithm::Sha256, BUDGET);
    assert_eq!(canonicalize_nquads(text, HashAlgorithm::Sha256, BUDGET), outcome, "the same twice");
    let Ok(canonical) = outcome else { return };
    assert_eq!(ample(&canonical.text).text, canonical.text, "canonical N-Quads are their own canonical form");
    let mut dice = Dice::new(u64::try_from(text.len()).unwrap() * 0x9E37_79B9);
    for _ in 0..2 {
        let other = relabelled(&canonical, &mut dice);
        assert_eq!(ample(&other).text, canonical.text, "of the same dataset with other labels:\n{other}");
    }
    the_budget_is_exact(text);
}

fn ample(text: &str) -> Canonical {
    canonicalize_nquads(text, HashAlgorithm::Sha256, AMPLE).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

/// The same dataset: its lines in another order, its blank nodes by other names.
fn relabelled(canonical: &Canonical, dice: &mut Dice) -> String {
    let mut names: Vec<usize> = (0..canonical.labels.len()).collect();
    dice.shuffle(&mut names);
    let mut lines: Vec<String> = canonical.text.lines().map(|line| renamed(line, &names)).collect();
    dice.shuffle(&mut lines);
    lines.join("\n")
}

/// `_:c14n<number>` outside of literals, by its new name.
fn renamed(line: &str, names: &[usize]) -> String {
    let (mut out, mut rest, mut in_literal, mut is_escaped) = (String::new(), line, false, false);
    while let Some(character) = rest.chars().next() {
        if !in_literal && let Some(label) = rest.strip_prefix("_:c14n") {
            let end = label.find(|c: char| !c.is_ascii_digit()).unwrap_or(label.len());
            let number: usize = label[..end].parse().unwrap();
            let _ = write!(out, "_:x{}", names[number]);
            rest = &label[end..];
            continue;
        }
        in_literal ^= character == '"' && !is_escaped;
        is_escaped = in_literal && character == '\\' && !is_escaped;
        out.push(character);
        rest = &rest[character.len_utf8()..];
    }
    out
}

/// The least work that does is one number, found again on the second search.
fn the_budget_is_exact(text: &str) {
    let does = |work: u32| match canonicalize_nquads(text, HashAlgorithm::Sha256, Budget { work, ..BUDGET }) {
        Ok(_) => true,
        Err(NQuadsError::Refused(_)) => false,
        Err(error) => panic!("{error}"),
    };
    let least = || {
        let (mut too_little, mut enough) = (None, BUDGET.work);
        while too_little.map_or(enough > 0, |little| enough - little > 1) {
            let middle = too_little.map_or(enough / 2, |little: u32| little + (enough - little) / 2);
            if does(middle) { enough = middle } else { too_little = Some(middle) }
        }
        enough
    };
    let found = least();
    assert_eq!(least(), found, "the same work on every run");
}
