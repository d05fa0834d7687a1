//! From whatever was handed in to the one document to examine.

use std::sync::Arc;

use accolade_baking as baking;
use accolade_linked_data::json;
use accolade_signing::{jws, vc_jose};
use bytes::Bytes;
use serde_json::Value;

use crate::asked::Manner;
use crate::case::Case;
use crate::hands::Hands;
use crate::library::{ACCEPT_ANY, place_of, shown, unreachable};
use crate::report::{Report, Trouble, steps};
use crate::submission::Submission;
use crate::{attachment, page, v1, v2, v3};

/// The largest badge looked at, in bytes.
const MAX_DOCUMENT_BYTES: usize = 1 << 20;

/// Finds out what was handed in and passes it to the examination of its standard.
pub(crate) async fn examine(case: &mut Case<'_>, submission: Submission, report: &mut Report) {
    match document(case, submission, report).await {
        Ok(Document::Json { bytes, found_at }) => examine_json(case, bytes, found_at, report).await,
        Ok(Document::Token(token)) => examine_token(case, token.into(), report).await,
        Ok(Document::Withdrawn { url, body }) => {
            v2::examine_withdrawn(case.library.hands, &url, body, report).await
        }
        Err(trouble) => report.trouble(steps::FETCH, trouble),
    }
}

enum Document {
    /// JSON, and the address it was read at, if it was.
    Json {
        bytes: Bytes,
        found_at: Option<String>,
    },
    Token(String),
    /// Status 410: where OB 2.0 tells of revoked Assertions.
    Withdrawn {
        url: String,
        body: Bytes,
    },
}

/// Follows addresses, pages and images, a few in all: an address may lead to a page, a page to an image, and an image of an
/// old badge hold an address, but not again and again.
async fn document(
    case: &mut Case<'_>,
    submission: Submission,
    report: &mut Report,
) -> Result<Document, Trouble> {
    let mut next = submission;
    let mut found_at = None;
    for _ in 0..6 {
        next = match next {
            Submission::Json(bytes) => return Ok(Document::Json { bytes, found_at }),
            Submission::Jwt(token) => return Ok(Document::Token(token.trim().to_owned())),
            Submission::Image(image) => {
                let text = unbake(case.library.hands, image).await?;
                report.pass(steps::FETCH, "The image holds a badge.");
                found_at = None;
                Submission::from_bytes(text)
            }
            Submission::Pdf(pdf) => {
                let text = attachment::badge_in(case.library.hands, pdf).await?;
                report.pass(steps::FETCH, "The PDF holds a badge, as an attached file.");
                found_at = None;
                Submission::from_bytes(text)
            }
            Submission::Url(url) => {
                let fetched = case.library.fetch(&url, ACCEPT_ANY).await;
                let fetched = fetched.map_err(|error| unreachable(&url, "the badge", error))?;
                match fetched.status {
                    200 => {}
                    410 => return Ok(Document::Withdrawn { url, body: fetched.body }),
                    403 => {
                        let words = format!(
                            "The badge is private: {} shows it only to those whom its holder gave a link. Ask the holder for \
                             that link.",
                            place_of(&url)
                        );
                        return Err(Trouble::gap("private", words));
                    }
                    _ => {
                        return Err(Trouble::gap(
                            "not_found",
                            format!("There is no badge at the address given ({}).", place_of(&url)),
                        ));
                    }
                }
                if page::is_page(&fetched.content_type, &fetched.body) {
                    let badge = badge_in(case.library.hands, fetched.body, &url).await?;
                    report.pass(steps::FETCH, format!("The page at {} leads to the badge.", place_of(&url)));
                    next = badge;
                    continue;
                }
                report.pass(steps::FETCH, format!("The badge was read at {}.", place_of(&url)));
                found_at = Some(url);
                Submission::from_bytes(fetched.body)
            }
        };
    }
    Err(Trouble::flaw("no_badge", "The address and the image lead to each other, and never to a badge."))
}

/// The badge that a page for people shows.
async fn badge_in(hands: &Hands, page: Bytes, url: &str) -> Result<Submission, Trouble> {
    let address = url.to_owned();
    let found = hands.compute(move || page::badge_in(&page, &address)).await?;
    found.ok_or_else(|| {
        Trouble::gap(
            "html_page",
            format!(
                "The address leads to a web page at {} that does not say where the badge itself is; give the address of \
                 its JSON, or the image.",
                place_of(url)
            ),
        )
    })
}

/// The newest badge in an image.
async fn unbake(hands: &Hands, image: Bytes) -> Result<Bytes, Trouble> {
    let found = hands.compute(move || baking::unbake(&image)).await?;
    let mut found = found.map_err(|error| {
        let code = match error {
            baking::BakeError::Ambiguous => "ambiguous_baked",
            _ => "bad_image",
        };
        Trouble::flaw(code, format!("No badge can be taken from the image: {error}."))
    })?;
    found.sort_by_key(|badge| badge.version == baking::Version::V2);
    let badge = found.into_iter().next();
    let badge = badge.ok_or_else(|| {
        Trouble::flaw(
            "no_badge",
            "The image holds no badge. It may have been lost when the image was copied or edited.",
        )
    })?;
    Ok(Bytes::from(badge.text))
}

async fn examine_json(case: &mut Case<'_>, bytes: Bytes, found_at: Option<String>, report: &mut Report) {
    let parsed =
        case.library.hands.read(bytes.len(), move || json::parse_limited(&bytes, MAX_DOCUMENT_BYTES)).await;
    let document = match parsed {
        Ok(Ok(document)) => document,
        Err(trouble) => return report.trouble(steps::PARSE, trouble),
        Ok(Err(error)) => {
            report.fail(
                steps::PARSE,
                "bad_json",
                format!(
                    "This cannot be read as a badge; it may have been damaged on its way: {}.",
                    shown(&error.to_string())
                ),
            );
            return;
        }
    };
    let document = match opened(document) {
        Opened::Token(token) => return examine_token(case, token.into(), report).await,
        Opened::Document(document) => document,
    };
    if v3::is_envelope(&document) {
        return match vc_jose::open_envelope(&document) {
            Ok(token) => examine_token(case, token.into(), report).await,
            Err(error) => report.fail(
                steps::PARSE,
                error.code(),
                format!("The envelope holds no proper signed token: {}.", shown(&error.to_string())),
            ),
        };
    }
    report.pass(steps::PARSE, "The badge can be read.");
    if v3::is_meant(&document) || case.manner != Manner::Badge {
        v3::examine_document(case, document, report).await;
    } else if case.wants_answer() {
        v3::no_answer(report);
    } else if v1::is_meant(&document) {
        v1::examine_hosted(case, document, found_at, report).await;
    } else if v2::is_meant(&document) {
        v2::examine_hosted(case, document, report).await;
    } else {
        not_a_badge(report);
    }
}

/// What the API of Open Badges 2.1 hands over: an Assertion, or the token of one, as the one member of an object.
enum Opened {
    Document(Value),
    Token(String),
}

fn opened(document: Value) -> Opened {
    match document {
        Value::Object(mut members) if members.len() == 1 => {
            if let Some(Value::String(token)) = members.get_mut("signedAssertion") {
                return Opened::Token(std::mem::take(token));
            }
            match members.remove("assertion") {
                Some(assertion @ Value::Object(_)) => Opened::Document(assertion),
                other => {
                    members.extend(other.map(|other| ("assertion".to_owned(), other)));
                    Opened::Document(Value::Object(members))
                }
            }
        }
        other => Opened::Document(other),
    }
}

async fn examine_token(case: &mut Case<'_>, token: Arc<str>, report: &mut Report) {
    if token.len() > MAX_DOCUMENT_BYTES {
        report.fail(steps::PARSE, "too_large", "The badge is larger than any badge needs to be.");
        return;
    }
    let text = Arc::clone(&token);
    let read = move || jws::parse(&text).and_then(|jws| jws.payload_json());
    let payload = match case.library.hands.read(token.len(), read).await {
        Ok(Ok(members)) => Value::Object(members),
        Err(trouble) => return report.trouble(steps::PARSE, trouble),
        Ok(Err(error)) => {
            report.fail(
                steps::PARSE,
                error.code(),
                format!(
                    "This is no badge, neither as a document nor in its signed form, or it was damaged on its way: {}.",
                    shown(&error.to_string())
                ),
            );
            return;
        }
    };
    report.pass(steps::PARSE, "The badge can be read.");
    if v3::is_meant_in_token(&payload) || case.manner != Manner::Badge {
        v3::examine_token(case, token, &payload, report).await;
    } else if case.wants_answer() {
        v3::no_answer(report);
    } else if v1::is_meant(&payload) {
        v1::examine_signed(case, token, payload, report).await;
    } else if v2::is_meant(&payload) {
        v2::examine_signed(case, token, payload, report).await;
    } else {
        not_a_badge(report);
    }
}

fn not_a_badge(report: &mut Report) {
    report.fail(
        steps::FORMAT,
        "not_a_badge",
        "This can be read, but it is not an Open Badge of any version.",
    );
}
