-- A quarterly report of a centre that is divided among its supervisors: each confirms the figures of their territories.
CREATE TABLE "report_parts" (
    "id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "territories" TEXT[] NOT NULL,
    "categories" TEXT NOT NULL,
    "seen" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "report_parts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "report_parts_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "report_parts_region_period_idx" ON "report_parts"("region", "period");
SELECT "make_append_only"('report_parts');

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'report.part-confirmed'
    );
END
$$;
