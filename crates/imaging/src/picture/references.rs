//! What a drawing asks for before anything of it is built: how many elements it becomes once everything it refers to is put in
//! place, and how deep they stand in each other.
//!
//! A drawing of a few hundred bytes may stand for 10¹⁰ elements, each `<use>` pointing at ten of the next. Counting is linear.

use std::collections::HashMap;

use usvg::roxmltree::{Document, Node};

use super::PictureError;

/// Elements after all references are followed.
const MAX_WEIGHT: u64 = 60_000;
/// Elements within elements, references followed.
const MAX_DEPTH: u32 = 112;
/// References that lead to references.
const MAX_CHAIN: u32 = 24;

const TOO_MANY: PictureError =
    PictureError::Limit("with everything it refers to, it has more than 60,000 elements");
const TOO_DEEP: PictureError = PictureError::Limit("its elements stand too deep in each other");
const CIRCULAR: PictureError =
    PictureError::Limit("a part of it refers to itself, or through too many others");

/// Elements and depth of a part of the drawing.
#[derive(Clone, Copy, Default)]
struct Extent {
    weight: u64,
    depth: u32,
}

struct Count<'a, 'input> {
    by_id: HashMap<&'a str, Node<'a, 'input>>,
    known: HashMap<&'a str, Extent>,
    /// What style sheets may add to every element.
    styled: Extent,
}

/// Checks the whole drawing.
pub(super) fn check(document: &Document<'_>) -> Result<(), PictureError> {
    let mut by_id = HashMap::new();
    for element in document.descendants().filter(Node::is_element) {
        if let Some(id) = element.attribute("id") {
            by_id.entry(id).or_insert(element);
        }
    }
    let mut count = Count { by_id, known: HashMap::new(), styled: Extent::default() };
    // A rule's selector is not followed: any element may be meant.
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
    let sheets: Vec<&str> = sheets.filter_map(|style| style.text()).collect();
    let mut styled = Extent::default();
    for target in sheets.iter().flat_map(|sheet| targets(sheet)) {
        let extent = count.of_id(target, 0)?;
        styled.weight = styled.weight.saturating_add(extent.weight);
        styled.depth = styled.depth.max(extent.depth);
    }
    count.styled = styled;
    count.of_element(document.root_element(), 0).map(|_| ())
}

impl<'a, 'input> Count<'a, 'input> {
    fn of_id(&mut self, id: &str, chain: u32) -> Result<Extent, PictureError> {
        if chain > MAX_CHAIN {
            return Err(CIRCULAR);
        }
        let Some((id, element)) = self.by_id.get_key_value(id).map(|(id, element)| (*id, *element)) else {
            return Ok(Extent::default());
        };
        if let Some(extent) = self.known.get(id) {
            return Ok(*extent);
        }
        let extent = self.of_element(element, chain + 1)?;
        self.known.insert(id, extent);
        Ok(extent)
    }

    /// Walks without recursion, but where a reference leads elsewhere: depth of the document does not count on the stack.
    fn of_element(&mut self, element: Node<'a, 'input>, chain: u32) -> Result<Extent, PictureError> {
        let base = depth(element);
        let mut whole = Extent::default();
        for inner in element.descendants().filter(Node::is_element) {
            let here = depth(inner).saturating_sub(base);
            whole.weight = whole.weight.saturating_add(1).saturating_add(self.styled.weight);
            whole.depth = whole.depth.max(here).max(here.saturating_add(self.styled.depth));
            for id in references(inner) {
                let extent = self.of_id(id, chain)?;
                whole.weight = whole.weight.saturating_add(extent.weight);
                whole.depth = whole.depth.max(here.saturating_add(extent.depth));
            }
            if whole.weight > MAX_WEIGHT {
                return Err(TOO_MANY);
            }
            if whole.depth > MAX_DEPTH {
                return Err(TOO_DEEP);
            }
        }
        Ok(whole)
    }
}

fn depth(node: Node<'_, '_>) -> u32 {
    u32::try_from(node.ancestors().count()).unwrap_or(u32::MAX)
}

/// The ids an element points at: `href="#id"` of any namespace, and `url(#id)` in any attribute.
fn references<'a>(element: Node<'a, '_>) -> Vec<&'a str> {
    let mut ids = Vec::new();
    for attribute in element.attributes() {
        let value = attribute.value();
        if attribute.name() == "href" {
            ids.extend(value.trim().strip_prefix('#'));
        } else {
            ids.extend(targets(value));
        }
    }
    ids
}

/// The ids in `url(#id)`, quoted or not.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let end = rest.find(')')?;
        rest.get(..end)?.trim().trim_matches(['"', '\'']).trim().strip_prefix('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(svg: &str) -> Result<(), PictureError> {
        check(&Document::parse(&format!("<svg xmlns='x' xmlns:l='y'>{svg}</svg>")).unwrap())
    }

    /// Ten levels, each pointing ten times at the next.
    fn bomb(level: impl Fn(u32) -> String) -> String {
        (0..10).map(|place| format!("<g id='g{place}'>{}</g>", level(place + 1).repeat(10))).collect()
    }

    #[test]
    fn references_that_multiply_are_refused_before_they_are_followed() {
        for bomb in [
            bomb(|next| format!("<use href='#g{next}'/>")),
            bomb(|next| format!("<use l:href=' #g{next}'/>")),
            bomb(|next| format!("<rect fill='url(#g{next})'/>")),
            bomb(|next| format!("<rect style='mask: url(\"#g{next}\")'/>")),
        ] {
            assert_eq!(checked(&bomb), Err(TOO_MANY));
        }
    }

    #[test]
    fn a_style_sheet_counts_for_every_element() {
        let part = "<g/>".repeat(500);
        let styled =
            format!("<style>path {{ clip-path: url(#c) }}</style><clipPath id='c'>{part}</clipPath>{part}");
        assert_eq!(checked(&styled), Err(TOO_MANY));
    }

    #[test]
    fn circles_and_endless_chains_are_refused() {
        assert_eq!(checked("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), Err(CIRCULAR));
        let chain: String =
            (0..100).map(|place| format!("<g id='g{place}'><use href='#g{}'/></g>", place + 1)).collect();
        assert_eq!(checked(&chain), Err(CIRCULAR));
    }

    #[test]
    fn ordinary_drawings_pass() {
        let badge = "<linearGradient id='a'/><g id='s'><path fill='url(#a)'/></g>".to_owned()
            + &"<use href='#s'/>".repeat(40);
        assert_eq!(checked(&badge), Ok(()));
        assert_eq!(checked("<use href='#nowhere'/><path fill='url(http://a#b)'/>"), Ok(()));
    }
}
