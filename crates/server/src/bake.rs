//! `accolade bake` and `accolade unbake`: a credential into an image, and out of it or out of a PDF.

use std::path::Path;
use std::process::ExitCode;

use accolade_baking::Version;
use serde_json::Value;

use crate::cli::{BadgeVersion, BakeArgs, UnbakeArgs};
use crate::{Failure, progress};

/// Writes the baked image.
///
/// # Errors
/// Files that cannot be read or written, an image that is neither PNG nor SVG or is broken, a credential whose version
/// cannot be told.
pub(crate) fn bake(args: &BakeArgs) -> Result<ExitCode, Failure> {
    let image = read(&args.image)?;
    let credential = String::from_utf8(read(&args.credential)?)
        .map_err(|_| Failure::new(format!("{}: not UTF-8 text", args.credential.display())))?;
    let version = match args.version {
        Some(BadgeVersion::V2) => Version::V2,
        Some(BadgeVersion::V3) => Version::V3,
        None => version_of(credential.trim())?,
    };
    let baked = accolade_baking::bake(&image, version, credential.trim())
        .map_err(|error| Failure::while_doing(&args.image.display().to_string())(&error))?;
    std::fs::write(&args.out, baked)
        .map_err(|error| Failure::while_doing(&args.out.display().to_string())(&error))?;
    progress::tell(&format!("{} now holds the credential.", args.out.display()));
    Ok(ExitCode::SUCCESS)
}

/// Prints each credential found, one after the other.
///
/// # Errors
/// A file that cannot be read, is neither image nor PDF, or holds no credential.
pub(crate) fn unbake(args: &UnbakeArgs) -> Result<ExitCode, Failure> {
    let told = args.image.display().to_string();
    let file = read(&args.image)?;
    let found: Vec<String> = if accolade_baking::pdf::is_pdf(&file) {
        accolade_baking::pdf::attachments(&file).map_err(|error| Failure::while_doing(&told)(&error))?
    } else {
        let baked = accolade_baking::unbake(&file).map_err(|error| Failure::while_doing(&told)(&error))?;
        baked.into_iter().map(|baked| baked.text).collect()
    };
    if found.is_empty() {
        return Err(Failure::new(format!("{told}: there is no credential in this file")));
    }
    found.iter().for_each(|credential| progress::say(credential));
    Ok(ExitCode::SUCCESS)
}

/// OB 3.0 says so in its type; an OB 2.0 Assertion, plain or signed, has none of those types.
fn version_of(credential: &str) -> Result<Version, Failure> {
    let value = if credential.starts_with('{') {
        accolade_linked_data::json::parse(credential.as_bytes()).map_err(Failure::new)?
    } else {
        accolade_signing::jws::parse(credential)
            .and_then(|jws| jws.payload_json())
            .map(Value::Object)
            .map_err(Failure::new)?
    };
    let types = value.get("type").map_or_else(String::new, ToString::to_string);
    if types.contains("\"VerifiableCredential\"") {
        Ok(Version::V3)
    } else if types.contains("\"Assertion\"") {
        Ok(Version::V2)
    } else {
        Err(Failure::new(
            "this is neither an OB 3.0 credential nor an OB 2.0 Assertion; --version says which it is",
        ))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::while_doing(&path.display().to_string())(&error))
}
