//! What can be achieved, and how.

use serde::{Deserialize, Serialize};

pub use crate::alignment::Alignment;
use crate::class::{Class, Extensions, Types, one_or_many};
use crate::endorsement::EndorsementCredential;
use crate::identifier::IdentifierEntry;
use crate::image::Image;
use crate::number::Credits;
use crate::profile::Profile;
pub use crate::result_description::{ResultDescription, RubricCriterionLevel};
use crate::vocabulary::AchievementType;
use crate::{CompactJws, LanguageCode, Uri};

/// An accomplishment that can be awarded many times
/// ([OB 3.0, Achievement](https://www.imsglobal.org/spec/ob/v3p0/#achievement)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// The achievement's URI.
    pub id: Uri,
    /// Holds `Achievement`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Frameworks and standards it answers to.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment>,
    /// What kind of achievement it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievement_type: Option<AchievementType>,
    /// Who made the definition; need not be the issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Box<Profile>>,
    /// Credits that can be earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_available: Option<Credits>,
    /// What one has to do.
    pub criteria: Criteria,
    /// A short description.
    pub description: String,
    /// What others vouch for, as credentials with embedded proofs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement: Vec<EndorsementCredential>,
    /// What others vouch for, as VC-JWTs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement_jwt: Vec<CompactJws>,
    /// Subject or discipline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_of_study: Option<String>,
    /// A code that people use for it, such as a course number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_code: Option<String>,
    /// The badge's picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The language it is described in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageCode>,
    /// Its name.
    pub name: String,
    /// Identifiers in other systems.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub other_identifier: Vec<IdentifierEntry>,
    /// Other language editions, earlier versions, the 2.0 BadgeClass.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What results an award may state.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub result_description: Vec<ResultDescription>,
    /// Focus or concentration within the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub specialization: Option<String>,
    /// Keywords.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<String>,
    /// Version of the definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Achievement {
    const NAME: &'static str = "Achievement";
    const MEMBERS: &'static [&'static str] = &[
        "id",
        "type",
        "alignment",
        "achievementType",
        "creator",
        "creditsAvailable",
        "criteria",
        "description",
        "endorsement",
        "endorsementJwt",
        "fieldOfStudy",
        "humanCode",
        "image",
        "inLanguage",
        "name",
        "otherIdentifier",
        "related",
        "resultDescription",
        "specialization",
        "tag",
        "version",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["Achievement"]];
}

impl Achievement {
    /// An achievement with what the standard demands.
    pub fn new(id: Uri, name: &str, description: &str, criteria: Criteria) -> Self {
        Self {
            id,
            type_: Types::default(),
            alignment: Vec::new(),
            achievement_type: None,
            creator: None,
            credits_available: None,
            criteria,
            description: description.to_owned(),
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            field_of_study: None,
            human_code: None,
            image: None,
            in_language: None,
            name: name.to_owned(),
            other_identifier: Vec::new(),
            related: Vec::new(),
            result_description: Vec::new(),
            specialization: None,
            tag: Vec::new(),
            version: None,
            extra: Extensions::default(),
        }
    }
}

/// What one has to do, on a page, in words, or both
/// ([OB 3.0, Criteria](https://www.imsglobal.org/spec/ob/v3p0/#criteria)). One of the two is always there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "ReadCriteria")]
pub struct Criteria {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uri>,
    #[serde(skip_serializing_if = "Option::is_none")]
    narrative: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Criteria {
    const NAME: &'static str = "Criteria";
    const MEMBERS: &'static [&'static str] = &["id", "narrative"];
    const TYPES: &'static [&'static [&'static str]] = &[];
}

impl Criteria {
    /// Criteria in words; Markdown is allowed.
    pub fn in_words(narrative: &str) -> Self {
        Self { id: None, narrative: Some(narrative.to_owned()), extra: Extensions::default() }
    }

    /// Criteria on a page.
    pub fn on_page(id: Uri) -> Self {
        Self { id: Some(id), narrative: None, extra: Extensions::default() }
    }

    /// The same criteria, also on a page.
    #[must_use]
    pub fn also_on_page(mut self, id: Uri) -> Self {
        self.id = Some(id);
        self
    }

    /// The page, if there is one.
    pub fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }

    /// The words, if there are any.
    pub fn narrative(&self) -> Option<&str> {
        self.narrative.as_deref()
    }
}

#[derive(Deserialize)]
struct ReadCriteria {
    id: Option<Uri>,
    narrative: Option<String>,
    #[serde(flatten)]
    extra: Extensions<Criteria>,
}

impl TryFrom<ReadCriteria> for Criteria {
    type Error = &'static str;

    fn try_from(read: ReadCriteria) -> Result<Self, Self::Error> {
        if read.id.is_none() && read.narrative.is_none() {
            return Err("criteria need an `id` (a page) or a `narrative`");
        }
        Ok(Self { id: read.id, narrative: read.narrative, extra: read.extra })
    }
}

/// Another edition of the same achievement
/// ([OB 3.0, Related](https://www.imsglobal.org/spec/ob/v3p0/#related)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// The other edition's URI.
    pub id: Uri,
    /// Holds `Related`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// The other edition's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageCode>,
    /// The other edition's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Related {
    const NAME: &'static str = "Related";
    const MEMBERS: &'static [&'static str] = &["id", "type", "inLanguage", "version"];
    const TYPES: &'static [&'static [&'static str]] = &[&["Related"]];
}

impl Related {
    /// Another edition.
    pub fn new(id: Uri) -> Self {
        Self { id, type_: Types::default(), in_language: None, version: None, extra: Extensions::default() }
    }

    /// The Open Badges 2.0 BadgeClass of the same achievement, marked as the implementation guide's chapter on
    /// migrating wants it.
    pub fn badge_class(id: Uri) -> Self {
        let type_ = Types::default().and("https://w3id.org/openbadges#BadgeClass");
        Self { type_, version: Some("Open Badges v2p0".to_owned()), ..Self::new(id) }
    }
}
