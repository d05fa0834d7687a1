//! `/progress/{token}`: a learner's own progress, for whoever has the link. It is kept nowhere and passed on to nobody.

use actix_web::http::header::HeaderValue;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};

use super::visitor::Visitor;
use crate::policies::Policy;
use crate::public::send;
use crate::publications::Document;
use crate::reply::Reply;
use crate::state::AppState;

#[get("/progress/{token}")]
pub(super) async fn progress(state: Data<AppState>, req: HttpRequest, token: Path<String>) -> Reply {
    let visitor = Visitor::of(&req);
    let token = token.into_inner();
    let opened = state
        .ask(move |office| {
            let Some(linked) = office.progress_by_link(&token)? else { return Ok(None) };
            let sheet = office.view_achievement(&linked.enrolment.achievement_id)?;
            Ok(sheet.map(|sheet| (linked, sheet)))
        })
        .await?;
    let press = state.publishing.press();
    let page = match opened {
        Some((linked, sheet)) => press.progress_page(&linked, &sheet, visitor.language())?,
        None => press.progress_closed_page(visitor.language())?,
    };
    let document =
        Document { policy: Policy::Progress, cache_control: NO_STORE, ..Document::of_the_moment(page)? };
    Ok(send(&req, &document, None, None))
}

const NO_STORE: HeaderValue = HeaderValue::from_static("private, no-store");
