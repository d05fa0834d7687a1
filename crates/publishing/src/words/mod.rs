//! What pages say, in every language: `messages/*.toml`, read once. A key that a page uses and a file lacks, or the other way
//! round, stops [`crate::Press::new`].

mod phrase;
mod sections;
mod taking_part;
#[cfg(test)]
mod tests;

pub(crate) use phrase::Phrase;
pub(crate) use sections::{Report as ReportWords, Terms, Words, said};
pub(crate) use taking_part::Catalogue as CatalogueWords;

use crate::Language;

/// A message file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("messages/{language}.toml: {detail}")]
pub struct WordsError {
    language: &'static str,
    detail: String,
}

/// The words of all languages.
#[derive(Debug, Clone)]
pub(crate) struct Dictionary {
    en: Words,
    es: Words,
    fr: Words,
    de: Words,
    zh: Words,
    ar: Words,
}

impl Dictionary {
    pub(crate) fn read() -> Result<Dictionary, WordsError> {
        let words = |language: Language| {
            toml::from_str(source(language)).map_err(|fault: toml::de::Error| WordsError {
                language: language.tag(),
                detail: fault.to_string(),
            })
        };
        Ok(Dictionary {
            en: words(Language::En)?,
            es: words(Language::Es)?,
            fr: words(Language::Fr)?,
            de: words(Language::De)?,
            zh: words(Language::Zh)?,
            ar: words(Language::Ar)?,
        })
    }

    pub(crate) fn words(&self, language: Language) -> &Words {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
            Language::Fr => &self.fr,
            Language::De => &self.de,
            Language::Zh => &self.zh,
            Language::Ar => &self.ar,
        }
    }
}

fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../messages/en.toml"),
        Language::Es => include_str!("../../messages/es.toml"),
        Language::Fr => include_str!("../../messages/fr.toml"),
        Language::De => include_str!("../../messages/de.toml"),
        Language::Zh => include_str!("../../messages/zh.toml"),
        Language::Ar => include_str!("../../messages/ar.toml"),
    }
}
