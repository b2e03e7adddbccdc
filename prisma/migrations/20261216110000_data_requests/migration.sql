-- Since when a person's data may not be processed: the consent is withdrawn, or staff have blocked them (152-ФЗ, ст. 21).
ALTER TABLE "persons"
    ADD COLUMN "consent_withdrawn_at" TIMESTAMPTZ(3),
    ADD COLUMN "restricted_since" TIMESTAMPTZ(3);
CREATE INDEX "persons_consent_withdrawn" ON "persons"("consent_withdrawn_at") WHERE "consent_withdrawn_at" IS NOT NULL;

-- The register of requests of data subjects. It outlives the data it is about, so ids of people have no foreign key.
CREATE TABLE "data_requests" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "person_id" UUID,
    "request_id" UUID,
    "family_id" UUID,
    "member_id" UUID,
    "territory" TEXT,
    "content" TEXT,
    "received_on" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "erase_at" TIMESTAMPTZ(3),
    "restricted_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "staff_id" UUID,
    "api_key_id" UUID,
    CONSTRAINT "data_requests_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "data_requests_number_key" ON "data_requests"("number");
CREATE INDEX "data_requests_open" ON "data_requests"("due_at", "id") WHERE "closed_at" IS NULL;
CREATE INDEX "data_requests_erase" ON "data_requests"("erase_at") WHERE "closed_at" IS NULL AND "erase_at" IS NOT NULL;
CREATE INDEX "data_requests_person_id_idx" ON "data_requests"("person_id");
ALTER TABLE "data_requests"
    ADD CONSTRAINT "data_requests_kind_check" CHECK ("kind" IN ('access', 'correction', 'restriction', 'withdrawal', 'erasure')),
    ADD CONSTRAINT "data_requests_source_check" CHECK ("source" IN ('bot', 'in-person', 'letter', 'email', 'phone')),
    ADD CONSTRAINT "data_requests_outcome_check" CHECK ("outcome" IN ('done', 'partly', 'refused', 'given-again')),
    ADD CONSTRAINT "data_requests_closed_check" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL)),
    ADD CONSTRAINT "data_requests_content_sealed" CHECK ("content" LIKE 'v1.%.%'),
    ADD CONSTRAINT "data_requests_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "data_requests_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "data_request_steps" (
    "id" BIGSERIAL NOT NULL,
    "data_request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    CONSTRAINT "data_request_steps_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "data_request_steps_data_request_id_id_idx" ON "data_request_steps"("data_request_id", "id");
ALTER TABLE "data_request_steps"
    ADD CONSTRAINT "data_request_steps_kind_check" CHECK ("kind" IN ('received', 'restricted', 'unrestricted', 'withdrawn', 'erased', 'answered', 'closed')),
    ADD CONSTRAINT "data_request_steps_text_sealed" CHECK ("text" LIKE 'v1.%.%'),
    ADD CONSTRAINT "data_request_steps_data_request_id_fkey" FOREIGN KEY ("data_request_id") REFERENCES "data_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "data_request_steps_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "data_request_steps_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "make_append_only"('data_request_steps');

DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L, %L))',
        allowed, 'consents.opened', 'consents.changed', 'data-requests.opened', 'data-requests.changed'
    );
END
$$;
