//! The OpenAPI document tells the truth: real replies follow its schemas, its examples are accepted.

use accolade_tests::server::Server;
use serde_json::{Value, json};

use crate::on_both;

fn document() -> Value {
    serde_json::from_str(&accolade_http::openapi_json()).unwrap()
}

/// Tells what the document calls `name`, formats included.
fn validator(name: &str) -> jsonschema::Validator {
    let mut schema = document();
    schema["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// Asserts that `value` is what the document calls `name`.
fn assert_is(name: &str, value: &Value) {
    let mut schema = document();
    schema["$ref"] = json!(format!("#/components/schemas/{name}"));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{name}: {faults:#?} in {value}");
    // A member that the document does not describe is one that clients do not know of.
    let known = schema["components"]["schemas"][name]["properties"].as_object().unwrap();
    let open = ["Issuer", "Achievement"].contains(&name);
    for member in value.as_object().unwrap().keys() {
        assert!(open || known.contains_key(member), "{name} has an undescribed member {member}");
    }
}

fn example(name: &str) -> Value {
    document()["components"]["schemas"][name]["example"].clone()
}

fn path_of(kind: &str, thing: &Value) -> String {
    format!("/v1/{kind}/{}", thing["id"].as_str().unwrap())
}

on_both! {
    fn the_examples_of_the_document_make_a_badge_and_every_reply_follows_its_schema(server) {
        let owner = server.owner();
        let issuer = owner.post("/v1/issuers", &example("NewIssuer")).expect(201);
        assert_is("Issuer", &issuer);
        let issuer_path = path_of("issuers", &issuer);
        let achievement = owner.post(&format!("{issuer_path}/achievements"), &example("NewAchievement")).expect(201);
        assert_is("Achievement", &achievement);
        let achievement_path = path_of("achievements", &achievement);
        let award = owner.post(&format!("{achievement_path}/credentials"), &example("AwardOrder")).expect(201);
        assert_is("Award", &award);
        assert_is("Award", &owner.post(&format!("{achievement_path}/credentials"), &json!({
            "recipient": {"email": "bo@example.org"}, "dryRun": true, "validUntil": "2030-01-01T00:00:00Z"
        })).expect(200));
        let award_path = path_of("credentials", &award);
        assert_is("Award", &owner.post(&format!("{award_path}/suspend"), &example("StatusChange")).expect(200));
        assert_is("IssuerPage", &owner.get("/v1/issuers?limit=1").expect(200));
        assert_is("AchievementPage", &owner.get(&format!("{issuer_path}/achievements")).expect(200));
        assert_is("AwardPage", &owner.get("/v1/credentials").expect(200));
        for url in ["credential", "jwt", "assertion", "assertionJws"] {
            let report = server.anyone().post("/v1/verify", &json!({"url": award["links"][url]})).expect(200);
            assert_is("Report", &report);
        }
        assert_is("Report", &server.anyone().post("/v1/verify", &json!({"jwt": "x"})).expect(200));
    }

    fn every_member_that_the_document_names_is_known_to_the_office(server) {
        let school = server.school();
        let owner = server.owner();
        let orders = format!("/v1/achievements/{}/credentials", school.achievement);
        for (schema, path, within) in [
            ("NewIssuer", "/v1/issuers".to_owned(), None),
            ("NewAchievement", format!("/v1/issuers/{}/achievements", school.issuer), None),
            ("AwardOrder", orders.clone(), None),
            ("Recipient", orders, Some("recipient")),
        ] {
            let members = document()["components"]["schemas"][schema]["properties"].as_object().unwrap().clone();
            // The office reads what is not of the Profile before all others.
            let ours = ["idMethod", "linkedinOrganizationId"];
            let names = members.keys().filter(|name| !ours.contains(&name.as_str()));
            let body: Value = names.map(|name| (name.clone(), json!([[7]]))).collect();
            let body = match within {
                Some(name) => json!({name: body}),
                None => body,
            };
            let problem = owner.post(&path, &body).expect_problem(422, "rejected");
            let rules = problem["errors"].as_array().unwrap().iter().map(|fault| &fault["rule"]);
            assert!(rules.clone().count() > 1 && rules.into_iter().all(|rule| rule != "unknown_member"), "{schema} {problem}");
        }
    }

    fn what_the_document_takes_the_server_takes_and_nothing_else(server) {
        let owner = server.owner();
        let issuer = json!({"name": "School", "idMethod": "url"});
        for (member, value, taken) in [
            ("name", json!("Null"), true),
            ("name", json!("null"), false),
            ("name", json!(" "), false),
            ("name", json!("{{name}}"), false),
            ("name", json!("two\nlines"), false),
            ("name", json!("O\u{202e}N"), false),
            ("description", json!(""), true),
            ("description", json!("two\nlines"), true),
            ("description", json!("a\u{1b}[2J"), false),
            ("description", json!("undefined"), false),
            ("description", json!(null), false),
            ("url", json!("https://example.org/"), true),
            ("url", json!("ftp://example.org/"), false),
            ("url", json!([]), false),
            ("email", json!("a@example.org"), true),
            ("email", json!("a@"), false),
            ("image", json!({"design": {}, "caption": "A logo"}), true),
            ("image", json!({"design": {"shape": "hexagon", "level": {"reached": 1, "of": 3}}}), true),
            ("image", json!({"design": {"shap": "hexagon"}}), false),
            ("image", json!({"design": {"shape": "banana"}}), false),
            ("image", json!({"id": "javascript:alert(1)"}), false),
            ("address", json!({"addressCountryCode": "CH", "geo": {"latitude": 90, "longitude": -180}}), true),
            ("address", json!({"addressCountryCode": "UK"}), false),
            ("address", json!({"geo": {"latitude": 90.5, "longitude": 0}}), false),
            ("otherIdentifier", json!([]), true),
            ("otherIdentifier", json!([{"identifier": "1", "identifierType": "ext:own"}]), true),
            ("otherIdentifier", json!([{"identifier": "1", "identifierType": "email"}]), false),
            ("type", json!("Profile"), true),
            ("type", json!([]), false),
            ("parentOrg", json!({"id": "urn:uuid:1", "name": "State"}), true),
            ("parentOrg", json!({"name": "State"}), false),
            ("dateOfBirth", json!("2001-02-30"), false),
            ("nmae", json!("School"), false),
        ] {
            let mut body = issuer.clone();
            body[member] = value;
            let answer = owner.post("/v1/issuers", &body);
            assert_eq!(answer.status, if taken { 201 } else { 422 }, "the server: {body} {answer:?}");
            assert_eq!(validator("NewIssuer").is_valid(&body), taken, "the document: {body}");
        }
    }

    fn every_problem_follows_its_schema(server) {
        let owner = server.owner();
        for answer in [
            server.anyone().get("/v1/issuers"),
            owner.get("/nowhere"),
            owner.get("/v1/credentials?limit=x"),
            owner.post("/v1/issuers", &json!({"nam": "x"})),
            owner.post("/v1/issuers", &json!([])),
        ] {
            assert_is("Problem", &answer.json());
        }
    }

    fn nothing_that_a_client_sends_is_a_fault_of_ours(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "ana@example.org");
        let award = award["id"].as_str().unwrap();
        let mut order = example("AwardOrder");
        order["onDuplicate"] = json!("allow");
        order.as_object_mut().unwrap().retain(|name, _| name != "externalId");
        order["result"] = json!([]);
        order["validUntil"] = json!("2030-01-01T00:00:00Z");
        let mut achievement = example("NewAchievement");
        for name in ["alignment", "resultDescription", "image", "related", "version", "fieldOfStudy"] {
            achievement[name] = json!("x");
        }
        for (path, base) in [
            ("/v1/issuers".to_owned(), example("NewIssuer")),
            (format!("/v1/issuers/{}/achievements", school.issuer), achievement),
            (format!("/v1/achievements/{}/credentials", school.achievement), order),
            (format!("/v1/credentials/{award}/suspend"), json!({"reason": "x"})),
            ("/v1/verify".to_owned(), json!({"credential": {}})),
        ] {
            everything_odd(server, &path, &base);
        }
    }
}

/// Sends `base` with each of its members, and itself, replaced by odd values.
fn everything_odd(server: &Server, path: &str, base: &Value) {
    let owner = server.owner();
    let nested = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    let odd = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e308),
        json!(""),
        json!("\u{202e}\u{200b}\u{feff}\u{1b}[2J"),
        json!("https://exa mple/\n%zz"),
        json!("x".repeat(100_000)),
        json!([]),
        json!([null, {}, [], 7, "x"]),
        json!({}),
        json!({"id": 7, "type": {}, "@context": "x", "": null, "a/b~c": []}),
        nested,
    ];
    for value in odd {
        let mut bodies = vec![value.clone()];
        for name in base.as_object().unwrap().keys() {
            let mut body = base.clone();
            body[name] = value.clone();
            bodies.push(body);
        }
        for body in bodies {
            let answer = owner.post(path, &body);
            let text: String = body.to_string().chars().take(300).collect();
            assert!(answer.status < 500, "{path} {text} {answer:?}");
            if answer.status >= 400 {
                assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path} {text}");
            }
        }
    }
}
