-- What staff write down at the desk: an appeal by whatever way it came, how a family is reached that has no account, and
-- corrections of names, phones and addresses.
ALTER TABLE "requests" DROP CONSTRAINT "requests_source_check",
    ADD CONSTRAINT "requests_source_check" CHECK ("source" IN ('bot', 'phone', 'in-person', 'letter', 'email', 'organisation'));

-- 152-ФЗ, ст. 6, ч. 1: п. 1 consent, п. 2 duties by law (a report of another body), п. 6 life and health.
ALTER TABLE "requests" DROP CONSTRAINT "requests_ground_check",
    ADD CONSTRAINT "requests_ground_check" CHECK ("ground" IN ('consent', 'earlier-consent', '152-fz-6-1-2', '152-fz-6-1-6'));

-- Phone and address of a member, sealed. Null: only what their request says.
ALTER TABLE "family_members" ADD COLUMN "contact" TEXT,
    ADD CONSTRAINT "family_members_contact_sealed" CHECK ("contact" LIKE 'v1.%.%');

-- A correction keeps what stood there before. It is evidence: added, never changed.
CREATE TABLE "corrections" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "member_id" UUID,
    "fields" TEXT[] NOT NULL,
    "before" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "corrections_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "corrections_subject_check" CHECK (("request_id" IS NULL) <> ("member_id" IS NULL)),
    CONSTRAINT "corrections_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "corrections_fields_check" CHECK ("fields" <@ ARRAY['name', 'phone', 'address'] AND cardinality("fields") > 0),
    CONSTRAINT "corrections_before_sealed" CHECK ("before" LIKE 'v1.%.%'),
    CONSTRAINT "corrections_reason_sealed" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "corrections_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "corrections_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "corrections_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "corrections_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "corrections_request_id_at_idx" ON "corrections"("request_id", "at");
CREATE INDEX "corrections_member_id_at_idx" ON "corrections"("member_id", "at");

SELECT "make_append_only"('corrections');

-- Three more actions, besides whatever the check allows by now.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L))',
        allowed, 'request.registered', 'request.corrected', 'family.corrected'
    );
END
$$;
