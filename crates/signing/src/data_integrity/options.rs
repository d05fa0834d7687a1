//! What a new proof is to say.

use accolade_core::Timestamp;
use serde_json::{Map, Value};

use super::{PROOF_TYPE, Suite};

/// What a proof is made for: the relationship of its key to the controller
/// ([Data Integrity, proof purposes](https://www.w3.org/TR/vc-data-integrity/#proof-purposes)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Purpose {
    /// To assert what the document says: credentials and status lists.
    #[default]
    AssertionMethod,
    /// To show who sends it: presentations.
    Authentication,
}

impl Purpose {
    /// The name of the purpose, which is also that of the relationship in the controller's document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }

    /// The purpose of exactly that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::AssertionMethod, Self::Authentication].into_iter().find(|purpose| purpose.as_str() == name)
    }
}

/// As many as a plain proof has, with its value.
const MOST_MEMBERS: usize = 7;

/// What a new proof is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// The suite; without one, that of the key (see [`Suite::for_key`]).
    pub suite: Option<Suite>,
    /// When the proof is made.
    pub created: Timestamp,
    /// The full id of the verification method, such as `https://badges.example/public/issuers/7#z6Mk…`.
    pub verification_method: String,
    /// What the proof is for.
    pub purpose: Purpose,
    /// When the proof stops being valid, if ever.
    pub expires: Option<Timestamp>,
    /// Where the proof is meant to be used; empty for everywhere.
    pub domain: Vec<String>,
    /// The verifier's challenge that the proof answers.
    pub challenge: Option<String>,
    /// A random text that tells proofs of the same document apart.
    pub nonce: Option<String>,
    /// The proof's own id, an absolute IRI; a proof that others are to follow needs one.
    pub id: Option<String>,
    /// The ids of the proofs this one follows; empty for a proof on its own.
    pub previous_proof: Vec<String>,
}

impl ProofOptions {
    /// An assertion without an end, by the suite of the key.
    pub fn new(created: Timestamp, verification_method: impl Into<String>) -> Self {
        Self {
            suite: None,
            created,
            verification_method: verification_method.into(),
            purpose: Purpose::default(),
            expires: None,
            domain: Vec::new(),
            challenge: None,
            nonce: None,
            id: None,
            previous_proof: Vec::new(),
        }
    }

    /// The members of a Data Integrity proof without its value.
    pub(super) fn to_members(&self, suite: Suite) -> Map<String, Value> {
        let mut members = Map::with_capacity(MOST_MEMBERS);
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        put("type", Some(PROOF_TYPE.into()));
        put("cryptosuite", Some(suite.name().into()));
        put("id", self.id.as_deref().map(Value::from));
        put("created", Some(self.created.to_string().into()));
        put("expires", self.expires.map(|expires| expires.to_string().into()));
        put("verificationMethod", Some(self.verification_method.as_str().into()));
        put("proofPurpose", Some(self.purpose.as_str().into()));
        put("domain", one_or_many(&self.domain));
        put("challenge", self.challenge.as_deref().map(Value::from));
        put("nonce", self.nonce.as_deref().map(Value::from));
        put("previousProof", one_or_many(&self.previous_proof));
        members
    }
}

/// One text stands by itself, several in an array.
fn one_or_many(texts: &[String]) -> Option<Value> {
    match texts {
        [] => None,
        [one] => Some(one.as_str().into()),
        many => Some(many.iter().map(String::as_str).collect()),
    }
}
