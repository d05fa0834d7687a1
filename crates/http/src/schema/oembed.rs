//! The shape of an oEmbed answer, whose names are the specification's.

use utoipa::ToSchema;

/// How to show a badge ([oEmbed 1.0](https://oembed.com/), of type `rich`).
#[derive(ToSchema)]
#[schema(as = OEmbed)]
pub(crate) struct OEmbed {
    #[schema(rename = "type", example = "rich")]
    kind: String,
    #[schema(example = "1.0")]
    version: String,
    /// What the badge is called.
    title: String,
    /// Who issued it.
    author_name: String,
    /// The issuer's page.
    author_url: String,
    /// The host that answers.
    provider_name: String,
    provider_url: String,
    /// For how many seconds the answer may be kept.
    cache_age: u32,
    /// The badge's picture, where it fits into what was asked for.
    #[schema(required = false, nullable = false)]
    thumbnail_url: Option<String>,
    #[schema(required = false, nullable = false)]
    thumbnail_width: Option<u32>,
    #[schema(required = false, nullable = false)]
    thumbnail_height: Option<u32>,
    /// The frame, ready to be put into a page.
    html: String,
    width: u32,
    height: u32,
}
