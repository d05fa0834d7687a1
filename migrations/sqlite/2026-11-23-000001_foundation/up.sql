-- The same tables as migrations/postgres, column for column; the drift test reads both.
-- Times are whole seconds since 1970-01-01T00:00:00Z, truth values are 0 or 1.

-- One row: the public URL that everything in here is signed under.
CREATE TABLE house (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    public_url TEXT NOT NULL
) STRICT;

CREATE TABLE issuers (
    id TEXT PRIMARY KEY NOT NULL,
    profile_id TEXT NOT NULL UNIQUE,
    id_method TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX issuers_page ON issuers (created_at, id);

CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY NOT NULL,
    issuer_id TEXT NOT NULL REFERENCES issuers (id),
    purpose TEXT NOT NULL,
    key_type TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    multibase TEXT,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'retired', 'compromised')),
    created_at INTEGER NOT NULL,
    retired_at INTEGER,
    compromised_at INTEGER
) STRICT;
CREATE INDEX signing_keys_of_issuer ON signing_keys (issuer_id, created_at, id);
CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys (issuer_id, purpose, key_type) WHERE state = 'active';

CREATE TABLE achievements (
    id TEXT PRIMARY KEY NOT NULL,
    issuer_id TEXT NOT NULL REFERENCES issuers (id),
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX achievements_page ON achievements (issuer_id, created_at, id);

CREATE TABLE status_lists (
    id TEXT PRIMARY KEY NOT NULL,
    issuer_id TEXT NOT NULL REFERENCES issuers (id),
    purpose TEXT NOT NULL,
    length INTEGER NOT NULL,
    bits BLOB NOT NULL,
    document BLOB NOT NULL,
    valid_from INTEGER NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX status_lists_of_issuer ON status_lists (issuer_id, created_at, id);
CREATE UNIQUE INDEX status_lists_one_open ON status_lists (issuer_id, purpose) WHERE open;

CREATE TABLE credentials (
    id TEXT PRIMARY KEY NOT NULL,
    issuer_id TEXT NOT NULL REFERENCES issuers (id),
    achievement_id TEXT NOT NULL REFERENCES achievements (id),
    recipient_digest TEXT NOT NULL,
    duplicate_key TEXT,
    external_id TEXT,
    order_digest TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'revoked')),
    status_reason TEXT,
    status_list_id TEXT NOT NULL REFERENCES status_lists (id),
    status_list_index INTEGER NOT NULL,
    document BLOB NOT NULL,
    jwt TEXT NOT NULL,
    assertion BLOB NOT NULL,
    assertion_jws TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX credentials_status_index ON credentials (status_list_id, status_list_index);
CREATE UNIQUE INDEX credentials_duplicate_key ON credentials (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE UNIQUE INDEX credentials_external_id ON credentials (issuer_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX credentials_page ON credentials (created_at, id);
CREATE INDEX credentials_of_issuer ON credentials (issuer_id, created_at, id);
CREATE INDEX credentials_of_achievement ON credentials (achievement_id, created_at, id);
CREATE INDEX credentials_of_recipient ON credentials (recipient_digest, created_at, id);
CREATE INDEX credentials_revoked ON credentials (issuer_id, updated_at, id) WHERE status <> 'active';

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    issuer_id TEXT REFERENCES issuers (id),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_keys_page ON api_keys (created_at, id);

CREATE TABLE idempotency (
    caller_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller_id, key)
) STRICT;
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    delivered_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (available_at, id) WHERE delivered_at IS NULL;

CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_page ON audit (at, id);
CREATE INDEX audit_of_subject ON audit (subject, at, id);
