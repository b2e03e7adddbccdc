-- Days off that the centre adds to its calendar, and days worked for them, each with the act that says so.
CREATE TABLE "centre_days" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    CONSTRAINT "centre_days_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "centre_days_kind_check" CHECK ("kind" IN ('off', 'working'))
);
CREATE UNIQUE INDEX "centre_days_one_of_a_day" ON "centre_days"("day") WHERE "removed_at" IS NULL;

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'calendar.changed'
    );
END
$$;
