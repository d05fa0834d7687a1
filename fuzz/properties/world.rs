//! A small world without a network: a clock that stands still, documents on a shelf, a school, and an examiner.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use accolade_core::{Clock, Entropy, Timestamp};
use accolade_signing::data_integrity::{self, ProofOptions, Suite};
use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_signing::status_list::Bitstring;
use accolade_signing::{KeyType, PrivateKey, Signer, vc_jwt};
use accolade_verifying::egress::Names;
use accolade_verifying::{
    Bounds, EgressSettings, Examiner, ExaminerParts, LocalAnswer, LocalDocuments, Report, Submission,
};
use serde_json::{Map, Value, json};

/// The moment everything takes place at.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";
/// When badges and proofs were made.
pub(crate) const THEN: &str = "2026-09-01T10:00:00Z";
/// The place of the school's badge in its lists.
pub(crate) const INDEX: usize = 94_567;

struct FixedClock(Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Bytes that differ from call to call and are the same from run to run.
struct CountedEntropy(Mutex<u8>);

impl Entropy for CountedEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut seed = self.0.lock().unwrap();
        for byte in buffer {
            *seed = seed.wrapping_mul(73).wrapping_add(41);
            *byte = *seed;
        }
    }
}

/// A name server that knows nobody, but for those it was told of.
#[derive(Default)]
pub(crate) struct ToldNames(pub(crate) HashMap<String, Vec<IpAddr>>);

impl Names for ToldNames {
    fn lookup(&self, host: &str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        let answer = self.0.get(host).cloned();
        Box::pin(async move { answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)) })
    }
}

/// Documents by URL, as if we were their server.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<HashMap<String, LocalAnswer>>);

impl Shelf {
    pub(crate) fn put(&self, url: &str, document: &Value) {
        self.put_bytes(url, "application/json", document.to_string().into_bytes());
    }

    pub(crate) fn put_bytes(&self, url: &str, content_type: &str, body: Vec<u8>) {
        let found =
            LocalAnswer::Found { status: 200, content_type: content_type.to_owned(), body: body.into() };
        self.0.lock().unwrap().insert(url.to_owned(), found);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }
}

impl LocalDocuments for Shelf {
    fn document(&self, url: &str) -> LocalAnswer {
        self.0.lock().unwrap().get(url).cloned().unwrap_or(LocalAnswer::NotOurs)
    }
}

/// A world with an examiner in it; hosts that are not on the shelf cannot be resolved.
pub(crate) struct World {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) examiner: Examiner,
    runtime: tokio::runtime::Runtime,
}

impl World {
    /// One where nothing depends on how fast the machine is.
    pub(crate) fn patient() -> Self {
        let ages = Duration::from_secs(3_600);
        let bounds = Bounds { computing: ages, whole: ages, ..Bounds::default() };
        Self::with(EgressSettings::default(), ToldNames::default(), bounds)
    }

    pub(crate) fn with(egress: EgressSettings, names: ToldNames, bounds: Bounds) -> Self {
        let shelf = Arc::new(Shelf::default());
        let egress = EgressSettings { names: Some(Arc::new(names)), ..egress };
        let local = Some(Arc::clone(&shelf) as Arc<dyn LocalDocuments>);
        let clock = Arc::new(FixedClock(Timestamp::parse(NOW).unwrap()));
        let examiner = Examiner::bounded(ExaminerParts { clock, egress, local }, bounds).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { shelf, examiner, runtime }
    }

    pub(crate) fn verify(&self, submission: Submission) -> Report {
        self.runtime.block_on(self.examiner.verify(submission))
    }
}

/// An issuer with two keys, a profile and a status list.
pub(crate) struct School {
    pub(crate) host: String,
    pub(crate) id: String,
    pub(crate) ed25519: Signer,
    pub(crate) p256: Signer,
    /// The key that proofs are made with.
    pub(crate) method: String,
    /// The key that tokens are signed with.
    pub(crate) kid: String,
}

impl School {
    /// An issuer at `https://<host>/issuers/1`.
    pub(crate) fn at(host: &str) -> Self {
        let id = format!("https://{host}/issuers/1");
        Self::called(host, |_| id)
    }

    /// An issuer that is its key and nothing else.
    pub(crate) fn of_key(host: &str) -> Self {
        Self::called(host, |key| did::did_key(key.public_key()).unwrap())
    }

    fn called(host: &str, id: impl FnOnce(&Signer) -> String) -> Self {
        let seed = [u8::try_from(host.len()).unwrap() ^ host.as_bytes()[0]; 32];
        let ed25519 = Signer::new(&PrivateKey::from_ed25519_seed(&seed)).unwrap();
        let entropy = CountedEntropy(Mutex::new(seed[0]));
        let p256 = Signer::new(&PrivateKey::generate(KeyType::P256, &entropy).unwrap()).unwrap();
        let id = id(&ed25519);
        let method = format!("{id}#{}", ed25519.public_key().to_multibase().unwrap());
        Self { host: host.to_owned(), method, kid: format!("https://{host}/keys/p256"), id, ed25519, p256 }
    }

    /// Puts the issuer's document and an empty list on the shelf.
    pub(crate) fn open(&self, shelf: &Shelf) {
        if self.id.starts_with("https:") {
            shelf.put(&self.id, &self.document());
        }
        shelf.put(&self.list_url(), &self.sign(&self.list("revocation", &[])));
    }

    pub(crate) fn document(&self) -> Value {
        let mut members = Map::new();
        members.insert("id".into(), self.id.clone().into());
        members.insert("type".into(), json!(["Profile"]));
        members.insert("name".into(), "Example University".into());
        let key = |id: &str, signer: &Signer, form| DocumentKey {
            id: id.to_owned(),
            key: signer.public_key().clone(),
            form,
        };
        let keys = [
            key(&self.method, &self.ed25519, KeyForm::Multikey),
            key(&self.kid, &self.p256, KeyForm::JsonWebKey),
            key(&self.p256_method(), &self.p256, KeyForm::Multikey),
        ];
        did::add_methods(&mut members, &self.id, &keys);
        Value::Object(members)
    }

    fn p256_method(&self) -> String {
        format!("{}#{}", self.id, self.p256.public_key().to_multibase().unwrap())
    }

    pub(crate) fn list_url(&self) -> String {
        format!("https://{}/status/1", self.host)
    }

    /// The list with these entries set, without its proof.
    pub(crate) fn list(&self, purpose: &str, set: &[usize]) -> Value {
        let mut bits = Bitstring::new(131_072);
        for index in set {
            bits.set(*index, true).unwrap();
        }
        self.list_of(purpose, &bits.encode())
    }

    /// A list with that `encodedList`, without its proof.
    pub(crate) fn list_of(&self, purpose: &str, encoded: &str) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": self.list_url(),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.id,
            "validFrom": THEN,
            "credentialSubject": {
                "id": format!("{}#list", self.list_url()),
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": encoded,
            },
        })
    }

    /// A good badge without a status, not yet signed.
    pub(crate) fn plain_badge(&self) -> Value {
        json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": format!("https://{}/credentials/1", self.host),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "Applied Data Skills",
            "issuer": { "id": self.id, "type": ["Profile"], "name": "Example University" },
            "validFrom": THEN,
            "validUntil": "2029-09-01T10:00:00Z",
            "credentialSubject": {
                "id": "urn:uuid:5f3a1c9e-2b7d-4e60-9a3f-0c8d7e6b5a41",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": format!("https://{}/achievements/1", self.host),
                    "type": ["Achievement"],
                    "name": "Applied Data Skills",
                    "description": "Works with data from collection to presentation.",
                    "criteria": { "narrative": "Attend the workshop and pass." },
                },
            },
        })
    }

    /// The same with an entry in the school's list.
    pub(crate) fn badge(&self) -> Value {
        let mut badge = self.plain_badge();
        badge["credentialStatus"] = json!({
            "id": format!("{}#{INDEX}", self.list_url()),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": INDEX.to_string(),
            "statusListCredential": self.list_url(),
        });
        badge
    }

    /// The document under an eddsa-rdfc-2022 proof.
    pub(crate) fn sign(&self, document: &Value) -> Value {
        self.sign_by(Suite::EddsaRdfc2022, document)
    }

    pub(crate) fn sign_by(&self, suite: Suite, document: &Value) -> Value {
        self.try_sign(suite, document).unwrap()
    }

    /// The document under a proof; `None` where it has no meaning that could be signed.
    pub(crate) fn try_sign(&self, suite: Suite, document: &Value) -> Option<Value> {
        let is_eddsa = matches!(suite, Suite::EddsaRdfc2022 | Suite::EddsaJcs2022);
        let (signer, method) =
            if is_eddsa { (&self.ed25519, self.method.clone()) } else { (&self.p256, self.p256_method()) };
        let created = Timestamp::parse(THEN).unwrap();
        let options = ProofOptions { suite: Some(suite), ..ProofOptions::new(created, method) };
        let mut signed = document.clone();
        signed.as_object_mut()?.remove("proof");
        let proof = data_integrity::sign(&signed, &options, signer).ok()?;
        signed["proof"] = json!([proof]);
        Some(signed)
    }

    /// The credential as a VC-JWT under the P-256 key.
    pub(crate) fn token(&self, credential: &Value) -> String {
        vc_jwt::sign(credential, &self.kid, &self.p256).unwrap()
    }
}
