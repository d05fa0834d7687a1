//! Orders: what a caller wants awarded, read strictly. Every fault is named with its pointer; nothing is guessed.

mod form;
pub(crate) mod recipient;
pub(crate) mod shape;
pub(crate) mod text;

use accolade_core::Timestamp;
use accolade_linked_data::jcs;
use serde_json::{Map, Value};

pub(crate) use form::{Form, escape, kind_of};
pub use recipient::{Identity, IdentityKind, Recipient};
pub(crate) use text::sound_throughout;

use crate::{Fault, OfficeError, Visibility};
use shape::Shape;

/// What happens when the recipient holds the achievement already: an award that is neither revoked nor expired.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DuplicatePolicy {
    /// Refuse, naming the award that is there.
    #[default]
    Reject,
    /// Answer with the award that is there.
    ReturnExisting,
    /// Award again.
    Allow,
}

/// A wish to award an achievement, read and sound in itself. Whether it makes a good credential is checked when awarding.
#[derive(Clone, PartialEq)]
pub struct AwardOrder {
    /// Who gets it.
    pub recipient: Recipient,
    /// The caller's own name for the award, unique per issuer.
    pub external_id: Option<String>,
    /// When it was earned; now, where nothing is said.
    pub awarded_date: Option<Timestamp>,
    /// From when it is valid; now, where nothing is said.
    pub valid_from: Option<Timestamp>,
    /// Until when it is valid.
    pub valid_until: Option<Timestamp>,
    /// Who may see it.
    pub visibility: Visibility,
    /// What to do about a duplicate.
    pub on_duplicate: DuplicatePolicy,
    /// Check and show the credential, but neither sign nor store it.
    pub dry_run: bool,
    /// `evidence` and `image` of the credential, completed to full OB 3.0 objects.
    pub(crate) credential_members: Map<String, Value>,
    /// Members of the AchievementSubject (`result`, `narrative`, …), completed to full OB 3.0 objects.
    pub(crate) subject_members: Map<String, Value>,
    /// The order as it came, in one canonical text: two orders are the same order when these are equal.
    pub(crate) canonical: String,
}

/// Personal data stays out of logs: neither recipient, nor evidence, nor results are shown.
impl std::fmt::Debug for AwardOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AwardOrder")
            .field("recipient", &self.recipient)
            .field("external_id", &self.external_id)
            .field("visibility", &self.visibility)
            .field("on_duplicate", &self.on_duplicate)
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}

const MEMBERS: &[&str] = &[
    "recipient",
    "externalId",
    "awardedDate",
    "validFrom",
    "validUntil",
    "evidence",
    "image",
    "result",
    "narrative",
    "creditsEarned",
    "activityStartDate",
    "activityEndDate",
    "licenseNumber",
    "role",
    "term",
    "source",
    "visibility",
    "onDuplicate",
    "dryRun",
];

/// Members of the order that go onto the credential itself.
pub(crate) const CREDENTIAL_MEMBERS: &[&str] = &["evidence", "image"];

/// Members of the order that go into the AchievementSubject.
pub(crate) const SUBJECT_MEMBERS: &[&str] = &[
    "result",
    "narrative",
    "creditsEarned",
    "activityStartDate",
    "activityEndDate",
    "licenseNumber",
    "role",
    "term",
    "source",
];

const POLICIES: &[(&str, DuplicatePolicy)] = &[
    ("reject", DuplicatePolicy::Reject),
    ("return-existing", DuplicatePolicy::ReturnExisting),
    ("allow", DuplicatePolicy::Allow),
];

impl AwardOrder {
    /// Reads an order. All faults are found at once, with pointers into `body`.
    pub fn parse(body: &Value) -> Result<AwardOrder, OfficeError> {
        let mut faults = Vec::new();
        let order = read(body, &mut faults);
        // A text can be met twice: on the walk over everything, and where it is read. One fault is enough.
        faults.sort_by(|a, b| (&a.pointer, &a.rule).cmp(&(&b.pointer, &b.rule)));
        faults.dedup_by(|a, b| (&a.pointer, &a.rule) == (&b.pointer, &b.rule));
        match order {
            Some(order) if faults.is_empty() => Ok(order),
            _ => Err(OfficeError::Rejected(faults)),
        }
    }
}

fn read(body: &Value, faults: &mut Vec<Fault>) -> Option<AwardOrder> {
    let form = Form::open(body, "", MEMBERS, faults)?;
    text::sound_throughout(body, "", faults);
    let mut filled = body.clone();
    shape::complete(&mut filled, &shape::ORDER, "", faults);
    let recipient = match form.value("recipient") {
        Some(value) => recipient::read(value, "/recipient", faults),
        None => {
            faults.push(Fault::new(
                "/recipient",
                "required",
                "say who the recipient is, such as {\"email\": …}",
            ));
            None
        }
    };
    let order = AwardOrder {
        external_id: form.text("externalId", 255, faults),
        awarded_date: form.time("awardedDate", faults),
        valid_from: signable(form.time("validFrom", faults), faults),
        valid_until: form.time("validUntil", faults),
        visibility: form.choice("visibility", Visibility::NAMED, faults).unwrap_or_default(),
        on_duplicate: form.choice("onDuplicate", POLICIES, faults).unwrap_or_default(),
        dry_run: form.flag("dryRun", faults).unwrap_or(false),
        credential_members: take(&filled, CREDENTIAL_MEMBERS),
        subject_members: normal_times(take(&filled, SUBJECT_MEMBERS), &form, faults),
        canonical: canonical(body),
        recipient: recipient?,
    };
    Some(order)
}

/// `validFrom` is the claim `nbf` of the VC-JWT, too, whose seconds count from 1970.
fn signable(valid_from: Option<Timestamp>, faults: &mut Vec<Fault>) -> Option<Timestamp> {
    if valid_from.is_some_and(|time| time.unix_seconds() < 0) {
        faults.push(Fault::new(
            "/validFrom",
            "too_early",
            "a credential is valid from 1970 on, at the earliest",
        ));
    }
    valid_from
}

/// Without `dryRun`: a dry run is answered as the order would be that it tries.
fn canonical(body: &Value) -> String {
    let mut order = body.clone();
    if let Some(members) = order.as_object_mut() {
        members.remove("dryRun");
    }
    jcs::canonicalize(&order)
}

fn take(from: &Value, members: &[&str]) -> Map<String, Value> {
    members
        .iter()
        .filter_map(|name| from.get(name).map(|value| ((*name).to_owned(), value.clone())))
        .filter(|(name, value)| !shape::is_empty_list(name, value))
        .collect()
}

/// Writes the activity's dates as whole seconds in UTC, like every time we sign.
fn normal_times(
    mut members: Map<String, Value>,
    form: &Form<'_>,
    faults: &mut Vec<Fault>,
) -> Map<String, Value> {
    for name in ["activityStartDate", "activityEndDate"] {
        if let Some(time) = form.time(name, faults) {
            members.insert(name.to_owned(), Value::String(time.to_string()));
        }
    }
    members
}

/// Reads the members of a class that a caller may write (Profile, Achievement), completed to full OB 3.0 objects.
pub(crate) fn members_of(body: &Value, shape: &'static Shape) -> Result<Map<String, Value>, OfficeError> {
    let mut faults = Vec::new();
    text::sound_throughout(body, "", &mut faults);
    let mut filled = body.clone();
    shape::complete(&mut filled, shape, "", &mut faults);
    match filled {
        Value::Object(mut members) if faults.is_empty() => {
            members.retain(|name, value| !shape::is_empty_list(name, value));
            Ok(members)
        }
        _ => Err(OfficeError::Rejected(faults)),
    }
}

/// Merges a patch of members into those that are there ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)), one
/// level deep: a member is replaced as a whole, `null` takes it away. What nobody knows stays in for the reader to refuse.
pub(crate) fn patched(
    mut members: Map<String, Value>,
    patch: &Value,
    is_known: impl Fn(&str) -> bool,
) -> Result<Map<String, Value>, OfficeError> {
    let Value::Object(changes) = patch else {
        let detail =
            format!("an object of the members to change is wanted here, not {}", form::kind_of(patch));
        return Err(OfficeError::rejected("", "wrong_type", detail));
    };
    for (name, value) in changes {
        if value.is_null() && is_known(name) {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_order_is_read_whole() {
        let order = AwardOrder::parse(&json!({
            "recipient": { "email": "ana@example.org", "name": "Ana" },
            "externalId": "42",
            "validUntil": "2029-11-23T11:00:00+01:00",
            "activityStartDate": "2026-09-01T08:00:00.500Z",
            "evidence": [{ "id": "https://example.edu/work/17" }],
            "result": [],
            "onDuplicate": "return-existing",
        }))
        .unwrap();
        assert_eq!(order.valid_until.unwrap().to_string(), "2029-11-23T10:00:00Z");
        assert_eq!(order.on_duplicate, DuplicatePolicy::ReturnExisting);
        assert_eq!(order.credential_members["evidence"][0]["type"], json!(["Evidence"]));
        assert_eq!(order.subject_members["activityStartDate"], "2026-09-01T08:00:00Z");
        assert!(!order.subject_members.contains_key("result"), "an empty list says nothing");
    }

    #[test]
    fn a_badge_is_valid_from_1970_on_at_the_earliest() {
        let order = |time: &str| json!({ "recipient": { "email": "ana@example.org" }, "validFrom": time });
        assert!(AwardOrder::parse(&order("1970-01-01T00:00:00Z")).is_ok());
        let Err(OfficeError::Rejected(faults)) = AwardOrder::parse(&order("0059-11-07T21:02:05Z")) else {
            panic!("a time before 1970 was taken");
        };
        assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), ("/validFrom", "too_early"));
    }

    #[test]
    fn debug_output_of_an_order_holds_no_personal_data() {
        let body =
            json!({ "recipient": { "email": "ana@example.org", "name": "Ana Ruiz" }, "narrative": "secret" });
        let shown = format!("{:?}", AwardOrder::parse(&body).unwrap());
        for personal in ["ana@", "Ana Ruiz", "secret"] {
            assert!(!shown.contains(personal), "{shown}");
        }
    }
}
