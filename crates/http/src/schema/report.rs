//! Examinations on the wire.

use serde_json::Value;
use utoipa::ToSchema;

use super::text::Anything;

/// A badge to examine, or what holds badges: exactly one of `url`, `credential` and `jwt`. Alternatively the body is the badge
/// itself: a PNG or SVG image (`image/png`, `image/svg+xml`), a PDF with an attached badge (`application/pdf`), or a compact JWS
/// (`application/vc+jwt`, `application/vp+jwt`, `application/jwt`).
#[derive(ToSchema)]
#[schema(example = json!({"url": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct Submission {
    /// Where the badge is; https only.
    #[schema(required = false, nullable = false)]
    url: Option<String>,
    /// An Open Badges 3.0 credential with its proof, an Open Badges 2.0 Assertion, a presentation, a learner's record or an
    /// endorsement.
    #[schema(value_type = Object, required = false, nullable = false)]
    credential: Option<Value>,
    /// A VC-JWT, or an Open Badges 2.0 signed Assertion.
    #[schema(required = false, nullable = false)]
    jwt: Option<String>,
    /// Beside one of the three: the e-mail address, DID or other identifier it must have been awarded to.
    #[schema(required = false, nullable = false)]
    recipient: Option<String>,
    /// The challenge that a presentation must answer; of a token its `nonce`.
    #[schema(required = false, nullable = false)]
    challenge: Option<String>,
    /// The domain that a presentation must be made for; of a token its `aud`.
    #[schema(required = false, nullable = false)]
    domain: Option<String>,
}

/// A form with exactly one part: a file, or `url`, `jwt`, `credential` as in JSON.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Upload {
    /// A PNG, SVG or PDF with a badge in it, or a file with its JSON or JWT.
    #[schema(required = false, nullable = false)]
    file: Option<Anything>,
    /// The same.
    #[schema(required = false, nullable = false)]
    image: Option<Anything>,
    /// The same.
    #[schema(required = false, nullable = false)]
    badge: Option<Anything>,
    /// The same.
    #[schema(required = false, nullable = false)]
    credential: Option<Anything>,
    /// Where the badge is; https only.
    #[schema(required = false, nullable = false)]
    url: Option<String>,
    /// A VC-JWT, or an Open Badges 2.0 signed Assertion.
    #[schema(required = false, nullable = false)]
    jwt: Option<String>,
}

/// The examiner's word. A bad badge is a report too, with status 200.
#[derive(ToSchema)]
#[schema(as = Report, example = json!({
    "outcome": "valid",
    "format": "OpenBadges 3.0 embedded proof",
    "issuer": {"id": "did:web:badges.example.edu:public:issuers:2f1c…", "name": "Example University", "url": null},
    "achievement": {"id": "https://badges.example.edu/public/achievements/8a5c…", "name": "Applied Data Skills",
        "description": "…", "achievementType": "MicroCredential"},
    "recipient": {"id": "urn:uuid:…", "name": "Ana Ruiz", "identifiedBy": ["emailAddress"], "matches": null},
    "status": {"state": "active", "reason": null},
    "checks": [{"id": "proof", "outcome": "passed", "detail": "The signature fits the badge.",
        "spec": "https://www.w3.org/TR/vc-data-integrity/#verify-proof"}]
}))]
pub(crate) struct Report {
    /// `valid`: every check passed. `invalid`: at least one failed. `unknown`: none failed, but something that must be known
    /// could not be reached.
    outcome: OutcomeShape,
    /// Which standard and form; null where that could not be told.
    format: Option<String>,
    /// The badge itself; null where it could not be read so far. The same holds for the next three.
    credential: Option<CredentialShape>,
    /// Who issued it. Only the id is tied to a key by the proof.
    issuer: Option<IssuerShape>,
    /// What for.
    achievement: Option<AchievementShape>,
    /// To whom.
    recipient: Option<RecipientShape>,
    /// Whether the issuer still stands by it.
    status: StatusShape,
    /// Every step that was taken, in order.
    checks: Vec<CheckShape>,
    /// What a presentation or a learner's record holds, each credential examined by itself; left out where there is none.
    #[schema(no_recursion, required = false, nullable = false)]
    credentials: Vec<Report>,
}

#[derive(ToSchema)]
#[schema(as = Outcome, rename_all = "lowercase")]
pub(crate) enum OutcomeShape {
    Valid,
    Invalid,
    Unknown,
}

#[derive(ToSchema)]
#[schema(as = ReportedStatus)]
pub(crate) struct StatusShape {
    /// `active`, `revoked`, `suspended`, `none` (the badge names no place to look) or `unknown` (could not be looked up).
    state: String,
    /// The issuer's reason.
    reason: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = Check)]
pub(crate) struct CheckShape {
    /// A stable name, such as `proof`, `key` or `status`.
    id: String,
    /// `passed`, `failed`, `warning`, `skipped` or `unknown`.
    outcome: String,
    /// Where it did not pass: a stable name of the reason, such as `expired`.
    #[schema(required = false, nullable = false)]
    code: Option<String>,
    /// In words.
    detail: String,
    /// Where the standard demands it.
    #[schema(format = "uri")]
    spec: String,
}

/// The badge in a report.
#[derive(ToSchema)]
#[schema(as = ReportedCredential, rename_all = "camelCase")]
pub(crate) struct CredentialShape {
    id: Option<String>,
    name: Option<String>,
    #[schema(format = "date-time")]
    awarded_date: Option<String>,
    /// 2.0: `issuedOn`.
    #[schema(format = "date-time")]
    valid_from: Option<String>,
    /// 2.0: `expires`.
    #[schema(format = "date-time")]
    valid_until: Option<String>,
}

/// The issuer in a report.
#[derive(ToSchema)]
#[schema(as = ReportedIssuer)]
pub(crate) struct IssuerShape {
    id: String,
    name: Option<String>,
    url: Option<String>,
}

/// The achievement in a report.
#[derive(ToSchema)]
#[schema(as = ReportedAchievement, rename_all = "camelCase")]
pub(crate) struct AchievementShape {
    id: Option<String>,
    name: Option<String>,
    description: Option<String>,
    achievement_type: Option<String>,
}

/// The recipient in a report.
#[derive(ToSchema)]
#[schema(as = ReportedRecipient, rename_all = "camelCase")]
pub(crate) struct RecipientShape {
    id: Option<String>,
    /// Where the badge states one in plain text.
    name: Option<String>,
    /// The kinds of identifier, such as `emailAddress`.
    identified_by: Vec<String>,
    /// Null: the request named nobody to compare with.
    matches: Option<bool>,
}
