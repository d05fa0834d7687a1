//! Keywords about lists.

use std::collections::BTreeSet;

use serde_json::Value;

use super::run::{At, Run, Seen, Segment};
use super::scalars::count;
use super::{Draft, Unusable};

/// `minItems`, `maxItems`, `uniqueItems`.
pub(super) fn check_size<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
) -> Result<bool, Unusable> {
    let Value::Array(entries) = value else { return Ok(true) };
    let mut fits = true;
    if count(at, "minItems")?.is_some_and(|least| entries.len() < least) {
        run.find("has too few entries");
        fits = false;
    }
    if count(at, "maxItems")?.is_some_and(|most| entries.len() > most) {
        run.find("has too many entries");
        fits = false;
    }
    if at.schema.get("uniqueItems") == Some(&Value::Bool(true)) {
        let mut texts = BTreeSet::new();
        let mut unique = true;
        for entry in entries {
            let mut text = String::new();
            spell(entry, &mut text);
            run.charge(1 + text.len() / 16)?;
            unique &= texts.insert(text);
        }
        if !unique {
            run.find("has the same entry twice");
        }
        fits &= unique;
    }
    Ok(fits)
}

/// Writes a value so that those that are the same to JSON Schema are the same text.
fn spell(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (None, None, Some(float)) => out.push_str(&float.to_string()),
            _ => out.push_str(&number.to_string()),
        },
        Value::Array(entries) => {
            out.push('[');
            for entry in entries {
                spell(entry, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, member) in sorted {
                out.push_str(&Value::String(name.clone()).to_string());
                spell(member, out);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// `prefixItems`, `items`, `additionalItems`, `contains` and its bounds.
pub(super) fn check<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let Value::Array(entries) = value else { return Ok(true) };
    let fits = check_entries(run, at, entries, seen)?;
    if !fits && run.is_done() {
        return Ok(false);
    }
    Ok(fits & check_contains(run, at, entries, seen)?)
}

fn check_entries<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    entries: &'i [Value],
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let items = at.schema.get("items");
    let (first, rest): (&[Value], Option<&Value>) = if run.draft == Draft::Draft202012 {
        match at.schema.get("prefixItems") {
            None => (&[], items),
            Some(Value::Array(first)) => (first, items),
            Some(_) => return Err(Unusable::Broken),
        }
    } else {
        match items {
            Some(Value::Array(first)) => (first, at.schema.get("additionalItems")),
            other => (&[], other),
        }
    };
    let mut fits = true;
    for (index, entry) in entries.iter().enumerate() {
        let Some(schema) = first.get(index).or(rest) else { break };
        run.charge(1)?;
        fits &= run.apply_to_part(schema, at.resource, Segment::Index(index), entry)?;
        seen.indexes.insert(index);
        if !fits && run.is_done() {
            break;
        }
    }
    seen.every_index |= rest.is_some();
    Ok(fits)
}

fn check_contains<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    entries: &'i [Value],
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let Some(schema) = at.schema.get("contains").filter(|_| run.draft > Draft::Draft4) else {
        return Ok(true);
    };
    let mut found = 0;
    for (index, entry) in entries.iter().enumerate() {
        if run.try_apply(schema, at.resource, entry)?.is_some() {
            found += 1;
            if run.draft == Draft::Draft202012 {
                seen.indexes.insert(index);
            }
        }
    }
    let bounded = run.draft >= Draft::Draft201909;
    let least = count(at, "minContains")?.filter(|_| bounded).unwrap_or(1);
    let most = count(at, "maxContains")?.filter(|_| bounded).unwrap_or(usize::MAX);
    let fits = (least..=most).contains(&found);
    if !fits {
        run.find("lacks an entry that has to be in the list, or has it too often");
    }
    Ok(fits)
}

/// `unevaluatedItems`.
pub(super) fn check_unseen<'s, 'i>(
    run: &mut Run<'s, 'i>,
    at: At<'s>,
    value: &'i Value,
    seen: &mut Seen<'i>,
) -> Result<bool, Unusable> {
    let (Some(schema), Value::Array(entries)) = (at.schema.get("unevaluatedItems"), value) else {
        return Ok(true);
    };
    if seen.every_index {
        return Ok(true);
    }
    let mut fits = true;
    for (index, entry) in entries.iter().enumerate() {
        run.charge(1)?;
        if !seen.indexes.contains(&index) {
            fits &= run.apply_to_part(schema, at.resource, Segment::Index(index), entry)?;
        }
    }
    seen.every_index = true;
    Ok(fits)
}
