-- «Можно позвонить?», with which a centre begins, is about a call: it is not offered to whom no call is safe.
UPDATE "quick_replies" SET "content" = "content" || '{"aboutCalls": true}' WHERE "id" = '8569e1c8-0388-85da-a29a-b2653b7fb305';

-- Open consoles ask every second, by the database's clock, what has come since.
ALTER TABLE "incoming_appeals" ADD COLUMN "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();
CREATE INDEX "incoming_appeals_stored_at_idx" ON "incoming_appeals"("stored_at");
