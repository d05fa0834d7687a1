//! Pages of what the office has.

use std::sync::Arc;

use accolade_issuing::Office;
use accolade_issuing::views::CredentialView;

use crate::certificate::Certificates;
use crate::reading::text;
use crate::{Language, OEmbedAnswer, OEmbedRequest, Page, PageAddress, Press, PublishingError};

/// Pages of what the office has. Cheap to clone.
#[derive(Clone)]
pub struct Publishing {
    office: Office,
    press: Arc<Press>,
    /// Certificates that were drawn, by everything that may change about them.
    pub(crate) certificates: Certificates,
}

impl Publishing {
    /// Pages of this office, under its public URL.
    pub fn new(office: Office) -> Result<Publishing, PublishingError> {
        let press = Arc::new(Press::new(office.public_url())?);
        Ok(Publishing { office, press, certificates: crate::certificate::cache() })
    }

    /// Makes the pages that need no office: the check and its report, the start page, problems.
    pub fn press(&self) -> &Press {
        &self.press
    }

    /// Whose pages they are.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The language of what a page shows, for visitors who name none: that of the achievement, as far as pages speak it, else
    /// English. What is locked, erased, an issuer or not there has none of its own.
    pub fn own_language(&self, address: &PageAddress) -> Result<Language, PublishingError> {
        let tag = match address {
            PageAddress::Credential { id, key } | PageAddress::Certificate { id, key, .. } => {
                own_tag(self.office.view_credential(id, key.as_deref())?)
            }
            PageAddress::Embed(id) => own_tag(self.office.view_credential(id, None)?),
            PageAddress::Achievement(id) => {
                let sheet = self.office.view_achievement(id)?;
                sheet.and_then(|sheet| text(&sheet.document, "inLanguage").map(str::to_owned))
            }
            PageAddress::Issuer(_) => None,
        };
        Ok(Language::negotiate(tag.as_deref(), None, None))
    }

    /// The page at an address, `None` where there is none. Reads the store: call it where blocking is allowed.
    pub fn page(&self, address: &PageAddress, language: Language) -> Result<Option<Page>, PublishingError> {
        let made = match address {
            PageAddress::Credential { id, key } => {
                let view = self.office.view_credential(id, key.as_deref())?;
                view.map(|view| self.press.credential_page(&view, key.as_deref(), language))
            }
            PageAddress::Achievement(id) => {
                self.office.view_achievement(id)?.map(|sheet| self.press.achievement_page(&sheet, language))
            }
            PageAddress::Issuer(id) => {
                self.office.view_issuer(id)?.map(|sheet| self.press.issuer_page(&sheet, language))
            }
            PageAddress::Embed(id) => {
                self.office.view_credential(id, None)?.map(|view| self.press.embed_page(&view, language))
            }
            PageAddress::Certificate { id, key, paper } => {
                return self.certificate(id, key.as_deref(), *paper, language);
            }
        };
        made.transpose()
    }

    /// The oEmbed answer for the address of a credential's page, `None` where there is no such page.
    pub fn oembed(
        &self,
        request: &OEmbedRequest<'_>,
        language: Language,
    ) -> Result<Option<OEmbedAnswer>, PublishingError> {
        let Some(id) = self.press.credential_at(request.url) else { return Ok(None) };
        let view = self.office.view_credential(&id, None)?;
        Ok(view.map(|view| self.press.oembed(&view, request, language)))
    }
}

/// The language that the achievement of an open award is described in.
fn own_tag(view: Option<CredentialView>) -> Option<String> {
    let Some(CredentialView::Open(sheet)) = view else { return None };
    let achievement = sheet.document.pointer("/credentialSubject/achievement")?;
    text(achievement, "inLanguage").map(str::to_owned)
}
