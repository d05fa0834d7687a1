//! Credentials and their subjects.

use super::achievement::{ACHIEVEMENT, ALIGNMENT};
use super::attachment::{
    CREDENTIAL_SCHEMA, CREDENTIAL_STATUS, EVIDENCE, PROOF, REFRESH_SERVICE, TERMS_OF_USE,
};
use super::profile::{IMAGE, PROFILE};
use super::vocabulary::{IDENTIFIER_TYPE, RESULT_STATUS};
use crate::check::rule::ob;
use crate::check::shape::Kind::{
    Bool, Contexts, DateTime, Jws, List, Name, Number, Object, ObjectOrUri, OneObject, OnlyType, Term, Text,
    Types, Uri,
};
use crate::check::shape::{Shape, may, must};
use crate::check::{endorse, recipients, results, status, times};
use crate::credential;
use crate::endorsement;
use crate::subject;

pub(crate) static ACHIEVEMENT_CREDENTIAL: Shape = Shape::open::<credential::AchievementCredential>(
    ob!("achievementcredential"),
    &[
        must("@context", Contexts),
        must("id", Uri),
        must("type", Types),
        may("name", Name),
        may("description", Text),
        may("image", Object(&IMAGE)),
        may("awardedDate", DateTime),
        must("credentialSubject", Object(&ACHIEVEMENT_SUBJECT)),
        may("endorsement", List(&Object(&ENDORSEMENT_CREDENTIAL))),
        may("endorsementJwt", List(&Jws)),
        may("evidence", List(&Object(&EVIDENCE))),
        must("issuer", ObjectOrUri(&PROFILE)),
        must("validFrom", DateTime),
        may("validUntil", DateTime),
        may("proof", List(&Object(&PROOF))),
        may("credentialSchema", List(&Object(&CREDENTIAL_SCHEMA))),
        may("credentialStatus", OneObject(&CREDENTIAL_STATUS)),
        may("refreshService", Object(&REFRESH_SERVICE)),
        may("termsOfUse", List(&Object(&TERMS_OF_USE))),
    ],
)
.with(&[times::validity, status::schemas, endorse::issuer_is_told]);

pub(crate) static ENDORSEMENT_CREDENTIAL: Shape = Shape::open::<endorsement::EndorsementCredential>(
    ob!("endorsementcredential"),
    &[
        must("@context", Contexts),
        must("id", Uri),
        must("type", Types),
        must("name", Name),
        may("description", Text),
        must("credentialSubject", Object(&ENDORSEMENT_SUBJECT)),
        may("awardedDate", DateTime),
        must("issuer", ObjectOrUri(&PROFILE)),
        must("validFrom", DateTime),
        may("validUntil", DateTime),
        may("proof", List(&Object(&PROOF))),
        may("credentialSchema", List(&Object(&CREDENTIAL_SCHEMA))),
        may("credentialStatus", OneObject(&CREDENTIAL_STATUS)),
        may("refreshService", Object(&REFRESH_SERVICE)),
        may("termsOfUse", List(&Object(&TERMS_OF_USE))),
    ],
)
.with(&[times::validity, status::schemas, endorse::issuer_is_told, endorse::inner_one_is_proven]);

pub(crate) static ENDORSEMENT_SUBJECT: Shape = Shape::open::<endorsement::EndorsementSubject>(
    ob!("endorsementsubject"),
    &[must("id", Uri), must("type", Types), may("endorsementComment", Text)],
);

pub(crate) static ACHIEVEMENT_SUBJECT: Shape = Shape::open::<subject::AchievementSubject>(
    ob!("achievementsubject"),
    &[
        may("id", Uri),
        must("type", Types),
        may("activityEndDate", DateTime),
        may("activityStartDate", DateTime),
        may("creditsEarned", Number { min: 0.0, max: f64::MAX }),
        must("achievement", Object(&ACHIEVEMENT)),
        may("identifier", List(&Object(&IDENTITY_OBJECT))),
        may("image", Object(&IMAGE)),
        may("licenseNumber", Text),
        may("narrative", Text),
        may("result", List(&Object(&RESULT))),
        may("role", Text),
        may("source", Object(&PROFILE)),
        may("term", Text),
    ],
)
.with(&[recipients::is_named, times::activity, results::results_follow_descriptions, results::credits]);

pub(crate) static IDENTITY_OBJECT: Shape = Shape::closed::<subject::IdentityObject>(
    ob!("identityobject"),
    &[
        must("type", OnlyType),
        must("hashed", Bool),
        must("identityHash", Text),
        must("identityType", Term(&IDENTIFIER_TYPE)),
        may("salt", Text),
    ],
)
.with(&[recipients::hash_is_well_formed]);

pub(crate) static RESULT: Shape = Shape::open::<subject::Result>(
    ob!("result"),
    &[
        must("type", Types),
        may("achievedLevel", Uri),
        may("alignment", List(&Object(&ALIGNMENT))),
        may("resultDescription", Uri),
        may("status", Term(&RESULT_STATUS)),
        may("value", Text),
    ],
);
