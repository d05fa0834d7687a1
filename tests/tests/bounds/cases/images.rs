//! IMG: images, and PDFs with them.

use accolade_verifying::Submission;

use super::{Case, case};
use crate::png;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(super) const CASES: &[Case] = &[
    case("img_10_a_picture_of_four_billion_points", "bad_image", |_| {
        image(&[header(65_535), png::chunk(b"IDAT", b""), png::chunk(b"IEND", b"")])
    }),
    case("img_12_two_badges_in_one_picture", "ambiguous_baked", |_| {
        let badge = |text: &str| png::chunk(b"tEXt", format!("openbadges\0{text}").as_bytes());
        let (data, end) = (png::chunk(b"IDAT", b""), png::chunk(b"IEND", b""));
        image(&[header(2), badge("https://a.example/1"), badge("https://a.example/2"), data, end])
    }),
    case("img_13_a_chunk_of_four_gigabytes", "bad_image", |_| image(&[header(2), vec![0xFF; 64]])),
    case("img_13_a_wrong_checksum", "bad_image", |_| {
        let mut header = header(2);
        header[10] ^= 1;
        image(&[header, png::chunk(b"IDAT", b""), png::chunk(b"IEND", b"")])
    }),
    case("img_14_a_million_chunks", "bad_image", |_| {
        image(&[header(2), png::chunk(b"tEXt", b"a\0b").repeat(1_000_000)])
    }),
    case("img_16_elements_nested_60000_deep", "bad_image", |_| svg(&"<g>".repeat(60_000))),
    case("img_17_drawings_within_drawings", "no_badge", |_| {
        let twice = |level: usize| {
            let used = format!("<use href='#l{}'/>", level - 1).repeat(2);
            format!("<g id='l{level}'>{used}</g>")
        };
        svg(&format!("<g id='l0'/>{}", (1..60).map(twice).collect::<String>()))
    }),
    case("img_17_entities_within_entities", "bad_image", |_| {
        let entity = |n: usize| format!("<!ENTITY e{n} \"&e{0};&e{0};\">", n.saturating_sub(1));
        let entities: String = (0..60).map(entity).collect();
        Submission::from_bytes(
            format!("<?xml version=\"1.0\"?><!DOCTYPE svg [{entities}]><svg>&e59;</svg>").into_bytes(),
        )
    }),
    case("img_18_80000_attributes_on_one_tag", "bad_image", |_| {
        svg(&format!("<g {}/>", (0..80_000).map(|n| format!("a{n}='' ")).collect::<String>()))
    }),
    case("img_18_80000_namespaces_on_one_tag", "bad_image", |_| {
        svg(&format!("<g {}/>", (0..80_000).map(|n| format!("xmlns:a{n}='u' ")).collect::<String>()))
    }),
    case("img_20_a_picture_that_breaks_off", "bad_image", |_| image(&[header(2)])),
    case("img_20_a_pdf_that_begins_again_and_again", "bad_pdf", |_| {
        Submission::from_bytes(format!("%PDF-1.7\n{}", "1 0 obj (".repeat(200_000)).into_bytes())
    }),
];

fn header(side: u32) -> Vec<u8> {
    png::chunk(b"IHDR", &[&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 6, 0, 0, 0]].concat())
}

fn image(chunks: &[Vec<u8>]) -> Submission {
    Submission::from_bytes([SIGNATURE, &chunks.concat()].concat())
}

fn svg(inside: &str) -> Submission {
    Submission::from_bytes(
        format!("<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'>{inside}</svg>").into_bytes(),
    )
}
