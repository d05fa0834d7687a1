//! `accolade archive`: what an issuer has published, as files.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use accolade_publishing::{ArchiveOrder, ArchiveProgress, Publishing, archive};

use crate::cli::ArchiveArgs;
use crate::config::Config;
use crate::{Failure, progress, wiring};

/// How often a person is told how far it has come.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// Writes the archive and says what came of it.
///
/// # Errors
/// An unknown issuer, a folder that holds other things, files that cannot be written, and what keeps the office from opening.
pub(crate) fn run(config: &Config, args: &ArchiveArgs) -> Result<ExitCode, Failure> {
    wiring::fonts(config)?;
    let publishing = Publishing::new(wiring::office(config)?).map_err(Failure::new)?;
    let order = ArchiveOrder {
        issuer: &args.issuer,
        folder: &args.out,
        certificates: !args.without_certificates,
        threads: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
    };
    let mut last = Instant::now();
    let summary = archive(&publishing, &order, &mut |so_far| {
        if last.elapsed() >= TELL_EVERY {
            progress::tell(&told(so_far));
            last = Instant::now();
        }
    })
    .map_err(Failure::new)?;
    progress::say(&format!(
        "The archive in {} is complete: {}; {} written, {} unchanged, {} taken away.\nREADME.txt in it says how to serve it.",
        args.out.display(),
        told(summary.total),
        summary.written,
        summary.unchanged,
        summary.removed
    ));
    Ok(ExitCode::SUCCESS)
}

fn told(progress: ArchiveProgress) -> String {
    let mebibytes = progress.bytes >> 20;
    format!("{} awards, {} files, {mebibytes} MiB", progress.awards, progress.files)
}
