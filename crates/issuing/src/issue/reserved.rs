//! What nobody gets signed through this door: names and kinds of documents that are this house's own to give.

use accolade_signing::PublicKey;
use accolade_signing::data_integrity::{self, Suite, selective};
use accolade_store::signing_keys::SigningKey as KeyRow;
use serde_json::Value;
use url::Url;

use super::rules::{Draft, rejected, texts};
use crate::issuers::Named;
use crate::office::Desk;
use crate::signers::own_method;
use crate::{Fault, OfficeError};

/// Kinds of credentials that say something about others, or hold others whose issuers did not ask us.
const RESERVED: [(&str, &str); 6] = [
    ("BitstringStatusListCredential", "status lists are signed by the house alone"),
    ("StatusList2021Credential", "status lists are signed by the house alone"),
    ("RevocationList2020Credential", "status lists are signed by the house alone"),
    ("1EdTechRevocationList", "lists of revoked credentials are signed by the house alone"),
    ("VerifiablePresentation", "a document is a credential or a presentation, not both"),
    ("ClrCredential", "comprehensive learner records are not issued here yet"),
];
/// Types that are only taken by their short names, by which rules are chosen.
const BY_SHORT_NAME: [&str; 3] = ["AchievementCredential", "OpenBadgeCredential", "EndorsementCredential"];

/// The faults of a credential that would speak with the house's voice, or hide what it is.
pub(super) fn faults(desk: &Desk, document: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let id = document.get("id").and_then(Value::as_str).and_then(|id| Url::parse(id).ok());
    if id.is_some_and(|id| id.as_str().starts_with(&format!("{}/", desk.addresses.base()))) {
        let detail = "names under this server's own address are given by it alone; use a urn:uuid: of your own, or leave the id \
                      out. Achievements are awarded at /v1/achievements/{id}/credentials";
        faults.push(Fault::new("/id", "own_address", detail));
    }
    for kind in texts(document.get("type")) {
        let short = kind.rsplit(['#', '/', ':']).next().unwrap_or(kind);
        if let Some((_, why)) = RESERVED.iter().find(|(name, _)| *name == short) {
            faults.push(Fault::new("/type", "reserved_type", *why));
        } else if short != kind && BY_SHORT_NAME.contains(&short) {
            faults.push(Fault::new("/type", "reserved_type", format!("write this type as {short:?}")));
        }
    }
    faults
}

/// Refuses a proof that names a key of this issuer and does not hold: it would stand beside the new one as if it did.
pub(super) fn refuse_false_proofs(
    desk: &Desk,
    issuer: &Named,
    keys: &[KeyRow],
    draft: &Draft,
) -> Result<(), OfficeError> {
    for (index, proof) in draft.proofs.iter().enumerate() {
        let method = proof.get("verificationMethod").and_then(Value::as_str).unwrap_or_default();
        let is_named = |row: &&KeyRow| {
            desk.method(issuer, row) == method
                || row.multibase.as_deref().is_some_and(|multibase| own_method(multibase) == method)
        };
        let Some(row) = keys.iter().find(is_named) else { continue };
        let jwk = serde_json::from_str(&row.public_jwk).map_err(OfficeError::corrupt)?;
        let key = PublicKey::from_jwk(&jwk).map_err(OfficeError::corrupt)?;
        let is_base = proof.get("cryptosuite").and_then(Value::as_str) == Some(Suite::EcdsaSd2023.name());
        let held = if is_base {
            selective::verify_base(&draft.document, proof, &key).map(|_| ())
        } else {
            let options = accolade_linked_data::Options::default();
            data_integrity::verify_among(&draft.document, &draft.proofs, index, &key, &options).map(|_| ())
        };
        if held.is_err() {
            let detail = "this proof names a key of this issuer and does not hold; leave it out";
            return Err(rejected(vec![Fault::new(format!("/proof/{index}"), "bad_signature", detail)]));
        }
    }
    Ok(())
}
