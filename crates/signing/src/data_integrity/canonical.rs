//! A document canonicalised once: to see in safe mode that everything in it has a meaning, and for each of its proofs.

use accolade_linked_data::{self as linked_data, HashAlgorithm, Options};
use serde_json::Value;

use super::proof::{Checked, Expectations};
use super::suite::Transformation;
use super::transform::{self, SigningInput};
use super::{ProofError, Suite, check_unsecured, verify_expecting};
use crate::PublicKey;

/// A document without its `proof` member, and the digest of its canonical form.
#[derive(Debug, Clone)]
pub struct Canonical {
    document: Value,
    sha256: [u8; 32],
}

impl Canonical {
    /// Canonicalises a document in safe mode, with the usual budget and the built-in contexts.
    ///
    /// # Errors
    /// What JSON-LD processing refuses, a member without a meaning among it.
    pub fn of(document: Value) -> Result<Self, linked_data::Error> {
        let sha256 = linked_data::canonical_hash(&document, &Options::default())?;
        Ok(Self { document, sha256 })
    }

    /// The document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// [`verify_expecting`] over this document. A suite that signs just this digest takes it; the others look at the document
    /// in their own way.
    ///
    /// # Errors
    /// As [`verify_expecting`].
    pub fn verify(
        &self,
        proofs: &[Value],
        index: usize,
        key: &PublicKey,
        expected: &Expectations<'_>,
    ) -> Result<(), ProofError> {
        let reading = Options::default();
        let proof = Checked::read(proofs.get(index).ok_or(ProofError::NoProof)?)?;
        let signs_digest = proof.suite != Suite::EcdsaSd2023
            && proof.previous_proofs.is_empty()
            && proof.suite.recipe().transformation == Transformation::Rdfc
            && proof.suite.hash_for(key)? == HashAlgorithm::Sha256;
        if !signs_digest {
            return verify_expecting(&self.document, proofs, index, key, expected, &reading);
        }
        check_unsecured(&self.document)?;
        proof.matches(expected)?;
        let options = transform::options_digest(&self.document, &proof, &reading)?;
        let input = SigningInput::new(options, self.sha256.as_slice().into());
        key.verify(input.as_slice(), proof.signature.as_slice()).map_err(|_| ProofError::BadSignature)
    }
}

#[cfg(test)]
mod tests {
    use accolade_core::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::data_integrity::{ProofOptions, sign_among};
    use crate::{KeyType, PrivateKey, Signer};

    struct Counted;

    impl accolade_core::Entropy for Counted {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.iter_mut().zip(1..).for_each(|(byte, number)| *byte = number);
        }
    }

    fn document() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": "https://school.example/issuers/1",
            "credentialSubject": { "id": "did:example:1" },
        })
    }

    #[test]
    fn every_suite_is_verified_as_without_the_digest() {
        let canonical = Canonical::of(document()).unwrap();
        let mut changed = document();
        changed["issuer"] = "https://school.example/issuers/2".into();
        let changed = Canonical::of(changed).unwrap();
        let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
        for (suite, kind) in [
            (Suite::EddsaRdfc2022, KeyType::Ed25519),
            (Suite::EddsaJcs2022, KeyType::Ed25519),
            (Suite::EcdsaRdfc2019, KeyType::P256),
            (Suite::EcdsaRdfc2019, KeyType::P384),
            (Suite::EcdsaJcs2019, KeyType::P256),
        ] {
            let signer = Signer::new(&PrivateKey::generate(kind, &Counted).unwrap()).unwrap();
            let first = ProofOptions {
                suite: Some(suite),
                id: Some("urn:proof:1".into()),
                ..ProofOptions::new(created, "https://school.example/issuers/1#key")
            };
            let sign = |proofs: &[Value], options: &ProofOptions| {
                sign_among(canonical.document(), proofs, options, &signer, &Options::default()).unwrap()
            };
            let first_proof = sign(&[], &first);
            let second = ProofOptions { id: None, previous_proof: vec!["urn:proof:1".into()], ..first };
            let second_proof = sign(std::slice::from_ref(&first_proof), &second);
            let proofs = [first_proof, second_proof];
            let expected = Expectations::default();
            for index in 0..2 {
                let key = signer.public_key();
                assert_eq!(canonical.verify(&proofs, index, key, &expected), Ok(()), "{suite:?} {index}");
                let refused = changed.verify(&proofs, index, key, &expected);
                assert_eq!(refused, Err(ProofError::BadSignature), "{suite:?} {index}");
                let elsewhere = Expectations { challenge: Some("x"), ..expected };
                assert!(canonical.verify(&proofs, index, key, &elsewhere).is_err(), "{suite:?} {index}");
            }
        }
        let none = canonical.verify(
            &[],
            0,
            &crate::PublicKey::from_multibase(KEY).unwrap(),
            &Expectations::default(),
        );
        assert_eq!(none, Err(ProofError::NoProof));
    }

    const KEY: &str = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

    #[test]
    fn a_document_that_means_nothing_is_refused() {
        let mut document = document();
        document["nickname"] = "no word of these contexts".into();
        assert_eq!(Canonical::of(document).unwrap_err().code(), "undefined_term");
    }
}
