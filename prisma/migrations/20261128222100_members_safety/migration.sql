-- Whether what a member said in their requests has been copied to them. Members whom an instance of the previous version adds, and all
-- of before, are found by the queue `safety-copy`: the answers are sealed, and SQL cannot open them.
ALTER TABLE "family_members" ADD COLUMN "safety_copied" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "family_members_safety_to_copy" ON "family_members"("id") WHERE NOT "safety_copied" AND "person_id" IS NOT NULL AND "removed_at" IS NULL;
