//! Why there is no token, as clients of OAuth 2.0 expect to be told
//! ([RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).

use accolade_issuing::TokenRefusal;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use serde_json::json;

use super::token::unkept;
use crate::problem::Problem;
use crate::reply::Reply;

const CHALLENGE: &str = "Basic realm=\"accolade\", charset=\"UTF-8\"";

/// A refusal that the standard has a name for.
pub(super) enum Refusal {
    /// The request cannot be read, or says two things at once.
    InvalidRequest(&'static str),
    /// Nobody we know, or nobody at all.
    InvalidClient(&'static str),
    /// A grant that is not given here.
    UnsupportedGrantType,
    /// A scope that does not exist, or that the client does not have.
    InvalidScope(String),
}

impl Refusal {
    /// The reply: the error as JSON, never to be kept.
    pub(super) fn reply(&self) -> HttpResponse {
        let (status, error, description) = self.facts();
        let mut reply = unkept(status);
        if status == StatusCode::UNAUTHORIZED {
            reply.insert_header((header::WWW_AUTHENTICATE, CHALLENGE));
        }
        let body = json!({ "error": error, "error_description": sayable(&description) });
        reply.body(body.to_string())
    }

    fn facts(&self) -> (StatusCode, &'static str, String) {
        let bad = StatusCode::BAD_REQUEST;
        match self {
            Refusal::InvalidRequest(why) => (bad, "invalid_request", (*why).to_owned()),
            Refusal::InvalidClient(why) => (StatusCode::UNAUTHORIZED, "invalid_client", (*why).to_owned()),
            Refusal::UnsupportedGrantType => {
                (bad, "unsupported_grant_type", "only grant_type=client_credentials is given here".to_owned())
            }
            Refusal::InvalidScope(scope) => {
                let why = format!("there is no scope '{scope}', or the API key does not have it");
                (bad, "invalid_scope", why)
            }
        }
    }
}

/// A description may hold printable ASCII only, without quotation marks and backslashes.
fn sayable(text: &str) -> String {
    let may_stand = |c: char| matches!(c, ' '..='~') && c != '"' && c != '\\';
    text.chars().map(|c| if may_stand(c) { c } else { '?' }).collect()
}

/// What ends a request before there is a token: an error of OAuth, or a problem of ours.
pub(super) enum Halt {
    Refused(Refusal),
    Problem(Problem),
}

impl Halt {
    pub(super) fn reply(self) -> Reply {
        match self {
            Halt::Refused(refusal) => Ok(refusal.reply()),
            Halt::Problem(problem) => Err(problem),
        }
    }
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Halt {
        Halt::Refused(refusal)
    }
}

impl From<Problem> for Halt {
    fn from(problem: Problem) -> Halt {
        Halt::Problem(problem)
    }
}

impl From<TokenRefusal> for Halt {
    fn from(refusal: TokenRefusal) -> Halt {
        match refusal {
            TokenRefusal::UnknownClient => {
                Refusal::InvalidClient("there is no API key with this id and this secret, or it was revoked")
                    .into()
            }
            TokenRefusal::Scope(scope) => Refusal::InvalidScope(scope).into(),
            TokenRefusal::Office(error) => Problem::from(error).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_holds_only_what_the_standard_allows() {
        assert_eq!(sayable("a 'b' \"c\" \\ \u{fc}\r\n\u{1b}[2J"), "a 'b' ?c? ? ????[2J");
    }

    #[test]
    fn only_who_is_not_known_is_asked_to_say_who_he_is() {
        for (refusal, status) in [
            (Refusal::InvalidRequest("x"), 400),
            (Refusal::InvalidClient("x"), 401),
            (Refusal::UnsupportedGrantType, 400),
            (Refusal::InvalidScope("x".to_owned()), 400),
        ] {
            let reply = refusal.reply();
            assert_eq!(reply.status().as_u16(), status);
            assert_eq!(reply.headers().contains_key(header::WWW_AUTHENTICATE), status == 401);
        }
    }
}
