//! Puts the crates together: settings in, a ready office and examiner out.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use accolade_imaging::fonts::{self, FontError};
use accolade_issuing::{Office, OfficeParts};
use accolade_signing::MasterKey;
use accolade_store::Store;
use accolade_verifying::{EgressSettings, Examiner, ExaminerParts};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::system::{SystemClock, SystemEntropy};
use crate::{Failure, progress};

/// Opens the office with its database brought to the newest shape.
///
/// # Errors
/// A database that cannot be opened or migrated, a master key that cannot be read or does not fit the database.
pub(crate) fn office(config: &Config) -> Result<Office, Failure> {
    let store = migrated_store(config)?;
    let office = Office::open(OfficeParts {
        store,
        master_key: master_key(config)?,
        public_url: config.public_url.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    })
    .map_err(Failure::new)?;
    if let Some(secret) = &config.admin_key {
        office.provision_admin_key(secret).map_err(Failure::new)?;
    }
    Ok(office)
}

/// `accolade migrate`.
pub(crate) fn migrate(config: &Config) -> Result<ExitCode, Failure> {
    migrated_store(config)?;
    progress::say("The database has the newest shape.");
    Ok(ExitCode::SUCCESS)
}

/// Adds the fonts of `fonts_dir` to those that are built in. Before anything is drawn.
///
/// # Errors
/// A folder or file that cannot be read, a file that is no font, a folder without fonts: each by its name.
pub(crate) fn fonts(config: &Config) -> Result<(), Failure> {
    let Some(folder) = &config.fonts_dir else { return Ok(()) };
    let told = |path: &Path| path.display().to_string();
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::while_doing(&told(folder))(&error))?;
    let is_font = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_font).collect();
    // The first font that has a character draws it: the order must not be the file system's.
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::new(format!(
            "{}: there is no .ttf, .otf or .ttc file here (fonts_dir)",
            told(folder)
        )));
    }
    let read =
        |path: &PathBuf| std::fs::read(path).map_err(|error| Failure::while_doing(&told(path))(&error));
    let files = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    fonts::add(files).map_err(|error| {
        let which = match error {
            FontError::NotAFont { position } => paths.get(position),
            _ => None,
        };
        Failure::while_doing(&told(which.unwrap_or(folder)))(&error)
    })
}

/// An examiner; with `office`, documents under our own public URL are answered from the store.
pub(crate) fn examiner(config: &Config, office: Option<Office>) -> Result<Examiner, Failure> {
    Examiner::new(ExaminerParts {
        clock: Arc::new(SystemClock),
        egress: EgressSettings {
            allow_loopback_http: config.verify_allow_loopback_http,
            ..EgressSettings::default()
        },
        local: office.map(accolade_http::local_documents),
    })
    .map_err(Failure::new)
}

fn migrated_store(config: &Config) -> Result<Store, Failure> {
    make_private_folder(&config.data_dir)?;
    let store =
        Store::open(&config.database_url).map_err(|error| Failure::while_doing("the database")(&error))?;
    store.migrate().map_err(|error| Failure::while_doing("migrating the database")(&error))?;
    Ok(store)
}

fn make_private_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| Failure::while_doing(&folder.display().to_string())(&error))
}

/// Reads the master key, or makes it where there is none yet.
fn master_key(config: &Config) -> Result<MasterKey, Failure> {
    let path = &config.master_key_file;
    let told = path.display().to_string();
    match std::fs::read_to_string(path).map(Zeroizing::new) {
        Ok(text) => MasterKey::parse(&text).map_err(|error| Failure::while_doing(&told)(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = MasterKey::generate(&SystemEntropy);
            write_new(path, key.to_file_text().as_bytes())
                .map_err(|error| Failure::while_doing(&told)(&error))?;
            tracing::info!(file = %told, "made a new master key: back it up apart from the database");
            Ok(key)
        }
        Err(error) => Err(Failure::while_doing(&told)(&error)),
    }
}

/// Writes a file that only its owner may read, durably, and never over another.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
