//! Active contexts: what the terms of a document mean at one place of it
//! ([JSON-LD API, section 4](https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms)).
//!
//! A processed context never changes, so it is shared. Contexts made of built-in contexts only are kept between documents
//! ([`cache`]); that is where the speed comes from, because reading two contexts of 24 kB costs a hundred times more than a small document.

mod build;
mod cache;
mod define;
mod normal;
mod process;

use std::sync::{Arc, LazyLock};

use hashbrown::HashMap;
use serde_json::Value;

use crate::iri::{self, Known};
use crate::keyword::{Keyword, has_keyword_form};

pub use normal::normal_form;
pub(crate) use process::{How, Local, Processor};

/// The meaning of every term at one place of a document.
#[derive(Debug, Clone)]
pub(crate) struct ActiveContext {
    /// Stands for this context in cache keys.
    pub(crate) id: u64,
    /// Made of built-in contexts only, so other documents may use it.
    pub(crate) built_in: bool,
    terms: HashMap<Arc<str>, Arc<Term>>,
    /// The terms that stand for keywords, which are asked for at every member of a document; nothing where they are many.
    aliases: Option<Vec<(Arc<str>, Keyword)>>,
    base: Base,
    vocab: Option<Arc<str>>,
    pub(crate) language: Option<Arc<str>>,
    pub(crate) direction: Option<TextDirection>,
    /// What holds again inside the nodes below, when this context is not propagated.
    pub(crate) previous: Option<Arc<ActiveContext>>,
    has_protected: bool,
}

/// The base IRI. The document's own stays outside, so that one cached context serves all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Base {
    OfDocument,
    Nothing,
    Iri(Arc<str>),
}

/// A base direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextDirection {
    LeftToRight,
    RightToLeft,
}

impl TextDirection {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "ltr" => Some(Self::LeftToRight),
            "rtl" => Some(Self::RightToLeft),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A term definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) mapping: Mapping,
    prefix: bool,
    protected: bool,
    pub(crate) reverse: bool,
    pub(crate) coercion: Option<Coercion>,
    /// Outer `None`: nothing said, the default of the context holds. Inner `None`: no language, on purpose.
    pub(crate) language: Option<Option<Arc<str>>>,
    /// As for `language`.
    pub(crate) direction: Option<Option<TextDirection>>,
    pub(crate) container: Container,
    pub(crate) index: Option<Arc<str>>,
    nest: Option<Arc<str>>,
    pub(crate) context: Option<Scoped>,
}

impl Term {
    /// The texts that its users repeat.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let mapping = match &self.mapping {
            Mapping::Iri(iri) => Some(&**iri),
            Mapping::Null | Mapping::Keyword(_) => None,
        };
        let datatype = match &self.coercion {
            Some(Coercion::Datatype(datatype)) => Some(&**datatype),
            _ => None,
        };
        let language = self.language.as_ref().and_then(Option::as_deref);
        [mapping, datatype, language, self.index.as_deref()].into_iter().flatten()
    }
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// Nothing, on purpose.
    Null,
    Keyword(Keyword),
    /// An IRI (with a scheme, or relative to an empty vocabulary) or a blank node identifier.
    Iri(Known),
}

/// The type that values of a term are read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Coercion {
    Id,
    Vocab,
    Json,
    /// No type, on purpose.
    None,
    /// A datatype IRI.
    Datatype(Known),
}

/// The containers of a term, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Container(u8);

impl Container {
    pub(crate) const LIST: Self = Self(1);
    pub(crate) const SET: Self = Self(2);
    pub(crate) const LANGUAGE: Self = Self(4);
    pub(crate) const INDEX: Self = Self(8);
    pub(crate) const ID: Self = Self(16);
    pub(crate) const TYPE: Self = Self(32);
    pub(crate) const GRAPH: Self = Self(64);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// A context that holds within a term's values or within nodes of a type.
#[derive(Debug, Clone)]
pub(crate) struct Scoped {
    held: Held,
    /// The URL that references in it resolve against.
    base: Option<Arc<str>>,
}

#[derive(Debug, Clone)]
enum Held {
    BuiltIn(&'static Value),
    Own(Arc<Value>),
}

impl Scoped {
    fn local(&self) -> Local<'_> {
        match &self.held {
            Held::BuiltIn(value) => Local::BuiltIn(value),
            Held::Own(value) => Local::Own(value),
        }
    }
}

impl PartialEq for Scoped {
    fn eq(&self, other: &Self) -> bool {
        self.local().value() == other.local().value()
    }
}

impl Eq for Scoped {}

/// What an IRI expansion gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expanded<'a> {
    /// Nothing: the name is reserved, or set to mean nothing.
    Null,
    Keyword(Keyword),
    /// What a term stands for: an IRI, a blank node identifier or a reference that stayed relative.
    Known(&'a Known),
    /// The same, taken over from the document.
    Borrowed(&'a str),
    /// The same, put together.
    Owned(String),
}

impl Expanded<'_> {
    /// The IRI or reference, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Known(iri) => Some(iri),
            Self::Borrowed(text) => Some(text),
            Self::Owned(text) => Some(text),
            Self::Null | Self::Keyword(_) => None,
        }
    }

    /// Whether it is an IRI that can stand in N-Quads.
    pub(crate) fn is_well_formed(&self) -> bool {
        match self {
            Self::Known(iri) => iri.written().is_some(),
            other => other.text().is_some_and(iri::is_well_formed),
        }
    }
}

/// So many names are compared sooner than one is looked up.
const MOST_ALIASES: usize = 8;

static INITIAL: LazyLock<Arc<ActiveContext>> = LazyLock::new(|| {
    Arc::new(ActiveContext {
        id: 0,
        built_in: true,
        terms: HashMap::new(),
        aliases: Some(Vec::new()),
        base: Base::OfDocument,
        vocab: None,
        language: None,
        direction: None,
        previous: None,
        has_protected: false,
    })
});

impl ActiveContext {
    /// The context before any context.
    pub(crate) fn initial() -> Arc<Self> {
        Arc::clone(&INITIAL)
    }

    pub(crate) fn term(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).map(AsRef::as_ref)
    }

    /// The base IRI that references resolve against here.
    pub(crate) fn base<'a>(&'a self, of_document: Option<&'a str>) -> Option<&'a str> {
        match &self.base {
            Base::OfDocument => of_document,
            Base::Nothing => None,
            Base::Iri(iri) => Some(iri),
        }
    }

    /// What a member name or a type stands for (IRI expansion with `vocab` true and `document relative` false).
    pub(crate) fn expand_name<'a>(&'a self, name: &'a str) -> Expanded<'a> {
        if let Some(keyword) = Keyword::parse(name) {
            return Expanded::Keyword(keyword);
        }
        match self.terms.get(name).map(|term| &term.mapping) {
            Some(Mapping::Null) => return Expanded::Null,
            Some(Mapping::Keyword(keyword)) => return Expanded::Keyword(*keyword),
            Some(Mapping::Iri(iri)) => return Expanded::Known(iri),
            None => {}
        }
        if has_keyword_form(name) {
            return Expanded::Null;
        }
        if let Some(expanded) = self.expand_colon(name) {
            return expanded;
        }
        match &self.vocab {
            Some(vocab) => Expanded::Owned(format!("{vocab}{name}")),
            None => Expanded::Borrowed(name),
        }
    }

    /// The keyword that a member name stands for, if it stands for one. Nothing is put together to find that out.
    pub(crate) fn keyword(&self, name: &str) -> Option<Keyword> {
        if let Some(keyword) = Keyword::parse(name) {
            return Some(keyword);
        }
        match &self.aliases {
            Some(aliases) => aliases.iter().find(|(alias, _)| **alias == *name).map(|&(_, keyword)| keyword),
            None => match self.terms.get(name)?.mapping {
                Mapping::Keyword(keyword) => Some(keyword),
                Mapping::Iri(_) | Mapping::Null => None,
            },
        }
    }

    /// To be called when the terms have changed.
    fn note_aliases(&mut self) {
        let alias = |(name, term): (&Arc<str>, &Arc<Term>)| match term.mapping {
            Mapping::Keyword(keyword) => Some((Arc::clone(name), keyword)),
            Mapping::Iri(_) | Mapping::Null => None,
        };
        let aliases: Vec<_> = self.terms.iter().filter_map(alias).take(MOST_ALIASES + 1).collect();
        self.aliases = Some(aliases).filter(|aliases| aliases.len() <= MOST_ALIASES);
    }

    /// What a type stands for: a name, and if that stays relative a reference (both flags true).
    pub(crate) fn expand_type<'a>(&'a self, name: &'a str, base: Option<&str>) -> Expanded<'a> {
        match self.expand_name(name) {
            Expanded::Borrowed(text) if std::ptr::eq(text, name) && !text.contains(':') => {
                resolved(self.base(base), text)
            }
            other => other,
        }
    }

    /// What an identifier stands for (`document relative` true, `vocab` false).
    pub(crate) fn expand_id<'a>(&'a self, id: &'a str, base: Option<&str>) -> Expanded<'a> {
        if let Some(keyword) = self.keyword(id) {
            return Expanded::Keyword(keyword);
        }
        if has_keyword_form(id) {
            return Expanded::Null;
        }
        self.expand_colon(id).unwrap_or_else(|| resolved(self.base(base), id))
    }

    /// The steps of IRI expansion for a text with a colon; `None` if they do not settle it.
    fn expand_colon<'a>(&'a self, text: &'a str) -> Option<Expanded<'a>> {
        let (prefix, suffix) = split_compact(text)?;
        if prefix == "_" || suffix.starts_with("//") {
            return Some(Expanded::Borrowed(text));
        }
        if let Some(term) = self.terms.get(prefix)
            && term.prefix
            && let Mapping::Iri(iri) = &term.mapping
        {
            return Some(Expanded::Owned(format!("{}{suffix}", &**iri)));
        }
        iri::is_absolute(text).then_some(Expanded::Borrowed(text))
    }
}

/// Prefix and suffix of a text with a colon after its first character.
fn split_compact(text: &str) -> Option<(&str, &str)> {
    iri::split_at_colon(text).filter(|(prefix, _)| !prefix.is_empty())
}

fn resolved<'a>(base: Option<&str>, reference: &'a str) -> Expanded<'a> {
    match base {
        Some(base) => Expanded::Owned(iri::resolve(base, reference)),
        None => Expanded::Borrowed(reference),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use crate::{Options, canonicalize};

    #[test]
    fn a_keyword_may_have_any_number_of_names() {
        for count in [1, 8, 9, 40] {
            let aliases: Map<_, _> = (0..count).map(|number| (format!("i{number}"), json!("@id"))).collect();
            let last = format!("i{}", count - 1);
            let document = json!({"@context": aliases, last: "urn:a", "urn:p": {"i0": "urn:b"}});
            let text = canonicalize(&document, &Options::default());
            assert_eq!(text.as_deref(), Ok("<urn:a> <urn:p> <urn:b> .\n"), "{count}");
        }
    }
}
