//! Who asks for a token: the id and the secret of an API key, in the header or in the form, never in both
//! ([RFC 6749, section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::form::{Form, decoded};
use super::refusal::Refusal;

/// What a client presents. It has no `Debug`: there is a secret in it.
pub(super) struct Client {
    pub(super) id: String,
    pub(super) secret: String,
}

/// The client of a request, by `client_secret_basic` or `client_secret_post`.
pub(super) fn client(headers: &HeaderMap, form: &Form) -> Result<Client, Refusal> {
    let mut authorizations = headers.get_all(header::AUTHORIZATION);
    match (authorizations.next(), authorizations.next()) {
        (None, _) => in_form(form),
        (Some(header), None) => {
            let client = in_header(header)?;
            if form.get("client_secret").is_some() {
                return Err(Refusal::InvalidRequest(
                    "send the secret in the Authorization header or in the form, not in both",
                ));
            }
            if form.get("client_id").is_some_and(|id| id != client.id) {
                return Err(Refusal::InvalidRequest("client_id is not the one of the Authorization header"));
            }
            Ok(client)
        }
        _ => Err(Refusal::InvalidRequest("there is more than one Authorization header")),
    }
}

fn in_form(form: &Form) -> Result<Client, Refusal> {
    match (form.get("client_id"), form.get("client_secret")) {
        (Some(id), Some(secret)) => Ok(Client { id: id.to_owned(), secret: secret.to_owned() }),
        _ => Err(Refusal::InvalidClient(
            "say who you are: the id of an API key and its secret, as HTTP Basic or as client_id and client_secret",
        )),
    }
}

/// `Basic base64(id:secret)`, where id and secret were form-encoded each by itself before they were put together: only so
/// may an id have a colon in it.
fn in_header(header: &HeaderValue) -> Result<Client, Refusal> {
    let client = header.to_str().ok().and_then(|text| {
        let (scheme, credentials) = text.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let bytes = STANDARD.decode(credentials.trim()).ok()?;
        let (id, secret) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
        Some(Client { id: decoded(id)?, secret: decoded(secret)? })
    });
    client.ok_or(Refusal::InvalidClient(
        "the Authorization header is not Basic with the id of an API key and its secret",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(authorizations: &[&str], form: &str) -> Result<Client, Refusal> {
        let mut headers = HeaderMap::new();
        for value in authorizations {
            headers.append(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        client(&headers, &Form::parse(form.as_bytes())?)
    }

    fn basic(credentials: &[u8]) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    fn is(client: Result<Client, Refusal>, id: &str, secret: &str) -> bool {
        client.is_ok_and(|client| client.id == id && client.secret == secret)
    }

    #[test]
    fn oa_34_basic_secrets_with_percent_signs_colons_and_letters_of_any_script_are_decoded_right() {
        for (sent, id, secret) in [
            ("id:acc_x", "id", "acc_x"),
            ("id:acc%5Fx", "id", "acc_x"),
            ("i%3Ad:a%3Ab%25c", "i:d", "a:b%c"),
            ("id:a:b:c", "id", "a:b:c"),
            ("id:%C3%BC%e2%82%ac+x", "id", "\u{fc}\u{20ac} x"),
            ("id:\u{fc}", "id", "\u{fc}"),
            ("id:a%2Bb", "id", "a+b"),
            ("id:", "id", ""),
        ] {
            assert!(is(asked(&[&basic(sent.as_bytes())], ""), id, secret), "{sent}");
        }
        for bad in [&b"id"[..], b"id:%", b"id:%zz", b"id:%ff", b"id:\xff", b"%:x", b""] {
            let refused = asked(&[&basic(bad)], "");
            assert!(matches!(refused, Err(Refusal::InvalidClient(_))), "{bad:?}");
        }
    }

    #[test]
    fn the_secret_stands_in_the_header_or_in_the_form() {
        let header = basic(b"id:secret");
        let in_form = "client_id=id&client_secret=secret";
        assert!(is(asked(&[&header], ""), "id", "secret"));
        assert!(is(asked(&[&header.replace("Basic", "bAsIc")], ""), "id", "secret"));
        assert!(is(asked(&[&header], "client_id=id"), "id", "secret"));
        assert!(is(asked(&[&header], "client_id=id&client_secret="), "id", "secret"));
        assert!(is(asked(&[], in_form), "id", "secret"));
        for (headers, form) in [
            (vec![header.as_str()], in_form),
            (vec![header.as_str()], "client_secret=secret"),
            (vec![header.as_str()], "client_id=other"),
            (vec![header.as_str(), header.as_str()], ""),
        ] {
            assert!(matches!(asked(&headers, form), Err(Refusal::InvalidRequest(_))), "{form}");
        }
    }

    #[test]
    fn whoever_does_not_say_who_he_is_gets_nothing() {
        for (headers, form) in [
            (vec![], ""),
            (vec![], "client_id=id"),
            (vec![], "client_secret=secret"),
            (
                vec![],
                "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c",
            ),
            (vec!["Bearer acc_x"], ""),
            (vec!["Bearer acc_x"], "client_id=id&client_secret=secret"),
            (vec!["Basic"], ""),
            (vec!["Basic ***"], ""),
        ] {
            assert!(matches!(asked(&headers, form), Err(Refusal::InvalidClient(_))), "{headers:?} {form}");
        }
    }
}
