//! Every place of a badge, or of a document a badge leads to, in which an address can stand.

use accolade_baking::{Version, svg};
use accolade_signing::vc_jwt;
use accolade_verifying::Submission;
use serde_json::{Value, json};

use super::Stage;
use crate::endorsements::endorsement;
use crate::support::badges::{badge, plain_badge};
use crate::support::tokens::{forge, payload};
use crate::support::v2;
use crate::v1;

/// What becomes of an address that stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is visited, and without what stands there the badge is not valid.
    Needed,
    /// It is visited, and a badge may be valid without it.
    Tried,
    /// It is never visited; that it stands there makes the badge invalid.
    Refused,
    /// It is never visited.
    Ignored,
}

/// A place, and a badge with an address in it.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) fate: Fate,
    pub(super) badge: fn(&Stage, &str) -> Submission,
}

const fn place(name: &'static str, fate: Fate, badge: fn(&Stage, &str) -> Submission) -> Place {
    Place { name, fate, badge }
}

pub(super) const PLACES: &[Place] = &[
    place("handed in", Fate::Needed, |_, url| Submission::Url(url.to_owned())),
    place("baked into an image", Fate::Needed, |_, url| {
        let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg"/>"#;
        Submission::Image(svg::bake(drawing, Version::V2, url).unwrap().into())
    }),
    place("link of a page", Fate::Needed, |stage, url| {
        let page = format!(r#"<!doctype html><link rel="alternate" type="application/json" href="{url}">"#);
        stage.world.shelf.put_bytes("https://school.example/page", 200, "text/html", page.as_bytes());
        Submission::Url("https://school.example/page".into())
    }),
    place("issuer of a proof", Fate::Needed, of_issuer),
    place("issuer of a token", Fate::Needed, token_of_issuer),
    place("did:web of a proof", Fate::Needed, |stage, url| of_issuer(stage, &did_web(url))),
    place("did:web of a token", Fate::Needed, |stage, url| token_of_issuer(stage, &did_web(url))),
    place("verificationMethod", Fate::Refused, |stage, url| {
        Submission::from_value(&stage.school.sign_as(&plain_badge(&stage.school), &format!("{url}#key")))
    }),
    place("kid", Fate::Refused, |stage, url| with_header(stage, json!({ "kid": url }))),
    place("jku", Fate::Refused, |stage, url| {
        with_header(stage, json!({ "kid": stage.school.method, "jku": url }))
    }),
    place("x5u", Fate::Refused, |stage, url| {
        with_header(stage, json!({ "kid": stage.school.method, "x5u": url }))
    }),
    place("@context", Fate::Refused, |stage, url| {
        let mut signed = stage.school.sign(&plain_badge(&stage.school));
        signed["@context"].as_array_mut().unwrap().push(url.into());
        Submission::from_value(&signed)
    }),
    place("statusListCredential", Fate::Needed, |stage, url| {
        let mut badge = badge(&stage.school);
        badge["credentialStatus"]["statusListCredential"] = url.into();
        Submission::from_value(&stage.school.sign(&badge))
    }),
    place("1EdTechRevocationList", Fate::Needed, |stage, url| {
        extended(stage, |badge| {
            badge["credentialStatus"] = json!({ "id": url, "type": "1EdTechRevocationList" })
        })
    }),
    place("refreshService", Fate::Tried, |stage, url| {
        extended(stage, |badge| {
            badge["refreshService"] = json!({ "id": url, "type": "1EdTechCredentialRefresh" })
        })
    }),
    place("endorser", Fate::Tried, |stage, url| {
        endorsed(stage, url, |said, method| json!({ "endorsement": [stage.body.sign_as(said, method)] }))
    }),
    place("endorser of a token", Fate::Tried, |stage, url| {
        endorsed(
            stage,
            url,
            |said, method| json!({ "endorsementJwt": [vc_jwt::sign(said, method, &stage.body.p256).unwrap()] }),
        )
    }),
    place("did:web of an endorser", Fate::Tried, |stage, url| {
        endorsed(
            stage,
            &did_web(url),
            |said, method| json!({ "endorsement": [stage.body.sign_as(said, method)] }),
        )
    }),
    place("issuer of a credential in a presentation", Fate::Needed, |stage, url| {
        let shown = stage.school.sign_as(&badge_of(stage, url), &format!("{url}#key"));
        presentation(json!([stage.school.sign(&plain_badge(&stage.school)), shown]), json!({}))
    }),
    place("issuer of a token in an envelope", Fate::Needed, |stage, url| {
        let kid = format!("{url}#key");
        let token = vc_jwt::sign(&badge_of(stage, url), &kid, &stage.school.p256).unwrap();
        let envelope = json!({
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": format!("data:application/vc+jwt,{token}"),
            "type": "EnvelopedVerifiableCredential",
        });
        presentation(json!([envelope]), json!({}))
    }),
    place("holder", Fate::Needed, |stage, url| {
        let good = stage.school.sign(&plain_badge(&stage.school));
        let mut proof =
            stage.body.sign_as(&plain_badge(&stage.body), &format!("{url}#key"))["proof"][0].clone();
        proof["proofPurpose"] = "authentication".into();
        presentation(json!([good]), json!({ "holder": url, "proof": proof }))
    }),
    place("status of an endorsement", Fate::Tried, |stage, url| {
        let status = badge(&stage.body)["credentialStatus"].clone();
        let mut badge = plain_badge(&stage.school);
        let mut said = endorsement(&stage.body, &badge, &badge["id"]);
        said["credentialStatus"] = status;
        said["credentialStatus"]["statusListCredential"] = url.into();
        badge["endorsement"] = json!([stage.body.sign(&said)]);
        Submission::from_value(&stage.school.sign(&badge))
    }),
    place("credentialSchema", Fate::Tried, |stage, url| {
        extended(stage, |badge| {
            badge["credentialSchema"] = json!([{ "id": url, "type": "1EdTechJsonSchemaValidator2019" }]);
        })
    }),
    place("relatedResource", Fate::Tried, |stage, url| {
        extended(stage, |badge| {
            let digest = format!("sha256-{}=", "A".repeat(43));
            badge["relatedResource"] = json!([{ "id": url, "digestSRI": digest }]);
        })
    }),
    place("for people", Fate::Ignored, |stage, url| {
        let mut badge = plain_badge(&stage.school);
        let image = json!({ "id": url, "type": "Image" });
        badge["image"] = image.clone();
        badge["evidence"] = json!([{ "id": url, "type": ["Evidence"] }]);
        badge["issuer"]["url"] = url.into();
        badge["issuer"]["image"] = image.clone();
        badge["credentialSubject"]["image"] = image.clone();
        badge["credentialSubject"]["achievement"]["image"] = image;
        badge["credentialSubject"]["achievement"]["criteria"]["id"] = url.into();
        badge["credentialSubject"]["achievement"]["alignment"] =
            json!([{ "type": ["Alignment"], "targetName": "Data", "targetUrl": url }]);
        // Where the text is no IRI this is no badge, which is as good.
        Submission::Jwt(vc_jwt::sign(&badge, &stage.school.kid, &stage.school.p256).unwrap())
    }),
    place("1.1: verify, hosted", Fate::Needed, |_, url| {
        let mut hosted = v1::hosted();
        hosted["verify"]["url"] = url.into();
        Submission::from_value(&hosted)
    }),
    place("1.1: verify, signed", Fate::Refused, |_, url| {
        let mut signed = v1::signed();
        signed["verify"]["url"] = url.into();
        Submission::Jwt(v2::sign(&signed))
    }),
    place("1.1: badge", Fate::Needed, |_, url| {
        let mut signed = v1::signed();
        signed["badge"] = url.into();
        Submission::Jwt(v2::sign(&signed))
    }),
    place("1.1: revocationList", Fate::Needed, |stage, url| {
        let issuer = v2::url("/v1/issuer.json");
        let members =
            json!({ "name": "Example University", "url": "https://school.example", "revocationList": url });
        stage.world.shelf.put(&issuer, &members);
        let mut badge = v1::badge_class();
        badge["issuer"] = issuer.into();
        stage.world.shelf.put(&v2::url("/v1/badge.json"), &badge);
        let mut signed = v1::signed();
        signed["badge"] = v2::url("/v1/badge.json").into();
        Submission::Jwt(v2::sign(&signed))
    }),
    place("2.0: vocabulary of an extension", Fate::Tried, |_, url| {
        signed_v2(|assertion| assertion["extensions:x"] = extension(url))
    }),
    place("2.0: form of an extension", Fate::Tried, |stage, url| {
        let validation = json!({ "obi:validatesType": "extensions:X", "obi:validationSchema": url });
        let vocabulary = v2::url("/vocabulary");
        stage.world.shelf.put(&vocabulary, &json!({ "@context": {}, "obi:validation": [validation] }));
        signed_v2(|assertion| assertion["extensions:x"] = extension(&vocabulary))
    }),
    place("2.0: hosted id", Fate::Needed, |_, url| {
        let mut hosted = v2::hosted();
        hosted["id"] = url.into();
        Submission::from_value(&hosted)
    }),
    place("2.0: badge", Fate::Needed, |_, url| signed_v2(|assertion| assertion["badge"] = url.into())),
    place("2.0: issuer", Fate::Needed, |_, url| {
        signed_v2(|assertion| {
            assertion["badge"] = v2::badge_class();
            assertion["badge"]["issuer"] = url.into();
        })
    }),
    place("2.0: creator", Fate::Refused, |_, url| {
        signed_v2(|assertion| assertion["verification"]["creator"] = url.into())
    }),
    place("2.0: publicKey", Fate::Needed, |stage, url| {
        let issuer = issuer_v2(stage, "publicKey", url);
        signed_v2(|assertion| {
            assertion["badge"] = v2::badge_class();
            assertion["badge"]["issuer"] = issuer.into();
            assertion["verification"]["creator"] = url.into();
        })
    }),
    place("2.0: revocationList", Fate::Needed, |stage, url| {
        let issuer = issuer_v2(stage, "revocationList", url);
        signed_v2(|assertion| {
            assertion["badge"] = v2::badge_class();
            assertion["badge"]["issuer"] = issuer.into();
            assertion["verification"]["creator"] = v2::url("/keys/other").into();
        })
    }),
    place("2.0: for people", Fate::Ignored, |_, url| {
        signed_v2(|assertion| {
            for member in ["image", "evidence"] {
                assertion[member] = url.into();
            }
            assertion["badge"] = v2::badge_class();
            assertion["badge"]["criteria"] = url.into();
            assertion["badge"]["image"] = url.into();
        })
    }),
];

/// A presentation of these credentials, with these members more.
fn presentation(credentials: Value, more: Value) -> Submission {
    let mut presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": credentials,
    });
    presentation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Submission::from_value(&presentation)
}

/// A badge of the issuer at that address, signed by somebody.
fn badge_of(stage: &Stage, issuer: &str) -> Value {
    let mut badge = plain_badge(&stage.school);
    badge["issuer"]["id"] = issuer.into();
    badge
}

fn of_issuer(stage: &Stage, issuer: &str) -> Submission {
    Submission::from_value(&stage.school.sign_as(&badge_of(stage, issuer), &format!("{issuer}#key")))
}

fn token_of_issuer(stage: &Stage, issuer: &str) -> Submission {
    let kid = format!("{issuer}#key");
    Submission::Jwt(vc_jwt::sign(&badge_of(stage, issuer), &kid, &stage.school.p256).unwrap())
}

/// An honest token under a header that names something else.
fn with_header(stage: &Stage, members: Value) -> Submission {
    let mut header = json!({ "alg": "EdDSA" });
    header.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let claims = payload(&stage.school.token(&plain_badge(&stage.school)));
    Submission::Jwt(forge(&header, &claims, &stage.school.seed))
}

/// `https://host:port/a/b` in the words of `did:web`, right or wrong.
pub(super) fn did_web(url: &str) -> String {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.replace(':', "%3A");
    match path {
        "" => format!("did:web:{host}"),
        path => format!("did:web:{host}:{}", path.replace('/', ":")),
    }
}

fn extended(stage: &Stage, change: impl FnOnce(&mut Value)) -> Submission {
    let mut badge = plain_badge(&stage.school);
    let contexts = badge["@context"].as_array_mut().unwrap();
    contexts.push("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json".into());
    change(&mut badge);
    Submission::from_value(&stage.school.sign(&badge))
}

/// A good badge that carries the words of somebody whose id is that address.
fn endorsed(stage: &Stage, endorser: &str, sign: impl FnOnce(&Value, &str) -> Value) -> Submission {
    let mut badge = plain_badge(&stage.school);
    let mut said = endorsement(&stage.body, &badge, &badge["id"]);
    said["issuer"]["id"] = endorser.into();
    let members = sign(&said, &format!("{endorser}#key"));
    badge.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    Submission::from_value(&stage.school.sign(&badge))
}

fn extension(vocabulary: &str) -> Value {
    json!({ "@context": vocabulary, "type": ["Extension", "extensions:X"] })
}

fn signed_v2(change: impl FnOnce(&mut Value)) -> Submission {
    let mut assertion = v2::signed();
    change(&mut assertion);
    Submission::Jwt(v2::sign(&assertion))
}

/// Another issuer on the shelf, with that address in its profile; its id.
fn issuer_v2(stage: &Stage, member: &str, url: &str) -> String {
    let mut issuer = v2::issuer();
    let id = v2::url(&format!("/issuers/{member}"));
    issuer["id"] = id.clone().into();
    issuer[member] = url.into();
    if member == "revocationList" {
        issuer["publicKey"] = v2::url("/keys/other").into();
        let mut key = v2::key();
        key["id"] = issuer["publicKey"].clone();
        key["owner"] = id.clone().into();
        stage.world.shelf.put(&v2::url("/keys/other"), &key);
    }
    stage.world.shelf.put(&id, &issuer);
    id
}
