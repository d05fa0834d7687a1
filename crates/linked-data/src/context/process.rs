//! Applying local contexts ([context processing](https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm)).

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;
use serde_json::{Map, Value};

use super::build::Builder;
use super::cache::{self, Entries, Key};
use super::{ActiveContext, Scoped};
use crate::budget::Meter;
use crate::contexts;
use crate::error::{Error, Rule, shown};
use crate::iri;
use crate::options::Options;
use crate::path::Path;

/// A context as written: built in, or of this document.
#[derive(Clone, Copy)]
pub(crate) enum Local<'v> {
    BuiltIn(&'static Value),
    Own(&'v Value),
}

impl<'v> Local<'v> {
    pub(crate) fn value(self) -> &'v Value {
        match self {
            Self::BuiltIn(value) => value,
            Self::Own(value) => value,
        }
    }

    pub(super) fn is_built_in(self) -> bool {
        matches!(self, Self::BuiltIn(_))
    }

    fn item(self, index: usize) -> Option<Self> {
        match self {
            Self::BuiltIn(value) => value.get(index).map(Self::BuiltIn),
            Self::Own(value) => value.get(index).map(Self::Own),
        }
    }

    pub(super) fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::BuiltIn(value) => value.get(name).map(Self::BuiltIn),
            Self::Own(value) => value.get(name).map(Self::Own),
        }
    }
}

/// How a context is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct How {
    /// It also holds in the nodes below.
    pub(crate) propagate: bool,
    /// Protected terms may be redefined (contexts scoped to a property).
    pub(crate) override_protected: bool,
}

impl How {
    pub(crate) const EMBEDDED: Self = Self { propagate: true, override_protected: false };
    pub(crate) const OF_PROPERTY: Self = Self { propagate: true, override_protected: true };
    pub(crate) const OF_TYPE: Self = Self { propagate: false, override_protected: false };
}

/// Where a local context comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'o> {
    /// The URL that references in it resolve against.
    pub(super) base: Option<&'o str>,
    /// The remote contexts that led here.
    pub(super) remote: Option<&'o Remote<'o>>,
    /// Whether this is only a check that a scoped context is sound; then nothing is kept.
    pub(super) rehearsal: bool,
    /// Where the context stands, or where in the document it is used.
    pub(super) place: &'o Path<'o>,
    /// Whether it stands in the document itself, so that its parts have pointers.
    pub(super) in_document: bool,
}

/// The chain of remote contexts that led to a context.
pub(super) struct Remote<'o> {
    url: &'o str,
    before: Option<&'o Remote<'o>>,
}

impl Remote<'_> {
    fn includes(&self, url: &str) -> bool {
        self.url == url || self.before.is_some_and(|before| before.includes(url))
    }

    fn count(&self) -> u32 {
        1 + self.before.map_or(0, Remote::count)
    }
}

/// Units of work in a term that the document defines itself.
const WORK_OF_OWN_TERM: usize = 4;

/// Remote contexts that may lead to one another.
const MAX_REMOTE_CHAIN: u32 = 10;

/// Applies contexts for one document.
pub(crate) struct Processor<'a> {
    pub(super) options: &'a Options<'a>,
    pub(crate) meter: Meter,
    /// Levels of the document, of contexts within contexts and of terms that wait for one another, all together: each needs a piece
    /// of the stack. The walk says where it is before it asks for a context.
    pub(crate) depth: u32,
    kept: Arc<Entries>,
    /// Everything this document has applied so far.
    applied: Entries,
    /// What of it was made anew from built-in contexts.
    made: Vec<(Key, Arc<ActiveContext>)>,
    /// Documents answered by the loader; they stay until the end, so their addresses may stand in keys.
    loaded: HashMap<String, Arc<Value>>,
}

impl<'a> Processor<'a> {
    pub(crate) fn new(options: &'a Options<'a>) -> Self {
        Self {
            options,
            meter: Meter::new(options.budget),
            depth: 0,
            kept: cache::snapshot(),
            // An ordinary credential applies a dozen; to grow three times on the way there costs more than the room.
            applied: Entries::with_capacity(14),
            made: Vec::new(),
            loaded: HashMap::new(),
        }
    }

    /// Keeps for others what this document has newly made. To be called when it is read without a fault: a document that was refused
    /// leaves nothing behind, or cheap ones could empty the cache.
    pub(crate) fn keep(&mut self) {
        cache::keep(std::mem::take(&mut self.made));
    }

    /// Applies the value of an `@context` member. `local` must stay where it is until the document is done.
    pub(crate) fn embedded(
        &mut self,
        active: &Arc<ActiveContext>,
        local: &Value,
        place: &Path<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        let base = self.options.base;
        let origin = Origin { base, remote: None, rehearsal: false, place, in_document: true };
        self.apply(active, Local::Own(local), How::EMBEDDED, origin)
    }

    /// Applies a scoped context of a term.
    pub(crate) fn scoped(
        &mut self,
        active: &Arc<ActiveContext>,
        scoped: &Scoped,
        how: How,
        place: &Path<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        let base = scoped.base.as_deref();
        let origin = Origin { base, remote: None, rehearsal: false, place, in_document: false };
        self.apply(active, scoped.local(), how, origin)
    }

    /// Applies a context only to look at the result; nothing is kept.
    pub(super) fn check(
        &mut self,
        active: &Arc<ActiveContext>,
        local: Local<'_>,
        how: How,
        place: &Path<'_>,
    ) -> Result<ActiveContext, Error> {
        let origin = Origin { base: None, remote: None, rehearsal: true, place, in_document: false };
        self.apply(active, local, how, origin).map(|context| (*context).clone())
    }

    pub(super) fn apply(
        &mut self,
        active: &Arc<ActiveContext>,
        local: Local<'_>,
        how: How,
        origin: Origin<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        self.enter()?;
        let result = self.apply_all(active, local, how, origin)?;
        self.leave();
        Ok(result)
    }

    /// One level further in.
    pub(super) fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        self.meter.level(self.depth)
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    fn apply_all(
        &mut self,
        active: &Arc<ActiveContext>,
        local: Local<'_>,
        how: How,
        origin: Origin<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        match local.value() {
            Value::Array(items) => {
                // Also what changes nothing is looked at, each time anew.
                self.meter.work(items.len())?;
                let mut result = Arc::clone(active);
                for index in 0..items.len() {
                    let Some(item) = local.item(index) else { continue };
                    let inner = origin.place.item(index);
                    let place = if origin.in_document { &inner } else { origin.place };
                    result = self.apply_one(&result, item, how, Origin { place, ..origin })?;
                }
                Ok(result)
            }
            Value::Object(map) => {
                let how = match map.get("@propagate") {
                    Some(Value::Bool(propagate)) => How { propagate: *propagate, ..how },
                    _ => how,
                };
                self.apply_one(active, local, how, origin)
            }
            _ => self.apply_one(active, local, how, origin),
        }
    }

    fn apply_one(
        &mut self,
        active: &Arc<ActiveContext>,
        local: Local<'_>,
        how: How,
        origin: Origin<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        match local.value() {
            Value::Null => {
                self.meter.work(1)?;
                nullify(active, how, origin)
            }
            Value::String(reference) => self.apply_remote(active, reference, how, origin),
            Value::Object(map) => self.apply_map(active, local, map, how, origin),
            other => Err(broken(Rule::InvalidLocalContext, origin.place, other.to_string())),
        }
    }

    fn apply_remote(
        &mut self,
        active: &Arc<ActiveContext>,
        reference: &str,
        how: How,
        origin: Origin<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        let url = resolve_url(reference, origin)?;
        if let Some(chain) = origin.remote {
            if chain.includes(&url) {
                // A scoped context may name the context it stands in; while that is only checked there is nothing more to see.
                return if origin.rehearsal {
                    Ok(Arc::clone(active))
                } else {
                    Err(broken(Rule::RecursiveContextInclusion, origin.place, url.into_owned()))
                };
            }
            if chain.count() >= MAX_REMOTE_CHAIN {
                return Err(broken(Rule::ContextOverflow, origin.place, url.into_owned()));
            }
        }
        let link = Remote { url: &url, before: origin.remote };
        let inner = Origin { base: Some(&url), remote: Some(&link), in_document: false, ..origin };
        if let Some(context) = contexts::context(&url) {
            return self.apply(active, Local::BuiltIn(context), how, inner);
        }
        let document = self.load(&url, origin.place)?;
        let context = remote_context(&document, &url, origin.place)?;
        self.apply(active, Local::Own(context), how, inner)
    }

    /// The document at a URL that is not built in, from the loader.
    pub(super) fn load(&mut self, url: &str, place: &Path<'_>) -> Result<Arc<Value>, Error> {
        if let Some(document) = self.loaded.get(url) {
            return Ok(Arc::clone(document));
        }
        let document = self.options.loader.and_then(|loader| loader.load(url));
        let document =
            document.ok_or_else(|| Error::ContextNotAllowed { pointer: place.pointer(), url: shown(url) })?;
        self.loaded.insert(url.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    fn apply_map(
        &mut self,
        active: &Arc<ActiveContext>,
        local: Local<'_>,
        map: &Map<String, Value>,
        how: How,
        origin: Origin<'_>,
    ) -> Result<Arc<ActiveContext>, Error> {
        let key = Key { parent: active.id, local: std::ptr::from_ref(local.value()).addr(), how };
        if !origin.rehearsal
            && let Some(known) = self.applied.get(&key)
        {
            self.meter.work(1)?;
            return Ok(Arc::clone(known));
        }
        // Charged alike whether the result is kept from before or not: what a document may do must not depend on the cache.
        let built_in = active.built_in && local.is_built_in();
        let each_term = if local.is_built_in() { 1 } else { WORK_OF_OWN_TERM };
        self.meter.work(1 + map.len() * each_term + active.terms.len())?;
        if built_in
            && !origin.rehearsal
            && let Some(known) = self.kept.get(&key).map(Arc::clone)
        {
            self.applied.insert(key, Arc::clone(&known));
            return Ok(known);
        }
        let made = Arc::new(Builder::build(self, active, local, map, how, origin)?);
        if !origin.rehearsal {
            self.applied.insert(key, Arc::clone(&made));
            if built_in {
                self.made.push((key, Arc::clone(&made)));
            }
        }
        Ok(made)
    }
}

fn nullify(active: &Arc<ActiveContext>, how: How, origin: Origin<'_>) -> Result<Arc<ActiveContext>, Error> {
    if !how.override_protected && active.has_protected {
        return Err(broken(
            Rule::InvalidContextNullification,
            origin.place,
            "protected terms are in force".to_owned(),
        ));
    }
    let initial = ActiveContext::initial();
    if how.propagate {
        return Ok(initial);
    }
    let previous = active.previous.clone().or_else(|| Some(Arc::clone(active)));
    Ok(Arc::new(ActiveContext { id: cache::fresh_id(), built_in: false, previous, ..(*initial).clone() }))
}

fn resolve_url<'r>(reference: &'r str, origin: Origin<'_>) -> Result<Cow<'r, str>, Error> {
    match origin.base {
        _ if iri::is_absolute(reference) => Ok(Cow::Borrowed(reference)),
        Some(base) => Ok(Cow::Owned(iri::resolve(base, reference))),
        None => Err(Error::ContextNotAllowed { pointer: origin.place.pointer(), url: shown(reference) }),
    }
}

pub(super) fn import_url<'r>(reference: &'r str, origin: Origin<'_>) -> Result<Cow<'r, str>, Error> {
    resolve_url(reference, origin)
}

pub(super) fn remote_context<'d>(
    document: &'d Value,
    url: &str,
    place: &Path<'_>,
) -> Result<&'d Value, Error> {
    document
        .as_object()
        .and_then(|map| map.get("@context"))
        .ok_or_else(|| broken(Rule::InvalidRemoteContext, place, url.to_owned()))
}

pub(super) fn broken(rule: Rule, place: &Path<'_>, detail: String) -> Error {
    Error::JsonLd { rule, pointer: place.pointer(), detail: shown(&detail) }
}
