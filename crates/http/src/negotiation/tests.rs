//! Who gets what.

use super::*;

const OFFERS: &[&str] = &[
    "application/ld+json",
    "application/vc",
    "application/json",
    "application/vc+jwt",
    HTML,
    "image/png",
    "image/svg+xml",
    "application/pdf",
];
const DATA: &[&str] = &["application/ld+json", "application/vc", "application/json", "application/vc+jwt"];

const LINKEDIN: &str =
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)";
const CURL: &str = "curl/8.5.0";
const FIREFOX: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8";
const CHROME: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,\
                      application/signed-exchange;v=b3;q=0.7";
const SAFARI: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn chosen(accept: &str, agent: &str) -> (&'static str, bool) {
    let choice = decide(accept, || Some(agent), OFFERS);
    (choice.media_type, choice.by_client)
}

#[test]
fn a_browser_gets_the_page_whatever_it_is() {
    for accept in [
        FIREFOX,
        CHROME,
        SAFARI,
        "text/html",
        "TEXT/HTML",
        "text/*",
        "text/html;q=0.1",
        "text/html;charset=utf-8",
    ] {
        for agent in [CURL, LINKEDIN, ""] {
            assert_eq!(chosen(accept, agent), (HTML, false), "{accept} {agent}");
        }
    }
}

#[test]
fn who_names_a_type_gets_it_whoever_he_is() {
    for (accept, expected) in [
        ("application/vc", "application/vc"),
        ("APPLICATION/VC", "application/vc"),
        ("application/json", "application/json"),
        ("application/json, */*", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("application/vc+jwt", "application/vc+jwt"),
        ("application/vc+jwt;q=0.9, application/vc;q=0.8", "application/vc+jwt"),
        ("application/vc;q=0.8, application/vc+jwt;q=0.9", "application/vc+jwt"),
        ("application/ld+json;profile=\"x\", application/json;q=0.2", "application/ld+json"),
        ("application/vc;q=bogus", "application/vc"),
        ("application/*", "application/ld+json"),
        ("image/png", "image/png"),
        ("image/svg+xml", "image/svg+xml"),
        ("image/*", "image/png"),
        ("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "image/svg+xml"),
        ("image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/png"),
        ("application/pdf", "application/pdf"),
        // What validators of badges send.
        ("application/ld+json, application/json, image/png, image/svg+xml", "application/ld+json"),
        (
            "application/activity+json, application/ld+json; profile=\"x\", text/html;q=0.1",
            "application/ld+json",
        ),
        // The data before the page where both are meant alike: nobody names a type of ours by accident.
        ("text/html, application/json", "application/json"),
        ("text/html, application/json;q=0.9", HTML),
        ("application/pdf;q=0.3, text/html;q=0.2", "application/pdf"),
    ] {
        for agent in [CURL, LINKEDIN] {
            assert_eq!(chosen(accept, agent), (expected, false), "{accept} {agent}");
        }
    }
}

#[test]
fn where_the_header_leaves_it_open_crawlers_get_the_page_and_others_the_data() {
    for accept in [
        "",
        "*/*",
        "*/*;q=0.1",
        "audio/*",
        "application/x-nonsense",
        "rubbish",
        ";;;,,,/",
        "application/json;q=0.5, */*",
        "text/html;q=0.1, */*",
    ] {
        assert_eq!(chosen(accept, CURL), ("application/ld+json", true), "{accept}");
        assert_eq!(chosen(accept, LINKEDIN), (HTML, true), "{accept}");
        assert_eq!(decide(accept, || None, OFFERS).media_type, "application/ld+json", "{accept}");
    }
}

#[test]
fn what_is_refused_is_not_sent_as_long_as_there_is_something_else() {
    assert_eq!(chosen("application/ld+json;q=0, */*", CURL), ("application/vc", true));
    assert_eq!(chosen("text/html;q=0, */*", LINKEDIN), ("application/ld+json", false));
    assert_eq!(chosen("application/*;q=0, */*", CURL), ("image/png", true));
    assert_eq!(chosen("*/*;q=0", CURL), ("application/ld+json", false));
}

#[test]
fn who_is_asking_does_not_matter_where_there_is_no_page() {
    for (accept, expected) in
        [("", "application/ld+json"), ("*/*", "application/ld+json"), (CHROME, "application/ld+json")]
    {
        let asked = || -> Option<&str> { panic!("nobody needs to know") };
        assert_eq!(
            decide(accept, asked, DATA),
            Choice { media_type: expected, by_client: false },
            "{accept}"
        );
    }
}

#[test]
fn vary_names_what_the_choice_depended_on_and_nothing_else() {
    let vary = |accept: &str| {
        let choice = decide(accept, || Some(CURL), OFFERS);
        [choice.vary(), choice.vary_with_language()].map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(vary("application/vc"), ["Accept", "Accept, Accept-Language"]);
    assert_eq!(vary("*/*"), ["Accept, User-Agent", "Accept, Accept-Language, User-Agent"]);
}

#[test]
fn several_headers_are_one() {
    let request = actix_web::test::TestRequest::default()
        .append_header((header::ACCEPT, "application/json;q=0.2"))
        .append_header((header::ACCEPT, "text/html"))
        .to_http_request();
    assert!(choose(&request, OFFERS).is_page());
}

#[test]
fn a_refusal_is_a_page_for_people_only() {
    let reads = |accept: &str| {
        let request = actix_web::test::TestRequest::default().insert_header((header::ACCEPT, accept));
        reads_pages(&request.to_http_request())
    };
    for accept in [FIREFOX, CHROME, SAFARI] {
        assert!(reads(accept), "{accept}");
    }
    for accept in
        ["", "*/*", "application/json", "application/vc", "image/png", "application/problem+json, text/html"]
    {
        assert!(!reads(accept), "{accept}");
    }
}

#[test]
fn who_takes_nothing_of_what_there_is_gets_nothing_where_the_protocol_wants_that() {
    for (accept, expected) in [
        ("*/*", Some("application/ld+json")),
        ("application/*;q=0.1", Some("application/ld+json")),
        ("application/json, */*", Some("application/json")),
        ("application/json;q=0.1, application/VC;q=0.2", Some("application/vc")),
        ("application/ld+json;profile=\"https://x.example\"", Some("application/ld+json")),
        ("application/ld+json;q=0, */*;q=0.1", Some("application/vc")),
        ("application/json;q=0.5, */*", Some("application/ld+json")),
        ("text/html", None),
        ("image/*", None),
        ("application/json;q=0", None),
        ("", None),
    ] {
        assert_eq!(best(&ranges(accept), DATA).map(|(offer, _)| offer), expected, "{accept}");
    }
}
