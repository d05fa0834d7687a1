//! Reading a tree from a request.

use std::collections::HashSet;

use serde_json::Value;

use super::{Group, HowMany, Kind, Leaf, MAX_DEPTH, MAX_LEAVES, Node, Requirements, Source, Wanted, is_code};
use crate::Hours;
use crate::form::{Fault, Form};

const MEMBERS: &[&str] = &[
    "id",
    "kind",
    "title",
    "description",
    "due",
    "weight",
    "evidenceNeeded",
    "confirmedBy",
    "passMark",
    "rubricLevel",
    "achievement",
    "hours",
    "iri",
];
const GROUPS: [&str; 3] = ["allOf", "anyOf", "nOf"];

impl Requirements {
    /// Reads the tree that stands at the pointer `at` of a request. `competency` are the codes of the micro-credential's
    /// levels of competency from low to high.
    ///
    /// # Errors
    /// Every fault at once, with pointers that begin with `at`.
    pub fn parse(value: &Value, at: &str, competency: &[String]) -> Result<Self, Vec<Fault>> {
        let mut reader =
            Reader { competency, faults: Vec::new(), leaves: 0, ids: HashSet::new(), iris: HashSet::new() };
        let root = reader.node(value, at, 1);
        match root {
            Some(root) if reader.faults.is_empty() => Ok(Self(root)),
            _ => Err(reader.faults),
        }
    }
}

struct Reader<'r> {
    competency: &'r [String],
    faults: Vec<Fault>,
    leaves: usize,
    ids: HashSet<String>,
    iris: HashSet<String>,
}

impl Reader<'_> {
    fn node(&mut self, value: &Value, at: &str, depth: usize) -> Option<Node> {
        let groups: Vec<&str> = GROUPS.into_iter().filter(|name| value.get(name).is_some()).collect();
        match groups.as_slice() {
            [] => self.leaf(value, at).map(Box::new).map(Node::Leaf),
            [name] if depth < MAX_DEPTH => self.group(value, at, name, depth).map(Node::Group),
            [_] => {
                let detail = format!("requirements stand in one another at most {MAX_DEPTH} deep");
                self.faults.push(Fault::new(at, "too_deep", detail));
                None
            }
            [_, second, ..] => {
                let detail = "a group is one of `allOf`, `anyOf` and `nOf`";
                self.faults.push(Fault::new(format!("{at}/{second}"), "contradiction", detail));
                None
            }
        }
    }

    fn group(&mut self, value: &Value, at: &str, name: &'static str, depth: usize) -> Option<Group> {
        let known: &[&'static str] = if name == "nOf" { &["nOf", "n"] } else { std::slice::from_ref(&name) };
        let form = Form::open(value, at, known, &mut self.faults)?;
        let items = form.list(name, MAX_LEAVES, &mut self.faults);
        if form.value(name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            form.fault(name, "empty", "a group has at least one requirement", &mut self.faults);
        }
        let wanted = match name {
            "allOf" => HowMany::All,
            "anyOf" => HowMany::Any,
            _ => HowMany::These(self.count(&form, items.len())?),
        };
        let of: Vec<Node> =
            items.into_iter().filter_map(|(item, at)| self.node(item, &at, depth + 1)).collect();
        (!of.is_empty()).then_some(Group { wanted, of })
    }

    /// `n` of a group of so many.
    fn count(&mut self, form: &Form<'_>, among: usize) -> Option<usize> {
        form.demand("n", "how many of the group are wanted", &mut self.faults);
        let count = form.value("n")?.as_u64().and_then(|count| usize::try_from(count).ok());
        let count = count.filter(|count| (1..=among).contains(count));
        if count.is_none() {
            let detail = format!("`n` is a whole number from 1 to {among}, the number of requirements");
            form.fault("n", "range", detail, &mut self.faults);
        }
        count
    }

    fn leaf(&mut self, value: &Value, at: &str) -> Option<Leaf> {
        let form = Form::open(value, at, MEMBERS, &mut self.faults)?;
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            if self.leaves == MAX_LEAVES + 1 {
                let detail = format!("at most {MAX_LEAVES} requirements are taken");
                self.faults.push(Fault::new(at, "too_many", detail));
            }
            return None;
        }
        form.demand("id", "a short name that stays when the rest is edited", &mut self.faults);
        form.demand("kind", "what kind of thing is to be done", &mut self.faults);
        form.demand("title", "what it is called", &mut self.faults);
        let id = self.id(&form);
        let kind = form.choice("kind", Kind::WORDS, &mut self.faults);
        let wanted = kind.and_then(|kind| self.wanted(&form, kind));
        let confirmed_by = self.confirmed_by(&form);
        let iri = self.iri(&form);
        let faults = &mut self.faults;
        let title = form.text("title", 200, faults);
        let leaf = Leaf {
            description: form.text("description", 2_000, faults),
            due: form.time("due", faults),
            weight: form.number("weight", 0.01, 100.0, faults),
            evidence_needed: form.flag("evidenceNeeded", faults).unwrap_or(false),
            confirmed_by,
            iri,
            id: id?,
            kind: kind?,
            title: title?,
            wanted: wanted?,
        };
        Some(leaf)
    }

    fn id(&mut self, form: &Form<'_>) -> Option<String> {
        let id = form.text("id", 200, &mut self.faults)?;
        if !is_code(&id) {
            let detail = "an id is 1 to 64 lower-case letters, digits, `.`, `_`, `-`, and begins with a letter or digit";
            form.fault("id", "code", detail, &mut self.faults);
        } else if self.ids.insert(id.clone()) {
            return Some(id);
        } else {
            form.fault("id", "repeated", "another requirement has this id", &mut self.faults);
        }
        None
    }

    fn iri(&mut self, form: &Form<'_>) -> Option<crate::Uri> {
        let iri = form.uri("iri", &mut self.faults)?;
        if !self.iris.insert(iri.to_string()) {
            let detail = "statements about this activity are about another requirement already";
            form.fault("iri", "repeated", detail, &mut self.faults);
        }
        Some(iri)
    }

    fn confirmed_by(&mut self, form: &Form<'_>) -> Vec<Source> {
        if !form.has("confirmedBy") {
            return Source::USUAL.to_vec();
        }
        let sources = form.choices("confirmedBy", Source::WORDS, &mut self.faults);
        if form.value("confirmedBy").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let detail = "nobody could confirm it; leave it out for everybody but the learner";
            form.fault("confirmedBy", "empty", detail, &mut self.faults);
        }
        sources
    }

    /// What a fact has to show; what does not belong to the kind is a fault.
    fn wanted(&mut self, form: &Form<'_>, kind: Kind) -> Option<Wanted> {
        let marked = kind.is_marked();
        self.belongs(form, "passMark", marked, "assignments, assessments, projects and presentations");
        self.belongs(form, "rubricLevel", marked, "assignments, assessments, projects and presentations");
        self.belongs(form, "achievement", kind == Kind::PriorCredential, "prior credentials");
        self.belongs(form, "hours", kind == Kind::Hours, "hours");
        match kind {
            Kind::PriorCredential => {
                form.demand("achievement", "which achievement one must hold", &mut self.faults);
                form.uri("achievement", &mut self.faults).map(Wanted::Prior)
            }
            Kind::Hours => {
                form.demand("hours", "how many hours", &mut self.faults);
                let hours = form.number("hours", 1.0 / 60.0, Hours::MOST, &mut self.faults);
                hours.and_then(Hours::new).map(Wanted::Hours)
            }
            _ if form.has("passMark") && form.has("rubricLevel") => {
                let detail = "give a mark or a level, not both";
                form.fault("rubricLevel", "contradiction", detail, &mut self.faults);
                None
            }
            _ if form.has("passMark") => {
                form.number("passMark", 0.0, 100.0, &mut self.faults).map(Wanted::PassMark)
            }
            _ if form.has("rubricLevel") => self.level(form),
            _ => Some(Wanted::Done),
        }
    }

    fn belongs(&mut self, form: &Form<'_>, name: &str, does: bool, whose: &str) {
        if !does && form.has(name) {
            form.fault(name, "contradiction", format!("`{name}` is for {whose}"), &mut self.faults);
        }
    }

    fn level(&mut self, form: &Form<'_>) -> Option<Wanted> {
        let code = form.text("rubricLevel", 64, &mut self.faults)?;
        let enough: Vec<String> =
            self.competency.iter().skip_while(|known| **known != code).cloned().collect();
        if enough.is_empty() {
            let detail = "this is the code of one of the levels in `microCredential.competency`";
            form.fault("rubricLevel", "choice", detail, &mut self.faults);
            return None;
        }
        Some(Wanted::Level { code, enough })
    }
}
