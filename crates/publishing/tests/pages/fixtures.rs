//! A university, its badge and one award, in every state; made by hand, without an office.
#![allow(dead_code, reason = "each user of the fixtures needs some of them")]

use accolade_core::Timestamp;
use accolade_issuing::Visibility;
use accolade_issuing::views::{
    AchievementCard, AchievementSheet, Catalogue, CatalogueEntry, CredentialSheet, CredentialView,
    ImageLinks, IssuerCard, IssuerSheet,
};
use accolade_issuing::{Achievement, Award, Issuer, SigningKey};
use accolade_publishing::Press;
use serde_json::{Value, json};

pub(crate) const BASE: &str = "https://badges.riverside.example";
pub(crate) const AWARD: &str = "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10";
pub(crate) const ACHIEVEMENT: &str = "1b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b11";
pub(crate) const ISSUER: &str = "2b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b12";
pub(crate) const NAME: &str = "Mei Lin Okafor";

pub(crate) fn press() -> Press {
    Press::new(BASE).unwrap()
}

pub(crate) fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn page(shelf: &str, id: &str) -> String {
    format!("{BASE}/public/{shelf}/{id}")
}

pub(crate) fn images() -> ImageLinks {
    let side = |side: u32| format!("{BASE}/public/images/abc/{side}.png");
    ImageLinks {
        original: format!("{BASE}/public/images/abc.svg"),
        side_90: side(90),
        side_200: side(200),
        side_400: side(400),
        side_600: side(600),
        card: page("achievements", ACHIEVEMENT) + "/card.png",
    }
}

pub(crate) fn issuer() -> IssuerCard {
    IssuerCard {
        id: ISSUER.into(),
        name: "Riverside University".into(),
        page: page("issuers", ISSUER),
        url: Some("https://www.riverside.example/".into()),
        email: None,
        image: None,
        description: Some(
            "A public university on the river, teaching since 1962. Its school of continuing education awards micro-credentials.".into(),
        ),
        profile_id: format!("did:web:badges.riverside.example:public:issuers:{ISSUER}"),
    }
}

/// The achievement as published.
pub(crate) fn achievement() -> Value {
    let mut achievement: Value =
        serde_json::from_str(include_str!("../../../server/src/demo/achievement.json")).unwrap();
    let members = achievement.as_object_mut().unwrap();
    members.insert("id".into(), json!(page("achievements", ACHIEVEMENT)));
    members.insert("type".into(), json!(["Achievement"]));
    members.insert("learningOutcome".into(), json!([{"name": "Cleans and joins tables of data."}]));
    members.insert("volumeOfLearning".into(), json!("PT75H"));
    members.insert(
        "related".into(),
        json!([
            {"id": page("achievements", AWARD), "type": ["Related"], "inLanguage": "es", "version": "2026"},
            {"id": page("badges", ACHIEVEMENT), "type": ["Related"], "version": "Open Badges v2p0"},
        ]),
    );
    achievement
}

/// The signed credential.
pub(crate) fn document() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": page("credentials", AWARD),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer().profile_id, "type": ["Profile"], "name": "Riverside University"},
        "validFrom": "2026-11-23T10:00:00Z",
        "awardedDate": "2026-11-23T10:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:3f0f3b62-6a5b-4a4b-9c9c-0d7f4a8e7d10",
            "type": ["AchievementSubject"],
            "achievement": achievement(),
            "creditsEarned": 3.0,
            "activityStartDate": "2026-10-05T08:00:00Z",
            "activityEndDate": "2026-11-16T16:00:00Z",
            "narrative": "Analysed *twelve years of river levels* and presented the findings to the city’s water board.",
            "result": [
                {"type": ["Result"], "resultDescription": "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0a01", "status": "Completed"},
                {"type": ["Result"], "resultDescription": "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0a02", "value": "82"},
                {"type": ["Result"], "resultDescription": "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0a03", "achievedLevel": "urn:uuid:5c6ad1d8-5d7b-4d1e-9e62-6f8a3b1f0b03"}
            ]
        },
        "evidence": [
            {"id": "https://portfolio.example/river-levels", "type": ["Evidence"], "name": "River levels, 2014 to 2026", "description": "Notebook and slides of the project.", "genre": "Project"}
        ],
        "credentialStatus": {
            "id": format!("{BASE}/public/status/{ISSUER}#42"), "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "42", "statusListCredential": format!("{BASE}/public/status/{ISSUER}")
        },
        "proof": [{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z3FXQ"}]
    })
}

/// The award as the management API shows it; `more` is laid over it.
pub(crate) fn award(more: Value) -> Award {
    let public = page("credentials", AWARD);
    let mut award = json!({
        "id": AWARD, "status": "active", "visibility": "public", "credentialId": public, "issuerId": ISSUER, "achievementId": ACHIEVEMENT,
        "validFrom": "2026-11-23T10:00:00Z", "validUntil": "2028-11-23T10:00:00Z",
        "createdAt": "2026-11-23T10:00:00Z", "updatedAt": "2026-12-01T09:00:00Z",
        "links": {
            "public": public, "credential": format!("{public}.json"), "jwt": format!("{public}.jwt"),
            "png": format!("{public}.png"), "svg": format!("{public}.svg"), "pdf": format!("{public}.pdf"),
            "card": "", "embed": format!("{BASE}/embed/{AWARD}"), "share": format!("{public}?key=k"),
            "assertion": page("assertions", AWARD), "assertionJws": page("assertions", AWARD) + ".jws",
            "verify": format!("{BASE}/verify?url=x"),
            "linkedin": "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Applied+Data+Skills"
        }
    });
    if let (Some(award), Value::Object(more)) = (award.as_object_mut(), more) {
        award.extend(more);
    }
    serde_json::from_value(award).unwrap()
}

pub(crate) fn sheet() -> CredentialSheet {
    CredentialSheet {
        award: award(json!({})),
        document: document(),
        recipient_name: Some(NAME.into()),
        visibility: Visibility::Public,
        shared: false,
        issuer: issuer(),
        achievement_id: ACHIEVEMENT.into(),
        achievement_page: page("achievements", ACHIEVEMENT),
        as_of: moment("2026-12-24T10:00:00Z"),
        expired: false,
        not_yet_valid: false,
        superseded_by: None,
        proof_suite: Some("eddsa-rdfc-2022".into()),
        image: images(),
        indexable: true,
    }
}

pub(crate) fn unlisted() -> CredentialSheet {
    CredentialSheet { recipient_name: None, visibility: Visibility::Unlisted, indexable: false, ..sheet() }
}

pub(crate) fn open(sheet: CredentialSheet) -> CredentialView {
    CredentialView::Open(Box::new(sheet))
}

/// Every state a credential can be in, by the name that pages mark it with.
pub(crate) fn states() -> Vec<(&'static str, CredentialView)> {
    let page = page("credentials", AWARD);
    let withdrawn = |status: &str, reason: &str| award(json!({"status": status, "statusReason": reason}));
    let expired = award(json!({"validUntil": "2026-11-24T10:00:00Z"}));
    let replaced = format!("{BASE}/public/credentials/{ISSUER}");
    vec![
        ("valid", open(sheet())),
        ("expired", open(CredentialSheet { award: expired, expired: true, ..sheet() })),
        (
            "revoked",
            open(CredentialSheet {
                award: withdrawn("revoked", "The project was found to be somebody else’s work."),
                ..sheet()
            }),
        ),
        (
            "suspended",
            open(CredentialSheet {
                award: withdrawn("suspended", "The result is being reviewed."),
                ..sheet()
            }),
        ),
        (
            "superseded",
            open(CredentialSheet {
                award: withdrawn("revoked", "The name was corrected."),
                superseded_by: Some(replaced),
                ..sheet()
            }),
        ),
        ("not-yet-valid", open(CredentialSheet { not_yet_valid: true, ..sheet() })),
        ("private", CredentialView::Locked { page: page.clone() }),
        ("erased", CredentialView::Erased { page }),
    ]
}

pub(crate) fn achievement_sheet() -> AchievementSheet {
    let public = page("achievements", ACHIEVEMENT);
    let badge = page("badges", ACHIEVEMENT);
    let achievement: Achievement = serde_json::from_value(json!({
        "id": ACHIEVEMENT, "issuerId": ISSUER, "revision": 1, "name": "Applied Data Skills",
        "links": {"public": public, "badge": badge, "image": format!("{badge}/image"), "card": format!("{public}/card.png")},
        "createdAt": "2026-11-23T10:00:00Z", "updatedAt": "2026-11-23T10:00:00Z"
    }))
    .unwrap();
    AchievementSheet { achievement, document: self::achievement(), issuer: issuer(), image: images() }
}

/// Everything a micro-credential can say, and every kind of requirement; `words` stands where the issuer may write freely.
pub(crate) fn micro_credential(words: &str) -> AchievementSheet {
    let mut sheet = achievement_sheet();
    let record = json!({
        "country": "CH", "language": "en", "field": {"code": "0542", "name": words},
        "learningOutcomes": [
            words,
            {"text": "Perform data analysis", "targetUrl": "https://riverside.example/skills/perform-data-analysis", "targetFramework": words},
        ],
        "workload": {"hours": 75, "ects": 3},
        "duration": {"minimum": "P2D", "maximum": "P6W"},
        "levels": [{"framework": "EQF", "code": "5"}, {"framework": "Dreyfus", "code": "competent"},
            {"framework": "NQF", "code": "6", "frameworkName": words, "url": "https://nqf.example/6"}],
        "competency": {"levels": "dreyfus", "required": "competent"},
        "assessment": {"types": ["practical-assessment", "project-work"], "mode": "on-site"},
        "participation": "blended",
        "supervision": "supervised_onsite_id",
        "qualityAssurance": [{"type": "external", "name": words, "url": "https://quality.example/", "description": words}],
        "prerequisites": [words],
        "grade": {"scheme": words, "type": "Percent"},
        "stackability": {"stackable": true, "partOf": [page("achievements", AWARD)]},
        "furtherInformation": ["https://riverside.example/courses/applied-data-skills"]
    });
    let parsed = accolade_core::MicroCredential::parse(&record, "").unwrap();
    let leaf = |id: &str, kind: &str, more: Value| {
        let mut leaf = json!({"id": id, "kind": kind, "title": words, "description": words});
        leaf.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        leaf
    };
    let tree = json!({"allOf": [
        leaf("workshop", "workshop", json!({"due": "2026-12-01T16:00:00Z"})),
        {"nOf": [
            leaf("one", "assignment", json!({"evidenceNeeded": true})),
            leaf("two", "assignment", json!({})),
            leaf("three", "assignment", json!({})),
        ], "n": 2},
        leaf("test", "assessment", json!({"passMark": 60})),
        {"anyOf": [
            leaf("project", "project", json!({"rubricLevel": "competent"})),
            leaf("presentation", "presentation", json!({})),
        ]},
        leaf("practice", "hours", json!({"hours": 12.5})),
        leaf("before", "prior-credential", json!({"achievement": page("achievements", AWARD)})),
    ]});
    accolade_core::Requirements::parse(&tree, "", &parsed.competency_codes()).unwrap();
    sheet.achievement.members.insert("microCredential".into(), record);
    sheet.achievement.members.insert("requirements".into(), tree);
    sheet
}

pub(crate) fn issuer_sheet() -> IssuerSheet {
    let public = page("issuers", ISSUER);
    let profile = json!({
        "name": "Riverside University", "url": "https://www.riverside.example/", "email": "microcredentials@riverside.example",
        "description": issuer().description,
        "address": {"streetAddress": "1 Quay Street", "postalCode": "40210", "addressLocality": "Riverside", "addressCountry": "Utopia"},
    });
    let mut registered = json!({
        "id": ISSUER, "profileId": issuer().profile_id, "idMethod": "web",
        "links": {"public": public, "didDocument": format!("{public}/did.json"), "jwks": format!("{public}/jwks.json"),
            "v2": format!("{public}/v2"), "revocations": format!("{public}/revocations")},
        "createdAt": "2026-11-23T10:00:00Z", "updatedAt": "2026-11-23T10:00:00Z"
    });
    registered.as_object_mut().unwrap().extend(profile.as_object().unwrap().clone());
    let registered: Issuer = serde_json::from_value(registered).unwrap();
    IssuerSheet {
        issuer: registered,
        document: profile,
        card: issuer(),
        achievements: badges(),
        more: false,
        keys: keys(),
        image: None,
    }
}

/// A catalogue of three micro-credentials, one of them with a record; `words` stands where issuers may write freely.
pub(crate) fn catalogue(words: Option<&str>) -> Catalogue {
    let issuer = IssuerCard { name: words.unwrap_or("Riverside University").to_owned(), ..issuer() };
    let issuer = std::sync::Arc::new(issuer);
    let record = micro_credential(words.unwrap_or("Words")).achievement.members["microCredential"].clone();
    let record = accolade_core::MicroCredential::parse(&record, "").unwrap();
    let entry = |(number, mut card): (usize, AchievementCard)| {
        card.id = format!("1b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b1{number}");
        card.name = words.unwrap_or(&card.name).to_owned();
        let record = (number != 1).then(|| record.clone());
        CatalogueEntry::new(card, &json!({}), record, issuer.clone(), moment("2026-11-23T10:00:00Z"))
    };
    badges().into_iter().enumerate().map(entry).collect()
}

fn badges() -> Vec<AchievementCard> {
    let card = |name: &str, description: &str, language: &str| AchievementCard {
        id: ACHIEVEMENT.into(),
        page: page("achievements", ACHIEVEMENT),
        name: name.into(),
        description: Some(description.into()),
        image: images(),
        achievement_type: Some("MicroCredential".into()),
        language: Some(language.into()),
    };
    vec![
        card(
            "Applied Data Skills",
            "Collects, cleans, analyses and presents data to answer a question of one's own field.",
            "en",
        ),
        card("Competencias aplicadas en datos", "Recoge, depura, analiza y presenta datos.", "es"),
        card("مهارات البيانات التطبيقية", "يجمع البيانات وينقّيها ويحللها ويعرضها.", "ar"),
    ]
}

fn keys() -> Vec<SigningKey> {
    let key = |purpose: &str, kind: &str, state, fragment: &str| SigningKey {
        id: AWARD.into(),
        issuer_id: ISSUER.into(),
        purpose: purpose.into(),
        key_type: kind.into(),
        state,
        verification_method: format!("{}#{fragment}", issuer().profile_id),
        did_key: None,
        public_jwk: json!({}),
        created_at: moment("2026-11-23T10:00:00Z"),
        retired_at: Some(moment("2026-11-23T10:00:00Z")),
        compromised_at: None,
    };
    use accolade_issuing::SigningKeyState::{Active, Retired};
    vec![
        key("assertion-proof", "ed25519", Active, "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
        key("jwt", "p256", Active, "8f2c1d90"),
        key("badge-v2", "rsa2048", Retired, "9a3b77c1"),
    ]
}

/// What makes a page show foreign letters: an Arabic badge for somebody with a Latin name.
pub(crate) fn arabic() -> CredentialSheet {
    let mut sheet = CredentialSheet { recipient_name: Some("ليلى بنت أحمد".into()), ..sheet() };
    sheet.issuer.name = "جامعة الضفاف".into();
    let members = json!({
        "name": "مهارات البيانات التطبيقية",
        "inLanguage": "ar",
        "description": "يجمع البيانات وينقّيها ويحللها ويعرضها للإجابة عن سؤال من مجال اختصاصه، ويدافع عن النتيجة.",
        "fieldOfStudy": "تحليل البيانات",
        "criteria": {"narrative": "## كيف تُنال\n\n1. **الورشة** (يومان): حضور اليومين كاملين.\n2. **الواجبات**: تسليم ثلاثة واجبات يقيّم كلًّا منها مقيّمان.\n3. **الاختبار**: اجتياز الاختبار العملي بنسبة 60 % على الأقل.\n4. **المشروع**: تحليل مجموعة بيانات وعرض النتيجة أمام لجنة."},
    });
    let achievement = sheet.document.pointer_mut("/credentialSubject/achievement").unwrap();
    achievement.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    sheet
}
