//! How often one address may use what everybody may use.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use actix_web::HttpRequest;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::{Kind, Problem};

/// More addresses than this are forgotten when they have been quiet long enough.
const CROWD: usize = 10_000;

/// A limit for each client address.
pub(crate) struct Rates {
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    behind_proxy: bool,
}

impl Rates {
    /// `per_minute` requests, with that many at once after a quiet minute; 0 is no limit.
    pub(crate) fn new(per_minute: u32, behind_proxy: bool) -> Rates {
        let limiter = NonZeroU32::new(per_minute).map(|rate| RateLimiter::keyed(Quota::per_minute(rate)));
        Rates { limiter, behind_proxy }
    }

    /// Counts a request, or refuses it with 429.
    pub(crate) fn count(&self, req: &HttpRequest) -> Result<(), Problem> {
        let (Some(limiter), Some(client)) = (&self.limiter, self.client(req)) else { return Ok(()) };
        if limiter.len() > CROWD {
            limiter.retain_recent();
        }
        limiter.check_key(&client).map_err(|until| {
            let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            Problem::retry_after(Kind::TooManyRequests, "too many requests from this address", seconds)
        })
    }

    /// Who asks: the peer, or whom our own proxy names. What stands further left in the header anybody may have written.
    pub(crate) fn client(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        if !self.behind_proxy {
            return Some(household(peer));
        }
        let lists = req.headers().get_all("x-forwarded-for").filter_map(|list| list.to_str().ok());
        let last = lists.last().and_then(|list| list.rsplit(',').next());
        Some(household(last.and_then(|address| address.trim().parse().ok()).unwrap_or(peer)))
    }
}

/// One IPv6 customer has a whole /64.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn from(address: &str) -> HttpRequest {
        TestRequest::default().peer_addr(address.parse().unwrap()).to_http_request()
    }

    #[test]
    fn one_address_is_limited_and_another_is_not() {
        let rates = Rates::new(2, false);
        let noisy = from("192.0.2.1:1000");
        assert!(rates.count(&noisy).is_ok());
        assert!(rates.count(&from("192.0.2.1:1001")).is_ok());
        assert_eq!(rates.count(&noisy).unwrap_err().kind, Kind::TooManyRequests);
        assert!(rates.count(&from("192.0.2.2:1000")).is_ok());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_together() {
        let rates = Rates::new(1, false);
        assert!(rates.count(&from("[2001:db8::1]:1")).is_ok());
        assert!(rates.count(&from("[2001:db8::2]:1")).is_err());
        assert!(rates.count(&from("[2001:db8:0:1::1]:1")).is_ok());
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_proxy_and_only_the_last_one() {
        let forwarded = |list: &str| {
            let request = TestRequest::default().peer_addr("192.0.2.1:1".parse().unwrap());
            request.insert_header(("x-forwarded-for", list)).to_http_request()
        };
        let open = Rates::new(1, false);
        assert!(open.count(&forwarded("198.51.100.1")).is_ok());
        assert!(open.count(&forwarded("198.51.100.2")).is_err());
        let proxied = Rates::new(1, true);
        assert!(proxied.count(&forwarded("203.0.113.9, 198.51.100.1")).is_ok());
        assert!(proxied.count(&forwarded("203.0.113.8, 198.51.100.1")).is_err());
        assert!(proxied.count(&forwarded("198.51.100.2")).is_ok());
        assert!(proxied.count(&forwarded("rubbish")).is_ok());
        assert!(proxied.count(&from("192.0.2.1:1")).is_err());
    }

    #[test]
    fn zero_is_no_limit() {
        let rates = Rates::new(0, false);
        assert!((0..1000).all(|_| rates.count(&from("192.0.2.1:1")).is_ok()));
    }
}
