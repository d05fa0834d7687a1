ALTER TABLE credentials DROP COLUMN achievement_version;
DROP TABLE achievement_versions;
