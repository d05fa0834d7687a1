//! What can be awarded, in 2.0.

use serde::Serialize;

use super::{Context, constant};
use crate::Uri;
use crate::achievement::{Achievement, Alignment};

constant! {
    /// `BadgeClass`.
    BadgeClassType, "BadgeClass"
}

/// What can be awarded, in 2.0
/// ([OB 2.0, BadgeClass](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#BadgeClass)).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BadgeClass {
    #[serde(rename = "@context")]
    context: Context,
    /// Its URL.
    pub id: Uri,
    #[serde(rename = "type")]
    type_: BadgeClassType,
    /// Its name.
    pub name: String,
    /// A short description.
    pub description: String,
    /// Its picture, a URL or a data URI.
    pub image: Uri,
    /// What one has to do.
    pub criteria: Criteria,
    /// URL of the 2.0 issuer.
    pub issuer: Uri,
    /// Frameworks and standards it answers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<AlignmentObject>,
    /// Keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Version of the definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The 3.0 Achievement it is a view of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<Related>,
}

/// What a 2.0 badge class points to and the 3.0 achievement does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeLinks {
    /// URL of the badge class.
    pub id: Uri,
    /// URL of the 2.0 issuer.
    pub issuer: Uri,
    /// The picture where the achievement has none; see [`plain_image`].
    pub image: Uri,
}

impl BadgeClass {
    /// The achievement as a badge class, with a link back to it.
    pub fn from_achievement(achievement: &Achievement, links: BadgeLinks) -> Self {
        Self {
            context: Context,
            id: links.id,
            type_: BadgeClassType,
            name: achievement.name.clone(),
            description: achievement.description.clone(),
            image: achievement.image.as_ref().map_or(links.image, |image| image.id.clone()),
            criteria: Criteria {
                id: achievement.criteria.id().cloned(),
                narrative: achievement.criteria.narrative().map(str::to_owned),
            },
            issuer: links.issuer,
            alignment: achievement.alignment.iter().map(AlignmentObject::from).collect(),
            tags: achievement.tag.clone(),
            version: achievement.version.clone(),
            related: Some(Related::achievement(achievement.id.clone())),
        }
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The document as JSON text, members in declared order.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A plain medal as an SVG data URI, for achievements without a picture: 2.0 demands one.
pub fn plain_image() -> Uri {
    // A constant that the tests read.
    Uri::trusted(concat!(
        "data:image/svg+xml,",
        "%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20viewBox%3D%220%200%2096%2096%22%3E",
        "%3Cpath%20d%3D%22M30%2056l-8%2034%2026-13%2026%2013-8-34z%22%20fill%3D%22%231d4ed8%22%2F%3E",
        "%3Ccircle%20cx%3D%2248%22%20cy%3D%2238%22%20r%3D%2232%22%20fill%3D%22%23f59e0b%22%2F%3E",
        "%3Ccircle%20cx%3D%2248%22%20cy%3D%2238%22%20r%3D%2222%22%20fill%3D%22%23fff%22%2F%3E",
        "%3Cpath%20d%3D%22M37%2038l8%209%2015-18%22%20fill%3D%22none%22%20stroke%3D%22%231d4ed8%22%20",
        "stroke-width%3D%225%22%2F%3E%3C%2Fsvg%3E"
    ))
}

/// What one has to do, on a page, in words, or both
/// ([OB 2.0, Criteria](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Criteria)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criteria {
    /// The page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
}

/// A link to a framework
/// ([OB 2.0, AlignmentObject](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Alignment)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlignmentObject {
    #[serde(rename = "type")]
    type_: AlignmentObjectType,
    /// The node's name.
    pub target_name: String,
    /// Where the node is described.
    pub target_url: Uri,
    /// A short description of the node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// The framework's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// The node's code within its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
}

constant! {
    /// `AlignmentObject`.
    AlignmentObjectType, "AlignmentObject"
}

impl From<&Alignment> for AlignmentObject {
    fn from(alignment: &Alignment) -> Self {
        Self {
            type_: AlignmentObjectType,
            target_name: alignment.target_name.clone(),
            target_url: alignment.target_url.clone(),
            target_description: alignment.target_description.clone(),
            target_framework: alignment.target_framework.clone(),
            target_code: alignment.target_code.clone(),
        }
    }
}

/// The 3.0 form of the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Its URI.
    pub id: Uri,
    /// IRIs of its classes.
    #[serde(rename = "type")]
    pub type_: Vec<&'static str>,
    /// Which standard it follows.
    pub version: &'static str,
}

impl Related {
    fn achievement(id: Uri) -> Self {
        let type_ = vec!["Related", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"];
        Self { id, type_, version: "Open Badges v3p0" }
    }
}
