//! Who issues, creates, endorses or assesses.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

use crate::class::{Class, Extensions, Only, Types, one_or_many};
use crate::endorsement::EndorsementCredential;
use crate::identifier::IdentifierEntry;
use crate::image::Image;
use crate::time::Date;
use crate::{CompactJws, CountryCode, EmailAddress, Uri};

/// A person or an organisation
/// ([OB 3.0, Profile](https://www.imsglobal.org/spec/ob/v3p0/#profile)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The profile's URI; as an issuer, who the badge says it is from.
    pub id: Uri,
    /// Holds `Profile`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Name of the person or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Uri>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A short description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What others vouch for, as credentials with embedded proofs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement: Vec<EndorsementCredential>,
    /// What others vouch for, as VC-JWTs.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement_jwt: Vec<CompactJws>,
    /// Logo or portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Identifiers in other systems.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub other_identifier: Vec<IdentifierEntry>,
    /// Name of an authorised official of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// The organisation this one belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_org: Option<Box<Self>>,
    /// Family name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Given name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Further names of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
    /// Name after the father.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patronymic_name: Option<String>,
    /// Title before the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honorific_prefix: Option<String>,
    /// Title after the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honorific_suffix: Option<String>,
    /// Particle before the family name, such as `van der`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name_prefix: Option<String>,
    /// Day of birth of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<Date>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Profile {
    const NAME: &'static str = "Profile";
    const MEMBERS: &'static [&'static str] = &[
        "id",
        "type",
        "name",
        "url",
        "phone",
        "description",
        "endorsement",
        "endorsementJwt",
        "image",
        "email",
        "address",
        "otherIdentifier",
        "official",
        "parentOrg",
        "familyName",
        "givenName",
        "additionalName",
        "patronymicName",
        "honorificPrefix",
        "honorificSuffix",
        "familyNamePrefix",
        "dateOfBirth",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["Profile"]];
}

impl Profile {
    /// A named profile. (The standard lets a name be missing; set [`Self::name`] to `None` for that.)
    pub fn new(id: Uri, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..Self::unnamed(id) }
    }

    /// A profile of which only the URI is known.
    pub fn unnamed(id: Uri) -> Self {
        Self {
            id,
            type_: Types::default(),
            name: None,
            url: None,
            phone: None,
            description: None,
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            image: None,
            email: None,
            address: None,
            other_identifier: Vec::new(),
            official: None,
            parent_org: None,
            family_name: None,
            given_name: None,
            additional_name: None,
            patronymic_name: None,
            honorific_prefix: None,
            honorific_suffix: None,
            family_name_prefix: None,
            date_of_birth: None,
            extra: Extensions::default(),
        }
    }
}

/// Reads a Profile, or the bare URI of one, which the standard allows for `issuer` and Accolade never writes.
pub(crate) fn profile_or_uri<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Profile>, D::Error> {
    let profile = match Value::deserialize(deserializer)? {
        Value::String(uri) => Uri::parse(uri).map(Profile::unnamed).map_err(D::Error::custom),
        object => Profile::from_value(object).map_err(D::Error::custom),
    };
    profile.map(Box::new)
}

/// A postal address ([OB 3.0, Address](https://www.imsglobal.org/spec/ob/v3p0/#address)).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Holds `Address`.
    #[serde(rename = "type")]
    pub type_: Types<Self>,
    /// Name of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country: Option<String>,
    /// Code of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_country_code: Option<CountryCode>,
    /// Region, state, canton.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_region: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_locality: Option<String>,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// Number of the post office box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_office_box_number: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Where on earth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoCoordinates>,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for Address {
    const NAME: &'static str = "Address";
    const MEMBERS: &'static [&'static str] = &[
        "type",
        "addressCountry",
        "addressCountryCode",
        "addressRegion",
        "addressLocality",
        "streetAddress",
        "postOfficeBoxNumber",
        "postalCode",
        "geo",
    ];
    const TYPES: &'static [&'static [&'static str]] = &[&["Address"]];
}

/// A place on earth ([OB 3.0, GeoCoordinates](https://www.imsglobal.org/spec/ob/v3p0/#geocoordinates)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeoCoordinates {
    #[serde(rename = "type", default)]
    type_: Only<Self>,
    latitude: Latitude,
    longitude: Longitude,
    /// Members that other contexts define.
    #[serde(flatten)]
    pub extra: Extensions<Self>,
}

impl Class for GeoCoordinates {
    const NAME: &'static str = "GeoCoordinates";
    const MEMBERS: &'static [&'static str] = &["type", "latitude", "longitude"];
    const TYPES: &'static [&'static [&'static str]] = &[&["GeoCoordinates"]];
}

impl GeoCoordinates {
    /// A place by degrees north (-90 to 90) and east (-180 to 180); `None` beyond.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        Some(Self {
            type_: Only::default(),
            latitude: Latitude::new(latitude)?,
            longitude: Longitude::new(longitude)?,
            extra: Extensions::default(),
        })
    }

    /// Degrees north.
    pub fn latitude(&self) -> f64 {
        self.latitude.get()
    }

    /// Degrees east.
    pub fn longitude(&self) -> f64 {
        self.longitude.get()
    }
}

crate::number::bounded! { Latitude, -90.0, 90.0 }
crate::number::bounded! { Longitude, -180.0, 180.0 }
