//! How far learners come, drawn: bars of one scale, with their numbers beside them.

use accolade_issuing::CohortReport;

use crate::Language;
use crate::html::{Html, push_escaped};
use crate::language::decimal;
use crate::words::Words;

const WIDTH: u64 = 600;
const BAR: u64 = 26;
const GAP: u64 = 12;
/// Where bars begin: their names stand before them.
const BEGIN: u64 = 170;
/// What is kept for the numbers behind them.
const END: u64 = 60;

/// The funnel as a drawing of its own: enrolled, begun, completed, awarded.
pub(super) fn funnel(report: &CohortReport, words: &Words, language: Language) -> Html {
    let named = steps(report, words);
    let most = named.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let height = (BAR + GAP) * 4;
    let from_the_right = language.direction() == "rtl";
    let told: Vec<String> = named.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    let mut out = format!(
        "<svg class=\"funnel\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\""
    );
    push_escaped(&mut out, &told.join(", "));
    out.push_str("\">");
    for ((name, count), top) in named.iter().zip((0..).map(|row| row * (BAR + GAP))) {
        let room = WIDTH - BEGIN - END;
        let long = (room * count / most).max(u64::from(*count > 0) * 2);
        let (text, bar, number) = (0, BEGIN, BEGIN + long + 8);
        // Mirrored, where one reads from right to left; `start` of such a text is its right end.
        let (text, bar, number) = match from_the_right {
            true => (WIDTH - text, WIDTH - bar - long, WIDTH - number),
            false => (text, bar, number),
        };
        let middle = top + BAR / 2 + 6;
        out.push_str(&format!("<text x=\"{text}\" y=\"{middle}\">"));
        push_escaped(&mut out, name);
        out.push_str(&format!(
            "</text><rect x=\"{bar}\" y=\"{top}\" width=\"{long}\" height=\"{BAR}\" rx=\"4\"/><text x=\"{number}\" y=\"{middle}\">{count}</text>"
        ));
    }
    out.push_str("</svg>");
    Html::trusted(out)
}

fn steps<'w>(report: &CohortReport, words: &'w Words) -> [(&'w str, u64); 4] {
    let words = &words.funnel;
    [
        (&words.enrolled, report.enrolled),
        (&words.active, report.active),
        (&words.completed, report.completed),
        (&words.awarded, report.awarded),
    ]
}

/// A row of the table below the drawing.
#[derive(Debug, Clone)]
pub(super) struct FunnelRow {
    pub(super) name: Html,
    /// Each with the name of its column.
    pub(super) numbers: Vec<(String, String)>,
}

/// The same numbers as a table: all together, then each cohort.
pub(super) fn row(name: Html, report: &CohortReport, words: &Words, language: Language) -> FunnelRow {
    let mut numbers: Vec<(String, String)> =
        steps(report, words).into_iter().map(|(name, count)| (name.to_owned(), count.to_string())).collect();
    let days = report.days.map_or_else(
        || "–".to_owned(),
        |days| {
            let number = |days: f64| decimal(language, (days * 10.0).round() / 10.0);
            let (median, low, high) = (number(days.median), number(days.p10), number(days.p90));
            words.funnel.spread.plain(&[("median", &median), ("low", &low), ("high", &high)])
        },
    );
    numbers.push((words.funnel.withdrawn.clone(), report.withdrawn.to_string()));
    numbers.push((words.funnel.days.clone(), days));
    FunnelRow { name, numbers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Dictionary;

    #[test]
    fn a_bar_is_as_long_as_its_number_and_never_leaves_the_drawing() {
        let dictionary = Dictionary::read().unwrap();
        for (enrolled, awarded) in [(0, 0), (1, 1), (100_000, 1), (u64::from(u32::MAX), 7)] {
            let report =
                CohortReport { enrolled, active: awarded, completed: awarded, awarded, ..Default::default() };
            for language in [Language::En, Language::Ar] {
                let drawn = funnel(&report, dictionary.words(language), language).to_string();
                let bars: Vec<(u64, u64)> = drawn
                    .split("<rect x=\"")
                    .skip(1)
                    .map(|bar| {
                        let mut parts = bar.split('"');
                        let at = parts.next().unwrap().parse().unwrap();
                        let mut wide = bar.split("width=\"").nth(1).unwrap().split('"');
                        (at, wide.next().unwrap().parse().unwrap())
                    })
                    .collect();
                assert_eq!(bars.len(), 4);
                assert!(bars.iter().all(|(at, wide)| at + wide <= WIDTH), "{bars:?}");
                assert_eq!(bars.iter().all(|(_, wide)| *wide > 0), awarded > 0, "{bars:?}");
            }
        }
    }
}
