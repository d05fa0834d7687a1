//! The members of a proof: written when signing, read and checked one by one before anything is verified.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use super::ProofError;
use crate::iri;
use crate::multikey::decode_base58btc;

/// The `type` of every Data Integrity proof.
pub const PROOF_TYPE: &str = "DataIntegrityProof";
/// The suite this crate signs and verifies.
pub const CRYPTOSUITE: &str = "eddsa-rdfc-2022";
/// The one purpose a credential's proof may have.
pub const PROOF_PURPOSE: &str = "assertionMethod";

/// The longest text of 64 bytes in base58btc, with some room.
const LONGEST_PROOF_VALUE: usize = 96;

/// What a new proof is to say beside its suite and purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// When the proof is made.
    pub created: Timestamp,
    /// The full id of the verification method, such as `https://badges.example/public/issuers/7#z6Mk…`.
    pub verification_method: String,
    /// When the proof stops being valid, if ever.
    pub expires: Option<Timestamp>,
}

impl ProofOptions {
    /// A proof without an end.
    pub fn new(created: Timestamp, verification_method: impl Into<String>) -> Self {
        Self { created, verification_method: verification_method.into(), expires: None }
    }

    pub(super) fn to_members(&self) -> Map<String, Value> {
        let members = [
            ("type", Some(PROOF_TYPE.to_owned())),
            ("cryptosuite", Some(CRYPTOSUITE.to_owned())),
            ("created", Some(self.created.to_string())),
            ("expires", self.expires.map(|expires| expires.to_string())),
            ("verificationMethod", Some(self.verification_method.clone())),
            ("proofPurpose", Some(PROOF_PURPOSE.to_owned())),
        ];
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
    }
}

/// A proof whose members have all been checked; whether it holds is another question.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The proof's own id, where it has one.
    pub id: Option<String>,
    /// The verification method it names; an absolute IRI.
    pub verification_method: String,
    /// When it says it was made.
    pub created: Option<Timestamp>,
    /// When it stops being valid; the caller compares it with its clock.
    pub expires: Option<Timestamp>,
    /// The ids of the proofs it follows in a chain.
    pub previous_proofs: Vec<String>,
    pub(super) members: Map<String, Value>,
    pub(super) signature: [u8; 64],
}

impl Proof {
    /// Reads and checks a proof object: `type`, `cryptosuite`, `proofPurpose`, `verificationMethod` and `proofValue` must be
    /// there and right; `created`, `expires`, `id` and `previousProof` must be well formed where they are. Other members
    /// are left to JSON-LD, which refuses those that no context defines.
    pub fn read(proof: &Value) -> Result<Self, ProofError> {
        let members = proof.as_object().ok_or(ProofError::BadDocument("a proof is not a JSON object"))?;
        let mut read = Self::check_options(members)?;
        let value = text(members, "proofValue")?.ok_or_else(|| missing("proofValue"))?;
        read.signature = decode_base58btc(value, LONGEST_PROOF_VALUE)
            .map_err(|reason| ProofError::BadOption { member: "proofValue", reason })?
            .try_into()
            .map_err(|_| ProofError::BadOption { member: "proofValue", reason: "it is not 64 bytes" })?;
        Ok(read)
    }

    /// Checks everything but the value.
    pub(super) fn check_options(members: &Map<String, Value>) -> Result<Self, ProofError> {
        fixed(members, "type", PROOF_TYPE)?;
        match text(members, "cryptosuite")?.ok_or_else(|| missing("cryptosuite"))? {
            CRYPTOSUITE => {}
            other => return Err(ProofError::UnsupportedSuite(other.to_owned())),
        }
        fixed(members, "proofPurpose", PROOF_PURPOSE)?;
        let method = text(members, "verificationMethod")?.ok_or_else(|| missing("verificationMethod"))?;
        if !iri::is_absolute(method) {
            return Err(ProofError::BadOption {
                member: "verificationMethod",
                reason: "it is no absolute IRI",
            });
        }
        Ok(Self {
            id: text(members, "id")?.map(str::to_owned),
            verification_method: method.to_owned(),
            created: moment(members, "created")?,
            expires: moment(members, "expires")?,
            previous_proofs: previous_proofs(members)?,
            members: members.clone(),
            signature: [0; 64],
        })
    }

    /// Whether the proof has come to its end at that moment.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

fn previous_proofs(members: &Map<String, Value>) -> Result<Vec<String>, ProofError> {
    const BAD: ProofError =
        ProofError::BadOption { member: "previousProof", reason: "it is neither an id nor a list of ids" };
    match members.get("previousProof") {
        None => Ok(Vec::new()),
        Some(Value::String(id)) => Ok(vec![id.clone()]),
        Some(Value::Array(ids)) if !ids.is_empty() => {
            ids.iter().map(|id| id.as_str().map(str::to_owned).ok_or(BAD)).collect()
        }
        Some(_) => Err(BAD),
    }
}

fn fixed(members: &Map<String, Value>, name: &'static str, wanted: &str) -> Result<(), ProofError> {
    match text(members, name)? {
        Some(found) if found == wanted => Ok(()),
        Some(_) => {
            Err(ProofError::BadOption { member: name, reason: "it has another value than the suite demands" })
        }
        None => Err(missing(name)),
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &'static str) -> Result<Option<&'a str>, ProofError> {
    match members.get(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ProofError::BadOption { member: name, reason: "it is not a text" }),
        None => Ok(None),
    }
}

fn moment(members: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, ProofError> {
    text(members, name)?
        .map(Timestamp::parse)
        .transpose()
        .map_err(|_| ProofError::BadOption { member: name, reason: "it is not a date-time with a zone" })
}

fn missing(member: &'static str) -> ProofError {
    ProofError::BadOption { member, reason: "it is missing" }
}
