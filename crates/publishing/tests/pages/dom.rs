//! A page taken apart as a browser would: its elements in order, and the text in them.

use std::collections::BTreeMap;

use accolade_publishing::Page;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// An element's start, with the text that follows it up to the next tag.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// A page taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Dom {
    pub(crate) elements: Vec<Element>,
}

const EMPTY: [&str; 6] = ["meta", "link", "img", "input", "br", "hr"];

impl Dom {
    /// Takes a page apart; every element must be closed by its own end tag, in order.
    pub(crate) fn of(page: &Page) -> Dom {
        let text = std::str::from_utf8(&page.body).unwrap();
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<String> = Vec::new();
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Token::StartTag(tag) => {
                    let name = string(&tag.name);
                    if !tag.self_closing && !EMPTY.contains(&name.as_str()) {
                        open.push(name.clone());
                    }
                    let attributes = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (string(name), string(&value.value)))
                        .collect();
                    elements.push(Element { name, attributes, text: String::new() });
                }
                Token::EndTag(tag) => {
                    assert_eq!(
                        open.pop().as_deref(),
                        Some(string(&tag.name).as_str()),
                        "closed out of order"
                    );
                }
                Token::String(text) => {
                    if let Some(element) = elements.last_mut() {
                        element.text.push_str(&string(&text.value));
                    }
                }
                Token::Comment(comment) => assert!(comment.value.is_empty(), "a comment"),
                // A NUL that a stranger wrote is shown as a mark of replacement.
                Token::Error(fault) => assert_eq!(fault.value.as_str(), "unexpected-null-character"),
                Token::Doctype(_) => {}
            }
        }
        assert_eq!(open, Vec::<String>::new(), "never closed");
        Dom { elements }
    }

    /// The elements of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The first element of that name whose attribute has that value.
    pub(crate) fn find(&self, name: &str, attribute: &str, value: &str) -> Option<&Element> {
        self.elements.iter().find(|it| it.name == name && it.get(attribute) == Some(value))
    }

    /// The content of `<meta name|property=…>`.
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        let of = |attribute| self.find("meta", attribute, name);
        of("property").or_else(|| of("name"))?.get("content")
    }

    /// The schema.org block.
    pub(crate) fn json_ld(&self) -> Option<serde_json::Value> {
        let script = self.find("script", "type", "application/ld+json")?;
        Some(serde_json::from_str(&script.text).unwrap())
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
