-- When a row, or something that is shown with it, was changed last, by the database's clock: for `updatedSince` of the lists.
-- What only the product looks at (clocks, sequences, what was seen) does not count.
CREATE FUNCTION "note_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."updated_at" := clock_timestamp();
    RETURN NEW;
END
$$;

ALTER TABLE "requests" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "requests" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "requests_updated" ON "requests"("updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE OF "status", "stage", "territory", "urgent", "urgent_reasons", "safety_check", "help_kinds", "representative_consent", "data_sharing", "claimed_by_id", "claimed_at", "assigned_to_id", "assigned_at", "escalations", "withdrawn_at", "closed_at", "due_at", "answers", "contact", "revision" ON "requests" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "families" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "families" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "families_updated" ON "families"("updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE OF "status", "stage", "level", "territory", "curator_id", "closed_at", "revision" ON "families" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "visits" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "visits" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "visits_updated" ON "visits"("family_id", "updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE ON "visits" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "staff_members" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "staff_members" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "staff_members_updated" ON "staff_members"("updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE ON "staff_members" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "messages" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "messages" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "messages_updated" ON "messages"("family_id", "updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE ON "messages" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "webhook_endpoints" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "webhook_endpoints" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "webhook_endpoints_updated" ON "webhook_endpoints"("updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE ON "webhook_endpoints" FOR EACH ROW EXECUTE FUNCTION "note_update"();

ALTER TABLE "survey_rescues" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
ALTER TABLE "survey_rescues" ALTER COLUMN "updated_at" SET DEFAULT clock_timestamp();
CREATE INDEX "survey_rescues_updated" ON "survey_rescues"("updated_at");
CREATE TRIGGER "zz_note_update" BEFORE UPDATE OF "answered_at", "staff_id", "api_key_id" ON "survey_rescues" FOR EACH ROW EXECUTE FUNCTION "note_update"();

-- A part of a row that is shown with it. Within the transaction that made the row, it is new anyway.
CREATE FUNCTION "note_update_of"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part JSONB := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
    EXECUTE format('UPDATE %I SET updated_at = clock_timestamp() WHERE id = $1 AND updated_at < transaction_timestamp()', TG_ARGV[0])
    USING (part ->> TG_ARGV[1])::uuid;
    RETURN NULL;
END
$$;

CREATE TRIGGER "zz_note_update" AFTER INSERT ON "request_events" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('requests', 'request_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT ON "routing_decisions" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('requests', 'request_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT OR UPDATE ON "family_members" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('families', 'family_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT ON "family_events" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('families', 'family_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT OR UPDATE ON "safety_facts" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('families', 'family_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT ON "visit_answers" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('visits', 'visit_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT OR UPDATE OR DELETE ON "staff_absences" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('staff_members', 'staff_id');
CREATE TRIGGER "zz_note_update" AFTER INSERT OR UPDATE OR DELETE ON "staff_photos" FOR EACH ROW EXECUTE FUNCTION "note_update_of"('staff_members', 'staff_id');
