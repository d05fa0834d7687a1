#![doc = include_str!("../README.md")]

mod api_key;
mod archive;
mod bake;
mod cli;
mod config;
mod demo;
mod progress;
mod serve;
mod signing_key;
mod system;
mod telemetry;
mod verify;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command, ConfigArgs};
use crate::config::Config;

/// Why a command could not do its work: one sentence per line, for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(what: impl std::fmt::Display) -> Self {
        Failure(what.to_string())
    }

    /// `doing` in words, then the cause: `opening accolade.db: permission denied`.
    pub(crate) fn while_doing(doing: &str) -> impl FnOnce(&dyn std::fmt::Display) -> Failure + '_ {
        move |cause| Failure(format!("{doing}: {cause}"))
    }
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(failure) => {
            progress::complain(&failure.to_string());
            // 2 is "could not be done", so that `verify` can keep 1 for "not valid".
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Failure> {
    match cli.command {
        Command::Demo(args) => demo::run(args),
        Command::Serve(args) => serve::run(&load(&args)?),
        Command::Verify(args) => verify::run(&args),
        Command::Bake(args) => bake::bake(&args),
        Command::Unbake(args) => bake::unbake(&args),
        Command::ApiKey(args) => api_key::run(&load(&args.config)?, args.verb),
        Command::SigningKey(args) => signing_key::run(&load(&args.config)?, args.verb),
        Command::Archive(args) => archive::run(&load(&args.config)?, &args),
        Command::Migrate(args) => wiring::migrate(&load(&args)?),
        Command::Config(args) => config_command(&args),
        Command::Openapi => openapi(),
    }
}

fn load(args: &ConfigArgs) -> Result<Config, Failure> {
    Config::load(args.config.as_deref()).map_err(Failure::new)
}

fn config_command(args: &cli::ConfigCommand) -> Result<ExitCode, Failure> {
    if args.reference {
        progress::say(&config::reference());
        return Ok(ExitCode::SUCCESS);
    }
    let config = load(&args.file)?;
    progress::say(&format!("The configuration is good.\n\n{config}"));
    Ok(ExitCode::SUCCESS)
}

fn openapi() -> Result<ExitCode, Failure> {
    progress::say(accolade_http::openapi_json().trim_end());
    Ok(ExitCode::SUCCESS)
}
