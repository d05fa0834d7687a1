//! Short texts that have a form of their own, valid by construction.

/// Declares a text that is valid by construction.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $test:path, $error:ident, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        #[doc = concat!("The text does not have the form of [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error("`{0}` is not {wanted}", wanted = $wanted)]
        pub struct $error(pub String);

        impl $name {
            /// Takes the text if it has the form.
            pub fn parse(text: impl Into<String>) -> Result<Self, $error> {
                let text = text.into();
                if $test(&text) { Ok(Self(text)) } else { Err($error(text)) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(text).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use text;

text! {
    /// A language tag in the standard's own, narrower form: `en`, `de-CH`, `zh-Hant-TW`
    /// ([OB 3.0, LanguageCode](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.languagecode.class)).
    LanguageCode, is_language_code, NotALanguageCode, "a language code, such as en or de-CH"
}

text! {
    /// Two upper-case letters of ISO 3166-1
    /// ([OB 3.0, CountryCode](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.countrycode.class)).
    CountryCode, is_country_code, NotACountryCode, "a country code of two upper-case letters, such as CH"
}

text! {
    /// An e-mail address: something, an `@`, a domain
    /// ([OB 3.0, EmailAddress](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.emailaddress.class)).
    EmailAddress, is_email_address, NotAnEmailAddress, "an e-mail address, such as registrar@example.edu"
}

text! {
    /// A JWS in compact form: three parts of base64url letters
    /// ([OB 3.0, CompactJws](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.derived.compactjws.class)).
    CompactJws, is_compact_jws, NotACompactJws, "a compact JWS of three base64url parts joined by full stops"
}

pub(crate) fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let language = parts.next().unwrap_or_default();
    let is_language = (2..=4).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    if parts.peek().is_some_and(|part| is_script(part)) {
        parts.next();
    }
    let region_is_fine = parts.next().is_none_or(is_region);
    is_language && region_is_fine && parts.next().is_none()
}

fn is_script(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 4
        && bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.all(|b| b.is_ascii_lowercase())
}

fn is_region(text: &str) -> bool {
    is_two_letters(text) || (text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the text is a country code of ISO 3166-1 alpha-2, or `XK`, which everybody uses for Kosovo.
pub(crate) fn is_country_code(text: &str) -> bool {
    is_two_letters(text) && COUNTRY_CODES.split_ascii_whitespace().any(|code| code == text)
}

fn is_two_letters(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The two-letter codes of ISO 3166-1, and `XK`, with blanks between them.
pub const COUNTRY_CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

pub(crate) fn is_email_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !crate::invisible::is_invisible(c);
    let label_is_fine = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && text.len() <= 320
        && text.chars().all(plain)
        && !local.contains(['@', '<', '>', ',', ';', '(', ')', '[', ']', '\\', '"'])
        && domain.split('.').all(label_is_fine)
}

pub(crate) fn is_compact_jws(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let parts: Vec<&str> = text.split('.').collect();
    matches!(parts.as_slice(), [header, _, signature] if !header.is_empty() && !signature.is_empty())
        && parts.iter().all(|part| part.bytes().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_code_has_the_standards_narrow_form() {
        for text in ["en", "en-US", "zh-Hant", "zh-Hant-TW", "es-419", "gsw"] {
            assert!(is_language_code(text), "{text}");
        }
        for text in ["", "e", "EN", "en_US", "en-us", "english", "en-US-x", "en-", "de-CH-1996", "i-klingon"]
        {
            assert!(!is_language_code(text), "{text}");
        }
    }

    #[test]
    fn an_email_address_needs_a_name_and_a_domain() {
        for text in ["a@example.com", "a.b+c@sub.example.edu", "jürgen@exämple.de", "o'neil@example.com"] {
            assert!(is_email_address(text), "{text}");
        }
        for text in [
            "",
            "a",
            "@example.com",
            "a@",
            "a b@example.com",
            "a@b..c",
            "A <a@b.c>",
            "a@b@c.d",
            "mailto:,@x.y",
        ] {
            assert!(!is_email_address(text), "{text}");
        }
    }

    #[test]
    fn a_compact_jws_has_three_parts() {
        assert!(is_compact_jws("e30.e30.c2ln"));
        assert!(is_compact_jws("e30..c2ln"));
        for text in ["", "e30.e30", "e30.e30.", ".e30.c2ln", "e30.e3=.c2ln", "a.b.c.d"] {
            assert!(!is_compact_jws(text), "{text}");
        }
    }
}
