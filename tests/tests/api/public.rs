//! `/public`: what the world fetches.

use accolade_tests::actors::School;
use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

/// A public URL with the media type it is served as when nobody asks for another.
fn every_public_url(server: &Server, school: &School, award: &Value) -> Vec<(String, &'static str)> {
    let id = award["id"].as_str().unwrap();
    let credential = server.anyone().get(award["links"]["credential"].as_str().unwrap()).expect(200);
    let list = credential["credentialStatus"]["statusListCredential"].as_str().unwrap().to_owned();
    let keys = server.anyone().get(&format!("/public/issuers/{}/jwks.json", school.issuer)).expect(200);
    let kid = keys["keys"][0]["kid"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let School { issuer, achievement } = school;
    let ld = "application/ld+json";
    [
        (format!("/public/credentials/{id}"), ld),
        (format!("/public/credentials/{id}.json"), ld),
        (format!("/public/credentials/{id}.jwt"), "application/vc+jwt"),
        (format!("/public/assertions/{id}"), ld),
        (format!("/public/assertions/{id}.json"), ld),
        (format!("/public/assertions/{id}.jws"), "application/jose"),
        (format!("/public/achievements/{achievement}"), ld),
        (format!("/public/badges/{achievement}"), ld),
        (format!("/public/badges/{achievement}/image"), "image/png"),
        (format!("/public/achievements/{achievement}/card.png"), "image/png"),
        (format!("/public/credentials/{id}.png"), "image/png"),
        (format!("/public/credentials/{id}.svg"), "image/svg+xml"),
        (format!("/public/assertions/{id}/image"), "image/png"),
        (format!("/public/issuers/{issuer}"), ld),
        (format!("/public/issuers/{issuer}/v2"), ld),
        (format!("/public/issuers/{issuer}/did.json"), "application/did+json"),
        (format!("/public/issuers/{issuer}/jwks.json"), "application/jwk-set+json"),
        (format!("/public/issuers/{issuer}/revocations"), ld),
        (format!("/public/keys/{kid}"), "application/jwk+json"),
        (format!("/public/keys/{kid}/v2"), ld),
        (list.trim_start_matches("https://badges.example.edu").to_owned(), ld),
    ]
    .into_iter()
    .collect()
}

on_both! {
    fn every_public_document_has_its_type_and_can_be_cached_and_read_from_any_page(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        for (url, media_type) in every_public_url(server, &school, &award) {
            let answer = server.anyone().get(&url);
            assert_eq!(answer.status, 200, "{url}");
            let actual = answer.header("content-type").unwrap();
            assert_eq!(actual.split(';').next().unwrap(), media_type, "{url}");
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{url}");
            assert!(answer.header("access-control-allow-credentials").is_none(), "{url}");
            assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{url}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{url}");
            assert!(answer.header("cache-control").unwrap().starts_with("public"), "{url}");
            assert!(answer.header("set-cookie").is_none(), "{url}");
            if media_type.ends_with("json") {
                assert!(answer.json().is_object(), "{url}");
            }
        }
    }

    fn who_has_a_document_already_gets_304(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        for (url, _) in every_public_url(server, &school, &award) {
            let etag = server.anyone().get(&url).header("etag").unwrap_or_else(|| panic!("{url}")).to_owned();
            assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
            for tags in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
                let answer = server.anyone().send(Request::new("GET", &url).header("if-none-match", &tags));
                assert_eq!((answer.status, answer.body.len()), (304, 0), "{url} {tags}");
                assert_eq!(answer.header("etag"), Some(etag.as_str()), "{url}");
                assert!(answer.header("cache-control").is_some(), "{url}");
            }
            for tags in ["\"x\"", "x", "", "W/", "\"\"", etag.trim_start_matches('"')] {
                let answer = server.anyone().send(Request::new("GET", &url).header("if-none-match", tags));
                assert_eq!(answer.status, 200, "{url} {tags}");
            }
        }
    }

    fn head_is_get_without_the_body(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        for (url, _) in every_public_url(server, &school, &award) {
            let (get, head) = (server.anyone().get(&url), server.anyone().send(Request::new("HEAD", &url)));
            assert_eq!((head.status, head.body.len()), (200, 0), "{url}");
            for name in ["content-length", "content-type", "etag", "cache-control", "vary"] {
                assert_eq!(head.header(name), get.header(name), "{url} {name}");
            }
        }
    }

    fn the_accept_header_chooses_among_the_forms_of_a_credential(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let url = award["links"]["public"].as_str().unwrap();
        for (accept, media_type) in [
            ("application/vc", "application/vc"),
            ("application/ld+json", "application/ld+json"),
            ("application/json", "application/json"),
            ("application/json, text/plain, */*", "application/json"),
            ("application/vc+jwt", "application/vc+jwt"),
            ("application/vc+jwt;q=0.5, application/vc;q=0.9", "application/vc"),
            ("*/*", "application/ld+json"),
            ("audio/ogg", "application/ld+json"),
            ("rubbish", "application/ld+json"),
            (";q=,,", "application/ld+json"),
        ] {
            let answer = server.anyone().get_as(url, accept);
            assert_eq!(answer.status, 200, "{accept}");
            assert_eq!(answer.header("content-type"), Some(media_type), "{accept}");
            assert!(answer.header("vary").unwrap().starts_with("Accept"), "{accept}");
            let is_jwt = answer.text().split('.').count() == 3 && answer.text().starts_with("ey");
            assert_eq!(is_jwt, media_type == "application/vc+jwt", "{accept}");
        }
        // A suffix decides alone.
        let jwt = server.anyone().get_as(&format!("{url}.jwt"), "application/json");
        assert_eq!(jwt.header("content-type"), Some("application/vc+jwt"));
        let json = server.anyone().get_as(&format!("{url}.json"), "application/vc+jwt");
        assert_eq!(json.header("content-type"), Some("application/ld+json"));
    }

    fn a_credential_names_its_other_forms(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let url = award["links"]["public"].as_str().unwrap();
        let link = server.anyone().get(url).header("link").unwrap().to_owned();
        assert!(link.contains(&format!("<{url}.jwt>; rel=\"alternate\"; type=\"application/vc+jwt\"")), "{link}");
    }

    fn a_key_is_a_bare_jwk_and_holds_no_secret(server) {
        let school = server.school();
        let jwks = server.anyone().get(&format!("/public/issuers/{}/jwks.json", school.issuer)).expect(200);
        let keys = jwks["keys"].as_array().unwrap();
        assert!(keys.len() >= 2, "{jwks}");
        for key in keys {
            for secret in ["d", "oth", "p", "q", "dp", "dq", "qi", "k"] {
                assert!(key.get(secret).is_none(), "{key}");
            }
            let url = key["kid"].as_str().unwrap();
            let alone = server.anyone().get(url).expect(200);
            for member in ["kty", "crv", "x", "y", "n", "e", "kid"] {
                assert_eq!(alone.get(member), key.get(member), "{member} of {alone}");
            }
        }
    }

    fn what_is_not_there_is_a_problem_and_open_to_every_page_too(server) {
        let missing = "00000000-0000-4000-8000-000000000000";
        for shelf in ["credentials", "assertions", "achievements", "badges", "issuers", "keys", "status"] {
            for id in [missing, "x", "%00", "A0000000-0000-4000-8000-000000000000", "..%2f..%2fetc%2fpasswd"] {
                let answer = server.anyone().get(&format!("/public/{shelf}/{id}"));
                answer.expect_problem(404, "not-found");
                assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
                assert_eq!(answer.header("cache-control"), Some("no-store"));
            }
        }
        for path in ["/public", "/public/", "/public/credentials", "/public/credentials/", "/public/secrets/x"] {
            server.anyone().get(path).expect_problem(404, "not-found");
        }
    }

    fn a_page_elsewhere_may_ask_before_it_fetches(server) {
        let preflight = Request::new("OPTIONS", "/public/credentials/x")
            .header("origin", "https://wallet.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "if-none-match");
        let answer = server.anyone().send(preflight);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, Some("*")));
        assert!(answer.header("access-control-allow-methods").unwrap().contains("GET"));
        assert!(answer.header("access-control-allow-headers").unwrap().contains("If-None-Match"));
    }

    fn a_query_does_not_keep_the_world_from_a_document(server) {
        let school = server.school();
        assert_eq!(server.anyone().get(&format!("/public/issuers/{}?utm_source=x&v=3_0", school.issuer)).status, 200);
    }

    fn a_new_document_is_there_although_it_was_missing_a_moment_ago(server) {
        let school = server.school();
        let revocations = format!("/public/issuers/{}/revocations", school.issuer);
        let empty = server.anyone().get(&revocations).expect(200);
        assert!(empty["revokedAssertions"].as_array().is_none_or(Vec::is_empty), "{empty}");
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let path = format!("/v1/credentials/{}/revoke", award["id"].as_str().unwrap());
        server.owner().post(&path, &json!({"reason": "x"})).expect(200);
        assert_ne!(server.anyone().get(&revocations).expect(200), empty);
    }
}
