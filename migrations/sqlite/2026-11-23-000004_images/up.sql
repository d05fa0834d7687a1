-- Pictures under the SHA-256 of their bytes. The bytes are harmless and served; the original is what was uploaded, where that is another.
CREATE TABLE images (
    id TEXT PRIMARY KEY NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/svg+xml')),
    bytes BLOB NOT NULL,
    original BLOB,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- What was made of a picture, once: smaller sizes, cards. Each can be made again.
CREATE TABLE renditions (
    image_id TEXT NOT NULL REFERENCES images (id),
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (image_id, kind)
) STRICT;

-- The picture of the achievement as it stands now; none in rows from before there were pictures.
ALTER TABLE achievements ADD COLUMN image_id TEXT;
