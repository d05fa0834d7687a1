//! What a micro-credential says of itself: at a glance, and one by one.

use accolade_core::MicroCredential;
use accolade_core::micro_credential::{Duration, Framework, Level, QualityAssurance};
use serde_json::Value;

use super::facts::Facts;
use crate::html::{Html, push_escaped};
use crate::language::decimal;
use crate::words::{Terms, Words, said};
use crate::{Language, Press};

/// Something a learner knows or can do, and where a framework describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) text: String,
    pub(crate) framework: Option<String>,
    pub(crate) link: Option<String>,
}

/// The record, and what is needed to put it in words.
#[derive(Debug, Clone)]
pub(crate) struct Record<'a> {
    pub(crate) record: MicroCredential,
    press: &'a Press,
    words: &'a Words,
    language: Language,
}

impl<'a> Record<'a> {
    /// The record among the members of an achievement; `None` where there is none that can be read.
    pub(crate) fn of(
        members: &serde_json::Map<String, Value>,
        press: &'a Press,
        language: Language,
    ) -> Option<Record<'a>> {
        let record = MicroCredential::parse(members.get("microCredential")?, "").ok()?;
        Some(Record::new(record, press, language))
    }

    pub(crate) fn new(record: MicroCredential, press: &'a Press, language: Language) -> Record<'a> {
        Record { record, press, words: press.words(language), language }
    }

    /// How long, which level, how much: in short.
    pub(crate) fn terms(&self) -> Vec<Html> {
        let duration = self.record.duration.as_ref().and_then(|it| self.duration(it));
        let level = self.record.levels.first().map(|level| Record::level_name(level, self.words));
        [duration, level, self.workload()].into_iter().flatten().collect()
    }

    pub(crate) fn outcomes(&self) -> Vec<Outcome> {
        let outcome = |outcome: &accolade_core::micro_credential::LearningOutcome| Outcome {
            text: outcome.text.clone(),
            framework: outcome.target_framework.clone(),
            link: outcome.target_url.as_ref().and_then(|url| self.press.link(url.as_str())),
        };
        self.record.learning_outcomes.iter().map(outcome).collect()
    }

    /// The levels of competency, code and name.
    pub(crate) fn competency(&self) -> Vec<(String, String)> {
        let levels = self.record.competency.iter().flat_map(|competency| &competency.levels);
        levels.map(|level| (level.code.clone(), level.name.clone())).collect()
    }

    /// What one wants to know first: how long, how much, which level, where.
    pub(crate) fn glance(&self, facts: &mut Facts<'_>) {
        let words = &self.words.record;
        facts.add(&words.duration, self.record.duration.as_ref().and_then(|it| self.duration(it)));
        facts.add(&self.words.facts.workload, self.workload());
        for level in &self.record.levels {
            facts.add(&self.words.facts.level, Some(self.level(level)));
        }
        let mode = self.record.participation.map(|mode| term(&words.participations, mode.as_str()));
        facts.add(&words.participation, mode);
    }

    /// Everything else.
    pub(crate) fn details(&self, facts: &mut Facts<'_>) {
        let words = &self.words.record;
        let record = &self.record;
        facts.add(&words.assessment, self.assessment());
        let supervision =
            record.supervision.map(|supervision| term(&words.supervisions, supervision.as_str()));
        facts.add(&words.supervision, supervision);
        facts.say(&words.grade, record.grade.as_ref().map(|grade| grade.scheme.as_str()));
        for quality in &record.quality_assurance {
            facts.add(&words.quality, Some(self.quality(quality)));
        }
        facts.say(&words.country, record.country.as_ref().map(|country| country.as_str()));
        if let Some(stackability) = &record.stackability {
            let said = if stackability.stackable { &words.stackable } else { &words.alone };
            facts.add(&words.stackability, Some(Html::text(said)));
            for part in &stackability.part_of {
                facts.add(&words.part_of, self.address(part.as_str()));
            }
            for needed in &stackability.requires {
                facts.add(&words.builds_on, self.address(needed.as_str()));
            }
        }
        for page in &record.further_information {
            facts.add(&words.further, self.address(page.as_str()));
        }
    }

    fn duration(&self, duration: &Duration) -> Option<Html> {
        let said = |span: &dyn std::fmt::Display| self.words.units.say(self.language, &span.to_string());
        let longest = said(&duration.maximum)?;
        let shortest = duration.minimum.and_then(|span| said(&span)).filter(|shortest| *shortest != longest);
        Some(match shortest {
            Some(shortest) => self
                .words
                .results
                .from_to
                .html(&[("from", &Html::text(&shortest)), ("to", &Html::text(&longest))]),
            None => Html::text(&longest),
        })
    }

    fn workload(&self) -> Option<Html> {
        let workload = self.record.workload.as_ref()?;
        let number = |credits: accolade_core::Credits| decimal(self.language, credits.get());
        let hours = workload.hours.and_then(|hours| self.words.units.say(self.language, &hours.iso()));
        let ects = workload.ects.map(|credits| format!("{} ECTS", number(credits)));
        let of_another = workload.credits.zip(workload.credit_framework.as_ref());
        let others = of_another.map(|(credits, system)| format!("{} {system}", number(credits)));
        let said: Vec<String> = [hours, ects, others].into_iter().flatten().collect();
        (!said.is_empty()).then(|| Html::isolated(&said.join(" · ")))
    }

    fn level(&self, level: &Level) -> Html {
        let name = Record::level_name(level, self.words);
        match level.url.as_ref().and_then(|url| self.press.link(url.as_str())) {
            Some(link) => anchor(&link, &name),
            None => name,
        }
    }

    /// A level with its framework.
    pub(crate) fn level_name(level: &Level, words: &Words) -> Html {
        match level.framework {
            Framework::Eqf if level.name.is_none() => {
                words.facts.eqf.html(&[("level", &Html::text(&level.code))])
            }
            _ => {
                let code =
                    words.record.dreyfus.get(&level.code).filter(|_| level.framework == Framework::Dreyfus);
                let name = level.name.as_ref().or(code).unwrap_or(&level.code);
                let framework = level.framework_name.as_deref().unwrap_or(match level.framework {
                    Framework::Nqf | Framework::Custom => "",
                    other => other.as_str(),
                });
                if framework.is_empty() || name.contains(framework) {
                    Html::isolated(name)
                } else {
                    Html::isolated(&format!("{framework}: {name}"))
                }
            }
        }
    }

    fn assessment(&self) -> Option<Html> {
        let assessment = self.record.assessment.as_ref()?;
        let words = &self.words.record;
        let kinds: Vec<String> =
            assessment.types.iter().map(|kind| term(&words.assessments, kind.as_str()).to_string()).collect();
        let mode = assessment.mode.map(|mode| term(&words.participations, mode.as_str()));
        let said = kinds.join(" · ");
        Some(Html::trusted(match mode {
            Some(mode) => format!("{said} ({mode})"),
            None => said,
        }))
    }

    fn quality(&self, quality: &QualityAssurance) -> Html {
        let words = &self.words.record;
        let by = term(&words.qualities, quality.type_.as_str());
        let name = Html::isolated(&quality.name);
        let name = match quality.url.as_ref().and_then(|url| self.press.link(url.as_str())) {
            Some(link) => anchor(&link, &name),
            None => name,
        };
        let mut out = format!("{name} <small>{by}</small>");
        if let Some(description) = &quality.description {
            out.push_str("<br><span dir=\"auto\">");
            push_escaped(&mut out, description);
            out.push_str("</span>");
        }
        Html::trusted(out)
    }

    /// An address as a link that shows where it leads; `None` where a page does not lead there.
    fn address(&self, address: &str) -> Option<Html> {
        let link = self.press.link(address)?;
        let shown = if link.starts_with('/') { self.words.record.open.clone() } else { shortened(&link) };
        Some(anchor(&link, &Html::isolated(&shown)))
    }
}

/// A term of a closed list, in the page's words.
fn term(terms: &Terms, term: &str) -> Html {
    Html::text(said(terms, term))
}

fn anchor(link: &str, label: &Html) -> Html {
    let mut out = String::from("<a href=\"");
    push_escaped(&mut out, link);
    out.push_str(&format!("\" rel=\"noopener nofollow ugc\">{label}</a>"));
    Html::trusted(out)
}

/// An address without its scheme, cut where it gets long.
fn shortened(link: &str) -> String {
    let bare = link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    match bare.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", bare.get(..end).unwrap_or(bare)),
        None => bare.to_owned(),
    }
}
