//! A problem as it is written out.

use accolade_issuing::Fault;
use serde::Serialize;
use utoipa::ToSchema;

/// RFC 9457 problem details, with members for rejected input.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "https://badges.example.edu/errors#rejected",
    "title": "The request breaks rules",
    "status": 422,
    "detail": "1 rule is broken; nothing was changed",
    "instance": "/requests/5f0c9a1e-2b",
    "errors": [{"pointer": "/recipient/emial", "rule": "unknown_member", "detail": "unknown member \"emial\"; did you mean \"email\"?"}]
}))]
#[schema(as = Problem)]
pub(crate) struct Details<'a> {
    /// URL of the explanation: an anchor on this server's page of problems.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The same sentence for every problem of this type.
    pub(super) title: &'a str,
    /// The HTTP status.
    pub(super) status: u16,
    /// What happened this time.
    pub(super) detail: &'a str,
    /// Names this occurrence; its last part is the `X-Request-Id`, which is also in the log.
    pub(super) instance: String,
    /// For rejected input: every broken rule.
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    #[schema(value_type = Vec<FaultShape>, required = false)]
    pub(super) errors: &'a [Fault],
    /// For conflicts: the id of what stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) existing: Option<&'a str>,
}

/// One broken rule.
#[derive(ToSchema)]
#[schema(as = Fault)]
#[expect(dead_code, reason = "describes accolade_issuing::Fault, which knows no OpenAPI")]
pub(crate) struct FaultShape {
    /// RFC 6901 JSON pointer into the request body; `""` is the body itself.
    #[schema(example = "/recipient/email")]
    pointer: String,
    /// The stable name of the rule.
    #[schema(example = "unknown_member")]
    rule: String,
    /// One sentence for a person.
    detail: String,
}
