//! Learners by requirements, and the ticks that say what is done.

use accolade_core::requirement::Source;
use accolade_issuing::{CompletionOrder, EnrolmentFilter, EnrolmentStatus};
use accolade_issuing::{IdempotencyKey, Office, OfficeError, PageRequest};
use accolade_publishing::{DeskNews, DeskNotes, RosterDesk};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, get, post};
use url::form_urlencoded::Serializer;

use super::session::Session;
use super::{opened, see, shown, signed_out};
use crate::pages::query_value;
use crate::pages::visitor::Visitor;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::state::AppState;

/// Learners on one page.
const PER_PAGE: u32 = 25;
/// Faults that are told at once; the others are told when these are mended.
const MOST_FAULTS: usize = 10;

#[get("/coordinate/achievements/{id}")]
pub(super) async fn roster(state: Data<AppState>, req: HttpRequest, id: Path<String>) -> Reply {
    let session = match Session::of(&state, &req).await? {
        Ok(session) => session,
        Err(fault) => return signed_out(&state, &req, fault),
    };
    let shown = Shown {
        cohort: query_value(&req, "cohort"),
        status: query_value(&req, "status").and_then(|status| EnrolmentStatus::parse(&status)),
        cursor: query_value(&req, "cursor"),
    };
    let news = query_value(&req, "said").and_then(|said| DeskNews::parse(&said));
    page(&state, &req, &session, id.into_inner(), shown, DeskNotes { news, ..DeskNotes::default() }).await
}

/// Records every tick, each by itself: what cannot be recorded is told, the others are.
#[post("/coordinate/achievements/{id}/tick")]
pub(super) async fn record_ticks(
    state: Data<AppState>,
    req: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    let (session, form) = match opened(&state, &req, body).await? {
        Ok(both) => both,
        Err(reply) => return Ok(reply),
    };
    let shown = Shown {
        cohort: form.text("cohort").map(str::to_owned),
        status: form.text("status").and_then(EnrolmentStatus::parse),
        cursor: None,
    };
    let ticks: Vec<String> = form.all("done").map(str::to_owned).collect();
    let caller = session.caller.clone();
    let (recorded, faults) = state
        .ask(move |office| {
            let (mut recorded, mut faults) = (0_u64, Vec::new());
            for tick in &ticks {
                match record(office, &caller, tick) {
                    Ok(()) => recorded += 1,
                    Err(error) => faults.push(Problem::from(error).detail().to_owned()),
                }
            }
            Ok((recorded, faults))
        })
        .await?;
    let id = id.into_inner();
    if recorded == 0 && faults.is_empty() {
        let notes = DeskNotes { faults: vec![String::new()], ..DeskNotes::default() };
        return page(&state, &req, &session, id, shown, notes).await;
    }
    let news = DeskNews::Recorded(recorded);
    if faults.is_empty() {
        return Ok(see(format!("../{}?{}", encoded(&id), shown.query(news))));
    }
    let mut faults = faults;
    faults.sort();
    faults.dedup();
    faults.truncate(MOST_FAULTS);
    let notes = DeskNotes { news: (recorded > 0).then_some(news), faults, is_stale: false };
    page(&state, &req, &session, id, shown, notes).await
}

/// A tick is `enrolment:requirement:state`, where the state is that of the enrolment when the page was made: sent twice, it is
/// recorded once.
fn record(office: &Office, caller: &accolade_issuing::Caller, tick: &str) -> Result<(), OfficeError> {
    let unreadable = || OfficeError::rejected("/done", "done", "a tick could not be read");
    let mut parts = tick.splitn(3, ':');
    let (Some(enrolment), Some(requirement), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(unreadable());
    };
    let mut order = CompletionOrder::of(requirement, Source::Coordinator);
    order.vouched_by = Some(caller.name.clone());
    let key = IdempotencyKey::parse(&format!("desk:{tick}")).map_err(|_| unreadable())?;
    office.complete(caller, enrolment, &order, Some(key)).map(drop)
}

/// Which part of the roster is shown.
struct Shown {
    cohort: Option<String>,
    status: Option<EnrolmentStatus>,
    cursor: Option<String>,
}

impl Shown {
    fn query(&self, news: DeskNews) -> String {
        let mut query = Serializer::new(news.to_query());
        if let Some(cohort) = &self.cohort {
            query.append_pair("cohort", cohort);
        }
        if let Some(status) = self.status {
            query.append_pair("status", status.as_str());
        }
        query.finish()
    }
}

/// An id as it may stand in an address.
pub(super) fn encoded(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

async fn page(
    state: &AppState,
    req: &HttpRequest,
    session: &Session,
    id: String,
    part: Shown,
    notes: DeskNotes,
) -> Reply {
    let caller = session.caller.clone();
    let desk = state
        .ask(move |office| {
            let report = office.earning_report(&caller, &id, None)?;
            let filter = EnrolmentFilter { cohort: part.cohort.clone(), status: part.status };
            let request = PageRequest { limit: Some(PER_PAGE), cursor: part.cursor.clone() };
            let page = office.enrolments(&caller, &id, &filter, &request)?;
            let achievement = office.view_achievement(&id)?.ok_or(OfficeError::NotFound)?;
            Ok(RosterDesk {
                achievement,
                report,
                cohort: part.cohort,
                status: part.status,
                enrolments: page.items,
                next: page.next,
                notes,
            })
        })
        .await?;
    let press = state.publishing.press();
    let page = press.roster_page(&session.coordinator(), &desk, Visitor::of(req).language())?;
    shown(req, page)
}
