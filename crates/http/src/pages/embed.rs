//! `/embed/{id}`: a badge in the page of somebody else. The one page that may be framed.

use accolade_publishing::PageAddress;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::page;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::state::AppState;

#[get("/embed/{id}")]
pub(super) async fn embed(state: Data<AppState>, req: HttpRequest) -> Reply {
    let address = PageAddress::from_path(req.path()).ok_or_else(Problem::not_found)?;
    page(&state, &req, &address, None).await
}
