//! How classes are described: members, their kinds, what is demanded.

use serde_json::Value;

use super::findings::Findings;
use super::place::Place;
use crate::class::Class;

/// A class as the rules see it.
pub(crate) struct Shape {
    /// The class's name in the standard.
    pub(crate) name: &'static str,
    /// Where the standard describes it.
    pub(crate) spec: &'static str,
    /// Of each row, `type` must hold one.
    pub(crate) types: &'static [&'static [&'static str]],
    /// Whether other members may stand beside the standard's.
    pub(crate) open: bool,
    /// The standard's members.
    pub(crate) members: &'static [Member],
    /// Rules about how the members hang together.
    pub(crate) rules: &'static [NodeRule],
}

/// A rule over one object, given the whole object and its place.
pub(crate) type NodeRule = fn(&Value, &Place<'_>, &mut Findings);

/// A member of a class.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) kind: Kind,
}

/// What a member's value has to be.
pub(crate) enum Kind {
    /// Anything; a rule of its own looks at it.
    Any,
    /// A text that people read as a name.
    Name,
    /// Any other text.
    Text,
    /// An absolute URI.
    Uri,
    /// An absolute URI that people will open.
    Url,
    /// The URI of an image, or the image as a data URI.
    ImageUri,
    /// A date-time with zone.
    DateTime,
    /// A day.
    Date,
    /// A number within bounds.
    Number { min: f64, max: f64 },
    /// True or false.
    Bool,
    /// A language code of the standard's form.
    Language,
    /// A country code of ISO 3166-1.
    Country,
    /// An e-mail address.
    Email,
    /// A compact JWS.
    Jws,
    /// A term of a word list.
    Term(&'static Vocabulary),
    /// The `type` of a class that may have more types.
    Types,
    /// The `type` of a class that must have this one only.
    OnlyType,
    /// The `@context` of a credential.
    Contexts,
    /// An object of a class.
    Object(&'static Shape),
    /// One object of a class where readers elsewhere also take an array of them.
    OneObject(&'static Shape),
    /// An object of a class, or its URI.
    ObjectOrUri(&'static Shape),
    /// An array.
    List(&'static Self),
}

/// A word list.
pub(crate) struct Vocabulary {
    /// What the terms are, for messages.
    pub(crate) name: &'static str,
    pub(crate) terms: &'static [&'static str],
    /// Whether `ext:` terms may stand beside the list's.
    pub(crate) extensible: bool,
    /// Usual mistakes and what was meant.
    pub(crate) mistakes: &'static [(&'static str, &'static str)],
    pub(crate) spec: &'static str,
}

/// A member that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind) -> Member {
    Member { name, required: true, kind }
}

/// A member that may be there.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Member {
    Member { name, required: false, kind }
}

impl Shape {
    /// An open class of the model without rules of its own.
    pub(crate) const fn open<C: Class>(spec: &'static str, members: &'static [Member]) -> Self {
        Self { name: C::NAME, spec, types: C::TYPES, open: true, members, rules: &[] }
    }

    /// A closed class of the model without rules of its own.
    pub(crate) const fn closed<C: Class>(spec: &'static str, members: &'static [Member]) -> Self {
        Self { open: false, ..Self::open::<C>(spec, members) }
    }

    /// The same class with rules of its own.
    pub(crate) const fn with(mut self, rules: &'static [NodeRule]) -> Self {
        self.rules = rules;
        self
    }
}
