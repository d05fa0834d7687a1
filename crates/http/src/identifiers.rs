//! `GET /1.0/identifiers/{did}`: from a DID to its document, as resolvers of DIDs answer
//! ([DID Resolution, HTTPS binding](https://www.w3.org/TR/did-resolution/#bindings-https)).

use accolade_verifying::DidTrouble;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, get};
use serde_json::{Value, json};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::input::percent_decoded;
use crate::negotiation;
use crate::reply::Reply;
use crate::schema::{self, ResolutionProblems};
use crate::state::AppState;
use crate::visits::Visit;

const PATH: &str = "/1.0/identifiers/";
/// A longer DID names nothing that exists.
const LONGEST: usize = 2048;

const RESULT: &str = "application/did-resolution";
/// What the result was called in older drafts; sent with its profile.
const OLD_RESULT: &str = "application/ld+json";
const OLD_RESULT_IN_FULL: &str = "application/ld+json;profile=\"https://w3id.org/did-resolution\"";
const DOCUMENT: &str = "application/did";
/// The first is for who takes anything: the whole result, as most resolvers answer.
const OFFERS: &[&str] =
    &[RESULT, "application/json", OLD_RESULT, DOCUMENT, "application/did+json", "application/did+ld+json"];

pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(resolve_did);
}

/// Resolve a DID.
///
/// `did:key` and `did:web`, by the HTTPS binding of [DID Resolution](https://www.w3.org/TR/did-resolution/#bindings-https).
/// `Accept: application/did` (or `application/did+json`, `application/did+ld+json`) gives the DID document alone; anything else
/// the whole result, and so does every refusal. A DID alone is resolved: no path, query or fragment. Needs no key; each client
/// address has so many a minute, examinations of badges counted in.
#[utoipa::path(operation_id = "resolveDid", tag = "Verification", security(()),
    params(("did" = schema::DidSought, Path, description = "The DID, percent-encoded: `did:web:example.org%3A8443` is `did%3Aweb%3Aexample.org%253A8443`.",
        example = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")),
    responses(
        (status = 200, description = "The result, or the DID document alone.", content(
            (schema::DidResolution = "application/did-resolution"), (schema::DidResolution = "application/json"), (schema::DidResolution = "application/ld+json"),
            (Object = "application/did"), (Object = "application/did+json"), (Object = "application/did+ld+json")
        ), headers(("Vary" = String))),
        (status = 400, description = "`invalidDid`: this is no DID, not one by the rules of its method, or more than a DID.", body = schema::DidResolution, content_type = "application/did-resolution", headers(("Vary" = String))),
        (status = 404, description = "`notFound`: no document stands where the DID says.", body = schema::DidResolution, content_type = "application/did-resolution", headers(("Vary" = String))),
        (status = 406, description = "`representationNotSupported`: none of the media types in `Accept`.", body = schema::DidResolution, content_type = "application/did-resolution", headers(("Vary" = String))),
        (status = 501, description = "`methodNotSupported`: a DID of another method.", body = schema::DidResolution, content_type = "application/did-resolution", headers(("Vary" = String))),
        (status = 502, description = "`invalidDidDocument`: what stands there is not the DID's document; or `internalError`: it could not be fetched.", body = schema::DidResolution, content_type = "application/did-resolution", headers(("Vary" = String))),
        ResolutionProblems
    ))]
#[get("/1.0/identifiers/{did:.+}")]
pub(crate) async fn resolve_did(state: Data<AppState>, req: HttpRequest) -> Reply {
    state.rates.count(&req)?;
    let Some(media_type) = negotiation::accepted(&req, OFFERS) else {
        let words = format!("there is {}; Accept names none of them", OFFERS.join(", "));
        return Ok(refused(StatusCode::NOT_ACCEPTABLE, "representationNotSupported", &words));
    };
    let did = match asked(&req) {
        Ok(did) => did,
        Err(words) => return Ok(refused(StatusCode::BAD_REQUEST, "invalidDid", words)),
    };
    // Over when the document is there.
    let _visit = Visit::extract(&req).await?;
    Ok(match state.examiner.resolve_did(&did).await {
        Ok(document) => resolved(media_type, &document),
        Err(trouble) => refused(status_of(&trouble), trouble.name(), &trouble.to_string()),
    })
}

/// The DID that stands in the path.
///
/// It is percent-encoded there, so the `%3A` before the port of a `did:web` arrives as `%253A`. Many clients put a DID into the
/// path as it is; one that begins with `did:` and has no `%25` in it was, and is taken as it stands.
fn asked(req: &HttpRequest) -> Result<String, &'static str> {
    let raw = req.uri().path().strip_prefix(PATH).unwrap_or_default();
    if !req.query_string().is_empty() {
        return Err(
            "a DID alone is resolved here, without a query; encode a DID once before it is put into the path",
        );
    }
    let as_it_is = raw.starts_with("did:") && !raw.contains("%25");
    let more = |text: &str| ["/", "?", "#", "%2f", "%3f", "%23"].iter().any(|mark| text.contains(mark));
    let did = if as_it_is { Some(raw.to_owned()) } else { percent_decoded(raw) };
    match did {
        None => Err("the DID is wrongly percent-encoded"),
        Some(did) if did.len() > LONGEST => Err("no DID is as long as that"),
        Some(did) if more(&did.to_ascii_lowercase()) => {
            Err("this is more than a DID: a DID alone is resolved here, without a path, query or fragment")
        }
        Some(did) => Ok(did),
    }
}

/// What went wrong elsewhere is 502 and not, as in the standard, 500: that one calls our own operator.
fn status_of(trouble: &DidTrouble) -> StatusCode {
    match trouble {
        DidTrouble::Invalid { .. } => StatusCode::BAD_REQUEST,
        DidTrouble::NotFound(_) => StatusCode::NOT_FOUND,
        DidTrouble::MethodNotSupported(_) => StatusCode::NOT_IMPLEMENTED,
        DidTrouble::InvalidDocument(_) | DidTrouble::Unreachable(_) => StatusCode::BAD_GATEWAY,
    }
}

fn resolved(media_type: &'static str, document: &Value) -> HttpResponse {
    match media_type {
        RESULT | "application/json" => send(StatusCode::OK, media_type, &found(document)),
        OLD_RESULT => send(StatusCode::OK, OLD_RESULT_IN_FULL, &found(document)),
        _ => send(StatusCode::OK, media_type, document),
    }
}

fn found(document: &Value) -> Value {
    result(document, json!({ "contentType": DOCUMENT }))
}

fn refused(status: StatusCode, error: &str, words: &str) -> HttpResponse {
    send(status, RESULT, &result(&Value::Null, json!({ "error": error, "errorMessage": words })))
}

fn result(document: &Value, metadata: Value) -> Value {
    json!({
        "@context": "https://w3id.org/did-resolution/v1",
        "didDocument": document,
        "didResolutionMetadata": metadata,
        "didDocumentMetadata": {},
    })
}

fn send(status: StatusCode, media_type: &'static str, body: &Value) -> HttpResponse {
    let mut reply = HttpResponse::build(status);
    reply.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(media_type)));
    // A key may be withdrawn at any moment, and it is for the verifier to keep documents, not for what stands between.
    reply.insert_header((header::CACHE_CONTROL, "no-store"));
    reply.insert_header((header::VARY, "Accept"));
    reply.body(body.to_string())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn did_in(path: &str) -> Result<String, &'static str> {
        asked(&TestRequest::with_uri(&format!("{PATH}{path}")).to_http_request())
    }

    #[test]
    fn a_did_is_read_however_it_was_put_into_the_path() {
        let with_port = "did:web:example.org%3A8443:issuers:1";
        for path in [
            with_port,
            "did:web:example.org%253A8443:issuers:1",
            "did%3Aweb%3Aexample.org%253A8443%3Aissuers%3A1",
            "did%3aweb%3aexample.org%253A8443:issuers:1",
        ] {
            assert_eq!(did_in(path).as_deref(), Ok(with_port), "{path}");
        }
        assert_eq!(did_in("did:key:z6Mk").as_deref(), Ok("did:key:z6Mk"));
        assert_eq!(did_in("did%3Akey%3Az6Mk").as_deref(), Ok("did:key:z6Mk"));
    }

    #[test]
    fn more_than_a_did_is_refused_in_words() {
        for path in [
            "did:key:z6Mk/path",
            "did:key:z6Mk%2Fpath",
            "did:key:z6Mk%23key",
            "did%3Akey%3Az6Mk%23key",
            "did:web:example.org%253A8443%23key",
            "did:web:example.org%253Fa=b",
        ] {
            assert!(did_in(path).is_err_and(|words| words.contains("more than a DID")), "{path}");
        }
        assert!(did_in("did:key:z6Mk?service=files").is_err_and(|words| words.contains("query")));
        for path in ["did%3Akey%3A%", "did%3Akey%3A%zz", "did%3Akey%3A%ff"] {
            assert!(did_in(path).is_err_and(|words| words.contains("wrongly")), "{path}");
        }
        assert!(did_in(&format!("did:key:{}", "z".repeat(3000))).is_err());
    }
}
