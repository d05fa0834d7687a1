//! Drawings from strangers: what does harm is gone, what would be dear is refused, whatever thread reads it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot read has failed"
)]

use accolade_imaging::{Design, Picture, PictureError, Warning};

/// A drawing with something in it, on a badge that can be seen.
fn drawing(inner: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 600 600'>\
         <circle cx='300' cy='300' r='290' fill='#123456'/>{inner}</svg>"
    )
}

fn read(inner: &str) -> Result<Picture, PictureError> {
    Picture::read(drawing(inner).as_bytes())
}

fn kept(inner: &str) -> String {
    let picture = read(inner).unwrap_or_else(|error| panic!("{inner:.200}: {error}"));
    String::from_utf8(picture.bytes().to_vec()).unwrap()
}

/// A one-pixel GIF, JPEG's first bytes, another drawing: none of them is a PNG.
const NOT_PNG: [&str; 3] = [
    "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==",
    "data:image/jpeg;base64,/9j/4AAQSkZJRg==",
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD48L3N2Zz4=",
];

#[test]
fn nothing_that_acts_or_fetches_survives() {
    let hostile = [
        "<script>alert(1)</script>".to_owned(),
        "<script href='//canary.example/x.js'/>".to_owned(),
        "<rect width='9' height='9' onload='alert(1)' onclick='alert(1)'/>".to_owned(),
        "<a href='javascript:alert(1)'><rect width='99' height='99'/></a>".to_owned(),
        "<a xlink:href='javascript:alert(1)'><set attributeName='href' to='javascript:alert(1)'/></a>".to_owned(),
        "<animate attributeName='href' values='javascript:alert(1)'/>".to_owned(),
        "<foreignObject width='99' height='99'><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://canary.example'/></foreignObject>".to_owned(),
        "<use href='data:image/svg+xml;base64,PHN2Zy8+#x'/>".to_owned(),
        "<use href='https://canary.example/a.svg#x'/>".to_owned(),
        "<style>@import url(https://canary.example/a.css); rect { fill: url(https://canary.example/#a) }</style>".to_owned(),
        "<style>@font-face { font-family: x; src: url(https://canary.example/a.woff2) }</style>".to_owned(),
        "<image href='https://canary.example/a.png' width='99' height='99'/>".to_owned(),
        "<image href='file:///etc/passwd' width='99' height='99'/>".to_owned(),
        "<image href='/etc/hostname' width='99' height='99'/>".to_owned(),
        "<image xlink:href='../Cargo.toml' width='99' height='99'/>".to_owned(),
        "<rect width='99' height='99' fill='url(https://canary.example/#a)'/>".to_owned(),
        "<filter id='f'><feImage href='https://canary.example/a.png'/></filter><rect width='9' height='9' filter='url(#f)'/>".to_owned(),
        "<metadata><x xmlns='https://canary.example'>Ada Lovelace</x></metadata><title>Ada</title>".to_owned(),
        "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>".to_owned(),
        "<?xml-stylesheet href='https://canary.example/a.css'?>".to_owned(),
        "<!-- Ada Lovelace -->".to_owned(),
    ];
    let embedded = NOT_PNG.map(|data| format!("<image href='{data}' width='99' height='99'/>"));
    for inner in hostile.iter().chain(&embedded) {
        let Ok(picture) = read(inner) else { continue };
        let text = String::from_utf8(picture.bytes().to_vec()).unwrap().to_lowercase();
        for trace in [
            "script",
            "alert",
            "canary",
            "onload",
            "onclick",
            "href",
            "<a",
            "animate",
            "<set",
            "foreign",
            "iframe",
            "import",
            "font-face",
            "style",
            "passwd",
            "metadata",
            "ada",
            "<?xml-",
            "data:",
            "<!--",
            "<image",
            "handler",
            "<!doctype",
        ] {
            assert!(!text.contains(trace), "{trace} survives of {inner}: {text}");
        }
    }
}

#[test]
fn a_file_of_this_machine_is_not_read_even_where_it_is_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.png");
    std::fs::write(&path, Picture::of_design(&Design::default()).unwrap().png(90).unwrap()).unwrap();
    for address in [path.display().to_string(), format!("file://{}", path.display())] {
        let svg = kept(&format!("<image href='{address}' width='400' height='400'/>"));
        assert!(!svg.contains("<image") && !svg.contains("data:"), "{address}");
    }
}

#[test]
fn who_uploaded_it_is_told_what_was_left_out() {
    let picture =
        read("<script>1</script><rect width='9' height='9' onload='1'/><image href='https://a.example/'/>")
            .unwrap();
    let removed = picture.warnings().iter().find(|warning| warning.code() == "removed").unwrap().to_string();
    for what in ["scripts", "event handlers", "addresses of other files"] {
        assert!(removed.contains(what), "{removed}");
    }
}

#[test]
fn an_embedded_png_is_kept_without_its_text() {
    let png = Picture::of_design(&Design::of_name("Logo")).unwrap().png(90).unwrap();
    let mut data = png.clone();
    let text = b"tEXtAuthor\0Ada Lovelace";
    let chunk = [&19_u32.to_be_bytes()[..], text, &crc32fast::hash(text).to_be_bytes()].concat();
    data.splice(33..33, chunk);
    let base64 = base64(&data);
    let svg = kept(&format!(
        "<image href='data:image/png;base64,{base64}' x='100' y='100' width='400' height='400'/>"
    ));
    assert!(svg.contains("data:image/png;base64,"), "{svg:.400}");
    // What is kept of it is what the cleaned PNG is.
    assert!(svg.contains(&base64_of(&png)), "the text chunk is gone");
}

fn base64_of(png: &[u8]) -> String {
    base64(Picture::read(png).unwrap().bytes())
}

/// Standard base64 without a crate for one test.
fn base64(data: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in data.chunks(3) {
        let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[usize::try_from(bits >> (18 - 6 * place) & 63).unwrap()];
            text.push(if place > u32::try_from(group.len()).unwrap() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[test]
fn entities_are_refused_and_a_plain_document_type_is_not() {
    let badge = drawing("");
    let plain = format!(
        "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>{badge}"
    );
    assert!(Picture::read(plain.as_bytes()).is_ok());
    let laughs = format!("<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>{badge}");
    assert!(matches!(Picture::read(laughs.as_bytes()), Err(PictureError::Unsupported(_))));
    let outside = format!("<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{badge}");
    assert!(matches!(Picture::read(outside.as_bytes()), Err(PictureError::Unsupported(_))));
}

#[test]
fn what_would_be_dear_is_refused() {
    let bomb = (0..12)
        .map(|level| format!("<g id='g{level}'>{}</g>", format!("<use href='#g{}'/>", level + 1).repeat(10)))
        .collect::<String>();
    let patterns = (0..12)
        .map(|level| {
            format!(
                "<pattern id='p{level}' width='1' height='1' patternUnits='userSpaceOnUse'>{}</pattern>",
                format!("<rect width='1' height='1' fill='url(#p{})'/>", level + 1).repeat(10)
            )
        })
        .collect::<String>()
        + "<rect width='600' height='600' fill='url(#p0)'/>";
    let cases = [
        ("nested groups", "<g>".repeat(2_000) + &"</g>".repeat(2_000)),
        ("deeply nested groups", "<g>".repeat(60_000) + &"</g>".repeat(60_000)),
        ("uses of uses", bomb),
        ("patterns of patterns", patterns),
        ("attributes", format!("<rect {}/>", (0..80_000).map(|n| format!("a{n}='1' ")).collect::<String>())),
        ("elements", "<path d='M0 0h9v9z'/>".repeat(30_000)),
        ("style rules", format!("<style>{}</style>", ".a{fill:red}".repeat(5_000))),
        ("text", format!("<text>{}</text>", "x".repeat(100_000))),
        ("dashes", "<path d='M0 0H600' stroke='red' stroke-dasharray='.0001'/>".to_owned()),
        ("turbulence", effect("<feTurbulence numOctaves='100000' baseFrequency='.1'/>")),
        ("morphology", effect("<feMorphology operator='dilate' radius='9999'/>")),
        ("blurs", effect(&"<feGaussianBlur stdDeviation='50'/>".repeat(40))),
        ("overpainting", "<path d='M0 0h600v600H0z' fill='red'/>".repeat(4_000)),
        ("gradients", "<linearGradient id='a'><stop/><stop offset='1'/></linearGradient>".to_owned() + &"<path d='M0 0h600v600H0z' fill='url(#a)'/>".repeat(900)),
        ("layers", "<g opacity='.9'>".repeat(60) + "<path d='M0 0h600v600H0z'/>" + &"</g>".repeat(60)),
        // On these, usvg or its rasteriser never ended.
        ("an arc without end", "<path d='M0 0a1 1 0 1 1 0 1e39z'/>".to_owned()),
        ("text along a vast path", "<text><textPath href='#p'>along</textPath></text><path id='p' d='M100000 0Q0 0 0 0'/>".to_owned()),
        ("far away", "<path d='M0 0a1e5 1e5 0 1 1 1e5 1e5z' transform='matrix(1e5 1e5 1e5 1e5 1e5 1e5)' stroke='red' stroke-width='1e5'/>".to_owned()),
        ("circles of masks", "<mask id='m' mask='url(#m)'><rect width='9' height='9'/></mask><g mask='url(#m)'><path d='M0 0h9v9z'/></g>".to_owned()),
    ];
    for (name, inner) in cases {
        let refused = read(&inner).map(|_| ()).unwrap_err();
        assert!(
            matches!(refused, PictureError::Limit(_) | PictureError::Unsupported(_)),
            "{name}: {refused}"
        );
    }
}

/// On this one, the rasteriser panics.
#[test]
fn a_drawing_that_breaks_the_rasteriser_breaks_nothing_else() {
    let tiny = "<filter id='f' x='1e-9' y='1e-9' width='1e-9' height='1e-9'><feGaussianBlur stdDeviation='1e-9'/></filter>\
                <g filter='url(#f)'><path d='M9 9h40v40z'/></g>";
    assert!(matches!(read(tiny).map(|_| ()), Ok(()) | Err(PictureError::Damaged(_))));
}

fn effect(primitives: &str) -> String {
    format!("<filter id='f'>{primitives}</filter><rect width='600' height='600' filter='url(#f)'/>")
}

#[test]
fn what_is_deep_but_allowed_needs_no_great_stack() {
    let groups = "<g transform='translate(1)'>".repeat(100) + "<path d='M0 0h9v9z'/>" + &"</g>".repeat(100);
    // 4 levels of 20 groups, each leading to the next.
    let chain = (0..4)
        .map(|level| {
            format!(
                "<g id='g{level}'>{}<use href='#g{}'/>{}</g>",
                "<g opacity='1' transform='scale(1.01)'>".repeat(20),
                level + 1,
                "</g>".repeat(20)
            )
        })
        .collect::<String>();
    for inner in [groups, chain] {
        let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || read(&inner).map(|_| ()));
        assert_eq!(thread.unwrap().join().unwrap(), Ok(()));
    }
}

#[test]
fn what_is_no_picture_is_said_to_be_none() {
    for bytes in [
        &b""[..],
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"<html></html>",
        b"{}",
        b"\x1f\x8b\x08\0",
        b"%PDF-1.7",
        b"\0\0\0\0",
    ] {
        assert_eq!(Picture::read(bytes).map(|_| ()), Err(PictureError::UnknownFormat), "{bytes:?}");
    }
    assert_eq!(Picture::read(&vec![b' '; (4 << 20) + 1]).map(|_| ()), Err(PictureError::TooLarge));
    for broken in ["<svg", "<svg xmlns='http://www.w3.org/2000/svg'>", "<svg><g></svg>", "<svg>\u{0}</svg>"] {
        assert!(matches!(Picture::read(broken.as_bytes()), Err(PictureError::Damaged(_))), "{broken}");
    }
}

#[test]
fn a_badge_is_square_and_a_logo_need_not_be() {
    let wide = |width: u32, height: u32| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'><path d='M0 0h{width}v{height}H0z'/></svg>"
        )
    };
    assert!(Picture::read(wide(600, 596).as_bytes()).is_ok());
    assert!(matches!(
        Picture::read(wide(600, 500).as_bytes()),
        Err(PictureError::NotSquare { width: 600, height: 500 })
    ));
    assert!(Picture::read_any_shape(wide(600, 200).as_bytes()).is_ok());
    assert!(matches!(
        Picture::read_any_shape(wide(600, 100).as_bytes()),
        Err(PictureError::NotSquare { .. })
    ));
}

#[test]
fn reading_again_what_was_kept_changes_nothing() {
    let drawings = [
        drawing(""),
        drawing(
            "<g transform='rotate(17.3 33.3 12.1) skewX(3)' opacity='.77'><ellipse cx='300' cy='200' rx='99.9' ry='33.33' stroke='#abc' stroke-width='3.3' stroke-dasharray='7 3.1'/></g>",
        ),
        drawing(
            "<text x='100' y='300' font-size='61.7' letter-spacing='2' fill='gold'>Ångström العربية</text>",
        ),
        drawing(
            "<clipPath id='c'><circle cx='99' cy='99' r='77.7'/></clipPath><mask id='m'><rect width='400' height='333' fill='white' opacity='.5'/></mask><g clip-path='url(#c)' mask='url(#m)'><path d='M10 10Q99 99 333.3 77A50 60 33 1 1 99 99z' fill='teal'/></g>",
        ),
        drawing(
            "<radialGradient id='r' cx='.3' gradientTransform='rotate(33)'><stop stop-color='red'/><stop offset='.333' stop-color='blue' stop-opacity='.3'/></radialGradient><rect x='33.33' y='1e-3' width='333' height='222' rx='17' fill='url(#r)'/>",
        ),
        drawing(
            "<pattern id='p' width='.1' height='.13'><circle cx='9' cy='9' r='5.5'/></pattern><rect width='555' height='444' fill='url(#p)'/>",
        ),
        drawing(
            "<symbol id='s' viewBox='0 0 7 9'><path d='M0 0h7v9z'/></symbol><use href='#s' x='33' y='44' width='222' height='111'/>",
        ),
        drawing(&effect(
            "<feDropShadow dx='3' dy='4' stdDeviation='3.3' flood-color='navy' flood-opacity='.4'/>",
        )),
    ];
    let designs =
        ["Data", "Deutsch B2", "مهارات رقمية", "Open Science"].map(|name| Design::of_name(name).svg());
    for svg in drawings.iter().chain(&designs) {
        let first = Picture::read(svg.as_bytes()).unwrap();
        let again = Picture::read(first.bytes()).unwrap();
        let (first, again) = (String::from_utf8_lossy(first.bytes()), String::from_utf8_lossy(again.bytes()));
        assert_eq!(first, again);
    }
    let png = Picture::of_design(&Design::of_name("Data")).unwrap().png(200).unwrap();
    let first = Picture::read(&png).unwrap();
    assert_eq!(Picture::read(first.bytes()).unwrap().bytes(), first.bytes());
}

#[test]
fn what_could_be_better_is_said() {
    let codes = |picture: &Picture| picture.warnings().iter().map(Warning::code).collect::<Vec<_>>();
    let svg = |inner: &str| {
        Picture::read(
            format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>{inner}</svg>").as_bytes(),
        )
        .unwrap()
    };
    assert_eq!(codes(&svg("<circle cx='50' cy='50' r='48' fill='#123'/>")), Vec::<&str>::new());
    assert_eq!(
        codes(&svg("<rect width='100' height='100' fill='white'/><circle cx='50' cy='50' r='48'/>")),
        ["opaque_corners"]
    );
    assert_eq!(codes(&svg("<circle cx='50' cy='50' r='48' fill='#eee'/>")), ["low_contrast"]);
    assert_eq!(codes(&svg("<circle cx='50' cy='50' r='20'/>")), ["empty_margin"]);
    assert_eq!(codes(&svg("<text>汉</text>")).first(), Some(&"missing_glyphs"));
    assert_eq!(codes(&svg("")), ["empty"]);
    let small = svg("<circle cx='50' cy='50' r='48' fill='#123'/>").png(200).unwrap();
    assert_eq!(codes(&Picture::read(&small).unwrap()), ["small"]);
}
