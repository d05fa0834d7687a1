//! What results an award of an achievement may state.

use serde::{Deserialize, Serialize};

use crate::Uri;
use crate::alignment::Alignment;
use crate::class::{Class, Extensions, Types, one_or_many};
use crate::vocabulary::ResultType;

/// A possible result of an achievement
/// ([OB 3.0, ResultDescription](https://www.imsglobal.org/spec/ob/v3p0/#resultdescription)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultDescription {
    /// Its URI, which a [`crate::subject::Result`] points to.
    pub id: Uri,
    /// Holds `ResultDescription`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Frameworks and standards it answers to.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment>,
    /// Every value a result may have, from low to high.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub allowed_value: Vec<String>,
    /// Its name.
    pub name: String,
    /// URI of the rubric level one must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_level: Option<Uri>,
    /// The value one must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_value: Option<String>,
    /// What kind of result it is.
    pub result_type: ResultType,
    /// The rubric's levels, from low to high.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub rubric_criterion_level: Vec<RubricCriterionLevel>,
    /// The highest value, as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_max: Option<String>,
    /// The lowest value, as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_min: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for ResultDescription {
    const NAME: &'static str = "ResultDescription";
    const MEMBERS: &'static [&'static str] = &[
        "id",
        "type",
        "alignment",
        "allowedValue",
        "name",
        "requiredLevel",
        "requiredValue",
        "resultType",
        "rubricCriterionLevel",
        "valueMax",
        "valueMin",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["ResultDescription"]];
}

impl ResultDescription {
    /// A result of a kind.
    pub fn new(id: Uri, name: &str, result_type: ResultType) -> Self {
        Self {
            id,
            type_: Types::default(),
            alignment: Vec::new(),
            allowed_value: Vec::new(),
            name: name.to_owned(),
            required_level: None,
            required_value: None,
            result_type,
            rubric_criterion_level: Vec::new(),
            value_max: None,
            value_min: None,
            extra: Extensions::default(),
        }
    }

    /// A percentage from 0 to 100, of which so much is required.
    pub fn percent(id: Uri, name: &str, required: u8) -> Self {
        Self::new(id, name, ResultType::Percent).between("0", "100").requiring(&required.to_string())
    }

    /// How far the learner came; every award's result then states a `status`.
    pub fn status(id: Uri, name: &str) -> Self {
        Self::new(id, name, ResultType::Status)
    }

    /// A level of a rubric; the levels from low to high.
    pub fn rubric(id: Uri, name: &str, levels: Vec<RubricCriterionLevel>) -> Self {
        Self { rubric_criterion_level: levels, ..Self::new(id, name, ResultType::RubricCriterionLevel) }
    }

    /// The same with lowest and highest value.
    #[must_use]
    pub fn between(mut self, min: &str, max: &str) -> Self {
        self.value_min = Some(min.to_owned());
        self.value_max = Some(max.to_owned());
        self
    }

    /// The same with the value one must reach.
    #[must_use]
    pub fn requiring(mut self, value: &str) -> Self {
        self.required_value = Some(value.to_owned());
        self
    }

    /// The same with the level one must reach.
    #[must_use]
    pub fn requiring_level(mut self, level: Uri) -> Self {
        self.required_level = Some(level);
        self
    }
}

/// A level of a rubric
/// ([OB 3.0, RubricCriterionLevel](https://www.imsglobal.org/spec/ob/v3p0/#rubriccriterionlevel)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RubricCriterionLevel {
    /// The level's URI.
    pub id: Uri,
    /// Holds `RubricCriterionLevel`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Frameworks and standards it answers to.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment>,
    /// What the level means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The level itself, such as `3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The level's name.
    pub name: String,
    /// Points for the level, as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for RubricCriterionLevel {
    const NAME: &'static str = "RubricCriterionLevel";
    const MEMBERS: &'static [&'static str] =
        &["id", "type", "alignment", "description", "level", "name", "points"];
    const TYPES: &'static [&'static [&'static str]] = &[&["RubricCriterionLevel"]];
}

impl RubricCriterionLevel {
    /// A named level.
    pub fn new(id: Uri, name: &str) -> Self {
        Self {
            id,
            type_: Types::default(),
            alignment: Vec::new(),
            description: None,
            level: None,
            name: name.to_owned(),
            points: None,
            extra: Extensions::default(),
        }
    }

    /// The same with its meaning.
    #[must_use]
    pub fn meaning(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }
}
