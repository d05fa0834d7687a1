//! The table of a run, and that of all figures beside what they have to reach.

use std::io::Write;

use crate::Outcome;
use crate::summary;
use crate::timing::Operation;

/// What the figures have to reach.
const TARGETS: [(&str, Target); 9] = [
    ("sign_rdfc_minimal", Target::AtMost(1.5)),
    ("sign_rdfc_full", Target::AtMost(5.0)),
    ("verify_rdfc_minimal", Target::AtMost(1.2)),
    ("verify_rdfc_full", Target::AtMost(3.0)),
    ("sign_jwt_eddsa", Target::AtMost(1.25)),
    ("sign_jwt_es256", Target::AtMost(1.3)),
    ("award_bulk_full", Target::AtMost(2.0)),
    ("canon_vs_jsonld_js", Target::AtLeast(100.0)),
    ("canon_vs_crates", Target::AtLeast(100.0)),
];

#[derive(Clone, Copy)]
enum Target {
    AtMost(f64),
    AtLeast(f64),
}

/// Prints what was timed, merges it into the summary, and prints the summary with the targets.
pub(crate) fn print(operations: &[Operation<'_>], rivals: &[(&str, f64)], recorded: bool) -> Outcome<()> {
    let figures = figures(operations, rivals);
    let mut out = std::io::stdout().lock();
    writeln!(out, "undisturbed batches, and their ratio to the bare operation over the same bytes")?;
    for (name, value, unit) in &figures {
        writeln!(out, "{name:28} {value:10.2} {unit}")?;
    }
    if recorded {
        let (path, summary) = summary::merge(&figures)?;
        writeln!(out, "\nall figures so far, of {}", path.display())?;
        for (name, figure) in &summary {
            let value = figure["value"].as_f64().unwrap_or_default();
            let unit = figure["unit"].as_str().unwrap_or_default();
            writeln!(out, "{name:28} {value:10.3} {unit:10} {}", verdict(name, value))?;
        }
        for (name, _) in TARGETS.iter().filter(|(name, _)| !summary.contains_key(*name)) {
            writeln!(out, "{name:28}          - not measured")?;
        }
    }
    Ok(())
}

/// Times in microseconds under their own names, and ratios under the names without the credential's where that is the full one
/// of a JWT, because tokens are compared by that one.
fn figures(operations: &[Operation<'_>], rivals: &[(&str, f64)]) -> Vec<(String, f64, &'static str)> {
    let time_of = |name: &str| operations.iter().find(|one| one.name == name).map(|one| one.undisturbed());
    let mut figures: Vec<_> =
        operations.iter().map(|one| (format!("{}_us", one.name), one.undisturbed(), "us")).collect();
    for operation in operations {
        let name = &operation.name;
        let Some((format, badge)) = name.rsplit_once('_') else { continue };
        let bare = operation.bare.and_then(|bare| time_of(&format!("{bare}_{badge}")));
        let Some(bare) = bare else { continue };
        let is_token = format.contains("jwt") && badge == "full";
        let name = if is_token { format.to_owned() } else { name.clone() };
        figures.push((name, operation.undisturbed() / bare, "ratio"));
    }
    for (name, theirs) in rivals {
        let Some(ours) = time_of("canonicalize_minimal") else { continue };
        figures.push((format!("{name}_us"), *theirs, "us"));
        figures.push(((*name).to_owned(), theirs / ours, "ratio"));
    }
    figures
}

fn verdict(name: &str, value: f64) -> String {
    let target = TARGETS.iter().find(|(target, _)| *target == name).map(|(_, target)| *target);
    let (met, words) = match target {
        None => return String::new(),
        Some(Target::AtMost(limit)) => (value <= limit, format!("at most {limit}")),
        Some(Target::AtLeast(limit)) => (value >= limit, format!("at least {limit}")),
    };
    format!("{words}{}", if met { "" } else { "  MISSED" })
}
