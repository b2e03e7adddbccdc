-- Families of earlier requests get their facts when the app starts: the answers are sealed, and SQL cannot open them.
ALTER TABLE "families" ADD COLUMN     "safety_copied" BOOLEAN NOT NULL DEFAULT false;
UPDATE "families" SET "safety_copied" = true WHERE "request_id" IS NULL;
CREATE INDEX "families_safety_to_copy" ON "families"("id") WHERE NOT "safety_copied";

-- CreateTable
CREATE TABLE "safety_facts" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "request_id" UUID,
    "staff_id" UUID,
    "api_key_id" UUID,
    "ended_by_staff_id" UUID,
    "ended_by_key_id" UUID,

    CONSTRAINT "safety_facts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "safety_overrides" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "safety_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "safety_facts_family_id_idx" ON "safety_facts"("family_id");

-- CreateIndex
CREATE INDEX "safety_overrides_family_id_at_idx" ON "safety_overrides"("family_id", "at");

-- AddForeignKey
ALTER TABLE "safety_facts" ADD CONSTRAINT "safety_facts_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safety_facts" ADD CONSTRAINT "safety_facts_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safety_overrides" ADD CONSTRAINT "safety_overrides_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "safety_facts"
    ADD CONSTRAINT "safety_facts_kind_sealed" CHECK ("kind" LIKE 'v1.%.%'),
    ADD CONSTRAINT "safety_facts_ended_check" CHECK ("until" IS NOT NULL OR ("ended_by_staff_id" IS NULL AND "ended_by_key_id" IS NULL));
ALTER TABLE "safety_overrides"
    ADD CONSTRAINT "safety_overrides_kind_check" CHECK ("kind" IN ('invite', 'audience')),
    ADD CONSTRAINT "safety_overrides_reason_sealed" CHECK ("reason" LIKE 'v1.%.%');

-- Reasons are evidence: they are added, never changed.
CREATE FUNCTION "refuse_change_of_safety_override"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'safety_overrides is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "safety_overrides_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "safety_overrides"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_safety_override"();

ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed',
        'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits',
        'family.safety', 'family.safety-changed', 'family.safety-override',
        'words.changed', 'surveys.changed', 'surveys.answers', 'surveys.export'
    ));
