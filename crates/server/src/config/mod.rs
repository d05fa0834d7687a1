//! The settings: what they are ([`settings`]), where they come from ([`sources`]), and their checked, typed form.

mod settings;
mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

pub(crate) use settings::reference;
use settings::{SETTINGS, Setting};

/// The checked settings of one run.
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    /// Where the world reaches this server: scheme, host, port and an optional path, without a final slash.
    pub(crate) public_url: String,
    /// Whether `X-Forwarded-For` is written by a proxy of our own.
    pub(crate) behind_proxy: bool,
    pub(crate) database_url: String,
    pub(crate) data_dir: PathBuf,
    pub(crate) master_key_file: PathBuf,
    pub(crate) admin_key: Option<Zeroizing<String>>,
    /// Fonts beside those that are built in.
    pub(crate) fonts_dir: Option<PathBuf>,
    pub(crate) log_format: LogFormat,
    pub(crate) log_filter: String,
    pub(crate) verify_allow_loopback_http: bool,
    pub(crate) verify_rate_per_minute: u32,
    pub(crate) oauth_rate_per_minute: u32,
    shown: Vec<(&'static str, String)>,
}

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// All that is wrong with the settings, each with its place.
#[derive(Debug)]
pub(crate) struct Faults(Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings cannot be used:")?;
        for fault in &self.0 {
            write!(f, "\n  - {fault}")?;
        }
        write!(f, "\n`accolade config --reference` explains every setting.")
    }
}

impl Config {
    /// Reads `file` (or `accolade.toml` of this folder, where it exists), then the `ACCOLADE_…` variables over it.
    ///
    /// # Errors
    /// Every fault at once, each with its file and line or its variable.
    pub(crate) fn load(file: Option<&Path>) -> Result<Config, Faults> {
        let mut faults = Vec::new();
        let mut values = sources::from_file(file, &mut faults);
        values.extend(sources::from_environment(std::env::vars_os(), &mut faults));
        Config::from_values(&values, faults)
    }

    /// The defaults with some settings given by a command, such as `accolade demo`.
    pub(crate) fn with(values: &[(&'static str, String)]) -> Result<Config, Faults> {
        let values = values
            .iter()
            .map(|(key, value)| (*key, sources::Given { value: value.clone(), place: format!("--{key}") }))
            .collect();
        Config::from_values(&values, Vec::new())
    }

    fn from_values(
        given: &BTreeMap<&'static str, sources::Given>,
        mut faults: Vec<String>,
    ) -> Result<Config, Faults> {
        for (key, given) in given {
            if let Some(Err(fault)) = settings::find(key).map(|setting| (setting.check)(&given.value)) {
                faults.push(format!("{}: {fault}", given.place));
            }
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let data_dir = given.get("data_dir").map_or("accolade-data", |given| given.value.as_str()).to_owned();
        let value = |key: &str| -> String {
            given.get(key).map_or_else(
                || settings::find(key).map_or_else(String::new, |setting| setting.default_in(&data_dir)),
                |given| given.value.clone(),
            )
        };
        let shown =
            SETTINGS.iter().map(|setting| (setting.key, shown(setting, &value(setting.key)))).collect();
        // Every value was checked above; a parse that fails here would be a setting whose check is too weak.
        let parsed = |key: &'static str| Faults(vec![format!("{key}: {:?} cannot be used", value(key))]);
        Ok(Config {
            listen: value("listen").parse().map_err(|_| parsed("listen"))?,
            public_url: value("public_url").trim_end_matches('/').to_owned(),
            behind_proxy: value("behind_proxy") == "true",
            database_url: value("database_url"),
            master_key_file: PathBuf::from(value("master_key_file")),
            admin_key: Some(value("admin_key")).filter(|key| !key.is_empty()).map(Zeroizing::new),
            fonts_dir: Some(value("fonts_dir")).filter(|folder| !folder.is_empty()).map(PathBuf::from),
            log_format: if value("log.format") == "json" { LogFormat::Json } else { LogFormat::Text },
            log_filter: value("log.filter"),
            verify_allow_loopback_http: value("verify.allow_loopback_http") == "true",
            verify_rate_per_minute: value("verify.rate_per_minute")
                .parse()
                .map_err(|_| parsed("verify.rate_per_minute"))?,
            oauth_rate_per_minute: value("oauth.rate_per_minute")
                .parse()
                .map_err(|_| parsed("oauth.rate_per_minute"))?,
            data_dir: PathBuf::from(data_dir),
            shown,
        })
    }
}

/// The settings in force, secrets and passwords left out.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.shown.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        f.write_str(&lines.join("\n"))
    }
}

fn shown(setting: &Setting, value: &str) -> String {
    match (value.is_empty(), setting.secret) {
        (true, _) => "(not set)".to_owned(),
        (false, true) => "(set, not shown)".to_owned(),
        (false, false) => without_password(value),
    }
}

/// `postgres://user:secret@host/db` → `postgres://user:…@host/db`.
fn without_password(value: &str) -> String {
    match url::Url::parse(value) {
        Ok(mut url) if url.password().is_some() => {
            let _ = url.set_password(Some("…"));
            url.to_string().replace("%E2%80%A6", "…")
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&'static str, &str)]) -> Result<Config, Faults> {
        Config::with(&pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn the_database_and_the_master_key_live_in_the_data_folder_unless_told_otherwise() {
        let config = given(&[("data_dir", "/srv/badges")]).unwrap();
        assert_eq!(config.database_url, "sqlite:/srv/badges/accolade.db");
        assert_eq!(config.master_key_file, PathBuf::from("/srv/badges/master.key"));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = given(&[("listen", "8080"), ("public_url", "badges.example"), ("log.format", "xml")]);
        let told = faults.err().unwrap().to_string();
        for part in ["--listen", "--public_url", "--log.format"] {
            assert!(told.contains(part), "{part} is missing in {told}");
        }
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let config = given(&[
            ("admin_key", "acc_0123456789abcdef0123456789abcdef"),
            ("database_url", "postgres://badges:hunter2@db/badges"),
        ])
        .unwrap();
        let told = config.to_string();
        assert!(!told.contains("0123456789") && !told.contains("hunter2"), "{told}");
        assert!(told.contains("postgres://badges:…@db/badges"), "{told}");
    }

    #[test]
    fn a_final_slash_of_the_public_url_is_dropped() {
        assert_eq!(given(&[("public_url", "https://b.example/")]).unwrap().public_url, "https://b.example");
    }
}
