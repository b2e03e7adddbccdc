-- No table tells whose a row is without the keys: an account is found by its keyed hash and sealed for sending. Only the app has
-- the keys, so a job of it does this for the rows that are there. See ADR 51.
ALTER TABLE "persons" ADD COLUMN "sealed_account" TEXT,
    ADD CONSTRAINT "persons_sealed_account_check" CHECK ("sealed_account" LIKE 'v1.%.%'),
    -- Either both or, in a row of before, neither. An account is `<channel>:<id>`; a hash has no colon.
    ADD CONSTRAINT "persons_account_check" CHECK (("sealed_account" IS NULL) = ("account" LIKE '%:%'));

-- No new row in the clear, whichever version writes it.
CREATE FUNCTION refuse_plain_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an account is stored under its keyed hash' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER "persons_no_plain_account" BEFORE INSERT ON "persons"
    FOR EACH ROW WHEN (NEW."sealed_account" IS NULL) EXECUTE FUNCTION refuse_plain_account();

-- The id of a consent was a hash (UUID version 8) of the account without a key, which can be guessed: accounts are numbers.
DO $$
BEGIN
  PERFORM set_config('ryadom.erasing', 'on', true);
  UPDATE "consents" SET "id" = gen_random_uuid() WHERE "id"::text LIKE '________-____-8%' AND "withdrawn_at" IS NULL;
  PERFORM set_config('ryadom.erasing', 'off', true);
END $$;
