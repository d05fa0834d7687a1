//! CAN: documents that are expensive to read or to bring into one form.

use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::{Case, case};
use crate::stage::document;

pub(super) const CASES: &[Case] = &[
    case("can_02_ten_nodes_that_all_know_each_other", "complexity_limit", |stage| {
        let node = |from: usize| {
            let to: Vec<Value> =
                (0..10).filter(|to| *to != from).map(|to| json!({ "id": format!("_:n{to}") })).collect();
            json!({ "id": format!("_:n{from}"), "type": ["VerifiableCredential"], "evidence": to })
        };
        stage.tampered(|badge| badge["evidence"] = (0..10).map(node).collect())
    }),
    case("can_04_ten_thousand_nodes_without_names", "bad_json", |stage| {
        let link = |n: usize| json!({ "id": format!("_:n{n}"), "type": ["Evidence"], "narrative": "x" });
        stage.tampered(|badge| badge["evidence"] = (0..10_000).map(link).collect())
    }),
    case("can_04_a_type_for_each_of_ten_thousand", "undefined_type", |stage| {
        let types = (0..10_000).map(|n| Value::from(format!("T{n}")));
        stage.tampered(|badge| badge["type"].as_array_mut().unwrap().extend(types))
    }),
    case("can_05_two_hundred_graphs", "too_many_credentials", |stage| {
        let badge = stage.school.sign(&stage.school.badge());
        document(&json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": vec![badge; 200],
        }))
    }),
    case("can_06_a_document_of_129_levels", "bad_json", |_| nested(129)),
    case("can_06_a_document_of_a_million_levels", "bad_json", |_| nested(1_000_000)),
    case("can_10_a_member_twice", "bad_json", |stage| {
        let text = stage.school.sign(&stage.school.badge()).to_string();
        let twice = text.replacen("\"validFrom\"", "\"name\":\"x\",\"validFrom\"", 1);
        Submission::from_bytes(twice.into_bytes())
    }),
    case("can_12_a_number_beyond_all_numbers", "bad_json", |stage| {
        let text = stage.school.sign(&stage.school.badge()).to_string();
        Submission::from_bytes(text.replacen("\"Applied Data Skills\"", "1e400", 1).into_bytes())
    }),
];

fn nested(levels: usize) -> Submission {
    Submission::from_bytes(format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels)).into_bytes())
}
