//! Micro-credentials: the record, the requirements, and the versions of an achievement.

use accolade_core::micro_credential::check::Profile;
use accolade_core::micro_credential::inline_context;
use accolade_issuing::{Achievement, Caller, OfficeError, PageRequest, Publicly};
use accolade_linked_data::{Options, canonicalize};
use serde_json::{Value, json};

use crate::support::{School, faults, micro_credential, school, to_ana};

fn record() -> Value {
    json!({
        "learningOutcomes": ["Cleans tables of data."],
        "workload": { "hours": 60, "ects": 2 },
        "levels": [{ "framework": "EQF", "code": "6" }],
        "competency": { "levels": "dreyfus", "required": "competent" },
        "assessment": { "types": ["project-work"] },
        "participation": "blended",
        "qualityAssurance": [{ "type": "internal", "name": "Quality office" }],
    })
}

fn requirements() -> Value {
    json!({ "allOf": [
        { "id": "workshop", "kind": "workshop", "title": "Two days" },
        { "id": "project", "kind": "project", "title": "Project", "rubricLevel": "competent" },
    ]})
}

fn amend(school: &School, id: &str, patch: &Value) -> Result<Achievement, OfficeError> {
    school.house.office.amend_achievement(&Caller::system(), id, patch, None)
}

fn amended(school: &School, patch: &Value) -> Achievement {
    amend(school, &school.achievement.id, patch).unwrap()
}

#[test]
fn what_a_micro_credential_says_stands_in_what_is_published_and_signed() {
    let school = school();
    let achievement =
        amended(&school, &json!({ "microCredential": record(), "requirements": requirements() }));
    assert_eq!(achievement.members["microCredential"]["participation"], "blended");
    assert_eq!(achievement.members["requirements"]["allOf"][0]["confirmedBy"].as_array().unwrap().len(), 5);
    let credential = school.house.credential_json(&school.award(to_ana()));
    let signed = &credential["credentialSubject"]["achievement"];
    let published = school.house.json(&Publicly::Achievement(achievement.id.clone()));
    for document in [signed, &published] {
        assert_eq!(document["volumeOfLearning"], "PT60H");
        assert_eq!(document["eqfLevel"], "http://data.europa.eu/snb/eqf/6");
        assert_eq!(document["alignment"].as_array().unwrap().len(), 2);
        assert_eq!(document["resultDescription"][1]["resultType"], "RubricCriterionLevel");
        assert!(document.get("microCredential").is_none() && document.get("requirements").is_none());
    }
    for document in [&credential, &published] {
        assert_eq!(document["@context"][2], Value::Object(inline_context()));
        canonicalize(document, &Options::default()).unwrap();
    }
}

#[test]
fn an_achievement_without_a_record_is_signed_as_ever() {
    let school = school();
    let credential = school.house.credential_json(&school.award(to_ana()));
    assert_eq!(credential["@context"].as_array().unwrap().len(), 2);
    assert!(credential["credentialSubject"]["achievement"].get("related").is_none());
}

#[test]
fn every_fault_of_record_requirements_and_members_is_told_at_once() {
    let school = school();
    let error = amend(
        &school,
        &school.achievement.id,
        &json!({
            "tag": "data",
            "microCredential": { "participation": "remote", "workload": { "ects": -1 } },
            "requirements": { "allOf": [{ "id": "A", "kind": "workshop", "title": "{{title}}" }] },
            "colour": "red",
        }),
    );
    let told = faults(error.unwrap_err());
    for wanted in [
        "/colour",
        "/microCredential/participation",
        "/microCredential/workload/ects",
        "/requirements/allOf/0/id",
    ] {
        assert!(told.iter().any(|(pointer, _)| pointer == wanted), "{wanted} is missing in {told:?}");
    }
}

#[test]
fn a_record_that_contradicts_the_achievement_is_refused() {
    let school = school();
    let patch = json!({ "microCredential": { "workload": { "ects": 3 }, "language": "de" } });
    let told = faults(amend(&school, &school.achievement.id, &patch).unwrap_err());
    let wanted =
        [("/microCredential/language", "contradiction"), ("/microCredential/workload", "contradiction")];
    assert_eq!(told, wanted.map(|(pointer, rule)| (pointer.to_owned(), rule.to_owned())));
}

#[test]
fn taking_the_record_away_leaves_nothing_of_it() {
    let school = school();
    amended(&school, &json!({ "microCredential": record() }));
    let without = amended(&school, &json!({ "microCredential": null }));
    assert!(!without.members.contains_key("microCredential"));
    let published = school.house.json(&Publicly::Achievement(without.id));
    assert!(published.get("volumeOfLearning").is_none());
    assert_eq!(published["@context"].as_array().unwrap().len(), 2);
}

#[test]
fn a_level_that_requirements_want_cannot_be_taken_away() {
    let school = school();
    amended(&school, &json!({ "microCredential": record(), "requirements": requirements() }));
    let told = faults(amend(&school, &school.achievement.id, &json!({ "microCredential": {} })).unwrap_err());
    assert_eq!(told, [("/requirements/allOf/1/rubricLevel".to_owned(), "choice".to_owned())]);
}

#[test]
fn an_amendment_makes_a_version_and_what_was_awarded_stays_what_it_was() {
    let school = school();
    let id = school.achievement.id.clone();
    let before = school.award(to_ana());
    school.house.clock.advance(60);
    amended(&school, &json!({ "name": "Applied Data Skills II" }));
    school.house.clock.advance(60);
    let third = amended(&school, &json!({ "description": "More of it." }));
    assert_eq!(third.revision, 3);
    let after = school.award(json!({ "recipient": { "email": "bo@example.org" } }));
    assert_eq!((before.achievement_version, after.achievement_version), (Some(1), Some(3)));
    let stored = school.house.office.credential(&Caller::system(), &before.id).unwrap();
    assert_eq!(stored.achievement_version, Some(1));
    let awarded = &school.house.credential_json(&before)["credentialSubject"]["achievement"];
    assert_eq!(awarded["name"], "Applied Data Skills");
    let now = &school.house.credential_json(&after)["credentialSubject"]["achievement"];
    assert_eq!((&now["name"], &now["version"]), (&json!("Applied Data Skills II"), &json!("3")));
    // Each links the one before, and each is still there as it was.
    let second = school.house.at(now["related"][0]["id"].as_str().unwrap());
    assert_eq!(
        (&second["version"], &second["description"]),
        (&json!("2"), &json!("Collects, cleans and explains data."))
    );
    let first = school.house.at(second["related"][0]["id"].as_str().unwrap());
    assert_eq!(first["name"], "Applied Data Skills");
    assert!(first.get("related").is_none() && first.get("version").is_none());
    for member in awarded.as_object().unwrap().keys() {
        assert_eq!(&first[member], &awarded[member], "{member} of the first version is as it was awarded");
    }
    assert!(school.house.office.publication(&Publicly::AchievementVersion(id, 4)).unwrap().is_none());
}

#[test]
fn versions_are_listed_newest_first_page_by_page() {
    let school = school();
    for number in 2..=5 {
        amended(&school, &json!({ "humanCode": format!("ADS-{number}") }));
    }
    let mut cursor = None;
    let mut seen = Vec::new();
    loop {
        let page = PageRequest { limit: Some(2), cursor };
        let page = school
            .house
            .office
            .achievement_versions(&Caller::system(), &school.achievement.id, &page)
            .unwrap();
        seen.extend(
            page.items
                .iter()
                .map(|version| (version.revision, version.current, version.members["humanCode"].clone())),
        );
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let wanted = [(5, true), (4, false), (3, false), (2, false), (1, false)];
    assert_eq!(seen, wanted.map(|(number, current)| (number, current, json!(format!("ADS-{number}")))));
}

#[test]
fn a_refused_amendment_makes_no_version() {
    let school = school();
    assert!(amend(&school, &school.achievement.id, &json!({ "name": null })).is_err());
    let page = PageRequest { limit: None, cursor: None };
    let versions = school.house.office.achievement_versions(&Caller::system(), &school.achievement.id, &page);
    assert_eq!(versions.unwrap().items.len(), 1);
}

fn needing(achievement: &str) -> Value {
    json!({ "requirements": { "id": "before", "kind": "prior-credential", "title": "Before", "achievement": achievement } })
}

#[test]
fn achievements_cannot_need_each_other() {
    let school = school();
    let first = &school.achievement;
    let second = school.house.define(&school.issuer.id, micro_credential());
    let third = school.house.define(&school.issuer.id, micro_credential());
    amend(&school, &second.id, &needing(&first.links.public)).unwrap();
    let requires = json!({ "microCredential": { "stackability": { "requires": [second.links.public] } } });
    amend(&school, &third.id, &requires).unwrap();
    for (id, needs) in [(&first.id, &third), (&first.id, &second), (&first.id, first), (&second.id, &third)] {
        let told = faults(amend(&school, id, &needing(&needs.links.public)).unwrap_err());
        assert_eq!(told, [("/requirements".to_owned(), "circle".to_owned())]);
    }
    amend(&school, &first.id, &needing("https://elsewhere.example/achievements/1")).unwrap();
}

#[test]
fn an_achievement_of_ours_that_does_not_exist_cannot_be_needed() {
    let school = school();
    let unknown = school
        .achievement
        .links
        .public
        .replace(&school.achievement.id, "00000000-0000-4000-8000-000000000000");
    let told = faults(amend(&school, &school.achievement.id, &needing(&unknown)).unwrap_err());
    assert_eq!(told, [("/requirements".to_owned(), "unknown_achievement".to_owned())]);
}

#[test]
fn a_check_tells_what_a_framework_misses() {
    let school = school();
    let check = || {
        let office = &school.house.office;
        office.check_achievement(&Caller::system(), &school.achievement.id, Profile::Eu2022).unwrap()
    };
    assert_eq!(check().mandatory_present, 6, "names, dates, credits and a skill are there");
    amended(&school, &json!({ "microCredential": record() }));
    let missing: Vec<_> = check().missing().map(|finding| finding.element.as_str()).collect();
    assert_eq!(missing, ["country"]);
    let address = json!({ "address": { "addressCountryCode": "CH" } });
    school.house.office.amend_issuer(&Caller::system(), &school.issuer.id, &address, None).unwrap();
    assert!(check().complete);
}
