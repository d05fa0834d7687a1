//! Pages of what the office has.

use std::sync::Arc;

use accolade_issuing::Office;

use crate::{Language, OEmbedAnswer, OEmbedRequest, Page, PageAddress, Press, PublishingError};

/// Pages of what the office has. Cheap to clone.
#[derive(Clone)]
pub struct Publishing {
    office: Office,
    press: Arc<Press>,
}

impl Publishing {
    /// Pages of this office, under its public URL.
    pub fn new(office: Office) -> Result<Publishing, PublishingError> {
        let press = Arc::new(Press::new(office.public_url())?);
        Ok(Publishing { office, press })
    }

    /// Makes the pages that need no office: the check and its report, the start page, problems.
    pub fn press(&self) -> &Press {
        &self.press
    }

    /// The page at an address, `None` where there is none. Reads the store: call it where blocking is allowed.
    pub fn page(&self, address: &PageAddress, language: Language) -> Result<Option<Page>, PublishingError> {
        let _ = (address, language, &self.office);
        Ok(None)
    }

    /// The oEmbed answer for a page's address, `None` where there is no such credential.
    pub fn oembed(
        &self,
        request: &OEmbedRequest<'_>,
        language: Language,
    ) -> Result<Option<OEmbedAnswer>, PublishingError> {
        let _ = (request, language, &self.office);
        Ok(None)
    }
}
