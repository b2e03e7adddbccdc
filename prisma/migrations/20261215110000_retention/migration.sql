-- Each run that deletes what is past its term leaves a row: how much, by rule.
CREATE TABLE "retention_runs" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    CONSTRAINT "retention_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "retention_runs_started_by_check" CHECK ("started_by" IN ('schedule', 'operator'))
);
CREATE INDEX "retention_runs_at_idx" ON "retention_runs"("at");
SELECT "make_append_only"('retention_runs');

-- Up to where entries of the audit were deleted for their age. Their links stay, so that the chain goes on being verified: from
-- here it is computed, before it is read. Written by the function below only.
CREATE TABLE "audit_forgotten" (
    "position" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "entries" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "audit_forgotten_pkey" PRIMARY KEY ("position"),
    CONSTRAINT "audit_forgotten_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$')
);
SELECT "make_append_only"('audit_forgotten');

ALTER TABLE "audit_links" DROP CONSTRAINT "audit_links_entry_id_fkey";

-- The second deletion that the app may ask for (ADR 112): entries older than three years, counted from the last day of the chain,
-- whatever is asked for. It runs as the owner of the tables.
CREATE FUNCTION "forget_old_audit"("until" DATE, "now_at" TIMESTAMPTZ, "most" INTEGER) RETURNS INTEGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    bound DATE;
    earlier BIGINT;
    cut BIGINT;
    gone INTEGER;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ryadom.audit-forgotten'));
    SELECT LEAST("until", (max(day) - INTERVAL '3 years')::date) INTO bound FROM audit_links;
    SELECT coalesce(max(position), 0) INTO earlier FROM audit_forgotten;
    SELECT max(position) INTO cut FROM (
        SELECT position FROM audit_links WHERE day < bound AND position > earlier ORDER BY position LIMIT "most"
    ) AS old;
    IF cut IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('ryadom.erasing', 'on', true);
    DELETE FROM audit_entries WHERE id IN (
        SELECT entry_id FROM audit_links WHERE position > earlier AND position <= cut
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('ryadom.erasing', 'off', true);
    INSERT INTO audit_forgotten (position, hash, entries, at)
        SELECT position, hash, gone, "now_at" FROM audit_links WHERE position = cut;
    RETURN gone;
END
$$;
