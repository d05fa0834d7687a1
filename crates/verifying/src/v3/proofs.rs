//! What examining the proofs of a credential came to, whichever kind they are.

use super::keys::FoundKey;
use crate::report::steps::{Step, v3 as step};
use crate::report::{Flaw, Report, Trouble};

/// The outcome over all proofs of one credential: one good proof by the issuer is enough.
#[derive(Debug)]
pub(super) enum ProofFindings {
    /// A proof holds, with a key of whoever must have signed.
    Good {
        /// Where the key was found, in words.
        key: String,
        /// Whose key it is.
        owner: String,
        /// That it is somebody else's than it should be, where the caller lets that pass.
        remark: Option<Flaw>,
        /// Troubles of further proofs.
        others: Vec<Trouble>,
    },
    /// No key could be tied to the issuer.
    NoKey(Trouble),
    /// The key is the issuer's, but the proof does not hold.
    NoProof {
        /// Where the key was found, in words; empty where it did not come to that.
        key: String,
        /// What is wrong.
        trouble: Trouble,
    },
}

impl ProofFindings {
    /// A proof that holds, with that key.
    pub(super) fn good(found: FoundKey) -> Self {
        Self::Good { key: found.words, owner: found.owner, remark: found.remark, others: Vec::new() }
    }

    /// Whose key the proof holds with.
    pub(super) fn owner(&self) -> Option<String> {
        match self {
            Self::Good { owner, .. } => Some(owner.clone()),
            Self::NoKey(_) | Self::NoProof { .. } => None,
        }
    }

    pub(super) fn is_good(&self) -> bool {
        matches!(self, Self::Good { .. })
    }

    pub(super) fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Good { .. } => None,
            Self::NoKey(trouble) | Self::NoProof { trouble, .. } => Some(trouble),
        }
    }

    /// The findings over several proofs, as one: the first good one counts; else whatever leaves the matter open; else the
    /// proof that came furthest.
    pub(super) fn among(findings: Vec<Self>) -> Option<Self> {
        let rank = |finding: &Self| match finding {
            Self::Good { .. } => 0,
            Self::NoKey(Trouble::Gap(_)) | Self::NoProof { trouble: Trouble::Gap(_), .. } => 1,
            Self::NoProof { .. } => 2,
            Self::NoKey(_) => 3,
        };
        let best = findings.iter().map(rank).min()?;
        let mut chosen = None;
        let mut others = Vec::new();
        for finding in findings {
            if chosen.is_none() && rank(&finding) == best {
                chosen = Some(finding);
            } else if let Self::NoKey(trouble) | Self::NoProof { trouble, .. } = finding {
                others.push(trouble);
            }
        }
        match chosen {
            Some(Self::Good { key, owner, remark, .. }) => Some(Self::Good { key, owner, remark, others }),
            other => other,
        }
    }

    /// Writes the steps `key` and `proof` into the report.
    pub(super) fn write(self, report: &mut Report, proof: Step) {
        match self {
            Self::Good { key, remark, others, .. } => {
                match remark {
                    None => report.pass(step::KEY, key),
                    Some(remark) => report.warn(step::KEY, remark.code, remark.detail),
                }
                let words = match proof == step::PROOF_PRESENTATION {
                    true => {
                        "The signature is genuine: nothing was changed since the holder signed the presentation."
                    }
                    false => {
                        "The signature is genuine: nothing was changed since the issuer signed the badge."
                    }
                };
                report.pass(proof, words);
                for other in others {
                    let words =
                        "The badge carries a further proof that could not be confirmed; it is not relied on.";
                    report.warn(step::OTHER_PROOF, other.code(), format!("{words} {}", other.detail()));
                }
            }
            Self::NoKey(trouble) => {
                report.trouble(step::KEY, trouble);
                report.skip(proof, "Not checked, because the key could not be shown to be the issuer's.");
            }
            Self::NoProof { key, trouble } => {
                if !key.is_empty() {
                    report.pass(step::KEY, key);
                }
                report.trouble(proof, trouble);
            }
        }
    }
}
