//! The closed word lists of the standard, most of them open to `ext:` terms.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A term of an issuer's own for one of the extensible word lists: `ext:` and letters, digits, `.`, `-`, `_`
/// ([OB 3.0, extending the data model](https://www.imsglobal.org/spec/ob/v3p0/#extending)).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtensionTerm(String);

/// The text is neither in the word list nor an extension term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not in the word list and is not an extension term (`ext:…`)")]
pub struct UnknownTerm(pub String);

impl ExtensionTerm {
    /// Takes the text if it is an extension term.
    pub fn parse(text: &str) -> Result<Self, UnknownTerm> {
        if is_extension_term(text) { Ok(Self(text.to_owned())) } else { Err(UnknownTerm(text.to_owned())) }
    }
}

pub(crate) fn is_extension_term(text: &str) -> bool {
    let Some(term) = text.strip_prefix("ext:") else { return false };
    !term.is_empty()
        && !term.starts_with('-')
        && term.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

macro_rules! vocabulary {
    (@common $name:ident { $($variant:ident = $text:literal),+ }) => {
        impl $name {
            /// The standard's own terms.
            pub const TERMS: &'static [&'static str] = &[$($text),+];

            /// Reads a term.
            pub fn parse(text: &str) -> Result<Self, UnknownTerm> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    other => Self::beyond(other),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownTerm;

            fn from_str(text: &str) -> Result<Self, UnknownTerm> {
                Self::parse(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    };
    ($(#[$doc:meta])* extensible $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
            /// A term of the issuer's own.
            Extension(ExtensionTerm),
        }

        impl $name {
            /// The term as documents write it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Extension(term) => &term.0,
                }
            }

            fn beyond(text: &str) -> Result<Self, UnknownTerm> {
                ExtensionTerm::parse(text).map(Self::Extension)
            }
        }

        vocabulary!(@common $name { $($variant = $text),+ });
    };
    ($(#[$doc:meta])* closed $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl $name {
            /// The term as documents write it.
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            fn beyond(text: &str) -> Result<Self, UnknownTerm> {
                Err(UnknownTerm(text.to_owned()))
            }
        }

        vocabulary!(@common $name { $($variant = $text),+ });
    };
}

vocabulary! {
    /// What kind of thing was achieved
    /// ([OB 3.0, AchievementType](https://www.imsglobal.org/spec/ob/v3p0/#achievementtype-enumeration)).
    extensible AchievementType {
        Achievement = "Achievement",
        ApprenticeshipCertificate = "ApprenticeshipCertificate",
        Assessment = "Assessment",
        Assignment = "Assignment",
        AssociateDegree = "AssociateDegree",
        Award = "Award",
        Badge = "Badge",
        BachelorDegree = "BachelorDegree",
        Certificate = "Certificate",
        CertificateOfCompletion = "CertificateOfCompletion",
        Certification = "Certification",
        CommunityService = "CommunityService",
        Competency = "Competency",
        Course = "Course",
        CoCurricular = "CoCurricular",
        Degree = "Degree",
        Diploma = "Diploma",
        DoctoralDegree = "DoctoralDegree",
        Fieldwork = "Fieldwork",
        GeneralEducationDevelopment = "GeneralEducationDevelopment",
        JourneymanCertificate = "JourneymanCertificate",
        LearningProgram = "LearningProgram",
        License = "License",
        Membership = "Membership",
        ProfessionalDoctorate = "ProfessionalDoctorate",
        QualityAssuranceCredential = "QualityAssuranceCredential",
        MasterCertificate = "MasterCertificate",
        MasterDegree = "MasterDegree",
        MicroCredential = "MicroCredential",
        ResearchDoctorate = "ResearchDoctorate",
        SecondarySchoolDiploma = "SecondarySchoolDiploma",
    }
}

vocabulary! {
    /// What kind of node an alignment points to
    /// ([OB 3.0, AlignmentTargetType](https://www.imsglobal.org/spec/ob/v3p0/#alignmenttargettype-enumeration)).
    extensible AlignmentTargetType {
        CeasnCompetency = "ceasn:Competency",
        CetermsCredential = "ceterms:Credential",
        CfItem = "CFItem",
        CfRubric = "CFRubric",
        CfRubricCriterion = "CFRubricCriterion",
        CfRubricCriterionLevel = "CFRubricCriterionLevel",
        Ctdl = "CTDL",
    }
}

vocabulary! {
    /// What kind of identifier a text is; an e-mail address is `emailAddress`, not `email`
    /// ([OB 3.0, IdentifierTypeEnum](https://www.imsglobal.org/spec/ob/v3p0/#identifiertypeenum-enumeration)).
    extensible IdentifierType {
        Name = "name",
        SourcedId = "sourcedId",
        SystemId = "systemId",
        ProductId = "productId",
        UserName = "userName",
        AccountId = "accountId",
        EmailAddress = "emailAddress",
        NationalIdentityNumber = "nationalIdentityNumber",
        Isbn = "isbn",
        Issn = "issn",
        LisSourcedId = "lisSourcedId",
        OneRosterSourcedId = "oneRosterSourcedId",
        SisSourcedId = "sisSourcedId",
        LtiContextId = "ltiContextId",
        LtiDeploymentId = "ltiDeploymentId",
        LtiToolId = "ltiToolId",
        LtiPlatformId = "ltiPlatformId",
        LtiUserId = "ltiUserId",
        Identifier = "identifier",
    }
}

vocabulary! {
    /// What kind of result a description announces
    /// ([OB 3.0, ResultType](https://www.imsglobal.org/spec/ob/v3p0/#resulttype-enumeration)).
    extensible ResultType {
        GradePointAverage = "GradePointAverage",
        LetterGrade = "LetterGrade",
        Percent = "Percent",
        PerformanceLevel = "PerformanceLevel",
        PredictedScore = "PredictedScore",
        RawScore = "RawScore",
        Result = "Result",
        RubricCriterion = "RubricCriterion",
        RubricCriterionLevel = "RubricCriterionLevel",
        RubricScore = "RubricScore",
        ScaledScore = "ScaledScore",
        Status = "Status",
    }
}

vocabulary! {
    /// How far the learner came
    /// ([OB 3.0, ResultStatusType](https://www.imsglobal.org/spec/ob/v3p0/#resultstatustype-enumeration)).
    closed ResultStatusType {
        Completed = "Completed",
        Enrolled = "Enrolled",
        Failed = "Failed",
        InProgress = "InProgress",
        OnHold = "OnHold",
        Provisional = "Provisional",
        Withdrew = "Withdrew",
    }
}

vocabulary! {
    /// What a bit of a status list says
    /// ([Bitstring Status List](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry)).
    closed StatusPurpose {
        Revocation = "revocation",
        Suspension = "suspension",
        Message = "message",
        Refresh = "refresh",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_reads_back_as_itself() {
        for term in AchievementType::TERMS {
            assert_eq!(AchievementType::parse(term).unwrap().as_str(), *term);
        }
        for term in IdentifierType::TERMS {
            assert_eq!(IdentifierType::parse(term).unwrap().as_str(), *term);
        }
    }

    #[test]
    fn a_term_of_ones_own_starts_with_ext() {
        assert_eq!(AchievementType::parse("ext:Nano-degree_1.0").unwrap().as_str(), "ext:Nano-degree_1.0");
        for text in ["Nanodegree", "ext:", "ext:-", "ext:two words", "EXT:x", "microcredential"] {
            assert_eq!(AchievementType::parse(text), Err(UnknownTerm(text.into())));
        }
        assert!(ResultStatusType::parse("ext:Done").is_err());
    }
}
