//! The OpenAPI document, written from the router.

use std::sync::LazyLock;

use accolade_issuing::Scope;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::security::{
    ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Info, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, RefOr, Response, Tag, Type,
};
use utoipa_actix_web::AppExt;

use crate::problem::{Details, FaultShape};
use crate::routes::routes;
use crate::schema as shapes;

/// The OpenAPI document of this server, written from its router.
pub fn openapi() -> OpenApi {
    let (_, mut document) = actix_web::App::new().into_utoipa_app().configure(routes).split_for_parts();
    document.info = info();
    document.tags = Some(tags());
    let components = document.components.get_or_insert_default();
    components.schemas.extend([
        schema::<Details<'_>>(),
        schema::<FaultShape>(),
        // Of parameters; utoipa collects the schemas of bodies only.
        schema::<shapes::Cohort>(),
        schema::<shapes::CompletionTable>(),
        schema::<shapes::Cursor>(),
        schema::<shapes::EnrolmentStatus>(),
        schema::<shapes::OnError>(),
        schema::<shapes::ReportFormat>(),
        schema::<shapes::Statement>(),
        schema::<shapes::StatementId>(),
        schema::<shapes::Whether>(),
        schema::<shapes::XapiVersion>(),
        schema::<shapes::DidSought>(),
        schema::<shapes::FrameworkProfile>(),
        schema::<shapes::IdempotencyKey>(),
        schema::<shapes::RecipientSought>(),
        schema::<shapes::Wanted>(),
        schema::<shapes::IssueSuite>(),
    ]);
    shapes::complete(components);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("acc_… or act_…")
        .description(Some(
            "An API key, made by `accolade api-key create`, or an access token that `/oauth/token` gave for one. It has \
             scopes, and may be bound to one issuer.",
        ))
        .build();
    components.add_security_scheme("apiKey", SecurityScheme::Http(bearer));
    let basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic).description(Some(
        "For learning systems that know no tokens: the user is the id of an API key, the password its secret.",
    ));
    components.add_security_scheme("basic", SecurityScheme::Http(basic.build()));
    components.add_security_scheme("oauth2", SecurityScheme::OAuth2(client_credentials()));
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete]
            .into_iter()
            .flatten()
        {
            operation.responses.responses.values_mut().for_each(add_request_id);
            operation.security.iter_mut().for_each(add_oauth);
        }
    }
    document
}

/// [`openapi`] as it is kept in `openapi/openapi.json`: indented, with a newline at the end.
pub fn openapi_json() -> String {
    openapi().to_pretty_json().unwrap_or_default() + "\n"
}

/// The document as it is served.
pub(crate) fn compact() -> &'static str {
    static COMPACT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());
    &COMPACT
}

/// How a key becomes a token.
fn client_credentials() -> OAuth2 {
    let scopes = Scope::ALL.map(|scope| (scope.as_str(), scope.meaning()));
    let flow = ClientCredentials::new("/oauth/token", Scopes::from_iter(scopes));
    OAuth2::with_description(
        [Flow::ClientCredentials(flow)],
        "An access token for an API key: its id is the client's id, its secret the client's secret.",
    )
}

/// Wherever a key will do, a token with the same scopes will.
fn add_oauth(security: &mut Vec<SecurityRequirement>) {
    let written = security.first().and_then(|requirement| serde_json::to_value(requirement).ok());
    let scopes = written.as_ref().and_then(|written| written.get("apiKey")?.as_array());
    if let Some(scopes) = scopes {
        let scopes: Vec<&str> = scopes.iter().filter_map(|scope| scope.as_str()).collect();
        security.push(SecurityRequirement::new("oauth2", scopes));
    }
}

fn schema<T: utoipa::ToSchema>() -> (String, RefOr<utoipa::openapi::Schema>) {
    (T::name().into_owned(), T::schema())
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Accolade")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Issues, serves and verifies Open Badges 3.0 and 2.0.\n\n\
             Bodies are JSON with the member names of Open Badges 3.0. Unknown members and unknown query parameters are \
             refused by name. Refusals are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problems; their `type` links \
             to an explanation. Writes take an `Idempotency-Key`: the same key and body give the same reply. Lists have \
             `limit` and `cursor`, and a `Link` with `rel=\"next\"`.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build()
}

fn tags() -> Vec<Tag> {
    [
        ("Issuers", "Who awards."),
        ("Achievements", "What is awarded, and for what."),
        ("Images", "What badges look like: uploaded, or drawn from a description."),
        ("Credentials", "Awards: made, listed, revoked."),
        ("Earning", "Learners, what they completed, and how far they are."),
        ("xAPI", "Where learning systems report what learners did."),
        ("Verification", "Any badge in, a report out; any DID in, its document out."),
        ("OAuth 2.0", "Access tokens for machines, in place of API keys."),
        (
            "VC API",
            "The W3C's interface between machines: any verifiable credential signed, verified, derived.",
        ),
        ("Public", "What the world fetches: no key, open to every origin, cacheable, with `ETag`."),
        ("Operation", "For those who run the server."),
    ]
    .into_iter()
    .map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build())
    .collect()
}

fn add_request_id(response: &mut RefOr<Response>) {
    let RefOr::T(response) = response else { return };
    let text = ObjectBuilder::new().schema_type(Type::String);
    let header = HeaderBuilder::new()
        .schema(Some(text))
        .description(Some(
            "Names this exchange in the server's log; your own value is kept where it is sane.",
        ))
        .build();
    response.headers.insert("X-Request-Id".to_owned(), header.into());
}
