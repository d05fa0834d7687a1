//! The newer copy of itself that a badge may name
//! ([1EdTechCredentialRefresh](https://www.imsglobal.org/spec/vccs/v1p0/)): looked for once, and judged in its place.

use std::sync::Arc;

use accolade_linked_data::json;
use accolade_signing::vc_jwt;
use serde_json::Value;

use super::content::Content;
use super::embedded::Secured;
use super::kind::Kind;
use super::signatory::Signatory;
use super::token::Token;
use super::validity::Life;
use super::{embedded, older, shape, token, views};
use crate::case::Case;
use crate::library::{ACCEPT_CREDENTIAL, place_of, unreachable};
use crate::report::steps::v3 as step;
use crate::report::{Report, Trouble};

const TYPE: &str = "1EdTechCredentialRefresh";

/// The newer copy, where the badge names one that holds. Where it does not, the badge itself is judged, with a remark.
pub(super) async fn newer(
    case: &mut Case<'_>,
    kind: Kind,
    credential: &Value,
    report: &mut Report,
) -> Option<(Arc<Value>, Life)> {
    let service = shape::several(credential.get("refreshService")?).next()?;
    let url = service.get("id").and_then(Value::as_str).unwrap_or_default();
    // The same type may be written as an IRI; the badge must not escape its newer copy by that.
    let is_known = |kind: &str| kind.rsplit(['#', '/', ':']).next() == Some(TYPE);
    if !shape::texts(service.get("type")).any(is_known) {
        report.skip(
            step::REFRESH,
            "The badge names a place for a newer copy of itself in a way this verifier cannot read.",
        );
        return None;
    }
    match fetch(case, kind, credential, url).await {
        Ok((newer, _)) if *newer == *credential => {
            report
                .pass(step::REFRESH, format!("The badge is still the one that stands at {}.", place_of(url)));
            None
        }
        Ok((newer, life)) => {
            views::fill(report, kind, &newer);
            report.pass(
                step::REFRESH,
                format!(
                    "The issuer has a newer copy of the badge at {}; that one is judged here.",
                    place_of(url)
                ),
            );
            Some((newer, life))
        }
        Err(trouble) => {
            report.warn(
                step::REFRESH,
                trouble.code(),
                format!(
                    "A newer copy of the badge could not be had, so this one is judged. {}",
                    trouble.detail()
                ),
            );
            None
        }
    }
}

/// The copy at that address: the same credential of the same issuer, with a meaning and a proof that holds.
async fn fetch(
    case: &mut Case<'_>,
    kind: Kind,
    credential: &Value,
    url: &str,
) -> Result<(Arc<Value>, Life), Trouble> {
    let issuer = views::issuer_id(credential).unwrap_or_default().to_owned();
    let fetched = case.library.fetch(url, ACCEPT_CREDENTIAL).await;
    let fetched = fetched.map_err(|error| unreachable(url, "the newer copy", error))?;
    if fetched.status != 200 {
        return Err(Trouble::gap("not_found", format!("There is none at {}.", place_of(url))));
    }
    let text = String::from_utf8_lossy(&fetched.body).trim().to_owned();
    let (newer, life, findings) = if vc_jwt::looks_like_jwt(&text) {
        let read = case.library.hands.compute(move || Token::read(text.into())).await?;
        let vc =
            read.map_err(|error| Trouble::flaw(error.code(), "It is not built as a signed badge must be."))?;
        let findings = token::examine(&mut case.library, case.now, Signatory::issuer(&issuer), &vc).await;
        (Arc::clone(&vc.credential), vc.life(), findings)
    } else {
        let read = case.library.hands.compute(move || json::parse(text.as_bytes())).await?;
        let newer = Arc::new(read.map_err(|_| Trouble::gap("not_json", "It is not readable."))?);
        let signatory = Signatory::issuer(&issuer);
        let findings = embedded::examine(&mut case.library, case.now, signatory, Secured::of(&newer)).await;
        (newer, Life::default(), findings)
    };
    if let Some(trouble) = findings.trouble() {
        return Err(trouble.clone());
    }
    let id = credential.get("id");
    if id.is_none() || newer.get("id") != id || views::issuer_id(&newer) != Some(issuer.as_str()) {
        return Err(Trouble::flaw("id_mismatch", "What stands there is another badge."));
    }
    let looked_at = Arc::clone(&newer);
    let content = case.library.hands.compute(move || Content::of(&looked_at, kind)).await?;
    content.trouble().map_or_else(|| Ok((older::in_words_of_v2(&newer), life)), Err)
}
