//! What else a credential stands on, each with a digest that shows whether it was changed
//! ([VCDM 2.0, `relatedResource`](https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources)).

use accolade_linked_data::contexts;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::Value;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::shape;
use crate::case::Case;
use crate::library::{ACCEPT_ANY, place_of, unreachable};
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};

/// The most resources of one credential looked at.
const MOST_RESOURCES: usize = 4;

/// Compares each resource with its digest. What cannot be had is remarked upon: it may not matter to the reader.
pub(super) async fn examine(case: &mut Case<'_>, credential: &Value, report: &mut Report) {
    let listed: Vec<&Value> =
        credential.get("relatedResource").into_iter().flat_map(shape::several).collect();
    for resource in listed.iter().take(MOST_RESOURCES) {
        let Some(url) = resource.get("id").and_then(Value::as_str) else { continue };
        let place = place_of(url);
        match compare(case, resource, url).await {
            Ok(true) => report.pass(
                step::RELATED_RESOURCE,
                format!("What the badge refers to at {place} is still what it was when the badge was made."),
            ),
            Ok(false) => report.skip(
                step::RELATED_RESOURCE,
                format!("What the badge refers to at {place} was not fetched, because only the proof was asked for."),
            ),
            Err(Trouble::Flaw(flaw)) => report.fail(step::RELATED_RESOURCE, flaw.code, flaw.detail),
            Err(Trouble::Gap(gap)) => report.warn(
                step::RELATED_RESOURCE,
                gap.code,
                format!("Whether something the badge refers to is unchanged was not checked. {}", gap.detail),
            ),
        }
    }
    if listed.len() > MOST_RESOURCES {
        report.skip(
            step::RELATED_RESOURCE,
            format!("The badge refers to more; {MOST_RESOURCES} of them were looked at."),
        );
    }
}

/// Whether a resource has the digests it should have; `false` where it was not looked at.
async fn compare(case: &mut Case<'_>, resource: &Value, url: &str) -> Result<bool, Trouble> {
    let digests = digests_of(resource);
    if digests.is_empty() {
        return Err(Trouble::gap(
            "digest_unsupported",
            format!("The checksum given for {} is of a kind this verifier cannot compute.", place_of(url)),
        ));
    }
    if let Some(known) = of_built_in(url)
        && let Some(stated) = digests.iter().find(|digest| digest.hash == Hash::Sha256)
    {
        return if stated.bytes == known { Ok(true) } else { Err(changed(url)) };
    }
    if case.manner.is_proof_only() {
        return Ok(false);
    }
    let fetched = case.library.fetch(url, ACCEPT_ANY).await;
    let fetched = fetched.map_err(|error| unreachable(url, "what the badge refers to", error))?;
    if fetched.status != 200 {
        return Err(Trouble::gap("not_found", format!("There is nothing at {}.", place_of(url))));
    }
    let body = fetched.body;
    let fits = case.library.hands.compute(move || digests.iter().all(|digest| digest.fits(&body))).await?;
    if fits { Ok(true) } else { Err(changed(url)) }
}

fn changed(url: &str) -> Trouble {
    Trouble::flaw(
        "resource_changed",
        format!(
            "What the badge refers to at {} is no longer what it was when the badge was made, so the badge may now mean \
             something else.",
            place_of(url)
        ),
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

#[derive(Debug)]
struct Digest {
    hash: Hash,
    bytes: Vec<u8>,
}

impl Digest {
    fn new(hash: Hash, bytes: Vec<u8>) -> Option<Self> {
        let length = match hash {
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        };
        (bytes.len() == length).then_some(Self { hash, bytes })
    }

    fn fits(&self, body: &Bytes) -> bool {
        match self.hash {
            Hash::Sha256 => Sha256::digest(body).as_slice() == self.bytes,
            Hash::Sha384 => Sha384::digest(body).as_slice() == self.bytes,
            Hash::Sha512 => Sha512::digest(body).as_slice() == self.bytes,
        }
    }
}

/// The digests that can be computed here. All of them must fit, but of several in one `digestSRI` the strongest alone, as
/// [Subresource Integrity](https://www.w3.org/TR/SRI/#get-the-strongest-metadata-from-set) has it.
fn digests_of(resource: &Value) -> Vec<Digest> {
    let sri = shape::texts(resource.get("digestSRI")).filter_map(strongest);
    let multibase = shape::texts(resource.get("digestMultibase")).filter_map(of_multibase);
    sri.chain(multibase).collect()
}

fn strongest(text: &str) -> Option<Digest> {
    text.split_ascii_whitespace().filter_map(of_sri).max_by_key(|digest| digest.bytes.len())
}

fn of_sri(text: &str) -> Option<Digest> {
    let (name, digest) = text.split_once('-')?;
    let hash = match name {
        "sha256" => Hash::Sha256,
        "sha384" => Hash::Sha384,
        "sha512" => Hash::Sha512,
        _ => return None,
    };
    Digest::new(hash, STANDARD.decode(digest).ok()?)
}

/// A multihash is code, length and digest ([CID 1.0](https://www.w3.org/TR/cid-1.0/#multihash)).
fn of_multibase(text: &str) -> Option<Digest> {
    let bytes = match text.split_at_checked(1)? {
        ("u", letters) => URL_SAFE_NO_PAD.decode(letters).ok()?,
        ("z", letters) if letters.len() <= 128 => bs58::decode(letters).into_vec().ok()?,
        _ => return None,
    };
    let ([code, length], digest) = bytes.split_first_chunk::<2>()?;
    let hash = match code {
        0x12 => Hash::Sha256,
        0x20 => Hash::Sha384,
        0x13 => Hash::Sha512,
        _ => return None,
    };
    (usize::from(*length) == digest.len()).then(|| Digest::new(hash, digest.to_vec()))?
}

/// SHA-256 of a context that is built in, as it is published: nothing else is ever used in its place.
fn of_built_in(url: &str) -> Option<Vec<u8>> {
    let hex = contexts::published_sha256(url)?;
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_in_every_form_and_the_strongest_of_several_counts() {
        let text = Bytes::from_static(b"hello");
        let sri = |name: &str, digest: &[u8]| format!("{name}-{}", STANDARD.encode(digest));
        let multihash = |code: u8, digest: &[u8]| {
            let length = u8::try_from(digest.len()).unwrap_or_default();
            [&[code, length], digest].concat()
        };
        let (short, middle, long) = (Sha256::digest(&text), Sha384::digest(&text), Sha512::digest(&text));
        for form in [sri("sha256", &short), sri("sha384", &middle), sri("sha512", &long)] {
            assert!(of_sri(&form).is_some_and(|digest| digest.fits(&text)), "{form}");
        }
        for hash in [multihash(0x12, &short), multihash(0x20, &middle), multihash(0x13, &long)] {
            let forms = [
                format!("u{}", URL_SAFE_NO_PAD.encode(&hash)),
                format!("z{}", bs58::encode(&hash).into_string()),
            ];
            for form in forms {
                assert!(of_multibase(&form).is_some_and(|digest| digest.fits(&text)), "{form}");
            }
        }
        let both = format!("{} {}", sri("sha256", &[0; 32]), sri("sha512", &long));
        assert!(strongest(&both).is_some_and(|digest| digest.fits(&text)));
        for bad in ["sha256-", "md5-AAAA", "sha256-AAAA", "x"] {
            assert!(of_sri(bad).is_none(), "{bad}");
        }
        for bad in ["", "uAAAA", "zQ", "f1220"] {
            assert!(of_multibase(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_context_that_is_built_in_is_known_by_its_published_digest() {
        assert_eq!(of_built_in(contexts::CREDENTIALS_V2).map(|digest| digest.len()), Some(32));
        assert_eq!(of_built_in("https://evil.example/context"), None);
    }
}
