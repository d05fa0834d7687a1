//! Keywords that combine subschemas.

use serde_json::Value;

use super::run::{At, Run, Seen};
use super::{Draft, Unusable};

/// `allOf`, `anyOf`, `oneOf`, `not`, `if`.
pub(super) fn check<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let mut fits = true;
    for schema in list(at, "allOf")? {
        let verdict = run.apply(schema, at.resource, value)?;
        fits &= run.take(verdict, seen)?;
        if !fits && run.is_done() {
            return Ok(false);
        }
    }
    fits &= check_any(run, at, value, seen)?;
    fits &= check_one(run, at, value, seen)?;
    if let Some(schema) = at.schema.get("not")
        && run.try_apply(schema, at.resource, value)?.is_some()
    {
        run.find("is of a kind that is not allowed there");
        fits = false;
    }
    if run.draft >= Draft::Draft7 {
        fits &= check_if(run, at, value, seen)?;
    }
    Ok(fits)
}

/// All of them are looked at, even after one that fits: each may have seen other parts.
fn check_any<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let mut found = at.schema.get("anyOf").is_none();
    for schema in list(at, "anyOf")? {
        let verdict = run.try_apply(schema, at.resource, value)?;
        found |= run.take(verdict, seen)?;
        if found && run.draft < Draft::Draft201909 {
            break;
        }
    }
    if !found {
        run.find("has none of the forms allowed there");
    }
    Ok(found)
}

fn check_one<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    if at.schema.get("oneOf").is_none() {
        return Ok(true);
    }
    let mut found = 0;
    for schema in list(at, "oneOf")? {
        let verdict = run.try_apply(schema, at.resource, value)?;
        found += usize::from(run.take(verdict, seen)?);
    }
    match found {
        1 => return Ok(true),
        0 => run.find("has none of the forms allowed there"),
        _ => run.find("has several of the forms of which only one is allowed there"),
    }
    Ok(false)
}

fn check_if<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let Some(condition) = at.schema.get("if") else { return Ok(true) };
    let verdict = run.try_apply(condition, at.resource, value)?;
    let branch = if run.take(verdict, seen)? { "then" } else { "else" };
    let Some(schema) = at.schema.get(branch) else { return Ok(true) };
    let verdict = run.apply(schema, at.resource, value)?;
    run.take(verdict, seen)
}

/// A keyword that holds a list of subschemas.
fn list<'s>(at: At<'s>, name: &str) -> Result<&'s [Value], Unusable> {
    match at.schema.get(name) {
        None => Ok(&[]),
        Some(Value::Array(schemas)) if !schemas.is_empty() => Ok(schemas),
        Some(_) => Err(Unusable::Broken),
    }
}
