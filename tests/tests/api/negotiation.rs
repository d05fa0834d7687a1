//! Who gets what: every client at every public address, with and without suffixes, whatever became of the award.

use accolade_tests::actors::School;
use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::{PUBLIC_URL, Server};
use serde_json::{Value, json};

use crate::on_both;

/// What a client sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Page,
    /// JSON under this media type.
    Json(&'static str),
    Jwt(&'static str),
    Png,
    Pdf,
}
use Body::{Json, Jwt, Page, Pdf, Png};

/// Who asks: his name, his `User-Agent` and `Accept`, and what decides about him.
struct Client {
    name: &'static str,
    agent: &'static str,
    accept: Option<&'static str>,
    wants: &'static str,
    /// `Accept` alone said it, so `User-Agent` was not looked at.
    said: bool,
}

const fn client(
    name: &'static str,
    agent: &'static str,
    accept: Option<&'static str>,
    wants: &'static str,
    said: bool,
) -> Client {
    Client { name, agent, accept, wants, said }
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8";
const DATA: &str = "data";
const HTML: &str = "text/html";

#[rustfmt::skip]
const CLIENTS: &[Client] = &[
    client("a browser", FIREFOX, Some(BROWSER), HTML, true),
    client("LinkedIn", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", Some("*/*"), HTML, false),
    client("Slack", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Some("*/*"), HTML, false),
    client("Twitter", "Twitterbot/1.0", None, HTML, false),
    client("Facebook", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", Some("*/*"), HTML, false),
    client("curl", "curl/8.5.0", Some("*/*"), DATA, false),
    client("nobody in particular", "", None, DATA, false),
    client("a script in a browser", FIREFOX, Some("*/*"), DATA, false),
    client("a JSON-LD processor", "node", Some("application/ld+json, application/json"), "application/ld+json", true),
    client("an LMS", "Moodle/4.5", Some("application/json"), "application/json", true),
    client("a wallet", "okhttp/4.12", Some("application/vc"), "application/vc", true),
    client("a wallet for tokens", "okhttp/4.12", Some("application/vc+jwt"), "application/vc+jwt", true),
    client("a picture frame", "curl/8.5.0", Some("image/png"), "image/png", true),
    client("a printer", "curl/8.5.0", Some("application/pdf"), "application/pdf", true),
    client("who would take a page at a pinch", "curl/8.5.0", Some("text/html;q=0.1"), HTML, true),
    client("nonsense", "curl/8.5.0", Some("rubbish, ;q=,,"), DATA, false),
    client("LinkedIn, asking for data", "LinkedInBot/1.0", Some("application/json"), "application/json", true),
];

/// An address, and what there is at it.
struct Address {
    path: String,
    /// What each media type gives; the first is what stands there, [`DATA`] too.
    forms: Vec<(&'static str, Body)>,
    /// There is a choice between a page and data.
    open: bool,
}

const LD: &str = "application/ld+json";
const JSON: &str = "application/json";
const VC: &str = "application/vc";

fn open(path: String, more: &[(&'static str, Body)]) -> Address {
    let mut forms = vec![(LD, Json(LD)), (JSON, Json(JSON)), (HTML, Page)];
    forms.extend(more);
    Address { path, forms, open: true }
}

fn one(path: String, forms: &[(&'static str, Body)]) -> Address {
    Address { path, forms: forms.to_vec(), open: false }
}

/// Every address of the award `id`.
fn of_award(id: &str) -> Vec<Address> {
    let (credential, assertion) = (format!("/public/credentials/{id}"), format!("/public/assertions/{id}"));
    let jwt = Jwt("application/vc+jwt");
    vec![
        open(
            credential.clone(),
            &[(VC, Json(VC)), ("application/vc+jwt", jwt), ("image/png", Png), ("application/pdf", Pdf)],
        ),
        one(format!("{credential}.html"), &[(HTML, Page)]),
        one(format!("{credential}.json"), &[(LD, Json(LD)), (JSON, Json(JSON)), (VC, Json(VC))]),
        one(format!("{credential}.jwt"), &[("application/vc+jwt", jwt)]),
        one(format!("{credential}.png"), &[("image/png", Png)]),
        one(format!("{credential}.pdf"), &[("application/pdf", Pdf)]),
        open(assertion.clone(), &[]),
        one(format!("{assertion}.html"), &[(HTML, Page)]),
        one(format!("{assertion}.json"), &[(LD, Json(LD)), (JSON, Json(JSON))]),
        one(format!("{assertion}.jws"), &[("application/jose", Jwt("application/jose"))]),
        one(format!("{assertion}/image"), &[("image/png", Png)]),
        one(format!("/embed/{id}"), &[(HTML, Page)]),
    ]
}

/// Every address of what is awarded and of who awards.
fn of_school(school: &School) -> Vec<Address> {
    let School { issuer, achievement } = school;
    let mut all = Vec::new();
    for thing in [
        format!("/public/achievements/{achievement}"),
        format!("/public/badges/{achievement}"),
        format!("/public/issuers/{issuer}"),
    ] {
        all.push(one(format!("{thing}.html"), &[(HTML, Page)]));
        all.push(one(format!("{thing}.json"), &[(LD, Json(LD)), (JSON, Json(JSON))]));
        all.push(open(thing, &[]));
    }
    all.push(open(format!("/public/issuers/{issuer}/v2"), &[]));
    all
}

impl Address {
    /// What `client` gets here.
    fn given_to(&self, client: &Client) -> Body {
        let page = self.forms.iter().find(|(name, _)| *name == HTML && client.wants == HTML);
        let named = self.forms.iter().find(|(name, _)| *name == client.wants);
        page.or(named).or(self.forms.first()).unwrap().1
    }

    /// What the choice depended on.
    fn vary(&self, client: &Client, body: Body) -> Option<String> {
        let was_said = client.said && self.forms.iter().any(|(name, _)| *name == client.wants);
        let mut names: Vec<&str> = Vec::new();
        if self.open || (self.forms.len() > 1) {
            names.push("Accept");
        }
        if body == Page || body == Pdf {
            names.push("Accept-Language");
        }
        if self.open && !was_said {
            names.push("User-Agent");
        }
        (!names.is_empty()).then(|| names.join(", "))
    }
}

fn request(method: &str, path: &str, client: &Client) -> Request {
    let mut request = Request::new(method, path);
    if !client.agent.is_empty() {
        request = request.header("user-agent", client.agent);
    }
    match client.accept {
        Some(accept) => request.header("accept", accept),
        None => request,
    }
}

fn assert_is(body: Body, answer: &Answer, what: &str) {
    let media_type = answer.header("content-type").unwrap().split(';').next().unwrap();
    match body {
        Page => {
            assert_eq!(media_type, HTML, "{what}");
            assert!(answer.text().trim_start().to_lowercase().starts_with("<!doctype html>"), "{what}");
        }
        Json(name) => {
            assert_eq!(media_type, name, "{what}");
            assert!(answer.json().is_object(), "{what}");
        }
        Jwt(name) => {
            assert_eq!(media_type, name, "{what}");
            assert!(answer.text().starts_with("ey") && answer.text().split('.').count() == 3, "{what}");
        }
        Png => {
            assert_eq!(media_type, "image/png", "{what}");
            assert!(answer.body.starts_with(b"\x89PNG\r\n\x1a\n"), "{what}");
        }
        Pdf => {
            assert_eq!(media_type, "application/pdf", "{what}");
            assert!(answer.body.starts_with(b"%PDF-"), "{what}");
        }
    }
}

/// `address` for every client: type, body, `Vary`, `Link`, HEAD, 304.
fn assert_matrix(server: &Server, address: &Address) {
    for client in CLIENTS {
        let what = format!("{} at {}", client.name, address.path);
        let answer = server.anyone().send(request("GET", &address.path, client));
        assert_eq!(answer.status, 200, "{what}: {}", answer.told());
        let body = address.given_to(client);
        assert_is(body, &answer, &what);
        assert_eq!(answer.header("vary").map(str::to_owned), address.vary(client, body), "{what}");
        assert!(answer.header("cache-control").unwrap().starts_with("public"), "{what}");
        assert_links(&answer, address, &what);
        assert_policy(body, &answer, address, &what);

        let head = server.anyone().send(request("HEAD", &address.path, client));
        assert_eq!((head.status, head.body.len()), (200, 0), "{what}");
        let known = answer.header("etag").unwrap();
        let again =
            server.anyone().send(request("GET", &address.path, client).header("if-none-match", known));
        assert_eq!((again.status, again.body.len()), (304, 0), "{what}");
        for name in ["etag", "vary", "cache-control", "link"] {
            assert_eq!(head.header(name), answer.header(name), "{what}: {name} of HEAD");
            assert_eq!(again.header(name), answer.header(name), "{what}: {name} of 304");
        }
        for name in ["content-type", "content-length", "content-language"] {
            assert_eq!(head.header(name), answer.header(name), "{what}: {name} of HEAD");
        }
    }
}

/// Each form leads to the others, and every link leads to what it says.
fn assert_links(answer: &Answer, address: &Address, what: &str) {
    let Some(link) = answer.header("link") else {
        assert!(address.path.contains("image") || address.path.ends_with(".png"), "{what} has no Link");
        return;
    };
    assert!(link.contains("rel=\"alternate\""), "{what}: {link}");
    let is_page = answer.header("content-type").unwrap().starts_with(HTML);
    // A page may stand in front of the data that the same address has for others.
    let is_itself = !is_page && link.contains(&format!("<{PUBLIC_URL}{}>", address.path));
    assert!(!is_itself, "{what} links to itself: {link}");
    for wanted in if is_page { &[LD][..] } else { &[HTML] } {
        assert!(link.contains(&format!("type=\"{wanted}\"")), "{what}: {link}");
    }
}

/// Other origins may read data and pictures; pages they may neither read nor frame, except the embed.
fn assert_policy(body: Body, answer: &Answer, address: &Address, what: &str) {
    let policy = answer.header("content-security-policy").unwrap();
    let is_open = answer.header("access-control-allow-origin") == Some("*");
    let is_embed = address.path.starts_with("/embed/");
    assert_eq!(is_open, body != Page, "{what}");
    assert_eq!(policy.contains("frame-ancestors *"), is_embed, "{what}: {policy}");
    assert_eq!(policy.contains("frame-ancestors 'none'"), !is_embed, "{what}: {policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{what}: {policy}");
    assert!(answer.header("access-control-allow-credentials").is_none(), "{what}");
}

/// The award `id` under `visibility`.
fn show(server: &Server, id: &str, visibility: &str) -> Value {
    let path = format!("/v1/credentials/{id}");
    server.owner().patch(&path, &json!({ "visibility": visibility })).expect(200)
}

on_both! {
    fn web_08_every_client_gets_what_it_takes_at_every_address(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        for address in of_award(id).iter().chain(&of_school(&school)) {
            assert_matrix(server, address);
        }
    }

    fn every_link_leads_to_what_it_says(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        for path in [format!("/public/credentials/{id}"), format!("/public/achievements/{}", school.achievement), format!("/public/issuers/{}", school.issuer)] {
            let link = server.anyone().get_as(&path, HTML).header("link").unwrap().to_owned();
            let links: Vec<(&str, &str)> = link
                .split(", <")
                .map(|link| (link.trim_start_matches('<').split('>').next().unwrap(), link.split("type=\"").nth(1).unwrap().trim_end_matches('"')))
                .collect();
            assert!(links.len() >= 2, "{link}");
            for (url, media_type) in links {
                let answer = server.anyone().get_as(url, media_type);
                assert_eq!(answer.status, 200, "{url}");
                let actual = answer.header("content-type").unwrap().split(';').next().unwrap();
                assert!(actual == media_type || media_type == "application/json+oembed" && actual == JSON || actual.starts_with("application/did"), "{url} is {actual}, not {media_type}");
            }
        }
    }

    fn a_revoked_award_has_a_page_and_its_assertion_is_gone(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let assertion = format!("/public/assertions/{id}");
        let before = server.anyone().get_as(&format!("/public/credentials/{id}"), BROWSER);
        server.owner().post(&format!("/v1/credentials/{id}/revoke"), &json!({"reason": "Awarded by mistake"})).expect(200);
        for address in of_award(id) {
            if address.path.starts_with(&assertion) && !address.path.ends_with(".html") {
                continue;
            }
            assert_matrix(server, &address);
        }
        let page = server.anyone().get_as(&format!("/public/credentials/{id}"), BROWSER);
        assert_ne!(page.body, before.body, "it says so at once");
        assert!(page.text().contains("Awarded by mistake"));
        for client in CLIENTS {
            let answer = server.anyone().send(request("GET", &assertion, client));
            let expected = if client.wants == HTML { 200 } else { 410 };
            assert_eq!(answer.status, expected, "{}", client.name);
        }
    }

    fn a_private_award_says_nothing_without_its_key_and_everything_with_it(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        // In memory before it is locked.
        for address in of_award(id) {
            server.anyone().get(&address.path);
        }
        let shared = show(server, id, "private")["links"]["share"].as_str().unwrap().to_owned();
        let key = shared.split("key=").nth(1).unwrap().to_owned();
        for address in of_award(id) {
            for client in CLIENTS {
                let what = format!("{} at {}", client.name, address.path);
                let body = address.given_to(client);
                let locked = server.anyone().send(request("GET", &address.path, client));
                assert_eq!(locked.status, if body == Page { 200 } else { 403 }, "{what}");
                let text = String::from_utf8_lossy(&locked.body);
                assert!(!text.contains("Applied Data Skills") && !text.contains("Plans, cleans"), "{what}: {text}");
                if body != Page && client.wants != HTML {
                    locked.expect_problem(403, "private-credential");
                }
                if address.path.starts_with("/embed/") {
                    continue;
                }
                let opened = server.anyone().send(request("GET", &format!("{}?key={key}", address.path), client));
                assert_eq!(opened.status, 200, "{what}: {}", opened.told());
                assert_is(body, &opened, &what);
                assert_eq!(opened.header("cache-control"), Some("private, no-store"), "{what}");
                if let Some(link) = opened.header("link") {
                    assert_eq!(link.matches("rel=\"alternate\"").count(), link.matches(&format!("key={key}")).count(), "{what}: {link}");
                }
                let wrong = server.anyone().send(request("GET", &format!("{}?key=AAAAAAAAAAAAAAAAAAAAAA", address.path), client));
                assert_eq!((wrong.status, wrong.body == opened.body), (locked.status, false), "{what}");
            }
        }
        // What the key opened was not kept for others.
        assert_eq!(server.anyone().get(&format!("/public/credentials/{id}.json")).status, 403);
    }

    fn an_erased_award_is_gone_at_every_address(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        for address in of_award(id) {
            server.anyone().get(&address.path);
        }
        server.owner().post(&format!("/v1/credentials/{id}/erase"), &json!({"reason": "At the holder's wish"})).expect(200);
        for address in of_award(id) {
            for client in CLIENTS {
                let what = format!("{} at {}", client.name, address.path);
                let answer = server.anyone().send(request("GET", &address.path, client));
                assert_eq!(answer.status, 410, "{what}: {}", answer.told());
                let media_type = answer.header("content-type").unwrap();
                match address.given_to(client) {
                    Page | Pdf => assert_is(Page, &answer, &what),
                    _ => {
                        assert!(media_type.ends_with("json"), "{what}: {media_type}");
                        assert_eq!(answer.json()["erased"], true, "{what}");
                    }
                }
                assert!(!String::from_utf8_lossy(&answer.body).contains("Applied Data Skills"), "{what}");
            }
        }
    }

    fn a_key_that_opens_nothing_changes_nothing(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let id = award["id"].as_str().unwrap();
        let paths = [format!("/public/achievements/{}", school.achievement), format!("/public/issuers/{}", school.issuer), format!("/public/credentials/{id}.json"), format!("/public/credentials/{id}"), format!("/public/assertions/{id}.jws")];
        for path in paths {
            for accept in [BROWSER, JSON] {
                let plain = server.anyone().get_as(&path, accept);
                let keyed = server.anyone().get_as(&format!("{path}?key=AAAAAAAAAAAAAAAAAAAAAA"), accept);
                assert_eq!((keyed.status, &keyed.body), (200, &plain.body), "{path} {accept}");
                for name in ["cache-control", "link", "etag"] {
                    assert_eq!(keyed.header(name), plain.header(name), "{path} {accept}: {name}");
                }
            }
        }
    }

    fn the_page_speaks_the_language_asked_for(server) {
        let school = server.school();
        let path = format!("/public/achievements/{}", school.achievement);
        for (query, accepted, language) in [("", "de-AT, en;q=0.3", "de"), ("?lang=fr", "de", "fr"), ("?lang=ar", "", "ar"), ("", "", "en"), ("?lang=tlh", "es", "es")] {
            let request = Request::new("GET", &format!("{path}{query}")).header("accept", BROWSER).header("accept-language", accepted);
            let page = server.anyone().send(request);
            assert_eq!(page.header("content-language"), Some(language), "{query} {accepted}");
            assert!(page.text().contains(&format!("lang=\"{language}\"")), "{query} {accepted}");
            let varies = page.header("vary").unwrap().contains("Accept-Language");
            assert_eq!(varies, !matches!(query, "?lang=fr" | "?lang=ar"), "{query}");
        }
    }

    fn who_prefers_no_language_reads_the_one_of_what_is_shown(server) {
        let issuer = server.owner().register("Universidad de Ejemplo");
        let members = json!({"name": "Datos", "description": "Sabe de datos.", "criteria": {"narrative": "Un proyecto."}, "inLanguage": "es-MX"});
        let achievement = server.owner().post(&format!("/v1/issuers/{issuer}/achievements"), &members).expect(201);
        let path = format!("/public/achievements/{}", achievement["id"].as_str().unwrap());
        for (accepted, language) in [("", "es"), ("*", "es"), ("tlh", "es"), ("de", "de")] {
            let request = Request::new("GET", &path).header("accept", BROWSER).header("accept-language", accepted);
            let page = server.anyone().send(request);
            assert_eq!(page.header("content-language"), Some(language), "{accepted}");
            assert_eq!(page.header("vary"), Some("Accept, Accept-Language"), "{accepted}");
        }
    }

    fn a_page_is_of_now(server) {
        let school = server.school();
        let path = format!("/public/achievements/{}", school.achievement);
        assert!(server.anyone().get_as(&path, BROWSER).text().contains("Applied Data Skills"));
        server.owner().patch(&format!("/v1/achievements/{}", school.achievement), &json!({"name": "Advanced Data Skills"})).expect(200);
        assert!(server.anyone().get_as(&path, BROWSER).text().contains("Advanced Data Skills"));
    }
}
