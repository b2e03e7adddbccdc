-- AlterTable
ALTER TABLE "audit_entries" ADD COLUMN     "api_key_id" UUID,
ADD COLUMN     "subject_id" UUID,
ALTER COLUMN "staff_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "request_events" ADD COLUMN     "api_key_id" UUID,
ADD COLUMN     "detail" TEXT;

-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "assigned_at" TIMESTAMPTZ(3),
ADD COLUMN     "assigned_to_id" UUID,
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "escalate_at" TIMESTAMPTZ(3),
ADD COLUMN     "escalations" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "event_sequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "stage" TEXT NOT NULL DEFAULT 'registered',
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "staff_members" ADD COLUMN     "capacity" INTEGER,
ADD COLUMN     "duty_hours" JSONB,
ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY['ru']::TEXT[],
ADD COLUMN     "last_assigned_at" TIMESTAMPTZ(3),
ADD COLUMN     "minors_trained" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "unreachable_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "staff_absences" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_absences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "routing_decisions" (
    "id" BIGSERIAL NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "trigger" TEXT NOT NULL,
    "staff_id" UUID,
    "reason" JSONB NOT NULL,

    CONSTRAINT "routing_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "territories" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotent_answers" (
    "api_key_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answers_pkey" PRIMARY KEY ("api_key_id","key")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "api_key_id" UUID,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "territories" TEXT[],
    "secrets" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "paused_for" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" UUID,
    "sequence" INTEGER,
    "territory" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_attempts" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "error" TEXT,
    "response" TEXT,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_action_id_idx" ON "audit_entries"("action", "id");

-- CreateIndex
CREATE INDEX "audit_entries_staff_id_id_idx" ON "audit_entries"("staff_id", "id");

-- CreateIndex
CREATE INDEX "staff_absences_staff_id_until_idx" ON "staff_absences"("staff_id", "until");

-- CreateIndex
CREATE INDEX "routing_decisions_request_id_id_idx" ON "routing_decisions"("request_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_token_hash_key" ON "api_keys"("token_hash");

-- CreateIndex
CREATE INDEX "idempotent_answers_at_idx" ON "idempotent_answers"("at");

-- CreateIndex
CREATE INDEX "webhook_events_at_idx" ON "webhook_events"("at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_status_created_at_idx" ON "webhook_deliveries"("endpoint_id", "status", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_event_id_idx" ON "webhook_deliveries"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_endpoint_id_event_id_key" ON "webhook_deliveries"("endpoint_id", "event_id");

-- CreateIndex
CREATE INDEX "webhook_attempts_delivery_id_id_idx" ON "webhook_attempts"("delivery_id", "id");

-- CreateIndex
CREATE INDEX "requests_submitted_at_id_idx" ON "requests"("submitted_at", "id");

-- CreateIndex
CREATE INDEX "requests_status_submitted_at_id_idx" ON "requests"("status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "requests_territory_status_submitted_at_id_idx" ON "requests"("territory", "status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "requests_of_assignee" ON "requests"("assigned_to_id", "status", "submitted_at", "id", "territory", "urgent");

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_assigned_to_id_fkey" FOREIGN KEY ("assigned_to_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_absences" ADD CONSTRAINT "staff_absences_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_decisions" ADD CONSTRAINT "routing_decisions_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotent_answers" ADD CONSTRAINT "idempotent_answers_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What follows is written by hand: Prisma's schema has no words for it.

-- Closed sets, wider than before.
ALTER TABLE "request_events"
    DROP CONSTRAINT "request_events_kind_check",
    ADD CONSTRAINT "request_events_kind_check" CHECK ("kind" IN ('submitted', 'assigned', 'claimed', 'passed-on', 'escalated', 'note', 'staff-note', 'answer', 'stage', 'closed', 'withdrawn'));
ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN ('request.details', 'request.contact', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed'));
ALTER TABLE "staff_members"
    ADD CONSTRAINT "staff_members_languages_check" CHECK ("languages" <@ ARRAY['ru', 'en']),
    ADD CONSTRAINT "staff_members_capacity_check" CHECK ("capacity" >= 0);
ALTER TABLE "staff_absences"
    ADD CONSTRAINT "staff_absences_order_check" CHECK ("from" < "until");
ALTER TABLE "routing_decisions"
    ADD CONSTRAINT "routing_decisions_trigger_check" CHECK ("trigger" IN ('submitted', 'passed-on', 'absence', 'escalation', 'assigned', 'returned'));
ALTER TABLE "webhook_endpoints"
    ADD CONSTRAINT "webhook_endpoints_status_check" CHECK ("status" IN ('active', 'paused')),
    ADD CONSTRAINT "webhook_endpoints_paused_check" CHECK ("paused_for" IN ('staff', 'gone', 'failing') AND "status" = 'paused' OR "paused_for" IS NULL AND "status" = 'active');
ALTER TABLE "webhook_deliveries"
    ADD CONSTRAINT "webhook_deliveries_status_check" CHECK ("status" IN ('pending', 'held', 'delivered', 'failed'));

-- Lists of what is urgent, and of what is nobody's: few among many, so that a page is found without looking at the others.
CREATE INDEX "requests_urgent" ON "requests"("status", "submitted_at", "id") WHERE "urgent";
CREATE INDEX "requests_urgent_of_territory" ON "requests"("territory", "status", "submitted_at", "id") WHERE "urgent";
CREATE INDEX "requests_nobodys" ON "requests"("status", "submitted_at", "id", "urgent") WHERE "assigned_to_id" IS NULL;
CREATE INDEX "requests_nobodys_of_territory" ON "requests"("territory", "status", "submitted_at", "id", "urgent") WHERE "assigned_to_id" IS NULL;

-- What is sealed is stored sealed, whatever the code does.
ALTER TABLE "webhook_endpoints"
    ADD CONSTRAINT "webhook_endpoints_secrets_sealed" CHECK ("secrets" LIKE 'v1.%.%');
ALTER TABLE "webhook_attempts"
    ADD CONSTRAINT "webhook_attempts_response_sealed" CHECK ("response" LIKE 'v1.%.%');
ALTER TABLE "idempotent_answers"
    ADD CONSTRAINT "idempotent_answers_answer_sealed" CHECK ("answer" LIKE 'v1.%.%');

-- Whoever has a request in hand is its assignee, of the requests from before this column too.
UPDATE "requests" SET "assigned_to_id" = "claimed_by_id", "assigned_at" = "claimed_at" WHERE "claimed_by_id" IS NOT NULL;
ALTER TABLE "requests"
    ADD CONSTRAINT "requests_assigned_check" CHECK ("status" <> 'claimed' OR "assigned_to_id" = "claimed_by_id");

-- A decision is only ever added, and so is an event that was told outside.
CREATE FUNCTION "refuse_change_of_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'routing_decisions is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "routing_decisions_append_only" BEFORE UPDATE OR DELETE ON "routing_decisions"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_decision"();
