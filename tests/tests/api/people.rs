//! What is served to people: the front page, the check, the files of pages, refusals; and what other sites ask for.

use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::{PUBLIC_URL, Server};
use serde_json::{Value, json};

use crate::on_both;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const MISSING: &str = "00000000-0000-4000-8000-000000000000";

fn assert_page(answer: &Answer, status: u16) -> &str {
    assert_eq!(answer.status, status, "{}", answer.told());
    assert!(answer.header("content-type").unwrap().starts_with("text/html"), "{}", answer.told());
    assert!(
        answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
        "{}",
        answer.told()
    );
    assert!(answer.header("access-control-allow-origin").is_none(), "{}", answer.told());
    answer.text()
}

/// A form as browsers send it: every field, the empty ones too.
fn form(fields: &[(&str, &[u8])]) -> Request {
    let mut body = Vec::new();
    for name in ["file", "text", "url", "recipient"] {
        let content =
            fields.iter().find(|(known, _)| *known == name).map_or(&b""[..], |(_, content)| *content);
        let file =
            if name == "file" { "; filename=\"\"\r\nContent-Type: application/octet-stream" } else { "" };
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    Request::new("POST", "/verify")
        .header("accept", BROWSER)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(body)
}

fn outcome(page: &str) -> &str {
    page.split("data-outcome=\"")
        .nth(1)
        .unwrap_or_else(|| panic!("no outcome: {page}"))
        .split('"')
        .next()
        .unwrap()
}

/// Every page there is, by its path.
fn pages(server: &Server) -> Vec<String> {
    let school = server.school();
    let award = server.owner().award(&school.achievement, "ana@example.org");
    let id = award["id"].as_str().unwrap();
    vec![
        "/".to_owned(),
        "/verify".to_owned(),
        format!("/verify?url={PUBLIC_URL}/public/credentials/{id}"),
        format!("/public/credentials/{id}"),
        format!("/public/achievements/{}", school.achievement),
        format!("/public/issuers/{}", school.issuer),
        format!("/public/credentials/{MISSING}"),
        format!("/embed/{id}"),
    ]
}

on_both! {
    fn the_front_page_and_what_robots_read_are_there(server) {
        let front = server.anyone().get_as("/", BROWSER);
        assert!(assert_page(&front, 200).contains("/verify"));
        assert_eq!(server.anyone().send(Request::new("HEAD", "/")).status, 200);
        let robots = server.anyone().get("/robots.txt");
        assert_eq!((robots.status, robots.header("content-type")), (200, Some("text/plain; charset=utf-8")));
        assert!(robots.text().contains("Disallow: /v1/"));
        assert!(!robots.text().contains("Disallow: /public"), "previews must be able to look");
    }

    fn the_files_of_pages_are_kept_for_ever_and_the_icon_is_found(server) {
        let page = server.anyone().get_as("/", BROWSER);
        let files: Vec<&str> = page.text().split('"').filter(|text| text.starts_with("/assets/")).collect();
        assert!(files.len() >= 2, "{files:?}");
        for file in files {
            let answer = server.anyone().get(file);
            assert_eq!(answer.status, 200, "{file}");
            assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
            // A frame in a sandbox is an origin of nobody's, and needs its stylesheet too.
            assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{file}");
            let again = server.anyone().send(Request::new("GET", file).header("if-none-match", answer.header("etag").unwrap()));
            assert_eq!(again.status, 304, "{file}");
        }
        let icon = server.anyone().get("/favicon.ico");
        assert_eq!(icon.status, 308);
        let icon = server.anyone().get(&format!("/{}", icon.header("location").unwrap()));
        assert_eq!((icon.status, icon.header("content-type")), (200, Some("image/svg+xml")));
        assert_page(&server.anyone().get_as("/assets/nothing.css", BROWSER), 404);
        server.anyone().get("/assets/nothing.css").expect_problem(404, "not-found");
    }

    fn a_refusal_is_a_page_for_people_and_a_problem_for_machines(server) {
        for path in [format!("/public/credentials/{MISSING}"), "/public/nothing".to_owned(), format!("/embed/{MISSING}"), format!("/public/issuers/{MISSING}.html")] {
            assert_page(&server.anyone().get_as(&path, BROWSER), 404);
            server.anyone().get_as(&path, "application/json").expect_problem(404, "not-found");
            server.anyone().get(&path).expect_problem(404, "not-found");
        }
        // The management API has no pages.
        server.anyone().get_as("/v1/issuers", BROWSER).expect_problem(401, "unauthenticated");
    }

    fn a_link_to_the_check_shows_the_report(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let verify = award["links"]["verify"].as_str().unwrap();
        let page = server.anyone().get_as(verify, BROWSER);
        assert_eq!(outcome(assert_page(&page, 200)), "valid");
        assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), (Some("no-store"), Some("noindex")));
        // People copy what stands in their address bar.
        let id = award["id"].as_str().unwrap();
        for copied in [format!("/public/credentials/{id}.html?lang=de"), format!("/public/credentials/{id}.pdf"), format!("/embed/{id}")] {
            let path = format!("/verify?url={PUBLIC_URL}{copied}");
            assert_eq!(server.anyone().get(&path).expect(200)["outcome"], "valid", "{copied}");
        }
        // Links pick up parameters on their way.
        assert_eq!(server.anyone().get_as(&format!("{verify}&utm_source=x"), BROWSER).status, 200);
        assert_eq!(server.anyone().get(verify).expect(200)["outcome"], "valid");
        server.anyone().get(&format!("{verify}&utm_source=x")).expect_problem(400, "bad-parameter");
        let empty = server.anyone().get_as("/verify", BROWSER);
        let empty = assert_page(&empty, 200);
        assert!(empty.contains("<form") && empty.contains("multipart/form-data"), "{empty}");
    }

    fn whatever_is_handed_in_is_examined(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let fetch = |name: &str| server.anyone().get(award["links"][name].as_str().unwrap()).body;
        let (json, jwt, png) = (fetch("credential"), fetch("jwt"), fetch("png"));
        let url = award["links"]["public"].as_str().unwrap().as_bytes();
        for fields in [
            &[("file", json.as_slice())][..],
            &[("file", jwt.as_slice())],
            &[("file", png.as_slice())],
            &[("text", json.as_slice())],
            &[("text", jwt.as_slice())],
            &[("text", url)],
            &[("url", url)],
            &[("url", url), ("recipient", b"ana@example.org")],
        ] {
            let answer = server.anyone().send(form(fields));
            assert_eq!(outcome(assert_page(&answer, 200)), "valid", "{:?}", fields[0].0);
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        let other = server.anyone().send(form(&[("url", url), ("recipient", b"ben@example.org")]));
        assert_eq!(outcome(assert_page(&other, 200)), "invalid");
        // A file is never an address to fetch.
        assert_ne!(outcome(assert_page(&server.anyone().send(form(&[("file", url)])), 200)), "valid");
        assert_ne!(outcome(assert_page(&server.anyone().send(form(&[("text", b"<script>alert(1)</script>")])), 200)), "valid");
    }

    fn a_form_that_cannot_be_examined_comes_back_with_what_is_wrong(server) {
        let nothing = server.anyone().send(form(&[]));
        assert!(assert_page(&nothing, 422).contains("<form"));
        let two = server.anyone().send(form(&[("url", b"https://x.example/\"><script>"), ("text", b"{}")]));
        let two = assert_page(&two, 422);
        assert!(two.contains("<form") && !two.contains("<script>"), "{two}");
        for (content_type, body, status) in [
            ("application/x-www-form-urlencoded", b"url=x".to_vec(), 415),
            ("multipart/form-data; boundary=x", b"--y".to_vec(), 400),
            ("multipart/form-data", Vec::new(), 400),
            ("multipart/form-data; boundary=x", vec![b'x'; (8 << 20) + (65 << 10)], 413),
        ] {
            // The answer to a form is a page, whoever sends it.
            let request = Request::new("POST", "/verify").header("content-type", content_type).body(body);
            assert_page(&server.anyone().send(request), status);
        }
        let many = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n".repeat(100_000) + "--x--\r\n";
        let request = Request::new("POST", "/verify").header("content-type", "multipart/form-data; boundary=x").body(many);
        assert_page(&server.anyone().send(request), 400);
        let answer = server.anyone().send(Request::new("DELETE", "/verify"));
        answer.expect_problem(405, "method-not-allowed");
        assert!(answer.header("allow").unwrap().contains("POST"));
    }

    fn other_sites_are_told_how_to_show_a_badge(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let (id, url) = (award["id"].as_str().unwrap(), award["links"]["public"].as_str().unwrap());
        let ask = |query: &str| server.anyone().get(&format!("/oembed?url={url}{query}"));
        let card = ask("&format=json&maxwidth=320&unknown=x").expect(200);
        assert_eq!((&card["type"], &card["version"]), (&json!("rich"), &json!("1.0")));
        assert!(card["width"].as_u64().unwrap() <= 320 && card["html"].as_str().unwrap().contains(&format!("/embed/{id}")), "{card}");
        assert_eq!(ask("").header("access-control-allow-origin"), Some("*"));
        ask("&format=xml").expect_problem(501, "not-implemented");
        ask("&maxwidth=wide").expect_problem(400, "bad-parameter");
        server.anyone().get("/oembed").expect_problem(400, "bad-parameter");
        for elsewhere in ["https://evil.example/x", "rubbish", &format!("{PUBLIC_URL}/public/credentials/{MISSING}")] {
            server.anyone().get(&format!("/oembed?url={elsewhere}")).expect_problem(404, "not-found");
        }
        server.owner().patch(&format!("/v1/credentials/{id}"), &json!({"visibility": "private"})).expect(200);
        ask("").expect_problem(403, "private-credential");
    }

    fn web_04_no_policy_lets_anything_run(server) {
        for path in pages(server) {
            let answer = server.anyone().get_as(&path, BROWSER);
            let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
            assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
            for word in ["unsafe", "script-src", "http:", "https:", "nonce", "*.", "data: *"] {
                assert!(!policy.contains(word), "{path}: {policy}");
            }
            for kind in ["<script>", "<script src", " onclick", " onload", "javascript:", " style=\""] {
                assert!(!answer.text().contains(kind), "{path} has {kind}");
            }
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
            assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
            assert!(answer.header("permissions-policy").is_some(), "{path}");
        }
    }

    fn web_05_only_the_embed_can_be_framed(server) {
        for path in pages(server) {
            let answer = server.anyone().get_as(&path, BROWSER);
            let policy = answer.header("content-security-policy").unwrap();
            let is_embed = path.starts_with("/embed/");
            assert_eq!(policy.contains("frame-ancestors *"), is_embed, "{path}: {policy}");
            assert_eq!(policy.contains("frame-ancestors 'none'"), !is_embed, "{path}: {policy}");
            assert_eq!(answer.header("cross-origin-opener-policy").is_some(), !is_embed, "{path}");
        }
    }

    fn web_06_other_origins_read_public_data_and_nobody_reads_with_credentials(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let ask = |path: &str, accept: &str| {
            server.anyone().send(Request::new("GET", path).header("accept", accept).header("origin", "https://evil.example").header("cookie", "a=b"))
        };
        for (path, accept, is_open) in [
            (format!("/public/credentials/{id}"), "application/json", true),
            (format!("/public/credentials/{id}.jwt"), "*/*", true),
            (format!("/public/badges/{}/image", school.achievement), "image/png", true),
            (format!("/public/credentials/{id}"), BROWSER, false),
            (format!("/public/credentials/{id}.html"), "*/*", false),
            (format!("/embed/{id}"), BROWSER, false),
            ("/".to_owned(), BROWSER, false),
            ("/verify".to_owned(), BROWSER, false),
            (format!("/verify?url={PUBLIC_URL}/public/credentials/{id}"), "application/json", false),
            ("/v1/issuers".to_owned(), "application/json", false),
        ] {
            let answer = ask(&path, accept);
            let allowed = answer.header("access-control-allow-origin");
            assert_eq!(allowed, is_open.then_some("*"), "{path} {accept}");
            assert!(answer.header("access-control-allow-credentials").is_none(), "{path} {accept}");
        }
    }

    fn web_10_no_page_believes_the_host_header(server) {
        for path in pages(server) {
            let evil = Request::new("GET", &path)
                .header("accept", BROWSER)
                .header("host", "evil.example")
                .header("x-forwarded-host", "evil.example")
                .header("x-forwarded-proto", "gopher")
                .header("forwarded", "host=evil.example");
            let answer = server.anyone().send(evil);
            let all = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
            assert!(!all.contains("evil") && !all.contains("gopher"), "{path}: {all}");
        }
    }

    fn priv_08_a_status_list_is_the_same_for_all_and_needs_no_cookie(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let credential: Value = server.anyone().get(award["links"]["credential"].as_str().unwrap()).json();
        let list = credential["credentialStatus"]["statusListCredential"].as_str().unwrap().trim_start_matches(PUBLIC_URL).to_owned();
        let plain = server.anyone().get(&list);
        for (name, value) in [("cookie", "session=1"), ("authorization", "Bearer acc_x"), ("user-agent", "LinkedInBot/1.0"), ("accept-language", "de"), ("accept", "*/*")] {
            let answer = server.anyone().send(Request::new("GET", &list).header(name, value));
            assert_eq!((answer.status, &answer.body, answer.header("etag")), (200, &plain.body, plain.header("etag")), "{name}");
            assert!(answer.header("set-cookie").is_none(), "{name}");
            assert!(answer.header("cache-control").unwrap().starts_with("public, max-age="), "{name}");
        }
    }
}
