//! How long something took, in ISO 8601.

use crate::Hours;

/// How long something took.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Took {
    /// So long; `None` where it was shorter than a minute, longer than [`Hours::MOST`], or counted in months, which differ.
    Time(Option<Hours>),
    /// The text is no duration.
    Nonsense,
}

/// Reads `PT1H30M`, `P2D`, `P1W`, `PT45.5S` … ([duration](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#durations)).
pub(super) fn read(text: &str) -> Took {
    let Some(rest) = text.strip_prefix('P') else { return Took::Nonsense };
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return Took::Nonsense,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    let (Some(days), Some(clock)) = (parts(date, "YMWD"), parts(time, "HMS")) else { return Took::Nonsense };
    if days.is_empty() && clock.is_empty() {
        return Took::Nonsense;
    }
    let hours_of = |unit: char, is_date: bool| match unit {
        'W' => Some(7.0 * 24.0),
        'D' => Some(24.0),
        'H' => Some(1.0),
        'M' if !is_date => Some(1.0 / 60.0),
        'S' => Some(1.0 / 3600.0),
        _ => None,
    };
    let of_dates = days.into_iter().map(|(number, unit)| (number, hours_of(unit, true)));
    let of_times = clock.into_iter().map(|(number, unit)| (number, hours_of(unit, false)));
    let mut sum = 0.0;
    for (number, hours) in of_dates.chain(of_times) {
        match hours {
            Some(hours) => sum += number * hours,
            None if number == 0.0 => {}
            None => return Took::Time(None),
        }
    }
    Took::Time(Hours::new(sum))
}

/// Numbers with their units, each unit once and in that order; only the last number may have a fraction.
fn parts(text: &str, units: &str) -> Option<Vec<(f64, char)>> {
    let mut found = Vec::new();
    let mut units = units.chars();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, after) = rest.split_at_checked(end)?;
        let mut after = after.chars();
        let unit = after.next()?;
        rest = after.as_str();
        units.find(|known| *known == unit)?;
        found.push((amount(number, rest.is_empty())?, unit));
    }
    Some(found)
}

fn amount(text: &str, is_last: bool) -> Option<f64> {
    let is_digits =
        |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|c| c.is_ascii_digit());
    let sound = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => is_last && is_digits(whole) && is_digits(fraction),
        None => is_digits(text),
    };
    sound.then(|| text.replace(',', ".").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_can_be_counted_is_counted() {
        for (text, iso) in [
            ("PT1H30M", "PT1H30M"),
            ("PT90M", "PT1H30M"),
            ("PT5400S", "PT1H30M"),
            ("PT5400.4S", "PT1H30M"),
            ("P1DT2H", "PT26H"),
            ("P1W", "PT168H"),
            ("P0Y0M1D", "PT24H"),
            ("PT1,5H", "PT1H30M"),
        ] {
            let Took::Time(Some(hours)) = read(text) else { panic!("{text}") };
            assert_eq!(hours.iso(), iso, "{text}");
        }
    }

    #[test]
    fn months_and_moments_are_no_hours() {
        for text in ["P1M", "P1Y2M", "PT0S", "PT59S", "PT999999999H"] {
            assert_eq!(read(text), Took::Time(None), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_told_apart() {
        for text in [
            "", "P", "PT", "1H", "PT1", "P1H", "PT1S1H", "PT1H1H", "PT-1H", "PT1.H", "PT.5H", "PT1.5H3M",
            "P1DT", "pt1h",
        ] {
            assert_eq!(read(text), Took::Nonsense, "{text}");
        }
    }
}
