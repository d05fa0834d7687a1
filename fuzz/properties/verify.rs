//! The whole examiner over any bytes, in a world with one school and no network.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use accolade_baking::pdf::attachments;
use accolade_baking::{Version, bake, unbake};
use accolade_linked_data::{Options, canonicalize, json};
use accolade_signing::data_integrity::Suite;
use accolade_signing::{KeyType, PrivateKey, Signer, badge_v2, vc_jose};
use accolade_verifying::{Format, Outcome, Report, Submission};
use serde_json::{Value, json};

use super::world::{INDEX, School, THEN, World};
use super::{pdf, png};

/// Examines the bytes. Only what the school has awarded may be valid.
pub(crate) fn hold_for(bytes: &[u8]) {
    let setting = setting();
    let report = setting.world.verify(Submission::from_bytes(bytes.to_vec()));
    is_sound(&report);
    assert_eq!(setting.world.verify(Submission::from_bytes(bytes.to_vec())), report, "the same twice");
    if report.outcome == Outcome::Valid {
        // An unsigned presentation says nothing itself, and anybody may make one.
        if !is_presentation(&report) {
            let essences = essences(bytes);
            let is_awarded = essences.iter().any(|essence| setting.essences.contains(essence));
            assert!(is_awarded, "never awarded, but valid: {essences:?}\n{report:#?}");
        }
        is_awarded(setting, &report);
    }
}

/// The report, and each within it, says what the school has awarded.
fn is_awarded(setting: &Setting, report: &Report) {
    assert_eq!(report.outcome, Outcome::Valid, "not valid, in something that is: {report:#?}");
    if !is_presentation(report) {
        assert!(setting.told.contains(&told(report)), "told of a badge what it does not say: {report:#?}");
    }
    report.credentials.iter().for_each(|inner| is_awarded(setting, inner));
}

fn is_presentation(report: &Report) -> bool {
    matches!(report.format, Some(Format::V3Presentation | Format::V3PresentationJwt))
}

/// Badges of every form, and whatever else is handed in.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    setting().seeds.clone()
}

/// What holds of every report: it can be written, and each word in it may be shown.
pub(crate) fn is_sound(report: &Report) {
    assert!(serde_json::to_value(report).is_ok());
    assert!(!report.checks.is_empty() && report.checks.len() < 200, "{report:#?}");
    report.credentials.iter().for_each(is_sound);
    for check in &report.checks {
        let detail = &check.detail;
        assert_ne!(check.code, Some("examiner_failed"), "a panic: {report:#?}");
        assert!(detail.len() > 10 && detail.len() < 2_500, "{detail}");
        assert!(
            !detail
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')),
            "{detail:?}"
        );
        assert!(check.code.is_none_or(|code| {
            code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        }));
        assert!(check.spec.starts_with("https://"));
    }
}

struct Setting {
    world: World,
    seeds: Vec<(String, Vec<u8>)>,
    /// What the school's badges mean.
    essences: BTreeSet<String>,
    /// What the reports say of them.
    told: BTreeSet<String>,
}

fn setting() -> &'static Setting {
    static SETTING: OnceLock<Setting> = OnceLock::new();
    SETTING.get_or_init(|| {
        let world = World::patient();
        let seeds = awarded(&world);
        let (mut essences, mut told_of) = (BTreeSet::new(), BTreeSet::new());
        for (name, bytes) in &seeds {
            let report = world.verify(Submission::from_bytes(bytes.clone()));
            assert_eq!(report.outcome, Outcome::Valid, "{name}: {report:#?}");
            essences.extend(self::essences(bytes));
            all_told(&report, &mut told_of);
        }
        let seeds = [seeds, odd()].concat();
        Setting { world, seeds, essences, told: told_of }
    })
}

/// What the school and an issuer that is only a key have awarded, in every form.
fn awarded(world: &World) -> Vec<(String, Vec<u8>)> {
    let (school, key) = (School::at("school.example"), School::of_key("key.example"));
    school.open(&world.shelf);
    let badge = school.badge();
    let mut seeds: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| seeds.push((name.to_owned(), bytes));
    let suites = [Suite::EddsaRdfc2022, Suite::EddsaJcs2022, Suite::EcdsaRdfc2019, Suite::EcdsaJcs2019];
    for suite in suites {
        add(suite.name(), school.sign_by(suite, &badge).to_string().into_bytes());
    }
    add("did-key", key.sign(&key.plain_badge()).to_string().into_bytes());
    let mut older = key.plain_badge();
    older["@context"][0] = "https://www.w3.org/2018/credentials/v1".into();
    let contexts = older["@context"].as_array_mut().unwrap();
    contexts.push("https://w3id.org/security/data-integrity/v2".into());
    older.as_object_mut().unwrap().retain(|name, _| !name.starts_with("valid"));
    older["issuanceDate"] = THEN.into();
    add("vcdm-1.1", key.sign(&older).to_string().into_bytes());
    let token = school.token(&badge);
    let w3c = vc_jose::sign(&badge, &school.kid, vc_jose::SignatureLife::default(), &school.p256).unwrap();
    add("vc-jwt", token.clone().into_bytes());
    add("vc-jose", w3c.clone().into_bytes());
    add("envelope", vc_jose::envelop(&w3c).to_string().into_bytes());
    add("rich", school.sign(&rich(&school, &key)).to_string().into_bytes());
    let hosted = v2(world);
    add("2.0-hosted", hosted.to_string().into_bytes());
    add("2.0-address", hosted["id"].as_str().unwrap().as_bytes().to_vec());
    add("2.0-signed", signed_v2(world).into_bytes());
    let signed = school.sign(&badge).to_string();
    let picture = png::seeds().swap_remove(0).1;
    add("png", bake(&picture, Version::V3, &signed).unwrap());
    add("png-2.0", bake(&picture, Version::V2, hosted["id"].as_str().unwrap()).unwrap());
    add("svg", bake(b"<svg><g/></svg>", Version::V3, &signed).unwrap());
    add("svg-token", bake(b"<svg/>", Version::V3, &token).unwrap());
    add("pdf", pdf::with(signed.as_bytes()));
    add("pdf-token", pdf::with(token.as_bytes()));
    seeds.extend(shown(&school, &key, &badge));
    seeds
}

/// What shows badges, and what speaks of them.
fn shown(school: &School, key: &School, badge: &Value) -> Vec<(String, Vec<u8>)> {
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [school.sign(badge), vc_jose::envelop(&school.token(badge)), key.sign(&key.plain_badge())],
    });
    let endorsement = endorsement(key, badge);
    [("presentation", presentation), ("endorsement", key.sign(&endorsement))]
        .map(|(name, document)| (name.to_owned(), document.to_string().into_bytes()))
        .into()
}

fn endorsement(key: &School, badge: &Value) -> Value {
    json!({
        "@context": badge["@context"],
        "id": "urn:uuid:0a4f5d0e-2a4e-4a39-8bb7-7d8a2a4c9a10",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Recognised",
        "issuer": { "id": key.id, "type": ["Profile"], "name": "Accreditation Body" },
        "validFrom": THEN,
        "credentialSubject": { "id": badge["id"], "type": ["EndorsementSubject"], "endorsementComment": "Good." },
    })
}

/// A badge with endorsements, both kinds of status, and several values where one would do.
fn rich(school: &School, key: &School) -> Value {
    let mut badge = school.badge();
    let endorsement = endorsement(key, &badge);
    badge["endorsement"] = json!([key.sign(&endorsement)]);
    let entry = badge["credentialStatus"].clone();
    badge["credentialStatus"] = json!([entry]);
    badge["credentialSubject"]["identifier"] = json!([{
        "type": "IdentityObject",
        "hashed": true,
        "identityHash": format!("sha256${}", "0".repeat(64)),
        "identityType": "emailAddress",
        "salt": "abc",
    }]);
    badge["evidence"] =
        json!([{ "id": "https://school.example/e/1", "type": ["Evidence"], "narrative": "Seen." }]);
    badge
}

/// An Assertion of Open Badges 2.0 at its address, with everything it names.
fn v2(world: &World) -> Value {
    let at = |path: &str| format!("https://old.example/{path}");
    let context = "https://w3id.org/openbadges/v2";
    world.shelf.put(
        &at("issuer"),
        &json!({
            "@context": context, "id": at("issuer"), "type": "Issuer", "name": "Old School", "url": at(""),
            "email": "a@old.example", "publicKey": at("key"), "revocationList": at("revoked"),
        }),
    );
    world.shelf.put(&at("badge"), &json!({
        "@context": context, "id": at("badge"), "type": "BadgeClass", "name": "Skill", "description": "Some skill.",
        "image": at("image.png"), "criteria": { "narrative": "Pass." }, "issuer": at("issuer"),
    }));
    world.shelf.put(&at("revoked"), &json!({
        "@context": context, "id": at("revoked"), "type": "RevocationList", "issuer": at("issuer"), "revokedAssertions": [],
    }));
    let hosted = assertion(&at("a/1"), json!({ "type": "HostedBadge" }));
    world.shelf.put(&at("a/1"), &hosted);
    hosted
}

fn assertion(id: &str, verification: Value) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "id": id, "type": "Assertion",
        "recipient": { "type": "email", "hashed": true, "salt": "ab", "identity": format!("sha256${}", "0".repeat(64)) },
        "badge": "https://old.example/badge", "verification": verification, "issuedOn": THEN,
    })
}

fn signed_v2(world: &World) -> String {
    struct Os;
    impl accolade_core::Entropy for Os {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(1);
        }
    }
    let signer = Signer::new(&PrivateKey::generate(KeyType::Rsa2048, &Os).unwrap()).unwrap();
    let key = "https://old.example/key";
    world.shelf.put(
        key,
        &json!({
            "@context": "https://w3id.org/openbadges/v2", "id": key, "type": "CryptographicKey",
            "owner": "https://old.example/issuer", "publicKeyPem": signer.public_key().to_pem(),
        }),
    );
    let assertion = assertion(
        "urn:uuid:7d2f0a54-7c3b-4b1e-8f6a-2d9c1e0b3f47",
        json!({ "type": "SignedBadge", "creator": key }),
    );
    badge_v2::sign(&assertion, &signer).unwrap()
}

/// What is not valid but near to it.
fn odd() -> Vec<(String, Vec<u8>)> {
    let school = School::at("school.example");
    let mut revoked = school.badge();
    revoked["credentialStatus"]["statusListIndex"] = (INDEX + 1).to_string().into();
    [
        ("unsigned", school.badge().to_string()),
        ("unknown", r#"{"type":"Person"}"#.to_owned()),
        ("nowhere", "https://nowhere.example/badge".to_owned()),
        ("inside", "https://[::ffff:127.0.0.1]/badge".to_owned()),
        ("list", school.sign(&school.list("revocation", &[1])).to_string()),
        ("bomb", format!("{}{}", "[".repeat(200), "]".repeat(200))),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into()
}

/// What may be meant by a submission: in a PDF, any of the attached files.
fn essences(bytes: &[u8]) -> Vec<String> {
    match Submission::from_bytes(bytes.to_vec()) {
        Submission::Pdf(file) => {
            let attached = attachments(&file).unwrap_or_default();
            attached.iter().filter_map(|text| essence(text.as_bytes())).collect()
        }
        _ => essence(bytes).into_iter().collect(),
    }
}

/// What a submission means, apart from how it is written and who else has signed it.
fn essence(bytes: &[u8]) -> Option<String> {
    match Submission::from_bytes(bytes.to_vec()) {
        Submission::Image(image) => {
            let mut found = unbake(&image).ok()?;
            found.sort_by_key(|badge| badge.version == Version::V2);
            essence(found.first()?.text.as_bytes())
        }
        Submission::Pdf(_) => None,
        Submission::Url(url) => Some(url),
        Submission::Jwt(token) => Some(token.trim().rsplit_once('.')?.0.to_owned()),
        Submission::Json(text) => {
            let mut document = json::parse(&text).ok()?;
            if let Ok(token) = vc_jose::open_envelope(&document) {
                return essence(token.as_bytes());
            }
            if document.as_object_mut()?.remove("proof").is_none() {
                // Of a badge that nobody signed, what stands at its address counts, whatever else it says.
                return document["id"].as_str().map(str::to_owned);
            }
            canonicalize(&document, &Options::default()).ok()
        }
    }
}

fn all_told(report: &Report, into: &mut BTreeSet<String>) {
    into.insert(told(report));
    report.credentials.iter().for_each(|inner| all_told(inner, into));
}

/// What the report says of the badge.
fn told(report: &Report) -> String {
    let Report { credential, issuer, achievement, recipient, status, .. } = report;
    format!("{credential:?}\n{issuer:?}\n{achievement:?}\n{recipient:?}\n{status:?}")
}
