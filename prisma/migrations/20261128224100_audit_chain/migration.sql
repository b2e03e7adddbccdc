-- Each row of the audit has a link, and each link the hash of the one before (ADR 42). The app adds links a minute later.
CREATE TABLE "audit_links" (
    "position" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_links_pkey" PRIMARY KEY ("position")
);
CREATE UNIQUE INDEX "audit_links_entry_id_key" ON "audit_links"("entry_id");
CREATE INDEX "audit_links_day_position_idx" ON "audit_links"("day", "position");
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "audit_entries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "audit_links"
    ADD CONSTRAINT "audit_links_position_check" CHECK ("position" >= 1),
    ADD CONSTRAINT "audit_links_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');
SELECT "make_append_only"('audit_links');
