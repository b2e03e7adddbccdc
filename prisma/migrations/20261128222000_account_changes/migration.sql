-- Since when a member's new account waits to be confirmed by staff; null: nothing to confirm. See ADR 38.
ALTER TABLE "family_members" ADD COLUMN "unconfirmed_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "account_changes" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "old_person_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "disputed_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "how" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "account_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "account_changes_member_id_at_idx" ON "account_changes"("member_id", "at");

-- CreateIndex
CREATE INDEX "account_changes_old_person_id_idx" ON "account_changes"("old_person_id");

-- CreateIndex
CREATE INDEX "account_changes_person_id_idx" ON "account_changes"("person_id");

-- AddForeignKey
ALTER TABLE "account_changes" ADD CONSTRAINT "account_changes_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_changes" ADD CONSTRAINT "account_changes_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_changes" ADD CONSTRAINT "account_changes_old_person_id_fkey" FOREIGN KEY ("old_person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_changes" ADD CONSTRAINT "account_changes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "account_changes"
    ADD CONSTRAINT "account_changes_decision_check" CHECK ("decision" IN ('confirmed', 'refused', 'restored')),
    ADD CONSTRAINT "account_changes_how_check" CHECK ("how" IN ('voice', 'meeting')),
    ADD CONSTRAINT "account_changes_decided_check" CHECK (
        ("decided_at" IS NULL) = ("decision" IS NULL) AND ("decided_at" IS NULL) = ("how" IS NULL)
    );

-- An instance of the previous version replaces accounts without marking them; for the time that both run, the mark is made here.
CREATE FUNCTION "mark_unconfirmed_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."unconfirmed_since" := NEW."joined_at";
    RETURN NEW;
END
$$;
CREATE TRIGGER "family_members_unconfirmed" BEFORE UPDATE OF "person_id" ON "family_members"
    FOR EACH ROW
    WHEN (OLD."person_id" IS NOT NULL AND NEW."person_id" IS DISTINCT FROM OLD."person_id"
        AND NEW."person_id" IS NOT NULL AND NEW."unconfirmed_since" IS NULL)
    EXECUTE FUNCTION "mark_unconfirmed_account"();

ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed',
        'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits', 'family.account',
        'family.safety', 'family.safety-changed', 'family.safety-override',
        'words.changed', 'surveys.changed', 'surveys.answers', 'surveys.export'
    ));
