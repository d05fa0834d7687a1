//! Applying a schema to a document, step by counted step.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::pattern::Pattern;
use super::places::{Places, Resource};
use super::{Draft, Finding, MOST_FINDINGS, Unusable, arrays, choices, objects, scalars};

/// The steps one application may take.
const MOST_STEPS: u32 = 400_000;
/// How far subschemas may lead into each other, references included.
const DEEPEST: usize = 256;

/// A schema being applied: `'s` is the schema document, `'i` the instance.
pub(super) struct Run<'s, 'i> {
    pub(super) draft: Draft,
    places: Rc<Places<'s>>,
    /// References resolved already.
    resolved: HashMap<(&'s str, Resource), (&'s Value, Resource)>,
    root: &'s Value,
    left: u32,
    depth: usize,
    /// Above zero inside a choice, where a failure is not yet a finding.
    muted: u32,
    pub(super) path: Vec<Segment<'i>>,
    findings: Vec<Finding>,
    patterns: HashMap<&'s str, Pattern>,
}

/// One step from a document into a part of it.
#[derive(Clone, Copy)]
pub(super) enum Segment<'i> {
    Name(&'i str),
    Index(usize),
}

/// A subschema at work: the schema object, and the resource it belongs to.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    pub(super) schema: &'s Map<String, Value>,
    pub(super) resource: Resource,
}

/// Which members and entries of one value some subschema has spoken about.
#[derive(Default)]
pub(super) struct Seen<'i> {
    pub(super) every_name: bool,
    pub(super) names: BTreeSet<&'i str>,
    pub(super) every_index: bool,
    pub(super) indexes: BTreeSet<usize>,
}

impl Seen<'_> {
    fn add(&mut self, mut other: Self) {
        self.every_name |= other.every_name;
        self.every_index |= other.every_index;
        self.names.append(&mut other.names);
        self.indexes.append(&mut other.indexes);
    }
}

/// What a subschema found: what it has seen of a value that follows it, `None` for one that does not.
pub(super) type Verdict<'i> = Result<Option<Seen<'i>>, Unusable>;

impl<'s, 'i> Run<'s, 'i> {
    pub(super) fn new(schema: &'s Value, draft: Draft) -> Result<Self, Unusable> {
        Ok(Self {
            draft,
            places: Rc::new(Places::new(schema, draft)?),
            resolved: HashMap::new(),
            root: schema,
            left: MOST_STEPS,
            depth: 0,
            muted: 0,
            path: Vec::new(),
            findings: Vec::new(),
            patterns: HashMap::new(),
        })
    }

    /// What is wrong with the instance, the first few findings.
    pub(super) fn judge(mut self, instance: &'i Value) -> Result<Vec<Finding>, Unusable> {
        let verdict = self.apply(self.root, Places::ROOT, instance)?;
        if verdict.is_none() && self.findings.is_empty() {
            self.find("is not allowed");
        }
        Ok(self.findings)
    }

    /// Applies a subschema to a value.
    pub(super) fn apply(&mut self, schema: &'s Value, around: Resource, value: &'i Value) -> Verdict<'i> {
        self.charge(1)?;
        let members = match schema {
            Value::Bool(true) => return Ok(Some(Seen::default())),
            Value::Bool(false) => return Ok(self.refuse("is not allowed")),
            Value::Object(members) => members,
            _ => return Err(Unusable::Broken),
        };
        if self.depth >= DEEPEST {
            return Err(Unusable::Spent);
        }
        self.depth += 1;
        let at = At { schema: members, resource: self.places.resource_of(schema, around) };
        let verdict = self.apply_object(at, value);
        self.depth -= 1;
        verdict
    }

    /// Applies a subschema to a part of the value at hand; whether it follows.
    pub(super) fn apply_to_part(
        &mut self,
        schema: &'s Value,
        around: Resource,
        segment: Segment<'i>,
        part: &'i Value,
    ) -> Result<bool, Unusable> {
        self.path.push(segment);
        let verdict = self.apply(schema, around, part);
        self.path.pop();
        Ok(verdict?.is_some())
    }

    /// Applies a subschema whose failing is no finding.
    pub(super) fn try_apply(&mut self, schema: &'s Value, around: Resource, value: &'i Value) -> Verdict<'i> {
        self.muted += 1;
        let verdict = self.apply(schema, around, value);
        self.muted -= 1;
        verdict
    }

    fn apply_object(&mut self, at: At<'s>, value: &'i Value) -> Verdict<'i> {
        let mut seen = Seen::default();
        let mut fits = true;
        if let Some(reference) = at.schema.get("$ref") {
            let reference = reference.as_str().ok_or(Unusable::Broken)?;
            let verdict = self.refer(reference, at, value)?;
            if self.draft <= Draft::Draft7 {
                return Ok(verdict);
            }
            fits &= self.take(verdict, &mut seen)?;
        }
        for name in ["$dynamicRef", "$recursiveRef"] {
            let is_word = self.draft >= Draft::Draft201909
                && (name == "$dynamicRef") == (self.draft == Draft::Draft202012);
            let Some(reference) = at.schema.get(name).filter(|_| is_word) else { continue };
            if !self.places.is_one() {
                return Err(Unusable::Elsewhere);
            }
            let reference = reference.as_str().ok_or(Unusable::Broken)?;
            let verdict = self.refer(reference, at, value)?;
            fits &= self.take(verdict, &mut seen)?;
        }
        // The cheap questions first: they end most of the choices.
        for ask in [scalars::check, objects::check_size, arrays::check_size] {
            fits &= ask(self, at, value)?;
            if !fits && self.is_done() {
                return Ok(None);
            }
        }
        for ask in [choices::check, objects::check, arrays::check] {
            fits &= ask(self, at, value, &mut seen)?;
            if !fits && self.is_done() {
                return Ok(None);
            }
        }
        if self.draft >= Draft::Draft201909 && fits {
            fits &= objects::check_unseen(self, at, value, &mut seen)?;
            fits &= arrays::check_unseen(self, at, value, &mut seen)?;
        }
        Ok(fits.then_some(seen))
    }

    fn refer(&mut self, reference: &'s str, at: At<'s>, value: &'i Value) -> Verdict<'i> {
        let key = (reference, at.resource);
        let (schema, resource) = match self.resolved.get(&key) {
            Some(known) => *known,
            None => {
                self.charge(50)?;
                let found = self.places.resolve(reference, at.resource)?;
                self.resolved.insert(key, found);
                found
            }
        };
        self.charge(reference.len() / 64)?;
        self.apply(schema, resource, value)
    }

    /// Whether a name, as a text, follows a subschema. A name is no value of the document, so it gets a run of its own, out
    /// of the same allowance.
    pub(super) fn name_follows(
        &mut self,
        schema: &'s Value,
        around: Resource,
        name: &str,
    ) -> Result<bool, Unusable> {
        self.charge(1 + name.len() / 64)?;
        let value = Value::String(name.to_owned());
        let mut run = Run {
            draft: self.draft,
            places: Rc::clone(&self.places),
            resolved: std::mem::take(&mut self.resolved),
            root: self.root,
            left: self.left,
            depth: self.depth,
            muted: 1,
            path: Vec::new(),
            findings: Vec::new(),
            patterns: std::mem::take(&mut self.patterns),
        };
        let verdict = run.apply(schema, around, &value).map(|verdict| verdict.is_some());
        self.left = run.left;
        self.resolved = run.resolved;
        self.patterns = run.patterns;
        verdict
    }

    /// Whether a value that does not follow need not be looked at any further.
    pub(super) fn is_done(&self) -> bool {
        self.muted > 0 || self.findings.len() >= MOST_FINDINGS
    }

    /// Counts work.
    pub(super) fn charge(&mut self, steps: usize) -> Result<(), Unusable> {
        let steps = u32::try_from(steps).map_err(|_| Unusable::Spent)?;
        self.left = self.left.checked_sub(steps).ok_or(Unusable::Spent)?;
        Ok(())
    }

    /// Notes what is wrong with the value at hand, unless that is only one of several choices.
    pub(super) fn find(&mut self, problem: impl Into<String>) {
        if self.is_done() {
            return;
        }
        let mut pointer = String::new();
        for segment in &self.path {
            pointer.push('/');
            match segment {
                Segment::Name(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Segment::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        self.findings.push(Finding { pointer, problem: problem.into() });
    }

    pub(super) fn refuse(&mut self, problem: impl Into<String>) -> Option<Seen<'i>> {
        self.find(problem);
        None
    }

    /// Whether a text matches a pattern.
    pub(super) fn matches(&mut self, pattern: &'s str, text: &str) -> Result<bool, Unusable> {
        if !self.patterns.contains_key(pattern) {
            self.charge(Pattern::COST)?;
            self.patterns.insert(pattern, Pattern::new(pattern)?);
        }
        let cost = self.patterns.get(pattern).ok_or(Unusable::Pattern)?.cost_of(text);
        self.charge(cost)?;
        self.patterns.get(pattern).map(|compiled| compiled.matches(text)).ok_or(Unusable::Pattern)
    }

    /// Adds what a subschema has seen; whether the value follows it.
    pub(super) fn take(&mut self, verdict: Option<Seen<'i>>, seen: &mut Seen<'i>) -> Result<bool, Unusable> {
        let Some(more) = verdict else { return Ok(false) };
        self.charge(more.names.len() + more.indexes.len())?;
        seen.add(more);
        Ok(true)
    }
}
