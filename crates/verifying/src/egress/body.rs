//! A document as it comes in: unpacked where it is packed, and never more of it than allowed.
//!
//! We ask for documents as they are. Some servers send them gzipped all the same; those are unpacked here as they come,
//! with the same bound on what comes in and on what comes out. The client itself unpacks nothing.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::GzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::EgressError;

/// However small the packed form is, so much may come out of it.
const FREE_BYTES: usize = 64 << 10;
/// Beyond that, so many bytes for each packed one. Documents shrink to a tenth; what shrinks further is a bomb.
const MOST_PER_BYTE: usize = 100;

/// A document on its way in.
pub(super) struct Body {
    /// Bytes received.
    received: usize,
    limit: usize,
    form: Form,
}

enum Form {
    Plain(Vec<u8>),
    Gzip(Box<GzDecoder<Capped>>),
}

impl Body {
    /// An empty body of at most `limit` bytes, in the form its head announces.
    pub(super) fn new(head: &HeaderMap, limit: usize) -> Result<Self, EgressError> {
        let form = if is_gzip(head)? {
            let out = Capped { bytes: Vec::new(), allowed: 0, is_full: false };
            Form::Gzip(Box::new(GzDecoder::new(out)))
        } else {
            Form::Plain(Vec::new())
        };
        Ok(Self { received: 0, limit, form })
    }

    /// Takes the next part.
    pub(super) fn push(&mut self, part: &[u8]) -> Result<(), EgressError> {
        self.received = self.received.saturating_add(part.len());
        if self.received > self.limit {
            return Err(EgressError::TooLarge);
        }
        match &mut self.form {
            Form::Plain(bytes) => bytes.extend_from_slice(part),
            Form::Gzip(decoder) => {
                let by_ratio = self.received.saturating_mul(MOST_PER_BYTE).saturating_add(FREE_BYTES);
                decoder.get_mut().allowed = by_ratio.min(self.limit);
                decoder.write_all(part).map_err(|_| refusal(decoder.get_ref()))?;
            }
        }
        Ok(())
    }

    /// How many bytes are held.
    pub(super) fn len(&self) -> usize {
        match &self.form {
            Form::Plain(bytes) => bytes.len(),
            Form::Gzip(decoder) => decoder.get_ref().bytes.len(),
        }
    }

    /// The whole document, once every part has come.
    pub(super) fn finish(self) -> Result<Bytes, EgressError> {
        match self.form {
            Form::Plain(bytes) => Ok(bytes.into()),
            // Nothing at all is no gzip member, but no document either.
            Form::Gzip(_) if self.received == 0 => Ok(Bytes::new()),
            Form::Gzip(mut decoder) => {
                decoder.try_finish().map_err(|_| refusal(decoder.get_ref()))?;
                Ok(std::mem::take(&mut decoder.get_mut().bytes).into())
            }
        }
    }
}

fn refusal(out: &Capped) -> EgressError {
    if out.is_full { EgressError::TooLarge } else { EgressError::BadEncoding }
}

/// Whether the body is one gzip member; other codings, and several on top of each other, are not read.
fn is_gzip(head: &HeaderMap) -> Result<bool, EgressError> {
    let mut codings = Vec::new();
    for value in head.get_all(CONTENT_ENCODING) {
        let value = value.to_str().map_err(|_| EgressError::BadEncoding)?.to_ascii_lowercase();
        let named = value.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "identity"));
        codings.extend(named.map(str::to_owned));
    }
    match codings.as_slice() {
        [] => Ok(false),
        [one] if matches!(one.as_str(), "gzip" | "x-gzip") => Ok(true),
        _ => Err(EgressError::BadEncoding),
    }
}

/// What comes out, up to what is allowed so far.
struct Capped {
    bytes: Vec<u8>,
    allowed: usize,
    is_full: bool,
}

impl Write for Capped {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(part.len()) > self.allowed {
            self.is_full = true;
            return Err(io::Error::other("more comes out than is allowed"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    const LIMIT: usize = 1 << 20;

    fn head(codings: &[&'static str]) -> HeaderMap {
        let mut head = HeaderMap::new();
        for coding in codings {
            head.append(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        head
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(codings: &[&'static str], bytes: &[u8], part: usize) -> Result<Bytes, EgressError> {
        let mut body = Body::new(&head(codings), LIMIT)?;
        for part in bytes.chunks(part) {
            body.push(part)?;
        }
        body.finish()
    }

    /// Text that shrinks about as documents do.
    fn document() -> Vec<u8> {
        (0..9_000)
            .map(|number| format!("{{\"id\":\"https://school.example/{number}\"}},"))
            .collect::<String>()
            .into()
    }

    #[test]
    fn a_document_is_read_as_it_is_and_gzipped_in_whatever_parts_it_comes() {
        let document = document();
        let packed = gzip(&document);
        for part in [1, 7, 1_000, LIMIT] {
            for codings in [&[][..], &["identity"], &[""]] {
                assert_eq!(read(codings, &document, part).as_deref(), Ok(document.as_slice()));
            }
            for codings in [&["gzip"][..], &["x-GZIP"], &["identity, gzip"], &["identity", "gzip"]] {
                assert_eq!(
                    read(codings, &packed, part).as_deref(),
                    Ok(document.as_slice()),
                    "{codings:?} {part}"
                );
            }
        }
        assert_eq!(read(&["gzip"], b"", 1).as_deref(), Ok(&b""[..]));
        assert_eq!(read(&["gzip"], &gzip(b""), 3).as_deref(), Ok(&b""[..]));
    }

    #[test]
    fn a_coding_we_do_not_read_is_refused() {
        for codings in [
            &["br"][..],
            &["deflate"],
            &["zstd"],
            &["compress"],
            &["gzip, gzip"],
            &["gzip", "gzip"],
            &["gzip, br"],
        ] {
            assert_eq!(read(codings, b"x", 1), Err(EgressError::BadEncoding), "{codings:?}");
        }
    }

    #[test]
    fn a_member_that_is_cut_off_damaged_or_followed_by_anything_is_refused() {
        let packed = gzip(b"{\"id\":\"x\"}");
        let cut = |end: usize| packed[..end].to_vec();
        let mut cases: Vec<Vec<u8>> = (1..packed.len()).map(cut).collect();
        cases.push([packed.as_slice(), b"x"].concat());
        cases.push([packed.as_slice(), packed.as_slice()].concat());
        let mut damaged = packed.clone();
        let checksum = damaged.len() - 6;
        damaged[checksum] ^= 1;
        cases.push(damaged);
        cases.push(b"{\"id\":\"x\"}".to_vec());
        for case in cases {
            for part in [1, 1_000] {
                assert_eq!(read(&["gzip"], &case, part), Err(EgressError::BadEncoding), "{case:x?}");
            }
        }
    }

    #[test]
    fn more_than_allowed_is_refused_before_it_is_held() {
        assert_eq!(read(&[], &vec![b'x'; LIMIT + 1], 1_000), Err(EgressError::TooLarge));
        let bomb = gzip(&vec![b' '; 32 << 20]);
        for part in [1, 1_000, LIMIT] {
            let mut body = Body::new(&head(&["gzip"]), LIMIT).unwrap();
            let refused = bomb.chunks(part).find_map(|part| body.push(part).err());
            assert_eq!(refused, Some(EgressError::TooLarge));
            assert!(body.len() <= LIMIT);
        }
        // Small enough, but a thousand bytes for each one received.
        assert_eq!(read(&["gzip"], &gzip(&vec![b' '; 512 << 10]), 1_000), Err(EgressError::TooLarge));
        assert!(read(&["gzip"], &gzip(&vec![b' '; FREE_BYTES]), 1_000).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(bytes: Vec<u8>, flip in 0_usize..200, part in 1_usize..50) {
            let _ = read(&["gzip"], &bytes, part);
            let mut packed = gzip(&bytes);
            let unpacked = read(&["gzip"], &packed, part);
            prop_assert_eq!(unpacked.as_deref(), Ok(bytes.as_slice()));
            let at = flip % packed.len();
            packed[at] ^= 0x10;
            let _ = read(&["gzip"], &packed, part);
        }
    }
}
