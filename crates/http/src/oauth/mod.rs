//! OAuth 2.0 for machines: an access token for an API key, by the client credentials grant
//! ([RFC 6749, section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)), and the metadata that lead to it.

mod client;
mod form;
mod metadata;
mod refusal;
mod token;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(token::give_token).service(metadata::server_metadata);
}
