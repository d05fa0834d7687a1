//! Links to frameworks of skills, standards and qualifications.

use serde::{Deserialize, Serialize};

use crate::Uri;
use crate::class::{Class, Extensions, Types};
use crate::vocabulary::AlignmentTargetType;

/// A link from an achievement or a result to a node of an educational framework
/// ([OB 3.0, Alignment](https://www.imsglobal.org/spec/ob/v3p0/#alignment)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alignment {
    /// Holds `Alignment`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// The node's code within its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// A short description of the node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// The node's name.
    pub target_name: String,
    /// The framework's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// What kind of node it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<AlignmentTargetType>,
    /// Where the node is officially described.
    pub target_url: Uri,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Alignment {
    const NAME: &'static str = "Alignment";
    const MEMBERS: &'static [&'static str] = &[
        "type",
        "targetCode",
        "targetDescription",
        "targetName",
        "targetFramework",
        "targetType",
        "targetUrl",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["Alignment"]];
}

impl Alignment {
    /// A link to a named node.
    pub fn new(target_name: &str, target_url: Uri) -> Self {
        Self {
            type_: Types::default(),
            target_code: None,
            target_description: None,
            target_name: target_name.to_owned(),
            target_framework: None,
            target_type: None,
            target_url,
            extra: Extensions::default(),
        }
    }

    /// The same link with the framework's name.
    #[must_use]
    pub fn within(mut self, framework: &str) -> Self {
        self.target_framework = Some(framework.to_owned());
        self
    }

    /// The same link with the node's code.
    #[must_use]
    pub fn coded(mut self, code: &str) -> Self {
        self.target_code = Some(code.to_owned());
        self
    }

    /// The same link with the kind of the node.
    #[must_use]
    pub fn of_type(mut self, target_type: AlignmentTargetType) -> Self {
        self.target_type = Some(target_type);
        self
    }
}
