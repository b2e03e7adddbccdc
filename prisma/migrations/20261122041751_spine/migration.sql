-- CreateTable
CREATE TABLE "persons" (
    "id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'ru',
    "address" TEXT NOT NULL DEFAULT 'adult',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "region" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "request_id" UUID,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requests" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "draft_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "territory" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "applicant" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "help_kinds" TEXT[],
    "representative_consent" TEXT NOT NULL,
    "data_sharing" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "claimed_by_id" UUID,
    "answers" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_events" (
    "id" BIGSERIAL NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "staff_id" UUID,
    "text" TEXT,

    CONSTRAINT "request_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_counters" (
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "request_counters_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "staff_members" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "territories" TEXT[],
    "person_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_invites" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_cards" (
    "request_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "message_id" BIGINT NOT NULL,

    CONSTRAINT "staff_cards_pkey" PRIMARY KEY ("request_id","staff_id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "request_id" UUID,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "processed_updates" (
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "processed_updates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failed_updates" (
    "id" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "quarantined_at" TIMESTAMPTZ(3),

    CONSTRAINT "failed_updates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "persons_account_key" ON "persons"("account");

-- CreateIndex
CREATE UNIQUE INDEX "drafts_person_id_key" ON "drafts"("person_id");

-- CreateIndex
CREATE INDEX "drafts_updated_at_idx" ON "drafts"("updated_at");

-- CreateIndex
CREATE INDEX "consents_person_id_idx" ON "consents"("person_id");

-- CreateIndex
CREATE INDEX "consents_request_id_idx" ON "consents"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "requests_number_key" ON "requests"("number");

-- CreateIndex
CREATE UNIQUE INDEX "requests_draft_id_key" ON "requests"("draft_id");

-- CreateIndex
CREATE INDEX "requests_person_id_idx" ON "requests"("person_id");

-- CreateIndex
CREATE INDEX "requests_status_territory_urgent_submitted_at_idx" ON "requests"("status", "territory", "urgent", "submitted_at");

-- CreateIndex
CREATE INDEX "request_events_request_id_id_idx" ON "request_events"("request_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_members_person_id_key" ON "staff_members"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_invites_token_hash_key" ON "staff_invites"("token_hash");

-- CreateIndex
CREATE INDEX "audit_entries_request_id_idx" ON "audit_entries"("request_id");

-- CreateIndex
CREATE INDEX "processed_updates_at_idx" ON "processed_updates"("at");

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_invites" ADD CONSTRAINT "staff_invites_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_cards" ADD CONSTRAINT "staff_cards_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_cards" ADD CONSTRAINT "staff_cards_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows is written by hand: Prisma's schema has no words for it.

-- One open request a person.
CREATE UNIQUE INDEX "requests_one_open_per_person" ON "requests"("person_id") WHERE "status" IN ('submitted', 'claimed');

-- Closed sets.
ALTER TABLE "persons"
    ADD CONSTRAINT "persons_language_check" CHECK ("language" IN ('ru', 'en')),
    ADD CONSTRAINT "persons_address_check" CHECK ("address" IN ('adult', 'minor'));
ALTER TABLE "consents"
    ADD CONSTRAINT "consents_kind_check" CHECK ("kind" IN ('personal-data', 'support-request', 'data-sharing', 'minor-agreement')),
    ADD CONSTRAINT "consents_text_hash_check" CHECK ("text_hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "requests"
    ADD CONSTRAINT "requests_kind_check" CHECK ("kind" IN ('application', 'message')),
    ADD CONSTRAINT "requests_applicant_check" CHECK ("applicant" IN ('parent', 'representative', 'minor', 'other-person')),
    ADD CONSTRAINT "requests_representative_consent_check" CHECK ("representative_consent" IN ('not-needed', 'needed', 'unsafe')),
    ADD CONSTRAINT "requests_status_check" CHECK ("status" IN ('submitted', 'claimed', 'withdrawn', 'closed')),
    ADD CONSTRAINT "requests_claimed_check" CHECK ("status" <> 'claimed' OR ("claimed_by_id" IS NOT NULL AND "claimed_at" IS NOT NULL));
ALTER TABLE "request_events"
    ADD CONSTRAINT "request_events_kind_check" CHECK ("kind" IN ('submitted', 'claimed', 'passed-on', 'note', 'answer', 'withdrawn'));
ALTER TABLE "staff_members"
    ADD CONSTRAINT "staff_members_role_check" CHECK ("role" IN ('intake', 'curator', 'supervisor'));
ALTER TABLE "audit_entries"
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN ('request.details', 'request.contact'));

-- What is sealed is stored sealed, whatever the code does.
ALTER TABLE "drafts"
    ADD CONSTRAINT "drafts_answers_sealed" CHECK ("answers" LIKE 'v1.%.%');
ALTER TABLE "requests"
    ADD CONSTRAINT "requests_answers_sealed" CHECK ("answers" LIKE 'v1.%.%'),
    ADD CONSTRAINT "requests_contact_sealed" CHECK ("contact" LIKE 'v1.%.%');
ALTER TABLE "request_events"
    ADD CONSTRAINT "request_events_text_sealed" CHECK ("text" IS NULL OR "text" LIKE 'v1.%.%');

-- The audit is only ever added to.
CREATE FUNCTION "refuse_change_of_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"();
