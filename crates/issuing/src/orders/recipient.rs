//! Who gets an award: exactly one identity, well formed, and perhaps a name.

use serde_json::Value;
use url::Url;

use super::form::Form;
use super::text;
use crate::Fault;

/// Who gets an award.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What the recipient is known by.
    pub identity: Identity,
    /// The recipient's name: in the credential in plain text where the award is public, else as a salted hash.
    pub name: Option<String>,
    /// Whether the identity is hashed in the credential; it is, unless the caller asks otherwise.
    pub hashed: bool,
}

/// Personal data stays out of logs: only the sort of identity is shown.
impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipient").field("identity", &self.identity).finish_non_exhaustive()
    }
}

/// What a recipient is known by.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// What sort of identity it is.
    pub kind: IdentityKind,
    /// The identity as it was given.
    pub value: String,
}

/// Personal data stays out of logs: only the sort of identity is shown.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.kind.member())
    }
}

/// What sort of identity it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityKind {
    /// An e-mail address.
    Email,
    /// A DID, which becomes the subject's id.
    Did,
    /// A web page of the recipient's own, which becomes the subject's id.
    Url,
    /// A phone number in E.164 form.
    Phone,
    /// One of OB 3.0's identifier types, such as `sourcedId`: an identifier in another system.
    Other(&'static str),
}

impl IdentityKind {
    /// The members of an order's recipient that make an [`IdentityKind::Other`]: OB 3.0's identifier types that can name a
    /// person ([IdentifierTypeEnum](https://www.imsglobal.org/spec/ob/v3p0/#identifiertypeenum)).
    pub const OTHERS: &[&str] = &[
        "sourcedId",
        "systemId",
        "userName",
        "accountId",
        "nationalIdentityNumber",
        "lisSourcedId",
        "oneRosterSourcedId",
        "sisSourcedId",
        "ltiUserId",
        "identifier",
    ];

    /// The member of an order's recipient.
    pub fn member(self) -> &'static str {
        match self {
            IdentityKind::Email => "email",
            IdentityKind::Did => "did",
            IdentityKind::Url => "url",
            IdentityKind::Phone => "phone",
            IdentityKind::Other(member) => member,
        }
    }

    fn all() -> impl Iterator<Item = IdentityKind> {
        [IdentityKind::Email, IdentityKind::Did, IdentityKind::Url, IdentityKind::Phone]
            .into_iter()
            .chain(Self::OTHERS.iter().map(|member| IdentityKind::Other(member)))
    }

    fn fault_of(self, value: &str) -> Option<&'static str> {
        match self {
            IdentityKind::Email if !is_email(value) => {
                Some("this is not an e-mail address such as ana@example.org")
            }
            IdentityKind::Did if !is_did(value) => {
                Some("this is not a DID such as did:key:z6Mk…, without path, query or fragment")
            }
            IdentityKind::Url if !is_web_url(value) => Some("this is not an http or https URL"),
            IdentityKind::Phone if !is_e164(value) => Some(
                "this is not a phone number in E.164 form such as +34911234567, digits only after the plus",
            ),
            IdentityKind::Other(_) if text::placeholder(value).is_some() => {
                Some("this looks like a placeholder that was not filled in")
            }
            IdentityKind::Other(_)
                if value.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) =>
            {
                Some("an identifier has no control characters")
            }
            _ => None,
        }
    }
}

impl Identity {
    /// The identity of that kind, `None` where the value is not well formed.
    pub fn new(kind: IdentityKind, value: &str) -> Option<Identity> {
        let sound = kind.fault_of(value).is_none() && !value.trim().is_empty();
        sound.then(|| Identity { kind, value: value.to_owned() })
    }

    /// What a person types to look for a recipient; the kind is told from the form.
    pub(crate) fn guess(text: &str) -> Option<Identity> {
        IdentityKind::all().take(4).find_map(|kind| Identity::new(kind, text)).or_else(|| {
            let (member, value) = text.split_once(':')?;
            let kind = IdentityKind::all().find(|kind| kind.member() == member)?;
            Identity::new(kind, value)
        })
    }

    /// `kind|value` with the differences taken out that do not make another person: what the blind index is made of.
    pub(crate) fn normal_form(&self) -> String {
        let value = match self.kind {
            IdentityKind::Email => self.value.to_lowercase(),
            _ => self.value.clone(),
        };
        format!("{}|{value}", self.kind.member())
    }
}

pub(crate) fn read(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Recipient> {
    let known: Vec<&str> = IdentityKind::all().map(IdentityKind::member).chain(["name", "hashed"]).collect();
    let form = Form::open(value, at, &known, faults)?;
    let name = form.name("name", faults);
    let hashed = form.flag("hashed", faults).unwrap_or(true);
    let given: Vec<IdentityKind> =
        IdentityKind::all().filter(|kind| form.value(kind.member()).is_some()).collect();
    let [kind] = given.as_slice() else {
        let detail = if given.is_empty() {
            "say what the recipient is known by: email, did, url, phone or another identifier".to_owned()
        } else {
            let names: Vec<_> = given.iter().map(|kind| kind.member()).collect();
            format!("a recipient is known by exactly one of {}", names.join(", "))
        };
        faults.push(Fault::new(at, "one_identity", detail));
        return None;
    };
    let value = form.text(kind.member(), 2048, faults)?;
    if let Some(detail) = kind.fault_of(&value) {
        faults.push(Fault::new(form.pointer(kind.member()), kind.member(), detail));
        return None;
    }
    Some(Recipient { identity: Identity { kind: *kind, value }, name, hashed })
}

/// A plain `local@domain.tld`: no quoted local parts, no comments, no address literals; at most 254 bytes.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_sound = (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_local_part_character));
    let labels: Vec<&str> = domain.split('.').collect();
    text.len() <= 254 && local_sound && labels.len() >= 2 && labels.into_iter().all(is_domain_label)
}

fn is_local_part_character(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c)
}

fn is_domain_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c == '-' || c.is_alphanumeric())
}

/// The DID syntax of [DID Core](https://www.w3.org/TR/did-core/#did-syntax).
fn is_did(text: &str) -> bool {
    let Some((method, id)) = text.strip_prefix("did:").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    let method_sound =
        !method.is_empty() && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let id_sound = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-:%".contains(&b));
    method_sound && id_sound && !id.is_empty() && !id.ends_with(':')
}

fn is_web_url(text: &str) -> bool {
    let sound =
        |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty();
    text.chars().all(|c| !c.is_whitespace() && !c.is_control())
        && Url::parse(text).is_ok_and(|url| sound(&url))
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults_of(recipient: Value) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        read(&recipient, "/recipient", &mut faults);
        faults.into_iter().map(|fault| (fault.pointer, fault.rule)).collect()
    }

    #[test]
    fn well_formed_identities_are_taken() {
        for recipient in [
            json!({"email": "ana@example.org"}),
            json!({"email": "o'neill+badges@sub.example.co.uk", "name": "O'Neill"}),
            json!({"email": "jörg@exämple.de"}),
            json!({"did": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}),
            json!({"did": "did:web:example.org%3A8080:people:ana"}),
            json!({"url": "https://ana.example.org/"}),
            json!({"phone": "+34911234567"}),
            json!({"sourcedId": "42"}),
        ] {
            assert_eq!(faults_of(recipient.clone()), [], "{recipient}");
        }
    }

    #[test]
    fn malformed_identities_are_refused_where_they_stand() {
        for (recipient, pointer, rule) in [
            (json!({"email": "ana"}), "/recipient/email", "email"),
            (json!({"email": "ana@localhost"}), "/recipient/email", "email"),
            (json!({"email": "a..b@example.org"}), "/recipient/email", "email"),
            (json!({"email": "\"a b\"@example.org"}), "/recipient/email", "email"),
            (json!({"email": "a@example.org\nBcc: b@example.org"}), "/recipient/email", "email"),
            (json!({"email": "a@-example.org"}), "/recipient/email", "email"),
            (json!({"email": ""}), "/recipient/email", "empty"),
            (json!({"email": 7}), "/recipient/email", "wrong_type"),
            (json!({"did": "did:key"}), "/recipient/did", "did"),
            (json!({"did": "did:Key:x"}), "/recipient/did", "did"),
            (json!({"did": "did:web:x#frag"}), "/recipient/did", "did"),
            (json!({"url": "javascript:alert(1)"}), "/recipient/url", "url"),
            (json!({"phone": "0911 234567"}), "/recipient/phone", "phone"),
            (json!({"email": "a@b.c", "name": "undefined"}), "/recipient/name", "placeholder"),
            (json!({"sourcedId": "undefined"}), "/recipient/sourcedId", "sourcedId"),
            (json!({"sourcedId": "4\u{1b}2"}), "/recipient/sourcedId", "sourcedId"),
            (json!({"mail": "a@b.c"}), "/recipient/mail", "unknown_member"),
            (json!({}), "/recipient", "one_identity"),
            (json!({"email": "a@b.co", "did": "did:x:y"}), "/recipient", "one_identity"),
            (json!("a@b.co"), "/recipient", "wrong_type"),
        ] {
            let faults = faults_of(recipient.clone());
            assert!(faults.contains(&(pointer.to_owned(), rule.to_owned())), "{recipient}: {faults:?}");
        }
    }

    #[test]
    fn the_blind_index_ignores_the_case_of_an_email_only() {
        let of = |text| Identity::guess(text).unwrap().normal_form();
        assert_eq!(of("Ana@Example.org"), of("ana@example.org"));
        assert_ne!(of("did:x:A"), of("did:x:a"));
        assert_eq!(of("sourcedId:42"), "sourcedId|42");
        assert!(Identity::guess("nobody").is_none());
    }

    #[test]
    fn debug_output_holds_no_personal_data() {
        let identity = Identity::guess("ana@example.org").unwrap();
        assert_eq!(format!("{identity:?}"), "Identity(email)");
    }
}
