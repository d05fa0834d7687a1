//! `/public/catalogue`: every micro-credential of this server, narrowed by what one looks for.

use accolade_core::micro_credential::Span;
use accolade_issuing::views::CatalogueFilter;
use accolade_publishing::CatalogueSearch;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::send;
use crate::input::{Parameters, bad_parameter, refuse_unknown_parameters};
use crate::negotiation::{self, HTML};
use crate::pages::{Visitor, query_value};
use crate::policies::Policy;
use crate::problem::Problem;
use crate::publications::Document;
use crate::reply::Reply;
use crate::schema::{self, CatalogueProblems};
use crate::state::AppState;

/// Longer words are not looked for.
const LONGEST: usize = 200;
/// Longer tags of languages are none (RFC 5646, 4.4.1).
const LONGEST_LANGUAGE: usize = 35;

/// Find micro-credentials.
///
/// Achievements whose type is `MicroCredential` or that have a record of one, newest first, 24 on a page; the newest 10,000 of a
/// server. A page with a form for people (`text/html`), a list for everybody else.
#[utoipa::path(operation_id = "fetchCatalogue", tag = "Public", security(()),
    params(
        ("skill" = Option<String>, Query, nullable = false, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*$", description = "Words that must all occur in its name, description, learning outcomes, skills, field or keywords.", example = "data"),
        ("level" = Option<String>, Query, nullable = false, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*$", description = "A level: framework and code.", example = "EQF:5"),
        ("duration" = Option<String>, Query, nullable = false, pattern = "^P(2D|1W|6W|6M|1Y)$", description = "It takes at most so long: a duration of ISO 8601, from two days to a year.", example = "P6W"),
        ("language" = Option<String>, Query, nullable = false, min_length = 1, max_length = 35, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*$", description = "The language it is given in; `de` finds `de-CH`, too.", example = "en"),
        ("page" = Option<u32>, Query, nullable = false, minimum = 1, maximum = 10000, description = "Which page, from 1; beyond the last one is the last."),
        ("lang" = Option<String>, Query, nullable = false, description = "The language of the page: en, es, fr, de, zh or ar. Else `Accept-Language`.")
    ),
    responses(
        (status = 200, description = "What was found.", content((schema::CataloguePage = "application/json"), (String = "text/html")), headers(("ETag" = String), ("Link" = String))),
        (status = 304, description = "You have it already."),
        CatalogueProblems
    ))]
#[get("/public/catalogue")]
pub(crate) async fn public_catalogue(state: Data<AppState>, req: HttpRequest, query: Parameters) -> Reply {
    let choice = negotiation::choose(&req, &["application/json", HTML]);
    let press = state.publishing.press();
    if choice.is_page() {
        let visitor = Visitor::of(&req);
        let search = CatalogueSearch {
            filter: lenient(&req),
            page: query_value(&req, "page").and_then(|page| page.parse().ok()).unwrap_or(1),
            keeps_language: query_value(&req, "lang").is_some(),
        };
        let page = press.catalogue_page(&*state.catalogue().await?, &search, visitor.language())?;
        return Ok(send(&req, &Document::of_page(page, None)?, None, visitor.vary(Some(choice))));
    }
    refuse_unknown_parameters(&req)?;
    let search = CatalogueSearch { filter: strict(&query)?, page: page(&query)?, keeps_language: false };
    let (list, next) = press.catalogue_list(&*state.catalogue().await?, &search)?;
    let link = next.map(|next| format!("<{next}>; rel=\"next\""));
    let document = Document { policy: Policy::Document, language: None, ..Document::of_page(list, link)? };
    Ok(send(&req, &document, None, Some(choice.vary())))
}

/// What a person asked for: what cannot be read does not narrow, and the form shows so.
fn lenient(req: &HttpRequest) -> CatalogueFilter {
    let value = |name: &str| query_value(req, name).filter(|value| value.chars().count() <= LONGEST);
    CatalogueFilter {
        level: value("level"),
        duration: value("duration").and_then(|text| Span::parse(&text).ok()),
        skill: value("skill").filter(|words| !words.trim().is_empty()),
        language: value("language"),
    }
}

fn strict(query: &Parameters) -> Result<CatalogueFilter, Problem> {
    let at_most = |name: &str, most: usize| match query.text(name)? {
        Some(text) if text.chars().count() > most => {
            Err(bad_parameter(name, "bad_parameter", format!("{name} must be at most {most} characters")))
        }
        text => Ok(text),
    };
    let text = |name: &str| at_most(name, LONGEST);
    let duration = text("duration")?
        .map(|text| {
            Span::parse(&text).map_err(|why| bad_parameter("duration", "bad_parameter", why.to_string()))
        })
        .transpose()?;
    Ok(CatalogueFilter {
        level: text("level")?,
        duration,
        skill: text("skill")?,
        language: at_most("language", LONGEST_LANGUAGE)?,
    })
}

fn page(query: &Parameters) -> Result<usize, Problem> {
    let Some(text) = query.text("page")? else { return Ok(1) };
    let page = text.parse::<usize>().ok().filter(|page| (1..=10_000).contains(page));
    page.ok_or_else(|| bad_parameter("page", "bad_parameter", "page must be 1 to 10000".to_owned()))
}
