//! What the canonical form of a credential costs: `cargo bench -p accolade-linked-data`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that cannot go on has failed"
)]

use std::hint::black_box;

use accolade_linked_data::{Options, canonical_hash, canonicalize, contexts, json as strict_json};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

fn minimal() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "id": "urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "https://university.example/issuers/1", "type": ["Profile"], "name": "A University"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Applied Data Skills",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://university.example/achievements/1",
                "type": ["Achievement"],
                "name": "Applied Data Skills",
                "description": "Cleans, explores and presents data.",
                "criteria": {"narrative": "Attend the workshop, hand in, pass, present."}
            }
        }
    })
}

fn full() -> Value {
    let alignment = |n: u32| {
        json!({
            "type": ["Alignment"], "targetName": format!("Competency {n}"), "targetUrl": format!("https://frameworks.example/{n}"),
            "targetCode": format!("c-{n}"), "targetDescription": "A competency of the framework.", "targetFramework": "A framework", "targetType": "CFItem"
        })
    };
    let profile = |n: u32| {
        json!({
            "id": format!("https://university.example/issuers/{n}"), "type": ["Profile"], "name": format!("Faculty {n}"),
            "url": "https://university.example", "phone": "+41 44 000 00 00", "description": "A faculty.", "email": "office@university.example",
            "address": {"type": ["Address"], "addressCountry": "Switzerland", "addressCountryCode": "CH", "addressLocality": "Zürich",
                "postalCode": "8000", "streetAddress": "A Street 1", "geo": {"type": "GeoCoordinates", "latitude": 47.37, "longitude": 8.54}},
            "otherIdentifier": [{"type": "IdentifierEntry", "identifier": format!("{n}"), "identifierType": "sourcedId"}]
        })
    };
    let described = |n: u32| {
        json!({
            "id": format!("urn:uuid:result-{n}"), "type": ["ResultDescription"], "name": format!("Part {n}"), "resultType": "LetterGrade",
            "allowedValue": ["A", "B", "C", "D", "F"], "requiredValue": "C", "alignment": [alignment(100 + n)]
        })
    };
    let mut document = minimal();
    let subject = &mut document["credentialSubject"];
    subject["activityStartDate"] = json!("2026-01-01T00:00:00Z");
    subject["activityEndDate"] = json!("2026-02-01T00:00:00Z");
    subject["creditsEarned"] = json!(3.0);
    subject["role"] = json!("Student");
    subject["identifier"] = json!([{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress", "salt": "s"}]);
    subject["result"] = json!([
        {"type": ["Result"], "resultDescription": "urn:uuid:result-1", "value": "A"},
        {"type": ["Result"], "resultDescription": "urn:uuid:result-2", "value": "B", "alignment": [alignment(7)]}
    ]);
    let achievement = &mut subject["achievement"];
    achievement["alignment"] = json!([alignment(1), alignment(2)]);
    achievement["creator"] = profile(2);
    achievement["creditsAvailable"] = json!(36.0);
    achievement["fieldOfStudy"] = json!("Data");
    achievement["image"] =
        json!({"id": "https://university.example/image.png", "type": "Image", "caption": "A badge"});
    achievement["resultDescription"] = json!([described(1), described(2)]);
    achievement["tag"] = json!(["data", "statistics", "presentation"]);
    document["issuer"] = profile(1);
    document["evidence"] = json!([{"id": "https://university.example/evidence/1", "type": ["Evidence"], "name": "A project", "narrative": "What was done."}]);
    document["credentialStatus"] = json!({"id": "https://university.example/status/1#5", "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation", "statusListIndex": "5", "statusListCredential": "https://university.example/status/1"});
    document
}

fn proof_options() -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2, contexts::OB_V3P0],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": "https://university.example/issuers/1#key",
        "proofPurpose": "assertionMethod"
    })
}

fn canonical_forms(c: &mut Criterion) {
    for (name, document) in [("minimal", minimal()), ("full", full()), ("proof_options", proof_options())] {
        let quads = canonicalize(&document, &Options::default()).unwrap().lines().count();
        c.bench_function(&format!("canonicalize_{name}_{quads}_quads"), |b| {
            b.iter(|| canonical_hash(black_box(&document), &Options::default()).unwrap());
        });
    }
}

fn parsing(c: &mut Criterion) {
    let text = full().to_string();
    c.bench_function("parse_full_strictly", |b| {
        b.iter(|| strict_json::parse(black_box(text.as_bytes())).unwrap())
    });
    c.bench_function("parse_full_by_serde", |b| {
        b.iter(|| serde_json::from_str::<Value>(black_box(&text)).unwrap())
    });
}

criterion_group!(benches, canonical_forms, parsing);
criterion_main!(benches);
