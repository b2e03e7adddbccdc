-- Who published a version in the console; null: a key did, or it is built in.
ALTER TABLE "survey_versions" ADD COLUMN "staff_id" UUID;
ALTER TABLE "survey_versions"
    ADD CONSTRAINT "survey_versions_author_check" CHECK ("api_key_id" IS NULL OR "staff_id" IS NULL);
