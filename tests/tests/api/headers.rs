//! What every reply has in common, and what no reply ever says.

use accolade_tests::exchange::Request;
use serde_json::json;

use crate::on_both;

on_both! {
    fn every_reply_has_a_request_id_and_keeps_a_sane_one(server) {
        let id = |request: Request| server.anyone().send(request).header("x-request-id").unwrap().to_owned();
        let (one, two) = (id(Request::new("GET", "/healthz")), id(Request::new("GET", "/nowhere")));
        assert_ne!(one, two);
        assert_eq!(id(Request::new("GET", "/healthz").header("x-request-id", "lms-42.a_B")), "lms-42.a_B");
        for bad in ["a b", "<script>", "\u{e9}", &"x".repeat(65), "a\u{1b}[31m"] {
            let answer = server.anyone().send(Request::new("GET", "/healthz").header("x-request-id", bad));
            if answer.status == 200 {
                assert_ne!(answer.header("x-request-id"), Some(bad));
            }
        }
    }

    fn browsers_are_kept_in_check(server) {
        for path in ["/healthz", "/v1/issuers", "/nowhere", "/openapi.json", "/metrics"] {
            let answer = server.anyone().get(path);
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
            assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
            assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{path}");
            assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
            assert!(answer.header("server").is_none(), "{path}");
        }
    }

    fn the_host_header_is_never_believed(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let public = award["links"]["public"].as_str().unwrap().trim_start_matches("https://badges.example.edu").to_owned();
        let evil = |request: Request| {
            request
                .header("host", "evil.example")
                .header("x-forwarded-host", "evil.example")
                .header("x-forwarded-proto", "gopher")
                .header("forwarded", "host=evil.example")
        };
        let order = json!({"recipient": {"email": "bo@example.org"}});
        let requests = [
            Request::new("GET", &public),
            Request::new("GET", &format!("{public}.jwt")),
            Request::new("GET", &format!("/public/issuers/{}", school.issuer)),
            Request::new("GET", "/v1/credentials?limit=1"),
            Request::new("GET", "/v1/issuers/nowhere"),
            Request::new("GET", "/docs"),
            Request::new("GET", "/openapi.json"),
            Request::new("GET", "/.well-known/oauth-authorization-server"),
            Request::new("GET", "/1.0/identifiers/x"),
            Request::new("POST", "/oauth/token"),
            Request::new("POST", "/v1/issuers").json(&json!({"name": "A School"})),
            Request::new("POST", &format!("/v1/achievements/{}/credentials", school.achievement)).json(&order),
        ];
        for request in requests {
            let answer = server.owner().send(evil(request.clone()));
            assert!(answer.status < 500, "{request:?}");
            let all = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
            assert!(!all.contains("evil") && !all.contains("gopher"), "{request:?} {all}");
        }
        // The absolute form names the host in the request line itself.
        let absolute = server.anyone().send(Request::new("GET", &format!("http://evil.example{public}")));
        assert!(!format!("{absolute:?}").contains("evil"), "{absolute:?}");
    }

    fn an_unknown_path_and_a_wrong_method_are_problems(server) {
        let owner = server.owner();
        for path in ["/v1", "/v1/", "/v2/issuers", "/v1/issuers/", "/admin", "/.env", "/v1/issuers/x/y/z", "/public/../v1"] {
            owner.get(path).expect_problem(404, "not-found");
        }
        for (method, path, allow) in [
            ("DELETE", "/v1/issuers", "GET, HEAD, POST, OPTIONS"),
            ("PUT", "/v1/issuers/x", "GET, HEAD, PATCH, OPTIONS"),
            ("GET", "/v1/credentials/x/revoke", "POST, OPTIONS"),
            ("POST", "/healthz", "GET, HEAD, OPTIONS"),
            ("POST", "/public/issuers/x", "GET, HEAD, OPTIONS"),
            ("POST", "/", "GET, HEAD, OPTIONS"),
            ("PUT", "/verify", "GET, HEAD, POST, OPTIONS"),
            ("FROBNICATE", "/v1/issuers", "GET, HEAD, POST, OPTIONS"),
        ] {
            let answer = owner.send(Request::new(method, path));
            answer.expect_problem(405, "method-not-allowed");
            let sorted = |text: &str| {
                let mut names: Vec<String> = text.split(", ").map(str::to_owned).collect();
                names.sort();
                names
            };
            assert_eq!(sorted(answer.header("allow").unwrap()), sorted(allow), "{method} {path}");
        }
        let options = owner.send(Request::new("OPTIONS", "/v1/issuers"));
        assert_eq!(options.status, 204);
        assert!(options.header("allow").unwrap().contains("POST"));
    }

    fn head_of_a_problem_has_no_body(server) {
        let answer = server.anyone().send(Request::new("HEAD", "/v1/issuers"));
        assert_eq!((answer.status, answer.body.len()), (401, 0));
        assert!(answer.header("content-length").unwrap().parse::<usize>().unwrap() > 0);
    }
}
