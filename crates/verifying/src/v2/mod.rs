//! Open Badges 2.0: an Assertion that is hosted at its own address, or signed.

mod extensions;
mod hosted;
mod linked;
mod mentions;
mod revocation;
pub(crate) mod rules;
pub(crate) mod scope;
mod signed;

use accolade_core::Timestamp;
use serde_json::Value;

use crate::case::{Case, LEEWAY_SECONDS};
use crate::library::{shown, shown_id};
use crate::report::steps::v2 as step;
use crate::report::{
    AchievementView, CredentialView, IssuerView, RecipientView, Report, StatusState, StatusView, Trouble,
};
use crate::subject::{Identity, same_person};

pub(crate) use hosted::{Hosted, compare, examine_hosted, examine_withdrawn, fetch_hosted, refuse_unsigned};
pub(crate) use linked::{Linked, Reading, get as get_linked};
pub(crate) use revocation::examine as examine_revocation;
pub(crate) use rules::{CONTEXTS, is_web, texts};
pub(crate) use signed::{
    check_rules as check_signed_rules, examine_proof, examine_signed, find_key as find_listed_key, is_signed,
};

/// Whether a JSON document claims to be an Assertion.
pub(crate) fn is_meant(document: &Value) -> bool {
    let says = |name: &str, wanted: &str| {
        rules::texts(document.get(name)).any(|text| text == wanted || text.starts_with(wanted))
    };
    says("@context", "https://w3id.org/openbadges/")
        || says("@context", rules::OB_V2P1)
        || says("type", "Assertion")
}

/// Looks at what does not decide about a badge: its extensions, and what it names beside itself.
pub(crate) async fn examine_additions(
    case: &mut Case<'_>,
    assertion: &Value,
    linked: Option<&Linked>,
    report: &mut Report,
) {
    if let Some(linked) = linked {
        mentions::note(assertion, linked, report);
        extensions::examine(case, assertion, linked, report).await;
    }
}

pub(crate) fn revoke(report: &mut Report, reason: Option<String>) {
    let words = match &reason {
        Some(reason) => format!("The issuer has revoked the badge: {reason}"),
        None => "The issuer has revoked the badge: it no longer counts.".into(),
    };
    report.status = StatusView { state: StatusState::Revoked, reason };
    report.fail(step::STATUS, "revoked", words);
}

/// `issuedOn` may lie 300 seconds ahead, because clocks differ; `expires` has no grace.
pub(crate) fn examine_validity(now: Timestamp, assertion: &Value, report: &mut Report) {
    let moment = |name: &str| match assertion.get(name) {
        None => Ok(None),
        Some(value) => {
            value.as_str().and_then(|text| Timestamp::parse(text).ok()).map(Some).ok_or_else(|| {
                Trouble::flaw(
                    "bad_date",
                    format!("The badge's `{name}` is not a date-time with a time zone."),
                )
            })
        }
    };
    let judge = || {
        let issued = moment("issuedOn")?
            .ok_or_else(|| Trouble::flaw("no_start", "The badge does not say when it was issued."))?;
        if issued > now.plus_seconds(LEEWAY_SECONDS) {
            return Err(Trouble::flaw(
                "not_yet_valid",
                format!("The badge says it was issued at {issued}, which is yet to come."),
            ));
        }
        match moment("expires")? {
            Some(end) if end < now => {
                Err(Trouble::flaw("expired", format!("The badge expired: it was valid until {end}.")))
            }
            end => Ok((issued, end)),
        }
    };
    report.settle(step::VALIDITY, judge(), |(issued, end)| match end {
        Some(end) => format!("The badge is within its time: issued at {issued}, valid until {end}."),
        None => format!("The badge was issued at {issued} and does not end."),
    });
}

pub(crate) fn examine_recipient(case: &Case<'_>, assertion: &Value, report: &mut Report) {
    let Some(expected) = &case.expectations.recipient else {
        report.skip(
            step::RECIPIENT,
            "Not compared: say whom the badge should have been awarded to, and it will be.",
        );
        return;
    };
    let recipient = assertion.get("recipient");
    let text = |name: &str| recipient.and_then(|recipient| recipient.get(name)).and_then(Value::as_str);
    let stated = text("identity");
    let identity = stated.map(|value| Identity {
        value,
        // Early badges leave `hashed` out and still hash.
        hashed: recipient
            .and_then(|recipient| recipient.get("hashed"))
            .and_then(Value::as_bool)
            .unwrap_or_else(|| value.contains('$')),
        salt: text("salt").unwrap_or_default(),
    });
    let result = same_person(expected, None, identity.into_iter());
    if let Some(view) = &mut report.recipient {
        view.matches = match &result {
            Ok(()) => Some(true),
            Err(Trouble::Flaw(_)) => Some(false),
            Err(Trouble::Gap(_)) => None,
        };
    }
    report.settle(step::RECIPIENT, result, |()| "The badge was awarded to the expected recipient.".into());
}

pub(crate) fn show_assertion(report: &mut Report, assertion: &Value) {
    report.credential = Some(CredentialView {
        id: assertion.get("id").and_then(Value::as_str).map(shown_id),
        name: None,
        awarded_date: None,
        valid_from: moment(assertion, "issuedOn"),
        valid_until: moment(assertion, "expires"),
    });
    let recipient = assertion.get("recipient");
    report.recipient = recipient.map(|recipient| RecipientView {
        id: None,
        name: None,
        identified_by: text(recipient, "type").into_iter().collect(),
        matches: None,
    });
}

/// A date-time of an Assertion, where it has a readable one.
pub(crate) fn moment(assertion: &Value, name: &str) -> Option<Timestamp> {
    Timestamp::parse(assertion.get(name)?.as_str()?).ok()
}

/// Shows what a badge stands for, by its own word.
pub(crate) fn show_badge(report: &mut Report, badge: &Value) {
    report.achievement = Some(AchievementView {
        id: badge.get("id").and_then(Value::as_str).map(shown_id),
        name: text(badge, "name"),
        description: text(badge, "description"),
        achievement_type: None,
    });
}

/// Shows an issuer, by its own word.
pub(crate) fn show_issuer(report: &mut Report, issuer: &Value) {
    report.issuer = Some(IssuerView {
        id: issuer.get("id").and_then(Value::as_str).map(shown_id).unwrap_or_default(),
        name: text(issuer, "name"),
        url: text(issuer, "url"),
    });
}

fn text(object: &Value, name: &str) -> Option<String> {
    rules::texts(object.get(name)).next().map(shown)
}
