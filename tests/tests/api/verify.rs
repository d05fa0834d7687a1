//! `POST /v1/verify`.

use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

on_both! {
    fn every_form_of_an_award_is_valid_however_it_is_handed_in(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let anyone = server.anyone();
        let link = |name: &str| award["links"][name].as_str().unwrap().to_owned();
        let text = |name: &str| anyone.get(&link(name)).text().to_owned();
        let requests = [
            json_request(&json!({"url": link("public")})),
            json_request(&json!({"url": link("credential")})),
            json_request(&json!({"url": link("jwt")})),
            json_request(&json!({"url": link("assertion")})),
            json_request(&json!({"url": link("assertionJws")})),
            json_request(&json!({"credential": anyone.get(&link("credential")).json()})),
            json_request(&json!({"credential": anyone.get(&link("assertion")).json()})),
            json_request(&json!({"jwt": text("jwt")})),
            json_request(&json!({"jwt": text("assertionJws")})),
            raw("application/vc+jwt", text("jwt")),
            raw("application/jwt", text("jwt") + "\n"),
            raw("text/plain", text("assertionJws")),
            raw("application/vc", text("credential")),
            raw("application/ld+json", text("credential")),
        ];
        for request in requests {
            let report = anyone.send(request.clone()).expect(200);
            assert_eq!(report["outcome"], "valid", "{request:?} {report}");
            assert_eq!(report["issuer"]["name"], "Example University", "{report}");
            assert_eq!(report["achievement"]["name"], "Applied Data Skills", "{report}");
            for check in report["checks"].as_array().unwrap() {
                for member in ["id", "outcome", "detail", "spec"] {
                    assert!(check[member].is_string(), "{check}");
                }
            }
        }
    }

    fn an_issuer_with_only_a_name_issues_badges_that_verify_everywhere(server) {
        let owner = server.owner();
        let issuer = owner.post("/v1/issuers", &json!({"name": "A School"})).expect(201);
        let achievement = owner.define(issuer["id"].as_str().unwrap(), "Applied Data Skills");
        let award = owner.award(&achievement, "ana@example.org");
        for name in ["credential", "jwt", "assertion", "assertionJws"] {
            let report = server.anyone().post("/v1/verify", &json!({"url": award["links"][name]})).expect(200);
            assert_eq!(report["outcome"], "valid", "{name} {report}");
        }
    }

    fn a_presentation_is_examined_with_each_badge_in_it_for_the_recipient_expected(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let credential = server.anyone().get(award["links"]["credential"].as_str().unwrap()).json();
        let presentation = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [credential],
        });
        for (recipient, outcome) in [("ana@example.org", "valid"), ("ben@example.org", "invalid")] {
            let asked = json!({"credential": presentation, "recipient": recipient});
            let report = server.anyone().post("/v1/verify", &asked).expect(200);
            assert_eq!(report["outcome"], outcome, "{report}");
            assert_eq!(report["format"], "Verifiable Presentation");
            assert_eq!(report["credentials"][0]["outcome"], outcome, "{report}");
            assert_eq!(report["credentials"][0]["issuer"]["name"], "Example University");
        }
        let answer = json!({"credential": presentation, "challenge": "n-0S6_WzA2Mj"});
        let report = server.anyone().post("/v1/verify", &answer).expect(200);
        assert_eq!(report["outcome"], "invalid", "nobody has answered: {report}");
    }

    fn a_changed_credential_is_a_report_and_not_an_error(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let mut credential = server.anyone().get(award["links"]["credential"].as_str().unwrap()).json();
        credential["credentialSubject"]["achievement"]["name"] = json!("Brain Surgery");
        let report = server.anyone().post("/v1/verify", &json!({"credential": credential})).expect(200);
        assert_eq!(report["outcome"], "invalid", "{report}");
    }

    fn what_is_no_badge_at_all_is_a_report_too(server) {
        for body in [
            json!({"credential": {}}),
            json!({"jwt": "x"}),
            json!({"jwt": "a.b.c"}),
            json!({"jwt": ""}),
            json!({"url": "x"}),
            json!({"url": "file:///etc/passwd"}),
            json!({"url": "https://badges.example.edu/public/credentials/x"}),
            json!({"url": "http://127.0.0.1:1/"}),
            json!({"url": "http://169.254.169.254/latest/meta-data/"}),
        ] {
            let report = server.anyone().post("/v1/verify", &body).expect(200);
            assert_ne!(report["outcome"], "valid", "{body} {report}");
        }
        for (media_type, body) in [("image/png", "not a picture"), ("image/svg+xml", "<svg/>"), ("application/pdf", "%PDF"), ("text/plain", "")] {
            let report = server.anyone().send(raw(media_type, body)).expect(200);
            assert_ne!(report["outcome"], "valid", "{media_type}");
        }
    }

    fn a_request_that_cannot_be_read_is_a_problem(server) {
        let anyone = server.anyone();
        for bad in [json!({}), json!([]), json!("x"), json!({"url": "https://x", "jwt": "y"}), json!({"url": 7}), json!({"badge": {}})] {
            anyone.post("/v1/verify", &bad).expect_problem(422, "rejected");
        }
        anyone.send(raw("application/json", "{")).expect_problem(400, "unreadable");
        anyone.send(raw("application/json", "{\"url\": \"https://x\", \"url\": \"https://y\"}")).expect_problem(400, "unreadable");
        anyone.send(raw("application/zip", "PK")).expect_problem(415, "unsupported-media-type");
        anyone.send(Request::new("POST", "/v1/verify")).expect_problem(415, "unsupported-media-type");
        anyone.send(raw("text/plain", vec![0xff, 0xfe])).expect_problem(400, "unreadable");
        anyone.send(raw("image/png", vec![0; (4 << 20) + 1])).expect_problem(413, "too-large");
        anyone.send(raw("application/pdf", vec![0; (8 << 20) + 1])).expect_problem(413, "too-large");
    }

    fn a_form_with_one_part_is_examined(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let jwt = server.anyone().get(award["links"]["jwt"].as_str().unwrap()).text().to_owned();
        let json = server.anyone().get(award["links"]["credential"].as_str().unwrap()).text().to_owned();
        let url = award["links"]["public"].as_str().unwrap().to_owned();
        for (name, content) in [("file", &json), ("file", &jwt), ("badge", &jwt), ("jwt", &jwt), ("url", &url), ("credential", &json)] {
            let report = server.anyone().send(form(&[(name, content)])).expect(200);
            assert_eq!(report["outcome"], "valid", "{name} {report}");
        }
        // A file is never an address to fetch.
        assert_ne!(server.anyone().send(form(&[("file", &url)])).expect(200)["outcome"], "valid");
        server.anyone().send(form(&[("file", &jwt), ("url", &url)])).expect_problem(422, "rejected");
        server.anyone().send(form(&[("picture", &jwt)])).expect_problem(422, "rejected");
        server.anyone().send(raw("multipart/form-data; boundary=x", "--y")).expect_problem(400, "unreadable");
        server.anyone().send(raw("multipart/form-data", "")).expect_problem(400, "unreadable");
    }

    fn a_badge_attached_to_a_pdf_is_examined(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let jwt = server.anyone().get(award["links"]["jwt"].as_str().unwrap()).text().to_owned();
        let pdf = format!(
            "%PDF-1.7\n1 0 obj <</AF [<</EF <</F 2 0 R>> >>]>> endobj\n2 0 obj <</Length {}>>\nstream\n{jwt}\nendstream\n\
             endobj\ntrailer <</Root 1 0 R>>\n",
            jwt.len()
        );
        for request in [raw("application/pdf", pdf.clone()), form(&[("file", &pdf)])] {
            let report = server.anyone().send(request).expect(200);
            assert_eq!(report["outcome"], "valid", "{report}");
            assert_eq!(report["checks"][0]["id"], "fetch");
        }
    }

    fn the_address_to_share_for_checking_wants_a_url_and_nothing_else(server) {
        for query in ["", "?url=", "?uri=https%3A%2F%2Fx", "?url=a&url=b", "?url=x&next=https%3A%2F%2Fevil.example"] {
            server.anyone().get(&format!("/verify{query}")).expect_problem(400, "bad-parameter");
        }
    }

    fn a_key_neither_helps_nor_hinders(server) {
        let body = json!({"jwt": "x"});
        server.outcast().post("/v1/verify", &body).expect(200);
        server.owner().post("/v1/verify", &body).expect(200);
    }
}

#[test]
fn one_address_verifies_so_often_a_minute_and_is_told_when_to_come_back() {
    let server = Server::on_sqlite_with(|settings| settings.verify_per_minute = 3);
    let body = json!({"jwt": "x"});
    let answers: Vec<u16> = (0..5).map(|_| server.anyone().post("/v1/verify", &body).status).collect();
    assert_eq!(answers, [200, 200, 200, 429, 429]);
    let refused = server.anyone().post("/v1/verify", &body);
    refused.expect_problem(429, "too-many-requests");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    // Only examining is limited.
    assert_eq!(server.anyone().get("/healthz").status, 200);
}

fn json_request(body: &Value) -> Request {
    Request::new("POST", "/v1/verify").json(body)
}

fn raw(media_type: &str, body: impl Into<Vec<u8>>) -> Request {
    Request::new("POST", "/v1/verify").header("content-type", media_type).body(body)
}

fn form(parts: &[(&str, &str)]) -> Request {
    let mut body = String::new();
    for (name, content) in parts {
        body += &format!(
            "--line\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"b\"\r\n\r\n{content}\r\n"
        );
    }
    raw("multipart/form-data; boundary=line", body + "--line--\r\n")
}
