//! SSRF: whatever a badge names, and wherever it names it, nothing inside is ever spoken to.
//!
//! Each case goes through the whole examiner, with its addresses in every place a badge can name one ([`places`]), and by the
//! client itself in every spelling of scheme and port. Listeners on this machine count who connects: nobody may.

mod names;
mod places;
mod redirects;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::OnceLock;

use accolade_verifying::egress::{Allowance, Egress};
use accolade_verifying::{EgressSettings, Outcome, Report};
use places::{Fate, PLACES, Place};

use crate::egress::settings;
use crate::support::servers::Canary;
use crate::support::{IdMethod, NOW, School, ToldNames, World, v2};
use crate::v1;

/// A world with an honest school and an honest body that endorses it, and canaries.
struct Stage {
    world: World,
    school: School,
    body: School,
    canary: Canary,
}

impl Stage {
    fn new() -> Self {
        Self::knowing(&[])
    }

    /// One whose name server knows these names.
    fn knowing(known: &[(&str, &[&str])]) -> Self {
        let mut names = ToldNames::default();
        for (name, addresses) in known {
            let addresses: Vec<IpAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
            names.known.insert((*name).to_owned(), addresses);
        }
        Self::with(EgressSettings::default(), names)
    }

    fn with(egress: EgressSettings, names: ToldNames) -> Self {
        // First of all, so that they listen before anybody could speak to them.
        well_known_canaries();
        let world = World::with(NOW, egress, names);
        let school = School::open(&world.shelf, "school.example", IdMethod::Url);
        let body = School::open(&world.shelf, "body.example", IdMethod::Web);
        v2::open(&world.shelf);
        v1::open(&world.shelf);
        Self { world, school, body, canary: Canary::new() }
    }

    /// Examines a badge with that address in that place.
    async fn examine(&self, place: &Place, url: &str) -> Report {
        self.world.names.asked.lock().unwrap().clear();
        self.world.examiner.verify((place.badge)(self, url)).await
    }

    /// The names that were looked up in the last examination.
    fn asked(&self) -> Vec<String> {
        self.world.names.asked.lock().unwrap().clone()
    }

    fn assert_silent(&self) {
        self.canary.assert_silent();
        for listener in well_known_canaries() {
            assert!(listener.accept().is_err(), "somebody connected to {:?}", listener.local_addr());
        }
    }

    /// In no place does that address lead anywhere, and nobody even looks up its name.
    async fn assert_leads_nowhere(&self, url: &str) {
        for place in PLACES {
            let report = self.examine(place, url).await;
            let whole = || format!("{url} as {}: {report:#?}", place.name);
            assert_eq!(self.asked(), Vec::<String>::new(), "{}", whole());
            if matches!(place.fate, Fate::Needed | Fate::Refused) {
                assert_ne!(report.outcome, Outcome::Valid, "{}", whole());
            }
            let says_why = report.checks.iter().any(|check| check.code.is_some());
            assert!(says_why || place.fate == Fate::Ignored, "{}", whole());
        }
        let resolved = self.world.examiner.resolve_did(&places::did_web(url)).await;
        assert!(resolved.is_err() && self.asked().is_empty(), "{url} as a DID: {resolved:?}");
        self.assert_silent();
    }
}

/// Whether a check of the report, or of one of a credential in it, has that code.
fn says(report: &Report, code: &str) -> bool {
    report.checks.iter().any(|check| check.code == Some(code))
        || report.credentials.iter().any(|inner| says(inner, code))
}

/// Listeners on the ports that need no naming, where this process may have them; the examiner is sent to no others by an
/// address without a port.
fn well_known_canaries() -> &'static [TcpListener] {
    static CANARIES: OnceLock<Vec<TcpListener>> = OnceLock::new();
    CANARIES.get_or_init(|| {
        let places = ["127.0.0.1:443", "127.0.0.1:80", "[::1]:443", "[::1]:80"];
        let addresses = places.iter().map(|place| place.parse::<SocketAddr>().unwrap());
        let listeners = addresses.filter_map(|address| TcpListener::bind(address).ok());
        listeners.inspect(|listener| listener.set_nonblocking(true).unwrap()).collect()
    })
}

/// No badge leads to any of these hosts: by https through the whole examiner, and by every scheme and port for the first of
/// them there and for all of them by the client itself, with and without the development setting.
async fn assert_hosts_lead_nowhere(hosts: &[&str]) {
    let stage = Stage::new();
    let clients = [false, true].map(|allow_loopback_http| {
        Egress::new(EgressSettings { allow_loopback_http, ..settings() }).unwrap()
    });
    for (number, host) in hosts.iter().enumerate() {
        let port = stage.canary.port;
        let spellings = [
            format!("https://{host}/x"),
            format!("https://{host}:{port}/x"),
            format!("http://{host}:{port}/x"),
        ];
        let whole = if number == 0 { 3 } else { 1 };
        for url in &spellings[..whole] {
            stage.assert_leads_nowhere(url).await;
        }
        for egress in &clients {
            for url in &spellings {
                if egress.settings().allow_loopback_http && url.starts_with("http:") {
                    continue;
                }
                let mut allowance = Allowance::new(egress.settings());
                let error = egress.get(url, "*/*", &mut allowance).await.unwrap_err();
                assert!(matches!(error.code(), "egress_blocked" | "bad_url"), "{url}: {error:?}");
            }
        }
    }
    stage.assert_silent();
}

/// The table is alive: where an address is to be visited, a harmless one is.
#[tokio::test]
async fn every_place_leads_to_a_visit_or_never_does() {
    let stage = Stage::new();
    for (number, place) in PLACES.iter().enumerate() {
        // Each its own, because that nobody is there is remembered for a while.
        let report = stage.examine(place, &format!("https://witness.example/x/{number}")).await;
        let expected = matches!(place.fate, Fate::Needed | Fate::Tried);
        let asked = stage.asked();
        assert_eq!(
            asked.iter().any(|name| name == "witness.example"),
            expected,
            "{}: {report:#?}",
            place.name
        );
        assert!(asked.iter().all(|name| name == "witness.example"), "{}: {asked:?}", place.name);
        let valid = matches!(place.fate, Fate::Tried | Fate::Ignored);
        assert_eq!(report.outcome == Outcome::Valid, valid, "{}: {report:#?}", place.name);
    }
}

#[tokio::test]
async fn ssrf_01_anything_but_https_is_refused() {
    let stage = Stage::new();
    let port = stage.canary.port;
    for url in [
        format!("http://127.0.0.1:{port}/x"),
        format!("HTTP://localhost:{port}/x"),
        "http://witness.example/x".to_owned(),
        "ftp://witness.example/x".to_owned(),
        "ws://witness.example/x".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1:70/x".to_owned(),
        "dict://127.0.0.1:11211/x".to_owned(),
        "ldap://127.0.0.1/x".to_owned(),
        "jar:https://witness.example/x!/y".to_owned(),
    ] {
        stage.assert_leads_nowhere_but_did_web(&url).await;
    }
    for url in ["data:application/json,{}", "//witness.example/", "witness.example", "", " ", "https://"] {
        for egress in [settings(), EgressSettings { allow_loopback_http: true, ..settings() }] {
            let mut allowance = Allowance::new(&egress);
            let error = Egress::new(egress).unwrap().get(url, "*/*", &mut allowance).await.unwrap_err();
            assert!(matches!(error.code(), "egress_blocked" | "bad_url"), "{url:?}: {error:?}");
        }
    }
}

impl Stage {
    /// A `did:web` names no scheme: it is always https.
    async fn assert_leads_nowhere_but_did_web(&self, url: &str) {
        for place in PLACES.iter().filter(|place| !place.name.starts_with("did:web")) {
            let report = self.examine(place, url).await;
            assert_eq!(self.asked(), Vec::<String>::new(), "{url} as {}: {report:#?}", place.name);
            if matches!(place.fate, Fate::Needed | Fate::Refused) {
                assert_ne!(report.outcome, Outcome::Valid, "{url} as {}: {report:#?}", place.name);
            }
        }
        self.assert_silent();
    }
}

#[tokio::test]
async fn ssrf_02_the_loopback_address_is_refused() {
    assert_hosts_lead_nowhere(&["127.0.0.1", "127.0.0.2", "127.255.255.254", "127.0.0.1."]).await;
}

#[tokio::test]
async fn ssrf_03_localhost_is_refused_in_every_spelling() {
    assert_hosts_lead_nowhere(&["localhost", "localhost.", "LOCALHOST", "sub.localhost", "ip6-localhost"])
        .await;
}

#[tokio::test]
async fn ssrf_04_an_address_written_as_a_number_is_refused() {
    let spellings = [
        "2130706433",
        "0x7f000001",
        "017700000001",
        "127.1",
        "0177.0.0.01",
        "0x7f.1",
        "①②⑦.0.0.1",
        "１２７.0.0.1",
    ];
    assert_hosts_lead_nowhere(&spellings).await;
}

#[tokio::test]
async fn ssrf_05_the_loopback_and_unspecified_addresses_of_both_families_are_refused() {
    assert_hosts_lead_nowhere(&["[::1]", "[::]", "0.0.0.0", "0", "[0:0:0:0:0:0:0:1]", "0.1.2.3"]).await;
}

#[tokio::test]
async fn ssrf_06_mapped_addresses_are_refused() {
    assert_hosts_lead_nowhere(&["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:93.184.215.14]"]).await;
}

#[tokio::test]
async fn ssrf_07_addresses_behind_nat64_are_refused() {
    assert_hosts_lead_nowhere(&["[64:ff9b::a9fe:a9fe]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]"]).await;
}

#[tokio::test]
async fn ssrf_08_addresses_in_6to4_are_refused() {
    assert_hosts_lead_nowhere(&["[2002:7f00:1::]", "[2002:a9fe:a9fe::1]"]).await;
}

#[tokio::test]
async fn ssrf_09_addresses_in_teredo_are_refused() {
    assert_hosts_lead_nowhere(&["[2001:0:7f00:1::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]"])
        .await;
}

#[tokio::test]
async fn ssrf_10_compatible_addresses_are_refused() {
    assert_hosts_lead_nowhere(&["[::127.0.0.1]", "[::7f00:1]", "[::93.184.215.14]"]).await;
}

#[tokio::test]
async fn ssrf_11_the_metadata_services_of_clouds_are_refused() {
    let services = [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "[::ffff:169.254.169.254]",
        "metadata.google.internal",
        "instance-data",
    ];
    assert_hosts_lead_nowhere(&services).await;
}

#[tokio::test]
async fn ssrf_12_private_shared_benchmarking_and_reserved_addresses_are_refused() {
    let addresses = [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "240.0.0.1",
        "255.255.255.255",
    ];
    assert_hosts_lead_nowhere(&addresses).await;
}

#[tokio::test]
async fn ssrf_13_local_addresses_of_ipv6_are_refused() {
    let addresses =
        ["[fc00::1]", "[fdff::1]", "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[5f00::1]", "[100::1]"];
    assert_hosts_lead_nowhere(&addresses).await;
}

#[tokio::test]
async fn ssrf_14_multicast_is_refused() {
    assert_hosts_lead_nowhere(&["224.0.0.1", "239.255.255.250", "[ff02::1]", "[ff0e::1]"]).await;
}

#[tokio::test]
async fn ssrf_20_another_port_than_443_is_refused() {
    let stage = Stage::knowing(&[("witness.example", &["127.0.0.1"])]);
    for port in ["22", "25", "80", "6379", "8443", "0", "65536"] {
        stage.assert_leads_nowhere(&format!("https://witness.example:{port}/x")).await;
    }
}
