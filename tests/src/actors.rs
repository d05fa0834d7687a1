//! Who speaks to a server in a test: anyone, the owner of the house, an awarder of one issuer, a stranger from another.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in the support of tests, a missing value is a failure of the test"
)]

use std::net::SocketAddr;

use accolade_issuing::{Caller, NewApiKey, Scope, Scopes};
use serde_json::{Value, json};

use crate::exchange::{Answer, Request};
use crate::server::{PUBLIC_URL, Server};

/// Somebody who sends requests, with or without an API key.
#[derive(Debug, Clone)]
pub struct Actor {
    server: SocketAddr,
    key: Option<String>,
}

/// An issuer with one achievement, made through the API.
#[derive(Debug, Clone)]
pub struct School {
    /// The issuer's id.
    pub issuer: String,
    /// The achievement's id.
    pub achievement: String,
}

impl Server {
    /// Somebody without a key.
    pub fn anyone(&self) -> Actor {
        Actor { server: self.address, key: None }
    }

    /// Who may do everything.
    pub fn owner(&self) -> Actor {
        self.holder_of(&[Scope::Admin], None)
    }

    /// Who may award, read and revoke what `school` awards, and nothing else.
    pub fn awarder(&self, school: &School) -> Actor {
        let scopes = [
            Scope::CredentialsAward,
            Scope::CredentialsRead,
            Scope::CredentialsRevoke,
            Scope::AchievementsRead,
        ];
        self.holder_of(&scopes, Some(&school.issuer))
    }

    /// Who may do everything within another issuer, which is registered for the purpose.
    pub fn stranger(&self) -> Actor {
        let other = self.owner().register("Another School");
        let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| *scope != Scope::Admin).collect();
        self.holder_of(&scopes, Some(&other))
    }

    /// Somebody with a new key of these scopes, bound to `issuer` where one is given.
    pub fn holder_of(&self, scopes: &[Scope], issuer: Option<&str>) -> Actor {
        let (_, secret) = self.new_key(scopes, issuer);
        Actor { server: self.address, key: Some(secret) }
    }

    /// Somebody whose key was revoked.
    ///
    /// # Panics
    /// Where the office refuses.
    pub fn outcast(&self) -> Actor {
        let (id, secret) = self.new_key(&[Scope::Admin], None);
        self.office.revoke_api_key(&Caller::system(), &id).unwrap();
        Actor { server: self.address, key: Some(secret) }
    }

    /// A school with a micro-credential.
    pub fn school(&self) -> School {
        let owner = self.owner();
        let issuer = owner.register("Example University");
        let achievement = owner.define(&issuer, "Applied Data Skills");
        School { issuer, achievement }
    }

    /// An admin key, for requests that a test writes byte by byte.
    pub fn secret(&self) -> String {
        self.new_key(&[Scope::Admin], None).1
    }

    /// The id and the secret of a new key of these scopes, bound to `issuer` where one is given.
    ///
    /// # Panics
    /// Where the office refuses.
    pub fn new_key(&self, scopes: &[Scope], issuer: Option<&str>) -> (String, String) {
        let wish = NewApiKey {
            name: "a test".to_owned(),
            scopes: scopes.iter().copied().collect::<Scopes>(),
            issuer: issuer.map(str::to_owned),
        };
        let (key, secret) = self.office.create_api_key(&Caller::system(), wish).unwrap();
        (key.id, secret)
    }
}

impl Actor {
    /// The same with another key, such as one that is no key at all.
    pub fn with_key(&self, key: &str) -> Actor {
        Actor { server: self.server, key: Some(key.to_owned()) }
    }

    /// Sends `request` with this actor's key.
    pub fn send(&self, request: Request) -> Answer {
        let request = match &self.key {
            Some(key) => request.header("authorization", &format!("Bearer {key}")),
            None => request,
        };
        request.send(self.server)
    }

    /// GET, also of the public URL of a document.
    pub fn get(&self, url: &str) -> Answer {
        self.send(Request::new("GET", url.trim_start_matches(PUBLIC_URL)))
    }

    /// GET with an `Accept` header.
    pub fn get_as(&self, url: &str, accept: &str) -> Answer {
        self.send(Request::new("GET", url.trim_start_matches(PUBLIC_URL)).header("accept", accept))
    }

    /// POST of a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", path).json(body))
    }

    /// PATCH of a JSON body.
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("PATCH", path).json(body))
    }

    /// Registers an issuer and gives its id.
    ///
    /// # Panics
    /// Where that is refused.
    pub fn register(&self, name: &str) -> String {
        let profile = json!({"name": name, "url": "https://example.edu/", "email": "badges@example.edu"});
        id_of(&self.post("/v1/issuers", &profile))
    }

    /// Defines an achievement and gives its id.
    ///
    /// # Panics
    /// Where that is refused.
    pub fn define(&self, issuer: &str, name: &str) -> String {
        let members = json!({
            "name": name,
            "achievementType": "MicroCredential",
            "description": "Plans, cleans, analyses and presents a data set.",
            "criteria": {"narrative": "Attend the workshop, complete the assignments, present a project."}
        });
        id_of(&self.post(&format!("/v1/issuers/{issuer}/achievements"), &members))
    }

    /// Awards `achievement` to somebody with this e-mail address, and gives the award.
    ///
    /// # Panics
    /// Where that is refused.
    pub fn award(&self, achievement: &str, email: &str) -> Value {
        let order = json!({"recipient": {"email": email}});
        self.post(&format!("/v1/achievements/{achievement}/credentials"), &order).expect(201)
    }
}

fn id_of(answer: &Answer) -> String {
    answer.expect(201)["id"].as_str().unwrap().to_owned()
}
