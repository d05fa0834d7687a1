//! Which suites there are. What each does stands in a file of its own.

use accolade_linked_data::HashAlgorithm;
use serde_json::{Map, Value};

use super::members::Members;
use super::{ProofError, ecdsa, ed25519_signature_2020, eddsa, selective};
use crate::{KeyType, PublicKey};

/// The `type` of every Data Integrity proof; only proofs from before that standard have types of their own.
pub const PROOF_TYPE: &str = "DataIntegrityProof";

/// A way to secure a document with a proof inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// [`eddsa-rdfc-2022`](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022): Ed25519 over RDFC-1.0.
    EddsaRdfc2022,
    /// [`eddsa-jcs-2022`](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022): Ed25519 over JCS.
    EddsaJcs2022,
    /// [`ecdsa-rdfc-2019`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019): P-256 or P-384 over RDFC-1.0.
    EcdsaRdfc2019,
    /// [`ecdsa-jcs-2019`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019): P-256 or P-384 over JCS.
    EcdsaJcs2019,
    /// [`ecdsa-sd-2023`](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): P-256 with selective disclosure.
    EcdsaSd2023,
    /// `eddsa-2022`, what `eddsa-rdfc-2022` was called in its drafts; verified only.
    Eddsa2022,
    /// [`Ed25519Signature2020`](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020), a proof type of its own from
    /// before Data Integrity; verified only.
    Ed25519Signature2020,
}

/// What a suite does, as its file states it.
pub(super) struct Recipe {
    pub(super) name: &'static str,
    pub(super) transformation: Transformation,
    /// Whether new proofs are made with it.
    pub(super) signs: bool,
    /// The hash it uses with that kind of key; `None` for kinds it does not take.
    pub(super) hash: fn(KeyType) -> Option<HashAlgorithm>,
    /// The lengths its signatures can have, in bytes.
    pub(super) signature_lengths: &'static [usize],
}

/// How a document becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transformation {
    /// JSON-LD to canonical N-Quads.
    Rdfc,
    /// The JSON itself, written canonically.
    Jcs,
}

impl Suite {
    /// Every suite.
    pub const ALL: [Self; 7] = [
        Self::EddsaRdfc2022,
        Self::EddsaJcs2022,
        Self::EcdsaRdfc2019,
        Self::EcdsaJcs2019,
        Self::EcdsaSd2023,
        Self::Eddsa2022,
        Self::Ed25519Signature2020,
    ];

    /// The suite of a proof, by its `type` and `cryptosuite`.
    ///
    /// # Errors
    /// [`ProofError::UnsupportedSuite`] for a type or cryptosuite nobody here knows, [`ProofError::BadOption`] where one of
    /// them is missing, no text, or where it does not belong.
    pub fn of(proof: &Map<String, Value>) -> Result<Self, ProofError> {
        Self::of_members(&Members::of(proof))
    }

    pub(super) fn of_members(members: &Members<'_>) -> Result<Self, ProofError> {
        let kind = members.kind.required()?;
        let name = match (kind, members.cryptosuite.value) {
            (PROOF_TYPE, _) => members.cryptosuite.required()?,
            (kind, None) => kind,
            (_, Some(_)) => {
                return Err(ProofError::bad("cryptosuite", "only a DataIntegrityProof has this member"));
            }
        };
        let fits = |suite: &Self| suite.name() == name && (kind == PROOF_TYPE) == suite.is_data_integrity();
        Self::ALL.into_iter().find(fits).ok_or_else(|| ProofError::UnsupportedSuite(name.to_owned()))
    }

    /// The suite a proof is made with where none is asked for; RSA keys have none.
    pub fn for_key(kind: KeyType) -> Option<Self> {
        match kind {
            KeyType::Ed25519 => Some(Self::EddsaRdfc2022),
            KeyType::P256 | KeyType::P384 => Some(Self::EcdsaRdfc2019),
            KeyType::Rsa2048 => None,
        }
    }

    /// The proof's `cryptosuite`; for [`Suite::Ed25519Signature2020`] its `type`.
    pub fn name(self) -> &'static str {
        self.recipe().name
    }

    /// Whether [`sign`](super::sign) makes proofs of this suite. Selective ones are made by
    /// [`selective`](super::selective), the others are verified only.
    pub fn can_sign(self) -> bool {
        self.recipe().signs
    }

    /// Whether its proofs are of type `DataIntegrityProof`.
    pub(super) fn is_data_integrity(self) -> bool {
        self != Self::Ed25519Signature2020
    }

    pub(super) fn recipe(self) -> &'static Recipe {
        match self {
            Self::EddsaRdfc2022 => &eddsa::RDFC,
            Self::EddsaJcs2022 => &eddsa::JCS,
            Self::EcdsaRdfc2019 => &ecdsa::RDFC,
            Self::EcdsaJcs2019 => &ecdsa::JCS,
            Self::EcdsaSd2023 => &selective::RECIPE,
            Self::Eddsa2022 => &eddsa::DRAFT,
            Self::Ed25519Signature2020 => &ed25519_signature_2020::RECIPE,
        }
    }

    /// The hash this suite uses with that key, if it takes such a key.
    pub(super) fn hash_for(self, key: &PublicKey) -> Result<HashAlgorithm, ProofError> {
        let wrong = || ProofError::WrongKey { suite: self.name(), key: key.algorithm() };
        (self.recipe().hash)(key.key_type()).ok_or_else(wrong)
    }
}
