//! `Idempotency-Key`.

use std::collections::BTreeSet;

use accolade_issuing::Scope;
use accolade_tests::exchange::Request;
use serde_json::{Value, json};

use crate::on_both;

fn keyed(path: &str, body: &Value, key: &str) -> Request {
    Request::new("POST", path).json(body).header("idempotency-key", key)
}

on_both! {
    fn the_same_key_and_order_is_one_award_and_one_reply(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({"recipient": {"email": "ana@example.org"}, "onDuplicate": "allow"});
        let awarder = server.awarder(&school);
        let first = awarder.send(keyed(&path, &order, "k-1"));
        let again = awarder.send(keyed(&path, &order, "k-1"));
        assert_eq!(first.status, 201);
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("location"), first.header("location"));
        assert_ne!(awarder.send(keyed(&path, &order, "k-2")).body, first.body);
    }

    fn sixty_four_at_once_are_one_award(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({"recipient": {"email": "ana@example.org"}, "onDuplicate": "allow"});
        let awarder = server.awarder(&school);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let send = || awarder.send(keyed(&path, &order, "burst"));
            let all: Vec<_> = (0..64).map(|_| scope.spawn(send)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let bodies: BTreeSet<_> = answers.iter().map(|answer| (answer.status, answer.body.clone())).collect();
        assert_eq!(bodies.len(), 1, "{bodies:?}");
        assert_eq!(answers[0].status, 201);
        assert_eq!(server.owner().get("/v1/credentials").expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn the_same_key_for_another_order_is_refused(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let awarder = server.awarder(&school);
        awarder.send(keyed(&path, &json!({"recipient": {"email": "ana@example.org"}}), "k")).expect(201);
        awarder
            .send(keyed(&path, &json!({"recipient": {"email": "bo@example.org"}}), "k"))
            .expect_problem(422, "idempotency-key-reused");
        // Also where the order would be refused for itself.
        awarder
            .send(keyed(&path, &json!({"recipient": {"email": "ana@example.org"}, "narrative": "x"}), "k"))
            .expect_problem(422, "idempotency-key-reused");
    }

    fn a_key_belongs_to_its_caller(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({"recipient": {"email": "ana@example.org"}, "onDuplicate": "allow"});
        let one = server.awarder(&school).send(keyed(&path, &order, "k")).expect(201);
        let other = server.awarder(&school).send(keyed(&path, &order, "k")).expect(201);
        assert_ne!(one["id"], other["id"]);
    }

    fn registering_and_defining_are_replayed_too(server) {
        let owner = server.owner();
        let issuer = json!({"name": "Example University"});
        let first = owner.send(keyed("/v1/issuers", &issuer, "i")).expect(201);
        assert_eq!(owner.send(keyed("/v1/issuers", &issuer, "i")).expect(201), first);
        owner.send(keyed("/v1/issuers", &json!({"name": "Other"}), "i")).expect_problem(422, "idempotency-key-reused");

        let path = format!("/v1/issuers/{}/achievements", first["id"].as_str().unwrap());
        let members = json!({"name": "A", "description": "B", "criteria": {"narrative": "C"}});
        let defined = owner.send(keyed(&path, &members, "a")).expect(201);
        assert_eq!(owner.send(keyed(&path, &members, "a")).expect(201), defined);
        assert_eq!(owner.get(&path).expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn a_refused_order_leaves_its_key_free(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let awarder = server.awarder(&school);
        awarder.send(keyed(&path, &json!({"recipient": {"email": "ana"}}), "k")).expect_problem(422, "rejected");
        awarder.send(keyed(&path, &json!({"recipient": {"email": "ana@example.org"}}), "k")).expect(201);
    }

    fn a_key_that_is_no_key_is_refused(server) {
        let school = server.school();
        let path = format!("/v1/achievements/{}/credentials", school.achievement);
        let order = json!({"recipient": {"email": "ana@example.org"}});
        let awarder = server.holder_of(&[Scope::CredentialsAward], Some(&school.issuer));
        for bad in ["", "a b", "clé", "\u{7f}", "x\u{1}", &"x".repeat(256)] {
            let answer = awarder.send(keyed(&path, &order, bad));
            // A control character never gets past the HTTP parser, which has no words to answer in.
            assert_eq!(answer.status, 400, "{bad:?}");
        }
        let twice = keyed(&path, &order, "a").header("idempotency-key", "b");
        awarder.send(twice).expect_problem(400, "unreadable");
        awarder.send(keyed(&path, &order, &"x".repeat(255))).expect(201);
    }
}
