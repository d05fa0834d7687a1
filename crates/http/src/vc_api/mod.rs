//! The W3C's VC API, `/vc-api`: credentials signed, verified and derived for other machines
//! ([VC API](https://w3c-ccg.github.io/vc-api/)).

mod derive;
mod issue;
mod request;
mod verdict;
mod verify;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(issue::get_suites)
        .service(issue::issue_credential)
        .service(issue::issue_credential_by_suite)
        .service(verify::verify_credential)
        .service(verify::verify_presentation)
        .service(derive::derive_credential);
}
