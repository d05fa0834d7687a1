//! The command line: words and help, no behaviour.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Issues, serves and verifies Open Badges 2.0 and 3.0.
///
/// Start with `accolade demo`: it needs no set-up, makes an issuer, a micro-credential and an award, prints every
/// public link and what a verifier says of the badge.
#[derive(Parser)]
#[command(name = "accolade", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Try it: an issuer, a micro-credential, an award and its verification, with no set-up at all
    Demo(DemoArgs),
    /// Run the server; its database is migrated first, and SIGTERM drains it within 10 seconds
    Serve(ConfigArgs),
    /// Check any badge: a file (JSON, JWT, PNG, SVG, PDF), a URL, or `-` for standard input
    ///
    /// Exits 0 when the badge is valid, 1 when it is not, 2 when it could not be checked.
    Verify(VerifyArgs),
    /// Put a credential into a PNG or SVG image
    ///
    /// The picture itself is left as it is. A credential of the same version that was in it is replaced, one of the other
    /// version stays: an image can hold an award as Open Badges 3.0 and as 2.0.
    Bake(BakeArgs),
    /// Take the credential out of a baked PNG or SVG image, or a PDF
    ///
    /// Prints what it finds, one after the other: an image can hold an award as Open Badges 3.0 and as 2.0.
    Unbake(UnbakeArgs),
    /// Create, list and revoke the keys that callers of the API present
    ApiKey(ApiKeyArgs),
    /// List an issuer's signing keys, and rotate, retire or declare them compromised
    SigningKey(SigningKeyArgs),
    /// Write everything an issuer has published as files that any web server can serve, so that its badges outlive this server
    ///
    /// Documents in every form, pages in every language, pictures, keys, status lists: DIR/site has a file for each,
    /// DIR/manifest.json tells which file answers which path, and DIR/nginx.conf and DIR/Caddyfile make a web server answer as this
    /// one does. The server may be running or not; only its settings and its database are needed.
    ///
    /// The badges hold the public URL of this server, so the archive must be served under the same address: keep the domain.
    /// Awards that are private have their locked page only, erased ones say that they are gone.
    ///
    /// Run the command again to bring an archive up to date: files that did not change stay as they are, and what must no longer be
    /// there is taken away. It may be stopped and run again at any time.
    #[command(
        after_help = "Example:\n  accolade archive --issuer 0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10 --out /srv/badges\n  caddy run --config /srv/badges/Caddyfile"
    )]
    Archive(ArchiveArgs),
    /// Bring the database to the newest shape and stop
    Migrate(ConfigArgs),
    /// Show every setting, or check a configuration without starting anything
    Config(ConfigCommand),
    /// Print the OpenAPI document of the API
    Openapi,
}

#[derive(Args)]
pub(crate) struct ConfigArgs {
    /// The settings file; without it `accolade.toml` of this folder is read where it exists
    #[arg(long, value_name = "FILE", env = "ACCOLADE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// Keep the demo's database and keys in this folder (default: a temporary one, gone afterwards)
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Where to serve the badge (default: 127.0.0.1:8080, or a free port where that is taken)
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<std::net::SocketAddr>,
    /// Stop after the verification: exit 0 when the award verified
    #[arg(long)]
    pub(crate) once: bool,
}

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// A file, an https URL, or `-` for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) badge: String,
    /// Print the whole report as JSON, for machines
    #[arg(long)]
    pub(crate) json: bool,
    /// Also check that it was awarded to this e-mail address, DID or other identifier
    #[arg(long, value_name = "IDENTITY")]
    pub(crate) recipient: Option<String>,
    /// Of a presentation: also check that it answers this challenge (of a token: its nonce)
    #[arg(long, value_name = "TEXT")]
    pub(crate) challenge: Option<String>,
    /// Of a presentation: also check that it was made for this domain (of a token: its audience)
    #[arg(long, value_name = "TEXT")]
    pub(crate) domain: Vec<String>,
    /// Also follow http:// links to this machine (for development only)
    #[arg(long)]
    pub(crate) allow_loopback_http: bool,
}

#[derive(Args)]
pub(crate) struct BakeArgs {
    /// The image: PNG or SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) image: PathBuf,
    /// The credential: OB 3.0 JSON or VC-JWT, or an OB 2.0 Assertion or its JWS
    #[arg(long, value_name = "FILE")]
    pub(crate) credential: PathBuf,
    /// Where to write the baked image
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Which Open Badges version the credential is of (default: read from the credential)
    #[arg(long, value_enum)]
    pub(crate) version: Option<BadgeVersion>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum BadgeVersion {
    /// Open Badges 2.0
    #[value(name = "2.0")]
    V2,
    /// Open Badges 3.0
    #[value(name = "3.0")]
    V3,
}

#[derive(Args)]
pub(crate) struct UnbakeArgs {
    /// The baked image, PNG or SVG, or a PDF with an attached credential
    #[arg(value_name = "IMAGE")]
    pub(crate) image: PathBuf,
}

#[derive(Args)]
pub(crate) struct ApiKeyArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(subcommand)]
    pub(crate) verb: ApiKeyVerb,
}

#[derive(Subcommand)]
pub(crate) enum ApiKeyVerb {
    /// Make a key; its secret is shown this once
    Create {
        /// What the key is for, such as "Moodle"
        #[arg(long)]
        name: String,
        /// What it may do: admin, issuers:read, issuers:write, achievements:read, achievements:write,
        /// credentials:read, credentials:award, credentials:revoke, enrolments:read, enrolments:write, events:write
        #[arg(long, value_delimiter = ',', required = true)]
        scope: Vec<String>,
        /// Only for this issuer (its id); without it, for all
        #[arg(long, value_name = "ID")]
        issuer: Option<String>,
    },
    /// List all keys, never their secrets
    List,
    /// Make a key useless at once
    Revoke {
        /// The key's id, as `list` shows it
        id: String,
    },
}

#[derive(Args)]
pub(crate) struct SigningKeyArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(subcommand)]
    pub(crate) verb: SigningKeyVerb,
}

#[derive(Subcommand)]
pub(crate) enum SigningKeyVerb {
    /// List an issuer's keys, with what each is for and its state
    List {
        /// The issuer's id
        #[arg(long, value_name = "ID")]
        issuer: String,
    },
    /// Make new keys for an issuer; the old ones stay published, so that what they signed still verifies
    Rotate {
        /// The issuer's id
        #[arg(long, value_name = "ID")]
        issuer: String,
        /// Only keys of this purpose: assertion-proof, p256-proof, p384-proof, jwt or badge-v2 (default: all in use)
        #[arg(long)]
        purpose: Option<String>,
    },
    /// Sign no more with a key; what it signed still verifies
    Retire {
        /// The issuer's id
        #[arg(long, value_name = "ID")]
        issuer: String,
        /// The key's id, as `list` shows it
        key: String,
    },
    /// Declare a key compromised: it leaves the issuer's documents, and what it signed no longer verifies
    Compromise {
        /// The issuer's id
        #[arg(long, value_name = "ID")]
        issuer: String,
        /// The key's id, as `list` shows it
        key: String,
    },
}

#[derive(Args)]
pub(crate) struct ArchiveArgs {
    /// The issuer's id, as `GET /v1/issuers` shows it
    #[arg(long, value_name = "ID")]
    pub(crate) issuer: String,
    /// The folder: a new one, an empty one, or an earlier archive of the same issuer
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Draw no PDF certificates; they take most of the time and room
    #[arg(long)]
    pub(crate) without_certificates: bool,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Args)]
pub(crate) struct ConfigCommand {
    /// Print every setting with its meaning, default and variable
    #[arg(long, conflicts_with = "check")]
    pub(crate) reference: bool,
    /// Check the settings and print them, secrets left out (the default)
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) file: ConfigArgs,
}
