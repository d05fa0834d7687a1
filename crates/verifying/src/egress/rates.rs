//! How often servers are asked: token buckets for each host, each address and all together.
//!
//! Anybody may hand in badges that name a server, so without a bound anybody could have us knock at its door. The bound
//! must not become a weapon either: whoever uses up a host's tokens with addresses nobody has heard of leaves those
//! apart that renew documents we already have, and an issuer's document that cannot be renewed just now goes on serving.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{EgressError, EgressSettings};

/// More keys than this are thinned out: those that have all their tokens again need no memory.
const CROWD: usize = 4_096;

/// A token bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    burst: NonZeroU32,
    each: Duration,
}

impl Rate {
    /// So many at once after a quiet time, at most 100,000; and then one each so long, a day at most.
    pub fn new(burst: u32, each: Duration) -> Self {
        let burst = NonZeroU32::new(burst.min(100_000)).unwrap_or(NonZeroU32::MIN);
        Self { burst, each: each.clamp(Duration::from_nanos(1), Duration::from_secs(86_400)) }
    }

    fn quota(self) -> Quota {
        // Only a time of zero has no quota.
        let quota = Quota::with_period(self.each).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN));
        quota.allow_burst(self.burst)
    }
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Errand {
    /// A document we know nothing of.
    New,
    /// One we have a copy of, whose time is over.
    Renewal,
}

/// The buckets of one client.
pub(super) struct Rates {
    hosts: DefaultKeyedRateLimiter<(String, Errand)>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
}

impl Rates {
    pub(super) fn new(settings: &EgressSettings) -> Self {
        Self {
            hosts: RateLimiter::keyed(settings.host_rate.quota()),
            addresses: RateLimiter::keyed(settings.address_rate.quota()),
            all: RateLimiter::direct(settings.total_rate.quota()),
        }
    }

    /// Takes a token for one request.
    pub(super) fn request(&self, host: &str, errand: Errand) -> Result<(), EgressError> {
        // A host without tokens must not use up those of all others.
        if !take(&self.hosts, &(host.to_owned(), errand)) {
            return Err(EgressError::HostBusy);
        }
        self.all.check().map_err(|_| EgressError::VerifierBusy)
    }

    /// Takes a token for a connection: many names may lead to one server.
    pub(super) fn connection(&self, address: IpAddr) -> bool {
        take(&self.addresses, &neighbourhood(address))
    }
}

fn take<K: Hash + Eq + Clone>(buckets: &DefaultKeyedRateLimiter<K>, key: &K) -> bool {
    if buckets.len() > CROWD {
        buckets.retain_recent();
        if buckets.len() > CROWD {
            return false;
        }
    }
    buckets.check_key(key).is_ok()
}

/// One IPv6 site has a whole /64.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Duration = Duration::from_secs(86_400);

    fn rates(host: u32, address: u32, all: u32) -> Rates {
        Rates::new(&EgressSettings {
            host_rate: Rate::new(host, NEVER),
            address_rate: Rate::new(address, NEVER),
            total_rate: Rate::new(all, NEVER),
            ..EgressSettings::default()
        })
    }

    #[test]
    fn a_host_is_asked_so_often_and_the_others_are_none_the_worse() {
        let rates = rates(2, 9, 9);
        let asked = |host: &str| rates.request(host, Errand::New);
        assert_eq!([asked("a.example"), asked("a.example")], [Ok(()), Ok(())]);
        for _ in 0..20 {
            assert_eq!(asked("a.example"), Err(EgressError::HostBusy));
        }
        assert_eq!([asked("b.example"), asked("c.example")], [Ok(()), Ok(())]);
        assert_eq!(rates.request("a.example", Errand::Renewal), Ok(()), "renewals have tokens of their own");
    }

    #[test]
    fn all_together_are_asked_so_often() {
        let rates = rates(9, 9, 2);
        let asked = |host: &str| rates.request(host, Errand::New);
        assert_eq!([asked("a.example"), asked("b.example")], [Ok(()), Ok(())]);
        assert_eq!(asked("c.example"), Err(EgressError::VerifierBusy));
    }

    #[test]
    fn many_names_of_one_server_are_one_server() {
        let rates = rates(9, 2, 9);
        let connect = |address: &str| rates.connection(address.parse().unwrap());
        assert!(connect("93.184.215.14") && connect("93.184.215.14") && connect("93.184.215.15"));
        assert!(!connect("93.184.215.14"));
        assert!(connect("2606:4700::1111") && connect("2606:4700::1112") && connect("2606:4700:0:1::1"));
        assert!(!connect("2606:4700::1113"), "the same /64");
    }

    #[test]
    fn however_many_hosts_there_are_the_memory_is_bounded() {
        let quick =
            EgressSettings { host_rate: Rate::new(4, Duration::from_nanos(1)), ..EgressSettings::default() };
        let rates = Rates::new(&quick);
        for number in 0..CROWD * 4 {
            let _ = rates.request(&format!("host{number}.example"), Errand::New);
            assert!(rates.hosts.len() <= CROWD + 1);
        }
        let slow = rates_of_slow_hosts();
        let refused = (0..CROWD * 2).filter(|number| {
            slow.request(&format!("host{number}.example"), Errand::New) == Err(EgressError::HostBusy)
        });
        assert!(
            refused.count() > 0 && slow.hosts.len() <= CROWD + 1,
            "and where nothing can be forgotten, nobody is let in"
        );
    }

    fn rates_of_slow_hosts() -> Rates {
        rates(4, 4, u32::MAX)
    }
}
