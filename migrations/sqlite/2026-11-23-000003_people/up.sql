-- Who may see an award, what name it shows, what replaced it; and awards that were erased.
-- A CHECK cannot be changed in SQLite: the table is written anew, with its four new columns at the end.
CREATE TABLE credentials_anew (
    id TEXT PRIMARY KEY NOT NULL,
    issuer_id TEXT NOT NULL REFERENCES issuers (id),
    achievement_id TEXT NOT NULL REFERENCES achievements (id),
    recipient_digest TEXT NOT NULL,
    duplicate_key TEXT,
    external_id TEXT,
    order_digest TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'revoked', 'erased')),
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
    updated_at INTEGER NOT NULL,
    visibility TEXT NOT NULL DEFAULT 'unlisted' CHECK (visibility IN ('public', 'unlisted', 'private')),
    recipient_name TEXT,
    superseded_by TEXT,
    share_version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO credentials_anew (
    id, issuer_id, achievement_id, recipient_digest, duplicate_key, external_id, order_digest, status, status_reason,
    status_list_id, status_list_index, document, jwt, assertion, assertion_jws, valid_from, valid_until, created_at, updated_at
) SELECT
    id, issuer_id, achievement_id, recipient_digest, duplicate_key, external_id, order_digest, status, status_reason,
    status_list_id, status_list_index, document, jwt, assertion, assertion_jws, valid_from, valid_until, created_at, updated_at
FROM credentials;
DROP TABLE credentials;
ALTER TABLE credentials_anew RENAME TO credentials;
CREATE UNIQUE INDEX credentials_status_index ON credentials (status_list_id, status_list_index);
CREATE UNIQUE INDEX credentials_duplicate_key ON credentials (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE UNIQUE INDEX credentials_external_id ON credentials (issuer_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX credentials_page ON credentials (created_at, id);
CREATE INDEX credentials_of_issuer ON credentials (issuer_id, created_at, id);
CREATE INDEX credentials_of_achievement ON credentials (achievement_id, created_at, id);
CREATE INDEX credentials_of_recipient ON credentials (recipient_digest, created_at, id);
CREATE INDEX credentials_revoked ON credentials (issuer_id, updated_at, id) WHERE status <> 'active';

ALTER TABLE issuers ADD COLUMN linkedin_organization_id TEXT;

-- The id of what a reply tells of, so that it can be forgotten together with it. Replies from before have none.
ALTER TABLE idempotency ADD COLUMN subject TEXT;
CREATE INDEX idempotency_of_subject ON idempotency (subject);
