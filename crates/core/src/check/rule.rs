//! What a rule is, and the list of all of them.

/// How grave it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the document still counts.
    Warning,
    /// The document must not be issued like this.
    Error,
}

/// Who made a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The published JSON Schemas.
    Schema,
    /// The standard's prose, or that of a standard it builds on.
    Specification,
    /// Accolade: nothing forbids it, but nobody means it.
    House,
}

/// A rule that a document can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The rule's stable name.
    pub id: &'static str,
    /// Who made it.
    pub origin: Origin,
    /// How grave it is in a document that we issue.
    pub severity: Severity,
    /// How grave it is in a document that somebody else issued: what JSON-LD compaction does to arrays, what the
    /// reference validator lets pass and what is bad taste only, does not make a badge of others invalid.
    pub received: Severity,
    /// Link to its source.
    pub spec: &'static str,
    /// What it demands, in one line.
    pub demands: &'static str,
}

/// The address of a section of the Open Badges 3.0 specification.
macro_rules! ob {
    ($section:literal) => {
        concat!("https://www.imsglobal.org/spec/ob/v3p0/#", $section)
    };
}

pub(crate) use ob;

/// Declares the rules of a group, each with the origin that decides about its severities.
macro_rules! rules {
    ($($name:ident: $origin:ident $severity:ident/$received:ident $id:literal, $spec:expr, $demands:literal;)+) => {
        $(
            pub(crate) static $name: $crate::check::rule::Rule = $crate::check::rule::Rule {
                id: $id,
                origin: $crate::check::rule::Origin::$origin,
                severity: $crate::check::rule::Severity::$severity,
                received: $crate::check::rule::Severity::$received,
                spec: $spec,
                demands: $demands,
            };
        )+

        /// Every rule of this group.
        pub(crate) static RULES: &[&$crate::check::rule::Rule] = &[$(&$name),+];
    };
}

pub(crate) use rules;
