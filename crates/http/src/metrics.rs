//! Counters for operators, in the OpenMetrics text form. Labels are route templates and status codes, never ids.

use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// What a request is counted under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The server's counters.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    awards: Counter,
    hits: Counter,
    misses: Counter,
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("accolade");
        let requests = Family::<Request, Counter>::default();
        let durations = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(histogram);
        let awards = Counter::default();
        let cache = Family::<Outcome, Counter>::default();
        registry.register("http_requests", "Requests by method, route template and status", requests.clone());
        registry.register("http_request_seconds", "Time to the reply, by route template", durations.clone());
        registry.register("awards", "Awards made", awards.clone());
        registry.register("publication_cache", "Public documents found in memory or not", cache.clone());
        let (hits, misses) = (outcome(&cache, "hit"), outcome(&cache, "miss"));
        Metrics { registry, requests, durations, awards, hits, misses }
    }

    /// Counts a finished request.
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = Request { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&labels).inc();
        self.durations.get_or_create(&Route { route: labels.route }).observe(took.as_secs_f64());
    }

    /// Counts a new award.
    pub(crate) fn award(&self) {
        self.awards.inc();
    }

    pub(crate) fn cache_hit(&self) {
        self.hits.inc();
    }

    pub(crate) fn cache_miss(&self) {
        self.misses.inc();
    }

    /// The text that a Prometheus server collects.
    pub(crate) fn text(&self) -> Arc<str> {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text.into()
    }
}

fn outcome(cache: &Family<Outcome, Counter>, outcome: &'static str) -> Counter {
    cache.get_or_create_owned(&Outcome { outcome })
}

fn histogram() -> Histogram {
    Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}
