//! `accolade demo`: one learner through the whole house, with no set-up.

mod walk;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;

use accolade_issuing::{Caller, NewIssuer, Office};
use accolade_verifying::{Outcome, Report, Submission, report};
use serde_json::Value;

use crate::cli::DemoArgs;
use crate::config::Config;
use crate::{Failure, progress, serve, verify, wiring};

const ISSUER: &str = include_str!("issuer.json");

/// Makes an issuer and a micro-credential, leads a learner from the enrolment to the award, serves it all, and verifies the award
/// as a stranger would: over HTTP, by its link. Serves on until Ctrl-C, or with `--once` stops with the verdict as its exit code.
///
/// # Errors
/// Whatever keeps the demo from running; a badge that is not valid is a verdict, not an error.
pub(crate) fn run(args: DemoArgs) -> Result<ExitCode, Failure> {
    let folder = Folder::new(args.data)?;
    let listener = listen(args.listen)?;
    let address = listener.local_addr().map_err(Failure::new)?;
    let mut config = Config::with(&[
        ("data_dir", folder.path.display().to_string()),
        ("listen", address.to_string()),
        ("public_url", format!("http://{address}")),
    ])
    .map_err(Failure::new)?;
    // The stranger of this demo lives on the same machine as the issuer.
    config.verify_allow_loopback_http = true;
    progress::tell("Making keys (Ed25519, P-256, RSA-2048), an issuer and a micro-credential …");
    let office = wiring::office(&config)?;
    let badge = one_award(&office)?;
    serve::runtime()?.block_on(show(&config, office, &badge, listener, args.once))
}

/// Serves and verifies at the same time: the examiner asks the server as anyone would.
async fn show(
    config: &Config,
    office: Office,
    badge: &Badge,
    listener: TcpListener,
    once: bool,
) -> Result<ExitCode, Failure> {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = serve::serve(config, office, listener, async {
        let _ = stopped.await;
    });
    let showing = async {
        let stranger = wiring::examiner(config, None)?;
        let report = stranger.verify(Submission::Url(badge.credential.clone())).await;
        progress::say(&page(badge, &report));
        if !once && report.outcome == Outcome::Valid {
            progress::tell("Serving until Ctrl-C.");
            serve::stop_asked().await;
        }
        let _ = stop.send(());
        Ok::<_, Failure>(verify::exit_code(report.outcome))
    };
    let (served, code) = tokio::join!(serving, showing);
    served.and(code)
}

/// What the demo has made, as links.
struct Badge {
    /// What the stranger is given.
    credential: String,
    /// All that the public can open, in the order to be shown.
    links: Vec<(&'static str, String)>,
}

/// A new issuer each time: what an earlier run on the same data made is left as it is.
fn one_award(office: &Office) -> Result<Badge, Failure> {
    let system = Caller::system();
    let issuer = NewIssuer::parse(document(ISSUER)?).map_err(Failure::new)?;
    let issuer = office.register_issuer(&system, issuer, None).map_err(Failure::new)?;
    let walked = walk::walk(office, &issuer)?;
    let achievement = walked.achievement;
    let award = walked.award.links.ok_or_else(|| Failure::new("the award was not stored"))?;
    let public_url = office.public_url();
    Ok(Badge {
        credential: award.credential.clone(),
        links: vec![
            ("The page of the badge, for people; and with the name, to share", award.public),
            ("", award.share.unwrap_or_default()),
            ("The badge, OB 3.0 with embedded proof", award.credential),
            ("The badge, OB 3.0 as VC-JWT", award.jwt),
            ("The badge, OB 2.0 hosted", award.assertion),
            ("The badge, OB 2.0 signed", award.assertion_jws),
            ("How far the learner is, for the learner alone", walked.progress),
            ("What can be earned here", format!("{public_url}/public/catalogue")),
            ("The achievement, and as OB 2.0 BadgeClass", achievement.links.public),
            ("", achievement.links.badge),
            ("The issuer, its keys and its OB 2.0 view", issuer.links.public),
            ("", issuer.links.did_document),
            ("", issuer.links.jwks),
            ("", issuer.links.v2),
            ("", issuer.links.revocations),
            ("Add to a LinkedIn profile", award.linkedin),
            ("The API: documentation and OpenAPI document", format!("{public_url}/docs")),
            ("", format!("{public_url}/openapi.json")),
        ],
    })
}

fn document(text: &str) -> Result<Value, Failure> {
    accolade_linked_data::json::parse(text.as_bytes()).map_err(Failure::new)
}

/// Everything a person wants to open or copy next.
fn page(badge: &Badge, report: &Report) -> String {
    let mut page = String::new();
    for (what, link) in &badge.links {
        if !what.is_empty() {
            page.push_str(&format!("\n{what}\n"));
        }
        page.push_str(&format!("    {link}\n"));
    }
    page.push_str("\nWhat a verifier says of the badge\n\n");
    page.push_str(&report::text::render(report, progress::colours()));
    page
}

/// The address asked for; without one the usual port, or any free one where that is taken.
fn listen(asked: Option<SocketAddr>) -> Result<TcpListener, Failure> {
    let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    let bound = match asked {
        Some(address) => TcpListener::bind(address),
        None => TcpListener::bind(usual).or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))),
    };
    bound.map_err(|error| Failure::new(format!("listening on {}: {error}", asked.unwrap_or(usual))))
}

/// The data folder: the caller's, or one that is gone when the demo ends.
struct Folder {
    path: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

impl Folder {
    fn new(asked: Option<PathBuf>) -> Result<Folder, Failure> {
        match asked {
            Some(path) => Ok(Folder { path, _temporary: None }),
            None => {
                let temporary = tempfile::Builder::new()
                    .prefix("accolade-demo-")
                    .tempdir()
                    .map_err(|error| Failure::while_doing("making a temporary folder")(&error))?;
                Ok(Folder { path: temporary.path().to_owned(), _temporary: Some(temporary) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_of_the_demo_is_strict_json() {
        document(ISSUER).unwrap();
    }
}
