//! Which representation of a thing is sent: by the suffix of its path, else by what the client takes.

use accolade_issuing::{AssertionForm, CredentialForm, Publicly};
use accolade_publishing::{PageAddress, Paper};
use actix_web::HttpRequest;
use actix_web::http::StatusCode;

use super::send;
use crate::negotiation::{self, Choice, HTML};
use crate::pages::{self, query_value, share_key};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::state::AppState;

const PDF: &str = "application/pdf";
const PNG: &str = "image/png";
const SVG: &str = "image/svg+xml";

/// What is meant by an address and a media type.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Page(PageAddress),
    Document(Publicly),
}

/// Sends what stands at the path of `req`.
///
/// `offers` are the media types of the thing itself, the page among them; a path with a suffix has one representation, of
/// which the media types of `names` are other names.
pub(super) async fn represent(
    state: &AppState,
    req: &HttpRequest,
    offers: &'static [&'static str],
    names: &'static [&'static str],
) -> Reply {
    let path = req.path();
    if let Some(bare) = path.strip_suffix(".html") {
        let address =
            Publicly::from_path(bare).filter(|_| !has_suffix(bare)).ok_or_else(Problem::not_found)?;
        let page = page_of(&address).ok_or_else(Problem::not_found)?;
        return send_page(state, req, page, None).await;
    }
    let address = Publicly::from_path(path).ok_or_else(Problem::not_found)?;
    let choice = negotiation::choose(req, if has_suffix(path) { names } else { offers });
    match target(address, choice.media_type) {
        Target::Page(page) => send_page(state, req, page, Some(choice)).await,
        Target::Document(address) => send_document(state, req, address, choice).await,
    }
}

fn has_suffix(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|item| item.contains('.'))
}

/// The page that shows what is at `address`.
fn page_of(address: &Publicly) -> Option<PageAddress> {
    Some(match address {
        Publicly::Credential(id, _) | Publicly::Assertion(id, _) => {
            PageAddress::Credential { id: id.clone(), key: None }
        }
        Publicly::Achievement(id) | Publicly::Badge(id) => PageAddress::Achievement(id.clone()),
        Publicly::Issuer(id) | Publicly::IssuerV2(id) => PageAddress::Issuer(id.clone()),
        _ => return None,
    })
}

fn target(address: Publicly, media_type: &str) -> Target {
    if media_type == HTML
        && let Some(page) = page_of(&address)
    {
        return Target::Page(page);
    }
    Target::Document(match (address, media_type) {
        (Publicly::Credential(id, _), PDF) => {
            return Target::Page(PageAddress::Certificate { id, key: None, paper: Paper::A4 });
        }
        (Publicly::Credential(id, _), "application/vc+jwt" | "application/jwt") => {
            Publicly::Credential(id, CredentialForm::Jwt)
        }
        (Publicly::Credential(id, _), PNG) => Publicly::Credential(id, CredentialForm::Png),
        (Publicly::Credential(id, _), SVG) => Publicly::Credential(id, CredentialForm::Svg),
        (Publicly::Assertion(id, _), "application/jose") => Publicly::Assertion(id, AssertionForm::Jws),
        (address, _) => address,
    })
}

/// Sends a page, opened with the key in the query and on the paper named there.
pub(super) async fn send_page(
    state: &AppState,
    req: &HttpRequest,
    page: PageAddress,
    choice: Option<Choice>,
) -> Reply {
    let paper = match query_value(req, "paper").as_deref() {
        Some("letter") => Paper::Letter,
        _ => Paper::A4,
    };
    let page = page.with_key(share_key(req).as_deref()).on(paper);
    pages::page(state, req, &page, choice).await
}

async fn send_document(state: &AppState, req: &HttpRequest, address: Publicly, choice: Choice) -> Reply {
    let key = share_key(req);
    let document = state.publication(&address, key.as_deref()).await?.ok_or_else(Problem::not_found)?;
    // What is left of an erased award is JSON, whatever was asked for; of a picture the type is its own.
    let as_asked = document.status == StatusCode::OK || choice.media_type.ends_with("json");
    let named = Some(choice.media_type).filter(|name| as_asked && !name.starts_with("image/"));
    Ok(send(req, &document, named, Some(choice.vary())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential(form: CredentialForm) -> Publicly {
        Publicly::Credential("x".to_owned(), form)
    }

    #[test]
    fn a_type_means_a_form() {
        let page = PageAddress::Credential { id: "x".to_owned(), key: None };
        let certificate = PageAddress::Certificate { id: "x".to_owned(), key: None, paper: Paper::A4 };
        for (media_type, expected) in [
            (HTML, Target::Page(page)),
            (PDF, Target::Page(certificate)),
            ("application/vc", Target::Document(credential(CredentialForm::Json))),
            ("application/json", Target::Document(credential(CredentialForm::Json))),
            ("application/vc+jwt", Target::Document(credential(CredentialForm::Jwt))),
            ("image/png", Target::Document(credential(CredentialForm::Png))),
            ("image/svg+xml", Target::Document(credential(CredentialForm::Svg))),
        ] {
            assert_eq!(target(credential(CredentialForm::Json), media_type), expected, "{media_type}");
        }
    }

    #[test]
    fn the_page_of_a_2_0_thing_is_that_of_the_thing() {
        let id = || "x".to_owned();
        for (address, expected) in [
            (
                Publicly::Assertion(id(), AssertionForm::Json),
                Some(PageAddress::Credential { id: id(), key: None }),
            ),
            (Publicly::Badge(id()), Some(PageAddress::Achievement(id()))),
            (Publicly::IssuerV2(id()), Some(PageAddress::Issuer(id()))),
            (Publicly::Key(id()), None),
        ] {
            assert_eq!(page_of(&address), expected, "{address:?}");
        }
    }

    #[test]
    fn a_suffix_is_of_the_last_part_only() {
        assert!(has_suffix("/public/credentials/x.json"));
        assert!(!has_suffix("/public.x/credentials/x"));
    }
}
