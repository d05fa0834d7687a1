//! Who sits at the desk: an access token in a cookie, and what proves that a form was made for it.

use accolade_issuing::{Caller, FormToken, OfficeError, Scope};
use accolade_publishing::{Coordinator, SignInFault};
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use url::Url;

use crate::problem::{Kind, Problem};
use crate::state::AppState;

/// What a session may do, as far as its key may.
const SCOPES: [Scope; 3] = [Scope::EnrolmentsRead, Scope::EnrolmentsWrite, Scope::CredentialsAward];

/// A coordinator who is signed in.
pub(super) struct Session {
    pub(super) caller: Caller,
    form_token: FormToken,
}

impl Session {
    /// The session of a request. Without one the fault says why, where there is anything to say.
    pub(super) async fn of(
        state: &AppState,
        req: &HttpRequest,
    ) -> Result<Result<Session, Option<SignInFault>>, Problem> {
        let Some(token) = cookie(req, name(state)) else { return Ok(Err(None)) };
        let form_token = FormToken::of(&token);
        let found = state
            .ask(move |office| match office.authenticate(&token) {
                Err(OfficeError::Unauthenticated) => Ok(None),
                found => found.map(Some),
            })
            .await?;
        Ok(match found {
            None => Err(Some(SignInFault::Expired)),
            Some(caller) if !caller.scopes.allow(Scope::EnrolmentsRead) => Err(Some(SignInFault::NoScope)),
            Some(caller) => Ok(Session { caller, form_token }),
        })
    }

    /// Begins a session with an API key: the cookie, or what is wrong with the key.
    pub(super) async fn begin(
        state: &AppState,
        key: String,
    ) -> Result<Result<HeaderValue, SignInFault>, Problem> {
        let given = state
            .ask(move |office| {
                let caller = match office.authenticate(&key) {
                    Err(OfficeError::Unauthenticated) => return Ok(Err(SignInFault::WrongKey)),
                    found => found?,
                };
                if caller.is_configured() {
                    return Ok(Err(SignInFault::AdminKey));
                }
                if !caller.scopes.allow(Scope::EnrolmentsRead) {
                    return Ok(Err(SignInFault::NoScope));
                }
                let scopes: Vec<&str> = SCOPES
                    .into_iter()
                    .filter(|scope| caller.scopes.allow(*scope))
                    .map(Scope::as_str)
                    .collect();
                // A token in place of a key is refused here: an hour is an hour.
                let given = office.give_access_token(&caller.key_id, &key, Some(&scopes.join(" ")));
                Ok(given.map_err(|_| SignInFault::WrongKey))
            })
            .await?;
        Ok(match given {
            Ok(token) => Ok(set(state, &token.token, token.expires_in)?),
            Err(fault) => Err(fault),
        })
    }

    /// What pages show of it.
    pub(super) fn coordinator(&self) -> Coordinator {
        Coordinator {
            name: self.caller.name.clone(),
            csrf: self.form_token.as_str().to_owned(),
            may_write: self.caller.scopes.allow(Scope::EnrolmentsWrite),
        }
    }

    /// Whether a form with this token was made for the session.
    pub(super) fn made(&self, token: &str) -> bool {
        self.form_token.is(token)
    }
}

/// Whether a form was sent by a page of ours. Browsers tell the origin of every form; whoever does not tell it is not believed.
pub(super) fn is_ours(state: &AppState, req: &HttpRequest) -> bool {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    if header("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    let Some(origin) = header("origin").and_then(|origin| Url::parse(origin).ok()) else { return false };
    let ours = Url::parse(&state.settings.public_url).ok();
    // Under another name than the public one, such as `localhost`, it is the host that was asked: another site cannot choose it.
    let asked = header("host").and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    let same = |url: Url| url.origin() == origin.origin();
    ours.is_some_and(same) || asked.is_some_and(same)
}

/// Under https a cookie that only this host can have set.
fn name(state: &AppState) -> &'static str {
    if is_secure(state) { "__Host-accolade" } else { "accolade-desk" }
}

fn is_secure(state: &AppState) -> bool {
    state.settings.public_url.starts_with("https:")
}

fn set(state: &AppState, token: &str, seconds: u32) -> Result<HeaderValue, Problem> {
    let secure = if is_secure(state) { "; Secure" } else { "" };
    let cookie =
        format!("{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}", name(state));
    HeaderValue::try_from(cookie).map_err(|_| Problem::new(Kind::Internal, "a token is no cookie"))
}

/// The cookie that takes the session's away.
pub(super) fn ended(state: &AppState) -> HeaderValue {
    match is_secure(state) {
        true => {
            HeaderValue::from_static("__Host-accolade=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure")
        }
        false => HeaderValue::from_static("accolade-desk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
    }
}

fn cookie(req: &HttpRequest, name: &str) -> Option<String> {
    let headers = req.headers().get_all(header::COOKIE).filter_map(|value| value.to_str().ok());
    let mut cookies =
        headers.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = cookies.find(|(known, _)| *known == name)?;
    (1..=300).contains(&token.len()).then(|| token.to_owned())
}
