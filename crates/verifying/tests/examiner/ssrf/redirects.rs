//! Redirects stay where they begin.

use std::time::Duration;

use accolade_verifying::egress::Rate;
use accolade_verifying::{EgressSettings, Outcome};

use super::places::{Fate, PLACES};
use super::{Stage, says};
use crate::egress::development;
use crate::support::ToldNames;
use crate::support::servers::{Canary, Server, ok, redirect};

#[tokio::test]
async fn ssrf_18_a_redirect_to_anywhere_else_is_refused() {
    let canary = Canary::new();
    let port = canary.port;
    let nowhere = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let server = Server::start(move |path| {
        // The place asks for `/x/<case>`, a did:web for `/x/<case>/did.json`.
        let case = path.trim_start_matches("/x/").split('/').next().unwrap_or_default();
        match case {
            "loopback" => redirect(&format!("http://127.0.0.1:{port}/")),
            "port" => redirect(&format!("//127.0.0.1:{port}/x")),
            "localhost" => redirect(&format!("http://localhost:{port}/")),
            "tls" => redirect(&format!("https://127.0.0.1:{port}/")),
            "name" => redirect("https://witness.example/"),
            "file" => redirect("file:///etc/passwd"),
            "gopher" => redirect("gopher://127.0.0.1/"),
            "user" => redirect(&format!("http://x@127.0.0.1:{port}/")),
            "loop" => redirect("/x/loop"),
            "nowhere" => nowhere.clone(),
            chain => match chain.parse::<u32>() {
                Ok(steps) if steps > 0 => redirect(&format!("/x/{}", steps - 1)),
                _ => ok("{}"),
            },
        }
    });
    let mut names = ToldNames::default();
    names.known.insert("witness.example".into(), vec!["127.0.0.1".parse().unwrap()]);
    let host_rate = Rate::new(10_000, Duration::from_secs(1));
    let stage = Stage::with(EgressSettings { host_rate, ..development() }, names);
    for case in
        ["loopback", "port", "localhost", "tls", "name", "file", "gopher", "user", "loop", "nowhere", "6"]
    {
        for place in PLACES {
            let report = stage.examine(place, &format!("{}/x/{case}", server.url)).await;
            let whole = || format!("{case} as {}: {report:#?}", place.name);
            assert!(stage.asked().is_empty(), "{}", whole());
            if matches!(place.fate, Fate::Needed | Fate::Tried) {
                let refused = says(&report, "redirect_refused");
                assert!(refused, "{}", whole());
            }
            if place.fate == Fate::Needed {
                assert_ne!(report.outcome, Outcome::Valid, "{}", whole());
            }
        }
    }
    canary.assert_silent();
    stage.assert_silent();
}
