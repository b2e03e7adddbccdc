-- A parent and a teenager who ask together: either starts, the other joins by a one-time link from an own account (ADR 117).
CREATE TABLE "together" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "starter_id" UUID NOT NULL,
    "joiner_id" UUID,
    "joins_as" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "token" TEXT,
    "starter_name" TEXT,
    "joiner_name" TEXT,
    "agreement" JSONB,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "joined_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "together_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "together_token_hash_key" ON "together"("token_hash");
CREATE UNIQUE INDEX "together_one_live_per_request" ON "together"("request_id") WHERE "ended_at" IS NULL;
CREATE INDEX "together_request_id_started_at_idx" ON "together"("request_id", "started_at");
CREATE INDEX "together_starter_id_idx" ON "together"("starter_id");
CREATE INDEX "together_joiner_id_idx" ON "together"("joiner_id");
CREATE INDEX "together_expiring" ON "together"("expires_at") WHERE "status" IN ('waiting', 'answered');
ALTER TABLE "together"
    ADD CONSTRAINT "together_joins_as_check" CHECK ("joins_as" IN ('adult', 'minor')),
    ADD CONSTRAINT "together_status_check" CHECK ("status" IN ('waiting', 'answered', 'joined', 'declined', 'expired', 'called-back', 'not-them', 'left')),
    ADD CONSTRAINT "together_ended_check" CHECK (("ended_at" IS NULL) = ("status" IN ('waiting', 'answered', 'joined'))),
    ADD CONSTRAINT "together_answered_check" CHECK ("status" <> 'answered' OR "joiner_id" IS NOT NULL),
    ADD CONSTRAINT "together_token_hash_check" CHECK ("token_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "together_token_sealed" CHECK ("token" LIKE 'v_.%.%'),
    ADD CONSTRAINT "together_starter_name_sealed" CHECK ("starter_name" LIKE 'v_.%.%'),
    ADD CONSTRAINT "together_joiner_name_sealed" CHECK ("joiner_name" LIKE 'v_.%.%'),
    ADD CONSTRAINT "together_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "together_starter_id_fkey" FOREIGN KEY ("starter_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "together_joiner_id_fkey" FOREIGN KEY ("joiner_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- It is shown with its request.
CREATE TRIGGER "zz_note_update" AFTER INSERT OR UPDATE ON "together" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('requests', 'request_id');
