//! `/docs` and `/errors`.

use serde_json::json;

use crate::on_both;

on_both! {
    fn the_page_to_try_the_api_out_works_from_this_server_alone(server) {
        let moved = server.anyone().get("/docs");
        assert_eq!((moved.status, moved.header("location")), (308, Some("docs/")));
        let page = server.anyone().get("/docs/");
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").unwrap().starts_with("text/html"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("http"), "{policy}");
        for attribute in ["src=\"", "href=\""] {
            for reference in page.text().split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(!reference.contains("//"), "{reference} is on another server");
                let file = reference.trim_start_matches("./");
                assert_eq!(server.anyone().get(&format!("/docs/{file}")).status, 200, "{file}");
            }
        }
        let start = server.anyone().get("/docs/swagger-initializer.js");
        assert!(start.text().contains("../openapi.json"), "{}", start.text());
        server.anyone().get("/docs/nothing.js").expect_problem(404, "not-found");
    }

    fn the_type_of_a_problem_leads_to_its_explanation(server) {
        let problem = server.owner().post("/v1/issuers", &json!({})).json();
        let (page, anchor) = problem["type"].as_str().unwrap().split_once('#').unwrap();
        let explained = server.anyone().get(page);
        assert_eq!(explained.status, 200);
        assert!(explained.text().contains(&format!("\n## {anchor}\n")));
    }
}
