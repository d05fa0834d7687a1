//! The published examples, read.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use accolade_linked_data::{ContextLoader, Options, json};
use serde_json::{Map, Value, json};

use super::super::proof_value::{BaseValue, ProofKey, Signature};
use super::super::statements::Statements;
use crate::PublicKey;
use crate::data_integrity::{self, ProofError};
use crate::multikey::decode_base58btc;

/// Answers for the context of the examples, which no badge uses, with the terms they need.
struct Citizenship;

impl ContextLoader for Citizenship {
    fn load(&self, url: &str) -> Option<Arc<Value>> {
        static CONTEXT: LazyLock<Arc<Value>> = LazyLock::new(|| Arc::new(citizenship()));
        (url == "https://w3id.org/citizenship/v4rc1").then(|| Arc::clone(&CONTEXT))
    }
}

fn citizenship() -> Value {
    let date = "http://www.w3.org/2001/XMLSchema#dateTime";
    let (schema, own) = ("https://schema.org/", "https://w3id.org/citizenship#");
    let mut terms = json!({
        "Person": format!("{schema}Person"),
        "image": {"@id": format!("{schema}image"), "@type": "@id"},
        "birthDate": {"@id": format!("{schema}birthDate"), "@type": date},
        "residentSince": {"@id": format!("{own}residentSince"), "@type": date},
    });
    for name in ["additionalName", "familyName", "gender", "givenName", "identifier"] {
        terms[name] = format!("{schema}{name}").into();
    }
    for name in [
        "EmployablePerson",
        "EmploymentAuthorizationDocument",
        "EmploymentAuthorizationDocumentCredential",
        "PermanentResident",
        "PermanentResidentCard",
        "PermanentResidentCardCredential",
        "birthCountry",
        "commuterClassification",
        "employmentAuthorizationDocument",
        "lprCategory",
        "lprNumber",
        "permanentResidentCard",
    ] {
        terms[name] = format!("{own}{name}").into();
    }
    json!({"@context": terms})
}

pub(super) fn reading() -> Options<'static> {
    Options { loader: Some(&Citizenship), ..Options::default() }
}

/// One example, and the keys of both.
pub(super) struct Example {
    pub(super) folder: PathBuf,
    pub(super) keys: Value,
    /// The document with its base proof, and its parts.
    pub(super) secured: Value,
    pub(super) document: Value,
    pub(super) proof: Map<String, Value>,
}

/// The examples; none where the vectors are not there, which in CI is a failure.
pub(super) fn examples() -> Vec<Example> {
    let Some(folder) = std::env::var_os("ACCOLADE_VECTORS") else {
        assert!(std::env::var_os("CI").is_none(), "ACCOLADE_VECTORS must be set in CI");
        // Straight to the stream: what a passing test prints by macro is swallowed.
        let _ = writeln!(std::io::stderr(), "SKIPPED: the vectors of ecdsa-sd-2023; set ACCOLADE_VECTORS");
        return Vec::new();
    };
    let folder = PathBuf::from(folder).join("vectors/vc-di-ecdsa/ecdsa-sd-2023");
    let keys = read(&folder.join("SDKeyMaterial.json"));
    ["employ", "prc"].map(|name| Example::read(folder.join(name), keys.clone())).into()
}

fn read(path: &std::path::Path) -> Value {
    json::parse(&std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

impl Example {
    fn read(folder: PathBuf, keys: Value) -> Self {
        let secured = read(&folder.join("addSignedSDBase.json"));
        let (document, proofs) = data_integrity::split(&secured).unwrap();
        let proof = proofs[0].as_object().unwrap().clone();
        Self { folder, keys, secured, document, proof }
    }

    pub(super) fn file(&self, name: &str) -> Value {
        read(&self.folder.join(format!("{name}.json")))
    }

    pub(super) fn issuer_key(&self) -> PublicKey {
        PublicKey::from_multibase(text(&self.keys["baseKeyPair"]["publicKeyMultibase"])).unwrap()
    }

    pub(super) fn hmac_key(&self) -> [u8; 32] {
        bytes(&self.keys["hmacKeyString"])
    }

    pub(super) fn base(&self) -> BaseValue {
        BaseValue::read(text(&self.proof["proofValue"])).unwrap()
    }

    pub(super) fn statements(&self) -> Statements {
        Statements::read(&self.document, &self.hmac_key(), &reading()).unwrap()
    }

    pub(super) fn mandatory(&self) -> Vec<usize> {
        let file = self.file("addBaseTransform");
        let pointers = texts(&file["mandatoryPointers"]);
        self.statements().chosen(&self.document, &pointers, &reading()).unwrap().indexes
    }

    pub(super) fn derived(&self) -> (Value, Map<String, Value>) {
        let (document, proofs) = data_integrity::split(&self.file("derivedRevealDocument")).unwrap();
        (document, proofs[0].as_object().unwrap().clone())
    }

    pub(super) fn verify(&self, document: &Value, proof: &Map<String, Value>) -> Result<(), ProofError> {
        let proof = Value::Object(proof.clone());
        data_integrity::verify_with(document, &proof, &self.issuer_key(), &reading())
    }
}

/// The examples show this beside what is mandatory.
pub(super) const SELECTIVE: [&str; 3] = ["/validFrom", "/validUntil", "/credentialSubject/birthCountry"];

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub(super) fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(text).collect()
}

pub(super) fn numbers(value: &Value) -> Vec<usize> {
    serde_json::from_value(value.clone()).unwrap()
}

/// Of hexadecimal digits.
pub(super) fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    let digits = text(value);
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect::<Vec<u8>>().try_into().unwrap()
}

pub(super) fn signatures(value: &Value) -> Vec<Signature> {
    value.as_array().unwrap().iter().map(bytes).collect()
}

pub(super) fn proof_key(value: &Value) -> ProofKey {
    decode_base58btc(text(value), 64).unwrap().try_into().unwrap()
}

/// The published form of a map with numbers for keys.
pub(super) fn entries(value: &Value) -> Vec<(usize, &str)> {
    let entries = value["value"].as_array().unwrap().iter();
    entries.map(|entry| (usize::try_from(entry[0].as_u64().unwrap()).unwrap(), text(&entry[1]))).collect()
}

pub(super) fn at(lines: &[String], indexes: impl IntoIterator<Item = usize>) -> Vec<(usize, &str)> {
    indexes.into_iter().map(|index| (index, lines[index].as_str())).collect()
}

pub(super) fn others(lines: &[String], indexes: &[usize]) -> Vec<usize> {
    (0..lines.len()).filter(|index| !indexes.contains(index)).collect()
}
