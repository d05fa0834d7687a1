-- The same tables as migrations/sqlite, column for column; the drift test reads both.
-- Times are whole seconds since 1970-01-01T00:00:00Z. Ids and keys compare by bytes
-- (COLLATE "C"), as SQLite does.

-- One row: the public URL that everything in here is signed under.
CREATE TABLE house (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    public_url TEXT NOT NULL
);

CREATE TABLE issuers (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    profile_id TEXT COLLATE "C" NOT NULL UNIQUE,
    id_method TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX issuers_page ON issuers (created_at, id);

CREATE TABLE signing_keys (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    purpose TEXT NOT NULL,
    key_type TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    multibase TEXT,
    sealed BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'retired', 'compromised')),
    created_at BIGINT NOT NULL,
    retired_at BIGINT,
    compromised_at BIGINT
);
CREATE INDEX signing_keys_of_issuer ON signing_keys (issuer_id, created_at, id);
CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys (issuer_id, purpose, key_type) WHERE state = 'active';

CREATE TABLE achievements (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX achievements_page ON achievements (issuer_id, created_at, id);

CREATE TABLE status_lists (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    purpose TEXT NOT NULL,
    length BIGINT NOT NULL,
    bits BYTEA NOT NULL,
    document BYTEA NOT NULL,
    valid_from BIGINT NOT NULL,
    open BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX status_lists_of_issuer ON status_lists (issuer_id, created_at, id);
CREATE UNIQUE INDEX status_lists_one_open ON status_lists (issuer_id, purpose) WHERE open;

CREATE TABLE credentials (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer_id TEXT COLLATE "C" NOT NULL REFERENCES issuers (id),
    achievement_id TEXT COLLATE "C" NOT NULL REFERENCES achievements (id),
    recipient_digest TEXT COLLATE "C" NOT NULL,
    duplicate_key TEXT COLLATE "C",
    external_id TEXT COLLATE "C",
    order_digest TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'revoked')),
    status_reason TEXT,
    status_list_id TEXT COLLATE "C" NOT NULL REFERENCES status_lists (id),
    status_list_index BIGINT NOT NULL,
    document BYTEA NOT NULL,
    jwt TEXT NOT NULL,
    assertion BYTEA NOT NULL,
    assertion_jws TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX credentials_status_index ON credentials (status_list_id, status_list_index);
CREATE UNIQUE INDEX credentials_duplicate_key ON credentials (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE UNIQUE INDEX credentials_external_id ON credentials (issuer_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX credentials_page ON credentials (created_at, id);
CREATE INDEX credentials_of_issuer ON credentials (issuer_id, created_at, id);
CREATE INDEX credentials_of_achievement ON credentials (achievement_id, created_at, id);
CREATE INDEX credentials_of_recipient ON credentials (recipient_digest, created_at, id);
CREATE INDEX credentials_revoked ON credentials (issuer_id, updated_at, id) WHERE status <> 'active';

CREATE TABLE api_keys (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    issuer_id TEXT COLLATE "C" REFERENCES issuers (id),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX api_keys_page ON api_keys (created_at, id);

CREATE TABLE idempotency (
    caller_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT NOT NULL,
    status BIGINT NOT NULL,
    headers TEXT NOT NULL,
    body BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE outbox (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    available_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    delivered_at BIGINT
);
CREATE INDEX outbox_due ON outbox (available_at, id) WHERE delivered_at IS NULL;

CREATE TABLE audit (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_page ON audit (at, id);
CREATE INDEX audit_of_subject ON audit (subject, at, id);
