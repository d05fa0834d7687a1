//! The examiner: takes a submission, gives a report.

use std::sync::Arc;

use accolade_core::Clock;

use crate::asked::{Asked, Manner};
use crate::case::Case;
use crate::did::{self, DidTrouble};
use crate::egress::{Egress, EgressSettings};
use crate::hands::{Bounds, Crew, Hands, Overloaded, Place};
use crate::intake;
use crate::library::Library;
use crate::local::LocalDocuments;
use crate::report::{Report, Trouble, steps};
use crate::submission::Submission;

/// Examines badges. Cheap to clone; share one per process. Needs a tokio runtime around it.
///
/// Whatever takes long runs on the runtime's blocking threads, on no more of them than twice the number of cores, so that
/// an event loop may await an examination itself.
#[derive(Clone)]
pub struct Examiner {
    clock: Arc<dyn Clock>,
    egress: Egress,
    local: Option<Arc<dyn LocalDocuments>>,
    crew: Arc<Crew>,
}

/// What an [`Examiner`] is made of.
pub struct ExaminerParts {
    /// The present moment.
    pub clock: Arc<dyn Clock>,
    /// How far it may go out.
    pub egress: EgressSettings,
    /// Who answers for documents under our own public URL.
    pub local: Option<Arc<dyn LocalDocuments>>,
}

/// The examiner could not be made: the TLS library did not start.
#[derive(Debug, thiserror::Error)]
#[error("the client for outgoing requests could not be made: {0}")]
pub struct ExaminerError(#[from] reqwest::Error);

/// What the caller expects of the badge.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Expectations {
    /// The e-mail address, DID or other identifier the badge must have been awarded to.
    pub recipient: Option<String>,
    /// The challenge a presentation must answer; of a token its `nonce`.
    pub challenge: Option<String>,
    /// The domains a presentation must be made for; empty if any will do. A token must name one of them in `aud`.
    pub domain: Vec<String>,
}

impl Expectations {
    /// The badge must have been awarded to this e-mail address, DID or other identifier.
    pub fn recipient(identity: impl Into<String>) -> Self {
        Self { recipient: Some(identity.into()), ..Self::default() }
    }
}

impl Examiner {
    /// An examiner of these parts.
    pub fn new(parts: ExaminerParts) -> Result<Self, ExaminerError> {
        Self::bounded(parts, Bounds::default())
    }

    /// An examiner of these parts with bounds of its own.
    pub fn bounded(parts: ExaminerParts, bounds: Bounds) -> Result<Self, ExaminerError> {
        let (egress, crew) = (Egress::new(parts.egress)?, Crew::new(bounds));
        Ok(Self { clock: parts.clock, egress, local: parts.local, crew })
    }

    /// How much it does at a time, and for one badge.
    pub fn bounds(&self) -> Bounds {
        self.crew.bounds()
    }

    /// A place for one more examination, or the word that too much is going on. A server asks before it reads a submission
    /// and holds the place until the report is there; what is examined without a place is bounded in its computing alone.
    ///
    /// # Errors
    /// All places are taken, or too many computations wait for a hand.
    pub fn try_enter(&self) -> Result<Place, Overloaded> {
        self.crew.try_enter()
    }

    /// Examines a badge. Never fails: whatever goes wrong is in the report.
    pub async fn verify(&self, submission: Submission) -> Report {
        self.verify_expecting(submission, &Expectations::default()).await
    }

    /// Examines a badge, and whether it is what the caller expects. A presentation, a learner's record or an endorsement is
    /// examined as well, each credential in it by itself.
    pub async fn verify_expecting(&self, submission: Submission, expectations: &Expectations) -> Report {
        self.examine(submission, expectations, Manner::Badge).await
    }

    /// Examines any verifiable credential by the rules of its data model, which are fewer than those of badges
    /// ([VC API](https://w3c-ccg.github.io/vc-api/#verify-credential)).
    pub async fn verify_credential(&self, credential: Submission, asked: &Asked) -> Report {
        let manner = Manner::Credential { proof_only: asked.proof_only };
        self.examine(credential, &asked.expectations(), manner).await
    }

    /// Examines any verifiable presentation by the rules of its data model, and each credential in it
    /// ([VC API](https://w3c-ccg.github.io/vc-api/#verify-presentation)). One without a proof is not valid here.
    pub async fn verify_presentation(&self, presentation: Submission, asked: &Asked) -> Report {
        let manner = Manner::Presentation { proof_only: asked.proof_only };
        self.examine(presentation, &asked.expectations(), manner).await
    }

    /// The DID document of a `did:key` or `did:web`; our own are answered without going out
    /// ([DID Resolution](https://www.w3.org/TR/did-resolution/)).
    ///
    /// # Errors
    /// What the standard names for a DID that leads to no document.
    pub async fn resolve_did(&self, did: &str) -> Result<serde_json::Value, DidTrouble> {
        let hands = Hands::of(&self.crew);
        let mut library = self.library(&hands);
        tokio::time::timeout(self.crew.bounds().whole, did::resolve(&mut library, did))
            .await
            .unwrap_or_else(|_| Err(DidTrouble::Unreachable("Resolving took too long.".to_owned())))
    }

    pub(crate) fn egress(&self) -> &Egress {
        &self.egress
    }

    async fn examine(&self, submission: Submission, expectations: &Expectations, manner: Manner) -> Report {
        let hands = Hands::of(&self.crew);
        let mut case = Case::new(self.clock.now(), self.library(&hands), expectations, manner);
        let mut report = Report::blank();
        let whole = self.crew.bounds().whole;
        if tokio::time::timeout(whole, intake::examine(&mut case, submission, &mut report)).await.is_err() {
            report.trouble(steps::BUDGET, took_too_long());
        }
        if let Some(trouble) = hands.left_out() {
            report.trouble(steps::BUDGET, trouble);
        }
        freshness(&case.library, &mut report);
        let report = report.conclude();
        let failed: Vec<&str> = report.checks.iter().filter_map(|check| check.code).collect();
        // What was examined is somebody's personal record: only the kind and the verdict are noted.
        tracing::debug!(format = ?report.format, outcome = ?report.outcome, codes = ?failed, "examined a badge");
        report
    }

    fn library<'a>(&'a self, hands: &'a Hands) -> Library<'a> {
        Library::new(&self.egress, self.local.as_ref(), hands)
    }
}

fn took_too_long() -> Trouble {
    Trouble::gap(
        "budget_spent",
        "Examining the badge took longer than one examination may take here, so it was not finished.",
    )
}

/// Tells of copies that had to do because a server could not be reached.
fn freshness(library: &Library<'_>, report: &mut Report) {
    for copy in library.stale() {
        let minutes = copy.age.as_secs() / 60;
        report.warn(
            steps::FRESHNESS,
            "stale_copy",
            format!(
                "No newer copy of the document of the server {} could be had just now; one from {minutes} minutes ago was used.",
                copy.place
            ),
        );
    }
}
