//! What the walk brings home.

use super::place::Place;
use super::rule::{Origin, Rule, Severity};

/// One rule that a document breaks, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's stable name.
    pub rule: &'static str,
    /// JSON pointer to the offending place; for a missing member, to where it should be.
    pub pointer: String,
    /// What is wrong, and what would be right.
    pub detail: String,
    /// Link to the rule's source.
    pub spec: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Who made the rule.
    pub origin: Origin,
}

impl Finding {
    /// Whether the document must not be issued like this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The findings so far.
#[derive(Default)]
pub(crate) struct Findings(pub(crate) Vec<Finding>);

impl Findings {
    /// Notes that a rule is broken.
    pub(crate) fn add(&mut self, rule: &'static Rule, place: &Place<'_>, detail: impl Into<String>) {
        self.add_as(rule, rule.spec, place, detail);
    }

    /// Notes that a general rule is broken, with a link to the class that it was broken in.
    pub(crate) fn add_as(
        &mut self,
        rule: &'static Rule,
        spec: &'static str,
        place: &Place<'_>,
        detail: impl Into<String>,
    ) {
        self.0.push(Finding {
            rule: rule.id,
            pointer: place.to_string(),
            detail: detail.into(),
            spec,
            severity: rule.severity,
            origin: rule.origin,
        });
    }
}
