//! Which representation a client gets, by its `Accept` header.

use actix_web::HttpRequest;
use actix_web::http::header;

/// One range of an `Accept` header.
struct Range<'a> {
    media_type: &'a str,
    /// Thousandths.
    quality: u16,
}

/// The media type to send, one of `offers`.
///
/// Types named outright win by quality, then by their order in `offers`. A wildcard, an absent header and a header that asks
/// for nothing we have all give the first offer: a reader of badges is better served by a badge than by a 406.
pub(crate) fn choose(req: &HttpRequest, offers: &'static [&'static str]) -> &'static str {
    let values = req.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    let ranges: Vec<Range<'_>> = values.flat_map(|value| value.split(',')).filter_map(range).collect();
    pick(&ranges, offers)
}

/// The media type to send, one of `offers`, or `None` where the client takes none of them: for protocols that want a 406.
///
/// The best quality wins, at equal quality a type that is named, then the order of `offers`.
pub(crate) fn accepted(req: &HttpRequest, offers: &'static [&'static str]) -> Option<&'static str> {
    if !req.headers().contains_key(header::ACCEPT) {
        return offers.first().copied();
    }
    let values = req.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    let ranges: Vec<Range<'_>> = values.flat_map(|value| value.split(',')).filter_map(range).collect();
    best(&ranges, offers)
}

fn best(ranges: &[Range<'_>], offers: &'static [&'static str]) -> Option<&'static str> {
    let quality_of = |name: &str| {
        let meant = ranges.iter().filter(|range| range.media_type.eq_ignore_ascii_case(name));
        meant.map(|range| range.quality).max()
    };
    let wildcard = ["application/*", "*/*"].into_iter().find_map(quality_of).unwrap_or(0);
    // Quality, and whether the type was named.
    let rank = |offer: &str| quality_of(offer).map_or((wildcard, false), |quality| (quality, true));
    let found = offers.iter().filter(|offer| rank(offer).0 > 0);
    // Of equals `max_by_key` gives the last.
    found.rev().max_by_key(|offer| rank(offer)).copied()
}

fn pick(ranges: &[Range<'_>], offers: &'static [&'static str]) -> &'static str {
    let quality_of = |name: &str| {
        let named = ranges.iter().filter(|range| range.media_type.eq_ignore_ascii_case(name));
        named.map(|range| range.quality).max()
    };
    let wildcard = ["application/*", "*/*"].into_iter().find_map(quality_of).unwrap_or(0);
    let allowed = |offer: &&&'static str| quality_of(offer) != Some(0);
    let fallback = offers.iter().find(allowed).or(offers.first()).copied().unwrap_or("application/json");
    let mut best = (wildcard, fallback);
    let mut named = false;
    for offer in offers {
        let Some(quality) = quality_of(offer).filter(|quality| *quality > 0) else { continue };
        // At equal quality a type that is named is meant rather than one that a wildcard lets through.
        if quality > best.0 || (quality == best.0 && !named) {
            best = (quality, offer);
            named = true;
        }
    }
    best.1
}

/// `type/subtype;q=0.5`; other parameters do not matter for what we offer.
fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let media_type = parts.next().filter(|name| name.contains('/'))?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some(Range { media_type, quality: quality.map_or(1000, thousandths) })
}

/// `0.5` is 500. What cannot be read counts as 1, as if it were not there.
fn thousandths(quality: &str) -> u16 {
    match quality.split_once('.') {
        None if quality == "0" => 0,
        Some(("0", digits)) if digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{digits:0<3}").parse().unwrap_or(1000)
        }
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: &[&str] =
        &["application/ld+json", "application/vc", "application/json", "application/vc+jwt"];

    fn chosen(accept: &str) -> &'static str {
        pick(&accept.split(',').filter_map(range).collect::<Vec<_>>(), OFFERS)
    }

    #[test]
    fn who_takes_nothing_of_what_there_is_gets_nothing() {
        for (accept, expected) in [
            ("*/*", Some("application/ld+json")),
            ("application/*;q=0.1", Some("application/ld+json")),
            ("application/json, */*", Some("application/json")),
            ("application/json;q=0.1, application/VC;q=0.2", Some("application/vc")),
            ("application/ld+json;profile=\"https://x.example\"", Some("application/ld+json")),
            ("application/ld+json;q=0, */*;q=0.1", Some("application/vc")),
            ("application/json;q=0.5, */*", Some("application/ld+json")),
            ("text/html", None),
            ("image/*", None),
            ("application/json;q=0", None),
            ("", None),
        ] {
            let ranges: Vec<_> = accept.split(',').filter_map(range).collect();
            assert_eq!(best(&ranges, OFFERS), expected, "{accept}");
        }
    }

    #[test]
    fn the_accept_header_decides() {
        for (accept, expected) in [
            ("", "application/ld+json"),
            ("*/*", "application/ld+json"),
            ("application/*", "application/ld+json"),
            ("image/avif", "application/ld+json"),
            ("application/vc", "application/vc"),
            ("APPLICATION/VC", "application/vc"),
            ("application/json", "application/json"),
            ("application/json, */*", "application/json"),
            ("application/json, text/plain, */*", "application/json"),
            ("application/json;q=0.5, */*", "application/ld+json"),
            ("application/vc+jwt", "application/vc+jwt"),
            ("application/vc+jwt;q=0.9, application/vc;q=0.8", "application/vc+jwt"),
            ("application/vc;q=0.8, application/vc+jwt;q=0.9", "application/vc+jwt"),
            ("application/ld+json;profile=\"x\", application/json;q=0.2", "application/ld+json"),
            ("application/ld+json;q=0, */*", "application/vc"),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/ld+json"),
            ("application/vc;q=bogus", "application/vc"),
            (";;;,,,/", "application/ld+json"),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }
}
