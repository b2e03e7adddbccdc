-- What came of each help (Crimea 1). Evidence: the last row of an activity holds, and one without a result takes it back.
CREATE TABLE "help_results" (
    "id" BIGSERIAL NOT NULL,
    "activity_id" UUID NOT NULL,
    "result" TEXT,
    "on" DATE NOT NULL,
    "told_on" DATE,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "help_results_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "help_results_result_check" CHECK ("result" IN ('received', 'no-right', 'not-possible')),
    CONSTRAINT "help_results_told_check" CHECK (("told_on" IS NOT NULL) = ("result" IN ('no-right', 'not-possible')) OR "result" IS NULL AND "told_on" IS NULL),
    CONSTRAINT "help_results_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "help_results_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activities"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "help_results_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "help_results_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "help_results_activity_id_id_idx" ON "help_results"("activity_id", "id");

SELECT "make_append_only"('help_results');

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'register.opened'
    );
END
$$;
