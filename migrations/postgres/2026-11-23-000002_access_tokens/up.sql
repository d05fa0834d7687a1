CREATE TABLE access_tokens (
    token_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    api_key_id TEXT COLLATE "C" NOT NULL REFERENCES api_keys (id),
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_tokens_expiry ON access_tokens (expires_at);
