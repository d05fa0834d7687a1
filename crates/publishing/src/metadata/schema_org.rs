//! schema.org, for search engines:
//! [EducationalOccupationalCredential](https://schema.org/EducationalOccupationalCredential). A person is named only where the
//! award is public.

use serde_json::{Map, Value, json};

use crate::html::{Html, plain_name};
use crate::markdown::safe_link;
use crate::reading::{list, text, texts};
use accolade_issuing::Visibility;
use accolade_issuing::views::{AchievementSheet, CredentialSheet, IssuerCard};

/// A value as the content of `<script type="application/ld+json">`. Nothing in it can end the element or open a comment: `<`, `>`
/// and `&` are written as escapes of JSON.
pub(crate) fn data_block(value: &Value) -> Html {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    Html::trusted(out)
}

/// An award: the credential, and the person who has it where the award is public.
pub(crate) fn about_credential(sheet: &CredentialSheet, page: &str) -> Value {
    let achievement = sheet.document.pointer("/credentialSubject/achievement").unwrap_or(&Value::Null);
    let mut credential = credential(achievement, page, &sheet.issuer, &sheet.image.side_600);
    credential.insert("dateCreated".into(), json!(sheet.award.valid_from));
    if let Some(until) = sheet.award.valid_until {
        credential.insert("expires".into(), json!(until));
    }
    match &sheet.recipient_name {
        Some(name) if sheet.visibility == Visibility::Public => json!({
            "@context": "https://schema.org",
            "@type": "Person",
            "name": plain_name(name),
            "hasCredential": credential,
        }),
        _ => with_context(credential),
    }
}

/// What can be earned.
pub(crate) fn about_achievement(sheet: &AchievementSheet, page: &str) -> Value {
    with_context(credential(&sheet.document, page, &sheet.issuer, &sheet.image.side_600))
}

/// Who awards it.
pub(crate) fn about_issuer(issuer: &IssuerCard) -> Value {
    let Value::Object(members) = organization(issuer) else { return Value::Null };
    with_context(members)
}

fn with_context(mut members: Map<String, Value>) -> Value {
    members.insert("@context".into(), json!("https://schema.org"));
    Value::Object(members)
}

fn credential(achievement: &Value, page: &str, issuer: &IssuerCard, picture: &str) -> Map<String, Value> {
    let mut members = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    add("@type", Some(json!("EducationalOccupationalCredential")));
    add("name", text(achievement, "name").map(|name| json!(plain_name(name))));
    add("description", text(achievement, "description").map(|words| json!(words)));
    add("url", Some(json!(page)));
    add("image", (!picture.is_empty()).then(|| json!(picture)));
    add("credentialCategory", Some(json!(text(achievement, "achievementType").unwrap_or("Badge"))));
    add("inLanguage", text(achievement, "inLanguage").map(|tag| json!(tag)));
    add("keywords", Some(texts(achievement, "tag")).filter(|tags| !tags.is_empty()).map(|tags| json!(tags)));
    let (levels, skills): (Vec<&Value>, Vec<&Value>) = list(achievement, "alignment")
        .iter()
        .partition(|alignment| crate::pages::eqf_level(alignment).is_some());
    add("educationalLevel", levels.first().map(|alignment| term(alignment)));
    let skills: Vec<Value> = skills.into_iter().map(term).collect();
    add("competencyRequired", (!skills.is_empty()).then(|| json!(skills)));
    add("recognizedBy", Some(organization(issuer)));
    members
}

fn term(alignment: &Value) -> Value {
    let mut term = json!({"@type": "DefinedTerm", "name": text(alignment, "targetName").unwrap_or_default()});
    let more = [
        ("description", text(alignment, "targetDescription").map(str::to_owned)),
        ("url", text(alignment, "targetUrl").and_then(safe_link)),
        ("termCode", text(alignment, "targetCode").map(str::to_owned)),
        ("inDefinedTermSet", text(alignment, "targetFramework").map(str::to_owned)),
    ];
    if let Value::Object(members) = &mut term {
        members.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))));
    }
    term
}

fn organization(issuer: &IssuerCard) -> Value {
    let mut organization = json!({
        "@type": "Organization",
        "@id": issuer.profile_id,
        "name": plain_name(&issuer.name),
        "url": issuer.url.as_deref().and_then(safe_link).unwrap_or_else(|| issuer.page.clone()),
    });
    if let (Value::Object(members), Some(words)) = (&mut organization, &issuer.description) {
        members.insert("description".to_owned(), json!(words));
    }
    organization
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_block_cannot_be_left() {
        let hostile = json!({"name": "</script><script>alert(1)</script><!--<script>", "x": "a&b\u{2028}"});
        let block = data_block(&hostile);
        for forbidden in ["<", ">", "&", "\u{2028}"] {
            assert!(!block.as_str().contains(forbidden), "{block}");
        }
        assert_eq!(serde_json::from_str::<Value>(block.as_str()).unwrap(), hostile);
    }
}
