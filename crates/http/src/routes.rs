//! The router, which is also the OpenAPI document: only `.service()` is collected into it.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{pages, probes, public, v1};

/// Every route of the server.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.configure(v1::routes).configure(public::routes).configure(probes::routes).configure(pages::routes);
}
