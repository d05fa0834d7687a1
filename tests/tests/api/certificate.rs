//! The certificate: a PDF that carries the credential it shows, and keeps the award's secrets.

use accolade_baking::pdf::attachments;
use accolade_issuing::Caller;
use accolade_tests::actors::School;
use accolade_tests::exchange::Request;
use accolade_tests::server::Server;
use serde_json::{Value, json};

fn award(server: &Server, school: &School, visibility: &str) -> Value {
    let order = json!({"recipient": {"email": format!("{visibility}@example.org"), "name": "Ana Ćwikła"}, "visibility": visibility});
    let path = format!("/v1/achievements/{}/credentials", school.achievement);
    server.owner().post(&path, &order).expect(201)
}

fn pdf(award: &Value) -> String {
    format!("/public/credentials/{}.pdf", award["id"].as_str().unwrap())
}

/// Whether a PDF's own, uncompressed objects hold a text.
fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_certificate_carries_the_signed_credential_and_verifies_by_itself() {
    let server = Server::on_sqlite();
    let award = award(&server, &server.school(), "public");
    let answer = server.anyone().get(&pdf(&award));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    let credential = server.anyone().get(&pdf(&award).replace(".pdf", ".json"));
    assert_eq!(attachments(&answer.body).unwrap(), [credential.text()]);
    let upload = Request::new("POST", "/v1/verify")
        .header("content-type", "application/pdf")
        .body(answer.body.clone());
    assert_eq!(server.anyone().send(upload).expect(200)["outcome"], "valid");
    assert_eq!(server.anyone().get(&pdf(&award)).body, answer.body, "the same bytes each time");
}

#[test]
fn paper_and_language_are_as_asked() {
    let server = Server::on_sqlite();
    let award = award(&server, &server.school(), "public");
    let get = |query: &str| server.anyone().get(&format!("{}{query}", pdf(&award))).body;
    assert!(holds(&get(""), "841.89 595.28") && holds(&get(""), "/Lang(en)"));
    assert!(holds(&get("?paper=letter"), "792 612"));
    assert!(holds(&get("?lang=ar"), "/Lang(ar)"));
}

#[test]
fn a_revoked_award_has_another_certificate_than_before() {
    let server = Server::on_sqlite();
    let award = award(&server, &server.school(), "public");
    let before = server.anyone().get(&pdf(&award)).body;
    let path = format!("/v1/credentials/{}/revoke", award["id"].as_str().unwrap());
    server.owner().post(&path, &json!({"reason": "Mistake"})).expect(200);
    assert_ne!(server.anyone().get(&pdf(&award)).body, before);
}

#[test]
fn a_private_award_has_a_certificate_for_its_key_only_and_an_erased_one_none() {
    let server = Server::on_sqlite();
    let school = server.school();
    let private = award(&server, &school, "private");
    server.anyone().get(&pdf(&private)).expect_problem(403, "private-credential");
    let share = private["links"]["share"].as_str().unwrap();
    let key = share.split_once("key=").unwrap().1;
    let opened = server.anyone().get(&format!("{}?key={key}", pdf(&private)));
    assert_eq!((opened.status, opened.header("cache-control")), (200, Some("private, no-store")));
    assert!(holds(&opened.body, key), "its code leads to the page with the key");

    let erased = award(&server, &school, "public");
    server.office.erase(&Caller::system(), erased["id"].as_str().unwrap(), None, None).unwrap();
    assert_eq!(server.anyone().get(&pdf(&erased)).status, 410);

    let unknown = "/public/credentials/00000000-0000-4000-8000-000000000000.pdf";
    assert_eq!(server.anyone().get(unknown).status, 404);
}
