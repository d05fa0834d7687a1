//! Awards on the wire.

use serde_json::Value;
use utoipa::ToSchema;

use super::class::{ImageOrUri, ProfileShape};
use super::result::{EvidenceShape, ResultShape};
use super::text::{
    AwardId, Did, ErasureReason, ExternalId, Identifier, Moment, PhoneNumber, Reason, RecipientEmail,
    RecipientName, Text, WebUrl,
};

/// Who gets the achievement, when, and on what evidence.
#[derive(ToSchema)]
#[schema(as = AwardOrder, rename_all = "camelCase", example = json!({
    "recipient": {"email": "ana@example.org", "name": "Ana Ruiz"},
    "externalId": "moodle:42:9001",
    "evidence": [{"id": "https://portfolio.example.org/ana/project", "narrative": "Her project and its presentation."}],
    "narrative": "Presented an analysis of the city's air quality data.",
    "onDuplicate": "return-existing"
}))]
#[serde(deny_unknown_fields)]
pub(crate) struct AwardOrder {
    recipient: RecipientShape,
    /// Your own name for this award, unique within the issuer. The same order again gives the award that is there (200),
    /// another order under the same name is refused (409).
    #[schema(required = false, nullable = false)]
    external_id: Option<ExternalId>,
    /// When it was earned. Now, where nothing is said.
    #[schema(required = false, nullable = false)]
    awarded_date: Option<Moment>,
    /// From when it is valid. Now, where nothing is said.
    #[schema(required = false, nullable = false)]
    valid_from: Option<Moment>,
    /// Until when it is valid, not before `validFrom`. For ever, where nothing is said.
    #[schema(required = false, nullable = false)]
    valid_until: Option<Moment>,
    /// What the recipient did.
    #[schema(required = false, nullable = false)]
    evidence: Option<Vec<EvidenceShape>>,
    /// What the recipient reached.
    #[schema(required = false, nullable = false)]
    result: Option<Vec<ResultShape>>,
    /// What this person did, in Markdown.
    #[schema(required = false, nullable = false)]
    narrative: Option<Text>,
    /// The image of this award, where it is not the achievement's.
    #[schema(required = false, nullable = false)]
    image: Option<ImageOrUri>,
    /// Credits this person earned.
    #[schema(required = false, nullable = false, minimum = 0)]
    credits_earned: Option<f64>,
    /// When the activity began.
    #[schema(required = false, nullable = false)]
    activity_start_date: Option<Moment>,
    /// When the activity ended, not before it began.
    #[schema(required = false, nullable = false)]
    activity_end_date: Option<Moment>,
    /// Who may see it: `unlisted` is the default.
    #[schema(required = false, nullable = false)]
    visibility: Option<Visibility>,
    /// What to do where the recipient holds the achievement already: `reject` is the default.
    #[schema(required = false, nullable = false)]
    on_duplicate: Option<OnDuplicate>,
    /// Check everything and show the credential, but store nothing.
    #[schema(required = false, nullable = false)]
    dry_run: Option<bool>,
    /// The number of the licence that this award proves.
    #[schema(required = false, nullable = false)]
    license_number: Option<Text>,
    /// The recipient's role, position or title.
    #[schema(required = false, nullable = false)]
    role: Option<Text>,
    /// The academic term.
    #[schema(required = false, nullable = false)]
    term: Option<Text>,
    /// Who assessed, where it was not the issuer.
    #[schema(required = false, nullable = false)]
    source: Option<ProfileShape>,
}

/// Known by exactly one of `email`, `did`, `url`, `phone`, or another identifier of OB 3.0 such as `sourcedId`.
#[derive(ToSchema)]
#[schema(as = Recipient, rename_all = "camelCase")]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipientShape {
    /// It stands in the badge as a salted hash.
    #[schema(required = false, nullable = false)]
    email: Option<RecipientEmail>,
    /// A DID of the recipient's wallet.
    #[schema(required = false, nullable = false)]
    did: Option<Did>,
    /// A web page of the recipient's own.
    #[schema(required = false, nullable = false)]
    url: Option<WebUrl>,
    #[schema(required = false, nullable = false)]
    phone: Option<PhoneNumber>,
    #[schema(required = false, nullable = false)]
    sourced_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    system_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    user_name: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    account_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    national_identity_number: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    lis_sourced_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    one_roster_sourced_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    sis_sourced_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    lti_user_id: Option<Identifier>,
    #[schema(required = false, nullable = false)]
    identifier: Option<Identifier>,
    /// The name to show. It stands in the badge in plain text where the award is `public`, else as a salted hash, which whoever
    /// is told the name can check.
    #[schema(required = false, nullable = false)]
    name: Option<RecipientName>,
    /// `false` puts the identity into the badge in plain text.
    #[schema(required = false, nullable = false, default = true)]
    hashed: Option<bool>,
}

/// Who may see an award. `public`: everybody; the page shows the recipient's name, search engines may find it. `unlisted`: whoever
/// has the link; the page shows no name and asks search engines to stay away. `private`: whoever has the share link; every other
/// address answers 403.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Visibility {
    Public,
    Unlisted,
    Private,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum OnDuplicate {
    Reject,
    ReturnExisting,
    Allow,
}

/// An award: one credential in all its forms, and its one status.
#[derive(ToSchema)]
#[schema(as = Award, rename_all = "camelCase", example = json!({
    "id": "c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
    "status": "active",
    "visibility": "unlisted",
    "credentialId": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
    "issuerId": "2f1c1a52-6c0e-4c7e-9f0e-0d3d1f6f2a11",
    "achievementId": "8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02",
    "externalId": "moodle:42:9001",
    "validFrom": "2026-11-23T10:00:00Z",
    "createdAt": "2026-11-23T10:00:00Z",
    "updatedAt": "2026-11-23T10:00:00Z",
    "links": {
        "public": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
        "credential": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.json",
        "jwt": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.jwt",
        "assertion": "https://badges.example.edu/public/assertions/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
        "assertionJws": "https://badges.example.edu/public/assertions/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.jws",
        "png": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.png",
        "svg": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.svg",
        "pdf": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10.pdf",
        "card": "https://badges.example.edu/public/achievements/8a5c9a1e-7e0f-4a51-8a44-7b1ad1d0cf02/card.png",
        "embed": "https://badges.example.edu/embed/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10",
        "share": "https://badges.example.edu/public/credentials/c7a1b0de-30c5-4d4f-9f58-7be1c38e9a10?key=rcbT_ZicwqMwo7kQ2Nx_DA",
        "verify": "https://badges.example.edu/verify?url=https%3A%2F%2Fbadges.example.edu%2F…",
        "linkedin": "https://www.linkedin.com/profile/add?…"
    }
}))]
pub(crate) struct AwardView {
    /// Its id in this API.
    id: String,
    status: AwardStatus,
    /// Why it was revoked or suspended.
    #[schema(required = false, nullable = false)]
    status_reason: Option<String>,
    visibility: Visibility,
    /// The `id` of the award that took its place.
    #[schema(required = false, nullable = false)]
    superseded_by: Option<String>,
    /// The `id` of the 3.0 credential.
    credential_id: String,
    issuer_id: String,
    achievement_id: String,
    /// The `revision` of the achievement it was made of; unknown of some awards from before revisions were kept.
    #[schema(required = false, nullable = false)]
    achievement_version: Option<i64>,
    #[schema(required = false, nullable = false)]
    external_id: Option<String>,
    #[schema(format = "date-time")]
    valid_from: String,
    #[schema(format = "date-time", required = false, nullable = false)]
    valid_until: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    /// Where the world finds it; absent in the answer to a dry run and where the award is erased.
    #[schema(required = false, nullable = false)]
    links: Option<AwardLinks>,
    /// The credential as it would be, in the answer to a dry run only.
    #[schema(value_type = Object, required = false, nullable = false)]
    credential: Option<Value>,
}

/// Whether an award is in force.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum AwardStatus {
    Active,
    Suspended,
    Revoked,
    /// Revoked, and everything personal of it is gone.
    Erased,
}

/// Where the world finds an award.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct AwardLinks {
    /// The address to share.
    #[schema(format = "uri")]
    public: String,
    /// Open Badges 3.0 with its embedded proof.
    #[schema(format = "uri")]
    credential: String,
    /// Open Badges 3.0 as VC-JWT.
    #[schema(format = "uri")]
    jwt: String,
    /// Open Badges 2.0, hosted.
    #[schema(format = "uri")]
    assertion: String,
    /// Open Badges 2.0, signed.
    #[schema(format = "uri")]
    assertion_jws: String,
    /// The badge as a PNG image with the credential inside.
    #[schema(format = "uri")]
    png: String,
    /// The badge as an SVG image with the credential inside, where its image is an SVG.
    #[schema(format = "uri")]
    svg: String,
    /// The certificate to print.
    #[schema(format = "uri")]
    pdf: String,
    /// The wide picture for link previews; nobody's name is in it.
    #[schema(format = "uri")]
    card: String,
    /// The small page for an `<iframe>`.
    #[schema(format = "uri")]
    embed: String,
    /// For the holder to give to whom he likes: opens a private award, and shows the name.
    #[schema(format = "uri")]
    share: String,
    /// The page where a person checks it.
    #[schema(format = "uri")]
    verify: String,
    /// Adds it to a LinkedIn profile: the form there, filled in. Of a private award it holds the share link, because others
    /// are to open it from there.
    #[schema(format = "uri")]
    linkedin: String,
}

/// A page of awards, newest first.
#[derive(ToSchema)]
pub(crate) struct AwardPage {
    items: Vec<AwardView>,
    /// The `cursor` of the next page; absent on the last one.
    #[schema(required = false, nullable = false)]
    next: Option<String>,
}

/// Why the status changes.
#[derive(ToSchema)]
#[schema(example = json!({"reason": "Awarded by mistake"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusChange {
    /// Shown to whoever verifies the badge: no personal data here.
    #[schema(required = false, nullable = false)]
    reason: Option<Reason>,
}

/// Why an award is revoked, and what took its place.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"reason": "The grade was wrong", "supersededBy": "5f0a1be2-11c4-4a8e-8a38-6f4f0a9a7c21"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct Revocation {
    /// Shown to whoever verifies the badge: no personal data here.
    #[schema(required = false, nullable = false)]
    reason: Option<Reason>,
    /// The `id` of another award of the same issuer: the page of this one leads there.
    #[schema(required = false, nullable = false)]
    superseded_by: Option<AwardId>,
}

/// What is to change about an award; nothing that is signed.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"visibility": "private", "shareKey": "renew"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct AwardAmendment {
    /// Who may see it from now on.
    #[schema(required = false, nullable = false)]
    visibility: Option<Visibility>,
    /// `renew`: the share link given out before opens nothing any more.
    #[schema(required = false, nullable = false)]
    share_key: Option<ShareKeyAct>,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum ShareKeyAct {
    Renew,
}

/// Why an award is erased.
#[derive(ToSchema)]
#[schema(example = json!({"reason": "The learner asked for it"}))]
#[serde(deny_unknown_fields)]
pub(crate) struct Erasure {
    /// Stays in the audit log: neither the recipient's name nor an e-mail address nor your number for the award.
    #[schema(required = false, nullable = false)]
    reason: Option<ErasureReason>,
}
