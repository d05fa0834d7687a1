//! The commands, their output and their exit codes.

use std::process::Output;

use serde_json::Value;

use crate::running::{Server, accolade, free_address};

#[test]
fn the_demo_issues_a_badge_that_verifies() {
    let run = output(accolade().args(["demo", "--once"]));
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    let page = String::from_utf8(run.stdout).unwrap();
    for part in ["/public/credentials/", "/public/assertions/", "linkedin.com/profile/add", "/docs"] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

/// No context, schema or list is fetched from anywhere: what needs a network would fail in a world that has none.
#[test]
fn ctx_13_a_badge_is_issued_and_verified_where_there_is_no_network() {
    let alone = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--net", "sh", "-c", script]);
        command
    };
    let can = alone("ip link set lo up").output().is_ok_and(|run| run.status.success());
    if !can {
        eprintln!("SKIPPED: this machine does not let a test have a network of its own (unshare, ip)");
        return;
    }
    let script = format!("ip link set lo up && exec '{}' demo --once", env!("CARGO_BIN_EXE_accolade"));
    let run = output(&mut alone(&script));
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
}

#[test]
fn the_demo_can_run_again_on_the_same_data() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address().to_string();
    for _ in 0..2 {
        let run =
            output(accolade().args(["demo", "--once", "--listen", &address, "--data"]).arg(data.path()));
        assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    }
}

#[test]
fn verify_tells_good_from_bad_and_from_unreadable_by_its_exit_code() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), free_address(), None);
    let badge = a_badge_of_a_did_key_issuer(&server);
    let good = data.path().join("good.json");
    let bad = data.path().join("bad.json");
    std::fs::write(&good, &badge).unwrap();
    std::fs::write(&bad, badge.replace("Applied Data Skills", "Applied Data Spills")).unwrap();

    let verify =
        |file: &std::path::Path| output(accolade().args(["verify", "--allow-loopback-http"]).arg(file));
    let run = verify(&good);
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    let run = verify(&bad);
    assert_eq!(run.status.code(), Some(1), "{}", told(&run));
    let run = verify(&data.path().join("absent.json"));
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert!(told(&run).contains("absent.json"), "{}", told(&run));
}

#[test]
fn verify_prints_the_report_as_json_for_machines() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), free_address(), None);
    let good = data.path().join("good.json");
    std::fs::write(&good, a_badge_of_a_did_key_issuer(&server)).unwrap();
    let run = output(accolade().args(["verify", "--json", "--allow-loopback-http"]).arg(&good));
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["outcome"], "valid", "{report}");
    assert!(report["checks"].as_array().is_some_and(|checks| !checks.is_empty()));
}

#[test]
fn a_baked_image_gives_back_its_credential() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), free_address(), None);
    let badge = a_badge_of_a_did_key_issuer(&server);
    let [image, credential, baked] =
        ["badge.svg", "badge.json", "baked.svg"].map(|name| data.path().join(name));
    std::fs::write(
        &image,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"#,
    )
    .unwrap();
    std::fs::write(&credential, &badge).unwrap();
    let bake = output(
        accolade()
            .args(["bake", "--image"])
            .arg(&image)
            .arg("--credential")
            .arg(&credential)
            .arg("--out")
            .arg(&baked),
    );
    assert_eq!(bake.status.code(), Some(0), "{}", told(&bake));
    let unbake = output(accolade().arg("unbake").arg(&baked));
    assert_eq!(String::from_utf8(unbake.stdout).unwrap().trim(), badge.trim());
    // A second bake, of the other version, leaves the first as it was.
    let assertion =
        r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://example.edu/a/1"}"#;
    let [old, both] = ["assertion.json", "both.svg"].map(|name| data.path().join(name));
    std::fs::write(&old, assertion).unwrap();
    let again = [&baked, &old, &both];
    let mut bake = accolade();
    bake.arg("bake");
    for (option, file) in ["--image", "--credential", "--out"].into_iter().zip(again) {
        bake.arg(option).arg(file);
    }
    let bake = output(&mut bake);
    assert_eq!(bake.status.code(), Some(0), "{}", told(&bake));
    let unbake = String::from_utf8(output(accolade().arg("unbake").arg(&both)).stdout).unwrap();
    assert!(unbake.contains(badge.trim()) && unbake.contains(assertion), "{unbake}");
    let verify = output(accolade().args(["verify", "--allow-loopback-http"]).arg(&both));
    assert_eq!(verify.status.code(), Some(0), "{}", told(&verify));
}

#[test]
fn an_api_key_is_made_listed_without_its_secret_and_revoked() {
    let data = tempfile::tempdir().unwrap();
    let key = |arguments: &[&str]| {
        output(accolade().arg("api-key").args(arguments).env("ACCOLADE_DATA_DIR", data.path()))
    };
    let made = key(&["create", "--name", "Moodle", "--scope", "credentials:award,credentials:read"]);
    let secret = String::from_utf8(made.stdout.clone()).unwrap().trim().to_owned();
    assert!(secret.starts_with("acc_") && secret.len() > 40, "{}", told(&made));
    let listed = String::from_utf8(key(&["list"]).stdout).unwrap();
    assert!(listed.contains("Moodle") && !listed.contains(&secret), "{listed}");
    let id = listed.split_whitespace().next().unwrap().to_owned();
    assert_eq!(key(&["revoke", &id]).status.code(), Some(0));
    assert!(String::from_utf8(key(&["list"]).stdout).unwrap().contains("revoked"));
}

#[test]
fn an_unknown_scope_is_refused_with_the_known_ones() {
    let data = tempfile::tempdir().unwrap();
    let run = output(
        accolade()
            .args(["api-key", "create", "--name", "x", "--scope", "credentials:aword"])
            .env("ACCOLADE_DATA_DIR", data.path()),
    );
    assert_eq!(run.status.code(), Some(2));
    assert!(told(&run).contains("credentials:award"), "{}", told(&run));
}

#[test]
fn an_unknown_setting_and_a_bad_value_stop_the_start_and_are_all_told() {
    let run = output(accolade().arg("serve").env("ACCOLADE_LISTN", "x").env("ACCOLADE_PUBLIC_URL", "badges"));
    assert_eq!(run.status.code(), Some(2));
    for part in ["ACCOLADE_LISTN", "ACCOLADE_LISTEN", "ACCOLADE_PUBLIC_URL"] {
        assert!(told(&run).contains(part), "{}", told(&run));
    }
}

#[test]
fn fonts_that_cannot_be_used_stop_the_start_and_the_file_is_named() {
    let data = tempfile::tempdir().unwrap();
    let fonts = tempfile::tempdir().unwrap();
    let serve = |fonts: &std::path::Path| {
        let run = output(
            accolade()
                .arg("serve")
                .env("ACCOLADE_DATA_DIR", data.path())
                .env("ACCOLADE_LISTEN", free_address().to_string())
                .env("ACCOLADE_FONTS_DIR", fonts),
        );
        assert_eq!(run.status.code(), Some(2));
        told(&run)
    };
    let missing = serve(&fonts.path().join("missing"));
    assert!(missing.contains("ACCOLADE_FONTS_DIR") && missing.contains("not a folder"), "{missing}");
    std::fs::write(fonts.path().join("README.txt"), "no font").unwrap();
    let empty = serve(fonts.path());
    assert!(empty.contains("no .ttf, .otf or .ttc file"), "{empty}");
    std::fs::write(fonts.path().join("broken.TTF"), "no font").unwrap();
    let broken = serve(fonts.path());
    assert!(broken.contains("broken.TTF") && broken.contains("not a TrueType"), "{broken}");
}

#[test]
fn another_master_key_stops_the_start_with_words() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    let server = Server::start(data.path(), address, None);
    a_badge_of_a_did_key_issuer(&server);
    server.kill();
    std::fs::remove_file(data.path().join("master.key")).unwrap();
    let run = output(
        accolade()
            .arg("serve")
            .env("ACCOLADE_DATA_DIR", data.path())
            .env("ACCOLADE_LISTEN", address.to_string())
            .env("ACCOLADE_PUBLIC_URL", format!("http://{address}")),
    );
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert!(told(&run).contains("master key"), "{}", told(&run));
}

#[test]
fn a_database_with_an_issuer_is_not_opened_under_another_public_url() {
    let data = tempfile::tempdir().unwrap();
    let address = free_address();
    a_badge_of_a_did_key_issuer(&Server::start(data.path(), address, None));
    let list_under = |url: &str| {
        output(
            accolade()
                .args(["api-key", "list"])
                .env("ACCOLADE_DATA_DIR", data.path())
                .env("ACCOLADE_PUBLIC_URL", url),
        )
    };
    let own = format!("http://{address}");
    assert_eq!(list_under(&own).status.code(), Some(0));
    let run = list_under("https://badges.example.edu");
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    for part in ["https://badges.example.edu", &own] {
        assert!(told(&run).contains(part), "{}", told(&run));
    }
}

#[test]
fn the_master_key_and_the_database_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = tempfile::tempdir().unwrap();
    assert_eq!(
        output(accolade().arg("migrate").env("ACCOLADE_DATA_DIR", data.path().join("new"))).status.code(),
        Some(0)
    );
    let server = Server::start(&data.path().join("new"), free_address(), None);
    drop(server);
    for (file, mode) in [("new", 0o700), ("new/master.key", 0o600)] {
        let found = std::fs::metadata(data.path().join(file)).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{file}");
    }
}

fn a_badge_of_a_did_key_issuer(server: &Server) -> String {
    let issuer = server.must(
        "POST",
        "/v1/issuers",
        Some(&serde_json::json!({"name": "Riverside University", "idMethod": "key"})),
    );
    let achievement = server.must(
        "POST",
        &format!("/v1/issuers/{}/achievements", issuer["id"].as_str().unwrap()),
        Some(&serde_json::json!({
            "name": "Applied Data Skills",
            "description": "Collects, cleans, analyses and presents data.",
            "criteria": {"narrative": "Attend, pass, present."}
        })),
    );
    let award = server.must(
        "POST",
        &format!("/v1/achievements/{}/credentials", achievement["id"].as_str().unwrap()),
        Some(&serde_json::json!({"recipient": {"email": "ana@learner.example"}})),
    );
    let path = format!("/public/credentials/{}.json", award["id"].as_str().unwrap());
    server.ask("GET", &path, "", None).unwrap().1
}

fn output(command: &mut std::process::Command) -> Output {
    command.output().unwrap()
}

fn told(run: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr))
}
