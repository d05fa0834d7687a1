//! Text patterns, in time linear in the text.

use regex::{Regex, RegexBuilder};

use super::Unusable;

/// The longest pattern, in bytes.
const LONGEST: usize = 512;
/// The most memory a compiled pattern may take, in bytes, which bounds how many states it has; and what each byte of a text
/// then counts for, in steps.
const SIZES: [(usize, usize); 2] = [(24 << 10, 4), (512 << 10, 96)];

/// A compiled pattern, and the steps that each byte of a text counts for.
pub(super) struct Pattern(Regex, usize);

impl Pattern {
    /// The steps that compiling one counts for.
    pub(super) const COST: usize = 4_000;

    /// Compiles a pattern of the ECMA-262 kind, as far as it has a meaning that can be decided in linear time: no looking
    /// around, and no back references.
    pub(super) fn new(pattern: &str) -> Result<Self, Unusable> {
        if pattern.len() > LONGEST {
            return Err(Unusable::Pattern);
        }
        let pattern = translated(pattern);
        let built = SIZES.iter().find_map(|(memory, rate)| {
            let mut builder = RegexBuilder::new(&pattern);
            let compiled = builder.size_limit(*memory).dfa_size_limit(1 << 20).nest_limit(32).build();
            Some(Self(compiled.ok()?, *rate))
        });
        built.ok_or(Unusable::Pattern)
    }

    /// The steps that looking at a text counts for.
    pub(super) fn cost_of(&self, text: &str) -> usize {
        text.len().saturating_mul(self.1).saturating_add(8)
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// The same pattern in the words of our engine: digits and word characters are the ASCII ones, and characters that mean
/// something in a class only there are spelt out.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_class = false;
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('d') => out.push_str("[0-9]"),
                Some('D') => out.push_str("[^0-9]"),
                Some('w') => out.push_str("[0-9A-Za-z_]"),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some('b') if !in_class => out.push_str(r"(?-u:\b)"),
                Some('B') if !in_class => out.push_str(r"(?-u:\B)"),
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            '[' if in_class => out.push_str(r"\["),
            '&' | '~' if in_class => out.extend(['\\', c]),
            '[' => {
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            other => out.push(other),
        }
    }
    out
}
