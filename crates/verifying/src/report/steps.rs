//! The steps of an examination: their names, and where the standards demand them.

/// A step: its stable id and the place in a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) id: &'static str,
    pub(crate) spec: &'static str,
}

macro_rules! ob3 {
    ($anchor:literal) => {
        concat!("https://www.imsglobal.org/spec/ob/v3p0/#", $anchor)
    };
}
macro_rules! ob1 {
    ($anchor:literal) => {
        concat!("https://www.imsglobal.org/sites/default/files/Badges/OBv1p1/index.html#", $anchor)
    };
}
macro_rules! ob2 {
    ($anchor:literal) => {
        concat!("https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#", $anchor)
    };
}

/// Getting hold of the submission: fetching an address, taking a badge out of an image.
pub(crate) const FETCH: Step = Step { id: "fetch", spec: ob3!("document-formats") };
/// Reading the bytes: strict JSON or a strict compact JWS.
pub(crate) const PARSE: Step = Step { id: "parse", spec: ob3!("serialization") };
/// Telling which standard and form it is.
pub(crate) const FORMAT: Step = Step { id: "format", spec: ob3!("document-formats") };

/// Keeping within what one examination may take.
pub(crate) const BUDGET: Step =
    Step { id: "budget", spec: "https://www.w3.org/TR/rdf-canon/#dataset-poisoning" };
/// Having to do with a copy, because a server could not be reached.
pub(crate) const FRESHNESS: Step =
    Step { id: "freshness", spec: "https://www.rfc-editor.org/rfc/rfc5861.html#section-4" };

/// Steps for Open Badges 3.0.
pub(crate) mod v3 {
    use super::Step;

    pub(crate) const CONTEXT: Step =
        Step { id: "context", spec: "https://www.w3.org/TR/vc-data-model-2.0/#contexts" };
    pub(crate) const TYPE: Step = Step { id: "type", spec: "https://www.w3.org/TR/vc-data-model-2.0/#types" };
    pub(crate) const SCHEMA_ENDORSEMENT: Step = Step { id: "schema", spec: ob3!("endorsementcredential") };
    pub(crate) const SCHEMA_CLR: Step =
        Step { id: "schema", spec: "https://www.imsglobal.org/spec/clr/v2p0/#clrcredential" };
    pub(crate) const SCHEMA_CREDENTIAL: Step =
        Step { id: "schema", spec: "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-credentials" };
    pub(crate) const SCHEMA_PRESENTATION: Step =
        Step { id: "schema", spec: "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations" };
    pub(crate) const SCHEMA: Step = Step { id: "schema", spec: ob3!("achievementcredential") };
    pub(crate) const SAFE_MODE: Step =
        Step { id: "safe_mode", spec: "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly" };
    pub(crate) const CLAIMS: Step = Step { id: "claims", spec: ob3!("jwt-proof") };
    pub(crate) const KEY: Step =
        Step { id: "key", spec: "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method" };
    pub(crate) const PROOF: Step =
        Step { id: "proof", spec: "https://www.w3.org/TR/vc-data-integrity/#verify-proof" };
    pub(crate) const PROOF_PRESENTATION: Step =
        Step { id: "proof", spec: "https://www.w3.org/TR/vc-data-integrity/#proof-purposes" };
    pub(crate) const CLAIMS_PRESENTATION: Step =
        Step { id: "claims", spec: "https://www.w3.org/TR/vc-jose-cose/#securing-vps-with-jose" };
    pub(crate) const CREDENTIAL_SCHEMA: Step =
        Step { id: "credential_schema", spec: "https://www.w3.org/TR/vc-data-model-2.0/#data-schemas" };
    pub(crate) const RELATED_RESOURCE: Step = Step {
        id: "related_resource",
        spec: "https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources",
    };
    pub(crate) const HOLDER: Step =
        Step { id: "holder", spec: "https://www.w3.org/TR/vc-data-model-2.0/#relationship-checking" };
    pub(crate) const CREDENTIALS: Step = Step {
        id: "credentials",
        spec: "https://www.w3.org/TR/vc-data-model-2.0/#presentations-including-verifiable-credentials",
    };
    pub(crate) const PROOF_JWT: Step = Step { id: "proof", spec: ob3!("jwt-proof") };
    pub(crate) const OTHER_PROOF: Step =
        Step { id: "other_proof", spec: "https://www.w3.org/TR/vc-data-integrity/#proof-sets" };
    pub(crate) const INNER_PROOF: Step = Step { id: "inner_proof", spec: ob3!("jwt-proof") };
    pub(crate) const VALIDITY: Step =
        Step { id: "validity", spec: "https://www.w3.org/TR/vc-data-model-2.0/#validity-period" };
    pub(crate) const STATUS: Step =
        Step { id: "status", spec: "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm" };
    pub(crate) const DISCLOSURE: Step =
        Step { id: "disclosure", spec: "https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023" };
    pub(crate) const REFRESH: Step = Step { id: "refresh", spec: ob3!("refreshservice") };
    pub(crate) const ENDORSEMENTS: Step = Step { id: "endorsements", spec: ob3!("endorsementcredential") };
    pub(crate) const RECIPIENT: Step = Step { id: "recipient", spec: ob3!("identityobject") };
}

/// Steps for Open Badges 1.1 and older.
pub(crate) mod v1 {
    use super::Step;

    pub(crate) const ASSERTION: Step = Step { id: "schema", spec: ob1!("Assertion") };
    pub(crate) const HOSTED: Step = Step { id: "hosted", spec: ob1!("VerificationObject") };
    pub(crate) const BADGE: Step = Step { id: "badge", spec: ob1!("BadgeClass") };
    pub(crate) const ISSUER: Step = Step { id: "issuer", spec: ob1!("IssuerOrganization") };
    pub(crate) const SCOPE: Step = Step { id: "scope", spec: ob2!("VerificationObject") };
    pub(crate) const KEY: Step = Step { id: "key", spec: ob1!("VerificationObject") };
    pub(crate) const PROOF: Step = Step { id: "proof", spec: ob1!("SignedBadge") };
    pub(crate) const STATUS: Step = Step { id: "status", spec: ob1!("revokedList") };
}

/// Steps for Open Badges 2.0.
pub(crate) mod v2 {
    use super::Step;

    pub(crate) const CONTEXT: Step = Step { id: "context", spec: ob2!("Assertion") };
    pub(crate) const ASSERTION: Step = Step { id: "schema", spec: ob2!("Assertion") };
    pub(crate) const HOSTED: Step = Step { id: "hosted", spec: ob2!("HostedBadge") };
    pub(crate) const BADGE: Step = Step { id: "badge", spec: ob2!("BadgeClass") };
    pub(crate) const ISSUER: Step = Step { id: "issuer", spec: ob2!("Profile") };
    pub(crate) const SCOPE: Step = Step { id: "scope", spec: ob2!("VerificationObject") };
    pub(crate) const KEY: Step = Step { id: "key", spec: ob2!("CryptographicKey") };
    pub(crate) const PROOF: Step = Step { id: "proof", spec: ob2!("SignedBadge") };
    pub(crate) const VALIDITY: Step = Step { id: "validity", spec: ob2!("Assertion") };
    pub(crate) const STATUS: Step = Step { id: "status", spec: ob2!("RevocationList") };
    pub(crate) const RECIPIENT: Step = Step { id: "recipient", spec: ob2!("IdentityObject") };
    pub(crate) const ENDORSEMENTS: Step = Step { id: "endorsements", spec: ob2!("Endorsement") };
    pub(crate) const RELATED: Step = Step { id: "related", spec: ob2!("Profile") };
    pub(crate) const EXTENSIONS: Step = Step {
        id: "extensions",
        spec: "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/extensions/index.html",
    };
}
