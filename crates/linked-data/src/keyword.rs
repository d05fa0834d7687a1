//! The keywords of JSON-LD 1.1.

macro_rules! keywords {
    ($($variant:ident $name:literal,)*) => {
        /// A [keyword](https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Keyword {
            $($variant,)*
        }

        impl Keyword {
            pub(crate) fn parse(text: &str) -> Option<Self> {
                if !text.starts_with('@') {
                    return None;
                }
                match text {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

keywords! {
    Base "@base",
    Container "@container",
    Context "@context",
    Direction "@direction",
    Graph "@graph",
    Id "@id",
    Import "@import",
    Included "@included",
    Index "@index",
    Json "@json",
    Language "@language",
    List "@list",
    Nest "@nest",
    None "@none",
    Prefix "@prefix",
    Propagate "@propagate",
    Protected "@protected",
    Reverse "@reverse",
    Set "@set",
    Type "@type",
    Value "@value",
    Version "@version",
    Vocab "@vocab",
}

/// Whether a text looks like a keyword (`@` and letters). Such names are reserved: they are ignored where they are no keyword.
pub(crate) fn has_keyword_form(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_after_the_sign_look_like_a_keyword() {
        for (text, expected) in
            [("@id", true), ("@ignoreMe", true), ("@", false), ("@1", false), ("id", false), ("@a-b", false)]
        {
            assert_eq!(has_keyword_form(text), expected, "{text}");
        }
        assert_eq!(Keyword::parse("@id").map(Keyword::name), Some("@id"));
        assert_eq!(Keyword::parse("@foo"), None);
    }
}
