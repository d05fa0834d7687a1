//! `Link: rel="alternate"`: in which other forms a thing can be fetched. The same list stands on every form of it, without the form itself.

use accolade_issuing::{AssertionForm, CredentialForm, Publicly};
use accolade_publishing::PageAddress;
use url::form_urlencoded;

const JSON_LD: &str = "application/ld+json";
const PNG: &str = "image/png";

/// One form: where it is and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// The path under the public URL.
    pub(crate) path: String,
    pub(crate) media_type: &'static str,
}

fn form(path: String, media_type: &'static str) -> Form {
    Form { path, media_type }
}

/// Every form of the thing that `address` is a form of, the page first. Empty where there is one form only.
pub(crate) fn forms(address: &Publicly) -> Vec<Form> {
    match address {
        Publicly::Credential(id, _) | Publicly::Assertion(id, _) | Publicly::AssertionImage(id) => {
            of_award(id)
        }
        Publicly::Achievement(id) | Publicly::Badge(id) => of_achievement(id),
        Publicly::Issuer(id)
        | Publicly::IssuerV2(id)
        | Publicly::DidDocument(id)
        | Publicly::Jwks(id)
        | Publicly::Revocations(id) => of_issuer(id),
        _ => Vec::new(),
    }
}

/// Where among [`forms`] `address` itself is.
pub(crate) fn own_path(address: &Publicly) -> Option<String> {
    Some(match address {
        Publicly::Credential(id, CredentialForm::Json) => format!("/public/credentials/{id}.json"),
        Publicly::Credential(id, CredentialForm::Jwt) => format!("/public/credentials/{id}.jwt"),
        Publicly::Credential(id, CredentialForm::Png) => format!("/public/credentials/{id}.png"),
        Publicly::Credential(id, CredentialForm::Svg) => format!("/public/credentials/{id}.svg"),
        Publicly::AssertionImage(id) => format!("/public/assertions/{id}/image"),
        Publicly::Assertion(id, AssertionForm::Json) => format!("/public/assertions/{id}.json"),
        Publicly::Assertion(id, AssertionForm::Jws) => format!("/public/assertions/{id}.jws"),
        Publicly::Achievement(id) => format!("/public/achievements/{id}.json"),
        Publicly::Badge(id) => format!("/public/badges/{id}.json"),
        Publicly::Issuer(id) => format!("/public/issuers/{id}.json"),
        Publicly::IssuerV2(id) => format!("/public/issuers/{id}/v2"),
        Publicly::DidDocument(id) => format!("/public/issuers/{id}/did.json"),
        Publicly::Jwks(id) => format!("/public/issuers/{id}/jwks.json"),
        _ => return None,
    })
}

fn of_award(id: &str) -> Vec<Form> {
    let (credential, assertion) = (format!("/public/credentials/{id}"), format!("/public/assertions/{id}"));
    vec![
        form(format!("{credential}.html"), "text/html"),
        form(format!("{credential}.json"), "application/vc"),
        form(format!("{credential}.jwt"), "application/vc+jwt"),
        form(format!("{credential}.png"), PNG),
        form(format!("{credential}.svg"), "image/svg+xml"),
        form(format!("{credential}.pdf"), "application/pdf"),
        form(format!("{assertion}.json"), JSON_LD),
        form(format!("{assertion}.jws"), "application/jose"),
        form(format!("{assertion}/image"), PNG),
    ]
}

fn of_achievement(id: &str) -> Vec<Form> {
    vec![
        form(format!("/public/achievements/{id}.html"), "text/html"),
        form(format!("/public/achievements/{id}.json"), JSON_LD),
        form(format!("/public/badges/{id}.json"), JSON_LD),
    ]
}

fn of_issuer(id: &str) -> Vec<Form> {
    let issuer = format!("/public/issuers/{id}");
    vec![
        form(format!("{issuer}.html"), "text/html"),
        form(format!("{issuer}.json"), JSON_LD),
        form(format!("{issuer}/v2"), JSON_LD),
        form(format!("{issuer}/did.json"), "application/did+ld+json"),
        form(format!("{issuer}/jwks.json"), "application/jwk-set+json"),
    ]
}

/// The header's value for a page: the forms of what it shows, and how it is shown elsewhere.
pub(crate) fn of_page(public_url: &str, address: &PageAddress, key: Option<&str>) -> Option<String> {
    let (forms, page) = match address {
        PageAddress::Credential { id, .. } | PageAddress::Embed(id) | PageAddress::Certificate { id, .. } => {
            (of_award(id), format!("/public/credentials/{id}.html"))
        }
        PageAddress::Achievement(id) => (of_achievement(id), format!("/public/achievements/{id}.html")),
        PageAddress::Issuer(id) => (of_issuer(id), format!("/public/issuers/{id}.html")),
    };
    let own = match address {
        PageAddress::Certificate { id, .. } => Some(format!("/public/credentials/{id}.pdf")),
        PageAddress::Embed(_) => None,
        _ => Some(page),
    };
    let others = header(public_url, &forms, own.as_deref(), key)?;
    let (PageAddress::Credential { id, .. }, None) = (address, key) else { return Some(others) };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("url", &format!("{public_url}/public/credentials/{id}"))
        .finish();
    Some(format!(
        "{others}, <{public_url}/oembed?format=json&{query}>; rel=\"alternate\"; type=\"application/json+oembed\""
    ))
}

/// The header's value for what is at `own`; `key` opens a private award and goes with every link. `None` where there is nothing to
/// link to.
pub(crate) fn header(
    public_url: &str,
    forms: &[Form],
    own: Option<&str>,
    key: Option<&str>,
) -> Option<String> {
    let query = key.map(|key| format!("?key={key}")).unwrap_or_default();
    let others = forms.iter().filter(|form| Some(form.path.as_str()) != own);
    let links: Vec<String> = others
        .map(|Form { path, media_type }| {
            format!("<{public_url}{path}{query}>; rel=\"alternate\"; type=\"{media_type}\"")
        })
        .collect();
    (!links.is_empty()).then(|| links.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_leads_to_every_other_and_not_to_itself() {
        let id = || "0b9c3c1e-7d0f-4c5e-9d0a-2f6a1c8a9b10".to_owned();
        for address in [
            Publicly::Credential(id(), CredentialForm::Json),
            Publicly::Credential(id(), CredentialForm::Jwt),
            Publicly::Assertion(id(), AssertionForm::Jws),
            Publicly::Badge(id()),
            Publicly::Issuer(id()),
            Publicly::DidDocument(id()),
        ] {
            let (all, own) = (forms(&address), own_path(&address).unwrap());
            assert!(all.iter().any(|form| form.path == own), "{own} is not among {all:?}");
            let header = header("https://x.example", &all, Some(&own), None).unwrap();
            assert_eq!(header.matches("rel=\"alternate\"").count(), all.len() - 1);
            assert!(!header.contains(&format!("{own}>")), "{header}");
            assert!(header.contains(".html>; rel=\"alternate\"; type=\"text/html\""), "{header}");
        }
        assert!(forms(&Publicly::Key(id())).is_empty());
    }

    #[test]
    fn a_key_goes_with_every_link() {
        let all = forms(&Publicly::Badge("x".to_owned()));
        let header = header("https://x.example", &all, None, Some("k")).unwrap();
        assert_eq!(header.matches("?key=k>").count(), all.len());
    }
}
