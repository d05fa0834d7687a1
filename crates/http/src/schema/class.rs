//! Classes of Open Badges 3.0 that stand inside requests. A test holds their members against the rules of the standard.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::text::{
    AlignmentTargetTypeTerm, Caption, CompactJws, CountryCode, Day, Email, IdentifierTypeTerm, LanguageCode,
    Name, Text, Uri, WebUrl,
};
use super::text::{kinds, written};

/// Who assessed, created or stands above: a person or an organisation.
///
/// [OB 3.0, Profile](https://www.imsglobal.org/spec/ob/v3p0/#profile).
#[derive(ToSchema)]
#[schema(as = Profile, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileShape {
    /// Its URI.
    id: Uri,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfProfile>,
    /// The name people read.
    #[schema(required = false, nullable = false)]
    name: Option<Name>,
    /// Home page.
    #[schema(required = false, nullable = false)]
    url: Option<WebUrl>,
    /// Telephone number.
    #[schema(required = false, nullable = false)]
    phone: Option<Text>,
    /// A few sentences.
    #[schema(required = false, nullable = false)]
    description: Option<Text>,
    /// What others vouch for: EndorsementCredentials with embedded proofs.
    #[schema(value_type = Vec<Object>, required = false, nullable = false)]
    endorsement: Option<Vec<Value>>,
    /// What others vouch for, as VC-JWTs.
    #[schema(required = false, nullable = false)]
    endorsement_jwt: Option<Vec<CompactJws>>,
    /// Logo or portrait.
    #[schema(required = false, nullable = false)]
    image: Option<ImageOrUri>,
    /// Where people write to.
    #[schema(required = false, nullable = false)]
    email: Option<Email>,
    /// Postal address.
    #[schema(required = false, nullable = false)]
    address: Option<AddressShape>,
    /// Identifiers in other systems.
    #[schema(required = false, nullable = false)]
    other_identifier: Option<Vec<IdentifierEntryShape>>,
    /// An authorised official of the organisation.
    #[schema(required = false, nullable = false)]
    official: Option<Name>,
    /// The organisation it belongs to.
    #[schema(no_recursion, required = false, nullable = false)]
    parent_org: Option<Box<ProfileShape>>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    family_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    given_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    additional_name: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    patronymic_name: Option<Name>,
    /// Title before the name.
    #[schema(required = false, nullable = false)]
    honorific_prefix: Option<Name>,
    /// Title after the name.
    #[schema(required = false, nullable = false)]
    honorific_suffix: Option<Name>,
    /// Particle before the family name, such as `van der`.
    #[schema(required = false, nullable = false)]
    family_name_prefix: Option<Name>,
    /// Of a person.
    #[schema(required = false, nullable = false)]
    date_of_birth: Option<Day>,
}

/// A postal address.
///
/// [OB 3.0, Address](https://www.imsglobal.org/spec/ob/v3p0/#address).
#[derive(ToSchema)]
#[schema(as = Address, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressShape {
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfAddress>,
    /// Name of the country.
    #[schema(required = false, nullable = false)]
    address_country: Option<Text>,
    /// Code of the country.
    #[schema(required = false, nullable = false)]
    address_country_code: Option<CountryCode>,
    /// Region, state, canton.
    #[schema(required = false, nullable = false)]
    address_region: Option<Text>,
    /// Town.
    #[schema(required = false, nullable = false)]
    address_locality: Option<Text>,
    /// Street and number.
    #[schema(required = false, nullable = false)]
    street_address: Option<Text>,
    /// Number of the post office box.
    #[schema(required = false, nullable = false)]
    post_office_box_number: Option<Text>,
    /// Postal code.
    #[schema(required = false, nullable = false)]
    postal_code: Option<Text>,
    /// Where on earth.
    #[schema(required = false, nullable = false)]
    geo: Option<GeoCoordinatesShape>,
}

/// A place on earth.
///
/// [OB 3.0, GeoCoordinates](https://www.imsglobal.org/spec/ob/v3p0/#geocoordinates).
#[derive(ToSchema)]
#[schema(as = GeoCoordinates, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct GeoCoordinatesShape {
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfGeoCoordinates>,
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    latitude: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    longitude: f64,
}

/// An identifier in another system.
///
/// [OB 3.0, IdentifierEntry](https://www.imsglobal.org/spec/ob/v3p0/#identifierentry).
#[derive(ToSchema)]
#[schema(as = IdentifierEntry, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentifierEntryShape {
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfIdentifierEntry>,
    /// The identifier.
    identifier: Text,
    /// What kind it is.
    identifier_type: IdentifierTypeTerm,
}

/// A URL, the image itself as a data URI, or an OB 3.0 Image object.
#[derive(ToSchema)]
#[schema(as = ImageOrUri)]
#[serde(untagged)]
pub(crate) enum ImageOrUri {
    Uri(Uri),
    Image(ImageShape),
}

/// An image.
///
/// [OB 3.0, Image](https://www.imsglobal.org/spec/ob/v3p0/#image).
#[derive(ToSchema)]
#[schema(as = Image, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageShape {
    /// Its URL, or the image itself as a data URI: PNG or SVG, at most 512 KiB.
    id: Uri,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfImage>,
    /// Text below it.
    #[schema(required = false, nullable = false)]
    caption: Option<Caption>,
}

/// How an achievement is earned: a page, or words, or both.
///
/// [OB 3.0, Criteria](https://www.imsglobal.org/spec/ob/v3p0/#criteria).
#[derive(ToSchema)]
#[schema(as = Criteria, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct CriteriaShape {
    /// The URL of a page that says it.
    #[schema(required = false, nullable = false)]
    id: Option<Uri>,
    /// Markdown.
    #[schema(required = false, nullable = false)]
    narrative: Option<Text>,
}

/// A place in a framework of skills or a standard.
///
/// [OB 3.0, Alignment](https://www.imsglobal.org/spec/ob/v3p0/#alignment).
#[derive(ToSchema)]
#[schema(as = Alignment, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct AlignmentShape {
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfAlignment>,
    /// The code of the target in its framework.
    #[schema(required = false, nullable = false)]
    target_code: Option<Text>,
    /// What the target is.
    #[schema(required = false, nullable = false)]
    target_description: Option<Text>,
    /// The name of the target.
    target_name: Name,
    /// The name of the framework.
    #[schema(required = false, nullable = false)]
    target_framework: Option<Text>,
    /// What kind of thing the target is.
    #[schema(required = false, nullable = false)]
    target_type: Option<AlignmentTargetTypeTerm>,
    /// Where the target is described.
    target_url: WebUrl,
}

/// Another achievement that this one is related to, such as an edition in another language.
///
/// [OB 3.0, Related](https://www.imsglobal.org/spec/ob/v3p0/#related).
#[derive(ToSchema)]
#[schema(as = Related, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct RelatedShape {
    /// Its URI.
    id: Uri,
    /// Filled in where it is left out.
    #[schema(rename = "type", required = false, nullable = false)]
    type_: Option<TypeOfRelated>,
    /// Its language.
    #[schema(required = false, nullable = false)]
    in_language: Option<LanguageCode>,
    /// Its version.
    #[schema(required = false, nullable = false)]
    version: Option<Text>,
}

kinds! {
    /// The `type` of a Profile.
    TypeOfProfile: json!({"enum": ["Profile", ["Profile"]]});
    /// The `type` of an Address.
    TypeOfAddress: json!({"enum": ["Address", ["Address"]]});
    /// The `type` of a GeoCoordinates.
    TypeOfGeoCoordinates: json!({"enum": ["GeoCoordinates"]});
    /// The `type` of an IdentifierEntry.
    TypeOfIdentifierEntry: json!({"enum": ["IdentifierEntry"]});
    /// The `type` of an Image.
    TypeOfImage: json!({"enum": ["Image"]});
    /// The `type` of an Alignment.
    TypeOfAlignment: json!({"enum": ["Alignment", ["Alignment"]]});
    /// The `type` of a Related.
    TypeOfRelated: json!({"enum": ["Related", ["Related"]]});
    /// The `type` of a ResultDescription.
    TypeOfResultDescription: json!({"enum": ["ResultDescription", ["ResultDescription"]]});
    /// The `type` of a RubricCriterionLevel.
    TypeOfRubricCriterionLevel: json!({"enum": ["RubricCriterionLevel", ["RubricCriterionLevel"]]});
    /// The `type` of an Evidence.
    TypeOfEvidence: json!({"enum": ["Evidence", ["Evidence"]]});
    /// The `type` of a Result.
    TypeOfResult: json!({"enum": ["Result", ["Result"]]});
    /// The `type` of an Achievement.
    TypeOfAchievement: json!({"enum": ["Achievement", ["Achievement"]]});
}
