//! Keywords about a value as such, about numbers, and about texts.

use serde_json::{Number, Value};

use super::run::{At, Run};
use super::{Draft, Unusable};

/// `type`, `enum`, `const`, and what is said of numbers and texts.
pub(super) fn check<'s, 'i>(run: &mut Run<'s, 'i>, at: At<'s>, value: &'i Value) -> Result<bool, Unusable> {
    let fits = check_type(run, at, value)? & check_enum(run, at, value)?;
    Ok(fits
        & match value {
            Value::Number(number) => check_number(run, at, number)?,
            Value::String(text) => check_text(run, at, text)?,
            _ => true,
        })
}

fn check_type<'s, 'i>(run: &mut Run<'s, 'i>, at: At<'s>, value: &'i Value) -> Result<bool, Unusable> {
    let wanted: Vec<&str> = match at.schema.get("type") {
        None => return Ok(true),
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) if many.len() <= 7 => many.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Err(Unusable::Broken),
    };
    let mut fits = false;
    for kind in &wanted {
        fits |= match *kind {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.as_number().is_some_and(|number| is_integer(number, run.draft)),
            _ => return Err(Unusable::Broken),
        };
    }
    if !fits {
        let words: Vec<&str> = wanted.iter().map(|kind| in_words(kind)).collect();
        run.find(format!("should be {}", words.join(" or ")));
    }
    Ok(fits)
}

fn in_words(kind: &str) -> &str {
    match kind {
        "null" => "empty",
        "boolean" => "true or false",
        "object" => "an object with parts",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        _ => "a number",
    }
}

/// draft-04 goes by how a number is written, the later ones by what it is.
fn is_integer(number: &Number, draft: Draft) -> bool {
    let whole = || number.as_f64().is_some_and(|number| number.fract() == 0.0);
    number.is_i64() || number.is_u64() || (draft > Draft::Draft4 && whole())
}

fn check_enum<'s, 'i>(run: &mut Run<'s, 'i>, at: At<'s>, value: &'i Value) -> Result<bool, Unusable> {
    let mut fits = true;
    if let Some(allowed) = at.schema.get("enum") {
        let allowed = allowed.as_array().ok_or(Unusable::Broken)?;
        let mut found = false;
        for one in allowed {
            run.charge(1)?;
            if same(run, one, value)? {
                found = true;
                break;
            }
        }
        if !found {
            run.find("is none of the values allowed there");
        }
        fits &= found;
    }
    if let Some(only) = at.schema.get("const").filter(|_| run.draft > Draft::Draft4) {
        let found = same(run, only, value)?;
        if !found {
            run.find("is not the one value allowed there");
        }
        fits &= found;
    }
    Ok(fits)
}

/// Whether two values are the same to JSON Schema, to which 1 and 1.0 are one number.
pub(super) fn same(run: &mut Run<'_, '_>, one: &Value, other: &Value) -> Result<bool, Unusable> {
    run.charge(1)?;
    Ok(match (one, other) {
        (Value::Number(one), Value::Number(other)) => order(one, other)?.is_eq(),
        (Value::String(one), Value::String(other)) => {
            run.charge(if one.len() == other.len() { one.len() / 64 } else { 0 })?;
            one == other
        }
        (Value::Array(one), Value::Array(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for (one, other) in one.iter().zip(other) {
                if !same(run, one, other)? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Object(one), Value::Object(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for (name, member) in one {
                run.charge(name.len() / 64)?;
                let Some(twin) = other.get(name) else { return Ok(false) };
                if !same(run, member, twin)? {
                    return Ok(false);
                }
            }
            true
        }
        (one, other) => one == other,
    })
}

fn order(one: &Number, other: &Number) -> Result<std::cmp::Ordering, Unusable> {
    let whole = |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    if let (Some(one), Some(other)) = (whole(one), whole(other)) {
        return Ok(one.cmp(&other));
    }
    let (one, other) = (one.as_f64().ok_or(Unusable::Broken)?, other.as_f64().ok_or(Unusable::Broken)?);
    one.partial_cmp(&other).ok_or(Unusable::Broken)
}

fn check_number<'s, 'i>(run: &mut Run<'s, 'i>, at: At<'s>, number: &'i Number) -> Result<bool, Unusable> {
    let draft = run.draft;
    let limit = |name: &str| match at.schema.get(name) {
        None => Ok(None),
        // draft-04 has a flag there, and a number means nothing.
        Some(_) if draft == Draft::Draft4 && name.starts_with("exclusive") => Ok(None),
        Some(Value::Bool(_)) if name.starts_with("exclusive") => Ok(None),
        Some(Value::Number(limit)) => Ok(Some(limit)),
        Some(_) => Err(Unusable::Broken),
    };
    let flag = |name: &str| draft == Draft::Draft4 && at.schema.get(name) == Some(&Value::Bool(true));
    let (strictly_more, strictly_less) = (flag("exclusiveMinimum"), flag("exclusiveMaximum"));
    let mut fits = true;
    if let Some(least) = limit("minimum")? {
        let order = order(number, least)?;
        fits &= if strictly_more { order.is_gt() } else { order.is_ge() };
    }
    if let Some(most) = limit("maximum")? {
        let order = order(number, most)?;
        fits &= if strictly_less { order.is_lt() } else { order.is_le() };
    }
    if let Some(below) = limit("exclusiveMinimum")? {
        fits &= order(number, below)?.is_gt();
    }
    if let Some(above) = limit("exclusiveMaximum")? {
        fits &= order(number, above)?.is_lt();
    }
    if !fits {
        run.find("is a number outside the range allowed there");
    }
    if let Some(step) = limit("multipleOf")?
        && !is_multiple(number, step)?
    {
        run.find(format!("is not a multiple of {step}"));
        return Ok(false);
    }
    Ok(fits)
}

fn is_multiple(number: &Number, step: &Number) -> Result<bool, Unusable> {
    if let (Some(number), Some(step)) = (number.as_i64(), step.as_i64()) {
        return number.checked_rem(step).map(|rest| rest == 0).ok_or(Unusable::Broken);
    }
    let (number, step) = (number.as_f64().ok_or(Unusable::Broken)?, step.as_f64().ok_or(Unusable::Broken)?);
    if step <= 0.0 {
        return Err(Unusable::Broken);
    }
    // 19.99 is a multiple of 0.01, although their quotient as binary fractions is not quite whole.
    let quotient = number / step;
    Ok(quotient.is_finite() && (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0))
}

fn check_text<'s, 'i>(run: &mut Run<'s, 'i>, at: At<'s>, text: &'i str) -> Result<bool, Unusable> {
    let mut fits = true;
    let least = count(at, "minLength")?;
    let most = count(at, "maxLength")?;
    if least.is_some() || most.is_some() {
        run.charge(text.len() / 64)?;
        let length = text.chars().count();
        if least.is_some_and(|least| length < least) {
            run.find(if length == 0 { "is empty" } else { "is too short" });
            fits = false;
        }
        if most.is_some_and(|most| length > most) {
            run.find("is too long");
            fits = false;
        }
    }
    if let Some(pattern) = at.schema.get("pattern") {
        let pattern = pattern.as_str().ok_or(Unusable::Broken)?;
        if !run.matches(pattern, text)? {
            run.find("is not written in the form demanded there");
            fits = false;
        }
    }
    Ok(fits)
}

/// A keyword that counts something.
pub(super) fn count(at: At<'_>, name: &str) -> Result<Option<usize>, Unusable> {
    let Some(limit) = at.schema.get(name) else { return Ok(None) };
    let whole = |number: &f64| *number >= 0.0 && number.fract() == 0.0;
    let limit = limit.as_f64().filter(whole).ok_or(Unusable::Broken)?;
    // Nothing here has more parts than fit a number of ten digits.
    let digits = format!("{:.0}", limit.min(9_999_999_999.0));
    digits.parse().map(Some).map_err(|_| Unusable::Broken)
}
