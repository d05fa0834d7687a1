//! `/healthz`, `/readyz`, `/metrics`, `/openapi.json`.

use serde_json::Value;

use crate::on_both;

on_both! {
    fn the_server_says_that_it_is_alive_and_ready(server) {
        for path in ["/healthz", "/readyz"] {
            let answer = server.anyone().get(path);
            assert_eq!((answer.status, answer.text()), (200, "ok"), "{path}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
    }

    fn the_counters_count_routes_and_not_ids(server) {
        let school = server.school();
        let award = server.owner().award(&school.achievement, "canary@example.org");
        let public = award["links"]["public"].as_str().unwrap();
        for _ in 0..3 {
            server.anyone().get(public);
        }
        let answer = server.anyone().get("/metrics");
        let text = answer.text();
        assert!(answer.header("content-type").unwrap().starts_with("application/openmetrics-text"));
        for line in [
            "accolade_awards_total 1",
            "accolade_publication_cache_total{outcome=\"hit\"} 2",
            "accolade_publication_cache_total{outcome=\"miss\"} 1",
            "accolade_http_requests_total{method=\"GET\",route=\"/public/credentials/{id}\",status=\"200\"} 3",
            "accolade_http_requests_total{method=\"POST\",route=\"/v1/achievements/{id}/credentials\",status=\"201\"} 1",
            "accolade_http_request_seconds_count{route=\"/public/credentials/{id}\"} 3",
        ] {
            assert!(text.contains(&format!("{line}\n")), "{line} is not in\n{text}");
        }
        assert!(!text.contains("canary") && !text.contains(award["id"].as_str().unwrap()));
        assert!(text.ends_with("# EOF\n"));
    }

    fn the_document_is_served_as_it_is_kept(server) {
        let served = server.anyone().get("/openapi.json").expect(200);
        let kept: Value = serde_json::from_str(&accolade_http::openapi_json()).unwrap();
        assert_eq!(served, kept);
    }
}
