//! The Experience API: where learning systems report what learners did
//! ([xAPI 1.0.3, communication](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Communication.md)).
//!
//! Statements are taken in and not given out: this is no record store. What no requirement is about is passed over.

mod about;
mod statements;
mod version;

use actix_web::http::header::HeaderName;
use utoipa_actix_web::service_config::ServiceConfig;

/// The header that names the version, in requests and replies.
pub(crate) const VERSION_HEADER: HeaderName = HeaderName::from_static("x-experience-api-version");

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(statements::post_statements)
        .service(statements::put_statement)
        .service(about::get_xapi_about);
}

/// Whether replies at that path name the version.
pub(crate) fn is_at(path: &str) -> bool {
    path.starts_with("/xapi/")
}
