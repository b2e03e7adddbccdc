-- «Можно позвонить?», with which a centre begins, is about a call: it is not offered to whom no call is safe.
UPDATE "quick_replies" SET "content" = "content" || '{"aboutCalls": true}' WHERE "id" = '8569e1c8-0388-85da-a29a-b2653b7fb305';

-- Open consoles ask every second, by the database's clock, what has come since.
ALTER TABLE "incoming_appeals" ADD COLUMN "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();
CREATE INDEX "incoming_appeals_stored_at_idx" ON "incoming_appeals"("stored_at");

-- A file that was made while its reader left is not handed out, and the audit says so.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" = %L)',
        allowed, 'console.file-withheld'
    );
END
$$;
