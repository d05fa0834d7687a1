//! All languages say the same things.

use std::collections::{BTreeMap, BTreeSet};

use accolade_core::micro_credential;
use accolade_core::vocabulary::{AchievementType, ResultStatusType};
use toml::Value;

use super::phrase::Piece;
use super::{Dictionary, Phrase, source};
use crate::Language;

#[test]
fn every_language_can_be_read() {
    Dictionary::read().unwrap();
}

#[test]
fn every_language_has_the_same_keys_and_places() {
    let english = messages(Language::En);
    for language in Language::ALL {
        let own = messages(language);
        let keys = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&own), keys(&english), "{language:?}");
        for (key, text) in &own {
            assert_eq!(
                places(text),
                english.get(key).map(|text| places(text)).unwrap(),
                "{language:?} {key}"
            );
            assert!(!text.trim().is_empty(), "{language:?} {key} says nothing");
        }
    }
}

#[test]
fn nothing_was_left_untranslated() {
    let english = messages(Language::En);
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let same: Vec<String> = messages(language)
            .into_iter()
            .filter(|(key, text)| english.get(key) == Some(text) && has_words(text))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(same, Vec::<String>::new(), "{language:?}");
    }
}

#[test]
fn every_term_of_the_standard_has_words() {
    let dictionary = Dictionary::read().unwrap();
    let words = dictionary.words(Language::En);
    for term in AchievementType::TERMS {
        assert!(words.kinds.contains_key(*term), "{term}");
    }
    for term in ResultStatusType::TERMS {
        assert!(words.statuses.contains_key(*term), "{term}");
    }
    for (kind, _) in accolade_core::requirement::Kind::WORDS {
        assert!(words.requirements.kinds.contains_key(*kind), "{kind}");
    }
    let record = &words.record;
    for (terms, known) in [
        (&record.participations, terms(micro_credential::Participation::WORDS)),
        (&record.assessments, terms(micro_credential::AssessmentType::WORDS)),
        (&record.supervisions, terms(micro_credential::Supervision::WORDS)),
        (&record.qualities, terms(micro_credential::QualityAssuranceType::WORDS)),
        (&record.dreyfus, micro_credential::Framework::Dreyfus.codes().to_vec()),
    ] {
        assert!(known.iter().all(|term| terms.contains_key(*term)), "{known:?}");
    }
    for (source, _) in accolade_core::requirement::Source::WORDS {
        assert!(words.desk.sources.contains_key(*source), "{source}");
    }
    for (status, _) in accolade_issuing::EnrolmentStatus::NAMED {
        assert!(words.desk.statuses.contains_key(*status), "{status}");
    }
    for outcome in ["passed", "failed", "warning", "skipped", "unknown"] {
        assert!(words.outcomes.contains_key(outcome), "{outcome}");
    }
}

#[test]
fn every_plural_has_the_forms_of_its_language() {
    let dictionary = Dictionary::read().unwrap();
    for language in Language::ALL {
        let needed: &[&str] = match language {
            Language::Zh => &["other"],
            Language::Ar => &["zero", "one", "two", "few", "many", "other"],
            _ => &["one", "other"],
        };
        let words = dictionary.words(language);
        let units = &words.units;
        let units = [&units.years, &units.months, &units.weeks, &units.days, &units.hours, &units.minutes];
        for plural in units.into_iter().chain([
            &words.desk.said_recorded,
            &words.catalogue.count,
            &words.issuer.badges_count,
            &words.report.steps_count,
        ]) {
            let forms: Vec<&str> = plural.forms().into_iter().map(|(name, _)| name).collect();
            assert_eq!(forms, needed, "{language:?} {plural:?}");
        }
    }
}

fn terms<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(term, _)| *term).collect()
}

/// Whether there is anything to translate beside places and names.
fn has_words(text: &str) -> bool {
    let rest =
        text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<String>();
    rest.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count() > 2
        && !text.starts_with("Open Badges")
}

/// Every message by its dotted key; of a plural the form that all languages have.
fn messages(language: Language) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(&mut found, "", &toml::from_str(source(language)).unwrap());
    found
}

fn collect(found: &mut BTreeMap<String, String>, path: &str, value: &Value) {
    match value {
        Value::String(text) => {
            found.insert(path.to_owned(), text.clone());
        }
        Value::Table(table) => match table.get("other") {
            Some(Value::String(text)) => {
                found.insert(path.to_owned(), text.clone());
            }
            _ => table.iter().for_each(|(key, value)| collect(found, &format!("{path}.{key}"), value)),
        },
        other => assert_eq!(other.type_str(), "string", "{path}"),
    }
}

fn places(text: &str) -> BTreeSet<String> {
    let phrase: Phrase = Value::String(text.to_owned()).try_into().unwrap();
    let found = phrase.pieces().filter_map(|piece| match piece {
        Piece::Place(name) => Some(name.to_owned()),
        Piece::Text(_) => None,
    });
    found.collect()
}
