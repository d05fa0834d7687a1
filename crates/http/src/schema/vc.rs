//! The VC API on the wire.

use serde_json::Value;
use utoipa::ToSchema;

use super::text::{IssueSuite, Shown};

/// A credential to be signed.
#[derive(ToSchema)]
#[schema(example = json!({"credential": {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "https://badges.example.edu/public/issuers/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
    "credentialSubject": {"id": "did:example:ana", "name": "Ana Ruiz"}
}}))]
#[serde(deny_unknown_fields)]
pub(crate) struct CredentialToIssue {
    /// A credential of the data model 2.0, with contexts that are built in here.
    #[schema(value_type = Object)]
    credential: Value,
    /// How.
    #[schema(required = false, nullable = false)]
    options: Option<IssueOptions>,
}

/// How a credential is to be signed.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssueOptions {
    /// JSON pointers to what every derived credential shows; `ecdsa-sd-2023` only.
    #[serde(rename = "mandatoryPointers")]
    #[schema(required = false, nullable = false, max_items = 256)]
    mandatory_pointers: Option<Vec<String>>,
}

/// A signed credential, or the envelope of its token.
#[derive(ToSchema)]
pub(crate) struct IssuedCredential {
    #[serde(rename = "verifiableCredential")]
    #[schema(value_type = Object)]
    verifiable_credential: Value,
}

/// What an issuer can sign with.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssuerSuites {
    /// The issuer's `id`.
    id: String,
    /// Its name, the `issuer` of most credentials.
    profile_id: String,
    /// The suite that is taken where the path names none.
    default_suite: IssueSuite,
    /// The suites; one whose key was retired is not among them.
    suites: Vec<SuiteOffer>,
}

/// One suite of an issuer.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SuiteOffer {
    suite: IssueSuite,
    /// What `issuer` may be in a credential.
    issuers: Vec<String>,
    /// The verification method, or `kid`, under the first of those; absent until the key is made.
    #[schema(required = false, nullable = false)]
    verification_method: Option<String>,
    /// The key's own name; absent until the key is made.
    #[schema(required = false, nullable = false)]
    did_key: Option<String>,
}

/// A credential to be verified.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CredentialToVerify {
    #[serde(rename = "verifiableCredential")]
    verifiable_credential: Shown,
    #[schema(required = false, nullable = false)]
    options: Option<VerifyOptions>,
}

/// A presentation to be verified.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresentationToVerify {
    #[serde(rename = "verifiablePresentation")]
    verifiable_presentation: Shown,
    #[schema(required = false, nullable = false)]
    options: Option<VerifyOptions>,
}

/// What is asked of an examination.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyOptions {
    /// What is checked; everything where nothing is said. With `proof` alone nothing else is looked up.
    #[schema(required = false, nullable = false, max_items = 256)]
    checks: Option<Vec<CheckName>>,
    /// What the holder was asked to answer.
    #[schema(required = false, nullable = false)]
    challenge: Option<String>,
    /// For whom the proof must have been made.
    #[schema(required = false, nullable = false)]
    domain: Option<Domain>,
}

/// One domain, or several of which one will do.
#[derive(ToSchema)]
#[serde(untagged)]
pub(crate) enum Domain {
    One(String),
    Several(Vec<String>),
}

/// What can be checked apart.
#[derive(ToSchema)]
pub(crate) enum CheckName {
    #[serde(rename = "proof")]
    Proof,
    #[serde(rename = "status")]
    Status,
    #[serde(rename = "credentialStatus")]
    CredentialStatus,
}

/// A credential, of which a part is to be shown.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CredentialToDerive {
    /// With an `ecdsa-sd-2023` base proof.
    #[serde(rename = "verifiableCredential")]
    #[schema(value_type = Object)]
    verifiable_credential: Value,
    #[schema(required = false, nullable = false)]
    options: Option<DeriveOptions>,
}

/// What is to be shown.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeriveOptions {
    /// JSON pointers into the credential.
    #[serde(rename = "selectivePointers")]
    #[schema(required = false, nullable = false, max_items = 256)]
    selective_pointers: Option<Vec<String>>,
}

/// What came of an examination.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Verification {
    verified: bool,
    /// The steps that passed.
    checks: Vec<String>,
    /// What is unusual, and no reason to refuse it.
    warnings: Vec<VerificationProblem>,
    /// Why it is not verified.
    problem_details: Vec<VerificationProblem>,
    /// The credentials of a presentation, in their order there.
    #[schema(required = false, nullable = false, no_recursion)]
    credential_results: Option<Vec<Verification>>,
}

/// A problem of what was examined
/// ([VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/#problem-details)).
#[derive(ToSchema)]
pub(crate) struct VerificationProblem {
    /// The W3C's type of it.
    #[serde(rename = "type")]
    kind: String,
    title: String,
    detail: String,
    /// Our own name for the reason, as in the report of `/v1/verify`.
    code: String,
    /// The step of the examination.
    #[schema(required = false, nullable = false)]
    check: Option<String>,
    /// The place in the request.
    #[schema(required = false, nullable = false)]
    pointer: Option<String>,
}
