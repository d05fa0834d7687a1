ALTER TABLE achievements DROP COLUMN image_id;
DROP TABLE renditions;
DROP TABLE images;
