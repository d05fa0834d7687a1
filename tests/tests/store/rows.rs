//! Rows to store, with every optional column filled unless a test says otherwise.

use accolade_core::Timestamp;
use accolade_store::access_tokens::AccessToken;
use accolade_store::achievements::Achievement;
use accolade_store::api_keys::ApiKey;
use accolade_store::audit::Entry;
use accolade_store::awards::{Award, Recorded, record};
use accolade_store::credentials::{
    Credential, CredentialDocuments, CredentialRecord, CredentialStatus, Visibility,
};
use accolade_store::idempotency::Reply;
use accolade_store::images::Image;
use accolade_store::issuers::Issuer;
use accolade_store::outbox::Message;
use accolade_store::signing_keys::{KeyState, SigningKey};
use accolade_store::status_lists::StatusList;
use accolade_store::{Store, StoreError, achievements, audit, credentials, issuers, status_lists};

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_795_000_000 + seconds).unwrap()
}

pub(crate) fn issuer(id: &str) -> Issuer {
    Issuer {
        id: id.into(),
        profile_id: format!("https://badges.example/public/issuers/{id}"),
        id_method: "url".into(),
        document: r#"{"name":"Universität Ω"}"#.into(),
        linkedin_organization_id: Some("1035".into()),
        created_at: at(0),
        updated_at: at(1),
    }
}

pub(crate) fn signing_key(id: &str, issuer_id: &str) -> SigningKey {
    SigningKey {
        id: id.into(),
        issuer_id: issuer_id.into(),
        purpose: "assertion-proof".into(),
        key_type: "Ed25519".into(),
        public_jwk: "{}".into(),
        multibase: Some("z6Mk".into()),
        sealed: vec![0, 1, 254, 255],
        state: KeyState::Active,
        created_at: at(0),
        retired_at: Some(at(5)),
        compromised_at: Some(at(6)),
    }
}

pub(crate) fn achievement(id: &str, issuer_id: &str) -> Achievement {
    Achievement {
        id: id.into(),
        issuer_id: issuer_id.into(),
        document: r#"{"name":"Applied Data Skills"}"#.into(),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
        image_id: Some("5f".repeat(32)),
    }
}

pub(crate) fn image(id: &str) -> Image {
    Image {
        id: id.into(),
        media_type: "image/png".into(),
        bytes: vec![0x89, 0, 255],
        original: Some(vec![0, 1, 2]),
        width: 600,
        height: 599,
        created_at: at(2),
    }
}

pub(crate) fn status_list(id: &str, issuer_id: &str) -> StatusList {
    StatusList {
        id: id.into(),
        issuer_id: issuer_id.into(),
        purpose: "revocation".into(),
        length: 131_072,
        bits: vec![0; 16_384],
        document: b"{}".to_vec(),
        valid_from: at(0),
        open: true,
        created_at: at(0),
    }
}

pub(crate) fn credential(id: &str, index: u32) -> Credential {
    let record = CredentialRecord {
        id: id.into(),
        issuer_id: "issuer".into(),
        achievement_id: "achievement".into(),
        recipient_digest: format!("digest-{id}"),
        duplicate_key: Some(format!("duplicate-{id}")),
        external_id: Some(format!("external-{id}")),
        order_digest: "order".into(),
        status: CredentialStatus::Active,
        status_reason: Some("none yet".into()),
        status_list_id: "list".into(),
        status_list_index: index,
        valid_from: at(2),
        valid_until: Some(at(3)),
        created_at: at(4),
        updated_at: at(5),
        visibility: Visibility::Private,
        recipient_name: Some("Ana Ω".into()),
        superseded_by: Some("another".into()),
        share_version: 3,
        achievement_version: Some(2),
    };
    let documents = CredentialDocuments {
        document: b"{\"type\":\"Ob3\"}".to_vec(),
        jwt: "a.b.c".into(),
        assertion: b"{\"type\":\"Assertion\"}".to_vec(),
        assertion_jws: "d.e.f".into(),
    };
    Credential { record, documents }
}

pub(crate) fn entry(id: &str) -> Entry {
    Entry {
        id: id.into(),
        at: at(4),
        actor: "key".into(),
        verb: "credential.award".into(),
        subject: id.into(),
        detail: "{}".into(),
    }
}

pub(crate) fn message(id: &str) -> Message {
    Message {
        id: id.into(),
        topic: "credential.awarded".into(),
        subject: id.into(),
        payload: "{}".into(),
        created_at: at(4),
        available_at: at(4),
        attempts: 0,
        delivered_at: None,
    }
}

pub(crate) fn reply(key: &str) -> Reply {
    Reply {
        caller_id: "caller".into(),
        key: key.into(),
        fingerprint: "fingerprint".into(),
        status: 201,
        headers: "Location: /v1/credentials/1".into(),
        body: b"{}".to_vec(),
        created_at: at(4),
        subject: Some("subject".into()),
    }
}

pub(crate) fn api_key(id: &str, issuer_id: Option<&str>) -> ApiKey {
    ApiKey {
        id: id.into(),
        name: "LMS".into(),
        secret_hash: format!("hash-{id}"),
        scopes: "credentials:award".into(),
        issuer_id: issuer_id.map(str::to_owned),
        created_at: at(0),
        revoked_at: Some(at(9)),
    }
}

pub(crate) fn access_token(hash: &str, api_key: &str, end: i64) -> AccessToken {
    AccessToken {
        token_hash: hash.into(),
        api_key_id: api_key.into(),
        scopes: "credentials:award".into(),
        created_at: at(0),
        expires_at: at(end),
    }
}

/// What an award needs: an issuer, an achievement and an open list, called so.
pub(crate) fn stage(store: &Store) {
    store
        .write("stage", |db| {
            issuers::insert(db, &issuer("issuer"))?;
            achievements::insert(db, &achievement("achievement", "issuer"))?;
            status_lists::insert(db, &status_list("list", "issuer"))
        })
        .map(|opened| assert!(opened))
        .map_err(|error: StoreError| error)
        .unwrap();
}

/// Records a credential with an audit entry and a message under its own id, and the reply given.
pub(crate) fn award(
    store: &Store,
    credential: &Credential,
    reply: Option<&Reply>,
) -> Result<Recorded, StoreError> {
    let (audit, message) = (entry(&credential.record.id), message(&credential.record.id));
    record(store, &Award { credential, audit: &audit, message: Some(&message), reply })
}

/// How many credentials and audit entries there are.
pub(crate) fn counts(store: &Store) -> (usize, usize) {
    store
        .read("counts", |db| {
            let credentials = credentials::page(db, &Default::default(), None, 10_000)?.items.len();
            let entries = audit::page(db, None, None, 10_000)?.items.len();
            Ok::<_, StoreError>((credentials, entries))
        })
        .unwrap()
}
