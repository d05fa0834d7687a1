//! Where in a document the walk is.

use std::fmt;

/// A place in a document; prints as a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)). Built on the
/// way down without allocating, since most places have no finding.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
    /// Whether the context that defines the `1EdTech…` types is in force here.
    pub(crate) extensions_in_context: bool,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Member(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(crate) fn root() -> Self {
        Self { above: None, step: Step::Root, extensions_in_context: false }
    }

    /// A member of the object here.
    pub(crate) fn member(&'a self, name: &'a str) -> Place<'a> {
        Place { above: Some(self), step: Step::Member(name), ..*self }
    }

    /// An item of the array here.
    pub(crate) fn item(&'a self, index: usize) -> Place<'a> {
        Place { above: Some(self), step: Step::Item(index), ..*self }
    }

    /// This place, with the extensions context in force where it was or is listed now.
    pub(crate) fn under_extensions(&self, listed: bool) -> Self {
        Self { extensions_in_context: self.extensions_in_context || listed, ..*self }
    }

    /// Whether this is not the whole document.
    pub(crate) fn is_inside(&self) -> bool {
        self.above.is_some()
    }

    /// The name of the member that the value here is the value of, array items included.
    pub(crate) fn name(&self) -> &str {
        match (self.step, self.above) {
            (Step::Member(name), _) => name,
            (Step::Item(_), Some(above)) => above.name(),
            _ => "document",
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Item(index) => write!(f, "/{index}"),
            Step::Member(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_prints_as_a_json_pointer() {
        let root = Place::root();
        let list = root.member("a/b~c");
        assert_eq!(list.item(3).to_string(), "/a~1b~0c/3");
        assert_eq!(root.to_string(), "");
    }
}
