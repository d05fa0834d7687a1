//! Rules about the form of single values.

use super::findings::Findings;
use super::place::Place;
use super::rule::{ob, rules};
use super::shape::Vocabulary;
use super::{suggest, texts};
use crate::text;
use crate::time::{Date, Timestamp};
use crate::uri;
use crate::vocabulary::is_extension_term;

rules! {
    URI_NOT_ABSOLUTE: Specification Error/Error "uri-not-absolute", ob!("org.1edtech.ob.v3p0.derived.uri.class"),
        "A URI is absolute and well formed.";
    URI_BEYOND_ASCII: House Warning/Warning "uri-beyond-ascii", "https://www.rfc-editor.org/rfc/rfc3986#section-2",
        "A URI has only ASCII characters; others are percent-encoded.";
    URI_PLACEHOLDER: House Error/Warning "uri-placeholder", ob!("org.1edtech.ob.v3p0.derived.uri.class"),
        "No part of a URI is a template's or a program's word for nothing.";
    URI_NOT_WEB: House Warning/Warning "uri-not-web", ob!("org.1edtech.ob.v3p0.derived.url.class"),
        "What people will open is on the web.";
    IMAGE_FORMAT: House Warning/Warning "image-format", ob!("image"),
        "An image in a data URI is PNG or SVG.";
    DATE_TIME_FORM: Schema Error/Error "date-time-form", ob!("data-models"),
        "A date-time is of ISO 8601 with a zone.";
    DATE_FORM: Schema Error/Error "date-form", ob!("data-models"),
        "A date is a day of the calendar in the form YYYY-MM-DD.";
    LANGUAGE_FORM: Schema Error/Error "language-form", ob!("org.1edtech.ob.v3p0.derived.languagecode.class"),
        "A language code has the standard's form.";
    COUNTRY_UNKNOWN: Specification Error/Warning "country-unknown", ob!("org.1edtech.ob.v3p0.derived.countrycode.class"),
        "A country code is one of ISO 3166-1 alpha-2.";
    EMAIL_FORM: Specification Error/Warning "email-form", ob!("org.1edtech.ob.v3p0.derived.emailaddress.class"),
        "An e-mail address has the form of one.";
    JWS_FORM: Schema Error/Error "jws-form", ob!("org.1edtech.ob.v3p0.derived.compactjws.class"),
        "A compact JWS has three base64url parts.";
    NUMBER_RANGE: Specification Error/Warning "number-range", ob!("data-models"),
        "A number is within the bounds of what it measures.";
    TERM_UNKNOWN: Schema Error/Error "term-unknown", ob!("data-models"),
        "A term is of its word list, or an `ext:` term where the list may be extended.";
    TERM_EXTENSION_FORM: Specification Error/Warning "term-extension-form", ob!("extending"),
        "A term of one's own is `ext:` and letters, digits, `.`, `-`, `_`.";
}

pub(crate) fn uri(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if !uri::is_absolute(text) {
        let hint = match texts::template_in(text) {
            Some(template) => format!(" The template `{template}` was not filled in."),
            None if text.contains('.') && !text.contains(':') => format!(" Perhaps https://{text}?"),
            None => String::new(),
        };
        let detail = format!(
            "`{}` must be an absolute URI such as https://example.edu/badges/1 or urn:uuid:…, not \"{}\".{hint}",
            place.name(),
            texts::excerpt(text)
        );
        findings.add(&URI_NOT_ABSOLUTE, place, detail);
        return;
    }
    if !text.is_ascii() {
        let detail = format!("`{}` has characters beyond ASCII; percent-encode them.", place.name());
        findings.add(&URI_BEYOND_ASCII, place, detail);
    }
    let is_data = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    let parts = text.split(['/', ':', '?', '#', '=', '&']);
    if let Some(part) = parts.skip(1).find(|part| !is_data && texts::is_word_for_nothing(part)) {
        let detail = format!("`{}` holds \"{part}\": a value was missing when it was made.", place.name());
        findings.add(&URI_PLACEHOLDER, place, detail);
    }
}

pub(crate) fn url(text: &str, place: &Place<'_>, findings: &mut Findings) {
    uri(text, place, findings);
    if uri::is_absolute(text) && !uri::is_web(text) {
        let detail = format!("`{}` is a URI that browsers do not open; use an https URL.", place.name());
        findings.add(&URI_NOT_WEB, place, detail);
    }
}

pub(crate) fn image_uri(text: &str, place: &Place<'_>, findings: &mut Findings) {
    uri(text, place, findings);
    let lower: String = text.chars().take(15).collect::<String>().to_lowercase();
    if lower.starts_with("data:")
        && !lower.starts_with("data:image/png")
        && !lower.starts_with("data:image/svg+")
    {
        findings.add(&IMAGE_FORMAT, place, "An image in a data URI should be image/png or image/svg+xml.");
    }
}

pub(crate) fn date_time(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if Timestamp::parse(text).is_ok() {
        return;
    }
    let with_zone = format!("{text}Z");
    let hint = if Timestamp::parse(&with_zone).is_ok() {
        format!(" It lacks a zone: {with_zone} would be right for UTC.")
    } else if Date::parse(text).is_ok() {
        format!(" It lacks a time: {text}T00:00:00Z would be its first moment in UTC.")
    } else {
        String::new()
    };
    let detail = format!(
        "`{}` must be a date-time with a zone, such as 2026-11-23T10:00:00Z, not \"{}\".{hint}",
        place.name(),
        texts::excerpt(text)
    );
    findings.add(&DATE_TIME_FORM, place, detail);
}

pub(crate) fn date(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if Date::parse(text).is_err() {
        let detail =
            format!("`{}` must be a day such as 2001-02-03, not \"{}\".", place.name(), texts::excerpt(text));
        findings.add(&DATE_FORM, place, detail);
    }
}

pub(crate) fn language(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if !text::is_language_code(text) {
        let detail = format!(
            "`{}` must be a language code such as en, de-CH or zh-Hant-TW, not \"{}\".",
            place.name(),
            texts::excerpt(text)
        );
        findings.add(&LANGUAGE_FORM, place, detail);
    }
}

pub(crate) fn country(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if text::is_country_code(text) {
        return;
    }
    let upper = text.to_ascii_uppercase();
    let hint = match upper.as_str() {
        "UK" => " The United Kingdom is GB.".to_owned(),
        "EL" => " Greece is GR.".to_owned(),
        _ if text::is_country_code(&upper) => format!(" Perhaps {upper}?"),
        _ => String::new(),
    };
    let detail = format!(
        "`{}` must be a country code of ISO 3166-1 with two capital letters, such as CH, not \"{}\".{hint}",
        place.name(),
        texts::excerpt(text)
    );
    findings.add(&COUNTRY_UNKNOWN, place, detail);
}

pub(crate) fn email(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if !text::is_email_address(text) {
        let detail = format!(
            "`{}` must be an e-mail address such as registrar@example.edu, not \"{}\".",
            place.name(),
            texts::excerpt(text)
        );
        findings.add(&EMAIL_FORM, place, detail);
    }
}

pub(crate) fn jws(text: &str, place: &Place<'_>, findings: &mut Findings) {
    if !text::is_compact_jws(text) {
        let detail = "A compact JWS is three parts of base64url letters joined by full stops.";
        findings.add(&JWS_FORM, place, detail);
    }
}

pub(crate) fn number(number: f64, min: f64, max: f64, place: &Place<'_>, findings: &mut Findings) {
    if !(min..=max).contains(&number) {
        let bounds = if max == f64::MAX { format!("at least {min}") } else { format!("from {min} to {max}") };
        let detail = format!("`{}` must be {bounds}, not {number}.", place.name());
        findings.add(&NUMBER_RANGE, place, detail);
    }
}

pub(crate) fn term(text: &str, vocabulary: &'static Vocabulary, place: &Place<'_>, findings: &mut Findings) {
    if vocabulary.terms.contains(&text) || (vocabulary.extensible && is_extension_term(text)) {
        return;
    }
    let shown = texts::excerpt(text);
    if vocabulary.extensible && resembles_extension_term(text) {
        let detail = format!(
            "\"{shown}\" is no {} of one's own: that is `ext:` and letters, digits, `.`, `-`, `_`.",
            vocabulary.name
        );
        findings.add(&TERM_EXTENSION_FORM, place, detail);
        return;
    }
    let mistake = vocabulary.mistakes.iter().find(|(wrong, _)| wrong.eq_ignore_ascii_case(text));
    let hint = match mistake.map(|(_, right)| *right).or_else(|| suggest::nearest(text, vocabulary.terms)) {
        Some(meant) => format!(" Did you mean \"{meant}\"?"),
        None => format!(" It is one of {}.", vocabulary.terms.join(", ")),
    };
    let own = if vocabulary.extensible { " A term of your own starts with `ext:`." } else { "" };
    let detail = format!("\"{shown}\" is no {}.{hint}{own}", vocabulary.name);
    findings.add_as(&TERM_UNKNOWN, vocabulary.spec, place, detail);
}

/// Whether the published schemas' pattern, which is not anchored and misplaces a hyphen, takes the text.
fn resembles_extension_term(text: &str) -> bool {
    let may_follow = |c: char| c.is_ascii_alphanumeric() || matches!(c, '|' | '.' | '_');
    text.split("ext:").skip(1).any(|rest| rest.starts_with(may_follow))
}
