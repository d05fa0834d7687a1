//! The form of the check.

use askama::Template;

use super::frame::Frame;
use crate::html::Html;
use crate::icons::Icon;
use crate::metadata::Head;
use crate::page::FIXED_SECONDS;
use crate::{Language, Page, PageStatus, Press, PublishingError, VerifyForm};

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage<'a> {
    frame: Frame<'a>,
    form: &'a VerifyForm,
    cross: Html,
}

impl Press {
    /// The form of the check: a file, a link or a text. It is posted to `/verify` as `multipart/form-data` with the fields
    /// `file`, `url`, `text` and `recipient`, all of which may be empty.
    pub fn verify_form(&self, form: &VerifyForm, language: Language) -> Result<Page, PublishingError> {
        let words = &self.words(language).verify;
        let head = Head {
            description: words.text.clone(),
            canonical: Some(self.url("/verify")),
            noindex: *form != VerifyForm::default(),
            ..Head::default()
        };
        let frame = self.frame(language, words.title.clone(), head, "");
        let page = VerifyPage { frame, form, cross: Icon::Cross.html() };
        let mut ready = Page::html(page.render()?, language, FIXED_SECONDS);
        if *form != VerifyForm::default() {
            ready.cache_seconds = 0;
            ready = ready.unlisted();
        }
        Ok(if form.fault.is_some() { ready.with_status(PageStatus::Problem(422)) } else { ready })
    }
}
