//! The page of what could not be done.

use askama::Template;

use super::frame::Frame;
use crate::metadata::Head;
use crate::{Language, Page, PageStatus, Press, PublishingError};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    status: u16,
    title: &'a str,
    text: &'a str,
    detail: Option<&'a str>,
}

impl Press {
    /// A page for an HTTP status of 400 or more. `detail` is one English sentence that the problem brings along.
    pub fn problem(
        &self,
        status: u16,
        detail: Option<&str>,
        language: Language,
    ) -> Result<Page, PublishingError> {
        let words = &self.words(language).problem;
        let (title, text) = match status {
            404 => (&words.not_found, &words.not_found_text),
            410 => (&words.gone, &words.gone_text),
            401 | 403 => (&words.forbidden, &words.forbidden_text),
            429 => (&words.too_many, &words.too_many_text),
            400..500 => (&words.bad_request, &words.bad_request_text),
            _ => (&words.failed, &words.failed_text),
        };
        let head = Head { description: text.clone(), noindex: true, ..Head::default() };
        let frame = self.frame(language, title.clone(), head, "");
        let page = ProblemPage { frame, status, title, text, detail };
        Ok(Page::html(page.render()?, language, 0).unlisted().with_status(PageStatus::Problem(status)))
    }
}
