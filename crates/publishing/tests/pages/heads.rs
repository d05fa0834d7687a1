//! What pages tell those who preview, list and embed them.

use accolade_issuing::Visibility;
use accolade_issuing::views::{CredentialSheet, CredentialView};
use accolade_publishing::{Language, OEmbedAnswer, OEmbedRequest, Page, PageStatus};

use crate::dom::Dom;
use crate::fixtures::{self, AWARD, BASE, NAME};

fn page(sheet: CredentialSheet) -> Page {
    fixtures::press().credential_page(&fixtures::open(sheet), None, Language::En).unwrap()
}

#[test]
fn a_preview_has_everything_that_linkedin_and_the_others_read() {
    let dom = Dom::of(&page(fixtures::sheet()));
    let public = fixtures::page("credentials", AWARD);
    for (name, expected) in [
        ("og:type", "website"),
        ("og:site_name", "Riverside University"),
        ("og:title", "Mei Lin Okafor earned Applied Data Skills"),
        ("og:url", public.as_str()),
        ("og:image:width", "1200"),
        ("og:image:height", "627"),
        ("og:image:type", "image/png"),
        ("og:image:alt", "Applied Data Skills"),
        ("og:locale", "en_GB"),
        ("twitter:card", "summary_large_image"),
    ] {
        assert_eq!(dom.meta(name), Some(expected), "{name}");
    }
    assert!(dom.meta("og:image").unwrap().starts_with(BASE));
    assert!(dom.meta("og:description").unwrap().chars().count() <= 200);
    assert_eq!(dom.find("link", "rel", "canonical").unwrap().get("href"), Some(public.as_str()));
    assert_eq!(dom.all("meta").filter(|meta| meta.get("property") == Some("og:locale:alternate")).count(), 5);
}

#[test]
fn every_other_form_is_named_in_the_head() {
    let dom = Dom::of(&page(fixtures::sheet()));
    for wanted in [
        "application/vc",
        "application/vc+jwt",
        "image/png",
        "image/svg+xml",
        "application/pdf",
        "application/ld+json",
    ] {
        let names =
            |it: &&crate::dom::Element| it.get("rel") == Some("alternate") && it.get("type") == Some(wanted);
        let link = dom.all("link").find(names).unwrap();
        assert!(link.get("href").unwrap().starts_with(BASE), "{wanted}");
    }
    let discovery = dom.find("link", "type", "application/json+oembed").unwrap().get("href").unwrap();
    assert!(discovery.starts_with(&format!("{BASE}/oembed?url=https%3A%2F%2F")), "{discovery}");
    for language in Language::ALL {
        let links: Vec<_> =
            dom.all("link").filter(|link| link.get("hreflang") == Some(language.tag())).collect();
        assert_eq!(links.len(), 1, "{language:?}");
    }
}

#[test]
fn search_engines_list_public_awards_only_and_learn_names_only_there() {
    let public = page(fixtures::sheet());
    let dom = Dom::of(&public);
    assert_eq!((dom.meta("robots"), public.noindex), (None, false));
    let person = dom.json_ld().unwrap();
    assert_eq!(person["@type"], "Person");
    assert_eq!(person["name"], NAME);
    assert_eq!(person["hasCredential"]["@type"], "EducationalOccupationalCredential");
    assert_eq!(person["hasCredential"]["educationalLevel"]["termCode"], "5");
    assert_eq!(person["hasCredential"]["competencyRequired"][0]["name"], "Perform data analysis");
    assert_eq!(person["hasCredential"]["recognizedBy"]["name"], "Riverside University");

    let unlisted = page(fixtures::unlisted());
    let dom = Dom::of(&unlisted);
    assert_eq!((dom.meta("robots"), unlisted.noindex), (Some("noindex"), true));
    assert_eq!(dom.json_ld().unwrap()["@type"], "EducationalOccupationalCredential");
}

#[test]
fn a_card_for_other_sites_may_be_framed_and_nothing_else_may() {
    let press = fixtures::press();
    for (name, page) in crate::gallery::pages(&press, Language::En) {
        assert_eq!(page.frameable, name.starts_with("embed"), "{name}");
    }
}

#[test]
fn oembed_gives_the_card_of_what_is_open_and_nothing_of_what_is_not() {
    let press = fixtures::press();
    let url = fixtures::page("credentials", AWARD);
    let request = OEmbedRequest { url: &url, max_width: None, max_height: None };
    let ask = |view: &CredentialView| press.oembed(view, &request, Language::En);
    let OEmbedAnswer::Card(card) = ask(&fixtures::open(fixtures::sheet())) else { unreachable!("no card") };
    assert_eq!(card.title, "Mei Lin Okafor earned Applied Data Skills");
    assert!(card.html.starts_with(&format!("<iframe src=\"{BASE}/embed/{AWARD}\"")), "{}", card.html);
    let OEmbedAnswer::Card(card) = ask(&fixtures::open(fixtures::unlisted())) else {
        unreachable!("no card")
    };
    assert_eq!(card.title, "Applied Data Skills, awarded by Riverside University");
    let page = url.clone();
    assert_eq!(ask(&CredentialView::Locked { page: page.clone() }), OEmbedAnswer::Private);
    assert_eq!(ask(&CredentialView::Erased { page }), OEmbedAnswer::Gone);
    let opened = CredentialSheet { visibility: Visibility::Private, shared: true, ..fixtures::sheet() };
    assert_eq!(ask(&fixtures::open(opened)), OEmbedAnswer::Private);
}

#[test]
fn the_address_of_a_checked_badge_names_nobody() {
    let press = fixtures::press();
    let report = accolade_verifying::Report::blank();
    let verified = accolade_publishing::Verified { report: &report, url: Some("https://a.example/b?c=d&e") };
    let page = press.verify_report(verified, Language::En).unwrap();
    let text = std::str::from_utf8(&page.body).unwrap();
    assert!(text.contains("/verify?url=https%3A%2F%2Fa.example%2Fb%3Fc%3Dd%26e"), "the link to the result");
    assert!(page.noindex && page.status == PageStatus::Ok);
}
