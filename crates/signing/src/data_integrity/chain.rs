//! Proofs that follow others
//! ([Data Integrity, proof sets and chains](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains)).

use std::borrow::Cow;

use serde_json::Value;

use super::ProofError;
use super::proof::Checked;

/// The most proofs of one document looked at; a set or chain needs two or three.
const MOST_PROOFS: usize = 64;

/// The document as a proof covers it: by itself, or with the proofs that this one follows.
///
/// The proofs stand in the order in which the document has them, whatever the order of the ids.
pub(super) fn covered<'d>(
    document: &'d Value,
    proofs: &[Value],
    proof: &Checked<'_>,
) -> Result<Cow<'d, Value>, ProofError> {
    if proof.previous_proofs.is_empty() {
        return Ok(Cow::Borrowed(document));
    }
    if proofs.len() > MOST_PROOFS {
        return Err(ProofError::BadDocument("it has more proofs than are looked at"));
    }
    let mut previous = previous_proofs(proofs, proof.previous_proofs)?;
    previous.sort_unstable();
    let previous = previous.into_iter().filter_map(|at| proofs.get(at).cloned()).collect();
    let mut document = document.clone();
    if let Some(members) = document.as_object_mut() {
        members.insert("proof".into(), Value::Array(previous));
    }
    Ok(Cow::Owned(document))
}

/// Where the proofs of those ids stand; each id must name exactly one, and each another.
fn previous_proofs(proofs: &[Value], ids: &[Value]) -> Result<Vec<usize>, ProofError> {
    if ids.len() > proofs.len() {
        return Err(ProofError::NoPreviousProof);
    }
    if ids.iter().enumerate().any(|(at, id)| ids.iter().skip(at + 1).any(|other| other == id)) {
        return Err(ProofError::bad("previousProof", "it names a proof twice"));
    }
    let position = |id: &Value| {
        let mut named = proofs.iter().enumerate().filter(|(_, proof)| proof.get("id") == Some(id));
        match (named.next(), named.next()) {
            (Some((at, _)), None) => Ok(at),
            _ => Err(ProofError::NoPreviousProof),
        }
    };
    ids.iter().map(position).collect()
}

/// Whether the chain behind a proof leads back to it.
pub(super) fn follows_itself(
    proofs: &[Value],
    index: usize,
    proof: &Checked<'_>,
) -> Result<bool, ProofError> {
    if proof.previous_proofs.is_empty() {
        return Ok(false);
    }
    let mut seen = vec![false; proofs.len()];
    let mut waiting = vec![index];
    while let Some(proof) = waiting.pop() {
        let Some(proof) = proofs.get(proof) else { continue };
        for before in previous_proofs(proofs, Checked::read(proof)?.previous_proofs)? {
            if before == index {
                return Ok(true);
            }
            if let Some(seen) = seen.get_mut(before)
                && !std::mem::replace(seen, true)
            {
                waiting.push(before);
            }
        }
    }
    Ok(false)
}
