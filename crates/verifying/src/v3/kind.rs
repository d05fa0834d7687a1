//! What a credential is meant to be, and so by which rules it is judged.

use accolade_core::check::{self, Finding};
use serde_json::Value;

use super::shape;
use crate::asked::Manner;
use crate::case::Case;
use crate::library::shown;
use crate::report::steps::{Step, v3 as step};
use crate::report::{Flaw, Format};

/// What a credential is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An achievement credential of Open Badges 3.0.
    Badge,
    /// An endorsement of Open Badges 3.0.
    Endorsement,
    /// A comprehensive learner record 2.0.
    Clr,
    /// Any other verifiable credential.
    Other,
}

impl Kind {
    /// The kind of a credential. A submission that says it is nothing we know is judged as a badge, and found to be none;
    /// what stands inside another document may be something else.
    pub(super) fn of(document: &Value, case: &Case<'_>) -> Self {
        match Self::named(document) {
            _ if case.manner != Manner::Badge => Self::Other,
            Some(kind) => kind,
            None if case.depth > 0 => Self::Other,
            None => Self::Badge,
        }
    }

    /// What it says it is, in whichever order: that is nobody's to choose, since no signature covers it.
    fn named(document: &Value) -> Option<Self> {
        let is = |name: &str| shape::texts(document.get("type")).any(|found| found == name);
        [
            (Self::Clr, Self::is_record(document)),
            (Self::Badge, is("AchievementCredential") || is("OpenBadgeCredential")),
            (Self::Endorsement, is("EndorsementCredential")),
        ]
        .into_iter()
        .find_map(|(kind, is_it)| is_it.then_some(kind))
    }

    /// Whether it says that it is a learner's record: one holds credentials by whichever rules it is judged.
    pub(super) fn is_record(document: &Value) -> bool {
        shape::texts(document.get("type")).any(|name| name == "ClrCredential")
    }

    pub(super) fn format(self, is_token: bool) -> Format {
        match self {
            Self::Badge if is_token => Format::V3Jwt,
            Self::Badge => Format::V3EmbeddedProof,
            Self::Endorsement => Format::V3Endorsement,
            Self::Clr => Format::V3Clr,
            Self::Other => Format::Credential,
        }
    }

    /// What it is, in words; begins with "This is".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Badge => "This is an Open Badges 3.0 credential",
            Self::Endorsement => "This is an endorsement of Open Badges 3.0",
            Self::Clr => "This is a comprehensive learner record (CLR 2.0)",
            Self::Other => "This is a verifiable credential, judged by the rules for all of them",
        }
    }

    /// What it is called in a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::Endorsement => "endorsement",
            Self::Clr => "learner's record",
            Self::Other => "credential",
        }
    }

    /// Whether the document says that it is of this kind.
    pub(super) fn check_type(self, document: &Value) -> Result<(), Flaw> {
        let is = |name: &str| shape::texts(document.get("type")).any(|found| found == name);
        let fits = match self {
            Self::Badge => is("AchievementCredential") || is("OpenBadgeCredential"),
            Self::Endorsement => is("EndorsementCredential"),
            Self::Clr => is("ClrCredential"),
            Self::Other => true,
        };
        if is("VerifiablePresentation") {
            let words = "The document says that it is both a credential and a presentation of some.";
            return Err(Flaw::new("wrong_type", words));
        }
        if fits && is("VerifiableCredential") {
            return Ok(());
        }
        let found: Vec<String> = shape::texts(document.get("type")).take(5).map(shown).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        let article = if self == Self::Endorsement { "an" } else { "a" };
        let words = format!("The document is not {article} {}; it says it is: {found}.", self.noun());
        Err(Flaw::new("wrong_type", words))
    }

    /// What passing that says.
    pub(super) fn type_words(self, document: &Value) -> String {
        match self {
            Self::Badge => "The document says it is an Open Badges achievement credential.".into(),
            Self::Endorsement => match document.get("credentialSubject").and_then(|about| about.get("id")) {
                Some(Value::String(id)) => {
                    format!("The document says it is an endorsement, of {}.", shown(id))
                }
                _ => "The document says it is an endorsement.".into(),
            },
            Self::Clr => "The document says it is a comprehensive learner record.".into(),
            Self::Other => {
                let names: Vec<String> = shape::texts(document.get("type")).take(5).map(shown).collect();
                format!("The document says what it is: {}.", names.join(", "))
            }
        }
    }

    /// The rules of the standard that a document of the kind (in the words of VCDM 2.0) breaks.
    pub(super) fn rules(self, document: &Value) -> Vec<Finding> {
        let of_class = match self {
            Self::Badge => check::credential(document),
            Self::Endorsement => check::endorsement(document),
            Self::Clr | Self::Other => return check::as_received(check::vc::credential(document)),
        };
        let mut findings = check::as_received(of_class);
        findings.extend(check::vc::related_resources(document));
        findings
    }

    /// The step of those rules.
    pub(super) fn rules_step(self) -> Step {
        match self {
            Self::Badge => step::SCHEMA,
            Self::Endorsement => step::SCHEMA_ENDORSEMENT,
            Self::Clr => step::SCHEMA_CLR,
            Self::Other => step::SCHEMA_CREDENTIAL,
        }
    }
}
