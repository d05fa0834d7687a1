//! The OB 3.0 classes that a caller may write inside a request: which members they have, and the `type` that is
//! filled in where it is left out. What the values must be is for `accolade_core::check` to say.

use accolade_core::achievement::{
    Achievement, Alignment, Criteria, Related, ResultDescription, RubricCriterionLevel,
};
use accolade_core::class::Class;
use accolade_core::credential::Evidence;
use accolade_core::identifier::IdentifierEntry;
use accolade_core::image::Image;
use accolade_core::profile::{Address, GeoCoordinates, Profile};
use accolade_core::subject;
use serde_json::{Map, Value, json};

use super::form::{kind_of, refuse_unknown};
use crate::Fault;

/// A class, seen as what a caller may write.
pub(crate) struct Shape {
    /// Its members; `None` where the caller of [`complete`] has looked at them already.
    members: Option<&'static [&'static str]>,
    kind: Typed,
    parts: &'static [(&'static str, Part)],
}

impl Shape {
    /// Whether that is one of its members.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.members.is_some_and(|members| members.contains(&name))
    }
}

/// How the class names its `type`.
enum Typed {
    /// Not at all.
    No,
    /// As a text.
    Plain(&'static str),
    /// As a list that holds the name.
    Listed(&'static str),
}

/// A member that holds objects of a class.
enum Part {
    One(&'static Shape),
    Many(&'static Shape),
    /// An image: an object, or just its URL or data URI.
    Image(&'static Shape),
}

/// An order: only its parts, the order itself is read by [`super::read`].
pub(crate) static ORDER: Shape = Shape {
    members: None,
    kind: Typed::No,
    parts: &[
        ("evidence", Part::Many(&EVIDENCE)),
        ("image", Part::Image(&IMAGE)),
        ("result", Part::Many(&RESULT)),
        ("source", Part::One(&PROFILE)),
    ],
};

/// [Profile](https://www.imsglobal.org/spec/ob/v3p0/#profile).
pub(crate) static PROFILE: Shape = Shape {
    members: Some(Profile::MEMBERS),
    kind: Typed::Listed(Profile::NAME),
    parts: &[
        ("image", Part::Image(&IMAGE)),
        ("address", Part::One(&ADDRESS)),
        ("parentOrg", Part::One(&PROFILE)),
        ("otherIdentifier", Part::Many(&IDENTIFIER_ENTRY)),
    ],
};

/// The Profile of an issuer of ours, whose logo may be drawn.
pub(crate) static ISSUER: Shape = Shape {
    members: Some(Profile::MEMBERS),
    kind: Typed::Listed(Profile::NAME),
    parts: &[
        ("image", Part::Image(&PICTURE)),
        ("address", Part::One(&ADDRESS)),
        ("parentOrg", Part::One(&PROFILE)),
        ("otherIdentifier", Part::Many(&IDENTIFIER_ENTRY)),
    ],
};

/// [Achievement](https://www.imsglobal.org/spec/ob/v3p0/#achievement).
pub(crate) static ACHIEVEMENT: Shape = Shape {
    members: Some(Achievement::MEMBERS),
    kind: Typed::Listed(Achievement::NAME),
    parts: &[
        ("image", Part::Image(&PICTURE)),
        ("criteria", Part::One(&CRITERIA)),
        ("creator", Part::One(&PROFILE)),
        ("alignment", Part::Many(&ALIGNMENT)),
        ("otherIdentifier", Part::Many(&IDENTIFIER_ENTRY)),
        ("related", Part::Many(&RELATED)),
        ("resultDescription", Part::Many(&RESULT_DESCRIPTION)),
    ],
};

static CRITERIA: Shape = Shape { members: Some(Criteria::MEMBERS), kind: Typed::No, parts: &[] };
static EVIDENCE: Shape = listed(Evidence::MEMBERS, Evidence::NAME, &[]);
static ALIGNMENT: Shape = listed(Alignment::MEMBERS, Alignment::NAME, &[]);
static RELATED: Shape = listed(Related::MEMBERS, Related::NAME, &[]);
static RESULT: Shape =
    listed(subject::Result::MEMBERS, subject::Result::NAME, &[("alignment", Part::Many(&ALIGNMENT))]);
static RESULT_DESCRIPTION: Shape = listed(
    ResultDescription::MEMBERS,
    ResultDescription::NAME,
    &[("alignment", Part::Many(&ALIGNMENT)), ("rubricCriterionLevel", Part::Many(&RUBRIC_CRITERION_LEVEL))],
);
static RUBRIC_CRITERION_LEVEL: Shape = listed(
    RubricCriterionLevel::MEMBERS,
    RubricCriterionLevel::NAME,
    &[("alignment", Part::Many(&ALIGNMENT))],
);
static ADDRESS: Shape = listed(Address::MEMBERS, Address::NAME, &[("geo", Part::One(&GEO_COORDINATES))]);
static GEO_COORDINATES: Shape = plain(GeoCoordinates::MEMBERS, GeoCoordinates::NAME);
static IDENTIFIER_ENTRY: Shape = plain(IdentifierEntry::MEMBERS, IdentifierEntry::NAME);
static IMAGE: Shape = plain(Image::MEMBERS, Image::NAME);
/// An Image, or how to draw one.
static PICTURE: Shape = plain(&["id", "type", "caption", "design"], Image::NAME);

const fn listed(
    members: &'static [&'static str],
    name: &'static str,
    parts: &'static [(&'static str, Part)],
) -> Shape {
    Shape { members: Some(members), kind: Typed::Listed(name), parts }
}

const fn plain(members: &'static [&'static str], name: &'static str) -> Shape {
    Shape { members: Some(members), kind: Typed::Plain(name), parts: &[] }
}

/// Members that are lists. Only there does an empty one say the same as none.
const LISTS: &[&str] = &[
    "alignment",
    "endorsement",
    "endorsementJwt",
    "evidence",
    "otherIdentifier",
    "related",
    "result",
    "resultDescription",
    "tag",
];

/// Whether the member is an empty list, which is left out of what is signed.
pub(crate) fn is_empty_list(name: &str, value: &Value) -> bool {
    LISTS.contains(&name) && value.as_array().is_some_and(Vec::is_empty)
}

/// Completes an object of a request to its full OB 3.0 form, all the way down; notes members that nobody knows.
pub(crate) fn complete(value: &mut Value, shape: &'static Shape, at: &str, faults: &mut Vec<Fault>) {
    let Value::Object(members) = value else {
        faults.push(Fault::new(
            at,
            "wrong_type",
            format!("an object is wanted here, not {}", kind_of(value)),
        ));
        return;
    };
    if let Some(known) = shape.members {
        refuse_unknown(members, at, known, faults);
    }
    fill_type(members, &shape.kind);
    for (name, part) in shape.parts {
        if let Some(member) = members.get_mut(*name).filter(|member| !member.is_null()) {
            complete_part(member, part, &format!("{at}/{name}"), faults);
        }
    }
}

fn complete_part(member: &mut Value, part: &Part, at: &str, faults: &mut Vec<Fault>) {
    match part {
        Part::One(shape) => complete(member, shape, at, faults),
        Part::Image(shape) => {
            if let Value::String(url) = member {
                *member = json!({ "id": url });
            }
            complete(member, shape, at, faults);
        }
        Part::Many(shape) => match member {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    complete(item, shape, &format!("{at}/{index}"), faults);
                }
            }
            other => {
                let detail = format!("an array is wanted here, not {}", kind_of(other));
                faults.push(Fault::new(at, "wrong_type", detail));
            }
        },
    }
}

fn fill_type(members: &mut Map<String, Value>, kind: &Typed) {
    match kind {
        Typed::No => {}
        Typed::Plain(name) => {
            members.entry("type").or_insert_with(|| json!(name));
        }
        Typed::Listed(name) => match members.get_mut("type") {
            None => {
                members.insert("type".to_owned(), json!([name]));
            }
            Some(given @ Value::String(_)) => *given = json!([given.take()]),
            Some(_) => {}
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(mut value: Value, shape: &'static Shape) -> (Value, Vec<Fault>) {
        let mut faults = Vec::new();
        complete(&mut value, shape, "", &mut faults);
        (value, faults)
    }

    #[test]
    fn types_are_filled_in_all_the_way_down() {
        let (whole, faults) = completed(
            json!({
                "name": "N",
                "image": "https://example.org/i.png",
                "criteria": {"narrative": "x"},
                "resultDescription": [{"id": "urn:x:1", "name": "n", "resultType": "Percent",
                    "alignment": [{"targetName": "t", "targetUrl": "https://example.org/t"}]}]
            }),
            &ACHIEVEMENT,
        );
        assert_eq!(faults, []);
        assert_eq!(whole["type"], json!(["Achievement"]));
        assert_eq!(whole["image"], json!({"id": "https://example.org/i.png", "type": "Image"}));
        assert_eq!(whole["resultDescription"][0]["alignment"][0]["type"], json!(["Alignment"]));
        assert!(whole["criteria"].get("type").is_none());
    }

    #[test]
    fn an_unknown_member_is_named_where_it_stands_with_what_was_meant() {
        let (_, faults) = completed(
            json!({"evidence": [{"id": "urn:x:1"}, {"narative": "x"}], "source": {"parentOrg": {"nmae": "x"}}}),
            &ORDER,
        );
        let found: Vec<_> =
            faults.iter().map(|fault| (fault.pointer.as_str(), fault.rule.as_str())).collect();
        assert_eq!(
            found,
            [("/evidence/1/narative", "unknown_member"), ("/source/parentOrg/nmae", "unknown_member")]
        );
        assert!(faults[0].detail.contains("did you mean `narrative`?"), "{}", faults[0].detail);
        assert!(faults[1].detail.contains("did you mean `name`?"), "{}", faults[1].detail);
    }

    #[test]
    fn one_object_is_no_list_and_null_is_nothing() {
        let (_, faults) = completed(json!({"evidence": {"id": "urn:x:1"}}), &ORDER);
        assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), ("/evidence", "wrong_type"));
        let (_, faults) = completed(json!({"name": null}), &PROFILE);
        assert_eq!((faults[0].pointer.as_str(), faults[0].rule.as_str()), ("/name", "null"));
    }
}
