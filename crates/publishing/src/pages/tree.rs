//! What earns an achievement, in words: the tree of requirements as nested lists, with how far a learner is where that is told.

use std::collections::BTreeMap;

use accolade_core::Timestamp;
use serde_json::Value;

use super::said::{Tongue, prose};
use crate::html::{Html, push_escaped};
use crate::language::decimal;
use crate::reading::{list, text};
use crate::words::Words;
use crate::{Language, Press};

/// Groups that stand in one another; the office takes no deeper ones.
const DEEPEST: usize = 8;

/// How far a learner is with one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// As the stylesheet knows it.
    pub(crate) state: &'static str,
    pub(crate) icon: Html,
    /// What it is called, and what else is to be said.
    pub(crate) words: Vec<Html>,
}

/// Writes trees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tree<'a> {
    pub(crate) press: &'a Press,
    pub(crate) words: &'a Words,
    pub(crate) language: Language,
    /// The language of the requirements' own words.
    pub(crate) tongue: &'a Tongue,
    /// The levels of competency, code and name.
    pub(crate) levels: &'a [(String, String)],
    /// By the ids of requirements; `None` where the page is about nobody.
    pub(crate) standing: Option<&'a BTreeMap<String, Standing>>,
}

impl Tree<'_> {
    /// The tree; `None` where there is none.
    pub(crate) fn html(&self, requirements: &Value) -> Option<Html> {
        let mut out = String::new();
        match group(requirements) {
            Some(_) => self.push_group(&mut out, requirements, DEEPEST),
            // One requirement alone is a list of one.
            None if text(requirements, "title").is_some() => {
                out.push_str(&format!("<ol class=\"{}\">", self.class()));
                self.push_leaf(&mut out, requirements);
                out.push_str("</ol>");
            }
            None => {}
        }
        (!out.is_empty()).then(|| Html::trusted(out))
    }

    fn push_group(&self, out: &mut String, node: &Value, depth: usize) {
        let Some((wanted, parts)) = group(node) else { return };
        out.push_str("<p class=\"rule\">");
        out.push_str(self.rule(wanted, parts.len()).as_str());
        // What is wanted of several is not an order to follow.
        let list = if wanted == Wanted::All { "ol" } else { "ul" };
        out.push_str(&format!("</p><{list} class=\"{}\">", self.class()));
        for part in parts {
            if group(part).is_none() {
                self.push_leaf(out, part);
            } else if depth > 0 {
                out.push_str("<li class=\"group\">");
                self.push_group(out, part, depth - 1);
                out.push_str("</li>");
            }
        }
        out.push_str(&format!("</{list}>"));
    }

    /// Where it is told how far somebody is, pictograms stand in place of numbers.
    fn class(&self) -> &'static str {
        if self.standing.is_some() { "tree told" } else { "tree" }
    }

    fn rule(&self, wanted: Wanted, of: usize) -> Html {
        let words = &self.words.requirements;
        match wanted {
            Wanted::All => Html::text(&words.all),
            Wanted::Any => Html::text(&words.any),
            Wanted::These(count) => {
                let number = |number: &dyn std::fmt::Display| Html::text(&number.to_string());
                words.some.html(&[("count", &number(&count)), ("total", &number(&of))])
            }
        }
    }

    fn push_leaf(&self, out: &mut String, leaf: &Value) {
        let id = text(leaf, "id").unwrap_or_default();
        let standing = self.standing.and_then(|known| known.get(id));
        match standing {
            Some(standing) => {
                out.push_str(&format!("<li data-standing=\"{}\">{}<div>", standing.state, standing.icon));
            }
            None => out.push_str("<li><div>"),
        }
        out.push_str("<p><strong><bdi ");
        out.push_str(self.tongue.attributes().as_str());
        out.push('>');
        push_escaped(out, text(leaf, "title").unwrap_or_default());
        out.push_str("</bdi></strong> <small>");
        push_escaped(out, self.words.requirement_kind(text(leaf, "kind").unwrap_or_default()));
        out.push_str("</small></p>");
        for said in standing.iter().flat_map(|standing| &standing.words) {
            out.push_str(&format!("<p class=\"standing\">{said}</p>"));
        }
        if let Some(description) = text(leaf, "description") {
            out.push_str(&format!("<div {}>{}</div>", self.tongue.attributes(), prose(description)));
        }
        let terms = self.terms(leaf);
        if !terms.is_empty() {
            let terms: String = terms.iter().map(|term| format!("<li>{term}</li>")).collect();
            out.push_str(&format!("<ul class=\"terms\">{terms}</ul>"));
        }
        out.push_str("</div></li>");
    }

    /// What it takes, in short phrases.
    fn terms(&self, leaf: &Value) -> Vec<Html> {
        let words = &self.words.requirements;
        let mark = leaf.get("passMark").and_then(Value::as_f64).map(|mark| {
            words.pass_mark.html(&[("mark", &Html::text(&format!("{} %", decimal(self.language, mark))))])
        });
        let level = text(leaf, "rubricLevel").map(|code| {
            let named = self.levels.iter().find(|(known, _)| known == code);
            let name = named.map_or(code, |(_, name)| name);
            words.level.html(&[("level", &Html::isolated(name))])
        });
        let hours = leaf.get("hours").and_then(Value::as_f64).map(|hours| {
            words.hours.html(&[("hours", &Html::text(&self.words.units.hours_of(self.language, hours)))])
        });
        let prior = text(leaf, "achievement").and_then(|address| self.press.link(address)).map(|link| {
            let mut out = String::from("<a href=\"");
            push_escaped(&mut out, &link);
            out.push_str("\" rel=\"noopener nofollow ugc\">");
            push_escaped(&mut out, &words.prior);
            out.push_str("</a>");
            Html::trusted(out)
        });
        let evidence = leaf.get("evidenceNeeded").and_then(Value::as_bool).unwrap_or(false);
        let evidence = evidence.then(|| Html::text(&words.evidence));
        let due = text(leaf, "due").and_then(|due| Timestamp::parse(due).ok());
        let due = due.map(|due| words.due.html(&[("date", &self.language.day_html(due))]));
        [mark, level, hours, prior, evidence, due].into_iter().flatten().collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Any,
    These(u64),
}

/// The parts of a group, and how many of them are wanted.
fn group(node: &Value) -> Option<(Wanted, &[Value])> {
    [("allOf", Wanted::All), ("anyOf", Wanted::Any), ("nOf", Wanted::These(0))]
        .into_iter()
        .filter(|(member, _)| node.get(member).is_some_and(Value::is_array))
        .map(|(member, wanted)| match wanted {
            Wanted::These(_) => {
                let count = node.get("n").and_then(Value::as_u64).unwrap_or_default();
                (Wanted::These(count), list(node, member))
            }
            wanted => (wanted, list(node, member)),
        })
        .next()
}

/// The requirements themselves, in the order in which they are written.
pub(crate) fn leaves(requirements: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    collect(requirements, DEEPEST, &mut found);
    found
}

fn collect<'v>(node: &'v Value, depth: usize, found: &mut Vec<&'v Value>) {
    match group(node) {
        Some((_, parts)) if depth > 0 => parts.iter().for_each(|part| collect(part, depth - 1, found)),
        Some(_) => {}
        None if text(node, "id").is_some() => found.push(node),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(requirements: &Value) -> Option<String> {
        let press = Press::new("https://example.edu").unwrap();
        let tongue = Tongue::tagged(Some("en"));
        let words = press.words(Language::En);
        let levels = [("competent".to_owned(), "Competent".to_owned())];
        let tree = Tree {
            press: &press,
            words,
            language: Language::En,
            tongue: &tongue,
            levels: &levels,
            standing: None,
        };
        tree.html(requirements).map(|html| html.words())
    }

    #[test]
    fn a_tree_says_what_is_needed_and_what_is_enough() {
        let said = written(&json!({"allOf": [
            {"id": "a", "kind": "workshop", "title": "Two days"},
            {"anyOf": [{"id": "b", "kind": "assessment", "title": "Test", "passMark": 62.5},
                       {"id": "c", "kind": "project", "title": "Report", "rubricLevel": "competent"}]},
            {"nOf": [{"id": "d", "kind": "hours", "title": "Practice", "hours": 1.5}], "n": 1}
        ]}))
        .unwrap();
        for part in [
            "All of these are needed:",
            "Two days",
            "Workshop",
            "One of these is enough:",
            "Pass mark: 62.5 %",
            "Level to reach: Competent",
            "At least 1 of these 1:",
            "In total: 1 hour 30 minutes",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(written(&json!({"id": "a", "kind": "project", "title": "Alone"})).unwrap().contains("Alone"));
        assert_eq!(written(&json!({})), None);
    }

    #[test]
    fn leaves_come_in_the_order_of_the_tree() {
        let tree = json!({"allOf": [{"id": "a"}, {"anyOf": [{"id": "b"}, {"id": "c"}]}, {"id": "d"}]});
        let ids: Vec<_> = leaves(&tree).into_iter().filter_map(|leaf| text(leaf, "id")).collect();
        assert_eq!(ids, ["a", "b", "c", "d"]);
    }

    #[test]
    fn what_is_too_deep_ends() {
        let mut tree = json!({"id": "a", "title": "deep", "kind": "project"});
        for _ in 0..50 {
            tree = json!({ "allOf": [tree] });
        }
        assert!(!written(&tree).unwrap().contains("deep"));
    }
}
