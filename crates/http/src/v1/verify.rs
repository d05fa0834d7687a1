//! `/v1/verify`: any badge in, a report out.

use accolade_issuing::Fault;
use accolade_verifying::{Expectations, Submission};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, post};
use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use super::upload::badge_in_form;
use crate::input::{JSON_LIMIT, StrictJson, read_body, refuse_unknown_parameters, unknown_member};
use crate::problem::{Kind, Problem, rejected};
use crate::reply::{self, Reply};
use crate::schema::{self, VerifyProblems};
use crate::state::AppState;
use crate::visits::Visit;

/// An image may have 4 MiB, a PDF 8 MiB; a form, which may hold either, a little more.
const IMAGE_LIMIT: usize = 4 << 20;
const PDF_LIMIT: usize = 8 << 20;
pub(crate) const FORM_LIMIT: usize = PDF_LIMIT + (64 << 10);

/// Examine a badge.
///
/// Open Badges 3.0, 2.0 and older; JSON, JWT, image, PDF or URL. The answer is 200 and a report whether the badge is good or bad; 4xx means
/// that the request itself cannot be read. Needs no key; each client address has so many a minute.
#[utoipa::path(operation_id = "verifyBadge", tag = "Verification", security(()),
    request_body(description = "What to examine.", content(
        (schema::Submission = "application/json"),
        (schema::Binary = "image/png"),
        (schema::Binary = "application/pdf"),
        (schema::Anything = "image/svg+xml"),
        (schema::Anything = "application/vc+jwt"),
        (schema::Anything = "application/vp+jwt"),
        (schema::Anything = "application/jwt"),
        (schema::Upload = "multipart/form-data")
    )),
    responses((status = 200, description = "The report.", body = schema::Report), VerifyProblems))]
#[post("/v1/verify")]
pub(crate) async fn verify_badge(state: Data<AppState>, badge: Badge) -> Reply {
    let Badge { asked, visit } = badge;
    examine(&state, visit, asked).await
}

/// The visit is over when the report is there.
async fn examine(state: &AppState, _visit: Visit, asked: Asked) -> Reply {
    let report = state.examiner.verify_expecting(asked.submission, &asked.expectations).await;
    reply::json(StatusCode::OK, &report)
}

/// What is to be examined, and what the caller expects of it.
struct Asked {
    submission: Submission,
    expectations: Expectations,
}

impl From<Submission> for Asked {
    fn from(submission: Submission) -> Self {
        Self { submission, expectations: Expectations::default() }
    }
}

/// A badge as it was handed in, and the leave to have it examined, which is asked for before the body is read.
pub(crate) struct Badge {
    asked: Asked,
    visit: Visit,
}

impl FromRequest for Badge {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Badge, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            AppState::of(&req)?.rates.count(&req)?;
            refuse_unknown_parameters(&req)?;
            let visit = Visit::extract(&req).await?;
            Ok(Badge { asked: read(&req, &mut payload).await?, visit })
        })
    }
}

async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Asked, Problem> {
    match req.content_type() {
        "application/json" => {
            let body = read_body(req, payload, JSON_LIMIT).await?;
            let StrictJson(value) = StrictJson::parse(&body)?;
            asked(value)
        }
        // The badge itself: as for images, whatever is wrong with it belongs into the report.
        "application/ld+json" | "application/vc" | "application/vp" => {
            Ok(Submission::Json(read_body(req, payload, JSON_LIMIT).await?).into())
        }
        "image/png" | "image/svg+xml" => {
            Ok(Submission::Image(read_body(req, payload, IMAGE_LIMIT).await?).into())
        }
        "application/pdf" => Ok(Submission::Pdf(read_body(req, payload, PDF_LIMIT).await?).into()),
        "application/vc+jwt" | "application/vp+jwt" | "application/jwt" | "text/plain" => {
            let body = read_body(req, payload, JSON_LIMIT).await?;
            let text = std::str::from_utf8(&body)
                .map_err(|_| Problem::new(Kind::Unreadable, "the text is not UTF-8"))?;
            Ok(Submission::Jwt(text.trim().to_owned()).into())
        }
        "multipart/form-data" => {
            let body = read_body(req, payload, FORM_LIMIT).await?;
            Ok(badge_in_form(req, body).await?.into())
        }
        other => Err(Problem::new(
            Kind::UnsupportedMediaType,
            format!(
                "send JSON, a JWT (application/vc+jwt), the image itself (image/png, image/svg+xml), a PDF (application/pdf) or a form, not {other:?}"
            ),
        )),
    }
}

/// What is in `{url}`, `{credential}` or `{jwt}`, and what is expected of it.
fn asked(body: Value) -> Result<Asked, Problem> {
    const MEMBERS: &[&str] = &["url", "credential", "jwt", "recipient", "challenge", "domain"];
    let Value::Object(mut members) = body else {
        return Err(rejected(vec![Fault::new(
            "",
            "wrong_type",
            "the body is an object with url, credential or jwt",
        )]));
    };
    let unknown: Vec<Fault> = members
        .keys()
        .filter(|name| !MEMBERS.contains(&name.as_str()))
        .map(|name| unknown_member("", name, MEMBERS))
        .collect();
    if !unknown.is_empty() {
        return Err(rejected(unknown));
    }
    let mut text = |name: &str| match members.remove(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => {
            Err(rejected(vec![Fault::new(format!("/{name}"), "wrong_type", format!("{name} is text"))]))
        }
        None => Ok(None),
    };
    let mut expectations = Expectations::default();
    expectations.recipient = text("recipient")?;
    expectations.challenge = text("challenge")?;
    expectations.domain = text("domain")?.into_iter().collect();
    let mut members = members.into_iter();
    match (members.next(), members.next()) {
        (Some((name, value)), None) => Ok(Asked { submission: one_of(&name, value)?, expectations }),
        _ => Err(rejected(vec![Fault::new("", "one_of", "send exactly one of url, credential and jwt")])),
    }
}

fn one_of(name: &str, value: Value) -> Result<Submission, Problem> {
    match (name, value) {
        ("credential", value @ Value::Object(_)) => Ok(Submission::Json(Bytes::from(value.to_string()))),
        ("url", Value::String(url)) => Ok(Submission::Url(url)),
        ("jwt", Value::String(jwt)) => Ok(Submission::Jwt(jwt)),
        ("credential", _) => {
            Err(rejected(vec![Fault::new("/credential", "wrong_type", "a credential is an object")]))
        }
        (name, _) => {
            Err(rejected(vec![Fault::new(format!("/{name}"), "wrong_type", format!("{name} is text"))]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn exactly_one_badge_is_taken() {
        assert!(matches!(asked(json!({"url": "https://x"})).unwrap().submission, Submission::Url(_)));
        assert!(matches!(asked(json!({"jwt": "a.b.c"})).unwrap().submission, Submission::Jwt(_)));
        assert!(matches!(asked(json!({"credential": {}})).unwrap().submission, Submission::Json(_)));
        for bad in [
            json!([]),
            json!({}),
            json!({"url": "https://x", "jwt": "a.b.c"}),
            json!({"url": 1}),
            json!({"credential": "x"}),
            json!({"creditential": {}}),
            json!({"recipient": "ada@example.org"}),
            json!({"jwt": "a.b.c", "recipient": ["ada@example.org"]}),
        ] {
            assert!(matches!(asked(bad.clone()), Err(problem) if problem.kind == Kind::Rejected), "{bad}");
        }
    }

    #[test]
    fn what_is_expected_of_a_badge_stands_beside_it() {
        let body = json!({"jwt": "a.b.c", "recipient": "ada@example.org", "challenge": "1", "domain": "d"});
        let expected = asked(body).unwrap().expectations;
        assert_eq!(expected.recipient.as_deref(), Some("ada@example.org"));
        assert_eq!(expected.challenge.as_deref(), Some("1"));
        assert_eq!(expected.domain, ["d"]);
    }
}
