-- What each version of an achievement said: written once, never changed. An award names the version it was made of.
CREATE TABLE achievement_versions (
    achievement_id TEXT NOT NULL REFERENCES achievements (id),
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    image_id TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (achievement_id, version)
) STRICT;
-- Of the versions from before only the last is known.
INSERT INTO achievement_versions (achievement_id, version, document, image_id, created_at)
SELECT id, version, document, image_id, updated_at FROM achievements;

ALTER TABLE credentials ADD COLUMN achievement_version INTEGER;
UPDATE credentials SET achievement_version = (
    SELECT a.version FROM achievements a
    WHERE a.id = credentials.achievement_id AND (a.version = 1 OR a.updated_at < credentials.created_at)
);
