//! The report as plain text for a terminal.

use std::fmt::Write as _;

use super::{Check, CheckOutcome, Format, Outcome, Report, StatusState};

/// The report as text: verdict line, who, what and when, then each check with a mark; what a presentation or a learner's
/// record holds follows in the same form, moved to the right. ANSI colours only where asked for.
pub fn render(report: &Report, colours: bool) -> String {
    let mut out = String::new();
    write_report(&mut out, &Paint(colours), report, "");
    out
}

fn write_report(out: &mut String, paint: &Paint, report: &Report, indent: &str) {
    let (mark, word, colour) = match report.outcome {
        Outcome::Valid => ("✓", "VALID", GREEN),
        Outcome::Invalid => ("✗", "NOT VALID", RED),
        Outcome::Unknown => ("?", "COULD NOT BE CHECKED", YELLOW),
    };
    let verdict = paint.with(colour, &format!("{mark} {word}: {}", sentence(report)));
    line(out, &format!("{indent}{verdict}"));
    line(out, "");
    for (name, value) in facts(report) {
        line(out, &format!("{indent}  {} {value}", paint.with(DIM, &format!("{name:<12}"))));
    }
    line(out, "");
    for check in &report.checks {
        write_check(out, paint, check, indent);
    }
    let inner = format!("{indent}    ");
    for (index, credential) in report.credentials.iter().enumerate() {
        line(out, "");
        let heading = format!("{} of {}", index + 1, report.credentials.len());
        line(out, &format!("{inner}{}", paint.with(DIM, &heading)));
        write_report(out, paint, credential, &inner);
    }
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

fn write_check(out: &mut String, paint: &Paint, check: &Check, indent: &str) {
    let (mark, colour) = match check.outcome {
        CheckOutcome::Passed => ("✓", GREEN),
        CheckOutcome::Failed => ("✗", RED),
        CheckOutcome::Warning => ("!", YELLOW),
        CheckOutcome::Skipped => ("-", DIM),
        CheckOutcome::Unknown => ("?", YELLOW),
    };
    line(out, &format!("{indent}  {} {:<12} {}", paint.with(colour, mark), check.id, check.detail));
    if matches!(check.outcome, CheckOutcome::Failed | CheckOutcome::Unknown) {
        let code = check.code.map(|code| format!("[{code}] ")).unwrap_or_default();
        line(out, &format!("{indent}                 {}", paint.with(DIM, &format!("{code}{}", check.spec))));
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
        None => good(report).into(),
        Some(outcome) => report
            .checks
            .iter()
            .find(|check| check.outcome == outcome)
            .map_or_else(|| "nothing could be examined.".into(), |check| check.detail.clone()),
    }
}

/// What a good report says, of whatever was examined.
fn good(report: &Report) -> &'static str {
    let is_proven = !report.checks.iter().any(|check| check.code == Some("no_proof"));
    match report.format {
        Some(Format::V3Presentation | Format::V3PresentationJwt) if is_proven => {
            "the presentation is genuine, and so is everything in it."
        }
        Some(Format::V3Presentation | Format::V3PresentationJwt) => {
            "everything in the presentation is genuine; who presents it has not proven to be the holder."
        }
        Some(Format::V3Clr) => "the learner's record is genuine, and so is everything in it.",
        Some(Format::V3Endorsement) => "the endorsement is genuine and counts today.",
        Some(Format::Credential) => "the credential is genuine and counts today.",
        _ => "the badge is genuine and counts today.",
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
    add("name", credential.filter(|_| achievement.is_none()).and_then(|found| found.name.clone()));
    let inside = report.credentials.len();
    add(
        "holds",
        (inside > 0)
            .then(|| if inside == 1 { "1 credential".to_owned() } else { format!("{inside} credentials") }),
    );
    add("from", credential.and_then(|found| found.valid_from).map(|moment| moment.to_string()));
    add("until", credential.and_then(|found| found.valid_until).map(|moment| moment.to_string()));
    let is_presentation = matches!(report.format, Some(Format::V3Presentation | Format::V3PresentationJwt));
    add("status", (!is_presentation).then(|| status(report)));
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
