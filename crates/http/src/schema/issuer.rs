//! Issuers on the wire.

use serde_json::Value;
use utoipa::ToSchema;

use super::class::{AddressShape, IdentifierEntryShape, ProfileShape, TypeOfProfile};
use super::image::BadgeImageOrUri;
use super::text::{CompactJws, Day, Email, Name, OrganizationId, Text, WebUrl};

/// An issuer to be: members of an Open Badges 3.0
/// [Profile](https://www.imsglobal.org/spec/ob/v3p0/#profile), and how it is to be named.
#[derive(ToSchema)]
#[schema(as = NewIssuer, rename_all = "camelCase", example = json!({
    "name": "Example University",
    "url": "https://example.edu/",
    "email": "badges@example.edu",
    "description": "Awards micro-credentials for continuing education."
}))]
#[serde(deny_unknown_fields)]
pub(crate) struct NewIssuer {
    /// The name people read.
    #[schema(example = "Example University")]
    name: Name,
    /// How the issuer is named inside credentials: `web` is a `did:web` (the default under an https public URL), `url` the
    /// profile's own public URL (the default under http), `key` a `did:key`, which outlives the server but cannot rotate.
    #[schema(required = false, nullable = false)]
    id_method: Option<IdMethod>,
    /// The number of your organisation's page on LinkedIn, as it stands in the address of that page's administration: a badge
    /// added to a LinkedIn profile then shows its logo. It stands in no signed document.
    #[schema(required = false, nullable = false)]
    linkedin_organization_id: Option<OrganizationId>,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfProfile>,
    /// Home page.
    #[schema(required = false, nullable = false)]
    url: Option<WebUrl>,
    /// Telephone number.
    #[schema(required = false, nullable = false)]
    phone: Option<Text>,
    /// A few sentences.
    #[schema(required = false, nullable = false)]
    description: Option<Text>,
    /// What others vouch for: EndorsementCredentials with embedded proofs.
    #[schema(value_type = Vec<Object>, required = false, nullable = false)]
    endorsement: Option<Vec<Value>>,
    /// What others vouch for, as VC-JWTs.
    #[schema(required = false, nullable = false)]
    endorsement_jwt: Option<Vec<CompactJws>>,
    /// Logo or portrait.
    #[schema(required = false, nullable = false)]
    image: Option<BadgeImageOrUri>,
    /// Where people write to.
    #[schema(required = false, nullable = false)]
    email: Option<Email>,
    /// Postal address.
    #[schema(required = false, nullable = false)]
    address: Option<AddressShape>,
    /// Identifiers in other systems.
    #[schema(required = false, nullable = false)]
    other_identifier: Option<Vec<IdentifierEntryShape>>,
    /// An authorised official of the organisation.
    #[schema(required = false, nullable = false)]
    official: Option<Name>,
    /// The organisation it belongs to.
    #[schema(required = false, nullable = false)]
    parent_org: Option<ProfileShape>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    family_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    given_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    additional_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    patronymic_name: Option<Name>,
    /// Title before the name.
    #[schema(required = false, nullable = false)]
    honorific_prefix: Option<Name>,
    /// Title after the name.
    #[schema(required = false, nullable = false)]
    honorific_suffix: Option<Name>,
    /// Particle before the family name, such as `van der`.
    #[schema(required = false, nullable = false)]
    family_name_prefix: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    date_of_birth: Option<Day>,
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
    /// The number of its page on LinkedIn.
    #[schema(required = false, nullable = false)]
    linkedin_organization_id: Option<String>,
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
