//! The report as plain text for a terminal.

use std::fmt::Write as _;

use super::{Check, CheckOutcome, Outcome, Report, StatusState};

/// The report as text: verdict line, who, what and when, then each check with a mark. ANSI colours only where asked for.
pub fn render(report: &Report, colours: bool) -> String {
    let paint = Paint(colours);
    let mut out = String::new();
    let (mark, word, colour) = match report.outcome {
        Outcome::Valid => ("✓", "VALID", GREEN),
        Outcome::Invalid => ("✗", "NOT VALID", RED),
        Outcome::Unknown => ("?", "COULD NOT BE CHECKED", YELLOW),
    };
    line(&mut out, &paint.with(colour, &format!("{mark} {word}: {}", sentence(report))));
    line(&mut out, "");
    for (name, value) in facts(report) {
        line(&mut out, &format!("  {} {value}", paint.with(DIM, &format!("{name:<12}"))));
    }
    line(&mut out, "");
    for check in &report.checks {
        write_check(&mut out, &paint, check);
    }
    out
}

const RED: &str = "31;1";
const GREEN: &str = "32;1";
const YELLOW: &str = "33;1";
const DIM: &str = "2";

struct Paint(bool);

impl Paint {
    fn with(&self, colour: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

fn write_check(out: &mut String, paint: &Paint, check: &Check) {
    let (mark, colour) = match check.outcome {
        CheckOutcome::Passed => ("✓", GREEN),
        CheckOutcome::Failed => ("✗", RED),
        CheckOutcome::Warning => ("!", YELLOW),
        CheckOutcome::Skipped => ("-", DIM),
        CheckOutcome::Unknown => ("?", YELLOW),
    };
    line(out, &format!("  {} {:<12} {}", paint.with(colour, mark), check.id, check.detail));
    if matches!(check.outcome, CheckOutcome::Failed | CheckOutcome::Unknown) {
        let code = check.code.map(|code| format!("[{code}] ")).unwrap_or_default();
        line(out, &paint.with(DIM, &format!("                 {code}{}", check.spec)));
    }
}

/// The verdict in one sentence: the first thing that decides it.
fn sentence(report: &Report) -> String {
    let deciding = match report.outcome {
        Outcome::Valid => None,
        Outcome::Invalid => Some(CheckOutcome::Failed),
        Outcome::Unknown => Some(CheckOutcome::Unknown),
    };
    match deciding {
        None => "the badge is genuine and counts today.".into(),
        Some(outcome) => report
            .checks
            .iter()
            .find(|check| check.outcome == outcome)
            .map_or_else(|| "nothing could be examined.".into(), |check| check.detail.clone()),
    }
}

fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    let achievement = report.achievement.as_ref();
    add(
        "badge",
        achievement.and_then(|found| named(found.name.as_deref(), found.achievement_type.as_deref())),
    );
    add("issuer", report.issuer.as_ref().and_then(|found| named(found.name.as_deref(), Some(&found.id))));
    add("recipient", report.recipient.as_ref().and_then(recipient));
    let credential = report.credential.as_ref();
    add("from", credential.and_then(|found| found.valid_from).map(|moment| moment.to_string()));
    add("until", credential.and_then(|found| found.valid_until).map(|moment| moment.to_string()));
    add("status", Some(status(report)));
    add("format", report.format.map(|format| format.as_str().to_owned()));
    add("id", credential.and_then(|found| found.id.clone()));
    facts
}

fn named(name: Option<&str>, more: Option<&str>) -> Option<String> {
    match (name, more) {
        (Some(name), Some(more)) => Some(format!("{name} ({more})")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
        (None, None) => None,
    }
}

fn recipient(recipient: &super::RecipientView) -> Option<String> {
    let kinds = recipient.identified_by.join(", ");
    let kinds = (!kinds.is_empty()).then(|| format!("identified by {kinds}"));
    named(recipient.name.as_deref().or(recipient.id.as_deref()), kinds.as_deref())
}

fn status(report: &Report) -> String {
    let word = match report.status.state {
        StatusState::Active => "in force",
        StatusState::Revoked => "revoked",
        StatusState::Suspended => "suspended",
        StatusState::None => "the issuer publishes no status",
        StatusState::Unknown => "not known",
    };
    match &report.status.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word.to_owned(),
    }
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", text.trim_end());
}
