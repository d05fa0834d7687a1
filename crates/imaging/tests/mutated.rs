//! Bytes nobody wrote on purpose: reading them ends, with a picture or a reason.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot read has failed"
)]

use accolade_imaging::{Design, Picture, PictureError};
use proptest::prelude::*;

/// Changes to a file: what is overwritten, and where it is cut.
fn mutated(original: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12);
    (changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(move |(changes, cut, whole)| {
        let mut bytes = original.to_vec();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

fn png() -> &'static [u8] {
    Picture::of_design(&Design::default()).unwrap().png(64).unwrap().leak()
}

const SVG: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><defs><linearGradient id="a"><stop
stop-color="#123"/><stop offset="1" stop-color="gold"/></linearGradient><clipPath id="c"><circle cx="30" cy="30" r="29"/>
</clipPath><filter id="f"><feDropShadow dx="1" dy="2" stdDeviation="1"/></filter></defs><style>.b{fill:url(#a)}</style>
<g clip-path="url(#c)" filter="url(#f)"><path class="b" d="M0 0H60V60C40 20 20 40 0 60z" stroke="red" stroke-dasharray="3 4"/>
<use href="#t" x="4"/></g><text id="t" x="9" y="30" font-size="9">Abc</text></svg>"##;

/// The same file with its chunks' checksums made right again, so that what stands in the chunks is read.
fn with_sums(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = usize::try_from(u32::from_be_bytes(length.try_into().unwrap())).unwrap();
        let Some(body) = bytes.get(at + 4..).and_then(|rest| rest.get(..length.saturating_add(4))) else {
            break;
        };
        let sum = crc32fast::hash(body).to_be_bytes();
        let end = at + 8 + length;
        let Some(place) = bytes.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
    bytes
}

/// Numbers that drawings trip over.
const NUMBERS: [&str; 22] = [
    "0", "-0", "1", "-1", "0.5", "60", "-60", "1e-9", "-1e-9", "1e-38", "1e5", "-1e5", "1e9", "-1e9", "1e38",
    "-3.4e38", "1e39", "1e999", "NaN", "", "50%", "-1e5%",
];

/// Elements with places (`#`) for numbers; `@` is a reference to one of them.
const PARTS: [&str; 24] = [
    "<rect x='#' y='#' width='#' height='#' rx='#' ry='#' fill='@' stroke='@' stroke-width='#'/>",
    "<circle cx='#' cy='#' r='#' fill='@'/>",
    "<ellipse cx='#' cy='#' rx='#' ry='#' stroke='@' stroke-dasharray='# #' stroke-dashoffset='#'/>",
    "<line x1='#' y1='#' x2='#' y2='#' stroke='@' stroke-width='#' stroke-linecap='round' stroke-miterlimit='#'/>",
    "<path d='M# #L# #C# # # # # #A# # # 0 1 # #Q# # # #Z' fill='@' stroke='@'/>",
    "<path d='M0 0a# # 0 1 1 # #h#v#z' transform='matrix(# # # # # #)' stroke='red' stroke-width='#'/>",
    "<polygon points='# # # # # #' marker-mid='@' marker-start='@'/>",
    "<linearGradient id='r0' x1='#' x2='#' gradientTransform='scale(# #)'><stop offset='#'/><stop offset='#' stop-color='red'/></linearGradient>",
    "<radialGradient id='r1' cx='#' cy='#' r='#' fx='#' fr='#' gradientUnits='userSpaceOnUse'><stop/><stop offset='#'/></radialGradient>",
    "<pattern id='r2' x='#' y='#' width='#' height='#' patternUnits='userSpaceOnUse' viewBox='# # # #'><rect width='9' height='9'/></pattern>",
    "<pattern id='r3' width='#' height='#' patternTransform='rotate(#) skewX(#)'><circle r='#'/></pattern>",
    "<clipPath id='r4' clipPathUnits='objectBoundingBox'><rect width='#' height='#'/></clipPath>",
    "<mask id='r5' x='#' y='#' width='#' height='#'><rect width='60' height='60' fill='white'/></mask>",
    "<filter id='r6' x='#' y='#' width='#' height='#'><feGaussianBlur stdDeviation='# #'/></filter>",
    "<filter id='r7' filterUnits='userSpaceOnUse' width='#' height='#'><feDropShadow dx='#' dy='#' stdDeviation='#'/><feOffset dx='#'/></filter>",
    "<marker id='r8' markerWidth='#' markerHeight='#' refX='#' viewBox='# # # #' orient='auto'><path d='M0 0h9v9z'/></marker>",
    "<symbol id='r9' viewBox='# # # #'><path d='M0 0h9v9z'/></symbol><use href='#r9' x='#' width='#' height='#'/>",
    "<g clip-path='@' mask='@' filter='@' opacity='#' transform='translate(# #) scale(# #)'><rect width='30' height='30'/></g>",
    "<g filter='@'><g mask='@'><path d='M9 9h40v40z'/></g></g>",
    "<text x='#' y='#' font-size='#' letter-spacing='#' textLength='#'>Añ ع</text>",
    "<text font-size='9'><textPath href='#r10' startOffset='#'>along</textPath></text><path id='r10' d='M# #Q# # # #'/>",
    "<svg x='#' y='#' width='#' height='#' viewBox='# # # #'><rect width='30' height='30'/></svg>",
    "<switch><rect width='#' height='#'/></switch>",
    "<image href='data:image/png;base64,iVBORw0KGgo=' width='#' height='#'/>",
];

/// A drawing of a few parts, its numbers and references taken by chance.
fn odd_drawing() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec(prop::sample::select(&PARTS[..]), 1..7);
    let numbers = prop::collection::vec(prop::sample::select(&NUMBERS[..]), 1..60);
    let references = prop::collection::vec(0_u8..11, 1..12);
    (parts, numbers, references).prop_map(|(parts, numbers, references)| {
        let (mut numbers, mut references) = (numbers.iter().cycle(), references.iter().cycle());
        let mut svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 60'>".to_owned();
        let mut letters = parts.concat().chars().collect::<Vec<_>>().into_iter().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '#' if letters.peek() != Some(&'r') => svg.push_str(numbers.next().unwrap()),
                '@' => svg.push_str(&format!("url(#r{})", references.next().unwrap())),
                other => svg.push(other),
            }
        }
        svg + "</svg>"
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_png_is_read_or_refused(bytes in mutated(png()), sums in any::<bool>()) {
        let bytes = if sums { with_sums(bytes) } else { bytes };
        if let Ok(picture) = Picture::read(&bytes) {
            prop_assert!(picture.png(90).is_ok());
            let again = Picture::read(picture.bytes()).unwrap();
            prop_assert_eq!(again.bytes(), picture.bytes());
        }
    }

    #[test]
    fn a_mutated_svg_is_read_or_refused(bytes in mutated(SVG)) {
        if let Ok(picture) = Picture::read(&bytes) {
            prop_assert!(picture.png(90).is_ok());
            let text = String::from_utf8_lossy(picture.bytes()).into_owned();
            prop_assert!(!text.contains("href=\"http"), "{}", text);
        }
    }

    #[test]
    fn an_odd_drawing_is_read_or_refused(svg in odd_drawing()) {
        if let Ok(picture) = Picture::read(svg.as_bytes()) {
            prop_assert!(picture.png(64).is_ok());
            prop_assert!(Picture::read(picture.bytes()).is_ok(), "{} of {}", String::from_utf8_lossy(picture.bytes()), svg);
        }
    }

    #[test]
    fn any_bytes_are_no_picture(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Picture::read(&bytes).is_err());
    }

    #[test]
    fn any_name_has_a_design_that_is_drawn_and_read_again(name in ".{0,60}") {
        let design = Design::of_name(&name);
        prop_assert_eq!(Design::parse(&design.to_value()), Ok(design.clone()));
        prop_assert!(!design.svg().contains("<text"));
    }
}

#[test]
fn a_cut_png_is_damaged_wherever_it_is_cut() {
    let whole = png();
    for end in (8..whole.len()).step_by(37) {
        assert!(matches!(Picture::read(&whole[..end]), Err(PictureError::Damaged(_))), "{end}");
    }
}
