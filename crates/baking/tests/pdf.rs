//! Badges attached to PDFs.
#![allow(clippy::unwrap_used, reason = "helpers of tests, where a wrong shape should end the test")]

use std::io::Write as _;

use accolade_baking::pdf::{PdfError, attachments, is_pdf};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

const BADGE: &str = r#"{"type": ["VerifiableCredential"], "name": "Ä {x} endstream obj"}"#;

/// A PDF written the way a program from 1996 would: a table of nothing but what follows.
struct Pdf(Vec<u8>);

impl Pdf {
    fn new() -> Self {
        Self(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec())
    }

    fn object(mut self, number: u32, content: &str) -> Self {
        writeln!(self.0, "{number} 0 obj\n{content}\nendobj").unwrap();
        self
    }

    fn stream(mut self, number: u32, members: &str, data: &[u8]) -> Self {
        writeln!(self.0, "{number} 0 obj\n<<{members} /Length {}>>\nstream\r", data.len()).unwrap();
        self.0.extend_from_slice(data);
        self.0.extend_from_slice(b"\nendstream\nendobj\n");
        self
    }

    fn end(mut self, trailer: &str) -> Vec<u8> {
        writeln!(self.0, "trailer\n<<{trailer}>>\nstartxref\n0\n%%EOF").unwrap();
        self.0
    }
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A PDF with files in its name tree.
fn with(files: &[&[u8]]) -> Vec<u8> {
    let names: String = (0..files.len()).map(|n| format!("({n}.json) {} 0 R ", 10 + 2 * n)).collect();
    let mut pdf = Pdf::new()
        .object(1, "<</Type/Catalog /Names 2 0 R>>")
        .object(2, "<</EmbeddedFiles <</Kids [3 0 R]>> >>")
        .object(3, &format!("<</Limits [(0) (9)] /Names [{names}]>>"));
    for (n, file) in (0_u32..).zip(files) {
        let specification =
            format!("<</Type /Filespec /F (a\\)b) /EF <</F {0} 0 R /UF {0} 0 R>> >>", 11 + 2 * n);
        pdf = pdf.object(10 + 2 * n, &specification).stream(11 + 2 * n, "/Type/EmbeddedFile", file);
    }
    pdf.end("/Root 1 0 R")
}

#[test]
fn a_badge_in_the_tree_of_attached_files_is_found() {
    let token = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln";
    let pdf = with(&[
        b"hello",
        BADGE.as_bytes(),
        b"\xEF\xBB\xBF eyJhbGciOiJFUzI1NiJ9.e30.c2ln\n",
        b"a.b",
        b"\xFF{}",
    ]);
    assert!(is_pdf(&pdf));
    assert_eq!(attachments(&pdf).unwrap(), [BADGE, token]);
    assert_eq!(attachments(&with(&[BADGE.as_bytes(), BADGE.as_bytes()])).unwrap(), [BADGE], "each text once");
    assert!(attachments(&with(&[])).unwrap().is_empty());
}

#[test]
fn associated_files_and_annotations_are_found_as_well() {
    let file = "<</Type/Filespec /EF <</F 9 0 R>> >>";
    for (catalogue, page) in [
        ("<</AF [8 0 R] /Pages 4 0 R>>", "<<>>"),
        ("<</Pages 4 0 R>>", "<</AF [8 0 R] /Parent 4 0 R>>"),
        ("<</Pages 4 0 R>>", "<</Annots [<</Subtype/FileAttachment /FS 8 0 R>>] /Parent 4 0 R>>"),
        ("<</Pages 4 0 R>>", "<</Annots [<</Subtype/FileAttachment /FS <</E#46 <</F 9 0 R>> >> >>]>>"),
    ] {
        let pdf = Pdf::new()
            .object(1, catalogue)
            .object(4, "<</Kids [5 0 R] /Count 1>>")
            .object(5, page)
            .object(8, file)
            .stream(9, "/Filter /FlateDecode", &packed(BADGE.as_bytes()));
        assert_eq!(attachments(&pdf.end("/Root 1 0 R")).unwrap(), [BADGE], "{catalogue} {page}");
    }
}

#[test]
fn a_file_that_nothing_leads_to_is_not_attached_and_a_later_object_replaces_an_earlier_one() {
    let mut pdf = with(&[b"{\"old\": 1}"]);
    pdf.extend(
        Pdf::new().stream(99, "", b"{\"lost\": 1}").stream(11, "", BADGE.as_bytes()).end("/Root 1 0 R"),
    );
    assert_eq!(attachments(&pdf).unwrap(), [BADGE]);
}

#[test]
fn a_pdf_inside_a_pdf_is_data() {
    let inner = with(&[b"{\"inner\": 1}"]);
    assert_eq!(attachments(&with(&[&inner, BADGE.as_bytes()])).unwrap(), [BADGE]);
}

#[test]
fn a_length_that_is_elsewhere_or_wrong_does_not_hide_a_badge() {
    for length in ["7 0 R", "3", "99999999", "18446744073709551615"] {
        let mut pdf = Pdf::new().object(1, "<</AF [<</EF <</F 9 0 R>> >>]>>").object(7, "19").0;
        writeln!(pdf, "9 0 obj\n<</Length {length}>>\nstream\n{{\"type\": [\"Badge\"]}}\nendstream\nendobj")
            .unwrap();
        assert_eq!(
            attachments(&Pdf(pdf).end("/Root 1 0 R")).unwrap(),
            [r#"{"type": ["Badge"]}"#],
            "{length}"
        );
    }
}

/// Written by a widely used library: packed objects, and a cross-reference stream in place of a table and a trailer.
#[test]
fn packed_objects_of_another_program_are_read() {
    let pdf = base64(PACKED);
    assert_eq!(attachments(&pdf).unwrap(), [BADGE]);
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(attachments(b"{}"), Err(PdfError::NotPdf));
    assert!(matches!(attachments(b"%PDF-1.7\n"), Err(PdfError::Damaged(_))));
    let protected = Pdf::new().object(1, "<<>>").end("/Root 1 0 R /Encrypt 5 0 R");
    assert_eq!(attachments(&protected), Err(PdfError::Protected));
    let mut cut = with(&[BADGE.as_bytes()]);
    cut.truncate(cut.windows(9).position(|window| window == b"endstream").unwrap());
    assert!(matches!(attachments(&cut), Err(PdfError::Damaged(_))));
    let mut large = with(&[]);
    large.resize(9 << 20, b' ');
    assert!(matches!(attachments(&large), Err(PdfError::Limit(_))));
}

#[test]
fn pictures_and_predicted_or_doubly_packed_data_are_passed_over() {
    for members in [
        "/Filter /DCTDecode",
        "/Filter [/ASCIIHexDecode /FlateDecode]",
        "/Filter [/FlateDecode /FlateDecode]",
        "/Filter /FlateDecode /DecodeParms <</Predictor 12>>",
        "/Filter /FlateDecode /DecodeParms [<</Predictor 12>>]",
    ] {
        let pdf = Pdf::new()
            .object(1, "<</AF [<</EF <</F 9 0 R>> >>]>>")
            .stream(9, members, &packed(BADGE.as_bytes()))
            .end("/Root 1 0 R");
        assert_eq!(attachments(&pdf).unwrap(), [""; 0], "{members}");
    }
}

#[test]
fn a_pdf_that_unpacks_to_more_than_it_may_is_stopped_short() {
    let bomb = packed(&vec![b' '; 32 << 20]);
    assert!(bomb.len() < 64 << 10);
    let attached = Pdf::new()
        .object(1, "<</AF [<</EF <</F 9 0 R>> >>]>>")
        .stream(9, "/Filter /FlateDecode", &bomb)
        .end("/Root 1 0 R");
    assert_eq!(attachments(&attached).unwrap(), [""; 0]);
    let objects = Pdf::new()
        .object(1, "<<>>")
        .stream(9, "/Type/ObjStm /N 1 /First 5 /Filter /FlateDecode", &bomb)
        .end("/Root 1 0 R");
    assert!(matches!(attachments(&objects), Err(PdfError::Damaged(_))));
}

#[test]
fn an_attachment_of_a_mebibyte_is_looked_at_and_a_larger_one_passed_over() {
    for (length, found) in [(1 << 20, 1), ((1 << 20) + 1, 0)] {
        let text = format!("{{{}}}", " ".repeat(length - 2));
        for (members, data) in
            [("", text.clone().into_bytes()), ("/Filter /FlateDecode", packed(text.as_bytes()))]
        {
            let pdf = Pdf::new()
                .object(1, "<</AF [<</EF <</F 9 0 R>> >>]>>")
                .stream(9, members, &data)
                .end("/Root 1 0 R");
            assert_eq!(attachments(&pdf).unwrap().len(), found, "{length} {members}");
        }
    }
}

#[test]
fn loops_nests_and_repetitions_come_to_an_end() {
    let loops = Pdf::new()
        .object(1, "<</Names 1 0 R /AF [1 0 R 2 0 R]>>")
        .object(2, "<</EF 2 0 R /Kids [1 0 R 2 0 R 3 0 R]>>")
        .object(3, "3 0 R")
        .end("/Root 1 0 R");
    assert_eq!(attachments(&loops).unwrap(), [""; 0]);
    let deep = Pdf::new().object(2, &"[<</A ".repeat(100_000)).object(1, "<<>>").end("/Root 1 0 R");
    assert_eq!(attachments(&deep).unwrap(), [""; 0]);
    let again = Pdf::new().object(1, &"1 0 obj (".repeat(200_000)).end("/Root 1 0 R");
    assert!(matches!(attachments(&again), Err(PdfError::Limit(_))));
    let wide = Pdf::new().object(1, &format!("[{}]", "[]".repeat(700_000))).end("/Root 1 0 R");
    assert!(matches!(attachments(&wide), Err(PdfError::Limit(_))));
    let heads = "1 0 ".repeat(100_000);
    let body = format!("{heads}[{}]", "[]".repeat(1_000));
    let members = format!("/Type/ObjStm /N 100000 /First {} /Filter /FlateDecode", heads.len());
    let overlapping = Pdf::new().stream(5, &members, &packed(body.as_bytes())).end("/Root 1 0 R");
    assert!(matches!(attachments(&overlapping), Err(PdfError::Limit(_))));
    let many: Vec<&[u8]> = vec![b"x"; 100];
    assert!(matches!(attachments(&with(&many)), Err(PdfError::Limit(_))));
    let badges: Vec<String> = (0..20).map(|n| format!("{{\"n\": {n}}}")).collect();
    let badges: Vec<&[u8]> = badges.iter().map(String::as_bytes).collect();
    assert!(matches!(attachments(&with(&badges)), Err(PdfError::Limit(_))));
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = attachments(&[b"%PDF-1.7\n", &bytes[..]].concat());
    }

    #[test]
    fn a_changed_pdf_never_panics(at in 0usize..5_000, to in any::<u8>(), cut in 0usize..5_000, whole in any::<bool>()) {
        let mut pdf = if whole { base64(PACKED) } else { with(&[BADGE.as_bytes(), b"{}"]) };
        let at = at % pdf.len();
        pdf[at] = to;
        let _ = attachments(&pdf);
        pdf.truncate(cut);
        let _ = attachments(&pdf);
    }
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=' && !byte.is_ascii_whitespace()) {
        let value = ALPHABET.iter().position(|letter| *letter == byte).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).unwrap());
        }
    }
    bytes
}

const PACKED: &str = "\
    JVBERi0xLjUKJb/3ov4KMSAwIG9iago8PCAvVHlwZSAvT2JqU3RtIC9MZW5ndGggMjQwIC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9OIDUgL0Zpcn\
    N0IDI3ID4+CnN0cmVhbQp4nFWQzU7DMBCE7zzFHOGCE6ckRaoqlQpfEKiK6Kni4NZLMErtqE4leHs2NgZVvnhnZ7/9kShQYS4xQylr3EGWDWpU\
    VXG1WECsFHYsFmjxBvGijxQw6Y/HPRlDRtmelToalkuIje44rmIsXr8HgljrUfe+43Qkrv3ZjSghnqwJDJ9leHInwJ/XjeTGgCYBn8lY/eC/uK\
    zgV5cSzb2cijf6xMbcuKXgz6dDmnUa65+d0SvVUq9H6134sAPE1oWBDvbdkuHtVFxSYZ542/ybWArXe206uv0M3t1kdjwEE6L5wvDbMN1ud5nL\
    l2XPD+SbakkKZW5kc3RyZWFtCmVuZG9iago3IDAgb2JqCjw8IC9MZW5ndGggMCAvRmlsdGVyIC9GbGF0ZURlY29kZSA+PgpzdHJlYW0KCmVuZH\
    N0cmVhbQplbmRvYmoKOCAwIG9iago8PCAvUGFyYW1zIDw8IC9DaGVja1N1bSA8OTc5NjQ0Mjg2ZjJiYWYxODQyNDg0YzIzNTYxZTQ0ZmM+IC9T\
    aXplIDY2ID4+IC9TdWJ0eXBlIC9hcHBsaWNhdGlvbiMyZnZjIC9UeXBlIC9FbWJlZGRlZEZpbGUgL0xlbmd0aCA3MiAvRmlsdGVyIC9GbGF0ZU\
    RlY29kZSA+PgpzdHJlYW0KeJyrViqpLEhVslKIVgpLLcpMy0xMykl1LkpNSc0ryUzMUYrVUVDKS8wFqVA63KJQXVGrkJqXUlxSlJqYq5CflKVU\
    CwD+NxctCmVuZHN0cmVhbQplbmRvYmoKOSAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDM1IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZW\
    NvZGVQYXJtcyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDIgMCBSIC9TaXplIDEwIC9JRCBbPGEw\
    YmY2NWRlYTAxNzI0NTNjOWNjZjQwYTlkNWI1YWMzPjxhMGJmNjVkZWEwMTcyNDUzYzljY2Y0MGE5ZDViNWFjMz5dID4+CnN0cmVhbQp4nGNiAA\
    ImRgZ+EPGJgQnIY0Qn/jMm/wGy3ICyQBEAR+EDxAplbmRzdHJlYW0KZW5kb2JqCnN0YXJ0eHJlZgo2ODQKJSVFT0YK\
";
