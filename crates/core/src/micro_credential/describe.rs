//! Writing the record into an achievement. One table says where each element goes: into members of the standard, into
//! members that [`inline_context`](super::inline_context) defines, or into both.

use serde_json::{Map, Value, json};

use super::context::{
    ASSESSMENT_TYPE, COVERAGE, CREDIT_POINT, ENTRY_REQUIREMENT, EQF_LEVEL, FRAMEWORK, FRAMEWORK_NAME,
    GRADING_SCHEME, ID_VERIFICATION, IS_PART_OF, IS_PARTIAL, LEARNING_OUTCOME, MAXIMUM_DURATION,
    MINIMUM_DURATION, MODE, NOTATION, NOTE_LITERAL, NQF_LEVEL, POINT, PROCESS_STANDARDS, PROVEN_BY, REQUIRES,
    REVIEW_PROCESS, SEE_ALSO, TERMS, THEMATIC_AREA, Term, VOLUME_OF_LEARNING,
};
use super::{Element, Framework, Level, MicroCredential, QualityAssurance};
use crate::achievement::{Achievement, Alignment, ResultDescription, RubricCriterionLevel};
use crate::form::Fault;
use crate::vocabulary::{AchievementType, AlignmentTargetType};
use crate::{Credits, Uri};

/// The concept of the European Credit Transfer System.
const ECTS: &str = "http://data.europa.eu/snb/education-credit/6fcec5c5af";

/// Writes what the record says of an element.
type Write = fn(&MicroCredential, &mut Achievement, &mut Vec<Fault>);

/// Every element of the record, and how it is written. Those that are missing here are in every award without it.
const TABLE: &[(Element, Write)] = &[
    (Element::Country, country),
    (Element::Language, language),
    (Element::FieldOfStudy, field),
    (Element::LearningOutcomes, outcomes),
    (Element::Workload, workload),
    (Element::Duration, duration),
    (Element::Level, levels),
    (Element::Competency, competency),
    // An assessment of the European Learning Model says how one is supervised and graded, too.
    (Element::Assessment, assessment),
    (Element::Participation, participation),
    (Element::QualityAssurance, quality),
    (Element::Prerequisites, prerequisites),
    (Element::Grade, grade),
    (Element::Stackability, stackability),
    (Element::FurtherInformation, further),
];

impl MicroCredential {
    /// Writes the record into the achievement. Says whether the achievement then has members of ours, so that the credential
    /// needs [`inline_context`](super::inline_context) as its last context.
    ///
    /// # Errors
    /// Where the achievement says something else already, with pointers into a request whose record is `/microCredential`.
    pub fn describe(&self, achievement: &mut Achievement) -> Result<bool, Vec<Fault>> {
        let mut faults = Vec::new();
        achievement.achievement_type.get_or_insert(AchievementType::MicroCredential);
        for (_, write) in TABLE {
            write(self, achievement, &mut faults);
        }
        if faults.is_empty() { Ok(has_members_of_ours(achievement)) } else { Err(faults) }
    }
}

/// Whether a member of the achievement is one that only [`inline_context`](super::inline_context) defines.
fn has_members_of_ours(achievement: &Achievement) -> bool {
    TERMS.iter().any(|term| achievement.extra.contains_key(term.name))
}

/// Sets a member of ours, unless there is nothing to say.
fn put(achievement: &mut Achievement, term: Term, value: Value) {
    // No term is a member of the class, and what says nothing is left out: nothing else can fail.
    drop(achievement.extra.set(term.name, value));
}

fn node<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let told = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(told.collect::<Map<_, _>>())
}

fn contradiction(pointer: &str, member: &str, faults: &mut Vec<Fault>) {
    let detail =
        format!("`{member}` of the achievement says something else; leave it out there, or say the same");
    faults.push(Fault::new(pointer, "contradiction", detail));
}

/// A URI of a table of ours or of the record.
fn uri(text: String) -> Option<Uri> {
    Uri::parse(text).ok()
}

fn country(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    if let Some(country) = &record.country {
        put(achievement, COVERAGE, json!(country));
    }
}

fn language(record: &MicroCredential, achievement: &mut Achievement, faults: &mut Vec<Fault>) {
    let Some(language) = &record.language else { return };
    if achievement.in_language.get_or_insert_with(|| language.clone()) != language {
        contradiction(Element::Language.pointer(), "inLanguage", faults);
    }
}

fn field(record: &MicroCredential, achievement: &mut Achievement, faults: &mut Vec<Fault>) {
    let Some(field) = &record.field else { return };
    if *achievement.field_of_study.get_or_insert_with(|| field.name.clone()) != field.name {
        contradiction("/microCredential/field/name", "fieldOfStudy", faults);
    }
    put(achievement, THEMATIC_AREA, json!(format!("http://data.europa.eu/snb/isced-f/{}", field.code)));
}

fn outcomes(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let mut in_words = Vec::new();
    for outcome in &record.learning_outcomes {
        let Some(url) = &outcome.target_url else {
            in_words.push(json!({ "name": outcome.text }));
            continue;
        };
        let alignment = Alignment {
            target_code: outcome.target_code.clone(),
            target_framework: outcome.target_framework.clone(),
            ..Alignment::new(&outcome.text, url.clone())
        };
        align(achievement, alignment);
    }
    put(achievement, LEARNING_OUTCOME, Value::Array(in_words));
}

/// Adds an alignment, unless one to the same node and code is there.
fn align(achievement: &mut Achievement, alignment: Alignment) {
    let is_there = achievement
        .alignment
        .iter()
        .any(|known| known.target_url == alignment.target_url && known.target_code == alignment.target_code);
    if !is_there {
        achievement.alignment.push(alignment);
    }
}

fn workload(record: &MicroCredential, achievement: &mut Achievement, faults: &mut Vec<Fault>) {
    let Some(workload) = &record.workload else { return };
    if let Some(hours) = workload.hours {
        put(achievement, VOLUME_OF_LEARNING, json!(hours.iso()));
    }
    let Some(credits) = workload.any_credits() else { return };
    if *achievement.credits_available.get_or_insert(credits) != credits {
        contradiction(Element::Workload.pointer(), "creditsAvailable", faults);
    }
    let of_system = node([
        (FRAMEWORK.name, workload.ects.map(|_| json!(ECTS))),
        (FRAMEWORK_NAME.name, workload.credit_framework.as_ref().map(|name| json!(name))),
        (POINT.name, Some(json!(in_digits(credits)))),
    ]);
    put(achievement, CREDIT_POINT, of_system);
}

/// As the European Learning Model has points: a text.
fn in_digits(credits: Credits) -> String {
    json!(credits).to_string()
}

fn duration(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let Some(duration) = record.duration else { return };
    if let Some(minimum) = duration.minimum {
        put(achievement, MINIMUM_DURATION, json!(minimum.xsd()));
    }
    put(achievement, MAXIMUM_DURATION, json!(duration.maximum.xsd()));
}

fn levels(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    for level in &record.levels {
        let Some(url) = level.url.clone().or_else(|| uri(level.framework.described(&level.code)?)) else {
            continue;
        };
        match level.framework {
            Framework::Eqf => put(achievement, EQF_LEVEL, json!(Framework::Eqf.described(&level.code))),
            Framework::Nqf => put(achievement, NQF_LEVEL, json!(url)),
            _ => {}
        }
        align(achievement, level_alignment(level, url));
    }
}

fn level_alignment(level: &Level, url: Uri) -> Alignment {
    let framework = level.framework_name.as_deref().unwrap_or(level.framework.in_words());
    let name = level.name.clone().unwrap_or_else(|| format!("{framework}: level {}", level.code));
    let kind = match level.framework {
        Framework::Eqf => "ext:EQFLevel",
        Framework::Nqf | Framework::Aqf | Framework::Nzqf => "ext:NQFLevel",
        Framework::Dreyfus | Framework::SkillsFuture | Framework::Custom => "ext:Level",
    };
    Alignment {
        target_type: AlignmentTargetType::parse(kind).ok(),
        ..Alignment::new(&name, url).within(framework).coded(&level.code)
    }
}

/// The URI of a part of an achievement's definition.
fn part(achievement: &Achievement, fragment: &str) -> Option<Uri> {
    uri(format!("{}#{fragment}", achievement.id))
}

fn competency(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let Some(competency) = &record.competency else { return };
    let of_code = |code: &str| part(achievement, &format!("competency-{code}"));
    let level = |level: &super::CompetencyLevel| {
        Some(RubricCriterionLevel {
            description: level.description.clone(),
            level: Some(level.code.clone()),
            ..RubricCriterionLevel::new(of_code(&level.code)?, &level.name)
        })
    };
    let levels = competency.levels.iter().filter_map(level).collect();
    let required = competency.required.as_deref().and_then(of_code);
    let Some(id) = part(achievement, "competency") else { return };
    let rubric = ResultDescription {
        required_level: required,
        ..ResultDescription::rubric(id, &competency.name, levels)
    };
    add_result(achievement, rubric);
}

/// Adds a description of a result, unless it is there.
fn add_result(achievement: &mut Achievement, description: ResultDescription) {
    if !achievement.result_description.iter().any(|known| known.id == description.id) {
        achievement.result_description.push(description);
    }
}

fn assessment(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let types = record.assessment.iter().flat_map(|assessment| &assessment.types);
    let types: Vec<_> = types.map(|kind| json!(kind.concept())).collect();
    let mode = record.assessment.as_ref().and_then(|assessment| assessment.mode);
    let supervised = record
        .supervision
        .map(|supervision| json!({ NOTATION.name: supervision.as_str(), "name": supervision.in_words() }));
    let assessment = node([
        (ASSESSMENT_TYPE.name, (!types.is_empty()).then_some(Value::Array(types))),
        (MODE.name, mode.map(|mode| json!(mode.concept()))),
        (ID_VERIFICATION.name, supervised),
        (GRADING_SCHEME.name, record.grade.as_ref().map(|grade| json!({ "name": grade.scheme }))),
    ]);
    if assessment.as_object().is_some_and(|members| !members.is_empty()) {
        put(achievement, PROVEN_BY, assessment);
    }
}

fn participation(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    if let Some(participation) = record.participation {
        put(achievement, MODE, json!(participation.concept()));
    }
}

fn quality(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let process = |quality: &QualityAssurance| {
        node([
            (NOTATION.name, Some(json!(quality.type_))),
            ("name", Some(json!(quality.name))),
            ("description", quality.description.as_ref().map(|words| json!(words))),
            (PROCESS_STANDARDS.name, quality.url.as_ref().map(|url| json!(url))),
        ])
    };
    put(achievement, REVIEW_PROCESS, record.quality_assurance.iter().map(process).collect());
}

fn prerequisites(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let notes = record.prerequisites.iter().map(|words| json!({ NOTE_LITERAL.name: words }));
    put(achievement, ENTRY_REQUIREMENT, notes.collect());
}

fn grade(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let (Some(grade), Some(id)) = (&record.grade, part(achievement, "grade")) else { return };
    let description = ResultDescription {
        allowed_value: grade.allowed_values.clone(),
        required_value: grade.required.clone(),
        ..ResultDescription::new(id, &grade.scheme, grade.type_.clone())
    };
    add_result(achievement, description);
}

fn stackability(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    let Some(stackability) = &record.stackability else { return };
    put(achievement, IS_PARTIAL, json!(stackability.stackable));
    put(achievement, IS_PART_OF, json!(stackability.part_of));
    put(achievement, REQUIRES, json!(stackability.requires));
}

fn further(record: &MicroCredential, achievement: &mut Achievement, _: &mut Vec<Fault>) {
    put(achievement, SEE_ALSO, json!(record.further_information));
}
