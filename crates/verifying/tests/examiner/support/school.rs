//! An issuer with keys, a profile and a status list.

use std::sync::{Arc, OnceLock};

use accolade_core::Timestamp;
use accolade_signing::data_integrity::{self, ProofOptions};
use accolade_signing::did::{self, DocumentKey, KeyForm};
use accolade_signing::status_list::Bitstring;
use accolade_signing::{Algorithm, KeyType, PrivateKey, Signer, vc_jwt};
use serde_json::{Map, Value, json};

use super::{CountedEntropy, Shelf};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdMethod {
    Url,
    Web,
    Key,
}

pub(crate) struct School {
    pub(crate) host: String,
    pub(crate) id: String,
    pub(crate) seed: [u8; 32],
    pub(crate) ed25519: Signer,
    pub(crate) p256: Arc<Signer>,
    pub(crate) method: String,
    pub(crate) kid: String,
    pub(crate) name: String,
}

pub(crate) const INDEX: usize = 94_567;

impl School {
    /// An issuer at `https://<host>/issuers/1`, its documents on the shelf.
    pub(crate) fn open(shelf: &Shelf, host: &str, id_method: IdMethod) -> Self {
        let seed = [host.len().try_into().unwrap_or(0_u8) ^ host.as_bytes()[0]; 32];
        let ed25519 = Signer::new(&PrivateKey::from_ed25519_seed(&seed)).unwrap();
        let multibase = ed25519.public_key().to_multibase().unwrap();
        let profile_url = format!("https://{host}/issuers/1");
        let id = match id_method {
            IdMethod::Url => profile_url.clone(),
            IdMethod::Web => format!("did:web:{host}:issuers:1"),
            IdMethod::Key => did::did_key(ed25519.public_key()).unwrap(),
        };
        let school = Self {
            host: host.to_owned(),
            method: format!("{id}#{multibase}"),
            kid: format!("https://{host}/keys/p256"),
            id,
            seed,
            ed25519,
            p256: p256(),
            name: "Example University".to_owned(),
        };
        let place = match id_method {
            IdMethod::Url => Some(profile_url),
            IdMethod::Web => Some(format!("{profile_url}/did.json")),
            IdMethod::Key => None,
        };
        if let Some(place) = place {
            shelf.put(&place, &school.document());
        }
        shelf.put(&school.list_url(), &school.status_list(&[]));
        school
    }

    /// The same school under another id, an address; its document is for whoever answers there.
    pub(crate) fn move_to(&mut self, id: &str) {
        id.clone_into(&mut self.id);
        self.method = format!("{id}#{}", self.ed25519.public_key().to_multibase().unwrap());
    }

    pub(crate) fn list_url(&self) -> String {
        format!("https://{}/status/1", self.host)
    }

    pub(crate) fn document_keys(&self) -> [DocumentKey; 2] {
        let key = |id: &str, signer: &Signer, form| DocumentKey {
            id: id.to_owned(),
            key: signer.public_key().clone(),
            form,
        };
        [key(&self.method, &self.ed25519, KeyForm::Multikey), key(&self.kid, &self.p256, KeyForm::JsonWebKey)]
    }

    /// The issuer's own document: profile and controller document in one.
    pub(crate) fn document(&self) -> Value {
        let mut members = Map::new();
        members.insert("id".into(), self.id.clone().into());
        members.insert("type".into(), json!(["Profile"]));
        members.insert("name".into(), self.name.clone().into());
        did::add_methods(&mut members, &self.id, &self.document_keys());
        Value::Object(members)
    }

    pub(crate) fn sign(&self, credential: &Value) -> Value {
        self.sign_as(credential, &self.method)
    }

    pub(crate) fn sign_as(&self, credential: &Value, method: &str) -> Value {
        let created = Timestamp::parse("2026-09-01T10:00:00Z").unwrap();
        self.sign_with(credential, &ProofOptions::new(created, method))
    }

    pub(crate) fn sign_with(&self, credential: &Value, options: &ProofOptions) -> Value {
        let proof = data_integrity::sign(credential, options, &self.ed25519).unwrap();
        let mut signed = credential.clone();
        signed["proof"] = json!([proof]);
        signed
    }

    pub(crate) fn token(&self, credential: &Value) -> String {
        vc_jwt::sign(credential, &self.kid, &self.p256).unwrap()
    }

    /// The list with these entries set, without its proof.
    pub(crate) fn unsigned_list(&self, set: &[usize]) -> Value {
        let mut bits = Bitstring::new(131_072);
        for index in set {
            bits.set(*index, true).unwrap();
        }
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": self.list_url(),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.id,
            "validFrom": "2026-09-01T10:00:00Z",
            "credentialSubject": {
                "id": format!("{}#list", self.list_url()),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": bits.encode(),
            },
        })
    }

    pub(crate) fn status_list(&self, set: &[usize]) -> Value {
        self.sign(&self.unsigned_list(set))
    }
}

fn p256() -> Arc<Signer> {
    static SIGNER: OnceLock<Arc<Signer>> = OnceLock::new();
    Arc::clone(SIGNER.get_or_init(|| signer(KeyType::P256)))
}

pub(crate) fn rsa() -> Arc<Signer> {
    static SIGNER: OnceLock<Arc<Signer>> = OnceLock::new();
    Arc::clone(SIGNER.get_or_init(|| signer(KeyType::Rsa2048)))
}

pub(crate) fn rsa_pss() -> Arc<Signer> {
    Arc::new(Signer::with_algorithm(&key(KeyType::Rsa2048), Algorithm::Ps256).unwrap())
}

pub(crate) fn signer(kind: KeyType) -> Arc<Signer> {
    Arc::new(Signer::new(&key(kind)).unwrap())
}

fn key(kind: KeyType) -> PrivateKey {
    PrivateKey::generate(kind, &CountedEntropy(std::sync::Mutex::new(7))).unwrap()
}
