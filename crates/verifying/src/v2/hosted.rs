//! Hosted Assertions: true is what stands at the Assertion's own address, and nothing else.

use accolade_linked_data::json;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::{
    Reading, examine_additions, examine_recipient, examine_validity, linked, revoke, rules, scope,
    show_assertion, signed,
};
use crate::case::Case;
use crate::hands::Hands;
use crate::library::{ACCEPT_JSON, place_of, shown, unreachable};
use crate::report::steps::{self, v2 as step};
use crate::report::{Format, Report, StatusState, Trouble};

/// Examines an Assertion given as JSON: it is fetched anew from its own address, and the two must be the same.
pub(crate) async fn examine_hosted(case: &mut Case<'_>, presented: Value, report: &mut Report) {
    let is_newer = rules::is_2_1(&presented);
    if signed::is_signed(&presented) {
        report.format = Some(if is_newer { Format::V2p1Signed } else { Format::V2Signed });
        return refuse_unsigned(report);
    }
    report.format = Some(if is_newer { Format::V2p1Hosted } else { Format::V2Hosted });
    let version = if is_newer { "2.1" } else { "2.0" };
    report.pass(steps::FORMAT, format!("This is an Open Badges {version} badge, hosted by its issuer."));
    show_assertion(report, &presented);
    report.settle(step::CONTEXT, rules::context(&presented).map_err(Into::into), |()| {
        "The badge is written in the vocabulary of Open Badges 2.0.".into()
    });
    let hosted = match fetch(case, &presented).await {
        Ok(Hosted::Found(assertion)) => assertion,
        Ok(Hosted::Revoked(reason)) => {
            report.pass(step::HOSTED, "The issuer's server knows the badge.");
            revoke(report, reason);
            return;
        }
        Err(trouble) => {
            report.trouble(step::HOSTED, trouble);
            report.skip(step::STATUS, "Not known, because the badge was not found at its own address.");
            return;
        }
    };
    report.settle(step::HOSTED, compare(&presented, &hosted), |()| {
        "The same badge stands at its own address on the issuer's server.".into()
    });
    report.settle(step::ASSERTION, rules::assertion(&hosted).map_err(Into::into), |()| {
        "The badge follows the rules of the standard.".into()
    });
    let id = hosted.get("id").and_then(Value::as_str).unwrap_or_default();
    let linked = linked::get(case, &hosted, &Reading::AS_THEY_STAND, report).await;
    if let Some(linked) = &linked {
        report.settle(step::SCOPE, scope::check(Some(id), linked).map_err(Into::into), |()| {
            "The badge is hosted where the issuer's badges are.".into()
        });
    }
    report.status.state = StatusState::Active;
    report.pass(step::STATUS, "The issuer's server does not say the badge is revoked.");
    examine_validity(case.now, &hosted, report);
    examine_recipient(case, &hosted, report);
    examine_additions(case, &hosted, linked.as_ref(), report).await;
}

/// What an address that answered 410 Gone says about the Assertion that stood there.
pub(crate) async fn examine_withdrawn(hands: &Hands, url: &str, body: Bytes, report: &mut Report) {
    let said = match hands.read(body.len(), move || json::parse(&body)).await {
        Ok(parsed) => parsed.unwrap_or_default(),
        Err(trouble) => return report.trouble(steps::FETCH, trouble),
    };
    if said.get("revoked") != Some(&Value::Bool(true)) {
        let words = format!("What stood at this address on {} has been taken away for good.", place_of(url));
        report.trouble(steps::FETCH, Trouble::gap("gone", words));
        return;
    }
    report.format = Some(Format::V2Hosted);
    report.pass(steps::FETCH, format!("The server at {} knows the badge.", place_of(url)));
    revoke(report, reason(&said));
}

/// Whether a badge is what its issuer hosts.
pub(crate) fn compare(presented: &Value, hosted: &Value) -> Result<(), Trouble> {
    if presented == hosted {
        return Ok(());
    }
    let empty = Map::new();
    let members = |document: &'_ Value| document.as_object().unwrap_or(&empty).clone();
    let (ours, theirs) = (members(presented), members(hosted));
    let mut names: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differing = names.into_iter().filter(|name| ours.get(*name) != theirs.get(*name));
    let places: Vec<String> = differing.take(3).map(|name| format!("`{}`", shown(name))).collect();
    Err(Trouble::flaw(
        "hosted_copy_differs",
        format!(
            "The badge handed in differs from the issuer's own copy (in {}), and only that copy counts. Somebody changed the \
             badge, or the issuer has changed its copy since: examine the badge by its address to see what the issuer says now.",
            places.join(", ")
        ),
    ))
}

/// The content of a signed badge stands alone.
pub(crate) fn refuse_unsigned(report: &mut Report) {
    report.fail(
        steps::FORMAT,
        "signature_missing",
        "This is the content of a signed badge without its signature, so nobody can tell who wrote it.",
    );
}

/// What stands at the address of an Assertion.
pub(crate) enum Hosted {
    /// A document that does not say it is revoked.
    Found(Value),
    /// The word that it is revoked, with the reason.
    Revoked(Option<String>),
}

async fn fetch(case: &mut Case<'_>, presented: &Value) -> Result<Hosted, Trouble> {
    let id = presented.get("id").and_then(Value::as_str).unwrap_or_default();
    if !rules::is_web(id) {
        return Err(Trouble::flaw("no_address", "The badge is hosted, but does not say at which address."));
    }
    let hosted = fetch_hosted(case, id).await?;
    match &hosted {
        Hosted::Found(document) if document.get("id").and_then(Value::as_str) != Some(id) => {
            Err(Trouble::flaw("id_mismatch", "At the badge's own address stands another badge."))
        }
        _ => Ok(hosted),
    }
}

/// Gets what stands at the address of an Assertion, now and not from any copy.
pub(crate) async fn fetch_hosted(case: &mut Case<'_>, id: &str) -> Result<Hosted, Trouble> {
    let fetched = case.library.fetch(id, ACCEPT_JSON).await;
    let fetched = fetched.map_err(|error| unreachable(id, "the badge's own copy", error))?;
    let status = fetched.status;
    let document = case.library.hands.read(fetched.body.len(), move || json::parse(&fetched.body)).await?;
    match status {
        410 => Ok(Hosted::Revoked(document.ok().as_ref().and_then(reason))),
        200 => {
            let document = document.map_err(|_| {
                Trouble::gap(
                    "not_json",
                    format!("What stands at the badge's own address ({}) is not readable.", place_of(id)),
                )
            })?;
            if document.get("revoked") == Some(&Value::Bool(true)) {
                return Ok(Hosted::Revoked(reason(&document)));
            }
            Ok(Hosted::Found(document))
        }
        403 => Err(Trouble::gap(
            "private",
            format!(
                "The badge is private: the issuer's server at {} shows it only to those whom its holder gave a link. Ask the holder for \
                 that link, or for the signed badge itself.",
                place_of(id)
            ),
        )),
        404 => Err(Trouble::flaw("hosted_missing", "The issuer's server does not have this badge.")),
        _ => Err(Trouble::gap(
            "unreachable",
            format!("The issuer's server at {} did not give the badge.", place_of(id)),
        )),
    }
}

fn reason(said: &Value) -> Option<String> {
    said.get("revocationReason").and_then(Value::as_str).map(shown)
}
