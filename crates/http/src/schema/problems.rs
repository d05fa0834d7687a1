//! The refusals of each sort of operation, as OpenAPI responses.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use crate::problem::Kind;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: [$($kind:ident),* $(,)?];)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;
        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                responses(&[$(Kind::$kind),*])
            }
        }
    )*};
}

refusals! {
    /// Of reading one thing.
    ReadProblems: [BadParameter, Unauthenticated, Forbidden, NotFound, Internal, Overloaded, Unavailable];
    /// Of reading a list.
    ListProblems: [BadParameter, BadCursor, Unauthenticated, Forbidden, NotFound, Internal, Overloaded, Unavailable];
    /// Of changing something.
    WriteProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, NotFound, Timeout, DuplicateAward, ExternalIdTaken, Revoked,
        TooLarge, UnsupportedMediaType, Rejected, IdempotencyKeyReused, Internal, Overloaded, Unavailable
    ];
    /// Of what earns an achievement.
    EarningProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, NotFound, Timeout, ExternalIdTaken, EnrolmentState, TooLarge,
        UnsupportedMediaType, Rejected, IdempotencyKeyReused, Internal, Overloaded, Unavailable
    ];
    /// Of an act that has no body.
    ActProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, NotFound, EnrolmentState, IdempotencyKeyReused, Internal,
        Overloaded, Unavailable
    ];
    /// Of statements.
    StatementProblems: [
        Unreadable, BadParameter, BadStatement, Unauthenticated, Forbidden, Timeout, StatementTaken, EnrolmentState, TooLarge,
        UnsupportedMediaType, Internal, Overloaded, Unavailable
    ];
    /// Of taking an image in.
    UploadProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, Timeout, TooLarge, UnsupportedMediaType, Rejected, Internal,
        Overloaded, Unavailable
    ];
    /// Of drawing a design.
    DrawingProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, Timeout, TooLarge, UnsupportedMediaType, Rejected, Internal,
        Overloaded, Unavailable
    ];
    /// Of a public document.
    PublicProblems: [NotFound, Internal, Overloaded, Unavailable];
    /// Of the catalogue.
    CatalogueProblems: [BadParameter, Internal, Overloaded, Unavailable];
    /// Of one form of an award.
    AwardFormProblems: [PrivateCredential, NotFound, Internal, Overloaded, Unavailable];
    /// Of how to show an award elsewhere.
    OEmbedProblems: [BadParameter, PrivateCredential, NotFound, Internal, NotImplemented, Overloaded, Unavailable];
    /// Of an examination.
    VerifyProblems: [
        Unreadable, BadParameter, Timeout, TooLarge, UnsupportedMediaType, Rejected, TooManyRequests, Internal, Overloaded
    ];
    /// Of the resolution of a DID; what is wrong with the DID is told as DID Resolution has it.
    ResolutionProblems: [TooManyRequests, Internal, Overloaded];
    /// Of a token request; what is wrong with the request itself is told as OAuth 2.0 has it.
    TokenProblems: [Timeout, TooLarge, UnsupportedMediaType, TooManyRequests, Internal, Overloaded, Unavailable];
    /// Of the metadata of OAuth 2.0.
    MetadataProblems: [NotFound];
    /// Of an examination by the VC API: what cannot be read is a problem, what does not hold a verdict; both may be 400.
    ReadingProblems: [
        Unreadable, BadParameter, Unauthenticated, Forbidden, Timeout, TooLarge, UnsupportedMediaType, Internal, Overloaded, Unavailable
    ];
    /// Of signing a credential.
    IssueProblems: [
        Unreadable, BadParameter, BadCredential, Unauthenticated, Forbidden, NotFound, Timeout, KeyState, TooLarge,
        UnsupportedMediaType, IdempotencyKeyReused, Internal, Overloaded, Unavailable
    ];
    /// Of deriving a credential.
    DeriveProblems: [
        Unreadable, BadParameter, BadCredential, Unauthenticated, Forbidden, Timeout, TooLarge, UnsupportedMediaType, Internal,
        Overloaded, Unavailable
    ];
    /// Of the probe that looks at the database.
    ProbeProblems: [Unavailable];
}

/// Of an examination by the VC API.
pub(crate) struct ExaminationProblems;

impl IntoResponses for ExaminationProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = ReadingProblems::responses();
        let verdict = || ContentBuilder::new().schema(Some(Ref::from_schema_name("Verification"))).build();
        if let Some(RefOr::T(bad)) = responses.get_mut("400") {
            bad.description = format!("It does not hold; or {}", bad.description);
            bad.content.insert("application/json".to_owned(), verdict().into());
        }
        responses
    }
}

fn responses(kinds: &[Kind]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kind in kinds {
        let line = format!("{} (`{}`)", kind.title(), kind.slug());
        by_status.entry(kind.status().to_string()).or_default().push(line);
    }
    by_status.into_iter().map(|(status, lines)| (status, RefOr::T(response(&lines)))).collect()
}

fn response(lines: &[String]) -> Response {
    let schema = Ref::from_schema_name("Problem");
    ResponseBuilder::new()
        .description(lines.join("; or "))
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
}
