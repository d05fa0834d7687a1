//! The management API, `/v1`.

mod achievements;
mod awards;
mod credentials;
mod erasure;
mod images;
mod issuers;
mod status;
mod upload;
mod verify;

pub(crate) use verify::FORM_LIMIT;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(issuers::register_issuer)
        .service(issuers::list_issuers)
        .service(issuers::get_issuer)
        .service(issuers::amend_issuer)
        .service(achievements::define_achievement)
        .service(achievements::list_achievements)
        .service(achievements::get_achievement)
        .service(achievements::amend_achievement)
        .service(achievements::list_achievement_versions)
        .service(achievements::check_achievement)
        .service(images::upload_image)
        .service(images::render_badge_design)
        .service(awards::award_credential)
        .service(credentials::list_credentials)
        .service(credentials::get_credential)
        .service(credentials::amend_credential)
        .service(status::revoke_credential)
        .service(status::suspend_credential)
        .service(status::reinstate_credential)
        .service(erasure::erase_credential)
        .service(verify::verify_badge);
}
