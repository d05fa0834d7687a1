//! The shapes of OAuth 2.0, whose names are the standard's.

use utoipa::ToSchema;

/// The request of [RFC 6749, section 4.4.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2).
#[derive(ToSchema)]
#[schema(as = TokenRequest, example = json!({"grant_type": "client_credentials", "scope": "credentials:award"}))]
pub(crate) struct TokenRequest {
    grant_type: GrantType,
    /// Some of the API key's scopes, with single spaces between them. All of them, where nothing is said.
    #[schema(required = false, nullable = false)]
    scope: Option<String>,
    /// The API key's id, where it is not in the Authorization header.
    #[schema(required = false, nullable = false)]
    client_id: Option<String>,
    /// The API key's secret, where it is not in the Authorization header.
    #[schema(required = false, nullable = false)]
    client_secret: Option<String>,
}

/// The one grant that is given here.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum GrantType {
    ClientCredentials,
}

/// The reply of [RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
#[derive(ToSchema)]
#[schema(as = TokenReply, example = json!({
    "access_token": "act_QyNSNhqDxSxBYoWYOlWZ1Zm6vHXhOTXTLWCHVWQ6cL8",
    "token_type": "Bearer",
    "expires_in": 3600,
    "scope": "credentials:award"
}))]
pub(crate) struct TokenReply {
    /// The token: send it as `Authorization: Bearer act_…`.
    access_token: String,
    token_type: TokenType,
    /// For how many seconds it is good.
    expires_in: u32,
    /// What it allows: names with single spaces between them.
    scope: String,
}

/// How the token is to be used.
#[derive(ToSchema)]
pub(crate) enum TokenType {
    Bearer,
}

/// The refusal of [RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
#[derive(ToSchema)]
#[schema(as = TokenError, example = json!({
    "error": "invalid_client",
    "error_description": "there is no API key with this id and this secret, or it was revoked"
}))]
pub(crate) struct TokenError {
    error: TokenErrorCode,
    /// For people.
    error_description: String,
}

/// What is wrong.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum TokenErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidScope,
    UnsupportedGrantType,
}

/// The metadata of [RFC 8414, section 2](https://www.rfc-editor.org/rfc/rfc8414#section-2).
#[derive(ToSchema)]
#[schema(as = ServerMetadata)]
pub(crate) struct ServerMetadata {
    /// The public URL of this server.
    #[schema(format = "uri")]
    issuer: String,
    #[schema(format = "uri")]
    token_endpoint: String,
    token_endpoint_auth_methods_supported: Vec<String>,
    grant_types_supported: Vec<GrantType>,
    /// None: there is no authorization endpoint.
    response_types_supported: Vec<String>,
    scopes_supported: Vec<String>,
    #[schema(format = "uri")]
    service_documentation: String,
}
