//! Whether a credential counts: the first thing a page says.

use crate::Language;
use crate::Press;
use crate::html::Html;
use crate::icons::Icon;
use crate::words::Words;
use accolade_issuing::views::CredentialSheet;

use accolade_issuing::AwardStatus;

/// The bar at the top: a word, a pictogram, a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// `valid`, `expired`, `revoked`, `suspended`, `superseded` or `not-yet-valid`; the stylesheet colours by it.
    pub(crate) state: &'static str,
    pub(crate) icon: Html,
    pub(crate) word: String,
    pub(crate) sentence: Html,
    pub(crate) reason: Option<String>,
    /// Where it leads on: address and words.
    pub(crate) link: Option<(String, String)>,
}

/// What a credential's record says, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Superseded,
    Revoked,
    Suspended,
    Expired,
    NotYetValid,
    Valid,
}

impl State {
    fn of(sheet: &CredentialSheet) -> State {
        match sheet.award.status {
            AwardStatus::Revoked if sheet.superseded_by.is_some() => State::Superseded,
            AwardStatus::Revoked | AwardStatus::Erased => State::Revoked,
            AwardStatus::Suspended => State::Suspended,
            AwardStatus::Active if sheet.expired => State::Expired,
            AwardStatus::Active if sheet.not_yet_valid => State::NotYetValid,
            AwardStatus::Active => State::Valid,
        }
    }
}

impl Verdict {
    /// The verdict of our own record.
    pub(crate) fn of(press: &Press, sheet: &CredentialSheet, language: Language) -> Verdict {
        let words = press.words(language);
        let state = State::of(sheet);
        let (name, icon, word) = face(state, words);
        let is_withdrawn = matches!(state, State::Revoked | State::Superseded | State::Suspended);
        let leads_on = sheet.superseded_by.as_deref().filter(|_| state == State::Superseded);
        Verdict {
            state: name,
            icon: icon.html(),
            word: word.to_owned(),
            sentence: sentence(state, sheet, language, words),
            reason: sheet.award.status_reason.clone().filter(|_| is_withdrawn),
            link: leads_on
                .and_then(|page| press.link(page))
                .map(|href| (href, words.verdict.superseded_link.clone())),
        }
    }
}

fn face(state: State, words: &Words) -> (&'static str, Icon, &str) {
    let words = &words.verdict;
    match state {
        State::Superseded => ("superseded", Icon::Forward, &words.superseded),
        State::Revoked => ("revoked", Icon::Cross, &words.revoked),
        State::Suspended => ("suspended", Icon::Pause, &words.suspended),
        State::Expired => ("expired", Icon::Clock, &words.expired),
        State::NotYetValid => ("not-yet-valid", Icon::Clock, &words.not_yet),
        State::Valid => ("valid", Icon::Check, &words.valid),
    }
}

fn sentence(state: State, sheet: &CredentialSheet, language: Language, words: &Words) -> Html {
    let words = &words.verdict;
    let award = &sheet.award;
    let (phrase, moment) = match state {
        State::Superseded => (&words.superseded_text, award.updated_at),
        State::Revoked => (&words.revoked_text, award.updated_at),
        State::Suspended => (&words.suspended_text, award.updated_at),
        State::Expired => (&words.expired_text, award.valid_until.unwrap_or(award.valid_from)),
        State::NotYetValid => (&words.not_yet_text, award.valid_from),
        State::Valid => match award.valid_until {
            Some(until) => (&words.valid_until_text, until),
            None => (&words.valid_text, award.valid_from),
        },
    };
    let (issuer, date) = (Html::isolated(&sheet.issuer.name), language.day_html(moment));
    phrase.html(&[("issuer", &issuer), ("date", &date)])
}
