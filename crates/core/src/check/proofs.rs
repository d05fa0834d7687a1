//! Rules about embedded proofs, as far as they can be seen without keys.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};

rules! {
    PROOF_MISSING: Specification Error/Error "proof-missing", ob!("data-integrity"),
        "A credential outside a JWT has at least one embedded proof.";
    PROOF_PURPOSE: Specification Error/Error "proof-purpose", ob!("proof"),
        "The purpose of a credential's proof is assertionMethod.";
    PROOF_SUITE_MISSING: Specification Error/Error "proof-suite-missing", "https://www.w3.org/TR/vc-data-integrity/#dataintegrityproof",
        "A DataIntegrityProof names its cryptosuite.";
    PROOF_SUITE_MISSPELT: House Warning/Warning "proof-suite-misspelt", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022",
        "The suite is named rightly: eddsa-rdfc-2022, not eddsa-rdf-2022.";
}

/// At least one embedded proof is there.
pub(crate) fn present(credential: &Value, place: &Place<'_>, findings: &mut Findings) {
    let is_there = match credential.get("proof") {
        Some(Value::Array(proofs)) => !proofs.is_empty(),
        Some(proof) => proof.is_object(),
        None => false,
    };
    if !is_there {
        let detail = "The credential has no `proof` and is not inside a JWT: nothing shows who issued it.";
        findings.add(&PROOF_MISSING, &place.member("proof"), detail);
    }
}

/// A proof is one of a credential, of a suite that has a name.
pub(crate) fn is_an_assertion(proof: &Value, place: &Place<'_>, findings: &mut Findings) {
    let text = |member: &str| proof.get(member).and_then(Value::as_str);
    if let Some(purpose) = text("proofPurpose")
        && purpose != "assertionMethod"
    {
        let detail =
            format!("The purpose of a credential's proof is \"assertionMethod\", not \"{purpose}\".");
        findings.add(&PROOF_PURPOSE, &place.member("proofPurpose"), detail);
    }
    match text("cryptosuite") {
        None if text("type") == Some("DataIntegrityProof") && proof.get("cryptosuite").is_none() => {
            let detail = "A DataIntegrityProof needs `cryptosuite`, such as \"eddsa-rdfc-2022\".";
            findings.add(&PROOF_SUITE_MISSING, &place.member("cryptosuite"), detail);
        }
        Some("eddsa-rdf-2022") => {
            let detail =
                "\"eddsa-rdf-2022\" is a misprint of old examples; the suite is \"eddsa-rdfc-2022\".";
            findings.add(&PROOF_SUITE_MISSPELT, &place.member("cryptosuite"), detail);
        }
        _ => {}
    }
}
