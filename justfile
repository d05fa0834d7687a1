# The project's verbs; CI runs the same ones. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

[private]
default:
    @just --list --unsorted

# Serve on 127.0.0.1:8080 from ./accolade-data, or whatever other command is given
run *arguments="serve":
    cargo run -p accolade -- {{ arguments }}

# Everything that is checked without running a badge: format, lints, rustdoc, the walls between the crates
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
    cargo test --workspace --test architecture

# The whole test suite; ACCOLADE_VECTORS leads to the published vectors
test *arguments:
    cargo test --workspace {{ arguments }}

# Write openapi/openapi.json from the router
openapi:
    cargo run --quiet -p accolade -- openapi > openapi/openapi.json.new
    mv openapi/openapi.json.new openapi/openapi.json

# The standards' own suites, vectors and examples only; ACCOLADE_VECTORS must lead to them
conformance:
    @: "${ACCOLADE_VECTORS:?set it to the folder of the published vectors and suites}"
    cargo test -p accolade-linked-data --tests
    cargo test -p accolade-core --test published
    cargo test -p accolade-signing --test cases vectors
    cargo test -p accolade-verifying --test examiner published

# Foreign software from npm and PyPI: `parts` compares the crates with it, `badges` lets it judge what the server awards
interop *which:
    ./interop/run {{ which }}

# A browser looks at every page, by eye, by keyboard and as an attacker's victim; foreign readers at every picture and certificate
browser *parts:
    ./interop/browser/run {{ parts }}

# The pictures in docs/images, of the pages as they are now
screenshots:
    ./interop/browser/run screenshots

# schemathesis asks the running server everything that openapi/openapi.json lets it ask, and finds nothing
fuzz-api *arguments:
    ./interop/api/run {{ arguments }}

# The benchmarks of what README and docs/speed.md promise, with a table; the figures also go to target/bench/summary.json
bench:
    rm -f target/bench/summary.json
    ./interop/install npm
    cargo build --quiet --locked --release --manifest-path crates/linked-data/rivals/Cargo.toml --target-dir target/rivals
    cargo bench -p accolade-tests --bench public_get
    cargo bench -p accolade-tests --bench rendering
    cargo bench -p accolade-tests --bench awards
    cargo bench -p accolade-tests --bench earning
    cargo bench -p accolade-tests --bench verification
    cargo bench -p accolade-tests --bench verification_memory
    cargo bench -p accolade-signing --bench proofs

# Machine instructions of the hot paths under valgrind: `compare` (± 3 %) with crates/signing/examples/counts.json, or `write` it
counts verb="compare":
    cargo run --quiet --release -p accolade-signing --example counts -- {{ verb }}
