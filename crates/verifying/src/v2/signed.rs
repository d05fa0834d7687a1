//! Signed Assertions: a JWS by a key that the issuer's profile and the key's own document tie together.

use std::sync::Arc;

use accolade_signing::PublicKey;
use accolade_signing::jws;
use serde_json::Value;

use super::{
    Linked, Reading, examine_additions, examine_recipient, examine_validity, linked, revocation, rules,
    scope, show_assertion,
};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{place_of, shown};
use crate::report::steps::{self, v2 as step};
use crate::report::{Format, Report, Trouble};

/// Whether an Assertion says it is a signed one.
pub(crate) fn is_signed(assertion: &Value) -> bool {
    let kind = rules::verification(assertion).and_then(|object| object.get("type"));
    rules::texts(kind).any(|kind| matches!(kind, "SignedBadge" | "signed"))
}

/// Examines a signed Assertion. `assertion` is the token's own payload.
pub(crate) async fn examine_signed(
    case: &mut Case<'_>,
    token: Arc<str>,
    assertion: Value,
    report: &mut Report,
) {
    let is_newer = rules::is_2_1(&assertion);
    report.format = Some(if is_newer { Format::V2p1Signed } else { Format::V2Signed });
    let version = if is_newer { "2.1" } else { "2.0" };
    report.pass(steps::FORMAT, format!("This is an Open Badges {version} badge, signed by its issuer."));
    show_assertion(report, &assertion);
    report.settle(step::CONTEXT, rules::context(&assertion).map_err(Into::into), |()| {
        "The badge is written in the vocabulary of Open Badges 2.0.".into()
    });
    report.settle(step::ASSERTION, check_rules(&assertion), |()| {
        "The badge follows the rules of the standard.".into()
    });
    let Some(linked) = linked::get(case, &assertion, &Reading::AS_THEY_STAND, report).await else {
        report.skip(step::PROOF, "Not checked, because the issuer's profile is needed for it.");
        return;
    };
    report.settle(step::SCOPE, scope::check(None, &linked).map_err(Into::into), |()| {
        "The description of the badge stands where the issuer's badges are.".into()
    });
    let creator =
        rules::verification(&assertion).and_then(|object| object.get("creator")).and_then(Value::as_str);
    let key = find_key(case, creator, &linked).await;
    let key = report.settle(step::KEY, key, |_| {
        "The key is listed in the issuer's profile, and the key's own document names the issuer.".into()
    });
    if examine_proof(case, token, key, report).await {
        revocation::examine(case, &assertion, &linked, report).await;
    } else {
        report.skip(step::STATUS, "Not looked up, because the badge could not be shown to be the issuer's.");
    }
    examine_validity(case.now, &assertion, report);
    examine_recipient(case, &assertion, report);
    examine_additions(case, &assertion, Some(&linked), report).await;
}

/// An Assertion's rules, those of a signed one among them.
pub(crate) fn check_rules(assertion: &Value) -> Result<(), Trouble> {
    rules::assertion(assertion)?;
    if is_signed(assertion) {
        return Ok(());
    }
    Err(Trouble::flaw("wrong_type", "The badge is in a signed token, but says it is not a signed one."))
}

/// Whether the token is signed with the key that was found to be the issuer's.
pub(crate) async fn examine_proof(
    case: &mut Case<'_>,
    token: Arc<str>,
    key: Option<PublicKey>,
    report: &mut Report,
) -> bool {
    let Some(key) = key else {
        report.skip(step::PROOF, "Not checked, because the key could not be shown to be the issuer's.");
        return false;
    };
    let verify = move || {
        let jws = jws::parse(&token)?;
        // A key in the header must at least not be another one.
        match jws.header().jwk.as_ref() {
            Some(brought) if *brought != key => Err(jws::JwsError::BadSignature),
            _ => jws.verify(&key),
        }
    };
    let worded = |error| match error {
        jws::JwsError::BadSignature => Trouble::flaw(
            error.code(),
            "The signature does not fit: the badge was changed after it was signed.",
        ),
        other => Trouble::flaw(
            other.code(),
            format!("The signature is not usable: {}.", shown(&other.to_string())),
        ),
    };
    let verified = case.library.hands.compute(verify).await.and_then(|verified| verified.map_err(worded));
    let words = "The signature is genuine: nothing was changed since the issuer signed the badge.";
    report.settle(step::PROOF, verified, |()| words.into()).is_some()
}

/// The key the Assertion names as `creator`, if the issuer's profile lists it and the key names the issuer as its owner.
pub(crate) async fn find_key(
    case: &mut Case<'_>,
    creator: Option<&str>,
    linked: &Linked,
) -> Result<PublicKey, Trouble> {
    let listed: Vec<&Value> = match linked.issuer.get("publicKey") {
        Some(Value::Array(entries)) => entries.iter().collect(),
        Some(entry) => vec![entry],
        None => Vec::new(),
    };
    let id_of =
        |entry: &Value| entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str)).map(str::to_owned);
    let mut meant = listed.iter().filter(|entry| match creator {
        Some(creator) => id_of(entry).as_deref() == Some(creator),
        None => true,
    });
    let entry = match (meant.next(), meant.next()) {
        (Some(entry), None) => *entry,
        (Some(_), Some(_)) => {
            return Err(Trouble::flaw(
                "ambiguous_kid",
                "It is not clear which of the issuer's keys signed the badge.",
            ));
        }
        (None, _) => return Err(not_the_issuers()),
    };
    let id = id_of(entry).ok_or_else(not_the_issuers)?;
    let key = if entry.get("publicKeyPem").is_some() {
        entry.clone()
    } else {
        case.library.json(&id, "the issuer's key", Keeping::ISSUER).await?
    };
    let says = |name: &str, wanted: &str| key.get(name).and_then(Value::as_str) == Some(wanted);
    if !says("id", &id) || !says("owner", linked.issuer_id()) {
        return Err(Trouble::flaw(
            "key_not_controlled_by_issuer",
            format!("The key at {} does not name the issuer as its owner.", place_of(&id)),
        ));
    }
    let pem = key.get("publicKeyPem").and_then(Value::as_str).unwrap_or_default();
    PublicKey::from_pem(pem).map_err(|error| {
        Trouble::flaw(error.code(), format!("The issuer's key is not usable: {}.", shown(&error.to_string())))
    })
}

fn not_the_issuers() -> Trouble {
    Trouble::flaw(
        "key_not_controlled_by_issuer",
        "The badge was signed with a key that the issuer it names does not list as its own. Anybody could have made it.",
    )
}
