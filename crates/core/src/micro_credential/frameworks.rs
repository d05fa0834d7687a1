//! The frameworks whose elements are looked for, each with what it demands and what it would like.

use serde::{Serialize, Serializer};

use super::Element::{self, *};

/// A framework for micro-credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Council Recommendation of 16 June 2022 on a European approach to micro-credentials, Annex I.
    Eu2022,
    /// Australia's National Microcredentials Framework of November 2021.
    AuNmf,
    /// Micro-credentials listed by the New Zealand Qualifications Authority.
    Nzqa,
    /// UNESCO's common definition of 2022.
    Unesco,
    /// Singapore's Workforce Skills Qualifications and Skills Framework.
    SgWsq,
}

/// Whether a framework demands an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// It must be there.
    Mandatory,
    /// It is good to have.
    Optional,
}

/// What is to be looked at closer in an element that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// Nothing.
    None,
    /// At least one hour of learning.
    AnHour,
    /// At most forty credits, of ten hours each.
    FortyCredits,
    /// A level of that framework.
    LevelOf(super::Framework),
}

/// An element that a framework asks for.
pub(super) struct Row {
    pub(super) element: Element,
    pub(super) need: Need,
    pub(super) limit: Limit,
}

const fn must(element: Element) -> Row {
    Row { element, need: Need::Mandatory, limit: Limit::None }
}

const fn within(element: Element, limit: Limit) -> Row {
    Row { element, need: Need::Mandatory, limit }
}

const fn may(element: Element) -> Row {
    Row { element, need: Need::Optional, limit: Limit::None }
}

impl Profile {
    /// Every framework by its name in requests.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("eu-2022", Self::Eu2022),
        ("au-nmf", Self::AuNmf),
        ("nzqa", Self::Nzqa),
        ("unesco", Self::Unesco),
        ("sg-wsq", Self::SgWsq),
    ];

    /// The framework of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == name).map(|(_, profile)| *profile)
    }

    /// Its name in requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eu2022 => "eu-2022",
            Self::AuNmf => "au-nmf",
            Self::Nzqa => "nzqa",
            Self::Unesco => "unesco",
            Self::SgWsq => "sg-wsq",
        }
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Eu2022 => {
                "Council Recommendation on a European approach to micro-credentials (2022/C 243/02), Annex I"
            }
            Self::AuNmf => "National Microcredentials Framework (Australia, 2021)",
            Self::Nzqa => "NZQA micro-credentials (New Zealand)",
            Self::Unesco => "Towards a common definition of micro-credentials (UNESCO, 2022)",
            Self::SgWsq => "Singapore Workforce Skills Qualifications and Skills Framework",
        }
    }

    /// Where it is published.
    pub fn spec(self) -> &'static str {
        match self {
            Self::Eu2022 => "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022H0627(02)",
            Self::AuNmf => {
                "https://www.education.gov.au/higher-education-publications/resources/national-microcredentials-framework"
            }
            Self::Nzqa => {
                "https://www2.nzqa.govt.nz/tertiary/approval-accreditation-and-registration/micro-credentials/"
            }
            Self::Unesco => "https://unesdoc.unesco.org/ark:/48223/pf0000381668",
            Self::SgWsq => "https://www.skillsfuture.gov.sg/skills-framework",
        }
    }

    pub(super) fn rows(self) -> &'static [Row] {
        match self {
            Self::Eu2022 => EU_2022,
            Self::AuNmf => AU_NMF,
            Self::Nzqa => NZQA,
            Self::Unesco => UNESCO,
            Self::SgWsq => SG_WSQ,
        }
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

static EU_2022: &[Row] = &[
    must(Learner),
    must(Title),
    must(Country),
    must(AwardingBody),
    must(Date),
    must(LearningOutcomes),
    must(Workload),
    must(Level),
    must(Assessment),
    must(Participation),
    must(QualityAssurance),
    may(Prerequisites),
    may(Supervision),
    may(Grade),
    may(Stackability),
    may(FurtherInformation),
];

static AU_NMF: &[Row] = &[
    must(Title),
    must(AwardingBody),
    must(Date),
    must(LearningOutcomes),
    within(Workload, Limit::AnHour),
    must(Assessment),
    must(QualityAssurance),
    may(Level),
    may(Participation),
    may(Language),
    may(Prerequisites),
    may(Stackability),
];

static NZQA: &[Row] = &[
    must(Title),
    must(AwardingBody),
    must(Purpose),
    must(LearningOutcomes),
    within(Level, Limit::LevelOf(super::Framework::Nzqf)),
    within(Workload, Limit::FortyCredits),
    must(FieldOfStudy),
    must(Assessment),
    must(QualityAssurance),
    may(Prerequisites),
    may(Stackability),
];

static UNESCO: &[Row] = &[
    must(Learner),
    must(Title),
    must(AwardingBody),
    must(Date),
    must(LearningOutcomes),
    must(Assessment),
    must(QualityAssurance),
    may(Workload),
    may(Level),
    may(Stackability),
];

static SG_WSQ: &[Row] = &[
    must(Title),
    must(AwardingBody),
    must(Date),
    must(LearningOutcomes),
    within(Level, Limit::LevelOf(super::Framework::SkillsFuture)),
    must(Assessment),
    must(Workload),
    may(Participation),
    may(QualityAssurance),
    may(Stackability),
    may(Grade),
];
