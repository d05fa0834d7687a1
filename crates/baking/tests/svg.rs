//! SVG: what goes in comes out, and what is dangerous is refused.

use accolade_baking::{BakeError, Baked, Version, svg};
use proptest::prelude::*;

const DRAWING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- drawn by hand -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 1 1'>\n  <g><path d=\"M0 0\"/></g>&amp;\n</svg>\n";

fn badge(version: Version, text: &str) -> Baked {
    Baked { version, text: text.to_owned() }
}

#[test]
fn json_is_baked_as_cdata_and_the_drawing_stays_as_it_was() {
    let baked =
        String::from_utf8(svg::bake(DRAWING.as_bytes(), Version::V3, "{\"a\":\"<é>\"}").unwrap()).unwrap();
    let element = "<openbadges:credential><![CDATA[{\"a\":\"<é>\"}]]></openbadges:credential>";
    assert!(baked.contains(&format!("viewBox='0 0 1 1'>{element}\n  <g>")), "{baked}");
    let restored =
        baked.replace(element, "").replace(" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"", "");
    assert_eq!(restored, DRAWING);
}

#[test]
fn a_jws_is_baked_into_the_attribute_and_the_body_stays_empty() {
    let baked =
        String::from_utf8(svg::bake(DRAWING.as_bytes(), Version::V3, "e30.e30.c2ln").unwrap()).unwrap();
    assert!(baked.contains("<openbadges:credential verify=\"e30.e30.c2ln\"/>"), "{baked}");
    assert_eq!(svg::unbake(baked.as_bytes()).unwrap(), [badge(Version::V3, "e30.e30.c2ln")]);
}

#[test]
fn a_section_end_inside_the_json_does_not_end_the_section() {
    let text = "{\"a\":\"]]>]]>\"}";
    let baked = svg::bake(DRAWING.as_bytes(), Version::V3, text).unwrap();
    assert_eq!(svg::unbake(&baked).unwrap(), [badge(Version::V3, text)]);
}

#[test]
fn both_versions_live_in_one_drawing_and_each_is_replaced_alone() {
    let first = svg::bake(DRAWING.as_bytes(), Version::V2, "https://x.example/a?b=1&c=2").unwrap();
    let both = svg::bake(&first, Version::V3, "{\"v\":3}").unwrap();
    let again = svg::bake(&both, Version::V2, "{\"v\":2}").unwrap();
    let mut found = svg::unbake(&again).unwrap();
    found.sort_by_key(|baked| baked.text.clone());
    assert_eq!(found, [badge(Version::V2, "{\"v\":2}"), badge(Version::V3, "{\"v\":3}")]);
}

#[test]
fn an_empty_root_and_a_byte_order_mark_are_no_hindrance() {
    for drawing in [
        "<svg/>",
        "\u{FEFF}<svg />",
        "<svg\n/>",
        "\u{FEFF}<s:svg xmlns:s='http://www.w3.org/2000/svg'></s:svg>",
    ] {
        let baked = svg::bake(drawing.as_bytes(), Version::V3, "{\"a\":1}").unwrap();
        let text = String::from_utf8_lossy(&baked).into_owned();
        assert_eq!(svg::unbake(&baked).unwrap(), [badge(Version::V3, "{\"a\":1}")], "{text}");
    }
}

#[test]
fn a_hosted_2_0_badge_gives_its_body() {
    let drawing = r#"<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://x.example/a">
        <![CDATA[{"id":"https://x.example/a"}]]></o:assertion></svg>"#;
    assert_eq!(
        svg::unbake(drawing.as_bytes()).unwrap(),
        [badge(Version::V2, r#"{"id":"https://x.example/a"}"#)]
    );
}

#[test]
fn the_prefix_is_read_by_its_namespace_and_not_by_its_letters() {
    let foreign =
        r#"<svg xmlns:openbadges="https://elsewhere.example"><openbadges:credential verify="a.b.c"/></svg>"#;
    assert_eq!(svg::unbake(foreign.as_bytes()).unwrap(), []);
    let own = r#"<svg><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/></svg>"#;
    assert_eq!(svg::unbake(own.as_bytes()).unwrap(), [badge(Version::V3, "a.b.c")]);
}

#[test]
fn img_12_two_badges_of_one_version_are_ambiguous() {
    let one = r#"<o:credential verify="a.b.c"/>"#;
    let doubled = format!(r#"<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0">{one}<g>{one}</g></svg>"#);
    assert_eq!(svg::unbake(doubled.as_bytes()), Err(BakeError::Ambiguous));
    assert_eq!(svg::bake(doubled.as_bytes(), Version::V2, "{}"), Err(BakeError::Ambiguous));
}

#[test]
fn document_types_and_entities_are_refused() {
    for drawing in [
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>",
        "<!DOCTYPE svg SYSTEM \"http://x.example/\"><svg/>",
        "<svg>&nbsp;</svg>",
    ] {
        assert_limit(drawing);
    }
}

#[test]
fn img_16_elements_nested_too_deeply_are_refused() {
    for levels in [2_000, 60_000] {
        assert_limit(&format!("<svg>{}{}</svg>", "<g>".repeat(levels), "</g>".repeat(levels)));
        assert_limit(&format!("<svg>{}", "<g>".repeat(levels)));
    }
    let deepest = format!("<svg>{}{}</svg>", "<g>".repeat(255), "</g>".repeat(255));
    assert_eq!(svg::unbake(deepest.as_bytes()), Ok(Vec::new()));
}

#[test]
fn img_17_what_refers_to_itself_again_and_again_is_never_followed() {
    let twice =
        |level: usize| format!("<g id='l{level}'>{}</g>", format!("<use href='#l{}'/>", level - 1).repeat(2));
    let exponential = format!("<svg><g id='l0'/>{}</svg>", (1..60).map(twice).collect::<String>());
    assert_eq!(svg::unbake(exponential.as_bytes()), Ok(Vec::new()));
    let baked = svg::bake(exponential.as_bytes(), Version::V3, "{}").unwrap();
    assert_eq!(svg::unbake(&baked), Ok(vec![badge(Version::V3, "{}")]));
}

#[test]
fn img_18_a_tag_of_many_attributes_is_refused() {
    let wide = |count: usize| {
        format!("<svg {}/>", (0..count).map(|n| format!("a{n}=''")).collect::<Vec<_>>().join(" "))
    };
    assert_limit(&wide(80_000));
    assert_limit(&wide(257));
    assert_eq!(svg::unbake(wide(256).as_bytes()), Ok(Vec::new()));
    let spaces = |count: usize| -> String { (0..count).map(|n| format!(" xmlns:n{n}='urn:{n}'")).collect() };
    assert_limit(&format!("<svg{}/>", spaces(101)));
    assert_limit(&format!("<svg{}><g{}/></svg>", spaces(60), spaces(60)));
    assert_eq!(svg::unbake(format!("<svg{0}></svg>", spaces(100)).as_bytes()), Ok(Vec::new()));
}

#[test]
fn img_18_many_elements_are_refused() {
    assert_limit(&format!("<svg>{}</svg>", "<a/>".repeat(200_001)));
}

#[track_caller]
fn assert_limit(drawing: &str) {
    let found = svg::unbake(drawing.as_bytes());
    assert!(matches!(found, Err(BakeError::Limit(_))), "{found:?}");
    assert!(matches!(svg::bake(drawing.as_bytes(), Version::V3, "{}"), Err(BakeError::Limit(_))));
}

#[test]
fn a_prefix_nobody_declared_is_not_given_a_meaning_by_baking() {
    for drawing in [
        "<svg><openbadges:credential verify='a.b.c'/></svg>",
        "<svg><g><openbadges:credential><![CDATA[{}]]></openbadges:credential></g></svg>",
        "<svg xmlns:o='http://openbadges.org'><g xmlns:openbadges='urn:x'/><openbadges:assertion/></svg>",
    ] {
        assert!(matches!(svg::unbake(drawing.as_bytes()), Err(BakeError::Damaged(_))), "{drawing}");
        assert!(svg::bake(drawing.as_bytes(), Version::V3, "{}").is_err(), "{drawing}");
    }
    // Of other prefixes, drawing programs leave some undeclared, and no badge comes of them.
    assert_eq!(svg::unbake(b"<svg><sodipodi:namedview/></svg>"), Ok(Vec::new()));
}

#[test]
fn a_namespace_is_declared_once_on_a_tag() {
    for drawing in [
        "<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0' xmlns:o='urn:x'><o:credential verify='a.b.c'/></svg>",
        "<svg xmlns='urn:x' xmlns='https://purl.imsglobal.org/ob/v3p0'><credential verify='a.b.c'/></svg>",
        "<svg xmlns:='https://purl.imsglobal.org/ob/v3p0'><credential verify='a.b.c'/></svg>",
    ] {
        assert!(matches!(svg::unbake(drawing.as_bytes()), Err(BakeError::Damaged(_))), "{drawing}");
    }
}

#[test]
fn damage_is_refused() {
    for drawing in [
        "<svg>",
        "<svg></g>",
        "<svg/>text",
        "<svg",
        "</svg>",
        "<?xml version='1.0' encoding='UTF-16'?><svg/>",
        "<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'><o:credential/></svg>",
        "<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'><o:credential><g/></o:credential></svg>",
    ] {
        assert!(matches!(svg::unbake(drawing.as_bytes()), Err(BakeError::Damaged(_))), "{drawing}");
    }
    for other in ["<html></html>", "<svg/><svg/>", "<!-- nothing -->"] {
        assert_eq!(svg::unbake(other.as_bytes()), Err(BakeError::UnknownImage), "{other}");
    }
    assert!(svg::unbake(b"<svg>\xff</svg>").is_err());
}

#[test]
fn text_that_xml_cannot_hold_is_refused() {
    for text in ["", "  ", "{\"a\":\"\u{1}\"}", "{\"\u{FFFE}\":1}"] {
        assert!(matches!(svg::bake(DRAWING.as_bytes(), Version::V3, text), Err(BakeError::Text(_))));
    }
}

proptest! {
    #[test]
    fn img_20_json_comes_out_as_it_went_in(inner in "[\\PC\t\n]{0,200}", v3: bool) {
        let version = if v3 { Version::V3 } else { Version::V2 };
        let text = format!("{{{inner}}}");
        let baked = svg::bake(DRAWING.as_bytes(), version, &text).unwrap();
        prop_assert_eq!(svg::unbake(&baked).unwrap(), [Baked { version, text }]);
    }

    #[test]
    fn img_20_anything_else_comes_out_as_it_went_in(text in "[a-zA-Z<&>\"'][\\PC\t\r\n]{0,200}") {
        let baked = svg::bake(DRAWING.as_bytes(), Version::V3, &text).unwrap();
        prop_assert_eq!(svg::unbake(&baked).unwrap(), [badge(Version::V3, &text)]);
    }

    #[test]
    fn img_20_arbitrary_text_never_panics(text in "[<>/a-z=\"'&;!\\[\\]?: \\PC]{0,200}", bytes: Vec<u8>) {
        let _ = svg::unbake(text.as_bytes());
        let _ = svg::unbake(format!("<svg{text}</svg>").as_bytes());
        let _ = svg::bake(format!("<svg>{text}</svg>").as_bytes(), Version::V2, "{}");
        let _ = svg::unbake(&bytes);
    }
}
