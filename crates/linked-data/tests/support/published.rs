//! Where the published contexts lie under `ACCOLADE_VECTORS`, and what we call ours.

/// URL, published file, our file.
pub(crate) const PUBLISHED: [(&str, &str, &str); 20] = [
    ("https://www.w3.org/ns/credentials/v2", "contexts/w3c/credentials-v2.jsonld", "credentials-v2.json"),
    ("https://www.w3.org/2018/credentials/v1", "contexts/w3c/credentials-v1.jsonld", "credentials-v1.json"),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "contexts/ob30/context-3.0.3.json",
        "ob-v3p0-3.0.3.json",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "contexts/ob30/context-3.0.2.json",
        "ob-v3p0-3.0.2.json",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "contexts/ob30/context-3.0.1.json",
        "ob-v3p0-3.0.1.json",
    ),
    ("https://purl.imsglobal.org/spec/ob/v3p0/context.json", "contexts/ob30/context.json", "ob-v3p0.json"),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "contexts/ob30/extensions.json",
        "ob-v3p0-extensions.json",
    ),
    ("https://w3id.org/openbadges/v2", "contexts/ob20/v2-context.json", "ob-v2.json"),
    ("https://w3id.org/openbadges/v1", "contexts/ob20/v1-context.json", "ob-v1.json"),
    ("https://w3id.org/openbadges/legacy-v1", "contexts/ob20/legacy-v1.json", "ob-legacy-v1.json"),
    ("https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld", "contexts/ob_v2p1.jsonld", "ob-v2p1.json"),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
        "contexts/clr20/clr-v2p0.json",
        "clr-v2p0.json",
    ),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "contexts/clr20/clr-v2p0-2.0.1.json",
        "clr-v2p0-2.0.1.json",
    ),
    (
        "https://w3id.org/security/data-integrity/v1",
        "contexts/w3c/data-integrity-v1.jsonld",
        "data-integrity-v1.json",
    ),
    (
        "https://w3id.org/security/data-integrity/v2",
        "contexts/w3c/data-integrity-v2.jsonld",
        "data-integrity-v2.json",
    ),
    ("https://w3id.org/security/multikey/v1", "contexts/w3c/multikey-v1.jsonld", "multikey-v1.json"),
    ("https://w3id.org/security/jwk/v1", "contexts/w3c/jwk-v1.jsonld", "jwk-v1.json"),
    ("https://www.w3.org/ns/did/v1", "contexts/w3c/did-v1.jsonld", "did-v1.json"),
    (
        "https://www.w3.org/ns/credentials/status/v1",
        "contexts/w3c/bitstring-status-list-v1.jsonld",
        "bitstring-status-list-v1.json",
    ),
    (
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "contexts/w3c/suites-ed25519-2020.jsonld",
        "ed25519-2020-v1.json",
    ),
];

/// Contexts whose published files are not among the vectors, by URL, with our file: written from what the standards say.
pub(crate) const WRITTEN: [(&str, &str); 3] = [
    ("https://w3id.org/vc/status-list/2021/v1", "status-list-2021-v1.json"),
    ("https://www.w3.org/ns/credentials/examples/v2", "credentials-examples-v2.json"),
    ("https://www.w3.org/ns/credentials/undefined-terms/v2", "credentials-undefined-terms-v2.json"),
];
