-- The quarterly report of a region: what was handed in, what was told of it, and the facts that only it counts.
CREATE TABLE "handed_in_reports" (
    "id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "categories" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "faults" TEXT[] NOT NULL,
    "reason" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "handed_in_reports_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "handed_in_reports_categories_check" CHECK ("categories" IN ('all', 'main')),
    -- A correction says why.
    CONSTRAINT "handed_in_reports_number_check" CHECK ("number" = 1 AND "reason" IS NULL OR "number" > 1 AND "reason" IS NOT NULL),
    CONSTRAINT "handed_in_reports_reason_sealed" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "handed_in_reports_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "handed_in_reports_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- Two who hand in at once: one of them does.
CREATE UNIQUE INDEX "handed_in_reports_region_period_number_key" ON "handed_in_reports"("region", "period", "number");

SELECT "make_append_only"('handed_in_reports');

CREATE TABLE "report_notices" (
    "region" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "report_notices_pkey" PRIMARY KEY ("region", "period", "kind")
);

CREATE TABLE "case_outcomes" (
    "id" BIGSERIAL NOT NULL,
    "family_id" UUID NOT NULL,
    "episode_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "answer" BOOLEAN NOT NULL,
    "day" DATE NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "case_outcomes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "case_outcomes_kind_check" CHECK ("kind" IN ('better', 'overcame')),
    CONSTRAINT "case_outcomes_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "case_outcomes_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_outcomes_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_outcomes_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_outcomes_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "case_outcomes_family_id_idx" ON "case_outcomes"("family_id");
CREATE INDEX "case_outcomes_episode_id_kind_id_idx" ON "case_outcomes"("episode_id", "kind", "id");

SELECT "make_append_only"('case_outcomes');

-- Which help of the catalogue an activity is, sealed; empty: none; null: published before this, and read from the plan.
ALTER TABLE "activities" ADD COLUMN "catalogue" TEXT,
    ADD CONSTRAINT "activities_catalogue_sealed" CHECK ("catalogue" = '' OR "catalogue" LIKE 'v1.%.%');

CREATE INDEX "case_events_episode_id_kind_idx" ON "case_events"("episode_id", "kind");
CREATE INDEX "activity_marks_taken_place" ON "activity_marks"("on") WHERE "author" = 'staff' AND "happened";

DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L))',
        allowed, 'family.report', 'report.handed-in', 'report.corrected'
    );
END
$$;
