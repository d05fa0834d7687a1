//! The management API, `/v1`.

mod achievements;
mod awards;
mod completions;
mod credentials;
mod enrolment_acts;
mod enrolments;
mod erasure;
mod images;
mod issuers;
mod reports;
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
        .service(enrolments::enrol_learner)
        .service(enrolments::list_enrolments)
        .service(enrolments::get_enrolment)
        .service(enrolments::complete_requirement)
        .service(enrolment_acts::withdraw_completion)
        .service(enrolment_acts::approve_enrolment)
        .service(enrolment_acts::transfer_enrolment)
        .service(enrolment_acts::leave_enrolment)
        .service(enrolment_acts::create_progress_link)
        .service(enrolment_acts::revoke_progress_links)
        .service(enrolment_acts::erase_learner)
        .service(completions::complete_for_learners)
        .service(reports::get_earning_report)
        .service(verify::verify_badge);
}
