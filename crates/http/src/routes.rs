//! The router, which is also the OpenAPI document: only `.service()` is collected into it.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{identifiers, oauth, pages, probes, public, v1, vc_api, xapi};

/// Every route of the server.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    // The router tries them in this order: what the world fetches comes first.
    config
        .configure(public::routes)
        .configure(v1::routes)
        .configure(identifiers::routes)
        .configure(oauth::routes)
        .configure(vc_api::routes)
        .configure(xapi::routes)
        .configure(probes::routes)
        .configure(pages::routes);
}
