//! Which URLs may be visited, told before anything is looked up or dialled.

use std::net::IpAddr;

use url::{Host, Url};

use super::EgressError;
use super::address::is_public;

const LONGEST_URL: usize = 2_048;

/// A URL that may be visited, and through which of the two clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// https, on a public server.
    Public(Url),
    /// http, on this machine; only under the development setting.
    Loopback(Url),
}

impl Target {
    /// Checks a URL. Fragments are cut off: servers never see them.
    pub(super) fn parse(text: &str, allow_loopback_http: bool) -> Result<Self, EgressError> {
        if text.len() > LONGEST_URL || text.chars().any(|c| c.is_control() || c == ' ' || c == '\\') {
            return Err(EgressError::BadUrl);
        }
        let mut url = Url::parse(text).map_err(|_| EgressError::BadUrl)?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EgressError::Blocked("it carries a user name"));
        }
        match url.scheme() {
            "https" => check_public(&url).map(|()| Self::Public(url)),
            "http" if allow_loopback_http && is_loopback(&url) => Ok(Self::Loopback(url)),
            "http" => Err(EgressError::Blocked("it is not https")),
            _ => Err(EgressError::Blocked("it is not a web address")),
        }
    }

    pub(super) fn url(&self) -> &Url {
        match self {
            Self::Public(url) | Self::Loopback(url) => url,
        }
    }

    /// The address that stands in the place of a name, on the public internet.
    pub(super) fn address(&self) -> Option<IpAddr> {
        let Self::Public(url) = self else { return None };
        match url.host()? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        }
    }

    /// Where a redirect leads: the same scheme, host and port only, checked like any other URL.
    pub(super) fn redirected(&self, location: &str, allow_loopback_http: bool) -> Result<Self, EgressError> {
        let next = self.url().join(location).map_err(|_| EgressError::Redirect)?;
        if next.origin() != self.url().origin() {
            return Err(EgressError::Redirect);
        }
        Self::parse(next.as_str(), allow_loopback_http).map_err(|_| EgressError::Redirect)
    }
}

/// Whether the host is this machine: 127.0.0.0/8, `[::1]` or `localhost`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn check_public(url: &Url) -> Result<(), EgressError> {
    if url.port_or_known_default() != Some(443) {
        return Err(EgressError::Blocked("its port is not 443"));
    }
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(name)) => return check_name(name),
        None => return Err(EgressError::BadUrl),
    };
    if is_public(address) {
        Ok(())
    } else {
        Err(EgressError::Blocked("its host is not on the public internet"))
    }
}

/// Names that never lead to the public internet. The resolver checks what the others lead to.
fn check_name(name: &str) -> Result<(), EgressError> {
    const PRIVATE: [&str; 7] = ["localhost", "local", "localdomain", "internal", "intranet", "onion", "arpa"];
    let name = name.trim_end_matches('.');
    match name.rsplit_once('.') {
        Some((_, last)) if !PRIVATE.contains(&last) => Ok(()),
        _ => Err(EgressError::Blocked("its host is not on the public internet")),
    }
}
