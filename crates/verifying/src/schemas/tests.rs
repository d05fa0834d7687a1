//! What the engine decides, that a library decides the same, and what hostile schemas come to.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

const DRAFTS: [(Draft, &str, jsonschema::Draft); 5] = [
    (Draft::Draft4, "http://json-schema.org/draft-04/schema#", jsonschema::Draft::Draft4),
    (Draft::Draft6, "http://json-schema.org/draft-06/schema#", jsonschema::Draft::Draft6),
    (Draft::Draft7, "http://json-schema.org/draft-07/schema#", jsonschema::Draft::Draft7),
    (Draft::Draft201909, "https://json-schema.org/draft/2019-09/schema", jsonschema::Draft::Draft201909),
    (Draft::Draft202012, "https://json-schema.org/draft/2020-12/schema", jsonschema::Draft::Draft202012),
];

fn why(schema: &Value, instance: &Value) -> Option<Unusable> {
    match check(schema, instance, Draft::Draft202012) {
        Err(SchemaTrouble::Unusable(why)) => Some(why),
        _ => None,
    }
}

fn words(schema: &Value, instance: &Value) -> String {
    match check(schema, instance, Draft::Draft202012) {
        Err(trouble) => trouble.words("the badge"),
        Ok(()) => String::new(),
    }
}

#[test]
fn what_is_wrong_is_told_by_place_and_in_plain_words() {
    let schema = json!({
        "type": "object",
        "required": ["name", "hours"],
        "properties": { "hours": { "type": "integer", "minimum": 1 }, "tags": { "items": { "type": "string" } } },
        "additionalProperties": false,
    });
    let good = json!({ "name": "A", "hours": 3 });
    assert_eq!(words(&schema, &good), "in the badge, `name` is not allowed");
    let bad = json!({ "hours": "3", "tags": ["a", 7] });
    assert_eq!(
        words(&schema, &bad),
        "the badge lacks the part `name`; in the badge, `hours` should be a whole number; \
         in the badge, `tags/1` should be a text"
    );
    let many: Vec<Value> = (0..100).map(Value::from).collect();
    let schema = json!({ "items": { "type": "string" } });
    assert!(
        matches!(check(&schema, &json!(many), Draft::Draft7), Err(SchemaTrouble::Unfit(few)) if few.len() == 5)
    );
}

#[test]
fn a_reference_leads_within_the_document_and_nowhere_else() {
    let inside = json!({
        "$id": "https://school.example/schema",
        "$defs": {
            "by pointer/~": { "type": "integer" },
            "anchored": { "$anchor": "here", "type": "integer" },
            "own": { "$id": "own.json", "$defs": { "deep": { "type": "integer" } }, "$ref": "#/$defs/deep" },
        },
    });
    for reference in [
        "#/$defs/by%20pointer~1~0",
        "#here",
        "own.json",
        "https://school.example/own.json#/$defs/deep",
        "#/$defs/own/$defs/deep",
    ] {
        let mut schema = inside.clone();
        schema["$ref"] = reference.into();
        assert_eq!(check(&schema, &json!(1), Draft::Draft202012), Ok(()), "{reference}");
        assert!(
            matches!(check(&schema, &json!("1"), Draft::Draft202012), Err(SchemaTrouble::Unfit(_))),
            "{reference}"
        );
    }
    for reference in ["https://evil.example/schema", "#/nowhere", "#nowhere", "file:///etc/passwd", "//x/y"] {
        let mut schema = inside.clone();
        schema["$ref"] = reference.into();
        assert_eq!(why(&schema, &json!(1)), Some(Unusable::Elsewhere), "{reference}");
    }
}

#[test]
fn the_draft_is_the_one_the_schema_names() {
    let whole = |draft: &str| json!({ "$schema": draft, "type": "integer" });
    assert!(
        check(&whole(DRAFTS[0].1), &json!(1.0), Draft::Draft202012).is_err(),
        "1.0 is no integer in draft-04"
    );
    assert_eq!(check(&whole(DRAFTS[1].1), &json!(1.0), Draft::Draft4), Ok(()));
    for other in [json!("https://evil.example/dialect"), json!(7), json!("draft-07")] {
        assert_eq!(why(&json!({ "$schema": other }), &json!(1)), Some(Unusable::Dialect));
    }
}

#[test]
fn a_broken_schema_decides_nothing() {
    for broken in [
        json!([]),
        json!({ "type": "integr" }),
        json!({ "minimum": "3" }),
        json!({ "allOf": {} }),
        json!({ "anyOf": [] }),
        json!({ "minLength": -1 }),
        json!({ "$ref": 7 }),
    ] {
        let instances = [json!(1), json!("a")];
        assert!(
            instances.iter().any(|instance| why(&broken, instance) == Some(Unusable::Broken)),
            "{broken}"
        );
    }
    for pattern in ["(?=a)", "(a)\\1", "(", "a{1000}{1000}{1000}"] {
        assert_eq!(why(&json!({ "pattern": pattern }), &json!("a")), Some(Unusable::Pattern), "{pattern}");
    }
}

#[test]
fn patterns_mean_what_they_mean_elsewhere() {
    for (pattern, text, expected) in [
        ("^\\d+$", "٣", false),
        ("^[\\w.-]+$", "a.b-c_9", true),
        ("^\\w$", "é", false),
        ("^[[&~]+$", "[&~", true),
        ("^\\/[a-z]*\\.$", "/a.", true),
        ("b", "abc", true),
        ("^.{1,255}$", "é", true),
        ("^\\u0041$", "A", true),
    ] {
        assert_eq!(
            check(&json!({ "pattern": pattern }), &json!(text), Draft::Draft7).is_ok(),
            expected,
            "{pattern} {text}"
        );
    }
}

/// Schemas that make libraries work for ever end here after a counted number of steps.
#[test]
fn a_schema_that_would_never_end_is_given_up() {
    let fan = |word: &str, leaf: Value| {
        let mut parts = Map::new();
        for level in 0..40 {
            let next = json!({ "$ref": format!("#/$defs/{}", level + 1) });
            parts.insert(level.to_string(), json!({ word: [next, next] }));
        }
        parts.insert("40".into(), leaf);
        json!({ "$defs": parts, "$ref": "#/$defs/0" })
    };
    let nested = (0..100).fold(json!(1), |inner, _| json!({ "a": inner }));
    let branch = json!({ "allOf": [{ "properties": { "a": { "$ref": "#" } } }, { "maxProperties": 0 }] });
    let twice = json!({ "properties": { "a": { "$ref": "#" } } });
    let long: Vec<Value> = (0..9_000).map(|n| json!({ "n": n })).collect();
    let pairs = json!({ "contains": { "enum": long }, "uniqueItems": true });
    let costly = json!({ "contains": { "pattern": "^(?:(?:a{1,30}){1,30}){1,4}b$" } });
    let texts: Vec<String> = (0..4_000).map(|_| "a".repeat(200)).collect();
    for (schema, instance) in [
        (fan("allOf", json!(true)), json!({})),
        (fan("anyOf", json!(false)), json!({})),
        (fan("oneOf", json!({ "type": "string" })), json!({})),
        (json!({ "anyOf": [branch, branch] }), nested.clone()),
        (json!({ "allOf": [twice, twice], "unevaluatedProperties": false }), nested.clone()),
        (json!({ "$ref": "#" }), json!({})),
        (json!({ "not": { "$ref": "#" } }), json!({})),
        (json!({ "propertyNames": { "$ref": "#" }, "allOf": [{ "$ref": "#" }] }), json!({ "a": 1 })),
        (pairs, json!((0..9_000).collect::<Vec<i32>>())),
        (costly, json!(texts)),
    ] {
        let why = why(&schema, &instance);
        let start: String = schema.to_string().chars().take(80).collect();
        assert!(matches!(why, Some(Unusable::Spent)), "{why:?} {start}");
    }
}

#[test]
fn what_is_too_large_is_not_looked_at() {
    let long = json!((0..30_000).collect::<Vec<i32>>());
    assert_eq!(why(&json!({}), &long), Some(Unusable::TooLarge));
    assert_eq!(why(&json!({ "enum": long }), &json!(1)), Some(Unusable::TooLarge));
    let many: Vec<Value> =
        (0..100).map(|n| json!({ "$id": format!("https://school.example/{n}") })).collect();
    assert_eq!(why(&json!({ "allOf": many }), &json!(1)), Some(Unusable::TooLarge));
}

#[test]
fn the_deepest_documents_fit_on_a_small_stack() {
    let work = || {
        let deep = (0..120).fold(json!(true), |inner, _| json!({ "allOf": [inner] }));
        let chain = (0..2_000).fold(Map::new(), |mut parts, n| {
            parts.insert(n.to_string(), json!({ "$ref": format!("#/$defs/{}", n + 1) }));
            parts
        });
        let instance = (0..120).fold(json!(1), |inner, _| json!({ "a": inner }));
        let follows = json!({ "properties": { "a": { "allOf": [{ "$ref": "#" }] } } });
        (
            check(&deep, &instance, Draft::Draft7).is_ok(),
            why(&json!({ "$defs": chain, "$ref": "#/$defs/0" }), &instance),
            why(&follows, &instance),
        )
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap();
    assert_eq!(thread.join().unwrap(), (true, Some(Unusable::Spent), Some(Unusable::Spent)));
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..4).prop_map(Value::from),
        prop_oneof![Just(0.5), Just(1.0), Just(-2.0), Just(2.5)].prop_map(Value::from),
        "[ab]{0,3}".prop_map(Value::from),
    ]
}

fn instance() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            hash_map("[abc]", inner, 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn keyword() -> impl Strategy<Value = (String, Value)> {
    let kind = prop_oneof![
        Just("null"),
        Just("boolean"),
        Just("integer"),
        Just("number"),
        Just("string"),
        Just("array"),
        Just("object")
    ];
    let number = prop_oneof![(-2i64..4).prop_map(Value::from), Just(json!(0.5))];
    let limit =
        prop_oneof![Just("minimum"), Just("maximum"), Just("exclusiveMinimum"), Just("exclusiveMaximum")];
    let count = prop_oneof![
        Just("minLength"),
        Just("maxLength"),
        Just("minItems"),
        Just("maxItems"),
        Just("minProperties"),
        Just("maxProperties"),
        Just("minContains"),
        Just("maxContains"),
    ];
    prop_oneof![
        vec(kind, 1..3).prop_map(|mut kinds| {
            kinds.dedup();
            ("type".to_owned(), if kinds.len() == 1 { json!(kinds[0]) } else { json!(kinds) })
        }),
        (limit, number).prop_map(|(name, limit)| (name.to_owned(), limit)),
        (count, 0u8..3).prop_map(|(name, count)| (name.to_owned(), count.into())),
        vec(instance(), 1..3).prop_map(|values| ("enum".to_owned(), values.into())),
        instance().prop_map(|value| ("const".to_owned(), value)),
        prop_oneof![Just(json!(2)), Just(json!(0.5))].prop_map(|step| ("multipleOf".to_owned(), step)),
        prop_oneof![Just("^a"), Just("b$"), Just("^[ab]{2}$")]
            .prop_map(|pattern| ("pattern".to_owned(), pattern.into())),
        any::<bool>().prop_map(|unique| ("uniqueItems".to_owned(), unique.into())),
        hash_map("[abc]", Just(()), 1..3)
            .prop_map(|names| { ("required".to_owned(), names.into_keys().collect::<Vec<_>>().into()) }),
        Just(("dependentRequired".to_owned(), json!({ "a": ["b"] }))),
        Just(("dependencies".to_owned(), json!({ "a": ["b"] }))),
        prop_oneof![Just("#/$defs/x"), Just("#/$defs/y"), Just("#x")]
            .prop_map(|to| ("$ref".to_owned(), to.into())),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    let leaf = vec(keyword(), 0..3).prop_map(|words| Value::Object(words.into_iter().collect()));
    leaf.prop_recursive(3, 24, 3, |inner| {
        let one = prop_oneof![
            Just("additionalProperties"),
            Just("propertyNames"),
            Just("items"),
            Just("additionalItems"),
            Just("contains"),
            Just("not"),
            Just("if"),
            Just("then"),
            Just("else"),
            Just("unevaluatedProperties"),
            Just("unevaluatedItems"),
        ];
        let list =
            prop_oneof![Just("allOf"), Just("anyOf"), Just("oneOf"), Just("prefixItems"), Just("items")];
        let map = prop_oneof![Just("properties"), Just("dependentSchemas"), Just("dependencies")];
        let combined = prop_oneof![
            (one, inner.clone()).prop_map(|(name, schema)| (name.to_owned(), schema)),
            (list, vec(inner.clone(), 1..3)).prop_map(|(name, schemas)| (name.to_owned(), schemas.into())),
            (map, hash_map("[abc]", inner.clone(), 1..3))
                .prop_map(|(name, parts)| (name.to_owned(), Value::Object(parts.into_iter().collect()))),
            inner.prop_map(|schema| ("patternProperties".to_owned(), json!({ "^[ab]$": schema }))),
        ];
        (vec(combined, 1..4), vec(keyword(), 0..2))
            .prop_map(|(combined, words)| Value::Object(combined.into_iter().chain(words).collect()))
    })
}

proptest! {
    /// Whatever is decided here is decided the same by the library that most Rust programs use.
    #[test]
    fn a_library_decides_the_same(
        mut schema in schema(),
        mut x in schema(),
        y in schema(),
        instance in instance(),
        draft in 0usize..5,
    ) {
        let (draft, name, theirs) = DRAFTS[draft];
        if let Some(members) = x.as_object_mut() {
            members.remove("$ref");
            members.insert("$anchor".into(), "x".into());
        }
        schema["$schema"] = name.into();
        schema["$defs"] = json!({ "x": x, "y": y });
        let library = jsonschema::options().with_draft(theirs).should_validate_formats(false).build(&schema);
        let Ok(library) = library else { return Ok(()) };
        match check(&schema, &instance, draft) {
            Err(SchemaTrouble::Unusable(_)) => {}
            decided => prop_assert_eq!(decided.is_ok(), library.is_valid(&instance), "{} {}", schema, instance),
        }
    }
}
