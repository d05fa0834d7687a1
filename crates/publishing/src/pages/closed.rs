//! The pages of what cannot be seen: private, or erased. They tell nothing of what is behind them.

use askama::Template;

use super::frame::Frame;
use crate::html::Html;
use crate::icons::Icon;
use crate::metadata::Head;
use crate::page::STATUS_SECONDS;
use crate::{Language, Page, PageStatus, Press, PublishingError};

#[derive(Template)]
#[template(path = "closed.html")]
struct ClosedPage<'a> {
    frame: Frame<'a>,
    state: &'static str,
    icon: Html,
    title: &'a str,
    text: &'a str,
    note: &'a str,
    more: Vec<(&'a str, &'a str)>,
}

impl Press {
    pub(super) fn locked_page(&self, language: Language) -> Result<Page, PublishingError> {
        let words = &self.words(language).locked;
        let page = ClosedPage {
            frame: self.closed_frame(language, &words.title),
            state: "private",
            icon: Icon::Lock.html(),
            title: &words.title,
            text: &words.text,
            note: "",
            more: vec![(&words.visitor, &words.visitor_text), (&words.holder, &words.holder_text)],
        };
        Ok(Page::html(page.render()?, language, STATUS_SECONDS).unlisted().with_status(PageStatus::Locked))
    }

    pub(super) fn erased_page(&self, language: Language) -> Result<Page, PublishingError> {
        let words = &self.words(language).erased;
        let page = ClosedPage {
            frame: self.closed_frame(language, &words.title),
            state: "erased",
            icon: Icon::Empty.html(),
            title: &words.title,
            text: &words.text,
            note: &words.note,
            more: Vec::new(),
        };
        Ok(Page::html(page.render()?, language, STATUS_SECONDS).unlisted().with_status(PageStatus::Gone))
    }

    /// A page that says one thing.
    pub(super) fn notice_page(
        &self,
        language: Language,
        state: &'static str,
        title: &str,
        text: &str,
    ) -> Result<Page, PublishingError> {
        let frame = self.closed_frame(language, title);
        let page =
            ClosedPage { frame, state, icon: Icon::Lock.html(), title, text, note: "", more: Vec::new() };
        Ok(Page::html(page.render()?, language, 0).unlisted())
    }

    fn closed_frame(&self, language: Language, title: &str) -> Frame<'_> {
        let head = Head { description: title.to_owned(), noindex: true, ..Head::default() };
        self.frame(language, title.to_owned(), head, "")
    }
}
