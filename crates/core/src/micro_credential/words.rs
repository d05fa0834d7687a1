//! The closed word lists of the record, each word with the concept of the European vocabularies that it stands for, where
//! there is one ([EU Vocabularies](https://op.europa.eu/en/web/eu-vocabularies)).

use serde::{Serialize, Serializer};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal, $words:literal $(, $concept:literal)?;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`: ", $words)] $variant,)+
        }

        impl $name {
            /// Every word with its meaning.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            /// The word that requests and replies have.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word in English, as a part of a sentence.
            pub fn in_words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            words!(@concept $($variant $(= $concept)?;)+);
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
    (@concept $($variant:ident = $concept:literal;)+) => {
        /// The concept's IRI.
        pub fn concept(self) -> &'static str {
            match self { $(Self::$variant => $concept,)+ }
        }
    };
    (@concept $($variant:ident;)+) => {};
}

words! {
    /// How one takes part
    /// ([mode of learning and assessment](http://data.europa.eu/snb/learning-assessment/25831c2)).
    Participation {
        Online = "online", "online", "http://data.europa.eu/snb/learning-assessment/920fbb3cbe";
        OnSite = "on-site", "on site", "http://data.europa.eu/snb/learning-assessment/9191af2ed9";
        Blended = "blended", "partly online, partly on site", "http://data.europa.eu/snb/learning-assessment/e92d221e4d";
    }
}

words! {
    /// How learning is assessed ([assessment type](http://data.europa.eu/snb/assessment/25831c2)).
    AssessmentType {
        WrittenExamination = "written-examination", "written examination", "http://data.europa.eu/snb/assessment/6e6cb2cc78";
        OralExamination = "oral-examination", "oral examination", "http://data.europa.eu/snb/assessment/d30284d7df";
        PracticalAssessment = "practical-assessment", "practical assessment", "http://data.europa.eu/snb/assessment/6a4db9f11d";
        ContinuousEvaluation = "continuous-evaluation", "continuous evaluation", "http://data.europa.eu/snb/assessment/3484bd7e51";
        MarkedAssignment = "marked-assignment", "marked assignment", "http://data.europa.eu/snb/assessment/2939dae15f";
        ProjectWork = "project-work", "project work", "http://data.europa.eu/snb/assessment/795dac4096";
        Portfolio = "portfolio", "portfolio", "http://data.europa.eu/snb/assessment/4f03b91c0e";
        ArtefactAssessment = "artefact-assessment", "assessment of a piece of work", "http://data.europa.eu/snb/assessment/de4d165a6c";
        Presentation = "presentation", "presentation", "http://data.europa.eu/snb/assessment/c_04b30a72";
        Quiz = "quiz", "quiz", "http://data.europa.eu/snb/assessment/b1b68f6735";
        ProblemSolving = "problem-solving", "practical problem solving", "http://data.europa.eu/snb/assessment/c4256a2726";
        GroupPerformance = "group-performance", "performance of a group", "http://data.europa.eu/snb/assessment/56539a6507";
        PeerAssessment = "peer-assessment", "assessment by peers", "http://data.europa.eu/snb/assessment/19a2e5e671";
        PeerReview = "peer-review", "review by peers, graded by a teacher", "http://data.europa.eu/snb/assessment/812e3b0ae1";
        SelfAssessment = "self-assessment", "self-assessment", "http://data.europa.eu/snb/assessment/c_2b3bd410";
        Attendance = "attendance", "level of attendance", "http://data.europa.eu/snb/assessment/7331eb4762";
    }
}

words! {
    /// How the learner was supervised and identified while being assessed
    /// ([supervision and verification](http://data.europa.eu/snb/supervision-verification/25831c2)).
    Supervision {
        UnsupervisedNoId = "unsupervised_no_id", "unsupervised, identity not verified";
        SupervisedNoId = "supervised_no_id", "supervised, identity not verified";
        SupervisedOnlineId = "supervised_online_id", "supervised online, identity verified";
        SupervisedOnsiteId = "supervised_onsite_id", "supervised on site, identity verified";
    }
}

words! {
    /// Who vouches for the quality.
    QualityAssuranceType {
        Internal = "internal", "the provider itself";
        External = "external", "somebody else";
    }
}

words! {
    /// Frameworks that levels are of.
    Framework {
        Eqf = "EQF", "European Qualifications Framework";
        Nqf = "NQF", "a national qualifications framework";
        Aqf = "AQF", "Australian Qualifications Framework";
        Nzqf = "NZQF", "New Zealand Qualifications and Credentials Framework";
        Dreyfus = "Dreyfus", "Dreyfus model of skill acquisition";
        SkillsFuture = "SkillsFuture", "SkillsFuture Skills Framework";
        Custom = "custom", "a framework of its own";
    }
}

impl Framework {
    /// The codes of its levels, from low to high; empty where they are free texts.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Eqf => &["1", "2", "3", "4", "5", "6", "7", "8"],
            Self::Aqf | Self::Nzqf => &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
            Self::Dreyfus => &["novice", "advanced-beginner", "competent", "proficient", "expert"],
            Self::Nqf | Self::SkillsFuture | Self::Custom => &[],
        }
    }

    /// Where a level of it is described; `None` where the record has to say that.
    pub fn described(self, code: &str) -> Option<String> {
        match self {
            Self::Eqf => Some(format!("http://data.europa.eu/snb/eqf/{code}")),
            Self::Aqf => Some("https://www.aqf.edu.au/framework/aqf-levels".to_owned()),
            Self::Nzqf => Some("https://www2.nzqa.govt.nz/qualifications-and-standards/about-new-zealand-qualifications-credentials-framework/".to_owned()),
            Self::Dreyfus => Some("https://apps.dtic.mil/sti/citations/ADA084551".to_owned()),
            Self::SkillsFuture => Some("https://www.skillsfuture.gov.sg/skills-framework".to_owned()),
            Self::Nqf | Self::Custom => None,
        }
    }
}
