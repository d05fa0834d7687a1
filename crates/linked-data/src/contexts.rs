//! The built-in contexts.
//!
//! Each is kept in our own normal form (see [`normal_form`]): a table of what the published context defines, with the SHA-256 of the
//! published bytes beside it, for digest checks such as `relatedResource`. A test proves that both define the same. They are written by
//! `cargo run --example write_contexts`.

pub mod inline;

use std::sync::{LazyLock, OnceLock};

use hashbrown::HashMap;
use serde_json::Value;

pub use crate::context::normal_form;

/// Verifiable Credentials 2.0.
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";
/// Verifiable Credentials 1.1.
pub const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";
/// Open Badges 3.0.3, the newest (text of June 2026, with `jti` and `endorsementJwt`).
pub const OB_V3P0: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// Open Badges 3.0.2.
pub const OB_V3P0_2: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json";
/// Open Badges 3.0.1.
pub const OB_V3P0_1: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";
/// Open Badges 3.0, the first context, without a version in its URL.
pub const OB_V3P0_UNVERSIONED: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context.json";
/// Extensions of Open Badges 3.0 (status, refresh and schema types).
pub const OB_EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
/// Open Badges 2.0.
pub const OB_V2: &str = "https://w3id.org/openbadges/v2";
/// Open Badges 1.1.
pub const OB_V1: &str = "https://w3id.org/openbadges/v1";
/// Terms that Open Badges 1.1 takes over from before it.
pub const OB_LEGACY_V1: &str = "https://w3id.org/openbadges/legacy-v1";
/// Open Badges 2.1 (Badge Connect).
pub const OB_V2P1: &str = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld";
/// Comprehensive Learner Record 2.0, the first context.
pub const CLR_V2P0: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context.json";
/// Comprehensive Learner Record 2.0.1.
pub const CLR_V2P0_1: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
/// Data Integrity 1.
pub const DATA_INTEGRITY_V1: &str = "https://w3id.org/security/data-integrity/v1";
/// Data Integrity 2.
pub const DATA_INTEGRITY_V2: &str = "https://w3id.org/security/data-integrity/v2";
/// Multikey.
pub const MULTIKEY_V1: &str = "https://w3id.org/security/multikey/v1";
/// JSON Web Keys.
pub const JWK_V1: &str = "https://w3id.org/security/jwk/v1";
/// Decentralised identifiers.
pub const DID_V1: &str = "https://www.w3.org/ns/did/v1";
/// Bitstring status lists.
pub const BITSTRING_STATUS_LIST_V1: &str = "https://www.w3.org/ns/credentials/status/v1";
/// The suite `Ed25519Signature2020`.
pub const ED25519_2020_V1: &str = "https://w3id.org/security/suites/ed25519-2020/v1";

/// Status lists of 2021, which credentials of VCDM 1.1 have.
pub const STATUS_LIST_2021_V1: &str = "https://w3id.org/vc/status-list/2021/v1";
/// The examples of the W3C's standards: it gives every word a meaning, which is nobody's. No context for badges.
pub const EXAMPLES_V2: &str = "https://www.w3.org/ns/credentials/examples/v2";
/// What the W3C has for words that nobody defined yet: the same, under another prefix. No context for badges either.
pub const UNDEFINED_TERMS_V2: &str = "https://www.w3.org/ns/credentials/undefined-terms/v2";
/// Contexts that give any word a meaning: fit for examples, not for badges.
pub const GIVES_ANYTHING_A_MEANING: [&str; 2] = [EXAMPLES_V2, UNDEFINED_TERMS_V2];

/// A built-in context.
struct BuiltIn {
    url: &'static str,
    /// SHA-256 of the published bytes; empty where ours was not made from those, but from what the standard says they define.
    sha256: &'static str,
    /// Our normal form.
    text: &'static str,
}

macro_rules! built_in {
    ($($url:ident $file:literal $sha256:literal,)*) => {
        [$(BuiltIn { url: $url, sha256: $sha256, text: include_str!(concat!("../contexts/", $file, ".json")) },)*]
    };
}

static BUILT_IN: [BuiltIn; 23] = built_in![
    CREDENTIALS_V2 "credentials-v2" "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    CREDENTIALS_V1 "credentials-v1" "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
    OB_V3P0 "ob-v3p0-3.0.3" "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    OB_V3P0_2 "ob-v3p0-3.0.2" "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    OB_V3P0_1 "ob-v3p0-3.0.1" "d582f3564282fb3b709136d28412e78e70b678b4dbc2f0221f67d84932748355",
    OB_V3P0_UNVERSIONED "ob-v3p0" "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
    OB_EXTENSIONS "ob-v3p0-extensions" "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
    OB_V2 "ob-v2" "3c0c25a0e581c64cbe632197377c4f334c6c0b95f0d90e3b74449781612b153d",
    OB_V1 "ob-v1" "406ec07d0e758a41e84bac6361d29e391188492eb25f7efc51bfa19d8b2db810",
    OB_LEGACY_V1 "ob-legacy-v1" "43b1b387cae8d65b16182d2c89ff1e8e90c221d2f88a2164d324978ba8930db9",
    OB_V2P1 "ob-v2p1" "4fcbe253b159dc04c7f79b12a46d529b5e9f0283d75a9686c6a121fe94a795df",
    CLR_V2P0 "clr-v2p0" "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
    CLR_V2P0_1 "clr-v2p0-2.0.1" "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    DATA_INTEGRITY_V1 "data-integrity-v1" "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    DATA_INTEGRITY_V2 "data-integrity-v2" "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    MULTIKEY_V1 "multikey-v1" "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    JWK_V1 "jwk-v1" "0f14b62f6071aafe00df265770ea0c7508e118247d79b7d861a406d2aa00bece",
    DID_V1 "did-v1" "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da",
    BITSTRING_STATUS_LIST_V1 "bitstring-status-list-v1" "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
    ED25519_2020_V1 "ed25519-2020-v1" "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    STATUS_LIST_2021_V1 "status-list-2021-v1" "",
    EXAMPLES_V2 "credentials-examples-v2" "",
    UNDEFINED_TERMS_V2 "credentials-undefined-terms-v2" "",
];

fn find(url: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|context| context.url == url)
}

/// Whether a context URL is built in.
#[must_use]
pub fn is_known(url: &str) -> bool {
    find(url).is_some()
}

/// SHA-256 (lower-case hex) of the published bytes of a built-in context, where they are known. It is not the hash of [`document`], which is
/// our own text.
#[must_use]
pub fn published_sha256(url: &str) -> Option<&'static str> {
    find(url).map(|context| context.sha256).filter(|known| !known.is_empty())
}

/// A built-in context as a JSON-LD document in normal form, for other software that must not use the network either.
#[must_use]
pub fn document(url: &str) -> Option<&'static str> {
    find(url).map(|context| context.text)
}

/// The URLs of all built-in contexts.
pub fn urls() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|context| context.url)
}

/// The parsed contexts, by URL. Their addresses never change, so they can stand in cache keys.
static PARSED: LazyLock<HashMap<&'static str, OnceLock<Value>>> =
    LazyLock::new(|| urls().map(|url| (url, OnceLock::new())).collect());

/// The value of `@context` of a built-in context.
pub(crate) fn context(url: &str) -> Option<&'static Value> {
    let document = PARSED.get(url)?;
    let parse = || document_value(url).unwrap_or_default();
    document.get_or_init(parse).get("@context")
}

fn document_value(url: &str) -> Option<Value> {
    serde_json::from_str(document(url)?).ok()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn every_built_in_context_reads_and_is_in_normal_form() {
        for url in urls() {
            let context = context(url).unwrap_or_else(|| panic!("{url} does not read"));
            assert_eq!(&normal_form(context, &Default::default()).unwrap(), context, "{url}");
        }
    }

    #[test]
    fn an_unknown_url_is_not_built_in() {
        assert!(is_known(CREDENTIALS_V2));
        assert!(!is_known("https://www.w3.org/ns/credentials/v3"));
        assert_eq!(document("https://evil.example/context"), None);
    }
    /// CTX-10. Our texts were compared with the published ones (see `tests/contexts.rs`, which needs those); from then on nobody changes
    /// them unseen.
    #[test]
    fn the_texts_are_the_ones_that_were_compared_with_the_published_contexts() {
        let all: String = urls().filter_map(document).collect();
        let hex: String = Sha256::digest(all.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "329ebb12910a122fd630468a78e4bb2f0fd30c0baba0aabf07b1a144b8802baf");
    }
}
