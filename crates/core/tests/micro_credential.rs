//! The record of a micro-credential: read, written into an achievement, compared with frameworks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail like tests")]

use accolade_core::achievement::{Achievement, Criteria};
use accolade_core::micro_credential::check::{Profile, check};
use accolade_core::micro_credential::{Element, TERMS, inline_context};
use accolade_core::{Class, MicroCredential, Uri};
use serde_json::{Value, json};

fn whole() -> Value {
    json!({
        "country": "CH",
        "language": "de-CH",
        "field": {"code": "0612", "name": "Database and network design"},
        "learningOutcomes": [
            "Cleans and joins tables of data.",
            {
                "text": "Analyse big data",
                "targetUrl": "http://data.europa.eu/esco/skill/47a49cd6-097d-457a-9f7b-c290c14930d5",
                "targetFramework": "ESCO"
            }
        ],
        "workload": {"hours": 60, "ects": 2},
        "duration": {"minimum": "P2D", "maximum": "P6W"},
        "levels": [
            {"framework": "EQF", "code": "6"},
            {"framework": "NQF", "frameworkName": "NQR Schweiz", "code": "6", "url": "https://example.ch/nqr/6"}
        ],
        "competency": {"levels": "dreyfus", "required": "competent"},
        "assessment": {"types": ["project-work", "quiz"], "mode": "online"},
        "participation": "blended",
        "supervision": "supervised_onsite_id",
        "qualityAssurance": [
            {"type": "external", "name": "AAQ", "url": "https://aaq.ch/", "description": "Accredited every seven years."}
        ],
        "prerequisites": ["Reads English well."],
        "grade": {"scheme": "Swiss grades", "allowedValues": ["4", "5", "6"], "required": "4"},
        "stackability": {"partOf": ["https://example.edu/achievements/cas"], "requires": ["https://example.edu/achievements/basics"]},
        "furtherInformation": ["https://example.edu/courses/data"]
    })
}

fn achievement() -> Achievement {
    Achievement::new(
        Uri::parse("https://example.edu/achievements/1").unwrap(),
        "Applied Data Skills",
        "Collects, cleans and analyses data.",
        Criteria::in_words("Attend, hand in, pass."),
    )
}

fn described(record: &Value) -> Value {
    let mut achievement = achievement();
    let record = MicroCredential::parse(record, "").unwrap();
    assert!(record.describe(&mut achievement).unwrap(), "it has members of ours");
    achievement.to_value()
}

fn faults(record: &Value) -> Vec<(String, &'static str)> {
    let faults = MicroCredential::parse(record, "/m").unwrap_err();
    faults.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
}

#[test]
fn a_record_reads_back_as_what_it_was_written_from() {
    let record = MicroCredential::parse(&whole(), "").unwrap();
    let written = record.to_value();
    assert_eq!(MicroCredential::parse(&written, "").unwrap(), record);
    for member in whole().as_object().unwrap().keys() {
        assert!(written.get(member).is_some(), "{member} is kept");
    }
    assert_eq!(MicroCredential::parse(&json!({}), "").unwrap().to_value(), json!({}));
}

#[test]
fn what_the_standard_has_a_member_for_goes_there() {
    let achievement = described(&whole());
    assert_eq!(achievement["achievementType"], "MicroCredential");
    assert_eq!(achievement["creditsAvailable"], 2);
    assert_eq!(achievement["inLanguage"], "de-CH");
    assert_eq!(achievement["fieldOfStudy"], "Database and network design");
    assert_eq!(
        achievement["alignment"][1],
        json!({
            "type": ["Alignment"], "targetCode": "6", "targetName": "European Qualifications Framework: level 6",
            "targetFramework": "European Qualifications Framework", "targetType": "ext:EQFLevel",
            "targetUrl": "http://data.europa.eu/snb/eqf/6"
        })
    );
    assert_eq!(achievement["alignment"][0]["targetName"], "Analyse big data");
    assert_eq!(achievement["alignment"][2]["targetFramework"], "NQR Schweiz");
    let rubric = &achievement["resultDescription"][0];
    assert_eq!(rubric["resultType"], "RubricCriterionLevel");
    assert_eq!(rubric["requiredLevel"], "https://example.edu/achievements/1#competency-competent");
    assert_eq!(rubric["rubricCriterionLevel"].as_array().unwrap().len(), 5);
    let grade = &achievement["resultDescription"][1];
    assert_eq!((&grade["requiredValue"], &grade["name"]), (&json!("4"), &json!("Swiss grades")));
    let broken: Vec<_> = accolade_core::check::achievement(&achievement);
    assert_eq!(broken, [], "the achievement keeps every rule of the standard");
}

#[test]
fn what_the_standard_has_no_member_for_is_said_in_words_of_the_inline_context() {
    let achievement = described(&whole());
    for (member, value) in [
        ("coverage", json!("CH")),
        ("thematicArea", json!("http://data.europa.eu/snb/isced-f/0612")),
        ("learningOutcome", json!([{"name": "Cleans and joins tables of data."}])),
        ("volumeOfLearning", json!("PT60H")),
        (
            "creditPoint",
            json!({"framework": "http://data.europa.eu/snb/education-credit/6fcec5c5af", "point": "2"}),
        ),
        ("minimumDuration", json!("P2D")),
        ("maximumDuration", json!("P42D")),
        ("eqfLevel", json!("http://data.europa.eu/snb/eqf/6")),
        ("nqfLevel", json!("https://example.ch/nqr/6")),
        ("mode", json!("http://data.europa.eu/snb/learning-assessment/e92d221e4d")),
        ("entryRequirement", json!([{"noteLiteral": "Reads English well."}])),
        ("isPartialQualification", json!(true)),
        ("isPartOf", json!(["https://example.edu/achievements/cas"])),
        ("requires", json!(["https://example.edu/achievements/basics"])),
        ("seeAlso", json!(["https://example.edu/courses/data"])),
    ] {
        assert_eq!(achievement[member], value, "{member}");
    }
    assert_eq!(achievement["provenBy"]["idVerification"]["notation"], "supervised_onsite_id");
    assert_eq!(achievement["provenBy"]["gradingScheme"], json!({"name": "Swiss grades"}));
    assert_eq!(achievement["provenBy"]["assessmentType"].as_array().unwrap().len(), 2);
    assert_eq!(achievement["reviewProcess"][0]["notation"], "external");
    assert_eq!(achievement["reviewProcess"][0]["processStandards"], "https://aaq.ch/");
}

/// Names of members, wherever they stand.
fn names(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            found.push(name.clone());
            names(member, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[test]
fn every_word_of_the_inline_context_is_used_and_is_in_order() {
    let mut used = Vec::new();
    names(&described(&whole()), &mut used);
    let mut other = whole();
    other["workload"] = json!({"credits": 4, "creditFramework": "NZQCF"});
    names(&described(&other), &mut used);
    for term in TERMS {
        assert!(used.iter().any(|name| name == term.name), "{} is never written", term.name);
        assert!(!Achievement::MEMBERS.contains(&term.name), "{}", term.name);
    }
    assert!(TERMS.is_sorted_by_key(|term| term.name));
    assert_eq!(inline_context().len(), TERMS.len());
    assert_eq!(
        inline_context()["mode"],
        json!({"@id": "http://data.europa.eu/snb/model/elm/mode", "@type": "@id"})
    );
}

#[test]
fn an_empty_record_needs_no_words_of_ours() {
    let mut achievement = achievement();
    assert!(!MicroCredential::default().describe(&mut achievement).unwrap());
    assert_eq!(achievement.to_value()["achievementType"], "MicroCredential");
}

#[test]
fn describing_twice_says_nothing_twice() {
    let once = described(&whole());
    let mut again = Achievement::from_value(once.clone()).unwrap();
    MicroCredential::parse(&whole(), "").unwrap().describe(&mut again).unwrap();
    assert_eq!(again.to_value(), once);
}

#[test]
fn what_the_achievement_says_differently_is_a_contradiction() {
    let mut achievement = achievement();
    achievement.field_of_study = Some("Cooking".into());
    achievement.in_language = Some(accolade_core::LanguageCode::parse("fr").unwrap());
    achievement.credits_available = Some(accolade_core::Credits::from(3));
    let faults = MicroCredential::parse(&whole(), "").unwrap().describe(&mut achievement).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.rule)).collect();
    let wanted = [
        ("/microCredential/language", "contradiction"),
        ("/microCredential/field/name", "contradiction"),
        ("/microCredential/workload", "contradiction"),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn every_fault_is_found_at_once_and_where_it_is() {
    let told = faults(&json!({
        "country": "UK",
        "language": "English",
        "field": {"code": "6121x", "name": " "},
        "learningOutcome": [],
        "learningOutcomes": [{"text": "x", "targetCode": "1"}, 7],
        "workload": {"ects": 2, "credits": 3},
        "duration": {"minimum": "P1Y", "maximum": "P1D"},
        "levels": [{"framework": "EQF", "code": "9"}, {"framework": "custom", "code": "x"}, {"framework": "EQF", "code": "1"}],
        "competency": {"levels": [{"code": "Low", "name": "Low"}], "required": "high"},
        "assessment": {"types": ["exam"]},
        "participation": "Online",
        "supervision": null,
        "qualityAssurance": [{"type": "external", "url": "javascript:alert(1)"}],
        "prerequisites": ["x", "x"],
        "grade": {"scheme": "s", "type": "Marks"},
        "stackability": {"stackable": false, "partOf": ["urn:uuid:1"]},
        "furtherInformation": ["urn:uuid:1"]
    }));
    for wanted in [
        ("/m/country", "country"),
        ("/m/language", "language"),
        ("/m/field/code", "too_long"),
        ("/m/field/name", "empty"),
        ("/m/learningOutcome", "unknown_member"),
        ("/m/learningOutcomes/0/targetUrl", "required"),
        ("/m/learningOutcomes/1", "wrong_type"),
        ("/m/workload/credits", "contradiction"),
        ("/m/workload/creditFramework", "required"),
        ("/m/duration/maximum", "duration"),
        ("/m/levels/0/code", "choice"),
        ("/m/levels/1/frameworkName", "required"),
        ("/m/levels/1/url", "required"),
        ("/m/levels/2/framework", "repeated"),
        ("/m/competency/levels/0/code", "code"),
        ("/m/competency/required", "choice"),
        ("/m/assessment/types/0", "choice"),
        ("/m/participation", "choice"),
        ("/m/supervision", "null"),
        ("/m/qualityAssurance/0/name", "required"),
        ("/m/qualityAssurance/0/url", "uri"),
        ("/m/prerequisites/1", "repeated"),
        ("/m/grade/type", "choice"),
        ("/m/stackability/stackable", "contradiction"),
        ("/m/furtherInformation/0", "url"),
    ] {
        assert!(told.contains(&(wanted.0.to_owned(), wanted.1)), "{wanted:?} is missing in {told:?}");
    }
    assert_eq!(told.len(), 25, "{told:?}");
}

#[test]
fn a_duration_is_from_two_days_to_a_year() {
    for (minimum, maximum, is_fine) in
        [("P2D", "P1Y", true), ("P6W", "P6W", true), ("P1M", "P2W", false), ("P1D", "P2D", false)]
    {
        let record = json!({"duration": {"minimum": minimum, "maximum": maximum}});
        assert_eq!(MicroCredential::parse(&record, "").is_ok(), is_fine, "{minimum} {maximum}");
    }
}

fn issuer() -> Value {
    json!({"name": "Example University", "address": {"addressCountryCode": "CH"}})
}

#[test]
fn the_whole_record_has_every_element_of_the_european_recommendation() {
    let record = MicroCredential::parse(&whole(), "").unwrap();
    let report = check(Profile::Eu2022, &achievement().to_value(), Some(&record), &issuer());
    assert!(report.complete);
    assert_eq!((report.mandatory, report.mandatory_present, report.elements.len()), (11, 11, 16));
    assert!(report.elements.iter().all(|finding| finding.present), "{report:#?}");
    let annex: Vec<_> = report.elements.iter().filter_map(|finding| finding.annex).collect();
    assert_eq!(
        annex,
        ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "O1", "O2", "O3", "O4", "O5"]
    );
}

#[test]
fn what_is_missing_is_named_with_the_place_where_to_say_it() {
    let report = check(Profile::Eu2022, &achievement().to_value(), None, &json!({"name": "U"}));
    assert!(!report.complete);
    let missing: Vec<_> = report.missing().map(|finding| (finding.element, finding.pointer)).collect();
    let wanted = [
        (Element::Country, "/microCredential/country"),
        (Element::LearningOutcomes, "/microCredential/learningOutcomes"),
        (Element::Workload, "/microCredential/workload"),
        (Element::Level, "/microCredential/levels"),
        (Element::Assessment, "/microCredential/assessment"),
        (Element::Participation, "/microCredential/participation"),
        (Element::QualityAssurance, "/microCredential/qualityAssurance"),
    ];
    assert_eq!(missing, wanted);
    assert_eq!(report.mandatory_present, 4);
}

/// Taking one member out makes exactly its element go missing; so each finding looks at its own member.
#[test]
fn each_element_hangs_on_its_own_member() {
    for element in Element::ALL {
        let Some(member) = element.pointer().strip_prefix("/microCredential/") else { continue };
        let mut record = whole();
        record.as_object_mut().unwrap().remove(member).unwrap();
        let record = MicroCredential::parse(&record, "").unwrap();
        for (_, profile) in Profile::WORDS {
            let report = check(
                *profile,
                &json!({"name": "N", "description": "D"}),
                Some(&record),
                &json!({"name": "U"}),
            );
            let finding = report.elements.iter().find(|finding| finding.element == *element);
            assert!(finding.is_none_or(|finding| !finding.present), "{element:?} in {profile:?}");
        }
    }
}

#[test]
fn a_framework_looks_closer_at_what_it_limits() {
    let of = |record: Value, profile| {
        let record = MicroCredential::parse(&record, "").unwrap();
        let report = check(profile, &achievement().to_value(), Some(&record), &issuer());
        report.missing().map(|finding| finding.element).collect::<Vec<_>>()
    };
    let workload =
        |workload: Value| json!({"workload": workload, "levels": [{"framework": "NZQF", "code": "5"}]});
    for (amount, profile, is_fine) in [
        (json!({"hours": 1}), Profile::AuNmf, true),
        (json!({"hours": 0.5}), Profile::AuNmf, false),
        (json!({"ects": 2}), Profile::AuNmf, false),
        (json!({"hours": 400}), Profile::Nzqa, true),
        (json!({"hours": 401}), Profile::Nzqa, false),
        (json!({"credits": 40, "creditFramework": "NZQCF"}), Profile::Nzqa, true),
        (json!({"credits": 41, "creditFramework": "NZQCF"}), Profile::Nzqa, false),
    ] {
        let missing = of(workload(amount.clone()), profile);
        assert_eq!(!missing.contains(&Element::Workload), is_fine, "{amount} {profile:?}");
        assert!(!missing.contains(&Element::Level));
    }
    assert!(of(whole(), Profile::Nzqa).contains(&Element::Level), "a European level is none of New Zealand");
    assert!(of(whole(), Profile::SgWsq).contains(&Element::Level));
    assert_eq!(of(whole(), Profile::AuNmf), []);
    assert_eq!(of(whole(), Profile::Unesco), []);
}

#[test]
fn a_report_is_json_for_machines() {
    let report = check(Profile::Eu2022, &achievement().to_value(), None, &issuer());
    let value = serde_json::to_value(&report).unwrap();
    assert_eq!(value["profile"], "eu-2022");
    assert_eq!(value["mandatoryPresent"], 5);
    assert_eq!(value["elements"][5]["annex"], "M6");
    assert_eq!(value["elements"][5]["element"], "learning-outcomes");
    for (name, profile) in Profile::WORDS {
        assert_eq!(Profile::parse(name), Some(*profile));
        assert_eq!(profile.as_str(), *name);
    }
    assert_eq!(Profile::parse("eu"), None);
}
