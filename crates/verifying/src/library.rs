//! Documents an examination needs: from our own publications first, else from the network, each once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use accolade_linked_data::json;
use serde_json::Value;
use url::Url;

use crate::egress::{Allowance, Egress, EgressError, Fetched, Keeping, Said};
use crate::hands::Hands;
use crate::local::{LocalAnswer, LocalDocuments};
use crate::report::Trouble;

/// What we ask for where any representation of a badge will do.
pub(crate) const ACCEPT_ANY: &str = "application/vc+ld+json, application/vc, application/ld+json, \
    application/json;q=0.9, application/vc+jwt;q=0.8, application/jwt;q=0.8, text/plain;q=0.6, image/png;q=0.5, \
    image/svg+xml;q=0.5, */*;q=0.1";
/// What we ask for where a JSON document is needed.
pub(crate) const ACCEPT_JSON: &str =
    "application/ld+json, application/json;q=0.9, application/did+json;q=0.9, text/plain;q=0.1";
/// What we ask for where a status list is needed.
pub(crate) const ACCEPT_CREDENTIAL: &str = "application/vc, application/vc+ld+json;q=0.9, \
    application/ld+json;q=0.9, application/json;q=0.8, application/vc+jwt;q=0.7, text/plain;q=0.5";

/// The documents of one examination.
pub(crate) struct Library<'a> {
    /// Where long arithmetic is done.
    pub(crate) hands: &'a Hands,
    egress: &'a Egress,
    local: Option<&'a Arc<dyn LocalDocuments>>,
    allowance: Allowance,
    known: HashMap<(String, &'static str, Option<Keeping>), Result<Fetched, EgressError>>,
    stale: Vec<Stale>,
}

/// A copy that had to do, because its server could not be reached for a newer one.
pub(crate) struct Stale {
    pub(crate) place: String,
    pub(crate) age: Duration,
}

impl<'a> Library<'a> {
    pub(crate) fn new(
        egress: &'a Egress,
        local: Option<&'a Arc<dyn LocalDocuments>>,
        hands: &'a Hands,
    ) -> Self {
        let allowance = Allowance::new(egress.settings());
        Self { hands, egress, local, allowance, known: HashMap::new(), stale: Vec::new() }
    }

    /// The document at a URL as it is now, with whatever status it has.
    pub(crate) async fn fetch(&mut self, url: &str, accept: &'static str) -> Result<Fetched, EgressError> {
        self.find(url, accept, None).await
    }

    /// The document at a URL, which may be a copy that was kept.
    pub(crate) async fn fetch_kept(
        &mut self,
        url: &str,
        accept: &'static str,
        keeping: Keeping,
    ) -> Result<Fetched, EgressError> {
        self.find(url, accept, Some(keeping)).await
    }

    /// The copies that had to do in this examination.
    pub(crate) fn stale(&self) -> &[Stale] {
        &self.stale
    }

    async fn find(
        &mut self,
        url: &str,
        accept: &'static str,
        keeping: Option<Keeping>,
    ) -> Result<Fetched, EgressError> {
        let address = url.split('#').next().unwrap_or_default().to_owned();
        let place = (address, accept, keeping);
        if let Some(known) = self.known.get(&place) {
            return known.clone();
        }
        let answer = match self.ask_ourselves(&place.0).await {
            Some(answer) => answer,
            None => self.go_out(&place.0, accept, keeping).await,
        };
        self.known.insert(place, answer.clone());
        answer
    }

    /// The JSON document at a URL; `what` names it in the words of the report, such as "the issuer's profile".
    pub(crate) async fn json(&mut self, url: &str, what: &str, keeping: Keeping) -> Result<Value, Trouble> {
        let fetched = self
            .fetch_kept(url, ACCEPT_JSON, keeping)
            .await
            .map_err(|error| unreachable(url, what, error))?;
        match fetched.status {
            200 => {}
            404 | 410 => {
                return Err(Trouble::gap(
                    "not_found",
                    format!("There is no longer any document where {what} should be ({}).", place_of(url)),
                ));
            }
            // An answer of another kind says nothing about what is there.
            _ => return Err(unreachable(url, what, EgressError::Unreachable)),
        }
        let parsed = self.hands.read(fetched.body.len(), move || json::parse(&fetched.body)).await?;
        parsed.map_err(|_| {
            Trouble::gap(
                "not_json",
                format!("What stands where {what} should be ({}) is not readable JSON.", place_of(url)),
            )
        })
    }

    async fn go_out(
        &mut self,
        url: &str,
        accept: &'static str,
        keeping: Option<Keeping>,
    ) -> Result<Fetched, EgressError> {
        let Some(keeping) = keeping else { return self.egress.get(url, accept, &mut self.allowance).await };
        let answer = self.egress.get_kept(url, accept, keeping, &mut self.allowance).await?;
        self.stale.extend(answer.stale.map(|age| Stale { place: place_of(url), age }));
        Ok(answer.fetched)
    }

    async fn ask_ourselves(&self, url: &str) -> Option<Result<Fetched, EgressError>> {
        let local = Arc::clone(self.local?);
        let _turn = self.hands.asking().await;
        let url = url.to_owned();
        // It may look into a database, and a panic there must not become ours.
        let answer = tokio::task::spawn_blocking(move || local.document(&url)).await;
        match answer {
            Ok(LocalAnswer::NotOurs) => None,
            Ok(LocalAnswer::Missing) => Some(Ok(Fetched {
                status: 404,
                content_type: String::new(),
                body: bytes::Bytes::new(),
                said: Said::default(),
            })),
            Ok(LocalAnswer::Found { status, content_type, body }) => {
                Some(Ok(Fetched { status, content_type, body, said: Said::default() }))
            }
            Ok(LocalAnswer::Unavailable) | Err(_) => Some(Err(EgressError::Unreachable)),
        }
    }
}

/// A `did:web` of this machine, as development servers have it, is looked up without TLS; whether that may be visited at
/// all is decided where everything is fetched.
pub(crate) fn on_this_machine(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    crate::egress::is_loopback(&parsed).then(|| url.replacen("https://", "http://", 1))
}

/// A document could not be had: nothing is decided by that.
pub(crate) fn unreachable(url: &str, what: &str, error: EgressError) -> Trouble {
    Trouble::gap(error.code(), format!("Could not read {what} at {}: {error}.", shown(&place_of(url))))
}

/// The host of a URL, for people; the text itself, shortened, where it has none.
pub(crate) fn place_of(url: &str) -> String {
    match Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)) {
        Some(host) => host,
        None => shown(url),
    }
}

/// A text of a stranger, made fit for one line of a report: no control or direction-changing characters, and short.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    shortened(text, LONGEST)
}

/// An identifier, made fit for a report, but whole: half an address is none.
pub(crate) fn shown_id(id: &str) -> String {
    const LONGEST: usize = 2_048;
    shortened(id, LONGEST)
}

fn shortened(text: &str, longest: usize) -> String {
    let turns_text = |c: char| matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let harmless = |c: &char| !c.is_control() && !turns_text(*c);
    let mut line: String = text.chars().filter(harmless).take(longest + 1).collect();
    if line.chars().count() > longest {
        line.pop();
        line.push('…');
    }
    line
}

/// Whether two web addresses have the same scheme, host and port.
pub(crate) fn same_origin(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin().is_tuple() && one.origin() == other.origin(),
        _ => false,
    }
}
