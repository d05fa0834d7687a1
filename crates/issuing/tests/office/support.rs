//! A small school with a fixed clock and counted randomness.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use accolade_core::{Clock, Entropy, Timestamp};
use accolade_issuing::{
    Achievement, Award, AwardOrder, Awarded, Caller, CredentialForm, Fault, Issuer, NewIssuer, Office,
    OfficeError, OfficeParts, Publication, Publicly,
};
use accolade_signing::MasterKey;
use accolade_store::Store;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::database::{self, Place};

/// A clock that moves only when told to.
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Bytes that look random and are the same in every run.
#[derive(Default)]
pub(crate) struct Counted(AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            chunk.copy_from_slice(&Sha256::digest(number.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub(crate) struct House {
    pub(crate) office: Office,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) store: Store,
    pub(crate) place: Place,
}

/// A school that is registered and has defined one micro-credential.
pub(crate) struct School {
    pub(crate) house: House,
    pub(crate) issuer: Issuer,
    pub(crate) achievement: Achievement,
}

pub(crate) const MASTER: [u8; 32] = [7; 32];

pub(crate) fn house() -> House {
    house_at("http://127.0.0.1:8080")
}

pub(crate) fn house_at(public_url: &str) -> House {
    let place = database::place();
    let store = Store::open(&place.url).unwrap();
    store.migrate().unwrap();
    let ten_o_clock = Timestamp::parse("2026-11-23T10:00:00Z").unwrap();
    let clock = Arc::new(SetClock(AtomicI64::new(ten_o_clock.unix_seconds())));
    let office = open(&store, public_url, &clock, MASTER).unwrap();
    House { office, clock, store, place }
}

pub(crate) fn open(
    store: &Store,
    public_url: &str,
    clock: &Arc<SetClock>,
    master: [u8; 32],
) -> Result<Office, accolade_issuing::OpenError> {
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
    Office::open(OfficeParts {
        store: store.clone(),
        master_key: MasterKey::from_bytes(master),
        public_url: public_url.to_owned(),
        clock,
        entropy: Arc::new(Counted::default()),
    })
}

pub(crate) fn school() -> School {
    school_in(house())
}

pub(crate) fn school_in(house: House) -> School {
    let issuer = house.register(json!({
        "name": "Example University",
        "url": "https://www.example.edu/",
        "email": "badges@example.edu",
    }));
    let achievement = house.define(&issuer.id, micro_credential());
    School { house, issuer, achievement }
}

pub(crate) fn micro_credential() -> Value {
    json!({
        "name": "Applied Data Skills",
        "description": "Collects, cleans and explains data.",
        "achievementType": "MicroCredential",
        "criteria": { "narrative": "Attend the workshop, hand in two assignments, pass the assessment." },
        "creditsAvailable": 2.0,
        "humanCode": "ADS-1",
        "inLanguage": "en",
        "tag": ["data", "statistics"],
        "alignment": [{
            "targetName": "Data analysis", "targetUrl": "https://example.org/frameworks/data/analysis",
            "targetType": "ceasn:Competency",
        }],
        "resultDescription": [{
            "id": "urn:uuid:6b8f3c9e-2d3a-4a6f-9a52-0f6f6f0b8a01", "name": "Final score",
            "resultType": "Percent", "valueMin": "0", "valueMax": "100",
        }],
    })
}

pub(crate) fn to_ana() -> Value {
    json!({ "recipient": { "email": "ana@example.org", "name": "Ana Ruiz" } })
}

pub(crate) fn full_order() -> Value {
    json!({
        "recipient": { "email": "ana@example.org", "name": "Ana Ruiz" },
        "awardedDate": "2026-11-20T09:30:00+01:00",
        "validUntil": "2029-11-23T10:00:00Z",
        "narrative": "Ana finished with distinction.",
        "creditsEarned": 2,
        "role": "Student",
        "term": "Autumn 2026",
        "activityStartDate": "2026-09-01T08:00:00Z",
        "activityEndDate": "2026-11-20T16:00:00Z",
        "evidence": [{ "id": "https://example.edu/work/17", "name": "Final project", "narrative": "A study of bike traffic." }],
        "result": [{
            "resultDescription": "urn:uuid:6b8f3c9e-2d3a-4a6f-9a52-0f6f6f0b8a01", "value": "87",
        }],
    })
}

pub(crate) fn faults(error: OfficeError) -> Vec<(String, String)> {
    match error {
        OfficeError::Rejected(faults) => {
            faults.into_iter().map(|Fault { pointer, rule, .. }| (pointer, rule)).collect()
        }
        other => panic!("not a rejection: {other}"),
    }
}

impl House {
    pub(crate) fn register(&self, body: Value) -> Issuer {
        self.office.register_issuer(&Caller::system(), NewIssuer::parse(body).unwrap(), None).unwrap()
    }

    pub(crate) fn define(&self, issuer: &str, body: Value) -> Achievement {
        self.office.define_achievement(&Caller::system(), issuer, body, None).unwrap()
    }

    pub(crate) fn published(&self, what: &Publicly) -> Publication {
        self.office.publication(what).unwrap().unwrap_or_else(|| panic!("nothing is published at {what:?}"))
    }

    /// The URL of a picture of no bytes to speak of, for documents that shall not change when pictures are drawn otherwise.
    pub(crate) fn picture(&self) -> String {
        let image = accolade_store::images::Image {
            id: "5f".repeat(32),
            media_type: "image/png".into(),
            bytes: vec![0],
            original: None,
            width: 600,
            height: 600,
            created_at: Timestamp::parse("2026-11-23T10:00:00Z").unwrap(),
        };
        self.store.write("test", |tx| accolade_store::images::insert(tx, &image)).unwrap();
        format!("{}/public/images/{}.png", self.office.public_url(), image.id)
    }

    pub(crate) fn json(&self, what: &Publicly) -> Value {
        serde_json::from_slice(&self.published(what).body).unwrap()
    }

    /// The document at one of our own URLs.
    pub(crate) fn at(&self, url: &str) -> Value {
        let path = url.strip_prefix(self.office.public_url()).unwrap_or_else(|| panic!("{url} is not ours"));
        self.json(&Publicly::from_path(path).unwrap_or_else(|| panic!("{path} is no public path")))
    }

    pub(crate) fn credential_json(&self, award: &Award) -> Value {
        self.json(&Publicly::Credential(award.id.clone(), CredentialForm::Json))
    }

    pub(crate) fn audit_verbs(&self, subject: &str) -> Vec<String> {
        let page =
            self.store.read("test", |db| accolade_store::audit::page(db, Some(subject), None, 100)).unwrap();
        page.items.into_iter().map(|entry| entry.verb).collect()
    }
}

impl School {
    pub(crate) fn try_award(&self, body: Value) -> Result<Awarded, OfficeError> {
        self.house.office.award(&Caller::system(), &self.achievement.id, AwardOrder::parse(&body)?, None)
    }

    pub(crate) fn award(&self, body: Value) -> Award {
        self.try_award(body).unwrap().award
    }
}
