//! A Bitstring status list, or its predecessor of 2021: fetched, proved to be the issuer's, and read.

use std::sync::Arc;

use accolade_linked_data::json;
use accolade_signing::status_list::{self, Bitstring, DecodeOptions, FEWEST_ENTRIES, StatusListError};
use accolade_signing::vc_jwt;
use serde_json::Value;

use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{ACCEPT_CREDENTIAL, place_of, unreachable};
use crate::report::{Flaw, Trouble};
use crate::v3::embedded::Secured;
use crate::v3::shape::Vocabularies;
use crate::v3::signatory::Signatory;
use crate::v3::validity::Life;
use crate::v3::{embedded, older, shape, token, validity, views};

/// Which of the two standards a list follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standard {
    /// [Bitstring Status List](https://www.w3.org/TR/vc-bitstring-status-list/).
    Bitstring,
    /// [Status List 2021](https://www.w3.org/TR/2023/WD-vc-status-list-20230427/).
    Of2021,
}

impl Standard {
    /// The standard of an entry of that type.
    pub(super) fn of_entry(kind: &str) -> Option<Self> {
        match kind {
            "BitstringStatusListEntry" => Some(Self::Bitstring),
            "StatusList2021Entry" => Some(Self::Of2021),
            _ => None,
        }
    }

    /// The types of the credential and of the list in it.
    fn types(self) -> (&'static str, &'static str) {
        match self {
            Self::Bitstring => ("BitstringStatusListCredential", "BitstringStatusList"),
            Self::Of2021 => ("StatusList2021Credential", "StatusList2021"),
        }
    }

    /// `encodedList` as the newer standard writes it. The older one has no letter for the alphabet in front, and did not
    /// say which of the two it is.
    fn encoded(self, list: &str) -> String {
        match self {
            Self::Bitstring => list.to_owned(),
            Self::Of2021 => {
                let letters = list.trim_end_matches('=').replace('+', "-").replace('/', "_");
                format!("u{letters}")
            }
        }
    }
}

/// An entry of a badge's `credentialStatus`.
pub(super) struct Entry<'a> {
    pub(super) standard: Standard,
    pub(super) list_url: &'a str,
    pub(super) purpose: &'a str,
    pub(super) index: &'a Value,
    pub(super) size: Option<&'a Value>,
}

/// The status an entry has in its list. A list that cannot be had leaves the matter open; one that is not the issuer's,
/// or is broken, speaks against the badge.
pub(super) async fn look_up(case: &mut Case<'_>, issuer: &str, entry: &Entry<'_>) -> Result<u8, Trouble> {
    let index = status_list::index(entry.index).map_err(|error| worded(&error))?;
    let size = status_list::size(entry.size).map_err(|error| worded(&error))?;
    let (list, life) = fetch(case, issuer, entry.list_url).await?;
    check_frame(case, &list, life, issuer, entry)?;
    let subject = list.get("credentialSubject").cloned().unwrap_or_default();
    check_purpose(&subject, entry)?;
    let encoded = subject.get("encodedList").and_then(Value::as_str).unwrap_or_default();
    let encoded = entry.standard.encoded(encoded);
    // As many entries as ever, of so many bits each.
    let bounds = DecodeOptions { min_entries: FEWEST_ENTRIES * size, ..DecodeOptions::default() };
    let hands = case.library.hands;
    hands
        .compute(move || Bitstring::decode(&encoded, &bounds)?.status(index, size))
        .await?
        .map_err(|error| worded(&error))
}

/// The list in the words of VCDM 2.0 and the time of its signature, verified with a key of the credential's own issuer.
async fn fetch(case: &mut Case<'_>, issuer: &str, url: &str) -> Result<(Arc<Value>, Life), Trouble> {
    let hands = case.library.hands;
    let fetched = case.library.fetch_kept(url, ACCEPT_CREDENTIAL, Keeping::STATUS).await;
    let fetched = fetched.map_err(|error| unreachable(url, "the issuer's list of revoked badges", error))?;
    if fetched.status != 200 {
        return Err(unknown(url, "is not where the badge says"));
    }
    let text = std::str::from_utf8(&fetched.body).map_err(|_| unknown(url, "cannot be read"))?.trim();
    if vc_jwt::looks_like_jwt(text) {
        let text = Arc::from(text);
        let read = hands.compute(move || token::Token::read(text)).await?;
        let vc = read.map_err(|error| unproved(error.code()))?;
        same_issuer(&vc.claims.iss, issuer)?;
        let findings = token::examine(&mut case.library, case.now, Signatory::issuer(issuer), &vc).await;
        proved(findings.trouble())?;
        return Ok((vc.words(), vc.life()));
    }
    let text = text.to_owned();
    let read = move || {
        let list = json::parse(text.as_bytes())?;
        let contexts = shape::contexts(&list, Vocabularies::Any);
        Ok::<_, json::JsonError>((Arc::new(list), contexts))
    };
    let (list, contexts) = hands.compute(read).await?.map_err(|_| unknown(url, "cannot be read"))?;
    same_issuer(views::issuer_id(&list).unwrap_or_default(), issuer)?;
    contexts?;
    let findings =
        embedded::examine(&mut case.library, case.now, Signatory::issuer(issuer), Secured::of(&list)).await;
    proved(findings.trouble())?;
    Ok((older::in_words_of_v2(&list), Life::default()))
}

fn proved(trouble: Option<&Trouble>) -> Result<(), Trouble> {
    match trouble {
        None => Ok(()),
        Some(Trouble::Gap(gap)) => Err(Trouble::Gap(gap.clone())),
        Some(Trouble::Flaw(flaw)) => Err(unproved(flaw.code)),
    }
}

fn unproved(code: &'static str) -> Trouble {
    Trouble::flaw(
        "status_list_unproved",
        format!(
            "The list of revoked badges could not be shown to be the issuer's own ({code}), so it proves nothing."
        ),
    )
}

fn same_issuer(of_list: &str, issuer: &str) -> Result<(), Trouble> {
    if of_list == issuer && !issuer.is_empty() {
        return Ok(());
    }
    Err(Trouble::flaw(
        "status_list_issuer",
        "The list of revoked badges belongs to someone else than the issuer of the badge.",
    ))
}

/// Type, id and time of the list.
fn check_frame(
    case: &Case<'_>,
    list: &Value,
    life: Life,
    issuer: &str,
    entry: &Entry<'_>,
) -> Result<(), Trouble> {
    same_issuer(views::issuer_id(list).unwrap_or_default(), issuer)?;
    if !shape::texts(list.get("type")).any(|kind| kind == entry.standard.types().0) {
        return Err(Trouble::flaw(
            "bad_status_list",
            "What should be the list of revoked badges is something else.",
        ));
    }
    if list.get("id").is_some_and(|id| id.as_str() != Some(entry.list_url)) {
        return Err(Trouble::flaw(
            "bad_status_list",
            "The list of revoked badges is not the one the badge names.",
        ));
    }
    validity::period(list, life).and_then(|period| period.contains(case.now)).map_err(|trouble| {
        Trouble::gap(
            "status_list_stale",
            format!(
                "The list of revoked badges is not a current one ({}), so it does not tell today's state.",
                trouble.code()
            ),
        )
    })
}

fn check_purpose(subject: &Value, entry: &Entry<'_>) -> Result<(), Flaw> {
    let is_list = shape::texts(subject.get("type")).any(|kind| kind == entry.standard.types().1);
    if !is_list || !shape::texts(subject.get("statusPurpose")).any(|stated| stated == entry.purpose) {
        return Err(Flaw::new(
            "STATUS_VERIFICATION_ERROR",
            "The list the badge names is kept for another purpose than the badge says.",
        ));
    }
    Ok(())
}

fn unknown(url: &str, what: &str) -> Trouble {
    Trouble::gap(
        "status_unknown",
        format!(
            "The issuer's list of revoked badges at {} {what}, so it is not known whether the badge still counts.",
            place_of(url)
        ),
    )
}

fn worded(error: &StatusListError) -> Trouble {
    let detail = match error {
        StatusListError::TooShort { .. } => {
            "The list of revoked badges is too short to be one by the standard.".to_owned()
        }
        StatusListError::TooLarge { .. } => {
            "The list of revoked badges unpacks to far more than any list needs.".to_owned()
        }
        StatusListError::BadIndex => {
            "The badge's place in the list of revoked badges is not a place in that list.".to_owned()
        }
        other => format!("The list of revoked badges is broken: {other}."),
    };
    Trouble::flaw(error.code(), detail)
}
