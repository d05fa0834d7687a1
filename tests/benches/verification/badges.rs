//! Badges to verify and where their issuer's documents are: in memory, as our own are.

use std::collections::HashMap;
use std::sync::Arc;

use accolade_core::{Clock, Entropy, Timestamp, identity};
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_signing::status_list::Bitstring;
use accolade_signing::{KeyType, PrivateKey, Signer, badge_v2, vc_jwt};
use accolade_verifying::{
    EgressSettings, Examiner, ExaminerParts, LocalAnswer, LocalDocuments, Outcome, Submission,
};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

const HOST: &str = "https://badges.example.edu";
const ISSUER: &str = "https://badges.example.edu/issuers/1";
const LIST: &str = "https://badges.example.edu/status/1";
const INDEX: usize = 94_567;

/// What is measured: names as in the summary, and a badge for each.
pub(crate) struct Badges {
    runtime: Runtime,
    examiner: Examiner,
    pub(crate) all: Vec<(&'static str, Submission)>,
}

impl Badges {
    pub(crate) fn new() -> Self {
        let ed25519 = signer(KeyType::Ed25519);
        let method = format!("{ISSUER}#{}", ed25519.public_key().to_multibase().unwrap());
        let mut shelf = HashMap::new();
        let mut put = |url: &str, document: &Value| shelf.insert(url.to_owned(), document.to_string());
        put(ISSUER, &profile(&ed25519, &method));
        put(LIST, &sign(&status_list(), &ed25519, &method));
        let hosted = assertion(json!({ "type": "HostedBadge" }), &format!("{HOST}/assertions/1"));
        put(&format!("{HOST}/assertions/1"), &hosted);
        put(&format!("{HOST}/badges/1"), &badge_class());
        put(&format!("{HOST}/issuers/1/v2"), &issuer_v2());
        let rsa = signer(KeyType::Rsa2048);
        let key = json!({
            "@context": "https://w3id.org/openbadges/v2", "id": format!("{HOST}/keys/1"), "type": "CryptographicKey",
            "owner": format!("{HOST}/issuers/1/v2"), "publicKeyPem": rsa.public_key().to_pem(),
        });
        put(&format!("{HOST}/keys/1"), &key);
        let signed_v2 = assertion(
            json!({ "type": "SignedBadge", "creator": format!("{HOST}/keys/1") }),
            "urn:uuid:7d2f0a54-7c3b-4b1e-8f6a-2d9c1e0b3f47",
        );
        let (with_status, mut plain) = (badge(), badge());
        plain.as_object_mut().unwrap().remove("credentialStatus");
        let all = vec![
            ("verify_embedded", Submission::from_value(&sign(&plain, &ed25519, &method))),
            ("verify_jwt", Submission::Jwt(vc_jwt::sign(&plain, &method, &ed25519).unwrap())),
            ("verify_hosted_v2", Submission::from_value(&hosted)),
            ("verify_signed_v2", Submission::Jwt(badge_v2::sign(&signed_v2, &rsa).unwrap())),
            ("verify_with_status", Submission::from_value(&sign(&with_status, &ed25519, &method))),
        ];
        let parts = ExaminerParts {
            clock: Arc::new(Now),
            egress: EgressSettings::default(),
            local: Some(Arc::new(Shelf(shelf))),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, examiner: Examiner::new(parts).unwrap(), all }
    }

    /// Whether the badge is valid, as it should be.
    pub(crate) fn verify(&self, badge: &Submission) -> bool {
        let report = self.runtime.block_on(self.examiner.verify(badge.clone()));
        report.outcome == Outcome::Valid
    }
}

struct Now;

impl Clock for Now {
    fn now(&self) -> Timestamp {
        Timestamp::parse("2026-11-23T10:00:00Z").unwrap()
    }
}

struct Shelf(HashMap<String, String>);

impl LocalDocuments for Shelf {
    fn document(&self, url: &str) -> LocalAnswer {
        match self.0.get(url) {
            Some(body) => LocalAnswer::Found {
                status: 200,
                content_type: "application/ld+json".to_owned(),
                body: body.clone().into(),
            },
            None => LocalAnswer::Missing,
        }
    }
}

struct Sevens;

impl Entropy for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

struct Counted(std::sync::atomic::AtomicU8);

impl Entropy for Counted {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(73, std::sync::atomic::Ordering::Relaxed);
        }
    }
}

fn signer(kind: KeyType) -> Signer {
    let key = match kind {
        KeyType::Rsa2048 => PrivateKey::generate(kind, &Counted(7.into())),
        _ => PrivateKey::generate(kind, &Sevens),
    };
    Signer::new(&key.unwrap()).unwrap()
}

fn sign(credential: &Value, signer: &Signer, method: &str) -> Value {
    let options = ProofOptions::new(Timestamp::parse("2026-09-01T10:00:00Z").unwrap(), method);
    let mut signed = credential.clone();
    signed["proof"] = json!([data_integrity::sign(credential, &options, signer).unwrap()]);
    signed
}

fn profile(signer: &Signer, method: &str) -> Value {
    let key =
        DocumentKey { id: method.to_owned(), key: signer.public_key().clone(), form: KeyForm::Multikey };
    let mut members = Map::new();
    members.insert("id".into(), ISSUER.into());
    members.insert("type".into(), json!(["Profile"]));
    members.insert("name".into(), "Riverside University".into());
    did::add_methods(&mut members, ISSUER, &[key]);
    Value::Object(members)
}

fn badge() -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": format!("{HOST}/credentials/1"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Applied Data Skills",
        "issuer": { "id": ISSUER, "type": ["Profile"], "name": "Riverside University" },
        "validFrom": "2026-09-01T10:00:00Z",
        "validUntil": "2029-09-01T10:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:5f3a1c9e-2b7d-4e60-9a3f-0c8d7e6b5a41",
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": true,
                "identityHash": identity::hash("ada@example.org", "6b1f0c2a9d3e4f5061728394a5b6c7d8"),
                "identityType": "emailAddress",
                "salt": "6b1f0c2a9d3e4f5061728394a5b6c7d8",
            }],
            "achievement": {
                "id": format!("{HOST}/achievements/1"),
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Applied Data Skills",
                "description": "Works with data from collection to presentation.",
                "criteria": { "narrative": "Attend the workshop, pass the assessment, present a project." },
            },
        },
        "credentialStatus": {
            "id": format!("{LIST}#{INDEX}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": INDEX.to_string(),
            "statusListCredential": LIST,
        },
    })
}

/// A list in which one in a hundred is revoked.
fn status_list() -> Value {
    let mut bits = Bitstring::new(131_072);
    for index in (0..1_310).map(|number| number * 100) {
        bits.set(index, true).unwrap();
    }
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-09-01T10:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits.encode(),
        },
    })
}

fn assertion(verification: Value, id: &str) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": id,
        "type": "Assertion",
        "recipient": {
            "type": "email", "hashed": true, "salt": "0a1b", "identity": identity::hash("ada@example.org", "0a1b"),
        },
        "badge": format!("{HOST}/badges/1"),
        "verification": verification,
        "issuedOn": "2026-09-01T10:00:00Z",
        "expires": "2029-09-01T10:00:00Z",
    })
}

fn badge_class() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": format!("{HOST}/badges/1"),
        "type": "BadgeClass",
        "name": "Applied Data Skills",
        "description": "Works with data from collection to presentation.",
        "image": format!("{HOST}/badges/1/image.png"),
        "criteria": { "narrative": "Attend the workshop, pass the assessment." },
        "issuer": format!("{HOST}/issuers/1/v2"),
    })
}

fn issuer_v2() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2",
        "id": format!("{HOST}/issuers/1/v2"),
        "type": "Issuer",
        "name": "Riverside University",
        "url": HOST,
        "email": "badges@badges.example.edu",
        "publicKey": format!("{HOST}/keys/1"),
    })
}
