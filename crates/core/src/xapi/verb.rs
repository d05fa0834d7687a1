//! The verbs that say how something ended.

/// How something ended, by the verbs of ADL and [cmi5](https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md#verbs).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// It was passed.
    Passed,
    /// It was failed.
    Failed,
    /// It was done to the end.
    Completed,
    /// It was mastered.
    Mastered,
    /// What was asked for is there.
    Satisfied,
    /// Somebody was there.
    Attended,
}

/// What takes an earlier statement back.
pub(super) const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

impl Verb {
    /// Every verb by its IRI.
    pub const IRIS: &'static [(&'static str, Self)] = &[
        ("http://adlnet.gov/expapi/verbs/passed", Self::Passed),
        ("http://adlnet.gov/expapi/verbs/failed", Self::Failed),
        ("http://adlnet.gov/expapi/verbs/completed", Self::Completed),
        ("http://adlnet.gov/expapi/verbs/mastered", Self::Mastered),
        ("https://w3id.org/xapi/adl/verbs/satisfied", Self::Satisfied),
        ("http://adlnet.gov/expapi/verbs/attended", Self::Attended),
    ];

    /// The verb of that IRI.
    pub fn of_iri(iri: &str) -> Option<Self> {
        Self::IRIS.iter().find(|(known, _)| *known == iri).map(|(_, verb)| *verb)
    }

    /// Its IRI.
    pub fn iri(self) -> &'static str {
        Self::IRIS.iter().find(|(_, verb)| *verb == self).map_or("", |(iri, _)| iri)
    }

    /// The last part of its IRI, such as `passed`.
    pub fn as_str(self) -> &'static str {
        self.iri().rsplit('/').next().unwrap_or_default()
    }

    /// Whether the verb itself says that it succeeded, or failed.
    pub fn success(self) -> Option<bool> {
        match self {
            Self::Passed | Self::Mastered | Self::Satisfied => Some(true),
            Self::Failed => Some(false),
            Self::Completed | Self::Attended => None,
        }
    }
}
