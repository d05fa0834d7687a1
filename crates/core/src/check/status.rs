//! Rules about status entries and schemas.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use super::{formats, walk};
use crate::vocabulary::StatusPurpose;

/// Where Bitstring Status List describes its entries.
const ENTRY: &str = "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry";

rules! {
    STATUS_MEMBER_MISSING: Specification Error/Error "status-member-missing", ENTRY,
        "A Bitstring Status List entry has purpose, index and list.";
    STATUS_INDEX_FORM: Specification Error/Error "status-index-form", ENTRY,
        "The index of a status list entry is a whole number written as a text.";
    STATUS_PURPOSE_UNKNOWN: Specification Error/Warning "status-purpose-unknown", ENTRY,
        "The purpose of a status list entry is revocation, suspension, message or refresh.";
    STATUS_LIST_URL: Specification Error/Error "status-list-url", ENTRY,
        "The list of a status list entry is named by its URL.";
    STATUS_ID_IS_LIST: Specification Error/Warning "status-id-is-list", ENTRY,
        "The id of a status list entry is not the URL of the list.";
    STATUS_DEPRECATED: Specification Warning/Warning "status-deprecated", ob!("credentialstatus"),
        "Status is told by Bitstring Status List; 1EdTechRevocationList is deprecated.";
    SCHEMA_TYPE: Specification Warning/Warning "schema-type", ob!("credentialschema"),
        "One of the schemas is of type 1EdTechJsonSchemaValidator2019.";
}

/// The parts of a status entry.
pub(crate) fn entry(status: &Value, place: &Place<'_>, findings: &mut Findings) {
    match status.get("type").and_then(Value::as_str) {
        Some("BitstringStatusListEntry" | "StatusList2021Entry") => bitstring_entry(status, place, findings),
        Some("1EdTechRevocationList") => {
            let detail = "1EdTechRevocationList is deprecated since 2025; use BitstringStatusListEntry.";
            findings.add(&STATUS_DEPRECATED, &place.member("type"), detail);
        }
        _ => {}
    }
}

fn bitstring_entry(status: &Value, place: &Place<'_>, findings: &mut Findings) {
    for member in ["statusPurpose", "statusListIndex", "statusListCredential"] {
        let at = place.member(member);
        match status.get(member) {
            None | Some(Value::Null) => {
                findings.add(&STATUS_MEMBER_MISSING, &at, format!("A status list entry needs `{member}`."));
            }
            Some(value) => match member {
                "statusPurpose" => purpose(value, &at, findings),
                "statusListIndex" => index(value, &at, findings),
                _ => list(value, status, &at, findings),
            },
        }
    }
}

fn purpose(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    if value.as_str().is_none_or(|text| StatusPurpose::parse(text).is_err()) {
        let detail = format!("`statusPurpose` must be one of {}.", StatusPurpose::TERMS.join(", "));
        findings.add(&STATUS_PURPOSE_UNKNOWN, place, detail);
    }
}

fn index(value: &Value, place: &Place<'_>, findings: &mut Findings) {
    let is_whole =
        |text: &str| !text.is_empty() && text.len() < 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    if value.as_str().is_some_and(is_whole) {
        return;
    }
    let hint =
        if value.is_number() { format!(" Write \"{value}\" instead of {value}.") } else { String::new() };
    let detail = format!("`statusListIndex` must be a whole number written as a text.{hint}");
    findings.add(&STATUS_INDEX_FORM, place, detail);
}

fn list(value: &Value, status: &Value, place: &Place<'_>, findings: &mut Findings) {
    match value.as_str() {
        Some(url) => formats::url(url, place, findings),
        None => {
            let detail = format!("`statusListCredential` must be a URL, not {}.", walk::kind_of(value));
            findings.add(&STATUS_LIST_URL, place, detail);
        }
    }
    if status.get("id") == Some(value) {
        let detail = "The entry's `id` must not be the URL of the list; leave it out or add a fragment.";
        findings.add(&STATUS_ID_IS_LIST, place, detail);
    }
}

/// Who names schemas names one that verifiers know how to apply.
pub(crate) fn schemas(credential: &Value, place: &Place<'_>, findings: &mut Findings) {
    let Some(Value::Array(schemas)) = credential.get("credentialSchema") else { return };
    let is_known =
        |schema: &Value| schema.get("type").is_some_and(|name| name == "1EdTechJsonSchemaValidator2019");
    if !schemas.is_empty() && !schemas.iter().any(is_known) {
        let detail = "One of the schemas must be of type 1EdTechJsonSchemaValidator2019.";
        findings.add(&SCHEMA_TYPE, &place.member("credentialSchema"), detail);
    }
}
