//! What browsers may do with a reply: every security policy this server sends, in one place.
//!
//! | kind | may be framed | may be read by other origins |
//! |---|---|---|
//! | [`Policy::Api`], [`Policy::Drawing`] | no | no |
//! | [`Policy::Document`], [`Policy::Picture`], [`Policy::Certificate`] | no | yes |
//! | [`Policy::Page`], [`Policy::Progress`], [`Policy::Desk`] | no | no |
//! | [`Policy::Embed`] | yes | no |
//! | [`Policy::Asset`] | no | shown, not read |

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The kind of a reply, as browsers are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// The management API and what belongs to it.
    Api,
    /// JSON and tokens that the world fetches.
    Document,
    /// A picture that a stranger may have drawn: SVG can hold what runs.
    Picture,
    /// A picture for one caller alone, who may have designed anything.
    Drawing,
    /// A PDF. Browsers show it by a plugin of their own, which a default of `'none'` would keep from starting.
    Certificate,
    /// A page for people. No script at all, nothing from elsewhere, never framed.
    Page,
    /// A learner's own progress, for whoever has the link: nothing can be sent from it.
    Progress,
    /// A page of the coordinator's tab: its forms tell this server, and nobody else, where they come from.
    Desk,
    /// The page that others put into theirs.
    Embed,
    /// The stylesheet and the icon of pages, which an embed in a sandbox (an origin of nobody's) needs too.
    Asset,
    /// The page to try the API out. Swagger UI styles itself inline and draws its icons from data URIs; it may call this server
    /// and nobody else.
    TryOut,
}

const ANYONE: HeaderValue = HeaderValue::from_static("*");
const EXPOSED: HeaderValue = HeaderValue::from_static("ETag, Link, X-Request-Id");
const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");
const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// None of what a page could ask its reader for.
const NO_PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
     midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
);

impl Policy {
    /// The policy of a public document of this media type.
    pub(crate) fn of(media_type: &str) -> Policy {
        match media_type {
            "application/pdf" => Policy::Certificate,
            _ if media_type.starts_with("image/") => Policy::Picture,
            _ => Policy::Document,
        }
    }

    /// Writes the headers of this policy.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.content_security()));
        headers.insert(header::CROSS_ORIGIN_RESOURCE_POLICY, self.resource());
        match self {
            Policy::Document | Policy::Picture | Policy::Certificate => {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE);
                headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            }
            Policy::Page | Policy::Progress | Policy::Desk => {
                if self == Policy::Desk {
                    headers.insert(header::REFERRER_POLICY, SAME_ORIGIN);
                }
                headers.insert(header::CROSS_ORIGIN_OPENER_POLICY, SAME_ORIGIN);
                headers.insert(PERMISSIONS, NO_PERMISSIONS);
            }
            Policy::Embed => {
                headers.insert(PERMISSIONS, NO_PERMISSIONS);
            }
            Policy::Api | Policy::Drawing | Policy::Asset | Policy::TryOut => {}
        }
    }

    const fn content_security(self) -> &'static str {
        match self {
            Policy::Api | Policy::Document | Policy::Asset => "default-src 'none'; frame-ancestors 'none'",
            Policy::Picture | Policy::Drawing => {
                "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox"
            }
            Policy::Certificate => "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            // `connect-src` serves nobody but judges of pages, which fetch /robots.txt from inside: nothing of ours runs.
            Policy::Page => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
                 base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Progress => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
                 frame-ancestors 'none'"
            }
            Policy::Desk => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'"
            }
            Policy::Embed => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
                 frame-ancestors *"
            }
            Policy::TryOut => {
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                 connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            }
        }
    }

    fn resource(self) -> HeaderValue {
        match self {
            Policy::Api
            | Policy::Drawing
            | Policy::Page
            | Policy::Progress
            | Policy::Desk
            | Policy::TryOut => SAME_ORIGIN,
            Policy::Document | Policy::Picture | Policy::Certificate | Policy::Embed | Policy::Asset => {
                CROSS_ORIGIN
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Policy; 11] = [
        Policy::Api,
        Policy::Document,
        Policy::Picture,
        Policy::Drawing,
        Policy::Certificate,
        Policy::Page,
        Policy::Progress,
        Policy::Desk,
        Policy::Embed,
        Policy::Asset,
        Policy::TryOut,
    ];

    fn written(policy: Policy) -> HeaderMap {
        let mut headers = HeaderMap::new();
        policy.write(&mut headers);
        headers
    }

    #[test]
    fn nothing_of_ours_may_run_what_stands_in_it() {
        for policy in ALL {
            let text = policy.content_security();
            assert!(!text.contains("unsafe-eval") && !text.contains("http"), "{policy:?}");
            // The one page that is not ours.
            assert_eq!(text.contains("unsafe-inline"), policy == Policy::TryOut, "{policy:?}");
            assert_eq!(text.contains("script-src"), policy == Policy::TryOut, "{policy:?}");
        }
    }

    #[test]
    fn only_the_embed_may_stand_in_the_pages_of_others() {
        for policy in ALL {
            let anywhere = policy.content_security().contains("frame-ancestors *");
            let nowhere = policy.content_security().contains("frame-ancestors 'none'");
            assert_eq!((anywhere, nowhere), (policy == Policy::Embed, policy != Policy::Embed), "{policy:?}");
        }
    }

    #[test]
    fn other_origins_read_what_the_world_fetches_and_nothing_else() {
        for policy in ALL {
            let open = matches!(policy, Policy::Document | Policy::Picture | Policy::Certificate);
            let headers = written(policy);
            assert_eq!(headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), open, "{policy:?}");
            assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "{policy:?}");
        }
    }

    #[test]
    fn the_media_type_says_what_a_document_could_do() {
        for (media_type, policy) in [
            ("application/vc", Policy::Document),
            ("image/png", Policy::Picture),
            ("image/svg+xml", Policy::Picture),
            ("application/pdf", Policy::Certificate),
        ] {
            assert_eq!(Policy::of(media_type), policy);
        }
    }
}
