//! The proof's options as canonical N-Quads, written down directly.
//!
//! A proof made by this crate says a handful of things, each in the same way, and what they mean is fixed by a context whose
//! terms are protected. Reading them through JSON-LD every time finds the same five to eleven lines. So they are written as
//! they are found to be; whatever is not as plain as expected takes the general road. A test compares both.

use accolade_linked_data::{Options, contexts};
use serde_json::Value;

use super::Purpose;
use super::members::Moment;
use super::proof::Checked;
use super::suite::Transformation;

/// The contexts that may stand behind `credentials/v2`: built in, and none defines anything that changes how a proof is
/// read (no prefix that is one of [`SCHEMES`], no default language).
const HARMLESS: [&str; 6] = [
    contexts::OB_V3P0,
    contexts::OB_V3P0_2,
    contexts::OB_EXTENSIONS,
    contexts::CLR_V2P0_1,
    contexts::DATA_INTEGRITY_V2,
    contexts::BITSTRING_STATUS_LIST_V1,
];
/// What identifiers here begin with.
const SCHEMES: [&str; 4] = ["https:", "did:", "urn:", "http:"];
/// The canonical form of the proof's options in that context, or nothing where only JSON-LD itself can tell.
pub(super) fn canonical_options(
    context: &Value,
    proof: &Checked<'_>,
    reading: &Options<'_>,
) -> Option<String> {
    let recipe = proof.suite.recipe();
    let plain = recipe.transformation == Transformation::Rdfc
        && proof.suite.is_data_integrity()
        && reading.expand_context.is_none()
        && is_harmless(context);
    if !plain {
        return None;
    }
    let mut lines = Lines::about(proof.id)?;
    // The lines stand in the order of their predicates, so only those of one predicate are left to sort.
    lines.date("<http://purl.org/dc/terms/created>", proof.created)?;
    lines.put(
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        &["<https://w3id.org/security#DataIntegrityProof>"],
    );
    lines.literal("<https://w3id.org/security#challenge>", proof.challenge)?;
    lines.put(
        "<https://w3id.org/security#cryptosuite>",
        &["\"", recipe.name, "\"^^<https://w3id.org/security#cryptosuiteString>"],
    );
    lines.each("<https://w3id.org/security#domain>", proof.domain, Lines::literal)?;
    lines.date("<https://w3id.org/security#expiration>", proof.expires)?;
    lines.literal("<https://w3id.org/security#nonce>", proof.nonce)?;
    lines.each("<https://w3id.org/security#previousProof>", proof.previous_proofs, Lines::iri)?;
    lines.put("<https://w3id.org/security#proofPurpose>", &[purpose(proof.purpose)]);
    lines.iri("<https://w3id.org/security#verificationMethod>", Some(proof.verification_method))?;
    Some(lines.text)
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::AssertionMethod => "<https://w3id.org/security#assertionMethod>",
        Purpose::Authentication => "<https://w3id.org/security#authenticationMethod>",
    }
}

/// Whether a document's contexts are `credentials/v2`, and behind it only such as leave a proof alone.
fn is_harmless(context: &Value) -> bool {
    match context {
        Value::String(only) => only == contexts::CREDENTIALS_V2,
        Value::Array(all) => match all.split_first() {
            Some((Value::String(first), others)) => {
                first == contexts::CREDENTIALS_V2
                    && others
                        .iter()
                        .all(|other| other.as_str().is_some_and(|other| HARMLESS.contains(&other)))
            }
            _ => false,
        },
        _ => false,
    }
}

/// N-Quads about one subject.
struct Lines<'s> {
    text: String,
    /// As written, with a blank behind it.
    subject: [&'s str; 3],
}

impl<'s> Lines<'s> {
    fn about(id: Option<&'s str>) -> Option<Self> {
        let subject = match id {
            Some(id) if is_plain_iri(id) => ["<", id, "> "],
            Some(_) => return None,
            None => ["_:c14n0 ", "", ""],
        };
        Some(Self { text: String::with_capacity(1024), subject })
    }

    fn put(&mut self, predicate: &str, object: &[&str]) {
        self.subject.iter().for_each(|part| self.text.push_str(part));
        self.text.push_str(predicate);
        self.text.push(' ');
        object.iter().for_each(|part| self.text.push_str(part));
        self.text.push_str(" .\n");
    }

    fn literal(&mut self, predicate: &str, text: Option<&str>) -> Option<()> {
        let Some(text) = text else { return Some(()) };
        is_plain(text).then(|| self.put(predicate, &["\"", text, "\""]))
    }

    fn date(&mut self, predicate: &str, moment: Option<Moment<'_>>) -> Option<()> {
        let Some(Moment { text, .. }) = moment else { return Some(()) };
        is_plain(text)
            .then(|| self.put(predicate, &["\"", text, "\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"]))
    }

    fn iri(&mut self, predicate: &str, iri: Option<&str>) -> Option<()> {
        let Some(iri) = iri else { return Some(()) };
        is_plain_iri(iri).then(|| self.put(predicate, &["<", iri, ">"]))
    }

    /// One line for each of the texts, sorted; more than one is rare enough for the general road to sort them.
    fn each(
        &mut self,
        predicate: &str,
        texts: &[Value],
        put: impl Fn(&mut Self, &str, Option<&str>) -> Option<()>,
    ) -> Option<()> {
        match texts {
            [] => Some(()),
            [one] => put(self, predicate, one.as_str()),
            _ => None,
        }
    }
}

/// Whether a text stands in N-Quads as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
}

/// Whether a text is an IRI that stands for itself in any of the contexts.
fn is_plain_iri(text: &str) -> bool {
    let mut fragments = 0_u32;
    SCHEMES.iter().any(|scheme| text.starts_with(scheme))
        && text.bytes().all(|byte| {
            fragments += u32::from(byte == b'#');
            matches!(byte, b'!'..=b'~') && !b"<>\"{}|^`\\".contains(&byte)
        })
        && fragments <= 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::super::transform::canonicalized_options;
    use super::*;

    const METHOD: &str = "https://badges.example/issuers/1#z6Mk";

    fn proof(members: Value) -> Map<String, Value> {
        let mut proof = Map::from_iter([
            ("type".to_owned(), json!("DataIntegrityProof")),
            ("cryptosuite".to_owned(), json!("eddsa-rdfc-2022")),
            ("proofPurpose".to_owned(), json!("assertionMethod")),
            ("verificationMethod".to_owned(), json!(METHOD)),
        ]);
        proof.extend(members.as_object().unwrap().clone());
        proof
    }

    fn direct(context: &Value, proof: &Map<String, Value>) -> Option<String> {
        canonical_options(context, &Checked::options(proof).unwrap(), &Options::default())
    }

    fn general(context: &Value, proof: &Map<String, Value>) -> String {
        canonicalized_options(context, &Checked::options(proof).unwrap(), &Options::default()).unwrap()
    }

    fn full() -> Map<String, Value> {
        proof(json!({
            "id": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544",
            "created": "2026-11-23T10:00:00Z",
            "expires": "2027-11-23t10:00:00.5+01:30",
            "proofPurpose": "authentication",
            "domain": "school.example",
            "challenge": "c 1",
            "nonce": "",
            "previousProof": ["did:example:1#2"],
            "proofValue": "z",
        }))
    }

    #[test]
    fn in_every_context_that_counts_as_harmless_both_roads_lead_to_the_same_text() {
        let bare = proof(json!({}));
        for other in HARMLESS {
            let context = json!([contexts::CREDENTIALS_V2, other]);
            for proof in [&bare, &full()] {
                assert_eq!(direct(&context, proof), Some(general(&context, proof)), "{other}");
            }
        }
        for context in [
            json!(contexts::CREDENTIALS_V2),
            json!([contexts::CREDENTIALS_V2]),
            json!([contexts::CREDENTIALS_V2, contexts::OB_V3P0, contexts::OB_EXTENSIONS]),
        ] {
            assert_eq!(direct(&context, &full()), Some(general(&context, &full())), "{context}");
        }
    }

    #[test]
    fn what_could_mean_something_else_takes_the_general_road() {
        let v2 = json!([contexts::CREDENTIALS_V2]);
        for members in [
            json!({"id": "ftp://a.example/1"}),
            json!({"verificationMethod": "https://schüler.example/1"}),
            json!({"verificationMethod": "https://a.example/#1#2"}),
            json!({"verificationMethod": "https://a.example/`"}),
            json!({"nonce": "é"}),
            json!({"nonce": "\u{7f}"}),
            json!({"challenge": "\""}),
            json!({"domain": "\\"}),
            json!({"domain": ["b", "a"]}),
            json!({"previousProof": ["urn:b", "urn:a"]}),
            json!({"cryptosuite": "eddsa-jcs-2022"}),
        ] {
            assert_eq!(direct(&v2, &proof(members.clone())), None, "{members}");
        }
        for context in [
            json!(contexts::DATA_INTEGRITY_V2),
            json!([contexts::OB_V3P0, contexts::CREDENTIALS_V2]),
            json!([contexts::CREDENTIALS_V2, contexts::CREDENTIALS_V1]),
            json!([contexts::CREDENTIALS_V2, {"did": "https://elsewhere.example/"}]),
            json!([contexts::CREDENTIALS_V2, {"@language": "de"}]),
            json!([[contexts::CREDENTIALS_V2]]),
            json!([]),
            json!(null),
        ] {
            assert_eq!(direct(&context, &proof(json!({}))), None, "{context}");
        }
        let before = json!({"https": "urn:x:"});
        let reading = Options { expand_context: Some(&before), ..Options::default() };
        let proof = proof(json!({}));
        assert_eq!(canonical_options(&v2, &Checked::options(&proof).unwrap(), &reading), None);
    }

    /// Options of a proof, some plain, some not.
    fn any_proof() -> impl Strategy<Value = Map<String, Value>> {
        let iri = || {
            let plain = "(https://|http://|did:|urn:|https:|xsd:|id:|type:|sec:)[a-zA-Z0-9:/?#\\[\\]@!$&'()*+,;=~%._-]{1,20}";
            prop_oneof![4 => plain, 1 => "(https|urn):[\u{21}-\u{ff}]{1,6}"]
        };
        let text = || prop_oneof![4 => "[ -~]{0,12}", 1 => "\\PC{0,4}", 1 => "[\u{0}-\u{20}\"\\\\]{0,3}"];
        let date = || {
            let zones = prop::sample::select(vec!["Z", "z", "+00:00", "-13:45", ".25Z"]);
            (0..28_u8, 0..24_u8, zones)
                .prop_map(|(day, hour, zone)| format!("2026-11-{:02}T{hour:02}:00:00{zone}", day + 1))
        };
        let suites = prop::sample::select(vec!["eddsa-rdfc-2022", "eddsa-2022", "ecdsa-rdfc-2019"]);
        let purposes = prop::sample::select(vec!["assertionMethod", "authentication"]);
        let some = |strategy| prop::option::of(strategy);
        let many = |texts: BoxedStrategy<String>| prop::option::of(prop::collection::vec(texts, 1..3));
        let fixed =
            (suites, purposes, iri(), some(iri().boxed()), some(date().boxed()), some(date().boxed()));
        let other = (some(text().boxed()), some(text().boxed()), many(text().boxed()), many(iri().boxed()));
        (fixed, other).prop_map(
            |((suite, purpose, method, id, created, expires), (challenge, nonce, domain, previous))| {
                let mut members = proof(json!({
                    "cryptosuite": suite, "proofPurpose": purpose, "verificationMethod": method, "id": id,
                    "created": created, "expires": expires, "challenge": challenge, "nonce": nonce,
                    "domain": domain, "previousProof": previous,
                }));
                members.retain(|_, value| !value.is_null());
                members
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn both_roads_lead_to_the_same_text(proof in any_proof(), other in prop::sample::select(HARMLESS.to_vec())) {
            let context = json!([contexts::CREDENTIALS_V2, other]);
            let Ok(checked) = Checked::options(&proof) else { return Ok(()) };
            if let Some(written) = canonical_options(&context, &checked, &Options::default()) {
                prop_assert_eq!(Ok(written), canonicalized_options(&context, &checked, &Options::default()));
            }
        }
    }
}
