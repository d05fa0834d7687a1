//! Who may call an operation is said in the type of its handler: `Permit<CredentialsAward, …>`.

use std::marker::PhantomData;

use accolade_issuing::{ADMIN_KEY_LENGTH, Caller, Scope};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::LocalBoxFuture;

use crate::input::refuse_unknown_parameters;
use crate::problem::{Kind, Problem};
use crate::state::AppState;

const NO_TOKEN: &str = "Bearer realm=\"accolade\"";
pub(crate) const INVALID_TOKEN: &str = "Bearer realm=\"accolade\", error=\"invalid_token\"";

/// Where learning systems come, which know HTTP Basic.
const NO_TOKEN_OR_BASIC: &str = "Bearer realm=\"accolade\", Basic realm=\"accolade\"";

/// A scope as a type.
pub(crate) trait Right: 'static {
    const SCOPE: Scope;
    /// Whether the id of a key and its secret may come as HTTP Basic instead of a token.
    const BY_BASIC: bool = false;
}

/// The right [`Scope::EnrolmentsWrite`], of callers who may know nothing but HTTP Basic.
pub(crate) enum Reporting {}
impl Right for Reporting {
    const SCOPE: Scope = Scope::EnrolmentsWrite;
    const BY_BASIC: bool = true;
}

macro_rules! rights {
    ($($name:ident),*) => {$(
        #[doc = concat!("The right [`Scope::", stringify!($name), "`].")]
        pub(crate) enum $name {}
        impl Right for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )*};
}
rights!(
    IssuersRead,
    IssuersWrite,
    AchievementsRead,
    AchievementsWrite,
    CredentialsRead,
    CredentialsAward,
    CredentialsRevoke,
    EnrolmentsRead,
    EnrolmentsWrite
);

/// A caller who has the right `R`, and the rest of the request, `T`.
///
/// `T` is taken from the request only after the caller turned out to have the right: a stranger's body is never read, and
/// he learns nothing from the order in which faults are found. The only other way for a handler to get a
/// [`Caller`] is the session of the coordinator's tab.
pub(crate) struct Permit<R, T = ()> {
    pub(crate) caller: Caller,
    pub(crate) input: T,
    right: PhantomData<R>,
}

impl<R: Right, T: FromRequest + 'static> FromRequest for Permit<R, T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let caller = authenticate(&req, R::BY_BASIC).await?;
            if !caller.scopes.allow(R::SCOPE) {
                return Err(Problem::forbidden(R::SCOPE).into());
            }
            refuse_unknown_parameters(&req)?;
            let input = T::from_request(&req, &mut payload).await.map_err(Into::into)?;
            Ok(Permit { caller, input, right: PhantomData })
        })
    }
}

async fn authenticate(req: &HttpRequest, by_basic: bool) -> Result<Caller, Problem> {
    let state = AppState::of(req)?;
    if by_basic && let Some(presented) = basic(req)? {
        let (id, secret) = presented;
        let caller = state.ask(move |office| office.authenticate(&secret)).await;
        return match caller {
            Ok(caller) if caller.key_id == id => Ok(caller),
            Err(problem) if problem.kind != Kind::Unauthenticated => Err(problem),
            _ => Err(not_basic()),
        };
    }
    let secret = bearer(req, if by_basic { NO_TOKEN_OR_BASIC } else { NO_TOKEN })?.to_owned();
    state.ask(move |office| office.authenticate(&secret)).await
}

fn not_basic() -> Problem {
    let detail = "the user is the id of an API key and the password its secret; these are not";
    Problem::unauthenticated(detail, NO_TOKEN_OR_BASIC)
}

/// Id and secret of the one `Authorization: Basic` header ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)); `None` where
/// another scheme is used, or none.
fn basic(req: &HttpRequest) -> Result<Option<(String, String)>, Problem> {
    let mut headers = req.headers().get_all(header::AUTHORIZATION);
    let (Some(value), None) = (headers.next(), headers.next()) else { return Ok(None) };
    let Some((scheme, credentials)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Ok(None);
    };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Ok(None);
    }
    let decoded = STANDARD.decode(credentials.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.as_deref().and_then(|pair| pair.split_once(':'));
    let (id, secret) =
        pair.filter(|(_, secret)| secret.len() <= *ADMIN_KEY_LENGTH.end()).ok_or_else(not_basic)?;
    Ok(Some((id.to_owned(), secret.to_owned())))
}

/// The token of the one `Authorization: Bearer` header.
fn bearer<'r>(req: &'r HttpRequest, challenge: &'static str) -> Result<&'r str, Problem> {
    let mut headers = req.headers().get_all(header::AUTHORIZATION);
    let refused =
        || Problem::unauthenticated("the Authorization header is not one Bearer token", INVALID_TOKEN);
    let Some(value) = headers.next() else {
        return Err(Problem::unauthenticated(
            "send your API key, or an access token for it, as Authorization: Bearer …",
            challenge,
        ));
    };
    if headers.next().is_some() {
        return Err(refused());
    }
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(refused)?;
    let token = token.trim();
    // No key of ours is longer than an admin key may be; a longer token (a badge, somebody's session) is not looked up.
    let too_long = token.len() > *ADMIN_KEY_LENGTH.end();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() || too_long {
        return Err(refused());
    }
    Ok(token)
}

impl AppState {
    /// The state of the server that received `req`.
    pub(crate) fn of(req: &HttpRequest) -> Result<Data<AppState>, Problem> {
        let state = req.app_data::<Data<AppState>>().cloned();
        state.ok_or_else(|| Problem::of_status(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR))
    }
}
