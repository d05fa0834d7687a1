//! Writing a report, step by step.

use super::steps::Step;
use super::{Check, CheckOutcome, Outcome, Report, StatusView};

/// Why a step failed: a stable name, and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// Why a step could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// A step that did not pass: broken, or undecided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    Flaw(Flaw),
    Gap(Gap),
}

impl Flaw {
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl Trouble {
    pub(crate) fn flaw(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Flaw(Flaw::new(code, detail))
    }

    pub(crate) fn gap(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Gap(Gap { code, detail: detail.into() })
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Flaw(flaw) => flaw.code,
            Self::Gap(gap) => gap.code,
        }
    }

    pub(crate) fn detail(&self) -> &str {
        match self {
            Self::Flaw(flaw) => &flaw.detail,
            Self::Gap(gap) => &gap.detail,
        }
    }
}

impl From<Flaw> for Trouble {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

impl Report {
    /// A report on something not looked at yet.
    pub fn blank() -> Self {
        Self {
            outcome: Outcome::Unknown,
            format: None,
            credential: None,
            issuer: None,
            achievement: None,
            recipient: None,
            status: StatusView::default(),
            checks: Vec::new(),
            credentials: Vec::new(),
            subject: None,
        }
    }

    pub(crate) fn pass(&mut self, step: Step, detail: impl Into<String>) {
        self.note(step, CheckOutcome::Passed, None, detail.into());
    }

    pub(crate) fn fail(&mut self, step: Step, code: &'static str, detail: impl Into<String>) {
        self.note(step, CheckOutcome::Failed, Some(code), detail.into());
    }

    pub(crate) fn warn(&mut self, step: Step, code: &'static str, detail: impl Into<String>) {
        self.note(step, CheckOutcome::Warning, Some(code), detail.into());
    }

    pub(crate) fn skip(&mut self, step: Step, detail: impl Into<String>) {
        self.note(step, CheckOutcome::Skipped, None, detail.into());
    }

    pub(crate) fn trouble(&mut self, step: Step, trouble: Trouble) {
        match trouble {
            Trouble::Flaw(flaw) => self.note(step, CheckOutcome::Failed, Some(flaw.code), flaw.detail),
            Trouble::Gap(gap) => self.note(step, CheckOutcome::Unknown, Some(gap.code), gap.detail),
        }
    }

    /// Notes how a step went; gives back whether it passed, and what came out of it.
    pub(crate) fn settle<T>(
        &mut self,
        step: Step,
        result: Result<T, Trouble>,
        detail: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        match result {
            Ok(value) => {
                self.pass(step, detail(&value));
                Some(value)
            }
            Err(trouble) => {
                self.trouble(step, trouble);
                None
            }
        }
    }

    /// Draws the verdict: a failed check makes the badge invalid, an undecided one unknown.
    pub(crate) fn conclude(mut self) -> Self {
        let any = |outcome| self.checks.iter().any(|check| check.outcome == outcome);
        self.outcome = if any(CheckOutcome::Failed) {
            Outcome::Invalid
        } else if self.checks.is_empty() || any(CheckOutcome::Unknown) {
            Outcome::Unknown
        } else {
            Outcome::Valid
        };
        self
    }

    fn note(&mut self, step: Step, outcome: CheckOutcome, code: Option<&'static str>, detail: String) {
        self.checks.push(Check { id: step.id, outcome, code, detail, spec: step.spec });
    }
}
