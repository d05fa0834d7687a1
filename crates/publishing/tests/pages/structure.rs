//! What every page has in common, in every state and language.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use accolade_publishing::{Language, Page};

use crate::dom::{Dom, Element};
use crate::fixtures;
use crate::gallery::pages;

fn each(check: impl Fn(&str, Language, &Dom)) {
    for (language, name, _, dom) in EVERY.iter() {
        check(name, *language, dom);
    }
}

/// Every page of the gallery, made and taken apart once.
static EVERY: LazyLock<Vec<(Language, String, Page, Dom)>> = LazyLock::new(|| {
    let press = fixtures::press();
    let of = |language| {
        let taken_apart = |(name, page)| {
            let dom = Dom::of(&page);
            (language, name, page, dom)
        };
        pages(&press, language).into_iter().map(taken_apart).collect::<Vec<_>>()
    };
    Language::ALL.into_iter().flat_map(of).collect()
});

#[test]
fn a_page_names_its_language_and_direction_and_has_one_heading_of_the_first_level() {
    each(|name, language, dom| {
        let html = dom.all("html").next().unwrap();
        assert_eq!(html.get("lang"), Some(language.tag()), "{name}");
        assert_eq!(html.get("dir"), Some(language.direction()), "{name}");
        for (element, count) in [("h1", 1), ("main", 1), ("title", 1)] {
            assert_eq!(dom.all(element).count(), count, "{name} {element}");
        }
        assert!(dom.all("title").all(|title| !title.text.trim().is_empty()), "{name}");
    });
}

#[test]
fn headings_leave_no_level_out() {
    each(|name, _, dom| {
        let mut last = 0;
        for element in &dom.elements {
            let level = match element.name.as_str() {
                "h1" => 1,
                "h2" => 2,
                "h3" => 3,
                "h4" => 4,
                "h5" => 5,
                "h6" => 6,
                _ => continue,
            };
            assert!(level <= last + 1, "{name}: h{level} after h{last}");
            last = level;
        }
    });
}

#[test]
fn the_first_thing_to_reach_leads_to_the_content_and_the_last_to_other_languages() {
    each(|name, language, dom| {
        if name.starts_with("embed") {
            return;
        }
        let first = dom.all("a").next().unwrap();
        assert_eq!((first.get("class"), first.get("href")), (Some("skip"), Some("#main")), "{name}");
        assert_eq!(dom.all("main").next().unwrap().get("id"), Some("main"), "{name}");
        for landmark in ["header", "footer", "nav"] {
            assert!(dom.all(landmark).next().is_some(), "{name} {landmark}");
        }
        for other in Language::ALL {
            let switches = |it: &&Element| it.get("hreflang") == Some(other.tag());
            let link = dom.all("a").filter(switches).last().unwrap();
            assert!(link.get("href").unwrap().ends_with(&format!("lang={}", other.tag())), "{name}");
            assert_eq!(link.get("lang"), Some(other.tag()), "{name}");
            assert_eq!(link.get("aria-current").is_some(), other == language, "{name}");
        }
    });
}

#[test]
fn nothing_runs_and_nothing_is_fetched_from_elsewhere() {
    each(|name, _, dom| {
        for element in &dom.elements {
            let what = format!("{name}: {element:?}");
            assert!(
                !["iframe", "object", "embed", "style", "base"].contains(&element.name.as_str()),
                "{what}"
            );
            if element.name == "script" {
                assert_eq!(element.get("type"), Some("application/ld+json"), "{what}");
            }
            for (attribute, value) in &element.attributes {
                assert!(!attribute.starts_with("on") && attribute != "style", "{what}");
                let fetches = match (element.name.as_str(), attribute.as_str()) {
                    ("img", "src" | "srcset") => true,
                    ("link", "href") => matches!(element.get("rel"), Some("stylesheet" | "icon")),
                    _ => false,
                };
                assert!(!fetches || value.starts_with('/') && !value.starts_with("//"), "{what}");
            }
        }
    });
}

#[test]
fn every_picture_has_words_or_needs_none_and_every_id_is_its_own() {
    each(|name, _, dom| {
        assert!(
            dom.all("img").all(|image| image.get("alt").is_some() && image.get("width").is_some()),
            "{name}"
        );
        let icons = dom.all("svg").filter(|svg| svg.get("class") == Some("icon"));
        assert!(icons.into_iter().all(|svg| svg.get("aria-hidden") == Some("true")), "{name}");
        let ids: Vec<&str> = dom.elements.iter().filter_map(|element| element.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}: {ids:?}");
        let labels = dom.elements.iter().filter_map(|element| {
            element.get("aria-labelledby").or(element.get("aria-describedby")).or(element.get("for"))
        });
        for label in labels {
            assert!(ids.contains(&label), "{name}: {label}");
        }
    });
}

#[test]
fn the_verdict_comes_before_the_name_in_words_and_not_in_colour_alone() {
    for language in Language::ALL {
        let named = |wanted: &str| {
            let found = EVERY.iter().find(|(of, name, _, _)| *of == language && name == wanted);
            &found.unwrap().3
        };
        for (state, _) in fixtures::states() {
            let dom = named(state);
            let place = |wanted: &dyn Fn(&Element) -> bool| dom.elements.iter().position(wanted).unwrap();
            let verdict = place(&|element| element.get("data-state") == Some(state));
            assert!(verdict < place(&|element| element.name == "h1"), "{state}");
            let word = dom.elements.iter().skip(verdict).find(|element| element.name == "strong").unwrap();
            assert!(!word.text.trim().is_empty(), "{state}");
            let embed = named(&format!("embed-{state}"));
            assert!(embed.elements.iter().any(|it| it.get("data-state") == Some(state)), "{state}");
        }
    }
}

#[test]
fn a_micro_credential_says_what_is_learnt_how_it_is_earned_and_how_long_it_takes() {
    let press = fixtures::press();
    let page = |language| press.achievement_page(&fixtures::micro_credential("Words"), language).unwrap();
    for (language, parts) in [
        (
            Language::En,
            &[
                "What you will learn",
                "How it is earned",
                "All of these are needed:",
                "At least 2 of these 3:",
                "One of these is enough:",
                "Pass mark: 60 %",
                "Level to reach: ",
                "Before you start",
                "2 days to 6 weeks",
                "75 hours · 3 ECTS",
                "EQF level 5",
                "Dreyfus: Competent",
                "Partly online, partly on site",
                "Supervised on site, identity checked",
                "Practical assessment",
                "by an independent body",
                "Counts towards larger credentials",
                "12 hours 30 minutes",
            ][..],
        ),
        (Language::De, &["2 Tage bis 6 Wochen", "75 Stunden · 3 ECTS", "Dreyfus: Kompetent"][..]),
        (Language::Ar, &["يومان", "{count}"][..1]),
    ] {
        let page = page(language);
        let text = std::str::from_utf8(&page.body).unwrap();
        for part in parts {
            assert!(text.contains(part), "{language:?}: {part}");
        }
        let dom = Dom::of(&page);
        let skills =
            dom.all("a").filter(|it| it.get("href").is_some_and(|it| it.contains("perform-data"))).count();
        assert_eq!(skills, 1, "an outcome is not told again among the skills");
    }
}

#[test]
fn what_is_unchanged_has_the_same_tag_and_what_differs_another() {
    let made = |language| pages(&fixtures::press(), language).into_iter().map(|(_, page)| page.etag);
    let kept =
        |language| EVERY.iter().filter(move |(of, ..)| *of == language).map(|(_, _, page, _)| &page.etag);
    assert!(made(Language::En).eq(kept(Language::En).cloned()));
    for (one, other) in kept(Language::En).zip(kept(Language::De)) {
        assert_ne!(one, other);
        assert!(one.starts_with('"') && one.ends_with('"') && one.len() == 34, "{one}");
    }
}
