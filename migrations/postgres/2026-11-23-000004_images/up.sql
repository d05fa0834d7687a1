-- Pictures under the SHA-256 of their bytes. The bytes are harmless and served; the original is what was uploaded, where that is another.
CREATE TABLE images (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/svg+xml')),
    bytes BYTEA NOT NULL,
    original BYTEA,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What was made of a picture, once: smaller sizes, cards. Each can be made again.
CREATE TABLE renditions (
    image_id TEXT COLLATE "C" NOT NULL REFERENCES images (id),
    kind TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (image_id, kind)
);

-- The picture of the achievement as it stands now; none in rows from before there were pictures.
ALTER TABLE achievements ADD COLUMN image_id TEXT COLLATE "C";
