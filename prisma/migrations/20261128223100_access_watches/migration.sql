-- How many families and requests a staff member or key may open in an hour before a supervisor hears of it, if it is not
-- the usual number of the role, and when a supervisor last did. See ADR 40.
CREATE TABLE "access_watches" (
    "actor_id" UUID NOT NULL,
    "per_hour" INTEGER,
    "alerted_at" TIMESTAMPTZ(3),
    CONSTRAINT "access_watches_pkey" PRIMARY KEY ("actor_id"),
    CONSTRAINT "access_watches_per_hour_check" CHECK ("per_hour" > 0)
);

-- Rows come in the order of time, so a block range index costs next to nothing.
CREATE INDEX "audit_entries_at_idx" ON "audit_entries" USING BRIN ("at");
CREATE INDEX "audit_entries_api_key_id_id_idx" ON "audit_entries"("api_key_id", "id");

-- Three more actions, besides whatever the check allows by now: other migrations of this release extend it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L))',
        allowed, 'access.ended', 'access.limit-changed', 'audit.seen'
    );
END
$$;
