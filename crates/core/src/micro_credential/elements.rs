//! What frameworks ask of a micro-credential.

use serde::{Serialize, Serializer};

macro_rules! elements {
    ($($variant:ident = $slug:literal, $eu:expr, $pointer:literal, $words:literal;)+) => {
        /// Something that a framework wants told about a micro-credential.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Element {
            $(#[doc = concat!("`", $slug, "`: ", $words)] $variant,)+
        }

        impl Element {
            /// Every element.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $slug,)+ }
            }

            /// Its place in Annex I of the Council Recommendation, mandatory (`M1` to `M11`) or optional (`O1` to `O5`).
            pub fn annex(self) -> Option<&'static str> {
                match self { $(Self::$variant => $eu,)+ }
            }

            /// JSON pointer to where a request says it; empty for what every award says by itself.
            pub fn pointer(self) -> &'static str {
                match self { $(Self::$variant => $pointer,)+ }
            }

            /// What it is, in English.
            pub fn in_words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }
        }
    };
}

elements! {
    Learner = "learner", Some("M1"), "", "identification of the learner";
    Title = "title", Some("M2"), "/name", "title of the micro-credential";
    Country = "country", Some("M3"), "/microCredential/country", "country or region of the issuer";
    AwardingBody = "awarding-body", Some("M4"), "", "awarding body";
    Date = "date", Some("M5"), "", "date of issuing";
    LearningOutcomes = "learning-outcomes", Some("M6"), "/microCredential/learningOutcomes", "learning outcomes";
    Workload = "workload", Some("M7"), "/microCredential/workload", "notional workload";
    Level = "level", Some("M8"), "/microCredential/levels", "level of the learning experience";
    Assessment = "assessment", Some("M9"), "/microCredential/assessment", "type of assessment";
    Participation = "participation", Some("M10"), "/microCredential/participation", "form of participation";
    QualityAssurance = "quality-assurance", Some("M11"), "/microCredential/qualityAssurance", "type of quality assurance";
    Prerequisites = "prerequisites", Some("O1"), "/microCredential/prerequisites", "prerequisites needed to enrol";
    Supervision = "supervision", Some("O2"), "/microCredential/supervision", "supervision and identity verification";
    Grade = "grade", Some("O3"), "/microCredential/grade", "grade achieved";
    Stackability = "stackability", Some("O4"), "/microCredential/stackability", "integration and stackability options";
    FurtherInformation = "further-information", Some("O5"), "/microCredential/furtherInformation", "further information";
    Purpose = "purpose", None, "/description", "purpose";
    FieldOfStudy = "field", None, "/microCredential/field", "field of study";
    Language = "language", None, "/microCredential/language", "language";
    Duration = "duration", None, "/microCredential/duration", "duration";
    Competency = "competency", None, "/microCredential/competency", "levels of competency";
}

impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
