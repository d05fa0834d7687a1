//! Embedded Data Integrity proofs.

use std::sync::Arc;

use accolade_core::Timestamp;
use accolade_linked_data::Options;
use accolade_signing::PublicKey;
use accolade_signing::data_integrity::{self, Canonical, Expectations, Proof, ProofError, Purpose};
use serde_json::Value;

use super::keys;
use super::proofs::ProofFindings;
use super::signatory::Signatory;
use crate::case::LEEWAY_SECONDS;
use crate::library::{Library, shown};
use crate::report::Trouble;

/// The most proofs looked at; a set needs two or three.
const MOST_PROOFS: usize = 4;

/// A document with its proofs, and its canonical form where that is known already.
pub(super) struct Secured<'a> {
    document: &'a Arc<Value>,
    /// That of the document without its proofs.
    canonical: Option<Arc<Canonical>>,
}

impl<'a> Secured<'a> {
    pub(super) fn of(document: &'a Arc<Value>) -> Self {
        Self { document, canonical: None }
    }

    pub(super) fn known(document: &'a Arc<Value>, canonical: Arc<Canonical>) -> Self {
        Self { document, canonical: Some(canonical) }
    }
}

/// What proofs are over.
#[derive(Clone)]
enum Covered {
    Canonical(Arc<Canonical>),
    Document(Arc<Value>),
}

impl Covered {
    fn verify(
        &self,
        proofs: &[Value],
        index: usize,
        key: &PublicKey,
        purpose: Purpose,
    ) -> Result<(), ProofError> {
        // Challenge, domain and time are compared already, each with words of its own.
        let expected = Expectations { purpose, ..Expectations::default() };
        match self {
            Self::Canonical(canonical) => canonical.verify(proofs, index, key, &expected),
            Self::Document(document) => {
                data_integrity::verify_expecting(document, proofs, index, key, &expected, &Options::default())
            }
        }
    }
}

/// Examines every proof of a document against the keys of whoever must have signed it.
pub(super) async fn examine(
    library: &mut Library<'_>,
    now: Timestamp,
    signatory: Signatory<'_>,
    secured: Secured<'_>,
) -> ProofFindings {
    let (whole, canonical) = (Arc::clone(secured.document), secured.canonical);
    let split = move || match canonical {
        Some(canonical) => Ok((Covered::Canonical(canonical), data_integrity::proofs(&whole)?)),
        None => {
            let (document, proofs) = data_integrity::split(&whole)?;
            Ok((Covered::Document(Arc::new(document)), proofs))
        }
    };
    let (covered, proofs) = match library.hands.compute(split).await {
        Ok(Ok(parts)) => parts,
        Ok(Err(error)) => return without_key(worded(&error)),
        Err(trouble) => return without_key(trouble),
    };
    if proofs.len() > MOST_PROOFS {
        return without_key(Trouble::gap(
            "too_many_proofs",
            "The badge carries more proofs than are looked at, so it is not known whether one of them holds.",
        ));
    }
    let proofs = Arc::new(proofs);
    let mut findings = Vec::with_capacity(proofs.len());
    for index in 0..proofs.len() {
        findings.push(examine_one(library, now, signatory, &covered, &proofs, index).await);
    }
    follow_chains(&mut findings, &proofs);
    ProofFindings::among(findings)
        .unwrap_or_else(|| without_key(Trouble::flaw("no_proof", "The badge carries no proof.")))
}

async fn examine_one(
    library: &mut Library<'_>,
    now: Timestamp,
    signatory: Signatory<'_>,
    covered: &Covered,
    proofs: &Arc<Vec<Value>>,
    index: usize,
) -> ProofFindings {
    let read = match proofs.get(index).map_or(Err(ProofError::NoProof), Proof::read) {
        Ok(read) => read,
        Err(error) => return without_key(worded(&error)),
    };
    if let Err(trouble) = is_for(&read, signatory) {
        return without_key(trouble);
    }
    let found = match keys::of_method(library, signatory, &read.verification_method).await {
        Ok(found) => found,
        Err(trouble) => return ProofFindings::NoKey(trouble),
    };
    let key = found.words.clone();
    if let Err(trouble) = timely(&read, now).and_then(|()| found.was_in_force(read.created, now)) {
        return ProofFindings::NoProof { key, trouble };
    }
    let (covered, proofs, public) = (covered.clone(), Arc::clone(proofs), found.key.clone());
    let purpose = signatory.purpose;
    match library.hands.compute(move || covered.verify(&proofs, index, &public, purpose)).await {
        Ok(Ok(())) => ProofFindings::good(found),
        Ok(Err(error)) => ProofFindings::NoProof { key, trouble: worded(&error) },
        Err(trouble) => ProofFindings::NoProof { key, trouble },
    }
}

/// A proof that follows others holds only if they do: whoever made it said so of them too
/// ([Data Integrity, proof chains](https://www.w3.org/TR/vc-data-integrity/#proof-chains)).
fn follow_chains(findings: &mut [ProofFindings], proofs: &[Value]) {
    let position = |id: &String| {
        proofs.iter().position(|proof| proof.get("id").and_then(Value::as_str) == Some(id.as_str()))
    };
    let followed = |proof: &Value| -> Vec<usize> {
        Proof::read(proof)
            .map_or(Vec::new(), |read| read.previous_proofs.iter().filter_map(position).collect())
    };
    let followed: Vec<Vec<usize>> = proofs.iter().map(followed).collect();
    // Each round carries what was found one step further along a chain.
    for _ in proofs {
        for (index, before) in followed.iter().enumerate() {
            let trouble = before.iter().filter_map(|at| findings.get(*at)).find_map(of_previous);
            if let (Some(finding), Some(trouble)) = (findings.get_mut(index), trouble)
                && let ProofFindings::Good { key, .. } = finding
            {
                *finding = ProofFindings::NoProof { key: std::mem::take(key), trouble };
            }
        }
    }
}

/// What a proof's finding is to those that follow it. That its key is not the issuer's only leaves it open whether it
/// holds.
fn of_previous(finding: &ProofFindings) -> Option<Trouble> {
    match finding {
        ProofFindings::Good { .. } => None,
        ProofFindings::NoProof { trouble: Trouble::Flaw(_), .. } => {
            Some(Trouble::flaw("previous_proof", "The proof follows another that does not hold."))
        }
        ProofFindings::NoKey(_) | ProofFindings::NoProof { .. } => {
            Some(Trouble::gap("previous_proof", "The proof follows another that could not be confirmed."))
        }
    }
}

/// Whether the proof was made for this purpose, answers what the caller sent, and was made for the caller.
fn is_for(proof: &Proof, signatory: Signatory<'_>) -> Result<(), Trouble> {
    if proof.purpose != signatory.purpose {
        let words = match signatory.purpose {
            Purpose::AssertionMethod => "The proof was made to show who somebody is, not to award anything.",
            Purpose::Authentication => {
                "The proof was made to award something, not to show who it is that presents it."
            }
        };
        return Err(Trouble::flaw("proof_purpose", words));
    }
    if signatory.challenge.is_some_and(|expected| proof.challenge.as_deref() != Some(expected)) {
        return Err(Trouble::flaw(
            "challenge_not_answered",
            "The proof was not made in answer to this request, so it may be a copy of an older one.",
        ));
    }
    let all_in = |one: &[String], other: &[String]| one.iter().all(|domain| other.contains(domain));
    let expected = signatory.domain;
    let is_same = all_in(&proof.domain, expected) && all_in(expected, &proof.domain);
    if !expected.is_empty() && !is_same {
        return Err(Trouble::flaw("other_domain", "The proof was made for somebody else."));
    }
    Ok(())
}

fn timely(proof: &Proof, now: Timestamp) -> Result<(), Trouble> {
    if proof.is_expired(now) {
        return Err(Trouble::flaw(
            "proof_expired",
            "The proof was made to hold for a limited time, which is over.",
        ));
    }
    if proof.created.is_some_and(|created| created > now.plus_seconds(LEEWAY_SECONDS)) {
        return Err(Trouble::flaw(
            "proof_from_the_future",
            "The proof says it was made at a time that is yet to come.",
        ));
    }
    Ok(())
}

fn without_key(trouble: Trouble) -> ProofFindings {
    ProofFindings::NoProof { key: String::new(), trouble }
}

fn worded(error: &ProofError) -> Trouble {
    let detail = match error {
        ProofError::NoProof => "The badge carries no proof of who issued it.".to_owned(),
        ProofError::BadSignature => {
            "The signature does not fit: the badge, or its proof, was changed after it was signed.".to_owned()
        }
        ProofError::UnsupportedSuite(_) => {
            // Not being able to check is not the badge's fault.
            return Trouble::gap(
                error.code(),
                format!("The proof is of a kind this verifier cannot check: {}.", shown(&error.to_string())),
            );
        }
        other => format!("The proof of who made this cannot be used: {}.", shown(&other.to_string())),
    };
    Trouble::flaw(error.code(), detail)
}
