-- Two requests about the same: one stays, the other is closed as its duplicate, for ten minutes with a way back.
CREATE TABLE "request_duplicates" (
    "id" UUID NOT NULL,
    "duplicate_id" UUID NOT NULL,
    "kept_id" UUID NOT NULL,
    "same_person" BOOLEAN NOT NULL,
    "own_due_at" TIMESTAMPTZ(3) NOT NULL,
    "before" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "undone_at" TIMESTAMPTZ(3),
    CONSTRAINT "request_duplicates_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "request_duplicates_before_sealed" CHECK ("before" LIKE 'v1.%.%'),
    CONSTRAINT "request_duplicates_two_check" CHECK ("duplicate_id" <> "kept_id"),
    CONSTRAINT "request_duplicates_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "request_duplicates_duplicate_id_fkey" FOREIGN KEY ("duplicate_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "request_duplicates_kept_id_fkey" FOREIGN KEY ("kept_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "request_duplicates_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "request_duplicates_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "request_duplicates_standing" ON "request_duplicates"("duplicate_id") WHERE "undone_at" IS NULL;
CREATE INDEX "request_duplicates_kept_id_idx" ON "request_duplicates"("kept_id");

SELECT "make_append_only"('request_duplicates', once => '{undone_at}');

-- What is allowed already is taken from the constraints themselves: other migrations add to them, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L))',
        allowed, 'request.merged', 'request.separated'
    );
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'request_events_kind_check' AND conrelid = '"request_events"'::regclass;
    ALTER TABLE "request_events" DROP CONSTRAINT "request_events_kind_check";
    EXECUTE format(
        'ALTER TABLE "request_events" ADD CONSTRAINT "request_events_kind_check" CHECK (%s OR "kind" IN (%L, %L, %L))',
        allowed, 'duplicate', 'merged', 'separated'
    );
END
$$;
