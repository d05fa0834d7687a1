//! Extensions of 2.0: objects inside a badge that follow a vocabulary and a form of their makers' own
//! ([Extensions](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/extensions/index.html)).
//!
//! The form is a JSON Schema of draft-04 that the vocabulary names. Addresses of both are the issuer's choice, so they are
//! visited only once nothing is wrong with the badge. An extension that does not follow its form is a remark: the standard
//! leaves it to each reader which extensions to look at, and no badge depends on one.

use accolade_linked_data::json;
use serde_json::Value;

use super::{Linked, rules};
use crate::case::Case;
use crate::egress::Keeping;
use crate::library::{place_of, shown};
use crate::report::steps::v2 as step;
use crate::report::{CheckOutcome, Report, Trouble};
use crate::schemas::{self, Draft, SchemaTrouble};

/// The most extensions looked at, and how deep in the documents they are looked for.
const MOST: usize = 12;
const DEEPEST: usize = 4;

/// Where the well-known extensions have their vocabularies. Those addresses lead on to another server, where this verifier
/// does not follow; what they demand has not changed since 2016.
const WELL_KNOWN: &str = "https://w3id.org/openbadges/extensions/";
const FORMS: [(&str, &str); 3] = [
    ("ApplyLinkExtension", r#"{"required": ["url"], "properties": {"url": {"type": "string"}}}"#),
    ("OriginalCreatorExtension", r#"{"required": ["url"], "properties": {"url": {"type": "string"}}}"#),
    (
        "GeoCoordinatesExtension",
        r#"{"required": ["geo"], "properties": {"geo": {"type": "object", "required": ["latitude", "longitude"],
            "properties": {"latitude": {"type": "number"}, "longitude": {"type": "number"}}}}}"#,
    ),
];

/// Looks at the extensions of a badge that nothing is wrong with so far.
pub(crate) async fn examine(case: &mut Case<'_>, assertion: &Value, linked: &Linked, report: &mut Report) {
    let mut found = Vec::new();
    for document in [assertion, &linked.badge, &linked.issuer] {
        collect(document, 0, &mut found);
    }
    if found.is_empty() {
        return;
    }
    let doubted = |outcome| matches!(outcome, CheckOutcome::Failed | CheckOutcome::Unknown);
    if report.checks.iter().any(|check| doubted(check.outcome)) {
        report.skip(
            step::EXTENSIONS,
            "The additions (extensions) in the badge were not looked at, because the badge itself is in doubt.",
        );
        return;
    }
    let mut good = 0;
    for extension in &found {
        match judge(case, extension).await {
            Ok(()) => good += 1,
            Err(trouble) => report.warn(
                step::EXTENSIONS,
                trouble.code(),
                format!("{} The badge itself does not depend on it.", trouble.detail()),
            ),
        }
    }
    if good == found.len() {
        report.pass(
            step::EXTENSIONS,
            "What the issuer added to the badge beyond the standard (extensions) has the form its makers describe.",
        );
    }
}

/// One extension: its name for people, its types, and the object.
struct Extension<'a> {
    name: String,
    types: Vec<&'a str>,
    node: &'a Value,
}

fn collect<'a>(value: &'a Value, depth: usize, found: &mut Vec<Extension<'a>>) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| collect(entry, depth + 1, found)),
        Value::Object(members) => {
            let types: Vec<&str> = rules::texts(value.get("type")).collect();
            let is_extension = |kind: &&str| *kind == "Extension" || kind.starts_with("extensions:");
            // The documents themselves are no extensions of anything.
            if depth > 0 && types.iter().any(is_extension) {
                let own = types.iter().find(|kind| **kind != "Extension").unwrap_or(&"Extension");
                found.push(Extension { name: shown(own), types, node: value });
                return;
            }
            members.values().for_each(|member| collect(member, depth + 1, found));
        }
        _ => {}
    }
}

async fn judge(case: &mut Case<'_>, extension: &Extension<'_>) -> Result<(), Trouble> {
    let name = &extension.name;
    let mut contexts = rules::texts(extension.node.get("@context")).peekable();
    if contexts.peek().is_none() {
        let words =
            format!("An addition to the badge (`{name}`) does not say where its words are explained.");
        return Err(Trouble::flaw("extension_incomplete", words));
    }
    let contexts: Vec<&str> = contexts.filter(|context| !rules::CONTEXTS.contains(context)).take(3).collect();
    for context in contexts {
        if context.starts_with(WELL_KNOWN) {
            let form = FORMS.iter().find(|(kind, _)| extension.types.iter().any(|own| local(own) == *kind));
            if let Some((_, form)) = form
                && let Ok(form) = json::parse(form.as_bytes())
            {
                check(case, form, extension).await?;
            }
            continue;
        }
        let what = format!("the vocabulary of an addition to the badge (`{name}`)");
        let vocabulary = case.library.json(context, &what, Keeping::ISSUER).await?;
        for place in forms_of(&vocabulary, &extension.types).into_iter().take(3) {
            let what = format!("the form of an addition to the badge (`{name}`)");
            let form = case.library.json(&place, &what, Keeping::ISSUER).await?;
            check(case, form, extension).await?;
        }
    }
    Ok(())
}

async fn check(case: &Case<'_>, form: Value, extension: &Extension<'_>) -> Result<(), Trouble> {
    let (node, name) = (extension.node.clone(), extension.name.clone());
    let place = rules::texts(extension.node.get("@context")).next().map(place_of).unwrap_or_default();
    let judged = case.library.hands.compute(move || schemas::check(&form, &node, Draft::Draft4)).await?;
    judged.map_err(|trouble| {
        let words = trouble.words("the addition");
        match trouble {
            SchemaTrouble::Unfit(_) => Trouble::flaw(
                "extension_mismatch",
                format!("An addition to the badge (`{name}`) has not the form described for it at {place}: {words}."),
            ),
            SchemaTrouble::Unusable(why) => Trouble::gap(
                why.code(),
                format!("The form of an addition to the badge (`{name}`), described at {place}, cannot be applied: {words}."),
            ),
        }
    })
}

/// The addresses of the schemas that a vocabulary names for these types, in its `obi:validation`.
fn forms_of(vocabulary: &Value, types: &[&str]) -> Vec<String> {
    let member = |object: &Value, name: &str| {
        object.get(format!("obi:{name}")).or_else(|| object.get(name)).cloned().unwrap_or_default()
    };
    let entries = match member(vocabulary, "validation") {
        Value::Array(entries) => entries,
        entry => vec![entry],
    };
    let about = |entry: &Value| {
        let validated = member(entry, "validatesType");
        rules::texts(Some(&validated)).any(|kind| types.iter().any(|own| local(own) == local(kind)))
    };
    let schema = |entry: &Value| match member(entry, "validationSchema") {
        Value::String(place) => Some(place),
        object => object.get("@id").or_else(|| object.get("id")).and_then(Value::as_str).map(str::to_owned),
    };
    entries.iter().filter(|entry| about(entry)).filter_map(schema).collect()
}

/// A type without the prefix or address before it.
fn local(kind: &str) -> &str {
    kind.rsplit([':', '#', '/']).next().unwrap_or(kind)
}
