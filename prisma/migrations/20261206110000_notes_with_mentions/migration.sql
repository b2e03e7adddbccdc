-- Who is told of a note of staff, and whom it complains of: ids, so that a name in the words tells nobody anything.
ALTER TABLE "request_events" ADD COLUMN "mentioned" UUID[] NOT NULL DEFAULT '{}',
    ADD COLUMN "kept_from" UUID[] NOT NULL DEFAULT '{}';

CREATE TABLE "family_notes" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "mentioned" UUID[] NOT NULL DEFAULT '{}',
    "kept_from" UUID[] NOT NULL DEFAULT '{}',
    CONSTRAINT "family_notes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "family_notes_text_sealed" CHECK ("text" LIKE 'v1.%.%'),
    CONSTRAINT "family_notes_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "family_notes_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "family_notes_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "family_notes_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "family_notes_family_id_at_id_idx" ON "family_notes"("family_id", "at", "id");

SELECT "make_append_only"('family_notes');

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'family.notes'
    );
END
$$;
