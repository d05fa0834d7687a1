//! Making a new active context from one map.

use std::sync::Arc;

use hashbrown::HashMap;
use serde_json::{Map, Value};

use super::process::{Origin, broken, import_url, remote_context};
use super::{ActiveContext, Base, How, Local, Processor, TextDirection, cache};
use crate::contexts;
use crate::error::{Error, Rule, shown};
use crate::iri;

/// The members of a context that are not terms.
const KEYWORDS: [&str; 8] =
    ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"];

/// Bytes of an IRI, or of another text, that a context gives to all who use its terms.
const MAX_TEXT: usize = 2_048;

/// Refuses a text that a short document could repeat into a long one.
pub(super) fn is_short(text: &str) -> Result<(), Error> {
    if text.len() > MAX_TEXT { Err(Error::ComplexityLimit { limit: "context_text" }) } else { Ok(()) }
}

/// Makes one active context.
pub(super) struct Builder<'b, 'a> {
    pub(super) processor: &'b mut Processor<'a>,
    pub(super) result: ActiveContext,
    pub(super) local: Local<'b>,
    pub(super) map: &'b Map<String, Value>,
    pub(super) how: How,
    pub(super) origin: Origin<'b>,
    /// `false`: being defined now; `true`: defined.
    pub(super) defined: HashMap<&'b str, bool>,
    /// The default of `@protected` for the terms of this context.
    pub(super) protected: bool,
}

impl<'b, 'a> Builder<'b, 'a> {
    pub(super) fn build(
        processor: &'b mut Processor<'a>,
        active: &Arc<ActiveContext>,
        local: Local<'b>,
        map: &'b Map<String, Value>,
        how: How,
        origin: Origin<'b>,
    ) -> Result<ActiveContext, Error> {
        let merged;
        let (local, map) = match map.get("@import") {
            None => (local, map),
            Some(import) => {
                merged = import_into(processor, import, map, origin)?;
                (Local::Own(&merged), merged.as_object().unwrap_or(map))
            }
        };
        let built_in = active.built_in && matches!(local, Local::BuiltIn(_));
        let mut result = ActiveContext { id: cache::fresh_id(), built_in, ..(**active).clone() };
        if !how.propagate && result.previous.is_none() {
            result.previous = Some(Arc::clone(active));
        }
        let mut builder =
            Builder { processor, result, local, map, how, origin, defined: HashMap::new(), protected: false };
        builder.read_settings()?;
        for name in map.keys().filter(|name| !KEYWORDS.contains(&name.as_str())) {
            builder.define(name)?;
        }
        builder.result.note_aliases();
        Ok(builder.result)
    }

    fn read_settings(&mut self) -> Result<(), Error> {
        match self.map.get("@version") {
            None => {}
            Some(Value::Number(version)) if version.as_f64() == Some(1.1) => {}
            Some(other) => return Err(self.broken(Rule::InvalidVersionValue, other)),
        }
        match self.map.get("@propagate") {
            None | Some(Value::Bool(_)) => {}
            Some(other) => return Err(self.broken(Rule::InvalidPropagateValue, other)),
        }
        self.protected = match self.map.get("@protected") {
            None => false,
            Some(Value::Bool(protected)) => *protected,
            Some(other) => return Err(self.broken(Rule::InvalidProtectedValue, other)),
        };
        self.read_base()?;
        self.read_vocab()?;
        self.read_text_defaults()?;
        let base = match &self.result.base {
            Base::Iri(base) => Some(base),
            Base::OfDocument | Base::Nothing => None,
        };
        [base, self.result.vocab.as_ref(), self.result.language.as_ref()]
            .into_iter()
            .flatten()
            .try_for_each(|text| is_short(text))
    }

    fn read_base(&mut self) -> Result<(), Error> {
        // A remote context does not change the base of the document that uses it.
        let Some(value) = self.map.get("@base").filter(|_| self.origin.remote.is_none()) else {
            return Ok(());
        };
        self.result.base = match value {
            Value::Null => Base::Nothing,
            Value::String(text) if iri::is_absolute(text) => Base::Iri(text.as_str().into()),
            Value::String(text) => match self.result.base(self.processor.options.base) {
                Some(base) => Base::Iri(iri::resolve(base, text).into()),
                None => return Err(self.broken(Rule::InvalidBaseIri, value)),
            },
            _ => return Err(self.broken(Rule::InvalidBaseIri, value)),
        };
        Ok(())
    }

    fn read_vocab(&mut self) -> Result<(), Error> {
        self.result.vocab = match self.map.get("@vocab") {
            None => return Ok(()),
            Some(Value::Null) => None,
            Some(value @ Value::String(text)) => {
                let base = self.processor.options.base;
                match self.result.expand_type(text, base).text() {
                    Some(vocab) if self.processor.options.safe && !vocab.contains(':') => {
                        let pointer = self.pointer("@vocab");
                        return Err(Error::RelativeIri { pointer, value: shown(text) });
                    }
                    Some(vocab) => Some(vocab.into()),
                    None => return Err(self.broken(Rule::InvalidVocabMapping, value)),
                }
            }
            Some(other) => return Err(self.broken(Rule::InvalidVocabMapping, other)),
        };
        Ok(())
    }

    fn read_text_defaults(&mut self) -> Result<(), Error> {
        match self.map.get("@language") {
            None => {}
            Some(Value::Null) => self.result.language = None,
            Some(Value::String(language)) => {
                self.result.language = Some(language.to_ascii_lowercase().into())
            }
            Some(other) => return Err(self.broken(Rule::InvalidDefaultLanguage, other)),
        }
        match self.map.get("@direction") {
            None => {}
            Some(Value::Null) => self.result.direction = None,
            Some(value) => {
                let direction = value.as_str().and_then(TextDirection::parse);
                self.result.direction =
                    Some(direction.ok_or_else(|| self.broken(Rule::InvalidBaseDirection, value))?);
            }
        }
        Ok(())
    }

    /// In safe mode, refuses to pass over a member of the context.
    pub(super) fn lose(&self, name: &str, reason: &'static str) -> Result<(), Error> {
        if self.processor.options.safe {
            Err(Error::DroppedValue { pointer: self.pointer(name), reason })
        } else {
            Ok(())
        }
    }

    /// Where a member of the context stands; where the context is used, if it is not the document's own.
    fn pointer(&self, name: &str) -> String {
        let place = self.origin.place;
        if self.origin.in_document { place.member(name).pointer() } else { place.pointer() }
    }

    pub(super) fn broken(&self, rule: Rule, value: &Value) -> Error {
        broken(rule, self.origin.place, value.to_string())
    }
}

/// The map with what it imports; its own members win.
fn import_into(
    processor: &mut Processor<'_>,
    import: &Value,
    map: &Map<String, Value>,
    origin: Origin<'_>,
) -> Result<Value, Error> {
    let reference =
        import.as_str().ok_or_else(|| broken(Rule::InvalidImportValue, origin.place, import.to_string()))?;
    let url = import_url(reference, origin)?;
    let loaded;
    let context = match contexts::context(&url) {
        Some(context) => context,
        None => {
            loaded = processor.load(&url, origin.place)?;
            remote_context(&loaded, &url, origin.place)?
        }
    };
    let imported = context
        .as_object()
        .ok_or_else(|| broken(Rule::InvalidRemoteContext, origin.place, url.clone().into_owned()))?;
    if imported.contains_key("@import") {
        return Err(broken(Rule::InvalidContextEntry, origin.place, url.into_owned()));
    }
    processor.meter.work(imported.len() + map.len())?;
    let mut merged = imported.clone();
    merged.extend(
        map.iter().filter(|(name, _)| *name != "@import").map(|(name, value)| (name.clone(), value.clone())),
    );
    Ok(Value::Object(merged))
}
