//! Which representation a client gets: by its `Accept` header, and where that leaves it open, by its `User-Agent`.
//!
//! | the client | gets |
//! |---|---|
//! | names one or several of the types we have (`text/html` is one of them: a browser) | the best of them |
//! | names a kind we have (`image/*`) | the first of that kind |
//! | takes anything, or says nothing, or only names what we do not have | the page if it is known to show or index links, else the data |

mod accept;
mod crawlers;

use accept::{Exactness, Range, ranges};
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};

/// The type of a page.
pub(crate) const HTML: &str = "text/html";

/// What was chosen, and what it depended on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// One of the offers.
    pub(crate) media_type: &'static str,
    /// The same `Accept` from another client could have given another choice.
    pub(crate) by_client: bool,
}

impl Choice {
    /// Whether the page is meant.
    pub(crate) fn is_page(self) -> bool {
        self.media_type == HTML
    }

    /// `Vary`, for what does not depend on the language.
    pub(crate) fn vary(self) -> HeaderValue {
        HeaderValue::from_static(if self.by_client { "Accept, User-Agent" } else { "Accept" })
    }

    /// `Vary`, for what does.
    pub(crate) fn vary_with_language(self) -> HeaderValue {
        HeaderValue::from_static(if self.by_client {
            "Accept, Accept-Language, User-Agent"
        } else {
            "Accept, Accept-Language"
        })
    }
}

/// What to send to the client of `req`, one of `offers`.
pub(crate) fn choose(req: &HttpRequest, offers: &'static [&'static str]) -> Choice {
    let agent = || req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    with_accept(req, |accept| decide(accept, agent, offers))
}

/// Whether the client of `req`, who is to be told something that is no document, reads pages: refusals have no other form.
pub(crate) fn reads_pages(req: &HttpRequest) -> bool {
    choose(req, &["application/problem+json", "application/json", HTML]).is_page()
}

/// The media type to send, one of `offers`, or `None` where the client takes none of them: for protocols that want a 406.
///
/// The best quality wins, at equal quality a type that is named, then the order of `offers`.
pub(crate) fn accepted(req: &HttpRequest, offers: &'static [&'static str]) -> Option<&'static str> {
    if !req.headers().contains_key(header::ACCEPT) {
        return offers.first().copied();
    }
    with_accept(req, |accept| best(&ranges(accept), offers).map(|(offer, _)| offer))
}

/// Calls `read` with all `Accept` headers as one.
fn with_accept<T>(req: &HttpRequest, read: impl FnOnce(&str) -> T) -> T {
    let mut values = req.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    let first = values.next().unwrap_or_default();
    match values.next() {
        None => read(first),
        Some(second) => read(&[first, second].into_iter().chain(values).collect::<Vec<_>>().join(",")),
    }
}

/// The decision. `agent` is only asked where `accept` leaves it open.
///
/// A client that asks for nothing we have is not refused: a reader of badges is better served by a badge than by a 406.
fn decide<'a>(
    accept: &str,
    agent: impl FnOnce() -> Option<&'a str>,
    offers: &'static [&'static str],
) -> Choice {
    let ranges = ranges(accept);
    if let Some((media_type, exactness)) = best(&ranges, offers)
        && exactness > Exactness::Anything
    {
        return Choice { media_type, by_client: false };
    }
    let refused = |offer: &str| quality(&ranges, offer).is_some_and(|(quality, _)| quality == 0);
    let mut allowed = offers.iter().copied().filter(|offer| !refused(offer));
    let data = allowed.clone().find(|offer| *offer != HTML);
    let Some(page) = allowed.find(|offer| *offer == HTML) else {
        let media_type = data.or(offers.first().copied()).unwrap_or("application/json");
        return Choice { media_type, by_client: false };
    };
    match data {
        Some(data) if !agent().is_some_and(crawlers::is_crawler) => {
            Choice { media_type: data, by_client: true }
        }
        _ => Choice { media_type: page, by_client: data.is_some() },
    }
}

/// The best of `offers`: by quality, then by how exactly it was meant, then by their order.
fn best(ranges: &[Range<'_>], offers: &'static [&'static str]) -> Option<(&'static str, Exactness)> {
    let ranked = offers.iter().filter_map(|offer| Some((*offer, quality(ranges, offer)?)));
    let wanted = ranked.filter(|(_, (quality, _))| *quality > 0);
    // Of equals the first: `max_by_key` would give the last.
    wanted
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(offer, (_, exactness))| (offer, exactness))
}

/// The quality of `offer` by the range that means it most exactly, and how exactly that is.
fn quality(ranges: &[Range<'_>], offer: &str) -> Option<(u16, Exactness)> {
    let meant = |range: &Range<'_>| Some((range.means(offer)?, range.quality));
    ranges.iter().filter_map(meant).max().map(|(exactness, quality)| (quality, exactness))
}

#[cfg(test)]
mod tests;
