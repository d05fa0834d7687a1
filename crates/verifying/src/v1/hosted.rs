//! Hosted Assertions of 1.1 and older: true is what stands at `verify.url`.

use serde_json::Value;

use super::{is_earliest, is_newer, upgrade, version};
use crate::case::Case;
use crate::library::{same_origin, shown};
use crate::report::steps::{self, v1 as step};
use crate::report::{Flaw, Format, Report, StatusState, Trouble};
use crate::v2::{self, Hosted, Linked};

/// Examines an Assertion given as JSON. `found_at` is where it was read, if it was read anywhere: badges of 2011 do not say.
pub(crate) async fn examine_hosted(
    case: &mut Case<'_>,
    presented: Value,
    found_at: Option<String>,
    report: &mut Report,
) {
    if v2::is_signed(&presented) {
        report.format = Some(Format::V1Signed);
        return v2::refuse_unsigned(report);
    }
    report.format = Some(Format::V1Hosted);
    report.pass(
        steps::FORMAT,
        format!(
            "This is an early badge (Open Badges {}), hosted by its issuer. It was read as version 2.0 would have it, and \
             judged by the rules of that.",
            version(&presented)
        ),
    );
    let Some(address) = address(&presented, found_at) else {
        report.fail(
            step::HOSTED,
            "no_address",
            "The badge does not say at which address its issuer hosts it, so nobody can look whether it is genuine. Give that \
             address instead.",
        );
        return;
    };
    let raised = upgrade::assertion(&presented, &address);
    v2::show_assertion(report, &raised);
    if let Err(flaw) = own_address(&presented, &address) {
        report.trouble(step::ASSERTION, flaw.into());
    }
    match v2::fetch_hosted(case, &address).await {
        Ok(Hosted::Found(document)) => {
            examine_found(case, &presented, &document, &address, report).await;
        }
        Ok(Hosted::Revoked(reason)) => {
            report.pass(step::HOSTED, "The issuer's server knows the badge.");
            v2::revoke(report, reason);
        }
        Err(trouble) => {
            report.trouble(step::HOSTED, trouble);
            report.skip(step::STATUS, "Not known, because the badge was not found at its own address.");
        }
    }
}

/// Where the Assertion says it is hosted.
fn address(presented: &Value, found_at: Option<String>) -> Option<String> {
    let stated = presented.get("verify").and_then(|verify| verify.get("url")).or_else(|| presented.get("id"));
    let stated = stated.and_then(Value::as_str).filter(|url| v2::is_web(url)).map(str::to_owned);
    if is_earliest(presented) { found_at } else { stated }
}

/// 1.1 may state its address twice; then both must be one.
fn own_address(presented: &Value, address: &str) -> Result<(), Flaw> {
    match presented.get("id").and_then(Value::as_str) {
        Some(id) if v2::is_web(id) && id != address => Err(Flaw::new(
            "id_mismatch",
            format!("The badge names two addresses as its own: {} and {}.", shown(id), shown(address)),
        )),
        _ => Ok(()),
    }
}

async fn examine_found(
    case: &mut Case<'_>,
    presented: &Value,
    document: &Value,
    address: &str,
    report: &mut Report,
) {
    let assertion = if is_newer(document) { document.clone() } else { upgrade::assertion(document, address) };
    v2::show_assertion(report, &assertion);
    report.settle(step::HOSTED, compare(presented, document, &assertion, address), |words| (*words).into());
    report.settle(step::ASSERTION, v2::rules::assertion(&assertion).map_err(Into::into), |()| {
        "The badge has the parts that the standard demands.".into()
    });
    let linked = if is_earliest(document) {
        earliest(document, address, report)
    } else {
        v2::get_linked(case, &assertion, &upgrade::READING, report).await
    };
    if let Some(linked) = &linked {
        report.settle(step::SCOPE, v2::scope::check(Some(address), linked).map_err(Into::into), |()| {
            "The badge is hosted where the issuer's documents are.".into()
        });
    }
    report.status.state = StatusState::Active;
    report.pass(step::STATUS, "The issuer's server does not say the badge is revoked.");
    v2::examine_validity(case.now, &assertion, report);
    v2::examine_recipient(case, &assertion, report);
    v2::examine_additions(case, &assertion, linked.as_ref(), report).await;
}

/// Whether the hosted copy is the same badge. An issuer may by now host it in the form of 2.0: then that must say all that the
/// one handed in says.
fn compare(
    presented: &Value,
    hosted: &Value,
    raised: &Value,
    address: &str,
) -> Result<&'static str, Trouble> {
    if is_newer(hosted) && presented != hosted {
        if hosted.get("id").and_then(Value::as_str) != Some(address) {
            return Err(Trouble::flaw("id_mismatch", "At the badge's own address stands another badge."));
        }
        if v2::is_signed(hosted) {
            return Err(Trouble::flaw(
                "wrong_type",
                "At the badge's own address stands the content of a signed badge, which proves nothing there.",
            ));
        }
        if says_all(raised, &upgrade::assertion(presented, address)) {
            return Ok(
                "The same badge stands at its own address on the issuer's server, by now in a newer form.",
            );
        }
    }
    v2::compare(presented, hosted)
        .map(|()| "The same badge stands at its own address on the issuer's server.")
}

/// Whether an Assertion says every single thing that an older form of it says.
fn says_all(newer: &Value, older: &Value) -> bool {
    /// What the two forms have by their nature.
    const OWN_WAYS: [&str; 6] = ["@context", "id", "type", "uid", "verify", "image"];
    let members = older.as_object().into_iter().flatten();
    members.filter(|(name, _)| !OWN_WAYS.contains(&name.as_str())).all(|(name, value)| {
        let Some(said) = newer.get(name) else { return false };
        match name.as_str() {
            "issuedOn" | "expires" => {
                v2::moment(older, name).is_some() && v2::moment(older, name) == v2::moment(newer, name)
            }
            "recipient" => {
                value.as_object().into_iter().flatten().all(|(name, value)| said.get(name) == Some(value))
            }
            // An address may by now be an object with that id, or a list with it.
            _ => said == value || (value.is_string() && is_about(said, value)),
        }
    })
}

fn is_about(said: &Value, address: &Value) -> bool {
    match said {
        Value::Array(entries) => {
            matches!(entries.as_slice(), [entry] if entry == address || is_about(entry, address))
        }
        said => said.get("id") == Some(address),
    }
}

/// A badge of 2011 is its own description, and its issuer is whoever has the server it names.
fn earliest(document: &Value, address: &str, report: &mut Report) -> Option<Linked> {
    let (badge, issuer) = upgrade::earliest(document, address);
    v2::show_badge(report, &badge);
    v2::show_issuer(report, &issuer);
    report.settle(step::BADGE, v2::rules::badge_class(&badge).map_err(Into::into), |()| {
        "What the badge stands for is described in the badge itself.".into()
    })?;
    let origin = issuer.get("origin").and_then(Value::as_str).unwrap_or_default();
    let result = v2::rules::issuer(&issuer, upgrade::READING.issuer_members).map_err(Trouble::from);
    let result = result.and_then(|()| {
        if same_origin(origin, address) {
            return Ok(());
        }
        Err(Trouble::flaw(
            "outside_issuer_scope",
            "The badge names an issuer with another server than the one it stands on. Anybody could have put it there.",
        ))
    });
    report.settle(step::ISSUER, result, |()| {
        format!("The badge stands on the server of the issuer it names ({}). Badges of that age say no more about it.", shown(origin))
    })?;
    Some(Linked { badge, issuer })
}
