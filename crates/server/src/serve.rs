//! `accolade serve`: the server, until it is told to stop.

use std::net::TcpListener;
use std::process::ExitCode;
use std::time::Duration;

use accolade_http::{AppState, Settings};
use accolade_issuing::Office;

use crate::config::Config;
use crate::{Failure, telemetry, wiring};

/// Serves until SIGTERM or Ctrl-C, then lets running requests end (10 seconds at most).
///
/// # Errors
/// Whatever keeps the server from starting, before it listens.
pub(crate) fn run(config: &Config) -> Result<ExitCode, Failure> {
    telemetry::start(config)?;
    wiring::fonts(config)?;
    let office = wiring::office(config)?;
    let listener = listen(config)?;
    tracing::info!(listen = %config.listen, public_url = %config.public_url, "serving");
    runtime()?.block_on(async {
        serve(config, office, listener, stop_asked()).await?;
        tracing::info!("stopped");
        Ok(ExitCode::SUCCESS)
    })
}

/// Serves `office` on `listener` until `stop` resolves.
pub(crate) async fn serve(
    config: &Config,
    office: Office,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let examiner = wiring::examiner(config, Some(office.clone()))?;
    let mut settings = Settings::new(&config.public_url);
    settings.verify_per_minute = config.verify_rate_per_minute;
    settings.tokens_per_minute = config.oauth_rate_per_minute;
    settings.behind_proxy = config.behind_proxy;
    let state = AppState::new(office.clone(), examiner, settings)
        .map_err(|error| Failure::while_doing("preparing the pages")(&error))?;
    let tidying = tokio::spawn(tidy(office.clone()));
    let following = tokio::spawn(follow_up(office));
    let served = accolade_http::serve(listener, state, stop).await;
    tidying.abort();
    following.abort();
    served.map_err(|error| Failure::while_doing("serving")(&error))
}

/// Draws the consequences of what happens, a second later at most: an award that is a part of others counts for them.
async fn follow_up(office: Office) {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        seconds.tick().await;
        loop {
            let office = office.clone();
            match tokio::task::spawn_blocking(move || office.follow_up()).await {
                Ok(Ok(told)) => {
                    for what in &told.put_off {
                        tracing::warn!(%what, "the consequences of this are drawn in a minute");
                    }
                    if told.messages == 0 {
                        break;
                    }
                }
                Ok(Err(error)) => {
                    tracing::warn!(%error, "what has happened could not be looked up; trying again in a second");
                    break;
                }
                Err(_) => break,
            }
        }
    }
}

/// Once an hour forgets what only had to be kept for a while.
async fn tidy(office: Office) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        let office = office.clone();
        match tokio::task::spawn_blocking(move || office.forget_old_replies()).await {
            Ok(Ok(0)) | Err(_) => {}
            Ok(Ok(count)) => tracing::info!(count, "forgot old replies under idempotency keys"),
            Ok(Err(error)) => {
                tracing::warn!(%error, "old replies could not be forgotten; trying again in an hour")
            }
        }
    }
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::new)
}

fn listen(config: &Config) -> Result<TcpListener, Failure> {
    TcpListener::bind(config.listen)
        .map_err(|error| Failure::new(format!("listening on {}: {error}", config.listen)))
}

/// Resolves on SIGTERM (a supervisor) or SIGINT (Ctrl-C).
pub(crate) async fn stop_asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without handlers the signals keep their default meaning: they end the process.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
