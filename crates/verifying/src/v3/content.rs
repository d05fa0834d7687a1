//! What there is to say about a document before anybody's key is asked for: contexts, type, rules, meaning.

use std::sync::Arc;

use accolade_core::check::{self, Severity};
use accolade_linked_data as linked_data;
use accolade_signing::data_integrity::Canonical;
use serde_json::Value;

use super::kind::Kind;
use super::{NOT_WORTH_IT, older, shape, views};
use crate::hands::Hands;
use crate::library::shown;
use crate::report::steps::{Step, v3 as step};
use crate::report::{Flaw, Report, Trouble};

/// What there is to say about a document before anybody's key is asked for.
pub(super) struct Content {
    is_v1: bool,
    /// Whether it brings definitions of its own, which could do no harm.
    defines_words: bool,
    contexts: Result<(), Flaw>,
    kind: Result<String, Flaw>,
    findings: Vec<check::Finding>,
    /// The document's canonical form, if safe mode finds a meaning for everything; `None` where it was not worth looking.
    meaning: Option<Result<Arc<Canonical>, linked_data::Error>>,
}

impl Content {
    /// Looks at a credential. Arithmetic of a stranger's choosing: not for an event loop.
    pub(super) fn of(document: &Arc<Value>, kind: Kind) -> Self {
        let contexts = shape::contexts(document, kind.into());
        let named = kind.check_type(document).map(|()| kind.type_words(document));
        let mut findings = kind.rules(&older::in_words_of_v2(document));
        if older::is_v1(document) {
            for finding in &mut findings {
                finding.pointer = older::pointer_in_v1(&finding.pointer).to_owned();
            }
        }
        let (bare, _) = views::without_proof(document);
        Self::with(document, bare, contexts, named, findings)
    }

    /// Looks at a presentation, but not at the credentials in it.
    pub(super) fn of_presentation(document: &Arc<Value>) -> Self {
        let contexts = shape::contexts(document, shape::Vocabularies::Any);
        let is = |name: &str| shape::texts(document.get("type")).any(|kind| kind.ends_with(name));
        let states = ["credentialSubject", "issuer"].iter().any(|name| document.get(name).is_some());
        let named = if is("Credential") || states {
            // What it says as a credential would be shown and never proven.
            Err(Flaw::new(
                "wrong_type",
                "The document says that it is both a credential and a presentation of some.",
            ))
        } else if is("VerifiablePresentation") {
            Ok("The document says it is a presentation of credentials.".to_owned())
        } else {
            Err(Flaw::new("wrong_type", "The document does not say that it is a presentation."))
        };
        let findings =
            check::as_received(check::vc::presentation(&older::presentation_in_words_of_v2(document)));
        let (mut bare, _) = views::without_proof(document);
        if let Some(members) = bare.as_object_mut() {
            members.remove("verifiableCredential");
        }
        Self::with(document, bare, contexts, named, findings)
    }

    fn with(
        document: &Value,
        bare: Value,
        contexts: Result<(), Flaw>,
        kind: Result<String, Flaw>,
        findings: Vec<check::Finding>,
    ) -> Self {
        let is_worth_it = contexts.is_ok() && kind.is_ok();
        let meaning = is_worth_it.then(|| Canonical::of(bare).map(Arc::new));
        Self {
            is_v1: older::is_v1(document),
            defines_words: shape::defines_words(document),
            contexts,
            kind,
            findings,
            meaning,
        }
    }

    /// The first thing that keeps the document from being one with a meaning.
    pub(super) fn trouble(self) -> Option<Trouble> {
        let broken = self.findings.into_iter().find(|finding| finding.severity == Severity::Error);
        let broken = broken.map(|finding| Trouble::flaw(finding.rule, shown(&finding.detail)));
        let unclear = self.meaning.and_then(Result::err);
        let unclear = unclear.map(|error| Trouble::flaw(error.code(), shown(&error.to_string())));
        let shape = self.contexts.err().or(self.kind.err()).map(Trouble::from);
        shape.or(unclear).or(broken)
    }

    /// Writes the steps `context`, `type`, `schema` and `safe_mode`. Gives back the canonical form if a proof over this content
    /// can mean anything.
    pub(super) fn write(self, what: &str, rules: Step, report: &mut Report) -> Option<Arc<Canonical>> {
        let order = if self.is_v1 { "of the older data model (VCDM 1.1)" } else { "the standard demands" };
        report.settle(step::CONTEXT, self.contexts.map_err(Into::into), |()| {
            let more = if self.defines_words { ", and words of its own beside them" } else { "" };
            format!("The {what} uses only published vocabularies, in the order {order}{more}.")
        });
        report.settle(step::TYPE, self.kind.map_err(Into::into), Clone::clone);
        write_rules(&self.findings, what, rules, report);
        match self.meaning {
            None => report.skip(step::SAFE_MODE, NOT_WORTH_IT),
            Some(Ok(canonical)) => {
                let words = match what {
                    "presentation" => "Every part of the presentation has a defined meaning.".to_owned(),
                    _ => format!(
                        "Every part of the {what} has a defined meaning, so the signature protects all of it."
                    ),
                };
                report.pass(step::SAFE_MODE, words);
                return Some(canonical);
            }
            Some(Err(error)) => report.fail(
                step::SAFE_MODE,
                error.code(),
                format!(
                    "A part of the {what} has no defined meaning, so no signature could protect it: {}.",
                    shown(&error.to_string())
                ),
            ),
        }
        None
    }
}

/// Looks at a credential on a thread of its own, and writes what was found.
pub(super) async fn examine(
    hands: &Hands,
    document: Arc<Value>,
    kind: Kind,
    report: &mut Report,
) -> Option<Arc<Canonical>> {
    match hands.compute(move || Content::of(&document, kind)).await {
        Ok(content) => content.write(kind.noun(), kind.rules_step(), report),
        Err(trouble) => {
            report.trouble(step::SAFE_MODE, trouble);
            None
        }
    }
}

fn write_rules(findings: &[check::Finding], what: &str, rules: Step, report: &mut Report) {
    let of = |severity: Severity| findings.iter().filter(move |finding| finding.severity == severity);
    let worded = |finding: &check::Finding| {
        format!("{} ({}: {})", shown(&finding.detail), shown(&finding.pointer), finding.rule)
    };
    let summary = |severity: Severity| {
        let first: Vec<String> = of(severity).take(3).map(worded).collect();
        let more = of(severity).count().saturating_sub(first.len());
        let tail = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{tail}", first.join("; "))
    };
    if let Some(first) = of(Severity::Error).next() {
        report.fail(
            rules,
            first.rule,
            format!("The {what} is not built as the standard demands: {}.", summary(Severity::Error)),
        );
    } else if let Some(first) = of(Severity::Warning).next() {
        report.warn(
            rules,
            first.rule,
            format!(
                "The {what} follows the rules of the standard, with a remark: {}.",
                summary(Severity::Warning)
            ),
        );
    } else {
        report.pass(rules, format!("The {what} follows the rules of the standard."));
    }
}
