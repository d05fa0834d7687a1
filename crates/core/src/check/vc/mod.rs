//! The rules of the data model of verifiable credentials, beyond badges
//! ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/)).

use serde_json::Value;

use super::Finding;

/// Checks any verifiable credential, signed or not.
pub fn credential(_document: &Value) -> Vec<Finding> {
    Vec::new()
}

/// Checks any verifiable presentation, signed or not; of the credentials in it only that each is of a form that may stand there.
pub fn presentation(_document: &Value) -> Vec<Finding> {
    Vec::new()
}
