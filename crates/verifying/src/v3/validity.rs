//! From when and until when.

use accolade_core::Timestamp;
use serde_json::Value;

use crate::case::LEEWAY_SECONDS;
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};

/// Compares `validFrom`, `validUntil` and a token's `exp` with the clock. A start may lie 300 seconds ahead, because clocks
/// differ; an end has no grace, and its own second still counts.
pub(super) fn examine(now: Timestamp, credential: &Value, expires: Option<Timestamp>, report: &mut Report) {
    let result = current(now, credential, expires);
    report.settle(step::VALIDITY, result, |(start, end)| match end {
        Some(end) => format!("The badge is within its time: valid from {start} until {end}."),
        None => format!("The badge is valid from {start}, without an end."),
    });
}

fn current(
    now: Timestamp,
    credential: &Value,
    expires: Option<Timestamp>,
) -> Result<(Timestamp, Option<Timestamp>), Trouble> {
    let period = period(credential, expires)?;
    let start = period
        .start
        .ok_or_else(|| Trouble::flaw("no_start", "The badge does not say from when it is valid."))?;
    period.contains(now).map(|()| (start, period.end))
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

/// The time span a credential states; `expires` narrows it.
pub(super) fn period(credential: &Value, expires: Option<Timestamp>) -> Result<Period, Trouble> {
    let start = moment(credential, "validFrom")?;
    let end = match (moment(credential, "validUntil")?, expires) {
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
