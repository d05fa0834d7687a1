//! Who learns what: security case PRIV-1 at the level of pages.

use accolade_issuing::Visibility;
use accolade_issuing::views::{CredentialSheet, CredentialView};
use accolade_publishing::{Language, Page, PageStatus};
use serde_json::json;

use crate::dom::Dom;
use crate::fixtures::{self, AWARD, NAME};

const KEY: &str = "k3y-0f_the+link";

fn text(page: &Page) -> String {
    String::from_utf8(page.body.to_vec()).unwrap()
}

fn page(sheet: CredentialSheet, key: Option<&str>) -> Page {
    fixtures::press().credential_page(&fixtures::open(sheet), key, Language::En).unwrap()
}

/// A sheet as the office gives it to a visitor with the key.
fn shared(visibility: Visibility) -> CredentialSheet {
    let public = fixtures::page("credentials", AWARD);
    let key = "key=k3y-0f_the%2Blink";
    let links = json!({
        "public": format!("{public}?{key}"), "credential": format!("{public}.json?{key}"), "jwt": format!("{public}.jwt?{key}"),
        "png": format!("{public}.png?{key}"), "svg": format!("{public}.svg?{key}"), "pdf": format!("{public}.pdf?{key}"),
        "assertion": format!("{}?{key}", fixtures::page("assertions", AWARD)), "assertionJws": "", "card": "", "embed": "",
        "share": format!("{public}?{key}"), "verify": "", "linkedin": "https://www.linkedin.com/profile/add?x"
    });
    let award = fixtures::award(json!({ "links": links }));
    CredentialSheet { award, visibility, shared: true, indexable: false, ..fixtures::sheet() }
}

#[test]
fn an_award_by_link_shows_no_name_anywhere() {
    let page = page(fixtures::unlisted(), None);
    assert!(!text(&page).contains("Okafor") && text(&page).contains("Name not shown"));
}

#[test]
fn a_locked_or_erased_page_tells_nothing_of_what_is_behind_it() {
    let press = fixtures::press();
    let address = fixtures::page("credentials", AWARD);
    let locked = CredentialView::Locked { page: address.clone() };
    let erased = CredentialView::Erased { page: address };
    for (view, status) in [(locked, PageStatus::Locked), (erased, PageStatus::Gone)] {
        for language in Language::ALL {
            let pages =
                [press.credential_page(&view, Some(KEY), language), press.embed_page(&view, language)];
            for page in pages.map(Result::unwrap) {
                assert_eq!(page.status, status);
                assert!(page.noindex && !text(&page).contains("rel=\"alternate\""));
                for word in
                    ["Okafor", "Riverside", "Data Skills", AWARD, KEY, "og:", "ld+json", "public/images"]
                {
                    assert!(!text(&page).contains(word), "{status:?} {language:?}: {word}");
                }
            }
        }
    }
}

#[test]
fn a_sharing_link_opens_every_form_and_is_kept_from_caches_and_from_others() {
    let page = page(shared(Visibility::Private), Some(KEY));
    assert!(page.private && page.noindex);
    let dom = Dom::of(&page);
    for (suffix, expected) in [(".pdf", true), (".png", true), (".json", true), (".jwt", true)] {
        let found = dom.all("a").any(|link| {
            link.get("href").is_some_and(|href| href.contains(&format!("{suffix}?key=k3y-0f_the%2Blink")))
        });
        assert_eq!(found, expected, "{suffix}");
    }
    assert_eq!(dom.find("a", "hreflang", "de").unwrap().get("href"), Some("?key=k3y-0f_the%2Blink&lang=de"));
    let canonical = dom.find("link", "rel", "canonical").unwrap();
    assert_eq!(canonical.get("href"), Some(fixtures::page("credentials", AWARD).as_str()));
    for hidden in ["linkedin.com", "bsky.app", "joinmastodon", "mailto:?", "&lt;iframe", "oembed"] {
        assert!(!text(&page).contains(hidden), "{hidden}");
    }
}

#[test]
fn an_unlisted_award_with_its_key_shows_the_name_and_is_passed_on_without_either() {
    let page = page(shared(Visibility::Unlisted), Some(KEY));
    let dom = Dom::of(&page);
    assert!(text(&page).contains(NAME));
    let passed_on = ["linkedin.com/sharing", "bsky.app", "joinmastodon", "mailto:?"];
    for link in dom
        .all("a")
        .filter(|it| passed_on.iter().any(|to| it.get("href").is_some_and(|href| href.contains(to))))
    {
        let href = link.get("href").unwrap();
        assert!(!href.contains("key") && !href.contains("Okafor"), "{href}");
    }
    for meta in dom.all("meta") {
        assert!(!meta.get("content").unwrap_or_default().contains("Okafor"), "{meta:?}");
    }
    assert!(!dom.json_ld().unwrap().to_string().contains("Okafor"));
}

#[test]
fn a_key_that_opened_nothing_is_not_repeated() {
    let page = page(fixtures::unlisted(), Some(KEY));
    assert!(!page.private && !text(&page).contains("k3y"));
}

#[test]
fn nobody_adds_to_linkedin_what_does_not_count() {
    let offers = |view: &CredentialView| {
        text(&fixtures::press().credential_page(view, None, Language::En).unwrap())
            .contains("linkedin.com/profile/add")
    };
    for (state, view) in fixtures::states() {
        assert_eq!(offers(&view), matches!(state, "valid" | "not-yet-valid"), "{state}");
    }
}

#[test]
fn a_card_in_others_pages_shows_nothing_private_even_where_the_view_is_open() {
    let view = fixtures::open(shared(Visibility::Private));
    let page = fixtures::press().embed_page(&view, Language::En).unwrap();
    assert_eq!(page.status, PageStatus::Locked);
    assert!(!text(&page).contains("Okafor") && !text(&page).contains("Data Skills"));
    let unlisted = fixtures::open(shared(Visibility::Unlisted));
    let page = fixtures::press().embed_page(&unlisted, Language::En).unwrap();
    assert!(!text(&page).contains("Okafor") && text(&page).contains("Data Skills"));
}

#[test]
fn raw_data_name_nobody_whom_the_page_does_not_name() {
    let named = |mut sheet: CredentialSheet, kind: &str, identity: &str| {
        let plain = json!({"type": "IdentityObject", "hashed": false, "identityType": kind, "identityHash": identity});
        sheet.document["credentialSubject"]["identifier"] = json!([plain]);
        text(&page(sheet, None))
    };
    let hidden = named(fixtures::unlisted(), "name", NAME);
    assert!(!hidden.contains("Okafor") && !hidden.contains("Raw data"));
    let address = named(fixtures::sheet(), "emailAddress", "mei@example.org");
    assert!(!address.contains("mei@example.org"));
    assert!(named(fixtures::sheet(), "name", NAME).contains("Raw data"));
}
