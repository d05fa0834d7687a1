//! Every rule of the standard that a document can break.

use serde_json::Value;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the document still counts.
    Warning,
    /// The document breaks a rule.
    Error,
}

/// One rule that a document breaks, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's stable name.
    pub rule: &'static str,
    /// JSON pointer to the offending place.
    pub pointer: String,
    /// What is wrong, and what would be right.
    pub detail: String,
    /// Link to the rule's source.
    pub spec: &'static str,
    /// How grave it is.
    pub severity: Severity,
}

/// Checks an AchievementCredential, signed or not.
pub fn credential(_document: &Value) -> Vec<Finding> {
    Vec::new()
}

/// Checks an EndorsementCredential, signed or not.
pub fn endorsement(_document: &Value) -> Vec<Finding> {
    Vec::new()
}

/// Checks a Profile.
pub fn profile(_document: &Value) -> Vec<Finding> {
    Vec::new()
}

/// Checks an Achievement.
pub fn achievement(_document: &Value) -> Vec<Finding> {
    Vec::new()
}
