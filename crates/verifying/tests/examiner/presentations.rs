//! Presentations: credentials that somebody shows as theirs.

use accolade_core::Timestamp;
use accolade_signing::data_integrity::{self, ProofOptions, Purpose};
use accolade_signing::did;
use accolade_signing::vp_jwt::{self, Form, Session};
use accolade_signing::{PrivateKey, Signer, vc_jose};
use accolade_verifying::{Asked, CheckOutcome, Expectations, Format, Outcome, Report, Submission};
use serde_json::{Value, json};

use crate::contexts::old_badge;
use crate::support::badges::{badge, plain_badge};
use crate::support::{IdMethod, School, World, assert_fails, assert_valid, check};

const CHALLENGE: &str = "n-0S6_WzA2Mj";
const DOMAIN: &str = "https://employer.example";

/// Somebody with a `did:key`.
struct Holder {
    signer: Signer,
    did: String,
    method: String,
}

impl Holder {
    fn new(seed: u8) -> Self {
        let signer = Signer::new(&PrivateKey::from_ed25519_seed(&[seed; 32])).unwrap();
        let did = did::did_key(signer.public_key()).unwrap();
        let method = did::did_key_method(signer.public_key()).unwrap();
        Self { signer, did, method }
    }

    fn options(&self) -> ProofOptions {
        ProofOptions {
            purpose: Purpose::Authentication,
            challenge: Some(CHALLENGE.into()),
            domain: vec![DOMAIN.into()],
            ..ProofOptions::new(Timestamp::parse("2026-11-23T09:59:00Z").unwrap(), &self.method)
        }
    }

    fn prove(&self, presentation: &Value) -> Value {
        self.prove_with(presentation, &self.options())
    }

    fn prove_with(&self, presentation: &Value, options: &ProofOptions) -> Value {
        let mut proven = presentation.clone();
        proven["proof"] = data_integrity::sign(presentation, options, &self.signer).unwrap();
        proven
    }
}

fn presentation(holder: &Holder, credentials: Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did,
        "verifiableCredential": credentials,
    })
}

/// A badge of the holder's.
fn badge_of(school: &School, holder: &Holder) -> Value {
    let mut badge = badge(school);
    badge["credentialSubject"]["id"] = holder.did.clone().into();
    badge
}

fn world() -> (World, School, Holder) {
    let world = World::new();
    let school = School::open(&world.shelf, "school.example", IdMethod::Url);
    (world, school, Holder::new(5))
}

fn session() -> Session<'static> {
    let issued = Timestamp::parse("2026-11-23T09:59:00Z").unwrap();
    Session { audience: DOMAIN, nonce: CHALLENGE, issued, expires: None }
}

fn expected() -> Expectations {
    let mut expected = Expectations::default();
    expected.challenge = Some(CHALLENGE.into());
    expected.domain = vec![DOMAIN.into()];
    expected
}

async fn verify(world: &World, presentation: &Value) -> Report {
    world.examiner.verify_expecting(Submission::from_value(presentation), &expected()).await
}

#[tokio::test]
async fn a_presentation_is_valid_with_its_proof_and_all_it_holds() {
    let (world, school, holder) = world();
    let token = school.token(&badge_of(&school, &holder));
    let shown =
        presentation(&holder, json!([school.sign(&badge_of(&school, &holder)), vc_jose::envelop(&token)]));
    let report = verify(&world, &holder.prove(&shown)).await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::V3Presentation));
    assert_eq!(report.recipient.as_ref().unwrap().id.as_deref(), Some(&*holder.did));
    assert_eq!(report.credentials.len(), 2);
    for inner in &report.credentials {
        assert_valid(inner);
        assert_eq!(inner.issuer.as_ref().unwrap().name.as_deref(), Some("Example University"));
    }
    assert_eq!(check(&report, "holder").outcome, CheckOutcome::Passed);
}

#[tokio::test]
async fn a_presentation_is_as_good_as_the_worst_of_what_it_holds() {
    let (world, school, holder) = world();
    let mut forged = school.sign(&badge_of(&school, &holder));
    forged["name"] = "Another name".into();
    let shown = presentation(&holder, json!([school.sign(&badge_of(&school, &holder)), forged]));
    let report = verify(&world, &holder.prove(&shown)).await;
    assert_fails(&report, "credentials", "credential_invalid");
    assert_valid(&report.credentials[0]);
    assert_fails(&report.credentials[1], "proof", "bad_signature");
    world.shelf.lose(&school.id);
    let other = World::new();
    let report = verify(&other, &holder.prove(&shown)).await;
    assert_eq!(report.outcome, Outcome::Unknown, "{report:#?}");
}

#[tokio::test]
async fn a_presentation_must_answer_and_be_made_for_whoever_asked() {
    let (world, school, holder) = world();
    let shown = presentation(&holder, json!([school.sign(&badge_of(&school, &holder))]));
    let with = |change: fn(&mut ProofOptions)| {
        let mut options = holder.options();
        change(&mut options);
        holder.prove_with(&shown, &options)
    };
    for (proven, code) in [
        (with(|options| options.challenge = Some("another".into())), "challenge_not_answered"),
        (with(|options| options.challenge = None), "challenge_not_answered"),
        (with(|options| options.domain = vec!["https://evil.example".into()]), "other_domain"),
        (with(|options| options.domain.push("https://evil.example".into())), "other_domain"),
        (with(|options| options.purpose = Purpose::AssertionMethod), "proof_purpose"),
        (with(|options| options.expires = Timestamp::parse("2026-11-23T09:59:30Z").ok()), "proof_expired"),
    ] {
        assert_fails(&verify(&world, &proven).await, "proof", code);
    }
}

#[tokio::test]
async fn a_presentation_proven_by_another_than_its_holder_is_not_valid() {
    let (world, school, holder) = world();
    let thief = Holder::new(9);
    let shown = presentation(&holder, json!([school.sign(&badge_of(&school, &holder))]));
    let report = verify(&world, &thief.prove(&shown)).await;
    assert_fails(&report, "key", "key_not_controlled_by_holder");
    let own = presentation(&thief, json!([school.sign(&badge_of(&school, &holder))]));
    let report = verify(&world, &thief.prove(&own)).await;
    assert_eq!(report.outcome, Outcome::Valid, "shown on another's behalf, perhaps");
    let remark = check(&report, "holder");
    assert_eq!((remark.outcome, remark.code), (CheckOutcome::Warning, Some("holder_not_subject")));
}

#[tokio::test]
async fn a_presentation_without_a_proof_is_judged_by_what_it_holds_with_a_remark() {
    let (world, school, holder) = world();
    let shown = presentation(&holder, json!([school.sign(&badge_of(&school, &holder))]));
    let report = world.verify(&shown).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    let remark = check(&report, "proof");
    assert_eq!((remark.outcome, remark.code), (CheckOutcome::Warning, Some("no_proof")));
    assert_fails(&verify(&world, &shown).await, "proof", "no_proof");
    let asked = world.examiner.verify_presentation(Submission::from_value(&shown), &Asked::default()).await;
    assert_fails(&asked, "proof", "no_proof");
}

#[tokio::test]
async fn a_presentation_as_a_token_is_valid_in_both_forms_and_in_an_envelope() {
    let (world, school, holder) = world();
    let token = school.token(&badge_of(&school, &holder));
    let document = school.sign(&badge_of(&school, &holder));
    let mut older = presentation(&holder, json!([token, document]));
    older["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
    let newer = presentation(&holder, json!([vc_jose::envelop(&token), document]));
    for (shown, form) in [(&older, Form::Claim), (&newer, Form::Jose)] {
        let signed = vp_jwt::sign(shown, &holder.method, form, session(), &holder.signer).unwrap();
        let report = world.examiner.verify_expecting(Submission::Jwt(signed.clone()), &expected()).await;
        assert_valid(&report);
        assert_eq!(report.format, Some(Format::V3PresentationJwt), "{form:?}");
        assert_eq!(report.credentials.len(), 2);
        assert_valid(&verify(&world, &vp_jwt::envelop(&signed)).await);
        let mut other = expected();
        other.challenge = Some("another".into());
        let report = world.examiner.verify_expecting(Submission::Jwt(signed.clone()), &other).await;
        assert_fails(&report, "proof", "challenge_not_answered");
        let mut other = expected();
        other.domain = vec!["https://evil.example".into()];
        let report = world.examiner.verify_expecting(Submission::Jwt(signed), &other).await;
        assert_fails(&report, "proof", "other_domain");
    }
}

#[tokio::test]
async fn a_presentation_in_the_older_data_model_is_valid() {
    let (world, school, holder) = world();
    let mut badge = old_badge(&school, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json");
    badge["credentialSubject"]["id"] = holder.did.clone().into();
    let mut shown = presentation(&holder, json!([school.sign(&badge)]));
    shown["@context"] =
        json!(["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"]);
    assert_valid(&verify(&world, &holder.prove(&shown)).await);
}

#[tokio::test]
async fn more_credentials_than_are_looked_at_in_one_go_are_refused_unseen() {
    let (world, school, holder) = world();
    let one = school.sign(&plain_badge(&school));
    let shown = presentation(&holder, vec![one; 51].into());
    let report = world.verify(&shown).await;
    assert_eq!(check(&report, "credentials").code, Some("too_many_credentials"));
    assert!(report.credentials.is_empty());
}

#[tokio::test]
async fn what_a_presentation_says_between_the_lines_is_refused() {
    let (world, school, holder) = world();
    let mut shown = presentation(&holder, json!([school.sign(&badge_of(&school, &holder))]));
    shown["holder"] = json!({ "id": holder.did, "verifiableCredential": [{ "@context": {} }] });
    let report = world.verify(&shown).await;
    assert_eq!(check(&report, "context").code, Some("nested_context"));
}

#[tokio::test]
async fn the_vc_api_takes_a_presentation_and_a_credential_each_for_what_it_is() {
    let (world, school, holder) = world();
    let document = school.sign(&badge_of(&school, &holder));
    let shown = holder.prove(&presentation(&holder, json!([document])));
    let asked = Asked { challenge: Some(CHALLENGE.into()), domain: vec![DOMAIN.into()], ..Asked::default() };
    let report = world.examiner.verify_presentation(Submission::from_value(&shown), &asked).await;
    assert_valid(&report);
    let plain = Asked::default();
    let report = world.examiner.verify_credential(Submission::from_value(&shown), &plain).await;
    assert_fails(&report, "format", "wrong_type");
    let report = world.examiner.verify_presentation(Submission::from_value(&document), &plain).await;
    assert_fails(&report, "format", "wrong_type");
    let report = world.examiner.verify_credential(Submission::from_value(&document), &plain).await;
    assert_valid(&report);
    assert_eq!(report.format, Some(Format::Credential));
}

#[tokio::test]
async fn where_only_the_proof_is_asked_for_anothers_key_and_a_past_end_are_remarked_upon() {
    let (world, school, holder) = world();
    let mut credential = badge_of(&school, &holder);
    credential["validUntil"] = "2026-10-01T00:00:00Z".into();
    let mut options = ProofOptions::new(Timestamp::parse("2026-09-01T10:00:00Z").unwrap(), &holder.method);
    options.purpose = Purpose::AssertionMethod;
    let signed = holder.prove_with(&credential, &options);
    let asked = Asked { proof_only: true, ..Asked::default() };
    let report = world.examiner.verify_credential(Submission::from_value(&signed), &asked).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(check(&report, "key").code, Some("key_not_controlled_by_issuer"));
    assert_eq!(check(&report, "validity").code, Some("expired"));
    let report = world.examiner.verify_credential(Submission::from_value(&signed), &Asked::default()).await;
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(check(&report, "key").code, Some("key_not_controlled_by_issuer"));
}
