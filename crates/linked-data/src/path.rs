//! Where we are in the document, written down only when something is wrong there.

/// Bytes of the longest pointer.
const LONGEST: usize = 2_048;

/// One step into the document. It lives on the stack of the walk, so the way costs nothing until it is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Member(&'p str),
    Item(usize),
}

impl<'p> Path<'p> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    pub(crate) fn member(&'p self, name: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Member(name) }
    }

    pub(crate) fn item(&'p self, index: usize) -> Path<'p> {
        Path { parent: Some(self), step: Step::Item(index) }
    }

    pub(crate) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// The JSON Pointer of this place (RFC 6901); of the last place above it, if that would be longer than an error should be.
    pub(crate) fn pointer(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, LONGEST);
        out
    }

    /// The JSON Pointer of this place, however long.
    pub(crate) fn whole_pointer(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, usize::MAX);
        out
    }

    /// Writes the pointer as far as there is room; tells whether it is whole.
    fn write(&self, out: &mut String, room: usize) -> bool {
        let Some(parent) = self.parent else { return true };
        if !parent.write(out, room) {
            return false;
        }
        let before = out.len();
        match self.step {
            Step::Root => {}
            Step::Member(name) => push_member(out, name),
            Step::Item(index) => {
                out.push('/');
                out.push_str(&index.to_string());
            }
        }
        let is_whole = out.len() <= room;
        if !is_whole {
            out.truncate(before);
        }
        is_whole
    }
}

/// Appends a member name to a JSON Pointer.
pub(crate) fn push_member(pointer: &mut String, name: &str) {
    pointer.push('/');
    for c in name.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_escapes_what_rfc_6901_escapes() {
        let first = Path::ROOT.member("a/b");
        let second = first.item(3);
        assert_eq!(second.member("m~n").pointer(), "/a~1b/3/m~0n");
        assert_eq!(Path::ROOT.pointer(), "");
    }

    #[test]
    fn a_pointer_that_is_too_long_leads_as_far_as_there_is_room() {
        let long = "x".repeat(3_000);
        let first = Path::ROOT.member("a");
        let second = first.member(&long);
        assert_eq!(second.member("b").pointer(), "/a");
        assert_eq!(second.member("b").whole_pointer(), format!("/a/{long}/b"));
    }
}
