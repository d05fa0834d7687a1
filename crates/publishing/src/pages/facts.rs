//! Facts about an achievement: names and values for a list.

use serde_json::Value;

use crate::Language;
use crate::html::Html;
use crate::language::{decimal, primary};
use crate::reading::{list, text, texts};
use crate::words::Words;

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: Html,
}

/// A skill, standard or level that an achievement answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skill {
    pub(crate) name: String,
    pub(crate) framework: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) link: Option<String>,
}

/// Gathers facts, leaving out what is not there.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    words: &'a Words,
    language: Language,
    found: Vec<Fact>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(words: &'a Words, language: Language) -> Facts<'a> {
        Facts { words, language, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: &str, value: Option<Html>) {
        if let Some(value) = value {
            self.found.push(Fact { name: name.to_owned(), value });
        }
    }

    /// A text of the issuer's.
    pub(crate) fn say(&mut self, name: &str, value: Option<&str>) {
        self.add(name, value.map(Html::isolated));
    }

    /// What an achievement says of itself: kind, level, credits, workload, field and the rest.
    pub(crate) fn of_achievement(&mut self, achievement: &Value) {
        let words = &self.words.facts;
        let kind = text(achievement, "achievementType").map(|term| Html::text(&self.words.kind(term)));
        self.add(&words.kind, kind);
        for level in list(achievement, "alignment").iter().filter(|alignment| is_level(alignment)) {
            let level = match eqf_level(level) {
                Some(level) => Some(words.eqf.html(&[("level", &Html::text(&level))])),
                None => text(level, "targetName").map(Html::isolated),
            };
            self.add(&words.level, level);
        }
        self.number(&words.credits, achievement.get("creditsAvailable"));
        self.add(&words.workload, workload(achievement, self.words, self.language));
        self.of_subject_matter(achievement);
    }

    /// What it is about, who made it, and which edition it is.
    pub(crate) fn of_subject_matter(&mut self, achievement: &Value) {
        let words = &self.words.facts;
        for (name, member) in [
            (&words.field, "fieldOfStudy"),
            (&words.specialization, "specialization"),
            (&words.code, "humanCode"),
            (&words.version, "version"),
        ] {
            self.say(name, text(achievement, member));
        }
        self.add(&words.language, text(achievement, "inLanguage").map(|tag| language_name(tag, self.words)));
        let creator = achievement.get("creator").and_then(|creator| text(creator, "name"));
        self.say(&words.creator, creator);
        let tags = texts(achievement, "tag");
        self.say(&words.tags, (!tags.is_empty()).then(|| tags.join(" · ")).as_deref());
    }

    pub(crate) fn number(&mut self, name: &str, value: Option<&Value>) {
        let number = value.and_then(Value::as_f64);
        self.add(name, number.map(|number| Html::text(&decimal(self.language, number))));
    }

    pub(crate) fn done(self) -> Vec<Fact> {
        self.found
    }
}

/// The level of the [European Qualifications Framework](https://europass.europa.eu/en/europass-digital-tools/european-qualifications-framework)
/// that an alignment states, 1 to 8; `None` for every other alignment.
pub(crate) fn eqf_level(alignment: &Value) -> Option<String> {
    let framework = text(alignment, "targetFramework").unwrap_or_default();
    let is_eqf = framework.eq_ignore_ascii_case("EQF")
        || framework.eq_ignore_ascii_case("European Qualifications Framework")
        || text(alignment, "targetType").is_some_and(|term| term.starts_with("ext:EQFLevel"));
    let stated = text(alignment, "targetCode").or_else(|| text(alignment, "targetName"))?;
    let level = stated.chars().rev().find(|c| !c.is_whitespace())?;
    (is_eqf && ('1'..='8').contains(&level)).then(|| level.to_string())
}

/// Whether an alignment states a level, of whatever framework.
fn is_level(alignment: &Value) -> bool {
    let kind = text(alignment, "targetType").unwrap_or_default();
    eqf_level(alignment).is_some() || ["ext:EQFLevel", "ext:NQFLevel", "ext:Level"].contains(&kind)
}

/// The skills and standards of an achievement, without its level.
pub(crate) fn skills(press: &crate::Press, achievement: &Value) -> Vec<Skill> {
    let alignments = list(achievement, "alignment").iter().filter(|alignment| !is_level(alignment));
    alignments
        .filter_map(|alignment| {
            Some(Skill {
                name: text(alignment, "targetName")?.to_owned(),
                framework: text(alignment, "targetFramework").map(str::to_owned),
                description: text(alignment, "targetDescription").map(str::to_owned),
                link: text(alignment, "targetUrl").and_then(|address| press.link(address)),
            })
        })
        .collect()
}

/// What a learner can do afterwards, in words; outcomes of frameworks are among the skills.
pub(crate) fn outcomes(achievement: &Value) -> Vec<&str> {
    list(achievement, "learningOutcome").iter().filter_map(|outcome| text(outcome, "name")).collect()
}

/// The name of a language in the page's language; its tag where it has none there.
pub(crate) fn language_name(tag: &str, words: &Words) -> Html {
    Html::text(words.languages.get(&primary(tag).to_ascii_lowercase()).map_or(tag, String::as_str))
}

/// The work it takes, of a duration such as `PT75H` in a member that extensions use for it.
fn workload(achievement: &Value, words: &Words, language: Language) -> Option<Html> {
    let stated = ["volumeOfLearning", "workload"].into_iter().find_map(|member| text(achievement, member))?;
    words.units.say(language, stated).map(|said| Html::text(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_level_is_told_from_other_alignments() {
        for (alignment, expected) in [
            (json!({"targetFramework": "European Qualifications Framework", "targetCode": "5"}), Some("5")),
            (json!({"targetFramework": "EQF", "targetName": "EQF level 6"}), Some("6")),
            (json!({"targetType": "ext:EQFLevelAlignment", "targetName": "EQF 7 "}), Some("7")),
            (json!({"targetFramework": "EQF", "targetCode": "9"}), None),
            (json!({"targetFramework": "Riverside", "targetCode": "5"}), None),
            (json!({"targetFramework": "EQF"}), None),
        ] {
            assert_eq!(eqf_level(&alignment).as_deref(), expected, "{alignment}");
        }
    }
}
