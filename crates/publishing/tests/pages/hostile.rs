//! Strangers' words on pages: security cases WEB-1, WEB-2, WEB-9 and WEB-16.

use std::collections::BTreeSet;

use accolade_issuing::views::CredentialSheet;
use accolade_publishing::{Language, Page};
use serde_json::{Value, json};

use crate::dom::Dom;
use crate::fixtures;

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea></pre></code><iframe srcdoc=x>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "![x](x\" onerror=\"alert(1))",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    "{{7*7}} {% include \"x\" %} ${7*7}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{202e}<b>txt\u{2066}",
    "<bdi></bdi></h1><base href=//evil>",
    "]]><x/>",
    "\u{0}<script\u{0}>",
    "`` `<script>` ``",
];

/// A sheet that says `payload` wherever a stranger's words go.
fn saying(payload: &str) -> CredentialSheet {
    let mut sheet = fixtures::sheet();
    sheet.recipient_name = Some(payload.to_owned());
    sheet.issuer.name = payload.to_owned();
    sheet.issuer.description = Some(payload.to_owned());
    sheet.issuer.url = Some(payload.to_owned());
    sheet.issuer.image = Some(payload.to_owned());
    sheet.award.status = accolade_issuing::AwardStatus::Suspended;
    sheet.award.status_reason = Some(payload.to_owned());
    sheet.proof_suite = Some(payload.to_owned());
    poison(sheet.document.get_mut("credentialSubject").unwrap(), payload);
    poison(sheet.document.get_mut("evidence").unwrap(), payload);
    sheet
}

/// Writes `payload` over every text but those that others point to.
fn poison(value: &mut Value, payload: &str) {
    match value {
        Value::String(text) => *text = payload.to_owned(),
        Value::Array(values) => values.iter_mut().for_each(|value| poison(value, payload)),
        Value::Object(members) => {
            let keep = ["resultDescription", "achievedLevel", "requiredLevel", "status", "resultType"];
            for (name, value) in members {
                let is_link = keep.contains(&name.as_str())
                    || name == "id" && value.as_str().is_some_and(|id| id.starts_with("urn:"));
                if !(is_link && value.is_string()) {
                    poison(value, payload);
                }
            }
        }
        _ => {}
    }
}

/// The kinds of elements with their attributes' names.
fn shape(page: &Page) -> BTreeSet<String> {
    let dom = Dom::of(page);
    dom.elements
        .iter()
        .map(|element| {
            let names: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
            format!("{} {}", element.name, names.join(" "))
        })
        .collect()
}

/// What Markdown and missing parts may add to a page's shape.
const HARMLESS: &[&str] =
    &["p ", "em ", "strong ", "code ", "a href rel", "h3 ", "blockquote ", "bdi ", "span "];

#[test]
fn no_word_of_a_stranger_becomes_an_element_or_an_attribute() {
    let press = fixtures::press();
    let page = |sheet| press.credential_page(&fixtures::open(sheet), None, Language::En).unwrap();
    let embed = |sheet| press.embed_page(&fixtures::open(sheet), Language::En).unwrap();
    let (calm, card) = (shape(&page(saying("harmless"))), shape(&embed(saying("harmless"))));
    for payload in PAYLOADS {
        for (found, expected) in
            [(shape(&page(saying(payload))), &calm), (shape(&embed(saying(payload))), &card)]
        {
            let new: Vec<_> =
                found.difference(expected).filter(|it| !HARMLESS.contains(&it.as_str())).collect();
            assert_eq!(new, Vec::<&String>::new(), "{payload}");
        }
    }
}

#[test]
fn no_word_of_a_stranger_becomes_an_address_that_runs() {
    let press = fixtures::press();
    for payload in
        ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " JavaScript:alert(1)", "//evil.example/x"]
    {
        let page = press.credential_page(&fixtures::open(saying(payload)), None, Language::En).unwrap();
        let dom = Dom::of(&page);
        for element in &dom.elements {
            for attribute in ["href", "src", "action", "srcset"] {
                let value = element.get(attribute).unwrap_or_default();
                let is_safe = ["", "/", "?", "#", "https://", "mailto:"].iter().any(|start| {
                    if start.is_empty() {
                        value.is_empty()
                    } else {
                        value.starts_with(start) && !value.starts_with("//")
                    }
                });
                assert!(is_safe, "{payload}: {element:?}");
            }
        }
    }
}

#[test]
fn links_of_strangers_vouch_for_nobody() {
    let press = fixtures::press();
    let page = press.credential_page(&fixtures::open(fixtures::sheet()), None, Language::En).unwrap();
    let dom = Dom::of(&page);
    let outside = |link: &&crate::dom::Element| link.get("href").is_some_and(|href| href.starts_with("http"));
    for link in dom.all("a").filter(outside) {
        assert!(link.get("rel").is_some_and(|rel| rel.contains("noopener")), "{link:?}");
    }
    let evidence = dom.find("a", "href", "https://portfolio.example/river-levels").unwrap();
    assert_eq!(evidence.get("rel"), Some("noopener nofollow ugc"));
}

#[test]
fn what_search_engines_are_told_stays_in_its_block() {
    let press = fixtures::press();
    for payload in PAYLOADS {
        let page = press.credential_page(&fixtures::open(saying(payload)), None, Language::En).unwrap();
        let text = std::str::from_utf8(&page.body).unwrap();
        let block = text.split("<script type=\"application/ld+json\">").nth(1).unwrap();
        let block = block.split("</script>").next().unwrap();
        assert!(!block.contains('<') && !block.contains("-->"), "{payload}: {block}");
        assert!(serde_json::from_str::<Value>(block).is_ok(), "{payload}");
    }
}

#[test]
fn a_name_that_looks_like_another_stands_beside_its_domain() {
    let press = fixtures::press();
    let mut sheet = fixtures::sheet();
    sheet.issuer.name = "Riversіde Unіversity".to_owned();
    sheet.issuer.profile_id = "did:web:xn--riversde-university-g2d.example:public:issuers:1".to_owned();
    let page = press.credential_page(&fixtures::open(sheet), None, Language::En).unwrap();
    let dom = Dom::of(&page);
    let hosts: Vec<&str> = dom.all("small").map(|small| small.text.trim()).collect();
    let shown = hosts.iter().filter(|host| **host == "xn--riversde-university-g2d.example").count();
    assert!(shown >= 2, "in the masthead and beside the name: {hosts:?}");
}

#[test]
fn a_name_that_turns_the_direction_is_shut_off() {
    let press = fixtures::press();
    let mut sheet = fixtures::sheet();
    sheet.recipient_name = Some("Ada\u{202e}gro.live\u{2066}".to_owned());
    let page = press.credential_page(&fixtures::open(sheet), None, Language::En).unwrap();
    let dom = Dom::of(&page);
    let mut shown = 0;
    for element in &dom.elements {
        if element.text.contains('\u{202e}') {
            assert_eq!(element.name, "bdi", "{element:?}");
            shown += 1;
        }
        let hides = |value: &String| value.contains('\u{202e}') || value.contains('\u{2066}');
        assert!(!element.attributes.values().any(hides), "{element:?}");
    }
    assert!(shown > 0);
}

#[test]
fn words_of_others_on_the_form_and_on_problems_are_text() {
    let press = fixtures::press();
    for payload in PAYLOADS {
        let form = accolade_publishing::VerifyForm {
            url: Some((*payload).to_owned()),
            text: Some((*payload).to_owned()),
            recipient: Some((*payload).to_owned()),
            fault: Some((*payload).to_owned()),
        };
        let calm = accolade_publishing::VerifyForm { fault: Some("x".to_owned()), ..Default::default() };
        let of = |form| shape(&press.verify_form(form, Language::Ar).unwrap());
        assert_eq!(of(&form), of(&calm), "{payload}");
        let problem = |detail| shape(&press.problem(400, Some(detail), Language::En).unwrap());
        assert_eq!(problem(payload), problem("x"), "{payload}");
    }
}

#[test]
fn what_a_micro_credential_says_is_text() {
    let press = fixtures::press();
    let page =
        |words: &str| press.achievement_page(&fixtures::micro_credential(words), Language::Ar).unwrap();
    let calm = shape(&page("harmless"));
    // What has control characters is no word that the office takes.
    for payload in PAYLOADS.iter().filter(|payload| !payload.contains('\u{0}')) {
        let page = page(payload);
        assert!(Dom::of(&page).find("section", "class", "glance").is_some(), "{payload}");
        let found = shape(&page);
        let new: Vec<_> = found.difference(&calm).filter(|it| !HARMLESS.contains(&it.as_str())).collect();
        assert_eq!(new, Vec::<&String>::new(), "{payload}");
    }
}

#[test]
fn what_learners_and_coordinators_are_called_is_text() {
    let press = fixtures::press();
    let all = |words: &str| crate::desks::pages(&press, words, Language::En);
    let calm: Vec<_> = all("harmless").iter().map(|(_, page)| shape(page)).collect();
    for payload in PAYLOADS.iter().filter(|payload| !payload.contains('\u{0}')) {
        for ((name, page), calm) in all(payload).iter().zip(&calm) {
            let found = shape(page);
            let new: Vec<_> = found.difference(calm).filter(|it| !HARMLESS.contains(&it.as_str())).collect();
            assert_eq!(new, Vec::<&String>::new(), "{name}: {payload}");
        }
    }
}

#[test]
fn what_stands_in_the_catalogue_and_what_is_looked_for_in_it_is_text() {
    let press = fixtures::press();
    let page = |words: &str| {
        let filter = accolade_issuing::views::CatalogueFilter {
            skill: Some(words.to_owned()),
            level: Some(words.to_owned()),
            ..Default::default()
        };
        let search = accolade_publishing::CatalogueSearch { filter, ..Default::default() };
        let catalogue = fixtures::catalogue(Some(words));
        let searched = press.catalogue_page(&catalogue, &search, Language::En).unwrap();
        [press.catalogue_page(&catalogue, &Default::default(), Language::En).unwrap(), searched]
    };
    let calm = page("harmless").map(|page| shape(&page));
    for payload in PAYLOADS.iter().filter(|payload| !payload.contains('\u{0}')) {
        for (found, calm) in page(payload).iter().zip(&calm) {
            let found = shape(found);
            let new: Vec<_> = found.difference(calm).collect();
            assert_eq!(new, Vec::<&String>::new(), "{payload}");
        }
    }
}

#[test]
fn an_issuer_cannot_write_markup_into_its_own_page() {
    let press = fixtures::press();
    let page = |payload: &str| {
        let mut sheet = fixtures::issuer_sheet();
        sheet.card.name = payload.to_owned();
        sheet.document = json!({
            "name": payload, "description": payload, "url": payload, "email": payload, "phone": payload,
            "address": {"streetAddress": payload, "addressCountry": payload},
        });
        for badge in &mut sheet.achievements {
            badge.name = payload.to_owned();
            badge.description = Some(payload.to_owned());
            badge.language = Some(payload.to_owned());
        }
        press.issuer_page(&sheet, Language::Fr).unwrap()
    };
    let calm = shape(&page("harmless"));
    for payload in PAYLOADS {
        let found = shape(&page(payload));
        let new: Vec<_> = found.difference(&calm).filter(|it| !HARMLESS.contains(&it.as_str())).collect();
        assert_eq!(new, Vec::<&String>::new(), "{payload}");
    }
}
