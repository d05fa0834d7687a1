//! From when and until when.

use accolade_core::Timestamp;
use serde_json::Value;

use super::kind::Kind;
use crate::case::LEEWAY_SECONDS;
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};

/// The time of a signature, where a token tells it beside the credential: `nbf` and `exp`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Life {
    pub(super) begins: Option<Timestamp>,
    pub(super) ends: Option<Timestamp>,
}

/// Compares `validFrom`, `validUntil` and the time of the signature with the clock. A start may lie 300 seconds ahead, because clocks
/// differ; an end has no grace, and its own second still counts.
///
/// The data model lets a credential do without a start; badges must have one.
pub(super) fn examine(now: Timestamp, kind: Kind, credential: &Value, life: Life, report: &mut Report) {
    let result = current(now, kind, credential, life);
    report.settle(step::VALIDITY, result, |(start, end)| match (start, end) {
        (Some(start), Some(end)) => {
            format!("The badge is within its time: valid from {start} until {end}.")
        }
        (Some(start), None) => format!("The badge is valid from {start}, without an end."),
        (None, Some(end)) => format!("The badge is within its time: valid until {end}."),
        (None, None) => "Nothing is said about a time, so the credential always counts.".into(),
    });
}

/// The same where only the proof was asked for: a time that does not fit is remarked upon.
pub(super) fn remark(now: Timestamp, credential: &Value, life: Life, report: &mut Report) {
    match period(credential, life).and_then(|period| period.contains(now)) {
        Ok(()) => report.pass(step::VALIDITY, "The credential is within its time."),
        Err(trouble) => report.warn(step::VALIDITY, trouble.code(), trouble.detail()),
    }
}

fn current(
    now: Timestamp,
    kind: Kind,
    credential: &Value,
    life: Life,
) -> Result<(Option<Timestamp>, Option<Timestamp>), Trouble> {
    let period = period(credential, life)?;
    if period.start.is_none() && kind != Kind::Other {
        return Err(Trouble::flaw("no_start", "The badge does not say from when it is valid."));
    }
    period.contains(now).map(|()| (period.start, period.end))
}

/// A time span, open where nothing is said.
pub(super) struct Period {
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

impl Period {
    pub(super) fn contains(&self, now: Timestamp) -> Result<(), Trouble> {
        if let Some(start) = self.start
            && start > now.plus_seconds(LEEWAY_SECONDS)
        {
            return Err(Trouble::flaw("not_yet_valid", format!("The badge becomes valid only at {start}.")));
        }
        match self.end {
            Some(end) if end < now => {
                Err(Trouble::flaw("expired", format!("The badge expired: it was valid until {end}.")))
            }
            _ => Ok(()),
        }
    }
}

/// The time span a credential (in the words of VCDM 2.0) states; that of its signature narrows it.
pub(super) fn period(credential: &Value, life: Life) -> Result<Period, Trouble> {
    // `None` is less than any moment, so the later start is the greater one.
    let start = moment(credential, "validFrom")?.max(life.begins);
    let end = match (moment(credential, "validUntil")?, life.ends) {
        (Some(stated), Some(claimed)) => Some(stated.min(claimed)),
        (stated, claimed) => stated.or(claimed),
    };
    Ok(Period { start, end })
}

fn moment(credential: &Value, name: &str) -> Result<Option<Timestamp>, Trouble> {
    let unreadable =
        || Trouble::flaw("bad_date", format!("The badge's `{name}` is not a date-time with a time zone."));
    match credential.get(name) {
        None => Ok(None),
        Some(value) => {
            let text = value.as_str().ok_or_else(unreadable)?;
            Timestamp::parse(text).map(Some).map_err(|_| unreadable())
        }
    }
}
