//! The start page: what this service is, and where to check a badge.

use askama::Template;

use super::frame::Frame;
use crate::metadata::Head;
use crate::page::FIXED_SECONDS;
use crate::{Language, Page, Press, PublishingError};

#[derive(Template)]
#[template(path = "landing.html")]
struct LandingPage<'a> {
    frame: Frame<'a>,
    docs: String,
    catalogue: String,
}

impl Press {
    /// The start page.
    pub fn landing_page(&self, language: Language) -> Result<Page, PublishingError> {
        let words = &self.words(language).landing;
        let head =
            Head { description: words.text.clone(), canonical: Some(self.url("/")), ..Head::default() };
        let page = LandingPage {
            frame: self.frame(language, words.title.clone(), head, ""),
            docs: self.path("/docs"),
            catalogue: self.path("/public/catalogue"),
        };
        Ok(Page::html(page.render()?, language, FIXED_SECONDS))
    }
}
