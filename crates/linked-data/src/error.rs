//! Why a document was refused.

use thiserror::Error as ThisError;

/// Characters of the document that an error repeats.
const SHOWN: usize = 200;

/// The beginning of a text of the document, for an error about it: an error goes to logs and replies.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Why a document was refused. Every error about a place in the document carries its JSON Pointer (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// Safe mode: a member whose name no context defines would be left out of what is signed.
    #[error("the term \"{term}\" at {pointer} is not defined by the contexts of the document")]
    UndefinedTerm {
        /// Where the member stands.
        pointer: String,
        /// The member's name.
        term: String,
    },
    /// Safe mode: a type that no context defines and that is not an absolute IRI.
    #[error("the type \"{name}\" at {pointer} is not defined by the contexts of the document")]
    UndefinedType {
        /// Where the type stands.
        pointer: String,
        /// The type as written.
        name: String,
    },
    /// Safe mode: a value that must be an absolute IRI is not one.
    #[error("\"{value}\" at {pointer} must be an absolute IRI")]
    RelativeIri {
        /// Where the value stands.
        pointer: String,
        /// The value as written.
        value: String,
    },
    /// Safe mode: a value that JSON-LD leaves out of the RDF.
    #[error("the value at {pointer} would be lost: {reason}")]
    DroppedValue {
        /// Where the value stands.
        pointer: String,
        /// Why it has no place in RDF.
        reason: &'static str,
    },
    /// A context URL that is not built in and that no loader answers for. Nothing is ever fetched.
    #[error("the context \"{url}\" at {pointer} is not one of the built-in contexts")]
    ContextNotAllowed {
        /// Where the URL stands (in the document, or the place that led to it).
        pointer: String,
        /// The URL as resolved.
        url: String,
    },
    /// The document breaks a rule of JSON-LD 1.1.
    #[error("{} at {pointer}: {detail}", rule.name())]
    JsonLd {
        /// The rule that is broken.
        rule: Rule,
        /// Where.
        pointer: String,
        /// The offending name or value.
        detail: String,
    },
    /// A place that is to be filled in a [`Prepared`](crate::Prepared) document cannot be one, or there are not as many texts as places.
    #[error("\"{pointer}\" cannot be filled in: {reason}")]
    NotAHole {
        /// The JSON Pointer as given; empty if no single place is at fault.
        pointer: String,
        /// Why not.
        reason: &'static str,
    },
    /// The document is larger or harder than the [`Budget`](crate::Budget) allows.
    #[error("the document goes past the limit of {limit}")]
    ComplexityLimit {
        /// The member of the budget that ran out, or `context_text`: a context gives its users a text of more than 2,048 bytes to repeat.
        limit: &'static str,
    },
}

impl Error {
    /// The JSON Pointer of the place in the document, where there is one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::UndefinedTerm { pointer, .. }
            | Self::UndefinedType { pointer, .. }
            | Self::RelativeIri { pointer, .. }
            | Self::DroppedValue { pointer, .. }
            | Self::ContextNotAllowed { pointer, .. }
            | Self::JsonLd { pointer, .. }
            | Self::NotAHole { pointer, .. } => Some(pointer),
            Self::ComplexityLimit { .. } => None,
        }
    }

    /// A stable name for programs: `undefined_term`, `undefined_type`, `relative_iri`, `dropped_value`,
    /// `context_not_allowed`, `not_a_hole`, `complexity_limit`, or the snake-case name of a JSON-LD error such as `protected_term_redefinition`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UndefinedTerm { .. } => "undefined_term",
            Self::UndefinedType { .. } => "undefined_type",
            Self::RelativeIri { .. } => "relative_iri",
            Self::DroppedValue { .. } => "dropped_value",
            Self::ContextNotAllowed { .. } => "context_not_allowed",
            Self::JsonLd { rule, .. } => rule.code(),
            Self::NotAHole { .. } => "not_a_hole",
            Self::ComplexityLimit { .. } => "complexity_limit",
        }
    }
}

macro_rules! rules {
    ($($variant:ident $code:literal $name:literal,)*) => {
        /// The [error codes of the JSON-LD 1.1 API](https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode) that reading a document can raise.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Rule {
            /// The snake-case name, as given by [`Error::code`].
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The name as the standard spells it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

rules! {
    CollidingKeywords "colliding_keywords" "colliding keywords",
    ContextOverflow "context_overflow" "context overflow",
    CyclicIriMapping "cyclic_iri_mapping" "cyclic IRI mapping",
    InvalidBaseDirection "invalid_base_direction" "invalid base direction",
    InvalidBaseIri "invalid_base_iri" "invalid base IRI",
    InvalidContainerMapping "invalid_container_mapping" "invalid container mapping",
    InvalidContextEntry "invalid_context_entry" "invalid context entry",
    InvalidContextNullification "invalid_context_nullification" "invalid context nullification",
    InvalidDefaultLanguage "invalid_default_language" "invalid default language",
    InvalidIdValue "invalid_id_value" "invalid @id value",
    InvalidImportValue "invalid_import_value" "invalid @import value",
    InvalidIncludedValue "invalid_included_value" "invalid @included value",
    InvalidIndexValue "invalid_index_value" "invalid @index value",
    InvalidIriMapping "invalid_iri_mapping" "invalid IRI mapping",
    InvalidJsonLiteral "invalid_json_literal" "invalid JSON literal",
    InvalidKeywordAlias "invalid_keyword_alias" "invalid keyword alias",
    InvalidLanguageMapValue "invalid_language_map_value" "invalid language map value",
    InvalidLanguageMapping "invalid_language_mapping" "invalid language mapping",
    InvalidLanguageTaggedString "invalid_language_tagged_string" "invalid language-tagged string",
    InvalidLanguageTaggedValue "invalid_language_tagged_value" "invalid language-tagged value",
    InvalidLocalContext "invalid_local_context" "invalid local context",
    InvalidNestValue "invalid_nest_value" "invalid @nest value",
    InvalidPrefixValue "invalid_prefix_value" "invalid @prefix value",
    InvalidPropagateValue "invalid_propagate_value" "invalid @propagate value",
    InvalidProtectedValue "invalid_protected_value" "invalid @protected value",
    InvalidRemoteContext "invalid_remote_context" "invalid remote context",
    InvalidReverseProperty "invalid_reverse_property" "invalid reverse property",
    InvalidReversePropertyMap "invalid_reverse_property_map" "invalid reverse property map",
    InvalidReversePropertyValue "invalid_reverse_property_value" "invalid reverse property value",
    InvalidReverseValue "invalid_reverse_value" "invalid @reverse value",
    InvalidScopedContext "invalid_scoped_context" "invalid scoped context",
    InvalidSetOrListObject "invalid_set_or_list_object" "invalid set or list object",
    InvalidTermDefinition "invalid_term_definition" "invalid term definition",
    InvalidTypeMapping "invalid_type_mapping" "invalid type mapping",
    InvalidTypeValue "invalid_type_value" "invalid type value",
    InvalidTypedValue "invalid_typed_value" "invalid typed value",
    InvalidValueObject "invalid_value_object" "invalid value object",
    InvalidValueObjectValue "invalid_value_object_value" "invalid value object value",
    InvalidVersionValue "invalid_version_value" "invalid @version value",
    InvalidVocabMapping "invalid_vocab_mapping" "invalid vocab mapping",
    KeywordRedefinition "keyword_redefinition" "keyword redefinition",
    ProtectedTermRedefinition "protected_term_redefinition" "protected term redefinition",
    RecursiveContextInclusion "recursive_context_inclusion" "recursive context inclusion",
}
