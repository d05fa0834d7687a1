//! Structured logs on standard error.

use tracing_subscriber::EnvFilter;

use crate::Failure;
use crate::config::{Config, LogFormat};

/// Starts logging as the settings say.
///
/// # Errors
/// A filter that cannot be read.
pub(crate) fn start(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log_filter).map_err(|error| {
        Failure::new(format!("log.filter: {:?} cannot be read: {error}", config.log_filter))
    })?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        // Colours would put escape sequences into files that people grep.
        LogFormat::Text => lines.with_ansi(false).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}
