//! `POST /oauth/token`, what its tokens are good for, and the metadata that lead to it.

use accolade_issuing::{Caller, Scope};
use accolade_tests::exchange::{Answer, Request};
use accolade_tests::server::{PUBLIC_URL, Server};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::on_both;

const GRANT: &str = "grant_type=client_credentials";

fn asking(form: &str) -> Request {
    Request::new("POST", "/oauth/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// Asks with `client_secret_basic`.
fn ask(server: &Server, (id, secret): &(String, String), form: &str) -> Answer {
    server.anyone().send(asking(form).header("authorization", &basic(id, secret)))
}

fn token_for(server: &Server, key: &(String, String), form: &str) -> String {
    ask(server, key, form).expect(200)["access_token"].as_str().unwrap().to_owned()
}

/// Asserts the refusal of RFC 6749, section 5.2.
fn refused(answer: &Answer, status: u16, error: &str) {
    let body = answer.expect(status);
    assert_eq!(body["error"], error, "{body}");
    let description = body["error_description"].as_str().unwrap();
    assert!(description.chars().all(|c| matches!(c, ' '..='~') && c != '"' && c != '\\'), "{description}");
    assert_eq!(body.as_object().unwrap().len(), 2, "{body}");
    unkept(answer);
    let challenge = answer.header("www-authenticate");
    assert_eq!(
        challenge.is_some_and(|challenge| challenge.starts_with("Basic realm=")),
        status == 401,
        "{answer:?}"
    );
}

fn unkept(answer: &Answer) {
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("pragma"), Some("no-cache"));
}

on_both! {
    fn a_key_gets_a_token_that_does_what_the_key_does(server) {
        let school = server.school();
        let key = server.new_key(&[Scope::CredentialsAward, Scope::CredentialsRead], Some(&school.issuer));
        let answer = ask(server, &key, GRANT);
        unkept(&answer);
        let body = answer.expect(200);
        assert_eq!(body["token_type"], "Bearer");
        assert_eq!(body["expires_in"], 3600);
        assert_eq!(body["scope"], "credentials:read credentials:award");
        let token = body["access_token"].as_str().unwrap();
        assert!(token.starts_with("act_") && token.len() == 47, "a prefix and 256 bits");
        let machine = server.anyone().with_key(token);
        machine.award(&school.achievement, "ana@example.org");
        assert_eq!(machine.get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
        machine.get("/v1/issuers").expect_problem(403, "forbidden");
        // The key's issuer is the token's.
        let other = server.school();
        let order = json!({"recipient": {"email": "ana@example.org"}});
        machine.post(&format!("/v1/achievements/{}/credentials", other.achievement), &order).expect_problem(404, "not-found");
        assert_ne!(token_for(server, &key, GRANT), token, "every token is new");
    }

    fn the_secret_may_stand_in_the_header_or_in_the_form_but_not_in_both(server) {
        let key = server.new_key(&[Scope::IssuersRead], None);
        let (id, secret) = &key;
        let in_form = format!("{GRANT}&client_id={id}&client_secret={secret}");
        for request in [
            asking(&in_form),
            asking(GRANT).header("authorization", &basic(id, secret)),
            asking(&format!("{GRANT}&client_id={id}")).header("authorization", &basic(id, secret)),
            // What a parameter is that nobody knows, or that has no value: as if it were not there.
            asking(&format!("{in_form}&audience=x&resource=y&scope=")),
            asking(GRANT).header("content-type", "application/x-www-form-urlencoded; charset=UTF-8").header("authorization", &basic(id, secret)),
        ] {
            let token = server.anyone().send(request).expect(200)["access_token"].as_str().unwrap().to_owned();
            server.anyone().with_key(&token).get("/v1/issuers").expect(200);
        }
        refused(&ask(server, &key, &in_form), 400, "invalid_request");
        refused(&ask(server, &key, &format!("{GRANT}&client_secret=x")), 400, "invalid_request");
        refused(&ask(server, &key, &format!("{GRANT}&client_id=x")), 400, "invalid_request");
    }

    fn oa_34_a_basic_header_is_form_decoded_before_it_is_compared(server) {
        let (id, secret) = server.new_key(&[Scope::IssuersRead], None);
        let encoded = (id.replace('-', "%2D"), secret.replace('_', "%5f"));
        assert_ne!(encoded.0, id);
        ask(server, &encoded, GRANT).expect(200);
        for wrong in [
            format!("{secret}%"), format!("{secret}%zz"), format!("{secret}:"), format!("{secret}%3A"), format!("{secret}ü"),
            format!("{secret}%C3%BC"), format!("{secret}%ff"), format!("{secret}%00"), format!("{secret}+"), String::new(),
        ] {
            refused(&ask(server, &(id.clone(), wrong), GRANT), 401, "invalid_client");
        }
        for header in ["Basic", "Basic ", "Basic %%%", "Basic aWQ", "Basic /w==", "Digest x", &format!("Bearer {secret}")] {
            refused(&server.anyone().send(asking(GRANT).header("authorization", header)), 401, "invalid_client");
        }
    }

    fn oa_17_only_client_credentials_are_granted(server) {
        let key = server.new_key(&[Scope::Admin], None);
        for grant in [
            "password", "authorization_code", "refresh_token", "implicit", "Client_Credentials", "client_credentials%20",
            "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code",
        ] {
            let form = format!("grant_type={grant}&username=ana&password=x&code=x&refresh_token=x");
            refused(&ask(server, &key, &form), 400, "unsupported_grant_type");
            refused(&server.anyone().send(asking(&form)), 400, "unsupported_grant_type");
        }
        refused(&ask(server, &key, "grant_type="), 400, "invalid_request");
        refused(&ask(server, &key, "response_type=token"), 400, "invalid_request");
        // There is nothing that gives a code or a token to a browser.
        for response_type in ["token", "code", "code%20token"] {
            server.anyone().get(&format!("/oauth/authorize?response_type={response_type}")).expect_problem(404, "not-found");
        }
    }

    fn a_request_that_can_be_read_in_two_ways_is_refused(server) {
        let key = server.new_key(&[Scope::IssuersRead], None);
        let (id, secret) = &key;
        for form in [
            format!("{GRANT}&{GRANT}"),
            format!("{GRANT}&scope=issuers:read&scope=issuers:read"),
            format!("{GRANT}&x=1&x=2"),
            format!("{GRANT}&scope=%zz"),
            format!("{GRANT}&scope=%ff"),
            String::new(),
        ] {
            refused(&ask(server, &key, &form), 400, "invalid_request");
        }
        let header = basic(id, secret);
        let anyone = server.anyone();
        refused(&anyone.send(asking(GRANT).header("authorization", &header).header("authorization", &header)), 400, "invalid_request");
        let json = Request::new("POST", "/oauth/token").json(&json!({"grant_type": "client_credentials"}));
        refused(&anyone.send(json.header("authorization", &header)), 400, "invalid_request");
        refused(&anyone.send(Request::new("POST", "/oauth/token").header("authorization", &header)), 400, "invalid_request");
        // A secret has no place in a URL.
        let in_url = format!("/oauth/token?{GRANT}&client_id={id}&client_secret={secret}");
        let in_url = Request::new("POST", &in_url).header("content-type", "application/x-www-form-urlencoded").body(GRANT);
        refused(&anyone.send(in_url), 400, "invalid_request");
        anyone.send(asking(&format!("{GRANT}&x={}", "y".repeat(20_000)))).expect_problem(413, "too-large");
        anyone.get("/oauth/token").expect_problem(405, "method-not-allowed");
    }

    fn who_is_not_known_gets_no_token(server) {
        let (id, secret) = server.new_key(&[Scope::IssuersRead], None);
        let (other, other_secret) = server.new_key(&[Scope::IssuersRead], None);
        let token = token_for(server, &(id.clone(), secret.clone()), GRANT);
        for (id, secret) in [
            (id.as_str(), other_secret.as_str()),
            (&other, &secret),
            (&id.to_uppercase(), &secret),
            ("", &secret),
            ("admin-key", &secret),
            ("' or 1=1--", &secret),
            ("\0", &secret),
            (&id, ""),
            (&id, "acc_"),
            // A token is no secret of a client: nobody lives for ever on one.
            (&id, &token),
        ] {
            refused(&ask(server, &(id.to_owned(), secret.to_owned()), GRANT), 401, "invalid_client");
        }
        refused(&server.anyone().send(asking(GRANT)), 401, "invalid_client");
    }

    fn the_admin_key_of_the_configuration_is_no_client(server) {
        let secret = "acc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        server.office.provision_admin_key(secret).unwrap();
        server.anyone().with_key(secret).get("/v1/issuers").expect(200);
        for id in ["admin-key", "admin", ""] {
            refused(&ask(server, &(id.to_owned(), secret.to_owned()), GRANT), 401, "invalid_client");
        }
    }

    fn a_token_has_the_scopes_that_were_asked_for_and_the_key_has(server) {
        let key = server.new_key(&[Scope::IssuersRead, Scope::CredentialsRead], None);
        let form = format!("{GRANT}&scope=credentials%3Aread");
        let answer = ask(server, &key, &form).expect(200);
        assert_eq!(answer["scope"], "credentials:read");
        let machine = server.anyone().with_key(answer["access_token"].as_str().unwrap());
        machine.get("/v1/credentials").expect(200);
        machine.get("/v1/issuers").expect_problem(403, "forbidden");
        for scope in ["admin", "issuers:write", "issuers:read+admin", "openid", "+", "issuers:read++credentials:read", "%22%5C%C3%BC"] {
            refused(&ask(server, &key, &format!("{GRANT}&scope={scope}")), 400, "invalid_scope");
        }
        // An admin key has every scope, and can give away one.
        let admin = server.new_key(&[Scope::Admin], None);
        let answer = ask(server, &admin, &format!("{GRANT}&scope=issuers:read")).expect(200);
        let machine = server.anyone().with_key(answer["access_token"].as_str().unwrap());
        machine.get("/v1/issuers").expect(200);
        machine.get("/v1/credentials").expect_problem(403, "forbidden");
        assert_eq!(ask(server, &admin, GRANT).expect(200)["scope"], "admin");
    }

    fn a_token_ends_after_an_hour_and_with_its_key(server) {
        let key = server.new_key(&[Scope::IssuersRead], None);
        let token = token_for(server, &key, GRANT);
        let machine = server.anyone().with_key(&token);
        server.clock.set("2026-11-23T10:59:59Z");
        machine.get("/v1/issuers").expect(200);
        server.clock.set("2026-11-23T11:00:00Z");
        let late = machine.get("/v1/issuers");
        late.expect_problem(401, "unauthenticated");
        assert!(late.header("www-authenticate").unwrap().contains("invalid_token"));

        let machine = server.anyone().with_key(&token_for(server, &key, GRANT));
        machine.get("/v1/issuers").expect(200);
        server.office.revoke_api_key(&Caller::system(), &key.0).unwrap();
        machine.get("/v1/issuers").expect_problem(401, "unauthenticated");
        refused(&ask(server, &key, GRANT), 401, "invalid_client");
    }

    fn what_looks_like_a_token_is_none(server) {
        let token = token_for(server, &server.new_key(&[Scope::IssuersRead], None), GRANT);
        for bad in [
            "act_", &format!("act_{}", "0".repeat(43)), &token.replace("act_", "acc_"), &token.to_uppercase(), &format!("{token}x"),
            token.trim_start_matches("act_"),
        ] {
            server.anyone().with_key(bad).get("/v1/issuers").expect_problem(401, "unauthenticated");
        }
    }

    fn a_retry_with_a_new_token_is_still_the_same_request(server) {
        let school = server.school();
        let key = server.new_key(&[Scope::CredentialsAward], Some(&school.issuer));
        let award = |token: &str| {
            let request = Request::new("POST", &format!("/v1/achievements/{}/credentials", school.achievement))
                .json(&json!({"recipient": {"email": "ana@example.org"}}));
            server.anyone().with_key(token).send(request.header("idempotency-key", "once")).expect(201)
        };
        assert_eq!(award(&token_for(server, &key, GRANT)), award(&token_for(server, &key, GRANT)));
        assert_eq!(award(&key.1)["id"], award(&token_for(server, &key, GRANT))["id"], "nor does the key itself differ");
    }

    fn oa_36_the_metadata_name_the_configured_url_whatever_host_is_asked(server) {
        let path = "/.well-known/oauth-authorization-server";
        let plain = server.anyone().get(path);
        let metadata = plain.expect(200);
        assert_eq!(metadata["issuer"], PUBLIC_URL);
        assert_eq!(metadata["token_endpoint"], format!("{PUBLIC_URL}/oauth/token"));
        assert_eq!(metadata["grant_types_supported"], json!(["client_credentials"]));
        assert_eq!(metadata["response_types_supported"], json!([]));
        assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["client_secret_basic", "client_secret_post"]));
        let scopes: Vec<Value> = Scope::ALL.into_iter().map(|scope| json!(scope.as_str())).collect();
        assert_eq!(metadata["scopes_supported"], json!(scopes));
        assert_eq!(plain.header("content-type"), Some("application/json"));
        assert_eq!(plain.header("cache-control"), Some("public, max-age=3600"));
        for member in metadata.as_object().unwrap().values().filter_map(Value::as_str) {
            assert!(member.starts_with("https://badges.example.edu"), "{member}");
        }
        let evil = Request::new("GET", path)
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .header("x-forwarded-proto", "http")
            .header("forwarded", "host=evil.example;proto=http");
        assert_eq!(server.anyone().send(evil).body, plain.body);
        let absolute = Request::new("GET", &format!("http://evil.example{path}"));
        assert_eq!(server.anyone().send(absolute).body, plain.body);
    }
}

#[test]
fn oa_36_a_server_under_http_publishes_no_metadata() {
    let server = Server::on_sqlite_with(|settings| settings.public_url = "http://127.0.0.1:8080".to_owned());
    server.anyone().get("/.well-known/oauth-authorization-server").expect_problem(404, "not-found");
}

#[test]
fn one_address_asks_for_tokens_so_often_a_minute() {
    let server = Server::on_sqlite_with(|settings| settings.tokens_per_minute = 2);
    let key = server.new_key(&[Scope::IssuersRead], None);
    ask(&server, &key, GRANT).expect(200);
    // Whoever guesses is counted as well.
    refused(&server.anyone().send(asking(GRANT)), 401, "invalid_client");
    let answer = ask(&server, &key, GRANT);
    answer.expect_problem(429, "too-many-requests");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
}

#[test]
fn what_is_done_with_a_token_is_noted_under_its_key() {
    let server = Server::on_sqlite();
    let key = server.new_key(&[Scope::Admin], None);
    let token = token_for(&server, &key, &format!("{GRANT}&scope=issuers:write"));
    server.anyone().with_key(&token).register("A School");
    let store = accolade_store::Store::open(&server.database_url).unwrap();
    let entries = store.read("t", |db| accolade_store::audit::page(db, None, None, 100)).unwrap().items;
    for verb in ["access_token.give", "issuer.register"] {
        let entry = entries.iter().find(|entry| entry.verb == verb).unwrap();
        assert_eq!(entry.actor, key.0, "{entry:?}");
        assert!(!entry.detail.contains(&token) && !entry.detail.contains(&key.1));
    }
    let given = entries.iter().find(|entry| entry.verb == "access_token.give").unwrap();
    let detail: Value = serde_json::from_str(&given.detail).unwrap();
    assert_eq!(detail, json!({"scopes": "issuers:write", "expiresAt": "2026-11-23T11:00:00Z"}));
}
