//! Profiles and what they are made of.

use super::credential::ENDORSEMENT_CREDENTIAL;
use super::vocabulary::IDENTIFIER_TYPE;
use crate::check::rule::ob;
use crate::check::shape::Kind::{
    Country, Date, Email, ImageUri, Jws, List, Name, Number, Object, OnlyType, Term, Text, Types, Uri, Url,
};
use crate::check::shape::{Shape, may, must};
use crate::identifier::IdentifierEntry;
use crate::image;
use crate::profile;

pub(crate) static PROFILE: Shape = Shape::open::<profile::Profile>(
    ob!("profile"),
    &[
        must("id", Uri),
        must("type", Types),
        may("name", Name),
        may("url", Url),
        may("phone", Text),
        may("description", Text),
        may("endorsement", List(&Object(&ENDORSEMENT_CREDENTIAL))),
        may("endorsementJwt", List(&Jws)),
        may("image", Object(&IMAGE)),
        may("email", Email),
        may("address", Object(&ADDRESS)),
        may("otherIdentifier", List(&Object(&IDENTIFIER_ENTRY))),
        may("official", Name),
        may("parentOrg", Object(&PROFILE)),
        may("familyName", Name),
        may("givenName", Name),
        may("additionalName", Name),
        may("patronymicName", Name),
        may("honorificPrefix", Name),
        may("honorificSuffix", Name),
        may("familyNamePrefix", Name),
        may("dateOfBirth", Date),
    ],
);

pub(crate) static ADDRESS: Shape = Shape::open::<profile::Address>(
    ob!("address"),
    &[
        must("type", Types),
        may("addressCountry", Text),
        may("addressCountryCode", Country),
        may("addressRegion", Text),
        may("addressLocality", Text),
        may("streetAddress", Text),
        may("postOfficeBoxNumber", Text),
        may("postalCode", Text),
        may("geo", Object(&GEO_COORDINATES)),
    ],
);

pub(crate) static GEO_COORDINATES: Shape = Shape::open::<profile::GeoCoordinates>(
    ob!("geocoordinates"),
    &[
        must("type", OnlyType),
        must("latitude", Number { min: -90.0, max: 90.0 }),
        must("longitude", Number { min: -180.0, max: 180.0 }),
    ],
);

pub(crate) static IMAGE: Shape = Shape::closed::<image::Image>(
    ob!("image"),
    &[must("id", ImageUri), must("type", OnlyType), may("caption", Text)],
);

pub(crate) static IDENTIFIER_ENTRY: Shape = Shape::closed::<IdentifierEntry>(
    ob!("identifierentry"),
    &[must("type", OnlyType), must("identifier", Text), must("identifierType", Term(&IDENTIFIER_TYPE))],
);
