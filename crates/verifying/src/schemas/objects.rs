//! Keywords about objects.

use serde_json::{Map, Value};

use super::run::{At, Run, Seen, Segment};
use super::scalars::count;
use super::{Draft, Unusable};
use crate::library::shown;

/// `required`, `minProperties`, `maxProperties`, `dependentRequired` and its older form.
pub(super) fn check_size<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
) -> Result<bool, Unusable> {
    let Value::Object(members) = value else { return Ok(true) };
    let mut fits = true;
    match at.schema.get("required") {
        None => {}
        Some(Value::Array(names)) => fits &= demand(run, members, names)?,
        // The drafts before 04 had a flag there; it has no meaning any more.
        Some(Value::Bool(_)) => {}
        Some(_) => return Err(Unusable::Broken),
    }
    if count(at, "minProperties")?.is_some_and(|least| members.len() < least) {
        run.find("has too few parts");
        fits = false;
    }
    if count(at, "maxProperties")?.is_some_and(|most| members.len() > most) {
        run.find("has too many parts");
        fits = false;
    }
    for (name, then) in dependencies(run.draft, at, "dependentRequired")? {
        run.charge(1 + name.len() / 64)?;
        if let Value::Array(names) = then
            && members.contains_key(name)
        {
            fits &= demand(run, members, names)?;
        }
    }
    Ok(fits)
}

fn demand(run: &mut Run<'_, '_>, members: &Map<String, Value>, names: &[Value]) -> Result<bool, Unusable> {
    let mut fits = true;
    for name in names {
        run.charge(1)?;
        let name = name.as_str().ok_or(Unusable::Broken)?;
        run.charge(name.len() / 64)?;
        if !members.contains_key(name) {
            run.find(format!("lacks the part `{}`", shown(name)));
            fits = false;
        }
    }
    Ok(fits)
}

/// The members of `dependencies`, which no draft forbids, and of the keyword that took its place.
fn dependencies<'s>(
    draft: Draft,
    at: At<'s>,
    newer: &str,
) -> Result<impl Iterator<Item = (&'s String, &'s Value)> + use<'s>, Unusable> {
    let newer = if draft >= Draft::Draft201909 { map(at, newer)? } else { None };
    Ok(map(at, "dependencies")?.into_iter().flatten().chain(newer.into_iter().flatten()))
}

/// `properties`, `patternProperties`, `additionalProperties`, `propertyNames`, `dependentSchemas` and its older form.
pub(super) fn check<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let Value::Object(members) = value else { return Ok(true) };
    let mut fits = check_members(run, at, members, seen)?;
    for (name, then) in dependencies(run.draft, at, "dependentSchemas")? {
        run.charge(1 + name.len() / 64)?;
        if !then.is_array() && members.contains_key(name) {
            let verdict = run.apply(then, at.resource, value)?;
            fits &= run.take(verdict, seen)?;
        }
    }
    Ok(fits)
}

fn check_members<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    members: &'i Map<String, Value>,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let (known, patterns) = (map(at, "properties")?, map(at, "patternProperties")?);
    let more = at.schema.get("additionalProperties");
    let names = at.schema.get("propertyNames").filter(|_| run.draft > Draft::Draft4);
    if known.is_none() && patterns.is_none() && more.is_none() && names.is_none() {
        return Ok(true);
    }
    let mut fits = true;
    for (name, member) in members {
        run.charge(1 + name.len() / 64)?;
        let mut is_seen = false;
        if let Some(schema) = known.and_then(|known| known.get(name)) {
            is_seen = true;
            fits &= run.apply_to_part(schema, at.resource, Segment::Name(name), member)?;
        }
        for (pattern, schema) in patterns.into_iter().flatten() {
            if run.matches(pattern, name)? {
                is_seen = true;
                fits &= run.apply_to_part(schema, at.resource, Segment::Name(name), member)?;
            }
        }
        if let Some(schema) = more.filter(|_| !is_seen) {
            is_seen = true;
            fits &= run.apply_to_part(schema, at.resource, Segment::Name(name), member)?;
        }
        if let Some(schema) = names {
            let follows = run.name_follows(schema, at.resource, name)?;
            if !follows {
                run.find(format!("has a part with a name that is not allowed there: `{}`", shown(name)));
            }
            fits &= follows;
        }
        if is_seen {
            seen.names.insert(name);
        }
        if !fits && run.is_done() {
            break;
        }
    }
    Ok(fits)
}

/// `unevaluatedProperties`.
pub(super) fn check_unseen<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let (Some(schema), Value::Object(members)) = (at.schema.get("unevaluatedProperties"), value) else {
        return Ok(true);
    };
    if seen.every_name {
        return Ok(true);
    }
    let mut fits = true;
    for (name, member) in members {
        run.charge(1 + name.len() / 64)?;
        if !seen.names.contains(name.as_str()) {
            fits &= run.apply_to_part(schema, at.resource, Segment::Name(name), member)?;
        }
    }
    seen.every_name = true;
    Ok(fits)
}

/// A keyword that holds subschemas by name.
fn map<'s>(at: At<'s>, name: &str) -> Result<Option<&'s Map<String, Value>>, Unusable> {
    match at.schema.get(name) {
        None => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(Unusable::Broken),
    }
}
