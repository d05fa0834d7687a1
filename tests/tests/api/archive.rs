//! The archive: with the server stopped and its database gone, the folder answers as the server did.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use accolade_issuing::{AwardAmendment, Caller};
use accolade_publishing::{ArchiveError, ArchiveOrder, ArchiveSummary, Publishing, archive};
use accolade_tests::server::{PUBLIC_URL, Server, TestClock};
use accolade_verifying::{EgressSettings, Examiner, ExaminerParts, LocalAnswer, LocalDocuments, Submission};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A web server that knows nothing but the manifest.
struct Folder {
    root: PathBuf,
    entries: Vec<Value>,
    by_path: HashMap<String, Vec<usize>>,
}

impl Folder {
    fn open(root: &Path) -> Folder {
        let manifest: Value =
            serde_json::from_slice(&std::fs::read(root.join("manifest.json")).unwrap()).unwrap();
        let entries = manifest["entries"].as_array().unwrap().clone();
        let mut by_path: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for path in entry["paths"].as_array().unwrap() {
                by_path.entry(path.as_str().unwrap().to_owned()).or_default().push(at);
            }
        }
        Folder { root: root.to_owned(), entries, by_path }
    }

    /// Status, media type and body of what a client gets that names no type, or this one.
    fn get(&self, path: &str, accept: &str) -> Option<(u64, String, Vec<u8>)> {
        let found: Vec<&Value> = self.by_path.get(path)?.iter().map(|at| &self.entries[*at]).collect();
        let wanted = found.iter().find(|entry| entry["contentType"].as_str().unwrap().starts_with(accept));
        let entry = if accept.is_empty() { found.first() } else { wanted }?;
        let body = std::fs::read(self.root.join(entry["file"].as_str().unwrap())).unwrap();
        Some((entry["status"].as_u64().unwrap(), entry["contentType"].as_str().unwrap().to_owned(), body))
    }
}

impl LocalDocuments for Folder {
    fn document(&self, url: &str) -> LocalAnswer {
        let Some(path) = url.strip_prefix(PUBLIC_URL) else { return LocalAnswer::NotOurs };
        match self.get(path, "") {
            Some((status, content_type, body)) => {
                LocalAnswer::Found { status: u16::try_from(status).unwrap(), content_type, body: body.into() }
            }
            None => LocalAnswer::Missing,
        }
    }
}

fn write(server: &Server, issuer: &str, folder: &Path) -> Result<ArchiveSummary, ArchiveError> {
    let publishing = Publishing::new(server.office.clone()).unwrap();
    archive(&publishing, &ArchiveOrder { issuer, folder, certificates: true, threads: 2 }, &mut |_| {})
}

/// Outcome and status that a stranger's examiner finds who reaches the folder and nothing else.
fn outcome(folder: &Path, badge: &[u8]) -> (String, Option<String>) {
    let examiner = Examiner::new(ExaminerParts {
        clock: Arc::new(TestClock::at("2026-11-23T11:00:00Z")),
        egress: EgressSettings::default(),
        local: Some(Arc::new(Folder::open(folder))),
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let report = runtime.block_on(examiner.verify(Submission::from_bytes(badge.to_vec())));
    let report = serde_json::to_value(&report).unwrap();
    (report["outcome"].as_str().unwrap().to_owned(), report["status"]["state"].as_str().map(str::to_owned))
}

fn id(award: &Value) -> &str {
    award["id"].as_str().unwrap()
}

#[test]
fn badges_outlive_their_server_and_revoked_ones_stay_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on_sqlite();
    let school = server.school();
    let awarder = server.awarder(&school);
    let [standing, revoked] =
        ["ana@example.org", "ben@example.org"].map(|email| awarder.award(&school.achievement, email));
    awarder
        .post(&format!("/v1/credentials/{}/revoke", id(&revoked)), &json!({"reason": "Mistake"}))
        .expect(200);
    let summary = write(&server, &school.issuer, folder.path()).unwrap();
    assert_eq!(summary.total.awards, 2);
    assert_eq!(summary.written, summary.unchanged + summary.written);
    server.stop();

    let archive = Folder::open(folder.path());
    for (award, expected) in [(&standing, ("valid", "active")), (&revoked, ("invalid", "revoked"))] {
        for ending in ["json", "jwt"] {
            let (status, _, badge) =
                archive.get(&format!("/public/credentials/{}.{ending}", id(award)), "").unwrap();
            assert_eq!(status, 200);
            let found = outcome(folder.path(), &badge);
            assert_eq!((found.0.as_str(), found.1.as_deref()), (expected.0, Some(expected.1)), "{ending}");
        }
    }
    let (status, _, assertion) = archive.get(&format!("/public/assertions/{}", id(&standing)), "").unwrap();
    assert_eq!((status, outcome(folder.path(), &assertion).0.as_str()), (200, "valid"));
    let (status, _, gone) = archive.get(&format!("/public/assertions/{}", id(&revoked)), "").unwrap();
    let gone: Value = serde_json::from_slice(&gone).unwrap();
    assert_eq!((status, &gone["revocationReason"]), (410, &json!("Mistake")));
}

#[test]
fn every_file_is_as_the_manifest_says_and_what_the_server_says() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on_sqlite();
    let school = server.school();
    server.awarder(&school).award(&school.achievement, "ana@example.org");
    write(&server, &school.issuer, folder.path()).unwrap();
    let archive = Folder::open(folder.path());
    assert!(archive.entries.len() > 10);
    for entry in &archive.entries {
        let body = std::fs::read(folder.path().join(entry["file"].as_str().unwrap())).unwrap();
        let digest: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            (entry["size"].as_u64().unwrap(), entry["sha256"].as_str().unwrap()),
            (body.len() as u64, digest.as_str())
        );
        for path in entry["paths"].as_array().unwrap() {
            let path = path.as_str().unwrap();
            let asked = match entry["language"].as_str() {
                Some(language) => format!("{path}?lang={language}"),
                None => path.to_owned(),
            };
            let served = server.anyone().get_as(&asked, entry["contentType"].as_str().unwrap());
            assert_eq!(u64::from(served.status), entry["status"].as_u64().unwrap(), "{asked}");
            assert!(served.body == body, "{asked} is another in the archive");
        }
    }
    configurations_say_what_the_server_says(&server, &archive, folder.path());
    for path in ["did.json", "jwks.json", "v2", "revocations"] {
        assert!(archive.get(&format!("/public/issuers/{}/{path}", school.issuer), "").is_some(), "{path}");
    }
    for file in ["nginx.conf", "Caddyfile", "README.txt", "site/_redirects", "site/_headers"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn a_second_run_changes_what_changed_and_takes_away_what_must_not_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on_sqlite();
    let school = server.school();
    let awarder = server.awarder(&school);
    let [hidden, erased] =
        ["ana@example.org", "ben@example.org"].map(|email| awarder.award(&school.achievement, email));
    write(&server, &school.issuer, folder.path()).unwrap();
    let again = write(&server, &school.issuer, folder.path()).unwrap();
    // The manifest itself is always written; it is no file of the site.
    assert_eq!((again.written, again.removed), (0, 0));

    let system = Caller::system();
    let private = AwardAmendment::parse(&json!({"visibility": "private"})).unwrap();
    server.office.amend_award(&system, id(&hidden), &private, None).unwrap();
    server.office.erase(&system, id(&erased), Some("asked for it"), None).unwrap();
    let third = write(&server, &school.issuer, folder.path()).unwrap();
    assert!(third.removed > 0, "{third:?}");
    let site = folder.path().join("site/public");
    for award in [&hidden, &erased] {
        for file in [
            "credentials/{id}.json",
            "credentials/{id}.jwt",
            "credentials/{id}.png",
            "credentials/{id}.pdf",
            "assertions/{id}.json",
        ] {
            let path = site.join(file.replace("{id}", id(award)));
            assert!(!path.exists(), "{}", path.display());
        }
    }
    let archive = Folder::open(folder.path());
    let status = |award: &Value, ending: &str| {
        archive.get(&format!("/public/credentials/{}.{ending}", id(award)), "").map(|found| found.0)
    };
    assert_eq!((status(&hidden, "json"), status(&hidden, "jwt")), (Some(403), Some(403)));
    assert_eq!((status(&erased, "json"), status(&erased, "jwt")), (Some(410), Some(410)));
}

#[test]
fn an_unknown_issuer_and_a_folder_of_others_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on_sqlite();
    let school = server.school();
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert!(matches!(write(&server, nobody, &folder.path().join("new")), Err(ArchiveError::NoIssuer)));
    assert!(!folder.path().join("new").exists());
    std::fs::write(folder.path().join("letter.txt"), "Dear Ada").unwrap();
    assert!(matches!(write(&server, &school.issuer, folder.path()), Err(ArchiveError::NotEmpty(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// The security policies that the server sends stand in the configurations, word for word.
fn configurations_say_what_the_server_says(server: &Server, archive: &Folder, folder: &Path) {
    for configuration in ["nginx.conf", "Caddyfile"] {
        let text = std::fs::read_to_string(folder.join(configuration)).unwrap();
        for entry in &archive.entries {
            let path = entry["paths"][0].as_str().unwrap();
            let served = server.anyone().get_as(path, entry["contentType"].as_str().unwrap());
            let policy = served.header("content-security-policy").unwrap();
            assert!(text.contains(policy), "{configuration} knows no policy of {path}: {policy}");
        }
    }
}
