DROP INDEX idempotency_of_subject;
ALTER TABLE idempotency DROP COLUMN subject;

ALTER TABLE issuers DROP COLUMN linkedin_organization_id;

-- An erased award of before is a revoked one without documents.
UPDATE credentials SET status = 'revoked' WHERE status = 'erased';
CREATE TABLE credentials_before (
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
INSERT INTO credentials_before (
    id, issuer_id, achievement_id, recipient_digest, duplicate_key, external_id, order_digest, status, status_reason,
    status_list_id, status_list_index, document, jwt, assertion, assertion_jws, valid_from, valid_until, created_at, updated_at
) SELECT
    id, issuer_id, achievement_id, recipient_digest, duplicate_key, external_id, order_digest, status, status_reason,
    status_list_id, status_list_index, document, jwt, assertion, assertion_jws, valid_from, valid_until, created_at, updated_at
FROM credentials;
DROP TABLE credentials;
ALTER TABLE credentials_before RENAME TO credentials;
CREATE UNIQUE INDEX credentials_status_index ON credentials (status_list_id, status_list_index);
CREATE UNIQUE INDEX credentials_duplicate_key ON credentials (duplicate_key) WHERE duplicate_key IS NOT NULL;
CREATE UNIQUE INDEX credentials_external_id ON credentials (issuer_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX credentials_page ON credentials (created_at, id);
CREATE INDEX credentials_of_issuer ON credentials (issuer_id, created_at, id);
CREATE INDEX credentials_of_achievement ON credentials (achievement_id, created_at, id);
CREATE INDEX credentials_of_recipient ON credentials (recipient_digest, created_at, id);
CREATE INDEX credentials_revoked ON credentials (issuer_id, updated_at, id) WHERE status <> 'active';
