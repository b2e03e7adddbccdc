-- Special categories of personal data have a consent of their own, which is signed on paper (152-ФЗ, ст. 10, ч. 2, п. 1).
ALTER TABLE "consents" DROP CONSTRAINT "consents_kind_check";
ALTER TABLE "consents"
    ADD CONSTRAINT "consents_kind_check" CHECK (
        "kind" IN ('personal-data', 'support-request', 'data-sharing', 'minor-agreement', 'special-categories')
    ) NOT VALID,
    ADD COLUMN "paper_id" UUID;
CREATE INDEX "consents_paper_id_idx" ON "consents"("paper_id") WHERE "paper_id" IS NOT NULL;

-- Somebody who signs on paper may have no account: their consents are kept under a person whom no channel reaches. Whoever came
-- to the desk has one already, with their request.
ALTER TABLE "family_members" ADD COLUMN "paper_person_id" UUID;
ALTER TABLE "family_members"
    ADD CONSTRAINT "family_members_paper_person_id_fkey" FOREIGN KEY ("paper_person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "family_members_paper_person_id_idx" ON "family_members"("paper_person_id") WHERE "paper_person_id" IS NOT NULL;
UPDATE "family_members" AS m SET "paper_person_id" = r."person_id"
FROM "families" f JOIN "requests" r ON r."id" = f."request_id"
WHERE m."family_id" = f."id" AND m."person_id" IS NULL AND m."role" = r."applicant" AND r."source" <> 'bot'
    AND m."id" = (SELECT o."id" FROM "family_members" o WHERE o."family_id" = f."id" ORDER BY o."added_at", o."id" LIMIT 1);

-- A signed paper as it was scanned; its id is `consents.paper_id`. Whose, without a foreign key: it proves something after they are erased.
CREATE TABLE "paper_scans" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "paper_scans_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "paper_scans_person_id_idx" ON "paper_scans"("person_id");
ALTER TABLE "paper_scans"
    ADD CONSTRAINT "paper_scans_type_check" CHECK ("type" IN ('pdf', 'jpeg', 'png')),
    ADD CONSTRAINT "paper_scans_content_sealed" CHECK ("content" LIKE 'v_.%.%'),
    ADD CONSTRAINT "paper_scans_actor_check" CHECK (num_nonnulls("staff_id", "api_key_id") > 0),
    ADD CONSTRAINT "paper_scans_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "paper_scans_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "make_append_only"('paper_scans');

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'consents.printed'
    );
END
$$;
