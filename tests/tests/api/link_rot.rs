//! Links live in CVs for years: whatever address was ever handed out answers, whatever became of what it named.

use std::collections::BTreeSet;

use accolade_tests::server::{PUBLIC_URL, Server};
use serde_json::{Value, json};

use crate::on_both;

/// Every text in a JSON document that is an address of ours, without the part after `#`.
fn addresses(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.starts_with(&format!("{PUBLIC_URL}/")) => {
            found.insert(text.split('#').next().unwrap().to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| addresses(item, found)),
        Value::Object(members) => members.values().for_each(|item| addresses(item, found)),
        _ => {}
    }
}

/// Follows every address, and those that stand in what they answer: all there are.
fn crawl(server: &Server, starts: &[Value]) -> BTreeSet<String> {
    let mut waiting = BTreeSet::new();
    starts.iter().for_each(|start| addresses(start, &mut waiting));
    let mut seen = BTreeSet::new();
    while let Some(address) = waiting.pop_first() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let answer = server.anyone().get_as(&address, "application/json");
        assert_eq!(answer.status, 200, "{address}: {}", answer.told());
        if answer.header("content-type").is_some_and(|form| form.contains("json")) {
            let mut linked = BTreeSet::new();
            addresses(&answer.json(), &mut linked);
            waiting.extend(linked.difference(&seen).cloned());
        }
    }
    seen
}

fn award(server: &Server, achievement: &str, email: &str) -> Value {
    let order = json!({"recipient": {"email": email, "name": "Ana Ruiz"}, "visibility": "public"});
    server.owner().post(&format!("/v1/achievements/{achievement}/credentials"), &order).expect(201)
}

/// The statuses that the addresses answer now, each once.
fn statuses<'a>(server: &Server, addresses: impl IntoIterator<Item = &'a String>) -> BTreeSet<u16> {
    addresses.into_iter().map(|address| server.anyone().get(address).status).collect()
}

on_both! {
    fn web_14_every_address_that_was_ever_handed_out_answers_for_ever(server) {
        let school = server.school();
        let owner = server.owner();
        let made = award(server, &school.achievement, "ana@example.org");
        let starts = [
            made.clone(),
            owner.get(&format!("/v1/issuers/{}", school.issuer)).expect(200),
            owner.get(&format!("/v1/achievements/{}", school.achievement)).expect(200),
        ];
        let emitted = crawl(server, &starts);
        let of_award: BTreeSet<_> =
            emitted.iter().filter(|address| address.contains(made["id"].as_str().unwrap())).cloned().collect();
        assert!(of_award.len() >= 8 && emitted.len() >= of_award.len() + 8, "{emitted:#?}");
        let at = format!("/v1/credentials/{}", made["id"].as_str().unwrap());

        let change = |verb: &str, body: &Value| owner.post(&format!("{at}/{verb}"), body).expect(200);
        change("suspend", &json!({"reason": "An enquiry"}));
        // Of what does not stand, the 2.0 forms are gone, and say so.
        assert_eq!(statuses(server, &emitted), BTreeSet::from([200, 410]), "suspended");
        change("reinstate", &json!({"reason": "Nothing found"}));
        assert_eq!(statuses(server, &emitted), BTreeSet::from([200]), "reinstated");
        change("revoke", &json!({"reason": "Awarded by mistake"}));
        assert_eq!(statuses(server, &emitted), BTreeSet::from([200, 410]), "revoked");
        change("erase", &json!({"reason": "On request"}));
        assert_eq!(statuses(server, &emitted), BTreeSet::from([200, 410]), "erased");
        let documents = of_award.iter().filter(|address| !address.contains("/verify"));
        assert_eq!(statuses(server, documents), BTreeSet::from([410]), "of the award itself nothing is left");
    }

    fn web_12_a_renamed_issuer_and_a_rotated_key_leave_every_address_as_it_was(server) {
        let school = server.school();
        let owner = server.owner();
        let made = award(server, &school.achievement, "ana@example.org");
        let emitted = crawl(server, &[made]);
        let issuer = format!("/v1/issuers/{}", school.issuer);
        owner.patch(&issuer, &json!({"name": "Riverside University of Applied Sciences"})).expect(200);
        owner.patch(&format!("/v1/achievements/{}", school.achievement), &json!({"name": "Data Skills, renewed"})).expect(200);
        assert_eq!(statuses(server, &emitted), BTreeSet::from([200]));
        let again = crawl(server, &[award(server, &school.achievement, "bo@example.org")]);
        assert!(emitted.iter().filter(|address| address.contains(&school.issuer)).all(|address| again.contains(address)));
    }
}
