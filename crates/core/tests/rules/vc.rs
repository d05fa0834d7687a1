//! The rules of the data model for credentials that are no badges, each kept and each broken.

use std::collections::BTreeSet;

use accolade_core::check::{self, Finding};
use serde_json::{Value, json};

use crate::changed;

const SHA256: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const MULTIHASH: &str = "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ";

/// A credential that uses everything there are rules about.
fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://example.edu/contexts/v1", {"@vocab": "https://example.edu/#"}],
        "id": "http://example.edu/credentials/3732",
        "type": ["VerifiableCredential", "ExampleDegreeCredential"],
        "name": [{"@value": "Degree", "@language": "en", "@direction": "ltr"}, {"@value": "Abschluss", "@language": "de-CH"}],
        "description": "A degree",
        "issuer": {"id": "did:example:76e12ec712ebc6f1c221ebfeb1f", "name": {"@value": "Example University"}},
        "validFrom": "2015-05-10T12:30:00Z",
        "validUntil": "2023-06-12T00:00:00.5+01:00",
        "credentialSubject": [{"id": "did:example:ebfeb1f712ebc6f1c276e12ec21", "degree": "BSc"}, {"degree": "MSc"}],
        "credentialStatus": [
            {"type": "ExampleStatus"},
            {"id": "https://example.edu/status/3#94567", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
             "statusListIndex": "94567", "statusListCredential": "https://example.edu/status/3"},
        ],
        "credentialSchema": {"id": "https://example.org/degree.json", "type": "JsonSchema"},
        "refreshService": {"type": "ExampleRefreshService"},
        "termsOfUse": [{"type": "ExamplePolicy", "id": "https://example.com/policies/4"}],
        "evidence": {"id": "https://example.edu/evidence/f2aeec97", "type": ["ExampleEvidence"]},
        "relatedResource": [
            {"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": SHA256, "mediaType": "application/ld+json"},
            {"id": "https://www.w3.org/ns/credentials/examples/v2", "digestMultibase": MULTIHASH},
        ],
    })
}

fn presentation() -> Value {
    json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": "urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        "type": ["VerifiablePresentation", "ExamplePresentation"],
        "holder": {"id": "did:example:12345678"},
        "termsOfUse": {"type": "ExamplePolicy"},
        "verifiableCredential": [
            {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]},
            {"@context": "https://www.w3.org/ns/credentials/v2", "id": "data:application/vc+jwt,eyJ.e30.AA",
             "type": "EnvelopedVerifiableCredential"},
        ],
    })
}

type Case = (&'static str, &'static str, Value);

/// Rule; where the value goes; the value (null: leave the member out; a list of one null: null itself).
#[expect(clippy::too_many_lines, reason = "a table with a row for each assertion of the standard")]
fn broken_credentials() -> Vec<Case> {
    let digest = |name: &str, value: Value| json!([{"id": "https://example.edu/1", name: value}]);
    vec![
        ("vc-context-form", "/@context", Value::Null),
        ("vc-context-form", "/@context", json!([null])),
        ("vc-context-form", "/@context", json!({})),
        ("vc-context-form", "/@context/1", json!(12)),
        ("vc-context-form", "/@context/1", json!("relative")),
        ("vc-context-form", "/@context/2", json!(["https://example.edu/contexts/v2"])),
        ("vc-context-first", "/@context", json!([])),
        ("vc-context-first", "/@context", json!("https://www.w3.org/2018/credentials/v1")),
        ("vc-context-first", "/@context/0", json!({"@vocab": "https://example.edu/#"})),
        (
            "vc-context-first",
            "/@context",
            json!(["https://example.edu/1", "https://www.w3.org/ns/credentials/v2"]),
        ),
        ("vc-id-not-url", "/id", json!("not a url")),
        ("vc-id-not-url", "/id", json!([null])),
        ("vc-id-not-url", "/id", json!(7)),
        ("vc-id-not-url", "/id", json!(["http://example.edu/1", "http://example.edu/2"])),
        ("vc-id-not-url", "/id", json!({"id": "http://example.edu/1"})),
        ("vc-type-missing", "/type", Value::Null),
        ("vc-type-form", "/type", json!([])),
        ("vc-type-form", "/type", json!([null])),
        ("vc-type-form", "/type", json!(["VerifiableCredential", 7])),
        ("vc-type-form", "/type", json!(["VerifiableCredential", ""])),
        ("vc-type-lacks-class", "/type", json!(["ExampleDegreeCredential"])),
        ("vc-type-lacks-class", "/type", json!("VerifiablePresentation")),
        ("vc-text-form", "/name", json!(7)),
        ("vc-text-form", "/name", json!([])),
        ("vc-text-form", "/name", json!([["Degree"]])),
        ("vc-text-form", "/description", json!(["A degree", true])),
        ("vc-text-form", "/issuer/name", json!([null])),
        ("vc-language-value", "/name", json!({"@language": "en"})),
        ("vc-language-value", "/name", json!({"@value": 7, "@language": "en"})),
        ("vc-language-value", "/name/0/@type", json!("https://example.edu/#html")),
        (
            "vc-language-value",
            "/description",
            json!({"@value": "A degree", "@language": "en", "url": "did:example:1"}),
        ),
        ("vc-language-value", "/issuer/description", json!({"value": "A university"})),
        ("vc-language-tag", "/name/0/@language", json!("en_US")),
        ("vc-language-tag", "/name/1/@language", json!(["de"])),
        ("vc-direction", "/name/0/@direction", json!("up")),
        ("vc-issuer", "/issuer", Value::Null),
        ("vc-issuer", "/issuer", json!([null])),
        ("vc-issuer", "/issuer", json!(["did:example:1", "did:example:2"])),
        ("vc-id-not-url", "/issuer", json!("Example University")),
        ("vc-id-missing", "/issuer", json!({"name": "Example University"})),
        ("vc-id-not-url", "/issuer/id", json!([null])),
        ("vc-subject", "/credentialSubject", Value::Null),
        ("vc-subject", "/credentialSubject", json!([null])),
        ("vc-subject", "/credentialSubject", json!([])),
        ("vc-subject", "/credentialSubject", json!({})),
        ("vc-subject", "/credentialSubject", json!("did:example:1")),
        ("vc-subject", "/credentialSubject", json!([{"degree": "BSc"}, {}])),
        ("vc-subject-only-id", "/credentialSubject", json!({"id": "did:example:1"})),
        ("vc-id-not-url", "/credentialSubject/0/id", json!("learner 7")),
        ("vc-id-not-url", "/credentialSubject/0/id", json!(["did:example:1", "did:example:2"])),
        ("vc-date-time", "/validFrom", json!("2015-05-10")),
        ("vc-date-time", "/validFrom", json!("2015-05-10T12:30:00")),
        ("vc-date-time", "/validFrom", json!("2015-13-10T12:30:00Z")),
        ("vc-date-time", "/validUntil", json!(1_700_000_000)),
        ("vc-date-time", "/validUntil", json!("soon")),
        ("vc-ends-before", "/validUntil", json!("2015-05-10T13:29:59+01:00")),
        ("vc-part-form", "/credentialStatus", json!("https://example.edu/status/3")),
        ("vc-part-form", "/credentialStatus", json!([null])),
        ("vc-part-form", "/evidence", json!([])),
        ("vc-part-form", "/termsOfUse/0", json!("https://example.com/policies/4")),
        ("vc-type-missing", "/credentialStatus/0", json!({"id": "https://example.edu/status/3"})),
        ("vc-type-missing", "/credentialSchema/type", Value::Null),
        ("vc-type-missing", "/refreshService/type", Value::Null),
        ("vc-type-missing", "/termsOfUse/0/type", Value::Null),
        ("vc-type-missing", "/evidence/type", Value::Null),
        ("vc-type-form", "/evidence/type", json!({})),
        ("vc-id-missing", "/credentialSchema/id", Value::Null),
        ("vc-id-not-url", "/credentialSchema/id", json!("degree.json")),
        ("vc-id-not-url", "/credentialStatus/0/id", json!("status 3")),
        ("vc-id-not-url", "/refreshService/id", json!(3)),
        ("vc-id-not-url", "/termsOfUse/0/id", json!("policy")),
        ("vc-id-not-url", "/evidence/id", json!("evidence")),
        ("status-index-form", "/credentialStatus/1/statusListIndex", json!(94567)),
        ("status-member-missing", "/credentialStatus/1/statusPurpose", Value::Null),
        ("vc-resource-form", "/relatedResource", json!([])),
        ("vc-resource-form", "/relatedResource", json!("https://example.edu/1")),
        ("vc-resource-form", "/relatedResource", json!(["https://example.edu/1"])),
        ("vc-id-missing", "/relatedResource/0/id", Value::Null),
        ("vc-resource-twice", "/relatedResource/1/id", json!("https://www.w3.org/ns/credentials/v2")),
        ("vc-resource-digest", "/relatedResource/0/digestSRI", Value::Null),
        (
            "vc-digest-sri",
            "/relatedResource",
            digest("digestSRI", json!("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=")),
        ),
        (
            "vc-digest-sri",
            "/relatedResource",
            digest("digestSRI", json!("sha384-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
        ),
        (
            "vc-digest-sri",
            "/relatedResource",
            digest("digestSRI", json!("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
        ),
        ("vc-digest-sri", "/relatedResource", digest("digestSRI", json!(7))),
        ("vc-digest-multibase", "/relatedResource", digest("digestMultibase", json!("zQm0"))),
        ("vc-digest-multibase", "/relatedResource", digest("digestMultibase", json!([]))),
        (
            "vc-digest-multibase",
            "/relatedResource",
            digest("digestMultibase", json!(MULTIHASH.trim_start_matches('u'))),
        ),
        ("vc-media-type", "/relatedResource/0/mediaType", json!("json")),
    ]
}

fn broken_presentations() -> Vec<Case> {
    vec![
        ("vc-context-first", "/@context", json!("https://www.w3.org/2018/credentials/v1")),
        ("vc-context-form", "/@context", Value::Null),
        ("vc-id-not-url", "/id", json!("presentation 1")),
        ("vc-id-not-url", "/id", json!(["urn:uuid:1", "urn:uuid:2"])),
        ("vc-type-missing", "/type", Value::Null),
        ("vc-type-lacks-class", "/type", json!("ExamplePresentation")),
        ("vc-type-missing", "/termsOfUse", json!({"id": "https://example.com/policies/4"})),
        ("vc-id-not-url", "/holder", json!("Ada")),
        ("vc-id-missing", "/holder", json!({"name": "Ada"})),
        ("vp-holder", "/holder", json!(7)),
        ("vp-credential", "/verifiableCredential", json!("https://example.edu/credentials/3732")),
        ("vp-credential", "/verifiableCredential", json!(["eyJ.e30.AA"])),
        ("vp-credential", "/verifiableCredential/0", json!({"type": "ExampleDegree"})),
        ("vp-envelope", "/verifiableCredential/1/id", Value::Null),
        ("vp-envelope", "/verifiableCredential/1/id", json!("https://example.edu/credentials/3732")),
        ("vc-context-form", "/verifiableCredential/1/@context", Value::Null),
    ]
}

#[track_caller]
fn assert_found(findings: &[Finding], (rule, place, value): &Case) {
    let found = findings.iter().find(|finding| finding.rule == *rule);
    let found = found.unwrap_or_else(|| panic!("{rule} at {place} = {value} was not found: {findings:?}"));
    let at = place.trim_end_matches(|c: char| c == '/' || c.is_ascii_digit());
    assert!(found.pointer.starts_with(at) || at.starts_with(&found.pointer), "{rule}: {}", found.pointer);
    assert!(found.detail.ends_with(['.', '?']) && found.detail.len() > 15, "{rule}: {}", found.detail);
    assert!(found.spec.starts_with("https://www."), "{rule}: {}", found.spec);
}

#[test]
fn a_credential_that_uses_everything_rightly_breaks_no_rule() {
    assert_eq!(check::vc::credential(&credential()), []);
    assert_eq!(check::vc::presentation(&presentation()), []);
    for (place, value) in [
        ("/@context", json!("https://www.w3.org/ns/credentials/v2")),
        ("/id", Value::Null),
        ("/id", json!("urn:uuid:1")),
        ("/type", json!("VerifiableCredential")),
        ("/name", json!("")),
        ("/name", Value::Null),
        ("/issuer", json!("did:example:1")),
        ("/validFrom", Value::Null),
        ("/validUntil", json!("2015-05-10T12:30:00Z")),
        ("/validUntil", json!("2015-05-10T13:30:00+01:00")),
        ("/credentialSubject", json!({"degree": "BSc"})),
        ("/credentialStatus", Value::Null),
        ("/relatedResource", json!({"id": "https://example.edu/1", "digestSRI": [SHA256, SHA256]})),
        ("/relatedResource/0/digestSRI", json!(format!("{SHA256} {SHA256}"))),
    ] {
        assert_eq!(check::vc::credential(&changed(&credential(), place, &value)), [], "{place} = {value}");
    }
    for (place, value) in [
        ("/verifiableCredential", Value::Null),
        ("/verifiableCredential", json!([])),
        ("/verifiableCredential", json!({"type": "VerifiableCredential"})),
        ("/holder", Value::Null),
        ("/holder", json!("did:example:1")),
        ("/id", Value::Null),
    ] {
        assert_eq!(
            check::vc::presentation(&changed(&presentation(), place, &value)),
            [],
            "{place} = {value}"
        );
    }
}

#[test]
fn every_rule_of_the_data_model_is_found_where_it_is_broken() {
    for case in broken_credentials() {
        // The table of badges says a null by a list of one; here lists of one null are wanted for themselves nowhere.
        assert_found(&check::vc::credential(&changed(&credential(), case.1, &case.2)), &case);
    }
    for case in broken_presentations() {
        assert_found(&check::vc::presentation(&changed(&presentation(), case.1, &case.2)), &case);
    }
    for document in [json!(null), json!([]), json!("x")] {
        assert_eq!(check::vc::credential(&document)[0].rule, "vc-not-an-object");
        assert_eq!(check::vc::presentation(&document)[0].rule, "vc-not-an-object");
    }
}

#[test]
fn a_badge_is_a_credential_too() {
    let badge = crate::sample::badge();
    let badge = accolade_core::Class::to_value(&badge);
    assert_eq!(check::vc::credential(&badge), []);
    assert_eq!(check::vc::related_resources(&badge), []);
    let mut wrong = badge;
    wrong["relatedResource"] = json!([{"id": "https://example.edu/1"}]);
    assert_eq!(check::vc::related_resources(&wrong)[0].rule, "vc-resource-digest");
}

#[test]
fn every_rule_of_the_data_model_has_a_case_and_a_name_of_its_own() {
    let cases = broken_credentials().into_iter().chain(broken_presentations()).map(|case| case.0);
    let tried: BTreeSet<&str> =
        cases.filter(|rule| rule.starts_with('v')).chain(["vc-not-an-object"]).collect();
    let known: BTreeSet<&str> = check::vc::rules().map(|rule| rule.id).collect();
    assert_eq!(tried, known);
    let of_badges: BTreeSet<&str> = check::rules().map(|rule| rule.id).collect();
    assert!(known.is_disjoint(&of_badges));
    assert_eq!(check::vc::rules().count(), known.len());
}
