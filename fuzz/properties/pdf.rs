//! PDF: files as they come, and files with the bytes in one place or another.

use accolade_baking::pdf::{PdfError, attachments};

/// The most that is taken from one PDF.
const MOST: usize = 8;

/// Takes what is attached out of the bytes, and out of PDFs made around them.
pub(crate) fn hold_for(bytes: &[u8]) {
    let _ = document(bytes);
    let _ = document(&[b"%PDF-1.7\n", bytes, b"\ntrailer\n<</Root 1 0 R>>\n"].concat());
    let catalogue = "1 0 obj\n<</AF [<</EF <</F 9 0 R>> >>]>>\nendobj\n";
    // As an attached file, as it is and packed.
    for (members, data) in [("", bytes.to_vec()), ("/Filter/FlateDecode", packed(bytes))] {
        let attached = stream(9, members, &data);
        let found = document(&closed(&[catalogue.as_bytes(), &attached].concat())).unwrap();
        assert!(found.len() <= 1);
        match std::str::from_utf8(bytes) {
            Ok(text) if serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(text).is_ok() => {
                assert_eq!(found, [text.trim()], "an attached document comes out as it went in");
            }
            Ok(text) => assert!(found.iter().all(|found| text.contains(found)), "{found:?} of {text:?}"),
            Err(_) => assert_eq!(found, [""; 0]),
        }
    }
    // As a picture on a page, which nothing may be taken from.
    let picture = [catalogue.as_bytes(), &stream(9, "/Filter/DCTDecode", bytes)].concat();
    assert_eq!(document(&closed(&picture)), Ok(Vec::new()));
    // As packed objects; the length of their heading is the first byte.
    let first = bytes.first().copied().unwrap_or_default();
    let members = format!("/Type/ObjStm /N 4 /First {first} /Filter/FlateDecode");
    let rest = bytes.get(1..).unwrap_or_default();
    let _ = document(&closed(&[catalogue.as_bytes(), &stream(5, &members, &packed(rest))].concat()));
}

/// The files to begin with.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let json = br#"{"type": ["VerifiableCredential"], "name": "endstream obj"}"#;
    let token = b"eyJhbGciOiJFUzI1NiJ9.e30.c2ln";
    let tree = b"1 0 obj<</Names<</EmbeddedFiles<</Kids[3 0 R]>> >> >>endobj 3 0 obj<</Names[(a\\)b)4 0 R]>>endobj 4 0 obj<</EF<</F 9 0 R /UF 9 0 R>> >>endobj\n";
    let pages = b"1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Parent 2 0 R/Annots[<</FS<</E#46<</F 9 0 R>> >> >>]>>endobj\n";
    let heading = b"\x0b1 0 4 20 \n<</AF[4 0 R]>>      <</EF<</F 9 0 R>> >>";
    let objects = stream(5, "/Type/ObjStm /N 2 /First 11 /Filter/FlateDecode", &packed(&heading[1..]));
    let open = b"9 0 obj<</Length 99999999>>stream\n{\"a\": 1}\nendstream endobj\n";
    [
        ("tree", closed(&[&tree[..], &stream(9, "", json)].concat())),
        ("pages", closed(&[&pages[..], &stream(9, "/Filter[/FlateDecode]", &packed(token))].concat())),
        ("objects", closed(&[&objects[..], &stream(9, "", json)].concat())),
        ("length", closed(&[&tree[..], open].concat())),
        ("protected", b"%PDF-1.4\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>".to_vec()),
        ("heading", heading.to_vec()),
        ("json", json.to_vec()),
        ("token", token.to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

/// A PDF that attaches one file.
pub(crate) fn with(file: &[u8]) -> Vec<u8> {
    closed(&[&b"1 0 obj\n<</AF [<</EF <</F 9 0 R>> >>]>>\nendobj\n"[..], &stream(9, "", file)].concat())
}

fn document(bytes: &[u8]) -> Result<Vec<String>, PdfError> {
    let found = attachments(bytes);
    assert_eq!(attachments(bytes), found, "the same twice");
    for (place, text) in found.iter().flatten().enumerate() {
        assert!(place < MOST && text.len() <= 1 << 20 && !text.is_empty());
        assert!(text.starts_with('{') || text.split('.').count() == 3, "{text}");
        assert!(found.iter().flatten().take(place).all(|other| other != text), "each text once");
    }
    found
}

fn stream(number: u32, members: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj\n<<{members} /Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
}

fn closed(objects: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n", objects, b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"].concat()
}

/// The bytes in a zlib stream that does not make them smaller (RFC 1950 and 1951, 3.2.4).
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap();
        out.push(u8::from(blocks.peek().is_none()));
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    if bytes.is_empty() {
        out.extend_from_slice(&[1, 0, 0, 0xFF, 0xFF]);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    out.extend_from_slice(&(high << 16 | low).to_be_bytes());
    out
}
