-- Keys of persons, members, families and appeals, wrapped by DATA_KEYS (ADR 109). They are backed up apart: a dump of the
-- database leaves out the rows of this table.
CREATE TABLE "subject_keys" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "wrapped" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "destroyed_at" TIMESTAMPTZ(3),
    CONSTRAINT "subject_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subject_keys_destroyed" CHECK (("wrapped" IS NULL) = ("destroyed_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "subject_keys_kind_subject_id_key" ON "subject_keys"("kind", "subject_id");
CREATE INDEX "subject_keys_destroyed_at_idx" ON "subject_keys"("destroyed_at");

-- What is sealed is sealed by DATA_KEYS (`v1`) or by a subject's key (`v2`).
ALTER TABLE "subject_keys" ADD CONSTRAINT "subject_keys_wrapped_sealed" CHECK ("wrapped" LIKE 'v1.%.%');
DO $$
DECLARE
    checked RECORD;
BEGIN
    FOR checked IN
        SELECT conrelid::regclass AS of_table, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
            AND pg_get_constraintdef(oid) LIKE '%''v1.\%.\%''%' AND conname <> 'subject_keys_wrapped_sealed'
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', checked.of_table, checked.conname,
            checked.conname, replace(checked.definition, '''v1.%.%''', '''v_.%.%'''));
    END LOOP;
END
$$;
