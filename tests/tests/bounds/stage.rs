//! The place where a case is played: a school that is honest, one that is not, and somebody who listens inside.

use std::collections::HashMap;
use std::net::TcpListener;
use std::time::Duration;

use accolade_verifying::{Bounds, EgressSettings, Submission};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::world::{School, ToldNames, World};

/// A list that is not in memory yet.
pub(crate) const SECOND_LIST: &str = "https://school.example/status/2";

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) school: School,
    pub(crate) evil: School,
    /// One that nobody has asked for its document yet.
    other: School,
    listener: TcpListener,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let addresses = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        let names = ToldNames(HashMap::from([
            ("127-0-0-1.inside.example".to_owned(), addresses(&["127.0.0.1"])),
            ("both.example".to_owned(), addresses(&["192.0.2.1", "127.0.0.1"])),
        ]));
        // The bounds a server has; only time on the wall is left out, which a busy machine takes.
        let bounds = Bounds { whole: Duration::from_secs(600), ..Bounds::default() };
        let world = World::with(EgressSettings::default(), names, bounds);
        let (school, evil) = (School::at("school.example"), School::at("evil.example"));
        school.open(&world.shelf);
        evil.open(&world.shelf);
        Self { world, school, evil, other: School::at("another.example"), listener }
    }

    /// A good badge with a status.
    pub(crate) fn ordinary(&self) -> Submission {
        document(&self.school.sign(&self.school.badge()))
    }

    /// An address on this machine where somebody listens.
    pub(crate) fn inside(&self, host: &str) -> String {
        format!("https://{host}:{}/x", self.listener.local_addr().unwrap().port())
    }

    pub(crate) fn assert_nobody_came(&self) {
        assert!(self.listener.accept().is_err(), "somebody connected to an address inside");
    }

    /// A badge of the school, changed before it is signed.
    pub(crate) fn signed(&self, change: impl FnOnce(&mut Value)) -> Submission {
        let mut badge = self.school.badge();
        change(&mut badge);
        document(&self.school.sign(&badge))
    }

    /// A badge of the school, changed after it was signed.
    pub(crate) fn tampered(&self, change: impl FnOnce(&mut Value)) -> Submission {
        let mut badge = self.school.sign(&self.school.badge());
        change(&mut badge);
        document(&badge)
    }

    /// A badge of a school whose document is another than it should be.
    pub(crate) fn of_changed_school(&self, change: impl FnOnce(&mut Value)) -> Submission {
        self.change_other(change);
        document(&self.other.sign(&self.other.plain_badge()))
    }

    /// A token of such a school.
    pub(crate) fn token_of_changed_school(&self, change: impl FnOnce(&mut Value)) -> Submission {
        self.change_other(change);
        Submission::Jwt(self.other.token(&self.other.plain_badge()))
    }

    fn change_other(&self, change: impl FnOnce(&mut Value)) {
        let mut profile = self.other.document();
        change(&mut profile);
        self.world.shelf.put(&self.other.id, &profile);
    }

    /// A badge whose status list is another, signed by the school all the same.
    pub(crate) fn of_changed_list(&self, change: impl FnOnce(&mut Value)) -> Submission {
        let mut list = self.school.list("revocation", &[]);
        list["id"] = SECOND_LIST.into();
        change(&mut list);
        self.of_list(&self.school.sign(&list))
    }

    /// A badge whose status list stands at a fresh address, as it is.
    pub(crate) fn of_list(&self, list: &Value) -> Submission {
        self.world.shelf.put(SECOND_LIST, list);
        self.signed(|badge| badge["credentialStatus"]["statusListCredential"] = SECOND_LIST.into())
    }

    /// A token with any header and the claims of a good one, changed.
    pub(crate) fn token(&self, header: &Value, change: impl FnOnce(&mut Value)) -> Submission {
        Submission::Jwt(self.forged(&header.to_string(), change))
    }

    /// A token of the school's Ed25519 key, with these claims changed.
    pub(crate) fn claims(&self, change: impl FnOnce(&mut Value)) -> Submission {
        self.token(&json!({ "alg": "EdDSA", "kid": self.school.method }), change)
    }

    pub(crate) fn forged(&self, header: &str, change: impl FnOnce(&mut Value)) -> String {
        let good = self.school.token(&self.school.badge());
        let encoded = good.split('.').nth(1).unwrap();
        let mut payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).unwrap()).unwrap();
        change(&mut payload);
        self.forged_over(header, &payload.to_string())
    }

    pub(crate) fn forged_over(&self, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", part(header), part(payload));
        // The seed a school of that host has.
        let host = self.school.host.as_bytes();
        let seed = [u8::try_from(host.len()).unwrap() ^ host[0]; 32];
        let signature = SigningKey::from_bytes(&seed).sign(input.as_bytes());
        format!("{input}.{}", part(signature.to_bytes()))
    }
}

pub(crate) fn document(document: &Value) -> Submission {
    Submission::from_bytes(document.to_string().into_bytes())
}

pub(crate) fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn bytes_of(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).unwrap()
}
