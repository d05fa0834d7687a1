//! The members of a proof, read and checked one by one before anything is verified.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use super::members::{Members, Moment};
use super::suite::Transformation;
use super::value::Signature;
use super::{ProofError, Purpose, Suite};
use crate::did::{self, DidError, VerificationMethod};
use crate::iri;

/// A proof whose members have all been checked; whether it holds is another question.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The suite it is made by.
    pub suite: Suite,
    /// What it is for.
    pub purpose: Purpose,
    /// The proof's own id, where it has one.
    pub id: Option<String>,
    /// The verification method it names; an absolute IRI.
    pub verification_method: String,
    /// When it says it was made.
    pub created: Option<Timestamp>,
    /// When it stops being valid; the caller compares it with its clock.
    pub expires: Option<Timestamp>,
    /// Where it is meant to be used; empty where it does not say.
    pub domain: Vec<String>,
    /// The challenge it answers.
    pub challenge: Option<String>,
    /// Its random text.
    pub nonce: Option<String>,
    /// The ids of the proofs it follows in a chain.
    pub previous_proofs: Vec<String>,
}

/// What a verifier expects of a proof beside its being genuine. The default is an assertion, of whatever domain,
/// challenge and age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expectations<'a> {
    /// What the proof must be for.
    pub purpose: Purpose,
    /// The domains the proof must be meant for, neither more nor less; empty if any will do.
    pub domain: &'a [&'a str],
    /// The challenge it must answer, if one was sent.
    pub challenge: Option<&'a str>,
    /// The present moment, if a proof past its end is to be refused.
    pub now: Option<Timestamp>,
}

impl Proof {
    /// Reads and checks a proof object: `type`, `cryptosuite`, `proofPurpose`, `verificationMethod` and `proofValue` must be
    /// there and right; `created`, `expires`, `id`, `domain`, `challenge`, `nonce` and `previousProof` must be well formed
    /// where they are. Other members are refused, but for the JCS suites, which sign them as they are written.
    pub fn read(proof: &Value) -> Result<Self, ProofError> {
        let checked = Checked::read(proof)?;
        Ok(Self {
            suite: checked.suite,
            purpose: checked.purpose,
            id: checked.id.map(str::to_owned),
            verification_method: checked.verification_method.to_owned(),
            created: checked.created.map(|created| created.at),
            expires: checked.expires.map(|expires| expires.at),
            domain: owned(checked.domain),
            challenge: checked.challenge.map(str::to_owned),
            nonce: checked.nonce.map(str::to_owned),
            previous_proofs: owned(checked.previous_proofs),
        })
    }

    /// Whether the proof has come to its end at that moment.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Compares the proof with what is expected of it
    /// ([Data Integrity, verify proof](https://www.w3.org/TR/vc-data-integrity/#verify-proof)).
    pub fn matches(&self, expected: &Expectations<'_>) -> Result<(), ProofError> {
        let domain = self.domain.iter().map(String::as_str);
        expected.compare(self.purpose, domain, self.challenge.as_deref(), self.expires)
    }

    /// Finds the proof's verification method in the controller's document, under the relationship its purpose demands
    /// (see [`did::find_method`]).
    pub fn find_method(&self, document: &Value, controller: &str) -> Result<VerificationMethod, DidError> {
        did::find_method(document, controller, &self.verification_method, self.purpose.as_str())
    }
}

impl Expectations<'_> {
    fn compare<'p>(
        &self,
        purpose: Purpose,
        domain: impl Iterator<Item = &'p str> + Clone,
        challenge: Option<&str>,
        expires: Option<Timestamp>,
    ) -> Result<(), ProofError> {
        if purpose != self.purpose {
            return Err(ProofError::bad("proofPurpose", "the proof was made for another purpose"));
        }
        // Sets: order and repetition say nothing.
        let same_domain = domain.clone().all(|domain| self.domain.contains(&domain))
            && self.domain.iter().all(|expected| domain.clone().any(|domain| domain == *expected));
        if !self.domain.is_empty() && !same_domain {
            return Err(ProofError::bad("domain", "the proof is meant for elsewhere"));
        }
        if self.challenge.is_some_and(|expected| challenge != Some(expected)) {
            return Err(ProofError::bad("challenge", "the proof does not answer this challenge"));
        }
        match (self.now, expires) {
            (Some(now), Some(expires)) if expires <= now => Err(ProofError::Expired),
            _ => Ok(()),
        }
    }
}

/// [`Proof`], borrowed from the JSON it stands in.
#[derive(Clone, Copy)]
pub(super) struct Checked<'p> {
    pub(super) suite: Suite,
    pub(super) purpose: Purpose,
    pub(super) id: Option<&'p str>,
    pub(super) verification_method: &'p str,
    pub(super) created: Option<Moment<'p>>,
    pub(super) expires: Option<Moment<'p>>,
    /// Texts, all of them.
    pub(super) domain: &'p [Value],
    pub(super) challenge: Option<&'p str>,
    pub(super) nonce: Option<&'p str>,
    /// Absolute IRIs, all of them.
    pub(super) previous_proofs: &'p [Value],
    /// The context it brings along.
    pub(super) context: Option<&'p Value>,
    /// None while the proof is being made.
    pub(super) signature: Signature,
    /// Whether it has members beside these.
    pub(super) has_others: bool,
    pub(super) members: &'p Map<String, Value>,
}

impl<'p> Checked<'p> {
    /// Checks a whole proof.
    pub(super) fn read(proof: &'p Value) -> Result<Self, ProofError> {
        let proof = proof.as_object().ok_or(ProofError::BadDocument("a proof is not a JSON object"))?;
        let members = Members::of(proof);
        let mut checked = Self::check(proof, &members)?;
        let value = members.proof_value.required()?;
        // The value of a selective proof is more than a signature; its suite reads it.
        if checked.suite != Suite::EcdsaSd2023 {
            checked.signature = Signature::decode(checked.suite, value)?;
        }
        Ok(checked)
    }

    /// The text of the value.
    pub(super) fn value(&self) -> Result<&'p str, ProofError> {
        Members::of(self.members).proof_value.required()
    }

    /// Checks everything but the value.
    pub(super) fn options(proof: &'p Map<String, Value>) -> Result<Self, ProofError> {
        Self::check(proof, &Members::of(proof))
    }

    fn check(proof: &'p Map<String, Value>, members: &Members<'p>) -> Result<Self, ProofError> {
        let suite = Suite::of_members(members)?;
        let purpose = Purpose::parse(members.proof_purpose.required()?)
            .ok_or(ProofError::bad("proofPurpose", "it is not a purpose that badges are signed for"))?;
        // Under RDF a member may be spelt in several ways, and one that nobody here looks at could say when the proof ends.
        if members.others && suite.recipe().transformation != Transformation::Jcs {
            return Err(ProofError::bad("proof", "it has members that no proof of this suite has"));
        }
        members.verification_method.required()?;
        Ok(Self {
            suite,
            purpose,
            id: members.id.iri()?,
            verification_method: members.verification_method.iri()?.unwrap_or_default(),
            created: members.created.moment()?,
            expires: members.expires.moment()?,
            domain: members.domain.texts(|_| true)?,
            challenge: members.challenge.text()?,
            nonce: members.nonce.text()?,
            previous_proofs: members.previous_proof.texts(iri::is_absolute)?,
            context: members.context.value,
            signature: Signature::NONE,
            has_others: members.others,
            members: proof,
        })
    }

    /// As [`Proof::matches`].
    pub(super) fn matches(&self, expected: &Expectations<'_>) -> Result<(), ProofError> {
        let domain = self.domain.iter().filter_map(Value::as_str);
        expected.compare(self.purpose, domain, self.challenge, self.expires.map(|expires| expires.at))
    }
}

fn owned(texts: &[Value]) -> Vec<String> {
    texts.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
