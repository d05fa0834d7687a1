//! Problems: every refusal of this server, in one exhaustive table. The anchors of docs/errors.md are the slugs here.

mod details;
mod kind;

use std::fmt;

use accolade_issuing::{ConflictKind, Fault, OfficeError, Scope};
use accolade_publishing::PublishingError;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

pub(crate) use details::{Details, FaultShape};
pub use kind::Kind;

/// A refusal, not yet written out: the envelope adds `type` and `instance`, which need the server and the request.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    detail: String,
    /// Apart, so that a `Result` stays small on the way where nothing is wrong.
    rest: Box<Rest>,
}

#[derive(Debug, Clone, Default)]
struct Rest {
    errors: Vec<Fault>,
    existing: Option<String>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into(), rest: Box::default() }
    }

    pub(crate) fn with_errors(mut self, errors: Vec<Fault>) -> Problem {
        self.rest.errors = errors;
        self
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Problem {
        self.rest.header = Some((name, value));
        self
    }

    /// 401: `why` is told to the person, `parameters` go behind `WWW-Authenticate: Bearer`.
    pub(crate) fn unauthenticated(why: &str, challenge: &'static str) -> Problem {
        Problem::new(Kind::Unauthenticated, why)
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    pub(crate) fn forbidden(needs: Scope) -> Problem {
        let problem = Problem::new(Kind::Forbidden, format!("this needs the scope {needs}"));
        let challenge = format!("Bearer realm=\"accolade\", error=\"insufficient_scope\", scope=\"{needs}\"");
        match HeaderValue::try_from(challenge) {
            Ok(value) => problem.with_header(header::WWW_AUTHENTICATE, value),
            Err(_) => problem,
        }
    }

    /// The same where the request has no body: what the office rejects then came from the query.
    pub(crate) fn in_query(mut self) -> Problem {
        if self.kind == Kind::Rejected {
            self.kind = Kind::BadParameter;
            for fault in &mut self.rest.errors {
                fault.pointer = fault.pointer.replacen('/', "?", 1);
            }
        }
        self
    }

    /// The same of a request of the VC API: what breaks rules there is the credential.
    pub(crate) fn of_credential(mut self) -> Problem {
        if self.kind == Kind::Rejected {
            self.kind = Kind::BadCredential;
        }
        self
    }

    /// The same of xAPI statements, of which a conflict is that the id is another's.
    pub(crate) fn of_statement(mut self) -> Problem {
        match self.kind {
            Kind::Rejected => self.kind = Kind::BadStatement,
            Kind::ExternalIdTaken => {
                self.kind = Kind::StatementTaken;
                self.detail = "another statement with this id was taken in before".to_owned();
            }
            _ => {}
        }
        self
    }

    pub(crate) fn not_found() -> Problem {
        Problem::new(Kind::NotFound, "there is no such thing here")
    }

    pub(crate) fn retry_after(kind: Kind, detail: &str, seconds: u64) -> Problem {
        Problem::new(kind, detail).with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// A refusal that a library wrote, by its status alone.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let found = Kind::ALL.into_iter().find(|kind| kind.facts().0 == status);
        let fallback = if status.is_client_error() { Kind::Unreadable } else { Kind::Internal };
        let kind = found.unwrap_or(fallback);
        Problem::new(kind, kind.title())
    }

    /// The reply: the problem as JSON, with its headers.
    pub(crate) fn reply(&self, public_url: &str, request_id: &str) -> HttpResponse {
        let (status, slug, title) = self.kind.facts();
        let details = Details {
            kind: format!("{public_url}/errors#{slug}"),
            title,
            status: status.as_u16(),
            detail: &self.detail,
            instance: format!("/requests/{request_id}"),
            errors: &self.rest.errors,
            existing: self.rest.existing.as_deref(),
        };
        let mut reply = self.head();
        let content_type = HeaderValue::from_static("application/problem+json");
        reply.headers_mut().insert(header::CONTENT_TYPE, content_type);
        // A struct of strings always has a JSON form.
        reply.set_body(BoxBody::new(serde_json::to_vec(&details).unwrap_or_default()))
    }

    /// The reply without its body: status and headers.
    pub(crate) fn head(&self) -> HttpResponse {
        let mut reply = HttpResponse::new(self.kind.facts().0);
        reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some((name, value)) = &self.rest.header {
            reply.headers_mut().insert(name.clone(), value.clone());
        }
        reply
    }

    /// What happened this time, one sentence.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<OfficeError> for Problem {
    fn from(error: OfficeError) -> Problem {
        let in_words = error.to_string();
        match error {
            OfficeError::Unauthenticated => Problem::unauthenticated(&in_words, crate::permit::INVALID_TOKEN),
            OfficeError::Forbidden { needs } => Problem::forbidden(needs),
            OfficeError::Private => Problem::new(Kind::PrivateCredential, in_words),
            OfficeError::NotFound => Problem::not_found(),
            OfficeError::Rejected(faults) => rejected(faults),
            OfficeError::ImageElsewhere(_) => {
                rejected(vec![Fault::new("/image/id", "image_elsewhere", in_words)])
            }
            OfficeError::Conflict { kind, existing } => {
                let mut problem = Problem::new(kind_of_conflict(kind), in_words);
                problem.rest.existing = existing;
                problem
            }
            OfficeError::NoActiveKey { .. } => Problem::new(Kind::KeyState, in_words),
            OfficeError::BadCursor => Problem::new(Kind::BadCursor, in_words),
            OfficeError::Store(cause) if cause.is_undecided() => unavailable(
                &in_words,
                "it is not known whether the change was made; repeat it with the same Idempotency-Key",
            ),
            OfficeError::Store(cause) if cause.is_temporary() => {
                unavailable(&in_words, "the database is out of reach; nothing was changed")
            }
            OfficeError::Store(_)
            | OfficeError::WrongMasterKey
            | OfficeError::Signing(_)
            | OfficeError::Drawing(_)
            | OfficeError::Corrupt(_) => internal(&in_words),
        }
    }
}

impl From<PublishingError> for Problem {
    fn from(error: PublishingError) -> Problem {
        match error {
            PublishingError::Office(error) => error.into(),
            other => internal(&other.to_string()),
        }
    }
}

fn kind_of_conflict(kind: ConflictKind) -> Kind {
    match kind {
        ConflictKind::IdempotencyKeyReused => Kind::IdempotencyKeyReused,
        ConflictKind::DuplicateAward => Kind::DuplicateAward,
        ConflictKind::ExternalIdTaken => Kind::ExternalIdTaken,
        ConflictKind::Revoked => Kind::Revoked,
        ConflictKind::Erased => Kind::Erased,
        ConflictKind::KeyState => Kind::KeyState,
        ConflictKind::KeyInUse | ConflictKind::NamedByKey => Kind::KeyInUse,
        ConflictKind::NoRequirements
        | ConflictKind::EnrolmentWithdrawn
        | ConflictKind::AlreadyAwarded
        | ConflictKind::NotSatisfied => Kind::EnrolmentState,
    }
}

pub(crate) fn rejected(faults: Vec<Fault>) -> Problem {
    let count = faults.len();
    let rules = if count == 1 { "1 rule is broken".to_owned() } else { format!("{count} rules are broken") };
    Problem::new(Kind::Rejected, format!("{rules}; nothing was changed")).with_errors(faults)
}

/// The cause goes to the log for the operator; the client only learns that it is not his fault.
fn internal(cause: &str) -> Problem {
    tracing::error!(target: "accolade::http", cause, "a request failed for a reason of ours");
    Problem::new(Kind::Internal, "the fault is on this side; quote the request id to its operator")
}

fn unavailable(cause: &str, detail: &str) -> Problem {
    tracing::error!(target: "accolade::http", cause, "the database could not do its part");
    Problem::retry_after(Kind::Unavailable, detail, 2)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.slug(), self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.facts().0
    }

    /// Only the status: the envelope writes the rest.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_explained_in_the_page_of_problems() {
        let page = crate::pages::ERRORS;
        for kind in Kind::ALL {
            assert!(page.contains(&format!("\n## {}\n", kind.slug())), "{} is missing", kind.slug());
            assert!(page.contains(&format!("{} {}", kind.status(), kind.title())), "{}", kind.slug());
        }
        assert_eq!(page.matches("\n## ").count(), Kind::ALL.len());
    }

    #[test]
    fn a_library_refusal_keeps_its_status_where_it_has_a_kind() {
        assert_eq!(Problem::of_status(StatusCode::NOT_FOUND).kind, Kind::NotFound);
        assert_eq!(Problem::of_status(StatusCode::IM_A_TEAPOT).kind, Kind::Unreadable);
        assert_eq!(Problem::of_status(StatusCode::BAD_GATEWAY).kind, Kind::Internal);
    }
}
