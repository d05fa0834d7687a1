//! The one door to the network.
//!
//! Badges are full of addresses chosen by strangers: of keys, status lists, issuers, Assertions. Every one of them goes
//! through [`Egress`], which visits public https servers only:
//!
//! - `https` on port 443; plain `http` never, but for loopback under the development setting;
//! - a host that is an address, in whatever spelling, and every address a name resolves to, must be globally reachable
//!   unicast; names are looked up by our own resolver, which hands the connection only addresses it has checked, so that
//!   a second answer of the name server changes nothing;
//! - no proxy from the environment; redirects followed here, to the same host only, each checked like the first address;
//! - size, time and count are bounded, per document and over a whole examination; what comes gzipped is unpacked as it
//!   comes, under the same bound;
//! - each host, each address and all together are asked only so often;
//! - documents of issuers are kept for a while, each fetched once however many ask for it;
//! - an error tells neither what a server answered nor which address a name has.

mod address;
mod allowance;
mod body;
mod client;
mod kept;
mod names;
mod rates;
mod target;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use allowance::Allowance;
pub use client::{Egress, Fetched};
pub use kept::{Answer, Keeping, Said};
pub use names::Names;
pub use rates::Rate;
pub(crate) use target::is_loopback;

/// How far the examiner may go out, and how long it may take.
#[derive(Clone)]
pub struct EgressSettings {
    /// Development only: plain `http://` to 127.0.0.0/8, `[::1]` and `localhost`, on any port. Off in production.
    pub allow_loopback_http: bool,
    /// Name resolution; `None` is the system's. Whatever answers, the answers are checked.
    pub names: Option<Arc<dyn Names>>,
    /// How long making a connection may take.
    pub connect_timeout: Duration,
    /// How long one document may take, redirects included.
    pub document_timeout: Duration,
    /// The largest document, in bytes.
    pub max_document_bytes: usize,
    /// The most bytes of documents that one examination may hold altogether.
    pub max_total_bytes: usize,
    /// How many requests one examination may make, redirects included.
    pub max_requests: u32,
    /// How long one examination may wait for the network altogether.
    pub total_timeout: Duration,
    /// How often one host is asked, over all examinations. Renewals of documents we have a copy of count apart.
    pub host_rate: Rate,
    /// How often connections are made to one address, or one /64 of IPv6, whatever its names.
    pub address_rate: Rate,
    /// How often all hosts together are asked.
    pub total_rate: Rate,
}

impl Default for EgressSettings {
    fn default() -> Self {
        Self {
            allow_loopback_http: false,
            names: None,
            connect_timeout: Duration::from_secs(3),
            document_timeout: Duration::from_secs(6),
            max_document_bytes: 2 << 20,
            max_total_bytes: 8 << 20,
            max_requests: 16,
            total_timeout: Duration::from_secs(15),
            host_rate: Rate::new(60, Duration::from_millis(200)),
            address_rate: Rate::new(240, Duration::from_millis(50)),
            total_rate: Rate::new(1_000, Duration::from_millis(5)),
        }
    }
}

impl fmt::Debug for EgressSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EgressSettings")
            .field("allow_loopback_http", &self.allow_loopback_http)
            .field("own_names", &self.names.is_some())
            .field("connect_timeout", &self.connect_timeout)
            .field("document_timeout", &self.document_timeout)
            .field("max_document_bytes", &self.max_document_bytes)
            .field("max_total_bytes", &self.max_total_bytes)
            .field("max_requests", &self.max_requests)
            .field("total_timeout", &self.total_timeout)
            .field("host_rate", &self.host_rate)
            .field("address_rate", &self.address_rate)
            .field("total_rate", &self.total_rate)
            .finish()
    }
}

/// Why a document could not be had. Says nothing a stranger could learn our network from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// Not an address of the web at all.
    #[error("it is not a usable web address")]
    BadUrl,
    /// An address that is not visited on principle.
    #[error("it is not an address this verifier may visit: {0}")]
    Blocked(&'static str),
    /// The server sent us elsewhere.
    #[error("the server sent us to a place this verifier does not follow to")]
    Redirect,
    /// No answer: the name, the connection, TLS or the time failed.
    #[error("the server could not be reached")]
    Unreachable,
    /// The document is larger than allowed.
    #[error("the document there is too large")]
    TooLarge,
    /// The document is packed in a way we do not read, or damaged.
    #[error("the server sent the document packed in a way this verifier cannot read")]
    BadEncoding,
    /// That server has been asked as often as we ask any.
    #[error("this verifier has asked that server very often just now, and spares it; try again in a minute")]
    HostBusy,
    /// As many servers have been asked as we ask at a time.
    #[error("this verifier is asking very many servers just now; try again in a minute")]
    VerifierBusy,
    /// This examination has used up its requests, its bytes or its time.
    #[error("this badge would need more requests, or more time, than one examination may take")]
    Spent,
}

impl EgressError {
    /// A stable name for reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadUrl => "bad_url",
            Self::Blocked(_) => "egress_blocked",
            Self::Redirect => "redirect_refused",
            Self::Unreachable => "unreachable",
            Self::TooLarge => "too_large",
            Self::BadEncoding => "bad_encoding",
            Self::HostBusy => "host_busy",
            Self::VerifierBusy => "verifier_busy",
            Self::Spent => "budget_spent",
        }
    }
}
