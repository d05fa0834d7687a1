//! Signed Assertions of 1.1 and 1.0: the key stands at `verify.url`, on the issuer's own server.

use std::sync::Arc;

use accolade_linked_data::json;
use accolade_signing::PublicKey;
use serde_json::Value;

use super::{is_newer, revocation, upgrade, version};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{place_of, same_origin, shown, unreachable};
use crate::report::steps::{self, v1 as step};
use crate::report::{Format, Report, Trouble};
use crate::v2::{self, Linked};

/// What we ask for where a key is needed.
const ACCEPT_KEY: &str = "application/x-pem-file, text/plain;q=0.9, application/json;q=0.8, */*;q=0.1";

/// Examines a signed Assertion. `payload` is the token's own.
pub(crate) async fn examine_signed(
    case: &mut Case<'_>,
    token: Arc<str>,
    payload: Value,
    report: &mut Report,
) {
    report.format = Some(Format::V1Signed);
    report.pass(
        steps::FORMAT,
        format!(
            "This is an early badge (Open Badges {}), signed by its issuer. It was read as version 2.0 would have it, and \
             judged by the rules of that.",
            version(&payload)
        ),
    );
    let uid = payload.get("uid").or_else(|| payload.get("id")).and_then(Value::as_str).unwrap_or_default();
    let assertion = upgrade::assertion(&payload, uid);
    v2::show_assertion(report, &assertion);
    report.settle(step::ASSERTION, v2::check_signed_rules(&assertion), |()| {
        "The badge has the parts that the standard demands.".into()
    });
    let Some(linked) = v2::get_linked(case, &assertion, &upgrade::READING, report).await else {
        report.skip(step::PROOF, "Not checked, because the issuer's profile is needed for it.");
        return;
    };
    report.settle(step::SCOPE, v2::scope::check(None, &linked).map_err(Into::into), |()| {
        "The description of the badge stands where the issuer's documents are.".into()
    });
    let key = find_key(case, &assertion, &linked).await;
    let key = note_key(key, report);
    if v2::examine_proof(case, token, key, report).await {
        revocation::examine(case, &assertion, &linked, report).await;
    } else {
        report.skip(step::STATUS, "Not looked up, because the badge could not be shown to be the issuer's.");
    }
    v2::examine_validity(case.now, &assertion, report);
    v2::examine_recipient(case, &assertion, report);
    v2::examine_additions(case, &assertion, Some(&linked), report).await;
}

/// A key, and what ties it to the issuer.
enum Key {
    /// Profile and key name each other.
    Listed(PublicKey),
    /// It is on the server of the issuer's profile.
    OnTheServer(PublicKey),
}

fn note_key(found: Result<Key, Trouble>, report: &mut Report) -> Option<PublicKey> {
    match found {
        Ok(Key::Listed(key)) => {
            report.pass(
                step::KEY,
                "The key is listed in the issuer's profile, and the key's own document names the issuer.",
            );
            Some(key)
        }
        Ok(Key::OnTheServer(key)) => {
            report.warn(
                step::KEY,
                "key_by_origin",
                "The key stands on the issuer's own server, which is all that ties it to the issuer in badges of that age. \
                 Whoever may put files there could have made the badge.",
            );
            Some(key)
        }
        Err(trouble) => {
            report.trouble(step::KEY, trouble);
            None
        }
    }
}

/// The key at `verify.url`, which must be on the issuer's server. An issuer whose profile is of 2.0, or lists keys, has to
/// list this one: what it says about its keys binds old badges as well.
async fn find_key(case: &mut Case<'_>, assertion: &Value, linked: &Linked) -> Result<Key, Trouble> {
    let url = assertion.pointer("/verify/url").and_then(Value::as_str).filter(|url| v2::is_web(url));
    let url = url
        .ok_or_else(|| Trouble::flaw("no_key", "The badge is signed, but does not say where the key is."))?;
    if is_newer(&linked.issuer) || linked.issuer.get("publicKey").is_some() {
        return v2::find_listed_key(case, Some(url), linked).await.map(Key::Listed);
    }
    if !same_origin(url, linked.issuer_id()) {
        return Err(Trouble::flaw(
            "key_not_controlled_by_issuer",
            format!(
                "The badge was signed with a key at {}, which is not the server of the issuer it names. Anybody could have \
                 made it.",
                place_of(url)
            ),
        ));
    }
    let what = "the issuer's key";
    let fetched = case.library.fetch_kept(url, ACCEPT_KEY, Keeping::ISSUER).await;
    let fetched = fetched.map_err(|error| unreachable(url, what, error))?;
    if fetched.status != 200 {
        return Err(Trouble::gap(
            "not_found",
            format!("There is no key at the address the badge names ({}).", place_of(url)),
        ));
    }
    let body = fetched.body;
    let read = move || {
        let text = String::from_utf8_lossy(&body);
        let document = json::parse(&body).ok();
        let pem = document.as_ref().and_then(|document| document.get("publicKeyPem")).and_then(Value::as_str);
        PublicKey::from_pem(pem.unwrap_or(&text))
    };
    case.library.hands.compute(read).await?.map(Key::OnTheServer).map_err(|error| {
        Trouble::flaw(error.code(), format!("The issuer's key is not usable: {}.", shown(&error.to_string())))
    })
}
