//! `check` and the published schemas say the same of every document.

use std::collections::{BTreeMap, BTreeSet};

use accolade_core::Class;
use accolade_core::check::{self, Finding, Origin, Severity};
use accolade_core::credential::{AchievementCredential, CredentialStatus};
use jsonschema::Validator;
use serde_json::Value;

use crate::schemas::Schemas;
use crate::{everything, mutations, vectors};

/// The rules that make an error of what the schemas let pass, and why.
const STRICTER: &[(&str, &str)] = &[
    ("achieved-level-unknown", "the prose wants a level of the linked description"),
    ("activity-ends-before", "a schema cannot compare two members"),
    ("context-lacks-extensions", "a type that no context defines fails JSON-LD in safe mode"),
    ("country-unknown", "the prose names ISO 3166-1 alpha-2"),
    ("criteria-empty", "the reference validator refuses criteria without page and words"),
    ("email-form", "the schemas take any text"),
    ("identity-blank", "nobody means it"),
    ("identity-hash-form", "the prose gives the form, the schemas take any text"),
    ("name-blank", "nobody means it"),
    ("name-control", "I-JSON and common sense"),
    ("name-invisible", "nobody means it"),
    ("name-placeholder", "nobody means it"),
    ("name-template", "nobody means it"),
    ("number-range", "nobody earns less than nothing"),
    ("proof-purpose", "the prose wants assertionMethod"),
    ("proof-suite-missing", "Data Integrity demands it"),
    ("recipient-missing", "the prose wants an id or an identifier"),
    ("required-level-unknown", "the prose wants a level of the description itself"),
    ("required-value-impossible", "a schema cannot compare two members"),
    ("result-description-range", "a schema cannot compare two members"),
    ("result-description-repeated", "an id that names two things names neither"),
    ("result-description-unknown", "the prose wants a description of the achievement itself"),
    ("result-status-missing", "the prose wants it where the description's type is Status"),
    ("result-value-impossible", "a schema cannot compare two members"),
    ("status-id-is-list", "Bitstring Status List forbids it"),
    ("status-index-form", "Bitstring Status List wants a text"),
    ("status-list-url", "Bitstring Status List wants a URL"),
    ("status-member-missing", "Bitstring Status List demands them"),
    ("status-purpose-unknown", "Bitstring Status List names four"),
    ("term-extension-form", "the schemas' pattern is not anchored"),
    ("text-control", "I-JSON and common sense"),
    ("text-placeholder", "nobody means it"),
    ("type-blank", "a type that no context defines fails JSON-LD in safe mode"),
    ("uri-not-absolute", "the prose wants a URI, the schemas take any text"),
    ("uri-placeholder", "nobody means it"),
    ("validity-ends-before", "a schema cannot compare two members"),
];

type Check = fn(&Value) -> Vec<Finding>;

/// A document that the schema or `check` misjudges, as one line; nothing if they agree.
fn disagreement(what: &str, document: &Value, schema: &Validator, check: Check) -> Option<String> {
    let findings = check(document);
    let errors = || findings.iter().filter(|finding| finding.is_error());
    let ours: Vec<&Finding> = errors().filter(|finding| finding.origin == Origin::Schema).collect();
    if schema.is_valid(document) != ours.is_empty() {
        let theirs = schema.iter_errors(document).next().map(|error| error.to_string());
        return Some(format!("{what}\n    schema: {theirs:?}\n    check: {ours:?}"));
    }
    let unlisted = errors().find(|finding| {
        finding.origin != Origin::Schema && !STRICTER.iter().any(|(rule, _)| *rule == finding.rule)
    });
    unlisted.map(|finding| format!("{what}\n    not listed as stricter: {finding:?}"))
}

/// Judges a document and everything one fault away from it; gives the number of documents.
fn judge(name: &str, document: &Value, schema: &Validator, check: Check, faults: &mut Vec<String>) -> usize {
    let refusal = schema.iter_errors(document).next().map(|error| error.instance_path().to_string());
    assert_eq!(refusal, None, "{name} itself is refused there");
    faults.extend(disagreement(name, document, schema, check));
    1 + mutations::each(document, |fault, document| {
        faults.extend(disagreement(&format!("{name}: {fault}"), document, schema, check));
    })
}

#[test]
#[expect(clippy::print_stdout, reason = "says how many documents were tried")]
fn check_and_the_published_schemas_agree_on_every_example_and_every_single_fault() {
    let Some(folder) = vectors::folder() else { return };
    let schemas = Schemas::read(&folder);
    let (mut tried, mut faults) = (0, Vec::new());
    for (name, example) in vectors::examples(&folder) {
        if vectors::is_endorsement(&example) {
            tried += judge(&name, &example, &schemas.endorsement, check::endorsement, &mut faults);
            continue;
        }
        tried += judge(&name, &example, &schemas.credential, check::credential, &mut faults);
        if name == "fullOpenBadge.json" {
            continue; // its parts were tried within it
        }
        let achievement = &example["credentialSubject"]["achievement"];
        tried += judge(&name, achievement, &schemas.achievement, check::achievement, &mut faults);
        if example["issuer"].is_object() {
            tried += judge(&name, &example["issuer"], &schemas.profile, check::profile, &mut faults);
        }
    }
    let [credential, endorsement] = schemas.sources.each_ref().map(everything::of);
    tried += judge("every member", &credential, &schemas.credential, check::credential, &mut faults);
    tried += judge("every member", &endorsement, &schemas.endorsement, check::endorsement, &mut faults);
    println!("{tried} documents tried");
    assert!(tried > 500, "only {tried} documents");
    faults.truncate(20);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The standard's members of each class of the model, and those that the model adds.
fn members() -> Vec<(&'static str, &'static [&'static str], &'static [&'static str])> {
    fn of<C: Class>() -> (&'static str, &'static [&'static str], &'static [&'static str]) {
        (C::NAME, C::MEMBERS, &[])
    }
    vec![
        of::<accolade_core::achievement::Achievement>(),
        of::<accolade_core::achievement::Alignment>(),
        of::<accolade_core::achievement::Criteria>(),
        of::<accolade_core::achievement::Related>(),
        of::<accolade_core::achievement::ResultDescription>(),
        of::<accolade_core::achievement::RubricCriterionLevel>(),
        of::<accolade_core::credential::CredentialSchema>(),
        of::<accolade_core::credential::Evidence>(),
        of::<accolade_core::credential::Proof>(),
        of::<accolade_core::credential::RefreshService>(),
        of::<accolade_core::credential::TermsOfUse>(),
        of::<accolade_core::endorsement::EndorsementCredential>(),
        of::<accolade_core::endorsement::EndorsementSubject>(),
        of::<accolade_core::identifier::IdentifierEntry>(),
        of::<accolade_core::identifier::IdentityObject>(),
        of::<accolade_core::image::Image>(),
        of::<accolade_core::profile::Address>(),
        of::<accolade_core::profile::GeoCoordinates>(),
        of::<accolade_core::profile::Profile>(),
        of::<accolade_core::subject::AchievementSubject>(),
        of::<accolade_core::subject::Result>(),
        (
            CredentialStatus::NAME,
            CredentialStatus::MEMBERS,
            &["statusPurpose", "statusListIndex", "statusListCredential"],
        ),
    ]
}

#[test]
fn every_class_has_exactly_the_members_of_the_published_schema() {
    let Some(folder) = vectors::folder() else { return };
    let [schema, _] = Schemas::read(&folder).sources;
    let names = |class: &Value| -> BTreeSet<String> {
        class["properties"].as_object().unwrap().keys().cloned().collect()
    };
    for (class, members, added) in members() {
        let expected: BTreeSet<String> =
            members.iter().filter(|name| !added.contains(name)).map(|name| (*name).to_owned()).collect();
        assert_eq!(names(&schema["$defs"][class]), expected, "{class}");
    }
    let classes = schema["$defs"].as_object().unwrap().keys().map(String::as_str);
    let not_classes = ["Context", "ProfileRef"];
    let published: BTreeSet<&str> = classes.filter(|name| !not_classes.contains(name)).collect();
    assert_eq!(published, members().iter().map(|(class, ..)| *class).collect());
    let badge: BTreeSet<String> =
        AchievementCredential::MEMBERS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(names(&schema), badge);
}

#[test]
fn the_list_of_stricter_rules_is_exactly_that_of_errors_beyond_the_schemas() {
    let listed: BTreeSet<&str> = STRICTER.iter().map(|(rule, _)| *rule).collect();
    let beyond: BTreeSet<&str> = check::rules()
        .filter(|rule| rule.origin != Origin::Schema && rule.severity == Severity::Error)
        .map(|rule| rule.id)
        .filter(|rule| *rule != "proof-missing") // has an entrance of its own
        .collect();
    assert_eq!(listed, beyond);
}

#[test]
fn published_examples_pass_as_received_documents() {
    let Some(folder) = vectors::folder() else { return };
    let mut found = BTreeMap::new();
    for (name, example) in vectors::examples(&folder) {
        let check: Check =
            if vectors::is_endorsement(&example) { check::endorsement } else { check::credential };
        let errors: Vec<Finding> =
            check::as_received(check(&example)).into_iter().filter(Finding::is_error).collect();
        if !errors.is_empty() {
            found.insert(name, errors);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
