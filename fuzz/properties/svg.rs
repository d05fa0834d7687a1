//! SVG: drawings as they come, and the bytes inside a drawing.

use accolade_baking::{BakeError, Baked, Version, svg, unbake};

/// Takes badges out of the bytes, and puts some in.
pub(crate) fn hold_for(bytes: &[u8]) {
    let _ = unbake(bytes);
    drawing(bytes);
    drawing(&[b"<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'>", bytes, b"</svg>"].concat());
    if let Ok(text) = std::str::from_utf8(bytes) {
        for drawing in [&b"<svg/>"[..], b"<svg xmlns:openbadges='urn:x'><openbadges:credential/></svg>"] {
            baked(drawing, text);
        }
    }
}

/// The drawings to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let plain = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- by hand --><svg viewBox='0 0 1 1'><g><path d=\"M0 0\"/></g>&amp;</svg>\n";
    let json = svg::bake(plain, Version::V3, "{\"a\":\"]]>\"}").unwrap();
    let both = svg::bake(&json, Version::V2, "https://x.example/a?b=1&c=2").unwrap();
    let hosted = br#"<svg xmlns:o="http://openbadges.org"><o:assertion verify="https://x.example/a">
        <![CDATA[{"id":"https://x.example/a"}]]></o:assertion></svg>"#;
    let foreign = br#"<svg xmlns:openbadges="https://elsewhere.example"><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/></svg>"#;
    let entity = b"<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;&#x41;</svg>";
    let root = "\u{FEFF}<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:openbadges='http://openbadges.org'></s:svg>";
    [("plain", &plain[..]), ("json", &json), ("both", &both), ("hosted", hosted), ("foreign", foreign)]
        .into_iter()
        .chain([("entity", &entity[..]), ("root", root.as_bytes())])
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .collect()
}

fn drawing(bytes: &[u8]) {
    let found = svg::unbake(bytes);
    assert_eq!(svg::unbake(bytes), found, "the same twice");
    if let Ok(found) = &found {
        let of = |version| found.iter().filter(|badge| badge.version == version).count();
        assert!(of(Version::V2) <= 1 && of(Version::V3) <= 1);
        for badge in found {
            baked(bytes, &badge.text);
        }
    }
    if found.is_err_and(|error| error != BakeError::Ambiguous) {
        assert!(svg::bake(bytes, Version::V3, "{}").is_err(), "baked into what cannot be read");
    }
    baked(bytes, "{\"a\":\"<é>\"}");
    baked(bytes, "e30.e30.c2ln");
}

/// What was baked comes out again, and baking twice is baking once.
fn baked(bytes: &[u8], text: &str) {
    for version in [Version::V2, Version::V3] {
        let Ok(once) = svg::bake(bytes, version, text) else { continue };
        let shown = || String::from_utf8_lossy(&once).into_owned();
        let found = svg::unbake(&once).unwrap_or_else(|error| panic!("baked, and {error}: {}", shown()));
        let own: Vec<&Baked> = found.iter().filter(|badge| badge.version == version).collect();
        assert_eq!(own, [&Baked { version, text: text.to_owned() }], "{}", shown());
        if let Ok(before) = svg::unbake(bytes) {
            let others = |all: &[Baked]| -> Vec<_> {
                all.iter().filter(|badge| badge.version != version).cloned().collect()
            };
            assert_eq!(others(&found), others(&before), "the badge of the other version stays: {}", shown());
        }
        let twice = svg::bake(&once, version, text).map(|twice| String::from_utf8_lossy(&twice).into_owned());
        assert_eq!(twice, Ok(shown()), "baking twice is baking once");
    }
}
