//! Whether the issuer still stands by the badge: `BitstringStatusListEntry`, and the older `StatusList2021Entry` and
//! `1EdTechRevocationList`.

mod list;
mod revocations;

use serde_json::Value;

use super::{shape, views};
use crate::case::Case;
use crate::library::shown;
use crate::report::steps::v3 as step;
use crate::report::{Report, StatusState, StatusView, Trouble};

/// The most status entries of one badge looked at.
const MOST_ENTRIES: usize = 4;

/// What one entry says.
struct Said {
    purpose: String,
    value: u8,
    /// What the issuer says about it, in its own words.
    reason: Option<String>,
}

/// Looks up every status entry of a badge that was found to be the issuer's.
pub(super) async fn examine(case: &mut Case<'_>, credential: &Value, is_partial: bool, report: &mut Report) {
    let entries: Vec<&Value> =
        credential.get("credentialStatus").into_iter().flat_map(shape::several).collect();
    if entries.is_empty() && is_partial {
        report.status = StatusView { state: StatusState::Unknown, reason: None };
        report.skip(
            step::STATUS,
            "The badge as it is shown names no place where its issuer would tell of a revocation; the holder may have left \
             it out.",
        );
        return;
    }
    if entries.is_empty() {
        report.status = StatusView { state: StatusState::None, reason: None };
        report.pass(
            step::STATUS,
            "The issuer names no place where it would tell of a revocation, so there is nothing to look up.",
        );
        return;
    }
    if entries.len() > MOST_ENTRIES {
        report.status.state = StatusState::Unknown;
        let words =
            "The badge names more places to look up its status than are looked at, so it is not known.";
        report.trouble(step::STATUS, Trouble::gap("too_many_status_entries", words));
        return;
    }
    let issuer = views::issuer_id(credential).unwrap_or_default().to_owned();
    report.status.state = StatusState::Active;
    for entry in entries {
        match examine_entry(case, &issuer, credential, entry).await {
            Ok(said) => conclude(said, report),
            Err(trouble) => {
                worsen(report, StatusState::Unknown, None);
                report.trouble(step::STATUS, trouble);
            }
        }
    }
}

/// Whether whoever made an endorsement has withdrawn it since. The first trouble counts.
pub(super) async fn withdrawn(case: &mut Case<'_>, credential: &Value) -> Result<(), Trouble> {
    let issuer = views::issuer_id(credential).unwrap_or_default().to_owned();
    let entries = credential.get("credentialStatus").into_iter().flat_map(shape::several);
    for entry in entries.take(MOST_ENTRIES) {
        let said = examine_entry(case, &issuer, credential, entry).await?;
        if said.value != 0 && matches!(said.purpose.as_str(), "revocation" | "suspension") {
            return Err(Trouble::flaw("revoked", "Whoever gave it has taken it back."));
        }
    }
    Ok(())
}

fn conclude(said: Said, report: &mut Report) {
    let words = said.reason.clone();
    let reason = said.reason.map(|reason| format!(" The issuer says: {reason}")).unwrap_or_default();
    match (said.purpose.as_str(), said.value) {
        (purpose, 0) => report
            .pass(step::STATUS, format!("The issuer's list does not mark the badge ({}).", shown(purpose))),
        ("revocation", _) => {
            worsen(report, StatusState::Revoked, words);
            report.fail(
                step::STATUS,
                "revoked",
                format!("The issuer has revoked the badge: it no longer counts.{reason}"),
            );
        }
        ("suspension", _) => {
            worsen(report, StatusState::Suspended, words);
            report.fail(
                step::STATUS,
                "suspended",
                format!("The issuer has suspended the badge: at present it does not count.{reason}"),
            );
        }
        ("refresh", _) => report.warn(
            step::STATUS,
            "refresh_available",
            format!("The issuer says that there is a newer version of the badge; ask whoever shows it for that.{reason}"),
        ),
        (purpose, value) => report.warn(
            step::STATUS,
            "status_message",
            format!(
                "The issuer's list carries a note about the badge ({}: {value}).{reason}",
                shown(purpose)
            ),
        ),
    }
}

/// Of what several entries say, the worst counts, in whichever order they stand.
fn worsen(report: &mut Report, state: StatusState, reason: Option<String>) {
    let gravity = |state: StatusState| match state {
        StatusState::None | StatusState::Active => 0,
        StatusState::Unknown => 1,
        StatusState::Suspended => 2,
        StatusState::Revoked => 3,
    };
    if gravity(state) > gravity(report.status.state) {
        report.status = StatusView { state, reason };
    }
}

async fn examine_entry(
    case: &mut Case<'_>,
    issuer: &str,
    credential: &Value,
    entry: &Value,
) -> Result<Said, Trouble> {
    if shape::texts(entry.get("type")).any(|kind| kind == revocations::TYPE) {
        return in_revocations(case, issuer, credential, entry).await;
    }
    let Some(standard) = shape::texts(entry.get("type")).find_map(list::Standard::of_entry) else {
        let kind = shape::texts(entry.get("type")).next().unwrap_or("unnamed");
        return Err(Trouble::gap(
            "status_type_unsupported",
            format!("The issuer tells of revocations in a way this verifier cannot read ({}).", shown(kind)),
        ));
    };
    let messages = entry.get("statusMessage");
    let entry = list::Entry {
        standard,
        list_url: text(entry, "statusListCredential")?,
        purpose: text(entry, "statusPurpose")?,
        index: entry.get("statusListIndex").unwrap_or(&Value::Null),
        size: entry.get("statusSize"),
    };
    let value = list::look_up(case, issuer, &entry).await?;
    Ok(Said { purpose: entry.purpose.to_owned(), value, reason: message(messages, value) })
}

/// What the list of messages in a badge says about a state; states are written in hexadecimal there.
fn message(messages: Option<&Value>, value: u8) -> Option<String> {
    let is_meant = |entry: &&Value| {
        let state = entry.get("status").and_then(Value::as_str).and_then(|state| state.strip_prefix("0x"));
        state.and_then(|state| u8::from_str_radix(state, 16).ok()) == Some(value)
    };
    let entry = messages?.as_array()?.iter().find(is_meant)?;
    entry.get("message").and_then(Value::as_str).map(shown)
}

async fn in_revocations(
    case: &mut Case<'_>,
    issuer: &str,
    credential: &Value,
    entry: &Value,
) -> Result<Said, Trouble> {
    let id = text(credential, "id")?;
    let found = revocations::look_up(case, issuer, id, text(entry, "id")?).await?;
    Ok(Said { purpose: "revocation".to_owned(), value: found.is_some().into(), reason: found.flatten() })
}

fn text<'v>(object: &'v Value, name: &str) -> Result<&'v str, Trouble> {
    object.get(name).and_then(Value::as_str).ok_or_else(|| {
        Trouble::flaw("bad_status_entry", format!("The badge's status entry has no usable `{name}`."))
    })
}
