//! Whatever an issuer nobody knows has signed, and whatever stands at the addresses it names: parts divided by lines of `%%`.
//!
//! The first part begins with a letter that says how it is signed, the others with the address they stand at.

use std::sync::OnceLock;

use accolade_core::Timestamp;
use accolade_linked_data::json;
use accolade_signing::data_integrity::Suite;
use accolade_signing::jws::HeaderToSign;
use accolade_signing::vc_jwt;
use accolade_verifying::{Format, Outcome, Report, Submission};
use serde_json::{Value, json};

use super::verify::is_sound;
use super::world::{INDEX, NOW, School, THEN, World};

/// Signs, serves and examines what the bytes say.
pub(crate) fn hold_for(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut parts = text.split("\n%%\n");
    let Some(submission) = parts.next().and_then(submission) else { return };
    let setting = setting();
    setting.world.shelf.clear();
    setting.school.open(&setting.world.shelf);
    let mut is_served = false;
    for (url, body) in parts.take(8).filter_map(|part| part.split_once('\n')) {
        is_served |= serve(url, body);
    }
    let report = setting.world.verify(submission.clone());
    is_sound(&report);
    assert_eq!(setting.world.verify(submission.clone()), report, "the same twice");
    if report.outcome == Outcome::Valid {
        is_own_word(&report, is_served);
    }
}

/// Documents with all that a badge may name, and their lists.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let stranger = &setting().stranger;
    let (plain, badge) = (stranger.plain_badge(), stranger.badge());
    let list = stranger.list_url();
    let served = |letter: char, document: &Value, parts: &[(&str, String)]| {
        let parts: String = parts.iter().map(|(url, body)| format!("\n%%\n{url}\n{body}")).collect();
        format!("{letter}{document}{parts}")
    };
    let signed = |body: Value| format!("p{body}");
    let mut several = badge.clone();
    several["credentialStatus"]["statusPurpose"] = "message".into();
    several["credentialStatus"]["statusSize"] = 2.into();
    several["credentialStatus"]["statusListIndex"] = "40000".into();
    several["credentialStatus"]["statusMessage"] =
        json!([{"status": "0x0", "message": "fine"}, {"status": "0x1", "message": "not"}]);
    let mut refreshed = plain.clone();
    refreshed["refreshService"] = json!({ "id": "https://r.example/1", "type": "1EdTechCredentialRefresh" });
    let mut newer = plain.clone();
    newer["name"] = "Newer".into();
    let mut victim = setting().school.plain_badge();
    victim["issuer"]["id"] = setting().school.id.clone().into();
    let shown = stranger.sign(&plain);
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": stranger.id,
        "verifiableCredential": [shown.clone()],
    });
    let record = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0a4f5d0e-2a4e-4a39-8bb7-7d8a2a4c9a11",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record",
        "issuer": plain["issuer"],
        "validFrom": THEN,
        "credentialSubject": { "type": ["ClrSubject"], "verifiableCredential": [shown] },
    });
    let revocations = json!({ "id": list, "issuer": stranger.id, "revokedCredential": [{ "id": "urn:x", "revoked": true }] });
    let mut older = badge.clone();
    older["credentialStatus"] = json!({ "id": list, "type": "1EdTechRevocationList" });
    [
        ("plain", served('p', &plain, &[])),
        ("jcs", served('j', &plain, &[])),
        ("token", served('t', &plain, &[])),
        ("raw", format!("r{plain}")),
        ("victim", served('p', &victim, &[])),
        ("presentation", served('p', &presentation, &[])),
        ("clr", served('p', &record, &[])),
        ("status", served('p', &badge, &[(&list, signed(stranger.list("revocation", &[INDEX])))])),
        ("in-force", served('p', &badge, &[(&list, signed(stranger.list("revocation", &[])))])),
        ("message", served('p', &several, &[(&list, signed(stranger.list("message", &[80_001])))])),
        ("refresh", served('p', &refreshed, &[("https://r.example/1", signed(newer))])),
        ("revocations", served('p', &older, &[(&list, revocations.to_string())])),
        ("page", "uhttps://p.example/1\n%%\nhttps://p.example/1\n=<html><link rel=alternate type=application/vc href=2>\n%%\nhttps://p.example/2\np{}".to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into()
}

struct Setting {
    world: World,
    school: School,
    stranger: School,
}

fn setting() -> &'static Setting {
    static SETTING: OnceLock<Setting> = OnceLock::new();
    SETTING.get_or_init(|| Setting {
        world: World::patient(),
        school: School::at("school.example"),
        stranger: School::of_key("stranger.example"),
    })
}

/// What is handed in: `p` under a proof by RDF, `j` by JCS, `t` as a token with its claims, `r` as a token as it stands, `u` an
/// address, `=` as it is.
fn submission(part: &str) -> Option<Submission> {
    let (letter, rest) = part.split_at_checked(1)?;
    if letter == "u" {
        return Some(Submission::Url(rest.to_owned()));
    }
    signed(letter, rest).map(Submission::from_bytes)
}

fn signed(letter: &str, rest: &str) -> Option<Vec<u8>> {
    let stranger = &setting().stranger;
    let header = HeaderToSign { kid: Some(&stranger.method), typ: None, cty: None };
    match letter {
        "p" | "j" => {
            let suite = if letter == "p" { Suite::EddsaRdfc2022 } else { Suite::EddsaJcs2022 };
            let document = json::parse(rest.as_bytes()).ok()?;
            Some(stranger.try_sign(suite, &document)?.to_string().into_bytes())
        }
        "t" => {
            let document = json::parse(rest.as_bytes()).ok()?;
            Some(vc_jwt::sign(&document, &stranger.method, &stranger.ed25519).ok()?.into_bytes())
        }
        "r" => Some(stranger.ed25519.sign_jws(header, rest.as_bytes()).ok()?.into_bytes()),
        "=" => Some(rest.as_bytes().to_vec()),
        _ => None,
    }
}

/// Puts a document where the stranger wants it, but not in the school's place.
fn serve(url: &str, part: &str) -> bool {
    let Some((letter, rest)) = part.split_at_checked(1) else { return false };
    let body = signed(letter, rest).unwrap_or_else(|| rest.as_bytes().to_vec());
    let content_type = if rest.starts_with('<') { "text/html" } else { "application/json" };
    let is_schools = url.contains("school.example");
    if !is_schools {
        setting().world.shelf.put_bytes(url, content_type, body);
    }
    !is_schools
}

/// A badge that is valid is the stranger's own, and nobody else's.
fn is_own_word(report: &Report, is_served: bool) {
    let setting = setting();
    report.credentials.iter().for_each(|inner| is_own_word(inner, is_served));
    let issuer = report.issuer.as_ref().map(|issuer| issuer.id.as_str()).unwrap_or_default();
    assert!(!issuer.starts_with(&setting.school.id), "in the name of the school: {report:#?}");
    if matches!(
        report.format,
        Some(Format::V3EmbeddedProof | Format::V3Jwt | Format::V3Endorsement | Format::V3Clr)
    ) && !is_served
    {
        assert_eq!(issuer, setting.stranger.id, "in the name of somebody else: {report:#?}");
    }
    let Some(credential) = &report.credential else { return };
    let now = Timestamp::parse(NOW).unwrap();
    assert!(credential.valid_until.is_none_or(|end| end > now), "over, but valid: {report:#?}");
    let soon = Timestamp::from_unix_seconds(now.unix_seconds() + 300).unwrap();
    assert!(credential.valid_from.is_none_or(|start| start <= soon), "not yet, but valid: {report:#?}");
    assert!(
        report.status.state == accolade_verifying::report::StatusState::Active
            || report.status.state == accolade_verifying::report::StatusState::None
    );
}
