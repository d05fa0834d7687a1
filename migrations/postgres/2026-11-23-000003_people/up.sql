-- Who may see an award, what name it shows, what replaced it; and awards that were erased.
ALTER TABLE credentials
    DROP CONSTRAINT credentials_status_check,
    ADD CONSTRAINT credentials_status_check CHECK (status IN ('active', 'suspended', 'revoked', 'erased')),
    ADD COLUMN visibility TEXT NOT NULL DEFAULT 'unlisted' CHECK (visibility IN ('public', 'unlisted', 'private')),
    ADD COLUMN recipient_name TEXT,
    ADD COLUMN superseded_by TEXT COLLATE "C",
    ADD COLUMN share_version BIGINT NOT NULL DEFAULT 1;

ALTER TABLE issuers ADD COLUMN linkedin_organization_id TEXT;

-- The id of what a reply tells of, so that it can be forgotten together with it. Replies from before have none.
ALTER TABLE idempotency ADD COLUMN subject TEXT COLLATE "C";
CREATE INDEX idempotency_of_subject ON idempotency (subject);
