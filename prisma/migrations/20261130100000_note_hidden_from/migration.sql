-- Staff of whom a note of the family speaks: it is not shown to them.
ALTER TABLE "request_events" ADD COLUMN "hidden_from" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
