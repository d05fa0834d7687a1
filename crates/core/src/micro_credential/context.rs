//! The members that no context of Open Badges defines, and the context that defines them.

use serde_json::{Map, Value, json};

/// A member of an achievement, or of a node under it, that [`inline_context`] defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The member's name.
    pub name: &'static str,
    /// What it stands for.
    pub iri: &'static str,
    /// `@id` where its value is an IRI, a datatype where it is a text of one, `None` for plain values and nodes.
    pub values: Option<&'static str>,
}

const DURATION: Option<&str> = Some("http://www.w3.org/2001/XMLSchema#duration");
const IRI: Option<&str> = Some("@id");

macro_rules! terms {
    ($($constant:ident = $name:literal, $iri:literal, $values:expr;)+) => {
        $(pub(super) const $constant: Term = Term { name: $name, iri: $iri, values: $values };)+

        /// Every term, in the order in which [`inline_context`] has them. Those of
        /// `http://data.europa.eu/snb/model/elm/` are of the
        /// [European Learning Model](https://github.com/european-commission-empl/European-Learning-Model), those of
        /// `https://purl.org/ctdl/terms/` of the [Credential Transparency Description Language](https://credreg.net/ctdl/terms),
        /// those of `http://purl.org/dc/` of [Dublin Core](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
        pub const TERMS: &[Term] = &[$($constant),+];
    };
}

terms! {
    ASSESSMENT_TYPE = "assessmentType", "http://purl.org/dc/terms/type", IRI;
    COVERAGE = "coverage", "http://purl.org/dc/elements/1.1/coverage", None;
    CREDIT_POINT = "creditPoint", "http://data.europa.eu/snb/model/elm/creditPoint", None;
    ENTRY_REQUIREMENT = "entryRequirement", "http://data.europa.eu/snb/model/elm/entryRequirement", None;
    EQF_LEVEL = "eqfLevel", "http://data.europa.eu/snb/model/elm/eqfLevel", IRI;
    FRAMEWORK = "framework", "http://data.europa.eu/snb/model/elm/framework", IRI;
    FRAMEWORK_NAME = "frameworkName", "https://purl.org/ctdl/terms/frameworkName", None;
    GRADING_SCHEME = "gradingScheme", "http://data.europa.eu/snb/model/elm/gradingScheme", None;
    ID_VERIFICATION = "idVerification", "http://data.europa.eu/snb/model/elm/idVerification", None;
    IS_PART_OF = "isPartOf", "http://purl.org/dc/terms/isPartOf", IRI;
    IS_PARTIAL = "isPartialQualification", "http://data.europa.eu/snb/model/elm/isPartialQualification", None;
    LEARNING_OUTCOME = "learningOutcome", "http://data.europa.eu/snb/model/elm/learningOutcome", None;
    MAXIMUM_DURATION = "maximumDuration", "http://data.europa.eu/snb/model/elm/maximumDuration", DURATION;
    MINIMUM_DURATION = "minimumDuration", "https://purl.org/ctdl/terms/minimumDuration", DURATION;
    MODE = "mode", "http://data.europa.eu/snb/model/elm/mode", IRI;
    NOTATION = "notation", "http://www.w3.org/2004/02/skos/core#notation", None;
    NOTE_LITERAL = "noteLiteral", "http://data.europa.eu/snb/model/elm/noteLiteral", None;
    NQF_LEVEL = "nqfLevel", "http://data.europa.eu/snb/model/elm/nqfLevel", IRI;
    POINT = "point", "http://data.europa.eu/snb/model/elm/point", None;
    PROCESS_STANDARDS = "processStandards", "https://purl.org/ctdl/terms/processStandards", IRI;
    PROVEN_BY = "provenBy", "http://data.europa.eu/snb/model/elm/provenBy", None;
    REQUIRES = "requires", "http://purl.org/dc/terms/requires", IRI;
    REVIEW_PROCESS = "reviewProcess", "https://purl.org/ctdl/terms/reviewProcess", None;
    SEE_ALSO = "seeAlso", "http://www.w3.org/2000/01/rdf-schema#seeAlso", IRI;
    THEMATIC_AREA = "thematicArea", "http://data.europa.eu/snb/model/elm/thematicArea", IRI;
    VOLUME_OF_LEARNING = "volumeOfLearning", "http://data.europa.eu/snb/model/elm/volumeOfLearning", DURATION;
}

/// The context that a credential lists last when its achievement has members of ours: no verifier has to fetch it. It is
/// the same object for every credential, whatever of it is used
/// ([OB 3.0, Context](https://www.imsglobal.org/spec/ob/v3p0/#context) allows a map).
pub fn inline_context() -> Map<String, Value> {
    let definition = |term: &Term| match term.values {
        Some(values) => json!({ "@id": term.iri, "@type": values }),
        None => json!(term.iri),
    };
    TERMS.iter().map(|term| (term.name.to_owned(), definition(term))).collect()
}
