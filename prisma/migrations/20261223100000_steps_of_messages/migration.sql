-- Open consoles ask every second, by the database's clock, what became of messages about families.
ALTER TABLE "incoming_steps" ADD COLUMN "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();
CREATE INDEX "incoming_steps_stored_at_idx" ON "incoming_steps"("stored_at");
