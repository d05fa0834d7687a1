//! The kinds of problems: one table.

use actix_web::http::StatusCode;

/// What kind of problem; `type` in the reply is `<publicUrl>/errors#<slug>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request cannot be read: JSON syntax, a header, a path.
    Unreadable,
    /// A query parameter is unknown, doubled or has a bad value.
    BadParameter,
    /// The cursor was not given out by this list.
    BadCursor,
    /// There is no API key, or it is not known here.
    Unauthenticated,
    /// The API key lacks a scope.
    Forbidden,
    /// The award is private, and its share key was not brought.
    PrivateCredential,
    /// There is nothing here, or not for this caller.
    NotFound,
    /// The path is known, the method is not.
    MethodNotAllowed,
    /// The body did not arrive in time.
    Timeout,
    /// The recipient holds this achievement already.
    DuplicateAward,
    /// The `externalId` belongs to another award.
    ExternalIdTaken,
    /// The award is revoked for good.
    Revoked,
    /// The award is erased.
    Erased,
    /// The signing key is in another state.
    KeyState,
    /// The signing key is in use.
    KeyInUse,
    /// The enrolment, or its achievement, is not in a state that allows this.
    EnrolmentState,
    /// The body is too large.
    TooLarge,
    /// The media type is not one this operation takes.
    UnsupportedMediaType,
    /// The request was read and breaks rules.
    Rejected,
    /// A credential handed in to be signed or derived from breaks rules; the W3C's VC API wants 400 there.
    BadCredential,
    /// An xAPI statement breaks rules; the standard wants 400 there.
    BadStatement,
    /// The id of the statement is another statement's.
    StatementTaken,
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// Too many requests from one address.
    TooManyRequests,
    /// A defect of ours.
    Internal,
    /// What is asked for is described somewhere, and not done here.
    NotImplemented,
    /// All hands are busy.
    Overloaded,
    /// The database or a key cannot be reached.
    Unavailable,
}

impl Kind {
    /// Every kind, in the order of docs/errors.md.
    pub const ALL: [Kind; 28] = [
        Kind::Unreadable,
        Kind::BadParameter,
        Kind::BadCursor,
        Kind::Unauthenticated,
        Kind::Forbidden,
        Kind::PrivateCredential,
        Kind::NotFound,
        Kind::MethodNotAllowed,
        Kind::Timeout,
        Kind::DuplicateAward,
        Kind::ExternalIdTaken,
        Kind::Revoked,
        Kind::Erased,
        Kind::KeyState,
        Kind::KeyInUse,
        Kind::EnrolmentState,
        Kind::TooLarge,
        Kind::UnsupportedMediaType,
        Kind::Rejected,
        Kind::BadCredential,
        Kind::BadStatement,
        Kind::StatementTaken,
        Kind::IdempotencyKeyReused,
        Kind::TooManyRequests,
        Kind::Internal,
        Kind::NotImplemented,
        Kind::Overloaded,
        Kind::Unavailable,
    ];

    /// Status, slug and title: the table.
    pub(super) const fn facts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Kind::Unreadable => (StatusCode::BAD_REQUEST, "unreadable", "The request cannot be read"),
            Kind::BadParameter => (StatusCode::BAD_REQUEST, "bad-parameter", "A query parameter is wrong"),
            Kind::BadCursor => (StatusCode::BAD_REQUEST, "bad-cursor", "The cursor is not one of this list"),
            Kind::Unauthenticated => {
                (StatusCode::UNAUTHORIZED, "unauthenticated", "A valid API key is needed")
            }
            Kind::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "The API key may not do this"),
            Kind::PrivateCredential => (StatusCode::FORBIDDEN, "private-credential", "The badge is private"),
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is nothing here"),
            Kind::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "The method does not apply here")
            }
            Kind::Timeout => (StatusCode::REQUEST_TIMEOUT, "timeout", "The body did not arrive in time"),
            Kind::DuplicateAward => {
                (StatusCode::CONFLICT, "duplicate-award", "The recipient holds this achievement already")
            }
            Kind::ExternalIdTaken => {
                (StatusCode::CONFLICT, "external-id-taken", "The externalId belongs to another award")
            }
            Kind::Revoked => (StatusCode::CONFLICT, "revoked", "The award is revoked for good"),
            Kind::Erased => (StatusCode::CONFLICT, "erased", "The award is erased"),
            Kind::KeyState => (StatusCode::CONFLICT, "key-state", "The signing key is in another state"),
            Kind::KeyInUse => (StatusCode::CONFLICT, "key-in-use", "The signing key is in use"),
            Kind::EnrolmentState => {
                (StatusCode::CONFLICT, "enrolment-state", "The enrolment is not in a state that allows this")
            }
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large"),
            Kind::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "The media type is not one this operation takes",
            ),
            Kind::Rejected => (StatusCode::UNPROCESSABLE_ENTITY, "rejected", "The request breaks rules"),
            Kind::BadCredential => (StatusCode::BAD_REQUEST, "bad-credential", "The credential breaks rules"),
            Kind::BadStatement => (StatusCode::BAD_REQUEST, "bad-statement", "The statement breaks rules"),
            Kind::StatementTaken => {
                (StatusCode::CONFLICT, "statement-taken", "The id is another statement's")
            }
            Kind::IdempotencyKeyReused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "The idempotency key was used for another request",
            ),
            Kind::TooManyRequests => {
                (StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests from this address")
            }
            Kind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong here"),
            Kind::NotImplemented => (StatusCode::NOT_IMPLEMENTED, "not-implemented", "This is not done here"),
            Kind::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded", "All hands are busy"),
            Kind::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "A part this server needs is out of reach")
            }
        }
    }

    /// The HTTP status, such as 404.
    pub fn status(self) -> u16 {
        self.facts().0.as_u16()
    }

    /// The anchor in docs/errors.md, such as `not-found`.
    pub const fn slug(self) -> &'static str {
        self.facts().1
    }

    /// The same sentence for every problem of this kind.
    pub const fn title(self) -> &'static str {
        self.facts().2
    }
}
