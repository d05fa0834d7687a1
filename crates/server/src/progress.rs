//! The one place that writes to the terminal: results to standard output, everything else to standard error.

use std::io::{IsTerminal as _, Write as _};

/// Prints a result. A closed pipe (`accolade openapi | head`) is the reader's choice, not an error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints what is going on, for a person, on standard error.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints why something failed.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "error: {line}");
}

/// Colours are for terminals whose owner did not opt out (<https://no-color.org>).
pub(crate) fn colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
