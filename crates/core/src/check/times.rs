//! Rules about what comes before what.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use crate::time::Timestamp;

rules! {
    VALIDITY_ENDS_BEFORE: Specification Error/Error "validity-ends-before", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period",
        "`validUntil` is not before `validFrom`.";
    AWARDED_AFTER: Specification Warning/Warning "awarded-after", ob!("achievementcredential"),
        "`awardedDate` is not after `validFrom`.";
    TIME_BEYOND_SECONDS: House Warning/Warning "time-beyond-seconds", ob!("jwt-proof"),
        "`validFrom` and `validUntil` are whole seconds, which a JWT states again.";
    ACTIVITY_ENDS_BEFORE: Specification Error/Warning "activity-ends-before", ob!("achievementsubject"),
        "`activityEndDate` is not before `activityStartDate`.";
}

/// The period in which a credential counts.
pub(crate) fn validity(credential: &Value, place: &Place<'_>, findings: &mut Findings) {
    let from = moment(credential, "validFrom");
    if let (Some(from), Some(until)) = (from, moment(credential, "validUntil"))
        && until < from
    {
        let detail = format!("`validUntil` ({until}) is before `validFrom` ({from}): it would never count.");
        findings.add(&VALIDITY_ENDS_BEFORE, &place.member("validUntil"), detail);
    }
    if let (Some(from), Some(awarded)) = (from, moment(credential, "awardedDate"))
        && awarded > from
    {
        let detail = format!(
            "`awardedDate` ({awarded}) is after `validFrom` ({from}); it is meant to keep the date of the first version."
        );
        findings.add(&AWARDED_AFTER, &place.member("awardedDate"), detail);
    }
    for member in ["validFrom", "validUntil"] {
        let text = credential.get(member).and_then(Value::as_str).unwrap_or_default();
        if text.contains('.') && Timestamp::parse(text).is_ok() {
            let detail = format!("`{member}` has a fraction of a second, which a JWT cannot state again.");
            findings.add(&TIME_BEYOND_SECONDS, &place.member(member), detail);
        }
    }
}

/// The period in which the recipient was active.
pub(crate) fn activity(subject: &Value, place: &Place<'_>, findings: &mut Findings) {
    if let (Some(start), Some(end)) =
        (moment(subject, "activityStartDate"), moment(subject, "activityEndDate"))
        && end < start
    {
        let detail = format!("`activityEndDate` ({end}) is before `activityStartDate` ({start}).");
        findings.add(&ACTIVITY_ENDS_BEFORE, &place.member("activityEndDate"), detail);
    }
}

fn moment(object: &Value, member: &str) -> Option<Timestamp> {
    Timestamp::parse(object.get(member)?.as_str()?).ok()
}
