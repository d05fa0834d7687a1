//! `accolade verify`: any badge in, the report out.

use std::io::Read as _;
use std::process::ExitCode;

use accolade_verifying::{Expectations, Outcome, Report, Submission, report};

use crate::cli::VerifyArgs;
use crate::config::Config;
use crate::{Failure, progress, serve, wiring};

/// More than any badge needs; a larger file is refused before it is read whole.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Verifies and prints; exit 0 valid, 1 not valid, 2 could not be checked.
///
/// # Errors
/// A file that cannot be read.
pub(crate) fn run(args: &VerifyArgs) -> Result<ExitCode, Failure> {
    let mut config = Config::with(&[]).map_err(Failure::new)?;
    config.verify_allow_loopback_http = args.allow_loopback_http;
    let submission = submission(&args.badge)?;
    let mut expectations = Expectations::default();
    expectations.recipient.clone_from(&args.recipient);
    expectations.challenge.clone_from(&args.challenge);
    expectations.domain.clone_from(&args.domain);
    let report = serve::runtime()?.block_on(async {
        Ok::<Report, Failure>(
            wiring::examiner(&config, None)?.verify_expecting(submission, &expectations).await,
        )
    })?;
    if args.json {
        progress::say(&serde_json::to_string_pretty(&report).map_err(Failure::new)?);
    } else {
        progress::say(report::text::render(&report, progress::colours()).trim_end());
    }
    Ok(exit_code(report.outcome))
}

/// What a script reads of a report.
pub(crate) fn exit_code(outcome: Outcome) -> ExitCode {
    ExitCode::from(match outcome {
        Outcome::Valid => 0,
        Outcome::Invalid => 1,
        Outcome::Unknown => 2,
    })
}

fn submission(badge: &str) -> Result<Submission, Failure> {
    if badge.starts_with("https://") || badge.starts_with("http://") {
        return Ok(Submission::Url(badge.to_owned()));
    }
    let mut bytes = Vec::new();
    let read = if badge == "-" {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(badge).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::while_doing(badge)(&error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(Failure::new(format!("{badge}: larger than 8 MiB, which no badge is")));
    }
    Ok(Submission::from_bytes(bytes))
}
