//! Fetching, with every bound in force.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, AGE, CACHE_CONTROL, CONTENT_TYPE, HeaderName, LOCATION};
use reqwest::redirect::Policy;
use reqwest::tls::Version;
use reqwest::{Client, ClientBuilder, Response};
use tokio::sync::Semaphore;

use super::body::Body;
use super::kept::{Kept, Said};
use super::names::{BlockedAddress, BusyAddress, LoopbackOnly, PublicOnly, SystemNames, is_caused_by};
use super::rates::{Errand, Rates};
use super::target::Target;
use super::{Allowance, EgressError, EgressSettings};

const MAX_REDIRECTS: usize = 3;
/// The most documents of one client that are being fetched at a time.
const MOST_FETCHES: usize = 256;

/// The guarded client. Cheap to clone.
#[derive(Clone)]
pub struct Egress {
    public: Client,
    /// Only where the development setting asks for it.
    loopback: Option<Client>,
    settings: EgressSettings,
    rates: Arc<Rates>,
    turns: Arc<Semaphore>,
    pub(super) kept: Kept,
}

/// A document as a server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status of the last answer; never a redirect.
    pub status: u16,
    /// `Content-Type`, empty where there is none.
    pub content_type: String,
    /// The bytes; empty unless the status is 200 or 410.
    pub body: Bytes,
    /// What the server says about keeping it.
    pub said: Said,
}

impl Egress {
    /// A client with these settings. Fails where the TLS library does not start.
    pub fn new(settings: EgressSettings) -> Result<Self, reqwest::Error> {
        let names = settings.names.clone().unwrap_or_else(|| Arc::new(SystemNames::new()));
        let rates = Arc::new(Rates::new(&settings));
        let guard = PublicOnly { names, rates: Arc::clone(&rates) };
        let public = builder(&settings).https_only(true).dns_resolver(guard).build()?;
        let loopback = settings
            .allow_loopback_http
            .then(|| builder(&settings).dns_resolver(LoopbackOnly).tls_certs_only([]).build())
            .transpose()?;
        let turns = Arc::new(Semaphore::new(MOST_FETCHES));
        Ok(Self { public, loopback, settings, rates, turns, kept: Kept::new() })
    }

    /// The settings it works by.
    pub fn settings(&self) -> &EgressSettings {
        &self.settings
    }

    /// Fetches a document with GET. Any status but a redirect is an answer.
    pub async fn get(
        &self,
        url: &str,
        accept: &str,
        allowance: &mut Allowance,
    ) -> Result<Fetched, EgressError> {
        self.get_for(Errand::New, url, accept, allowance).await
    }

    pub(super) async fn get_for(
        &self,
        errand: Errand,
        url: &str,
        accept: &str,
        allowance: &mut Allowance,
    ) -> Result<Fetched, EgressError> {
        let mut target = Target::parse(url, self.settings.allow_loopback_http)?;
        // Only who really goes out needs a turn, and waiting for one is not the server's fault.
        let turn = tokio::time::timeout(allowance.left(), self.turns.acquire()).await;
        let _turn = turn.map_err(|_| EgressError::Spent)?.map_err(|_| EgressError::VerifierBusy)?;
        let fetching = async {
            for _ in 0..=MAX_REDIRECTS {
                let left = allowance.spend()?;
                self.take_tokens(&target, errand)?;
                let response = self.send(&target, accept, left).await?;
                match redirect_of(&response)? {
                    Some(location) => {
                        target = target.redirected(&location, self.settings.allow_loopback_http)?;
                    }
                    None => return self.read(response, allowance).await,
                }
            }
            Err(EgressError::Redirect)
        };
        // The clients have timeouts of their own; this one also covers looking up names, and all redirects together.
        let outcome = tokio::time::timeout(self.settings.document_timeout, fetching).await;
        outcome.unwrap_or(Err(EgressError::Unreachable))
    }

    fn take_tokens(&self, target: &Target, errand: Errand) -> Result<(), EgressError> {
        self.rates.request(target.url().host_str().unwrap_or_default(), errand)?;
        // A name's addresses are counted where it is looked up; nobody looks up an address.
        match target.address() {
            Some(address) if !self.rates.connection(address) => Err(EgressError::HostBusy),
            _ => Ok(()),
        }
    }

    async fn send(&self, target: &Target, accept: &str, left: Duration) -> Result<Response, EgressError> {
        let client = match target {
            Target::Public(_) => Some(&self.public),
            Target::Loopback(_) => self.loopback.as_ref(),
        };
        let client = client.ok_or(EgressError::Blocked("it is not https"))?;
        let request = client
            .get(target.url().clone())
            .header(ACCEPT, accept)
            .header(ACCEPT_ENCODING, "identity")
            .timeout(left.min(self.settings.document_timeout));
        request.send().await.map_err(|error| {
            if is_caused_by::<BlockedAddress>(&error) {
                EgressError::Blocked("its host is not on the public internet")
            } else if is_caused_by::<BusyAddress>(&error) {
                EgressError::HostBusy
            } else {
                EgressError::Unreachable
            }
        })
    }

    async fn read(&self, mut response: Response, allowance: &mut Allowance) -> Result<Fetched, EgressError> {
        let status = response.status().as_u16();
        let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header(CONTENT_TYPE).unwrap_or_default().to_owned();
        let said = Said::read(header(CACHE_CONTROL).unwrap_or_default(), header(AGE));
        let body = match status {
            200 | 410 => self.receive(&mut response, allowance).await?,
            _ => Bytes::new(),
        };
        Ok(Fetched { status, content_type, body, said })
    }

    async fn receive(
        &self,
        response: &mut Response,
        allowance: &mut Allowance,
    ) -> Result<Bytes, EgressError> {
        let limit = self.settings.max_document_bytes;
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |announced| announced > limit) {
            return Err(EgressError::TooLarge);
        }
        let mut body = Body::new(response.headers(), limit)?;
        while let Some(part) = response.chunk().await.map_err(|_| EgressError::Unreachable)? {
            let held = body.len();
            body.push(&part)?;
            allowance.hold(body.len().saturating_sub(held))?;
        }
        body.finish()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place where outgoing clients are made")]
fn builder(settings: &EgressSettings) -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .http1_only()
        .tls_version_min(Version::TLS_1_2)
        .connect_timeout(settings.connect_timeout)
        .pool_max_idle_per_host(2)
        .pool_idle_timeout(Duration::from_secs(20))
        .user_agent(concat!("accolade-verifier/", env!("CARGO_PKG_VERSION")))
}

fn redirect_of(response: &Response) -> Result<Option<String>, EgressError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    location.map(|location| Some(location.to_owned())).ok_or(EgressError::Redirect)
}
