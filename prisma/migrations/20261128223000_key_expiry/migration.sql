-- Every key of the staff API ends. Keys that had no end get a year from the upgrade, see ADR 40.
UPDATE "api_keys" SET "expires_at" = now() + interval '365 days' WHERE "expires_at" IS NULL;

-- Instances of the version before still create keys without an end, for as long as they run beside new ones.
CREATE FUNCTION "end_api_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."expires_at" := COALESCE(NEW."expires_at", NEW."created_at" + interval '365 days');
    RETURN NEW;
END
$$;
CREATE TRIGGER "api_keys_end" BEFORE INSERT ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "end_api_key"();

ALTER TABLE "api_keys" ALTER COLUMN "expires_at" SET NOT NULL;
ALTER TABLE "api_keys" ADD COLUMN "expiry_warned" INTEGER;
