//! One learner: recording what needs more than a tick, taking back, approving, ending.

use accolade_issuing::{CompletionOrder, ProgressLink};
use accolade_issuing::{IdempotencyKey, Office, OfficeError};
use accolade_publishing::{DeskNews, DeskNotes, LearnerDesk};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde_json::{Map, Value, json};

use super::form::Form;
use super::roster::encoded;
use super::session::Session;
use super::{opened, see, shown, signed_out};
use crate::pages::query_value;
use crate::pages::visitor::Visitor;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::state::AppState;

#[get("/coordinate/enrolments/{id}")]
pub(super) async fn learner(state: Data<AppState>, req: HttpRequest, id: Path<String>) -> Reply {
    let session = match Session::of(&state, &req).await? {
        Ok(session) => session,
        Err(fault) => return signed_out(&state, &req, fault),
    };
    let news = query_value(&req, "said").and_then(|said| DeskNews::parse(&said));
    page(&state, &req, &session, id.into_inner(), None, DeskNotes { news, ..DeskNotes::default() }).await
}

#[post("/coordinate/enrolments/{id}/complete")]
pub(super) async fn complete(
    state: Data<AppState>,
    req: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    act(&state, &req, id.into_inner(), body, DeskNews::Recorded(1), |office, session, id, form| {
        let order =
            CompletionOrder::parse(&order(form, &session.caller.name)).map_err(OfficeError::Rejected)?;
        let key = once("complete", id, &[form.text("requirement"), form.text("stamp")]);
        office.complete(&session.caller, id, &order, key).map(drop)
    })
    .await
}

#[post("/coordinate/enrolments/{id}/withdraw")]
pub(super) async fn withdraw(
    state: Data<AppState>,
    req: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    act(&state, &req, id.into_inner(), body, DeskNews::TakenBack, |office, session, id, form| {
        let completion = form.text("completion").unwrap_or_default();
        office.withdraw_completion(&session.caller, id, completion, Some(reason(form)?), None).map(drop)
    })
    .await
}

#[post("/coordinate/enrolments/{id}/approve")]
pub(super) async fn approve(
    state: Data<AppState>,
    req: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    act(&state, &req, id.into_inner(), body, DeskNews::Approved, |office, session, id, _| {
        office.approve(&session.caller, id, None).map(drop)
    })
    .await
}

#[post("/coordinate/enrolments/{id}/leave")]
pub(super) async fn leave(state: Data<AppState>, req: HttpRequest, id: Path<String>, body: Payload) -> Reply {
    act(&state, &req, id.into_inner(), body, DeskNews::Left, |office, session, id, form| {
        office.leave(&session.caller, id, Some(reason(form)?), None).map(drop)
    })
    .await
}

/// Makes a link and shows it at once: it is for the learner, and shall stand in no address.
#[post("/coordinate/enrolments/{id}/link")]
pub(super) async fn make_link(
    state: Data<AppState>,
    req: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> Reply {
    let (session, _) = match opened(&state, &req, body).await? {
        Ok(both) => both,
        Err(reply) => return Ok(reply),
    };
    let (caller, id) = (session.caller.clone(), id.into_inner());
    let enrolment = id.clone();
    let link = state.ask(move |office| office.progress_link(&caller, &enrolment, None)).await?;
    page(&state, &req, &session, id, Some(link), DeskNotes::default()).await
}

/// Does what a form asks for: back to the learner's page with the news, or the page at once with what is wrong.
async fn act(
    state: &AppState,
    req: &HttpRequest,
    id: String,
    body: Payload,
    news: DeskNews,
    act: impl FnOnce(&Office, &Session, &str, &Form) -> Result<(), OfficeError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (session, form) = match opened(state, req, body).await? {
        Ok(both) => both,
        Err(reply) => return Ok(reply),
    };
    let enrolment = id.clone();
    let (session, done) = state
        .ask(move |office| {
            let done = act(office, &session, &enrolment, &form);
            Ok((session, done))
        })
        .await?;
    let faults = match done {
        Ok(()) => return Ok(see(format!("../{}?{}", encoded(&id), news.to_query()))),
        Err(error @ (OfficeError::NotFound | OfficeError::Forbidden { .. })) => return Err(error.into()),
        Err(OfficeError::Rejected(faults)) => faults.into_iter().map(|fault| fault.detail).collect(),
        Err(error) => vec![Problem::from(error).detail().to_owned()],
    };
    let notes = DeskNotes { faults, ..DeskNotes::default() };
    page(state, req, &session, id, None, notes).await
}

/// The completion that a form says, as the API has it.
fn order(form: &Form, coordinator: &str) -> Value {
    let number = |name: &str| {
        // A comma before the fraction is the custom in half of the languages that the page speaks.
        let text = form.text(name)?.replace(',', ".");
        Some(text.parse::<f64>().map_or(Value::String(text), |number| json!(number)))
    };
    let members = [
        ("requirement", form.text("requirement").map(Value::from)),
        ("source", Some(json!("coordinator"))),
        ("vouchedBy", Some(json!(coordinator))),
        ("score", number("score")),
        ("level", form.text("level").map(Value::from)),
        ("hours", number("hours")),
        ("evidence", form.text("evidence").map(|link| json!([{ "id": link }]))),
    ];
    let told = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(told.collect::<Map<_, _>>())
}

/// The same form sent twice is one act; what is filled in differently is refused as the key of another.
fn once(act: &str, id: &str, parts: &[Option<&str>]) -> Option<IdempotencyKey> {
    let parts: Vec<&str> = parts.iter().copied().flatten().collect();
    IdempotencyKey::parse(&format!("desk:{act}:{id}:{}", parts.join(":"))).ok()
}

fn reason(form: &Form) -> Result<&str, OfficeError> {
    let missing = || OfficeError::rejected("/reason", "required", "a reason is needed");
    form.text("reason").ok_or_else(missing)
}

async fn page(
    state: &AppState,
    req: &HttpRequest,
    session: &Session,
    id: String,
    link: Option<ProgressLink>,
    notes: DeskNotes,
) -> Reply {
    let caller = session.caller.clone();
    let desk = state
        .ask(move |office| {
            let enrolment = office.enrolment(&caller, &id)?;
            let requirements = office.enrolment_requirements(&caller, &id)?;
            let achievement =
                office.view_achievement(&enrolment.achievement_id)?.ok_or(OfficeError::NotFound)?;
            Ok(LearnerDesk { achievement, enrolment, requirements: Some(requirements), link, notes })
        })
        .await?;
    let press = state.publishing.press();
    let page = press.learner_page(&session.coordinator(), &desk, Visitor::of(req).language())?;
    shown(req, page)
}
