//! What holds for any bytes, whoever wrote them: one file per target. The fuzzer and an ordinary test
//! (`tests/tests/hostile`) share this folder.
#![allow(dead_code, reason = "each target of the fuzzer takes its own part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what does not hold ends the run"
)]

pub(crate) mod dice;
pub(crate) mod json_ld;
pub(crate) mod jws;
pub(crate) mod pdf;
pub(crate) mod png;
pub(crate) mod rdfc;
pub(crate) mod status_list;
pub(crate) mod stranger;
pub(crate) mod svg;
pub(crate) mod verify;
pub(crate) mod world;

/// A target: its name, what it begins with, and what must hold.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) seeds: fn() -> Vec<(String, Vec<u8>)>,
    pub(crate) hold_for: fn(&[u8]),
}

/// All of them.
pub(crate) fn targets() -> [Target; 9] {
    [
        Target { name: "jws", seeds: jws::seeds, hold_for: jws::hold_for },
        Target { name: "json_ld", seeds: json_ld::seeds, hold_for: json_ld::hold_for },
        Target { name: "rdfc", seeds: rdfc::seeds, hold_for: rdfc::hold_for },
        Target { name: "png", seeds: png::seeds, hold_for: png::hold_for },
        Target { name: "pdf", seeds: pdf::seeds, hold_for: pdf::hold_for },
        Target { name: "svg", seeds: svg::seeds, hold_for: svg::hold_for },
        Target { name: "status_list", seeds: status_list::seeds, hold_for: status_list::hold_for },
        Target { name: "verify", seeds: verify::seeds, hold_for: verify::hold_for },
        Target { name: "stranger", seeds: stranger::seeds, hold_for: stranger::hold_for },
    ]
}
