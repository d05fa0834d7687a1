DROP INDEX idempotency_of_subject;
ALTER TABLE idempotency DROP COLUMN subject;

ALTER TABLE issuers DROP COLUMN linkedin_organization_id;

-- An erased award of before is a revoked one without documents.
UPDATE credentials SET status = 'revoked' WHERE status = 'erased';
ALTER TABLE credentials
    DROP COLUMN visibility,
    DROP COLUMN recipient_name,
    DROP COLUMN superseded_by,
    DROP COLUMN share_version,
    DROP CONSTRAINT credentials_status_check,
    ADD CONSTRAINT credentials_status_check CHECK (status IN ('active', 'suspended', 'revoked'));
