//! Kinds of text on the wire: what a value must look like, said once and named by every member that holds one.
//!
//! Patterns are those that every reader of JSON Schema understands alike: no `\p{…}`, no flags. Where a rule needs more than
//! a pattern can say, the pattern takes what the server takes, and the description says the rest.

use std::borrow::Cow;

use accolade_core::COUNTRY_CODES;
use accolade_core::vocabulary::{AchievementType, AlignmentTargetType, IdentifierType, ResultType};
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{AdditionalProperties, SchemaType};
use utoipa::openapi::{Object, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// A schema as it is written down. utoipa has no words for `not`, nor for `anyOf` beside other members, and writes such words
/// in no order: where there are several they stand, in theirs, in one `allOf`.
pub(super) fn written(schema: &Value) -> Object {
    let mut object = Object::with_type(SchemaType::AnyValue);
    let mut others = Map::new();
    let length = |value: &Value| value.as_u64().and_then(|length| usize::try_from(length).ok());
    for (name, value) in schema.as_object().into_iter().flatten() {
        let text = value.as_str().map(str::to_owned);
        match name.as_str() {
            "type" if value == "object" => object.schema_type = SchemaType::Type(Type::Object),
            "type" => object.schema_type = SchemaType::Type(Type::String),
            "format" => object.format = text.map(SchemaFormat::Custom),
            "pattern" => object.pattern = text,
            "minLength" => object.min_length = length(value),
            "maxLength" => object.max_length = length(value),
            "enum" => object.enum_values = value.as_array().cloned(),
            "example" => object.example = Some(value.clone()),
            _ => _ = others.insert(name.clone(), value.clone()),
        }
    }
    let closed = others.get("additionalProperties") == Some(&Value::Bool(false));
    if others.len() > 1 + usize::from(closed) {
        // `additionalProperties` among them: it speaks of the `properties` beside it.
        others = Map::from_iter([("allOf".to_owned(), json!([others]))]);
    } else if closed {
        others.remove("additionalProperties");
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
    object.extensions.get_or_insert_default().extend(others);
    object
}

/// Schemas under names of their own.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $schema:expr;)+) => {$(
        $(#[doc = $doc])+
        pub(crate) enum $name {}
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let mut object = written(&$schema);
                object.description = Some([$($doc.trim()),+].join(" "));
                object.into()
            }
        }
        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}
pub(super) use kinds;

kinds! {
    /// Text for people; Markdown where the member says so. No control characters but tabs and line breaks, and not a
    /// program's word for nothing (`undefined`, `null`, …).
    Text: json!({"type": "string", "pattern": TEXT, "not": {"pattern": NOTHING}});
    /// One line that people read as a name: neither blank nor invisible, no placeholder such as `{{name}}`. Zero-width
    /// joiners only where the script needs them.
    Name: json!({"type": "string", "pattern": NAME, "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": TEMPLATE}]}});
    /// A name of at most 1000 characters.
    RecipientName: json!({"type": "string", "maxLength": 1000, "pattern": NAME, "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": TEMPLATE}]}});
    /// A reason that is shown to people; neither control characters but tabs and line breaks, nor a placeholder.
    Reason: json!({"type": "string", "maxLength": 1000, "pattern": r"^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$", "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": MARK}]}});
    /// A reason that stays in the audit log: as others, and without an e-mail address.
    ErasureReason: json!({"type": "string", "maxLength": 1000, "pattern": r"^[^@\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$", "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": MARK}]}});
    /// The `id` of an award.
    AwardId: json!({"type": "string", "format": "uuid"});
    /// Text below an image; like a name, but it may have several lines.
    Caption: json!({"type": "string", "pattern": CAPTION, "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": MARK}]}});
    /// What somebody is known by in another system.
    Identifier: json!({"type": "string", "maxLength": 2048, "pattern": CAPTION, "not": {"anyOf": [{"pattern": NOTHING}, {"pattern": MARK}]}});
    /// An absolute URI. Nothing that a browser would run or open from the reader's own machine (`javascript:`, `file:`, …).
    Uri: json!({"type": "string", "format": "uri", "not": {"anyOf": [{"pattern": DANGEROUS}, {"pattern": NOTHING_IN_URI}]}});
    /// An `http` or `https` URL that people may follow.
    WebUrl: json!({"type": "string", "format": "uri", "pattern": WEB, "not": {"pattern": NOTHING_IN_URI}});
    /// An e-mail address.
    Email: json!({"type": "string", "format": "email", "maxLength": 320});
    /// An e-mail address whose domain has at least two parts.
    RecipientEmail: json!({"type": "string", "format": "email", "maxLength": 254});
    /// An e-mail address, DID, URL or phone number, as it was in the order; or another identifier as `sourcedId:42`.
    RecipientSought: json!({"type": "string", "maxLength": 512, "pattern": PRINTABLE, "anyOf": [
        {"format": "email", "maxLength": 254},
        {"pattern": DID},
        {"format": "uri", "pattern": WEB},
        {"pattern": PHONE},
        {"pattern": format!(r"^({}):.*\S", accolade_issuing::IdentityKind::OTHERS.join("|"))}
    ]});
    /// A phone number in E.164 form.
    PhoneNumber: json!({"type": "string", "pattern": PHONE, "example": "+34911234567"});
    /// A DID, without path, query or fragment.
    Did: json!({"type": "string", "maxLength": 2048, "pattern": DID, "example": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"});
    /// A moment, with a time zone.
    Moment: json!({"type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"});
    /// A day.
    Day: json!({"type": "string", "format": "date"});
    /// A language in the standard's narrow form: `en`, `de-CH`, `zh-Hant-TW`.
    LanguageCode: json!({"type": "string", "pattern": "^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"});
    /// A country by its two letters of ISO 3166-1.
    CountryCode: json!({"type": "string", "enum": COUNTRY_CODES.split_ascii_whitespace().collect::<Vec<_>>()});
    /// A JWS in compact form.
    CompactJws: json!({"type": "string", "pattern": r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$"});
    /// What kind of achievement it is: one of OB 3.0's words, or one's own behind `ext:`.
    AchievementTypeTerm: terms(AchievementType::TERMS);
    /// What kind of thing an alignment points to: one of OB 3.0's words, or one's own behind `ext:`.
    AlignmentTargetTypeTerm: terms(AlignmentTargetType::TERMS);
    /// What kind of identifier it is: one of OB 3.0's words, or one's own behind `ext:`.
    IdentifierTypeTerm: terms(IdentifierType::TERMS);
    /// What kind of result it is: one of OB 3.0's words, or one's own behind `ext:`.
    ResultTypeTerm: terms(ResultType::TERMS);
    /// Repeat it when you repeat the request: the same key and the same request give the same reply.
    IdempotencyKey: json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]*$"});
    /// Where a page of a list begins: `next` of the page before, as it was given out.
    Cursor: json!({"type": "string", "minLength": 1, "maxLength": 512, "pattern": PRINTABLE});
    /// A value to look for.
    Wanted: json!({"type": "string", "minLength": 1, "maxLength": 512, "pattern": PRINTABLE});
    /// A way to sign a credential: a cryptosuite with its curve, or a token in an envelope.
    IssueSuite: json!({"type": "string", "enum": [
        "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019-p384", "ecdsa-jcs-2019-p256",
        "ecdsa-jcs-2019-p384", "ecdsa-sd-2023", "jwt"
    ]});
    /// An object with a proof or an envelope, or a token as text.
    Shown: json!({"anyOf": [{"type": "object"}, {"type": "string"}]});
    /// Whatever it is, the answer is a report.
    Anything: json!({});
    /// Bytes as they are.
    Binary: json!({"type": "string", "format": "binary"});
    /// The number of an organisation's page on LinkedIn.
    OrganizationId: json!({"type": "string", "pattern": "^[0-9]{1,20}$", "example": "1035"});
    /// A group of learners who begin together.
    Cohort: json!({"type": "string", "maxLength": 100, "pattern": SAID, "example": "autumn-2026"});
    /// A person or an office, in words.
    Voucher: json!({"type": "string", "maxLength": 200, "pattern": SAID, "example": "Dr. Chen"});
    /// The code of a level of competency.
    LevelCode: json!({"type": "string", "maxLength": 64, "pattern": SAID, "example": "competent"});
    /// The `id` of a requirement, or the IRI of its activity.
    RequirementName: json!({"type": "string", "maxLength": 2000, "pattern": SAID, "example": "exam"});
    /// A name of your own for it.
    ExternalId: json!({"type": "string", "maxLength": 255, "pattern": r"^[^\u0000]*[^\u0000\s][^\u0000]*$"});
}

const PHONE: &str = r"^\+[1-9][0-9]{6,14}$";
const DID: &str = "^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$";
const WEB: &str = "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]";
/// No control characters.
const PRINTABLE: &str = r"^[^\u0000-\u001F\u007F-\u009F]*$";
/// No control characters but tabs and line breaks.
const TEXT: &str = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
/// The same, and not blank.
const CAPTION: &str = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
/// A text in which something is to be seen.
const SAID: &str = r"^[^\u0000]*[^\s\u0000\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB][^\u0000]*$";
/// One line, nothing invisible in it, not blank.
const NAME: &str = r"^[^\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB]*[^\s\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB][^\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB]*$";
/// Words that programs print for nothing, and nothing else.
const NOTHING: &str = r"^\s*(undefined|null|NaN|nil|\(null\)|<null>|\[object)(\s+(undefined|null|NaN|nil|\(null\)|<null>|\[object))*\s*$|^\s*\[object Object\]\s*$";
/// What a template or a script leaves behind where nobody filled it in.
const MARK: &str = r"\{\{|\}\}|\$\{|<%|%>|\[[oO][bB][jJ][eE][cC][tT]";
/// The same in a name.
const TEMPLATE: &str = r"\{\{|\}\}|\$\{|<%|%>|\[[oO][bB][jJ][eE][cC][tT]|\{%.*%\}|%[A-Z_]{3,}%";
/// Schemes that no identifier on a badge has.
const DANGEROUS: &str = r"^([jJ][aA][vV][aA]|[vV][bB])[sS][cC][rR][iI][pP][tT]:|^([fF][iI][lL][eE]([sS][yY][sS][tT][eE][mM])?|[bB][lL][oO][bB]|[aA][bB][oO][uU][tT]|[vV][iI][eE][wW]-[sS][oO][uU][rR][cC][eE]):";
/// A part of a URI that is a program's word for nothing: a value was missing when it was made.
const NOTHING_IN_URI: &str = r"[/:?#=&](undefined|null|NaN|nil|\(null\))([/:?#=&]|$)";

/// Those terms, and `ext:` terms.
fn terms(terms: &[&str]) -> Value {
    json!({"type": "string", "anyOf": [{"enum": terms}, {"pattern": "^ext:[A-Za-z0-9._][A-Za-z0-9._-]*$"}]})
}
