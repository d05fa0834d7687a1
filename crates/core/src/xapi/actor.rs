//! Who did it: agents and groups.

use serde_json::Value;

use super::read::{MOST, iri, is_hex, said, word};
use crate::Uri;
use crate::form::{Fault, Form};

/// Who a statement is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Actor {
    /// One person or program.
    Agent {
        /// What they are called, where that was said.
        name: Option<String>,
        /// What they are known by.
        known_by: KnownBy,
    },
    /// Several at once.
    Group,
}

/// What one person is known by: exactly one
/// ([inverse functional identifier](https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md#inversefunctional)).
#[derive(Debug, Clone, PartialEq)]
pub enum KnownBy {
    /// An e-mail address, without `mailto:`.
    Mbox(String),
    /// The SHA-1 digest of an e-mail address with `mailto:`; nobody is found by it who is not known already.
    MboxSha1Sum(String),
    /// An address that OpenID knows them by.
    OpenId(Uri),
    /// An account in some system.
    Account {
        /// Where the system is.
        home_page: Uri,
        /// What it knows them by.
        name: String,
    },
}

const IDENTIFIERS: [&str; 4] = ["mbox", "mbox_sha1sum", "openid", "account"];
const AGENT: &[&str] = &["objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"];
const GROUP: &[&str] = &["objectType", "name", "member", "mbox", "mbox_sha1sum", "openid", "account"];

/// Reads an agent or a group.
pub(super) fn read(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
    if value.get("objectType").is_some_and(|kind| kind == "Group") {
        group(value, at, faults)
    } else {
        agent(value, at, faults)
    }
}

/// Reads a group.
pub(super) fn group(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
    let form = Form::open(value, at, GROUP, faults)?;
    form.demand("objectType", "Group", faults);
    word(&form, "objectType", &["Group"], faults);
    said(&form, "name", 1_000, faults);
    for (member, at) in form.list("member", MOST, faults) {
        agent(member, &at, faults);
    }
    let known = known_by(&form, faults);
    if known.is_none() && !form.has("member") {
        form.demand("member", "a group without an identifier has members", faults);
    }
    Some(Actor::Group)
}

/// Reads an agent.
fn agent(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Actor> {
    let form = Form::open(value, at, AGENT, faults)?;
    word(&form, "objectType", &["Agent"], faults);
    let name = said(&form, "name", 1_000, faults);
    if !IDENTIFIERS.iter().any(|known| form.has(known)) {
        let detail = "an agent is known by one of `mbox`, `mbox_sha1sum`, `openid` and `account`";
        faults.push(Fault::new(at, "one_identity", detail));
    }
    Some(Actor::Agent { name, known_by: known_by(&form, faults)? })
}

/// The one identifier; several are a fault.
fn known_by(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<KnownBy> {
    let given: Vec<&str> = IDENTIFIERS.into_iter().filter(|name| form.has(name)).collect();
    match given.as_slice() {
        [] => None,
        ["mbox"] => mbox(form, faults),
        ["mbox_sha1sum"] => sha1_sum(form, faults),
        ["openid"] => iri(form, "openid", faults).map(KnownBy::OpenId),
        ["account"] => account(form, faults),
        several => {
            let detail = format!("only one of {} may stand here", several.join(", "));
            faults.push(Fault::new(form.at(), "one_identity", detail));
            None
        }
    }
}

fn mbox(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<KnownBy> {
    let text = form.text("mbox", 320, faults)?;
    let address = text.strip_prefix("mailto:").filter(|address| {
        address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
    });
    if address.is_none() {
        form.fault(
            "mbox",
            "mbox",
            "this is `mailto:` and an e-mail address, such as mailto:ana@example.org",
            faults,
        );
    }
    address.map(|address| KnownBy::Mbox(address.to_owned()))
}

fn sha1_sum(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<KnownBy> {
    let text = form.text("mbox_sha1sum", 100, faults)?;
    if is_hex(&text, 40) {
        return Some(KnownBy::MboxSha1Sum(text.to_ascii_lowercase()));
    }
    form.fault("mbox_sha1sum", "sha1", "this is a SHA-1 digest, 40 hexadecimal digits", faults);
    None
}

fn account(form: &Form<'_>, faults: &mut Vec<Fault>) -> Option<KnownBy> {
    let account =
        Form::open(form.value("account")?, &form.pointer("account"), &["homePage", "name"], faults)?;
    account.demand("homePage", "the address of the system that the account is in", faults);
    account.demand("name", "what the system knows the account by", faults);
    let home_page = account.url("homePage", faults);
    let name = account.text("name", 1_000, faults);
    Some(KnownBy::Account { home_page: home_page?, name: name? })
}
