//! Achievements and what they are made of.

use super::credential::ENDORSEMENT_CREDENTIAL;
use super::profile::{IDENTIFIER_ENTRY, IMAGE, PROFILE};
use super::vocabulary::{ACHIEVEMENT_TYPE, ALIGNMENT_TARGET_TYPE, RESULT_TYPE};
use crate::achievement;
use crate::check::results;
use crate::check::rule::ob;
use crate::check::shape::Kind::{Jws, Language, List, Name, Number, Object, Term, Text, Types, Uri, Url};
use crate::check::shape::{Shape, may, must};
use crate::check::structure;

pub(crate) static ACHIEVEMENT: Shape = Shape::open::<achievement::Achievement>(
    ob!("achievement"),
    &[
        must("id", Uri),
        must("type", Types),
        may("alignment", List(&Object(&ALIGNMENT))),
        may("achievementType", Term(&ACHIEVEMENT_TYPE)),
        may("creator", Object(&PROFILE)),
        may("creditsAvailable", Number { min: 0.0, max: f64::MAX }),
        must("criteria", Object(&CRITERIA)),
        must("description", Text),
        may("endorsement", List(&Object(&ENDORSEMENT_CREDENTIAL))),
        may("endorsementJwt", List(&Jws)),
        may("fieldOfStudy", Text),
        may("humanCode", Text),
        may("image", Object(&IMAGE)),
        may("inLanguage", Language),
        must("name", Name),
        may("otherIdentifier", List(&Object(&IDENTIFIER_ENTRY))),
        may("related", List(&Object(&RELATED))),
        may("resultDescription", List(&Object(&RESULT_DESCRIPTION))),
        may("specialization", Text),
        may("tag", List(&Text)),
        may("version", Text),
    ],
)
.with(&[results::descriptions_differ]);

pub(crate) static CRITERIA: Shape =
    Shape::open::<achievement::Criteria>(ob!("criteria"), &[may("id", Uri), may("narrative", Text)])
        .with(&[structure::criteria_say_something]);

pub(crate) static ALIGNMENT: Shape = Shape::open::<achievement::Alignment>(
    ob!("alignment"),
    &[
        must("type", Types),
        may("targetCode", Text),
        may("targetDescription", Text),
        must("targetName", Name),
        may("targetFramework", Text),
        may("targetType", Term(&ALIGNMENT_TARGET_TYPE)),
        must("targetUrl", Url),
    ],
);

pub(crate) static RESULT_DESCRIPTION: Shape = Shape::open::<achievement::ResultDescription>(
    ob!("resultdescription"),
    &[
        must("id", Uri),
        must("type", Types),
        may("alignment", List(&Object(&ALIGNMENT))),
        may("allowedValue", List(&Text)),
        must("name", Name),
        may("requiredLevel", Uri),
        may("requiredValue", Text),
        must("resultType", Term(&RESULT_TYPE)),
        may("rubricCriterionLevel", List(&Object(&RUBRIC_CRITERION_LEVEL))),
        may("valueMax", Text),
        may("valueMin", Text),
    ],
)
.with(&[results::description_is_consistent]);

pub(crate) static RUBRIC_CRITERION_LEVEL: Shape = Shape::open::<achievement::RubricCriterionLevel>(
    ob!("rubriccriterionlevel"),
    &[
        must("id", Uri),
        must("type", Types),
        may("alignment", List(&Object(&ALIGNMENT))),
        may("description", Text),
        may("level", Text),
        must("name", Name),
        may("points", Text),
    ],
);

pub(crate) static RELATED: Shape = Shape::open::<achievement::Related>(
    ob!("related"),
    &[must("id", Uri), must("type", Types), may("inLanguage", Language), may("version", Text)],
);
