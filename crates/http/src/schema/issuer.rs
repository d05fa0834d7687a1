//! Issuers on the wire.

use serde_json::Value;
use utoipa::ToSchema;

/// An issuer to be: members of an Open Badges 3.0
/// [Profile](https://www.imsglobal.org/spec/ob/v3p0/#profile), and how it is to be named.
///
/// Other members of the Profile class (`phone`, `otherIdentifier`, `official`, `parentOrg`, …) are taken too.
#[derive(ToSchema)]
#[schema(as = NewIssuer, example = json!({
    "name": "Example University",
    "url": "https://example.edu/",
    "email": "badges@example.edu",
    "description": "Awards micro-credentials for continuing education."
}))]
pub(crate) struct NewIssuer {
    /// The name people read.
    #[schema(example = "Example University")]
    name: String,
    /// How the issuer is named inside credentials: `web` is a `did:web` (the default under an https public URL), `url` the
    /// profile's own public URL (the default under http), `key` a `did:key`, which outlives the server but cannot rotate.
    #[schema(rename = "idMethod", required = false, nullable = false)]
    id_method: Option<IdMethod>,
    /// The issuer's web site.
    #[schema(format = "uri", required = false, nullable = false)]
    url: Option<String>,
    /// Where people write to.
    #[schema(required = false, nullable = false)]
    email: Option<String>,
    /// What the issuer is, in a few sentences.
    #[schema(required = false, nullable = false)]
    description: Option<String>,
    /// A logo: a URL, or an OB 3.0 [Image](https://www.imsglobal.org/spec/ob/v3p0/#image) object with `id` and `caption`.
    #[schema(value_type = Object, required = false, nullable = false)]
    image: Option<Value>,
    /// An OB 3.0 [Address](https://www.imsglobal.org/spec/ob/v3p0/#address).
    #[schema(value_type = Object, required = false, nullable = false)]
    address: Option<Value>,
}

/// How an issuer is named inside credentials.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum IdMethod {
    Web,
    Url,
    Key,
}

/// An issuer: the Profile members it was registered with, and where the world finds it.
#[derive(ToSchema)]
#[schema(as = Issuer, rename_all = "camelCase", example = json!({
    "id": "2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11",
    "profileId": "did:web:badges.example.edu:public:issuers:2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11",
    "idMethod": "web",
    "name": "Example University",
    "url": "https://example.edu/",
    "links": {
        "public": "https://badges.example.edu/public/issuers/2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11",
        "didDocument": "https://badges.example.edu/public/issuers/2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11/did.json",
        "jwks": "https://badges.example.edu/public/issuers/2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11/jwks.json",
        "v2": "https://badges.example.edu/public/issuers/2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11/v2",
        "revocations": "https://badges.example.edu/public/issuers/2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11/revocations"
    },
    "createdAt": "2026-11-23T10:00:00Z",
    "updatedAt": "2026-11-23T10:00:00Z"
}))]
pub(crate) struct IssuerView {
    /// Its id in this API.
    id: String,
    /// The `issuer.id` inside credentials: a DID or a URL. It never changes.
    profile_id: String,
    id_method: IdMethod,
    name: String,
    links: IssuerLinks,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// Where the world finds an issuer.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct IssuerLinks {
    /// The 3.0 Profile and controller document.
    #[schema(format = "uri")]
    public: String,
    /// The DID document.
    #[schema(format = "uri")]
    did_document: String,
    /// The public keys as a JWK set.
    #[schema(format = "uri")]
    jwks: String,
    /// The 2.0 Issuer.
    #[schema(format = "uri")]
    v2: String,
    /// The 2.0 RevocationList.
    #[schema(format = "uri")]
    revocations: String,
}

/// A page of issuers, newest first.
#[derive(ToSchema)]
pub(crate) struct IssuerPage {
    items: Vec<IssuerView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}
