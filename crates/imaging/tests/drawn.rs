//! What is drawn: the same for the same, different for the different, legible when small.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot draw has failed"
)]

use std::collections::BTreeSet;

use accolade_imaging::{Card, Design, Picture, SIDES, card, vocabulary};
use serde_json::json;
use tiny_skia::Pixmap;

const NAMES: [&str; 14] = [
    "Data Analysis",
    "Data Analysis II",
    "Data analysis",
    "Introduction to Sustainable Water Management",
    "Introduction to Sustainable Energy Management",
    "Deutsch B2",
    "Deutsch C1",
    "تحليل البيانات",
    "数据分析",
    "Анализ текста",
    "Badge",
    "Badges",
    "",
    " ",
];

fn picture(name: &str) -> Picture {
    Picture::of_design(&Design::of_name(name)).unwrap()
}

#[test]
fn the_same_name_gives_the_same_bytes_and_another_name_others() {
    let drawn: BTreeSet<String> = NAMES.iter().map(|name| Design::of_name(name).svg()).collect();
    // An empty name and white space are the same name.
    assert_eq!(drawn.len(), NAMES.len() - 1);
    for name in NAMES {
        assert_eq!(Design::of_name(name).svg(), Design::of_name(name).svg());
    }
    let one = picture("Data Analysis");
    assert_eq!(one.png(90).unwrap(), picture("Data Analysis").png(90).unwrap());
}

/// Pinned, so that a change of any drawing is seen: a badge that was awarded keeps its picture, and so does its name.
#[test]
fn a_design_does_not_change_unnoticed() {
    let svg = Design::of_name("Data Analysis").svg();
    assert_eq!((svg.len(), crc32fast::hash(svg.as_bytes())), (17_908, 2_667_809_882));
}

#[test]
fn names_that_differ_a_little_differ_in_what_is_seen() {
    let seen = |name: &str| {
        let mut value = Design::of_name(name).to_value();
        value.as_object_mut().unwrap().remove("ribbon");
        value.to_string()
    };
    let courses: Vec<String> =
        (1..=60).map(|number| format!("Course {number} of a long programme of study")).collect();
    let different: BTreeSet<String> = courses.iter().map(|name| seen(name)).collect();
    assert!(different.len() >= 59, "{}", different.len());
}

#[test]
fn a_word_of_the_name_chooses_the_icon_in_many_languages() {
    for (name, icon) in [
        ("Einführung in die Datenanalyse", "chart"),
        ("Introduction à l'analyse de données", "chart"),
        ("Seguridad informática", "security"),
        ("Sprachen lernen", "language"),
        ("First Aid", "heart"),
        ("تحليل البيانات", "chart"),
        ("数据分析", "chart"),
        ("Woodworking for beginners", "wrench"),
        ("Artificial Intelligence", "robot"),
    ] {
        assert_eq!(Design::of_name(name).to_value()["icon"], icon, "{name}");
    }
    assert_eq!(Design::of_name("English C1 (written)").to_value()["monogram"], "C1");
    // A stem within a word is not the word.
    assert_ne!(Design::of_name("Smart habits for the party").to_value()["icon"], "palette");
}

#[test]
fn every_word_of_the_vocabulary_is_drawn_and_needs_no_font() {
    let words = vocabulary();
    let lists = [
        ("shape", &words.shapes, 8),
        ("ring", &words.rings, 6),
        ("texture", &words.textures, 5),
        ("icon", &words.icons, 40),
        ("palette", &words.palettes, 12),
    ];
    for (member, list, least) in lists {
        assert!(list.len() >= least, "{member}");
        let drawn: BTreeSet<String> = list
            .iter()
            .map(|word| Design::parse(&json!({member: word, "ribbon": "Wörter"})).unwrap().svg())
            .collect();
        assert_eq!(drawn.len(), list.len(), "each {member} looks different");
        assert!(
            drawn
                .iter()
                .all(|svg| !svg.contains("<text") && !svg.contains("font") && !svg.contains("filter"))
        );
    }
}

#[test]
fn every_icon_can_still_be_seen_at_90_pixels() {
    for icon in vocabulary().icons {
        let design = Design::parse(&json!({"icon": icon, "ring": "none", "shape": "squircle"})).unwrap();
        let png = Picture::of_design(&design).unwrap().png(90).unwrap();
        let pixmap = Pixmap::decode_png(&png).unwrap();
        let light = |pixel: &&tiny_skia::PremultipliedColorU8| pixel.red() > 200;
        let share = pixmap.pixels().iter().filter(light).count() * 1_000 / pixmap.pixels().len();
        assert!((15..400).contains(&share), "{icon}: {share} ‰");
    }
}

#[test]
fn a_level_is_seen_by_form_and_not_by_colour_alone() {
    let svg = |reached: u8| Design::parse(&json!({"level": {"reached": reached, "of": 3}})).unwrap().svg();
    assert_eq!(BTreeSet::from([svg(0), svg(1), svg(2), svg(3)]).len(), 4);
    assert!(svg(2).contains("fill=\"none\" stroke-width=\"4.5\""), "the level not reached is an outline");
}

#[test]
fn derived_pictures_have_their_size_and_no_words_about_anybody() {
    let design = picture("Data Analysis");
    let upload = Picture::read(&design.png(700).unwrap()).unwrap();
    for source in [&design, &upload] {
        for side in SIDES {
            let png = source.png(side).unwrap();
            let pixmap = Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixmap.width(), pixmap.height()), (side, side));
            assert_eq!(pixmap.pixel(0, 0).unwrap().alpha(), 0, "corners are transparent");
            for chunk in [b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf"] {
                assert!(!png.windows(4).any(|at| at == chunk));
            }
        }
    }
    assert!(design.png(8).is_err() && design.png(5_000).is_err());
}

#[test]
fn a_card_has_the_size_that_is_asked_for_whatever_stands_on_it() {
    let picture = picture("Data Analysis");
    let long = "Grundlagen der wissenschaftlichen Datenauswertung für Lehramtsstudierende aller Fächer und Schulformen ".repeat(4);
    let cards: Vec<Vec<u8>> = [
        ("Data Analysis", "University of Exampleton", Some("Open Badge")),
        ("تحليل البيانات وتقديمها", "جامعة المثال", None),
        ("数据分析", "示例大学", None),
        (long.as_str(), long.as_str(), Some(long.as_str())),
        ("Donaudampfschifffahrtsgesellschaftskapitänspatent", "", None),
        ("", "", Some("")),
    ]
    .into_iter()
    .map(|(title, issuer, caption)| card(&Card { picture: &picture, title, issuer, caption }).unwrap())
    .collect();
    for png in &cards {
        let pixmap = Pixmap::decode_png(png).unwrap();
        assert_eq!((pixmap.width(), pixmap.height()), (1_200, 627));
        assert!(png.len() < 400_000, "{}", png.len());
        assert!(pixmap.pixels().iter().all(|pixel| pixel.is_opaque()));
    }
    let again = card(&Card {
        picture: &picture,
        title: "Data Analysis",
        issuer: "University of Exampleton",
        caption: Some("Open Badge"),
    });
    assert_eq!(again.unwrap(), cards[0]);
}

#[test]
fn a_card_read_from_the_right_has_its_badge_there() {
    let picture = picture("x");
    let ground = |title: &str, x: u32| {
        let png = card(&Card { picture: &picture, title, issuer: "x", caption: None }).unwrap();
        Pixmap::decode_png(&png).unwrap().pixel(x, 300).unwrap()
    };
    // The bar of the badge's colour stands at the outer edge, beside the badge.
    assert_eq!(ground("Title", 5), ground("عنوان", 1_195));
    assert_eq!(ground("Title", 1_195), ground("عنوان", 5));
    assert_ne!(ground("Title", 5), ground("Title", 1_195));
}

#[test]
fn the_guide_lists_every_word() {
    let guide = include_str!("../../../docs/guides/badge-pictures.md");
    let words = vocabulary();
    for word in [words.shapes, words.rings, words.textures, words.icons, words.palettes].concat() {
        assert!(guide.contains(&format!("`{word}`")), "{word}");
    }
}
