//! The word lists.

use crate::check::rule::ob;
use crate::check::shape::Vocabulary;
use crate::vocabulary;

pub(crate) static ACHIEVEMENT_TYPE: Vocabulary = Vocabulary {
    name: "achievement type",
    terms: vocabulary::AchievementType::TERMS,
    extensible: true,
    mistakes: &[
        ("Microcredential", "MicroCredential"),
        ("Micro-credential", "MicroCredential"),
        ("Bachelor", "BachelorDegree"),
        ("Master", "MasterDegree"),
    ],
    spec: ob!("achievementtype-enumeration"),
};

pub(crate) static ALIGNMENT_TARGET_TYPE: Vocabulary = Vocabulary {
    name: "alignment target type",
    terms: vocabulary::AlignmentTargetType::TERMS,
    extensible: true,
    mistakes: &[("Competency", "ceasn:Competency"), ("Credential", "ceterms:Credential")],
    spec: ob!("alignmenttargettype-enumeration"),
};

pub(crate) static IDENTIFIER_TYPE: Vocabulary = Vocabulary {
    name: "identifier type",
    terms: vocabulary::IdentifierType::TERMS,
    extensible: true,
    // The first one is copied from a sample in the implementation guide and is the most frequent of all.
    mistakes: &[("email", "emailAddress"), ("mail", "emailAddress"), ("id", "identifier")],
    spec: ob!("identifiertypeenum-enumeration"),
};

pub(crate) static RESULT_TYPE: Vocabulary = Vocabulary {
    name: "result type",
    terms: vocabulary::ResultType::TERMS,
    extensible: true,
    mistakes: &[("GPA", "GradePointAverage"), ("Grade", "LetterGrade"), ("Percentage", "Percent")],
    spec: ob!("resulttype-enumeration"),
};

pub(crate) static RESULT_STATUS: Vocabulary = Vocabulary {
    name: "result status",
    terms: vocabulary::ResultStatusType::TERMS,
    extensible: false,
    mistakes: &[("Passed", "Completed"), ("Complete", "Completed"), ("Withdrawn", "Withdrew")],
    spec: ob!("resultstatustype-enumeration"),
};
