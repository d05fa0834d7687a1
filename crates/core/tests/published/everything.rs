//! A document with every member of every class, made from the published schema itself.

use serde_json::{Map, Value, json};

/// A document of the schema's root class with all members that the schema knows.
pub(crate) fn of(schema: &Value) -> Value {
    build(schema, schema, &mut Vec::new())
}

/// `above` holds the classes around, which are not begun again inside themselves.
fn build(schema: &Value, root: &Value, above: &mut Vec<String>) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let class = reference.trim_start_matches("#/$defs/").to_owned();
        above.push(class.clone());
        let value = build(&root["$defs"][&class], root, above);
        above.pop();
        return value;
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let choice = choices.iter().rev().find(|choice| !is_around(choice, above)).unwrap();
        let is_words = choices.iter().all(|choice| choice["type"] == "string");
        return build(if is_words { &choices[0] } else { choice }, root, above);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().map(|part| part["contains"]["enum"][0].clone()).collect();
    }
    match schema["type"].as_str() {
        Some("object") => object(schema, root, above),
        Some("array") if schema["contains"].is_object() => json!([schema["contains"]["enum"][0]]),
        Some("array") if schema["items"].is_array() => json!([
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ]),
        Some("array") => json!([build(&schema["items"], root, above)]),
        Some("number") => json!(1.5),
        Some("boolean") => json!(false),
        _ => json!(text(schema)),
    }
}

fn object(schema: &Value, root: &Value, above: &mut Vec<String>) -> Value {
    let mut members = Map::new();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let is_required =
            schema["required"].as_array().is_some_and(|names| names.iter().any(|it| it == name));
        if is_required || !(is_around(member, above) || is_around(&member["items"], above)) {
            members.insert(name.clone(), build(member, root, above));
        }
    }
    Value::Object(members)
}

fn is_around(schema: &Value, above: &[String]) -> bool {
    let reference = schema["$ref"].as_str().map(|reference| reference.trim_start_matches("#/$defs/"));
    reference.is_some_and(|class| above.iter().any(|around| around == class))
}

fn text(schema: &Value) -> String {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    match schema["format"].as_str() {
        Some("date-time") => "2026-11-23T10:00:00Z".to_owned(),
        Some("date") => "2026-11-23".to_owned(),
        _ if pattern.contains("a-z]{2,4}") => "en".to_owned(),
        _ if pattern.contains(r"\.") => "e30.e30.c2ln".to_owned(),
        _ => schema["enum"][0].as_str().unwrap_or("urn:uuid:1").to_owned(),
    }
}
