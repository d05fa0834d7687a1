//! Which addresses may be dialled.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is globally reachable unicast, by the
/// [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry) and
/// [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry) special-purpose registries.
///
/// Addresses that only carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) are never public: what they
/// reach depends on the network they are used in.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    const SPECIAL: [(u32, u32); 16] = [
        (v4(0, 0, 0), 8),
        (v4(10, 0, 0), 8),
        (v4(100, 64, 0), 10),
        (v4(127, 0, 0), 8),
        (v4(169, 254, 0), 16),
        (v4(172, 16, 0), 12),
        (v4(192, 0, 0), 24),
        (v4(192, 0, 2), 24),
        (v4(192, 31, 196), 24),
        (v4(192, 52, 193), 24),
        (v4(192, 88, 99), 24),
        (v4(192, 168, 0), 16),
        (v4(192, 175, 48), 24),
        (v4(198, 18, 0), 15),
        (v4(198, 51, 100), 24),
        (v4(203, 0, 113), 24),
    ];
    let bits = address.to_bits();
    // From 224.0.0.0 on: multicast, reserved, broadcast.
    bits < v4(224, 0, 0) && SPECIAL.iter().all(|(start, length)| (bits ^ start) >> (32 - length) != 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    const SPECIAL: [(u128, u32); 6] = [
        // IETF protocols: Teredo, ORCHID, benchmarking and the like.
        (v6(0x2001, 0, 0), 23),
        (v6(0x2001, 0xdb8, 0), 32),
        // 6to4.
        (v6(0x2002, 0, 0), 16),
        (v6(0x2620, 0x4f, 0x8000), 48),
        // Documentation.
        (v6(0x3fff, 0, 0), 20),
        // The 6bone's, given back.
        (v6(0x3ffe, 0, 0), 16),
    ];
    let bits = address.to_bits();
    // ISATAP: an IPv4 address in the lower half, behind 0:5efe or 200:5efe.
    let is_isatap = bits >> 32 & 0xfdff_ffff == 0x5efe;
    // 2000::/3 is all of global unicast; every other special range lies outside of it.
    bits >> 125 == 1
        && !is_isatap
        && SPECIAL.iter().all(|(start, length)| (bits ^ start) >> (128 - length) != 0)
}

const fn v4(a: u8, b: u8, c: u8) -> u32 {
    Ipv4Addr::new(a, b, c, 0).to_bits()
}

const fn v6(a: u16, b: u16, c: u16) -> u128 {
    Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn every_special_range_is_refused_from_its_first_to_its_last_address() {
        for (first, last) in [
            ("0.0.0.0", "0.255.255.255"),
            ("10.0.0.0", "10.255.255.255"),
            ("100.64.0.0", "100.127.255.255"),
            ("127.0.0.0", "127.255.255.255"),
            ("169.254.0.0", "169.254.255.255"),
            ("172.16.0.0", "172.31.255.255"),
            ("192.0.0.0", "192.0.0.255"),
            ("192.0.2.0", "192.0.2.255"),
            ("192.31.196.0", "192.31.196.255"),
            ("192.52.193.0", "192.52.193.255"),
            ("192.88.99.0", "192.88.99.255"),
            ("192.168.0.0", "192.168.255.255"),
            ("192.175.48.0", "192.175.48.255"),
            ("198.18.0.0", "198.19.255.255"),
            ("198.51.100.0", "198.51.100.255"),
            ("203.0.113.0", "203.0.113.255"),
            ("224.0.0.0", "255.255.255.255"),
            ("::", "::ffff:ffff:ffff"),
            ("::127.0.0.1", "::ffff:127.0.0.1"),
            ("64:ff9b::", "64:ff9b::ffff:ffff"),
            ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
            ("100::", "100::ffff:ffff:ffff:ffff"),
            ("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"),
            ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"),
            ("2a00::5efe:127.0.0.1", "2a00::200:5efe:10.0.0.1"),
            ("3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            assert!(!public(first), "{first}");
            assert!(!public(last), "{last}");
        }
    }

    #[test]
    fn the_addresses_next_to_the_special_ranges_are_public() {
        for address in [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2000::",
            "2001:200::",
            "2001:db9::",
            "2003::",
            "2a00::1",
            "2606:4700::1111",
            "2620:4f:7fff:ffff::1",
            "2620:4f:8001::",
            "2a00::5eff:1:1",
            "3ffd::1",
        ] {
            assert!(public(address), "{address}");
        }
    }
}
