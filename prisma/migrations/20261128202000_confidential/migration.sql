-- A further audience, for named minors only. What exists keeps its audience.
ALTER TABLE "activities" DROP CONSTRAINT "activities_audience_check",
    ADD CONSTRAINT "activities_audience_check" CHECK ("audience" IN ('family', 'adults', 'minors', 'confidential')),
    ADD CONSTRAINT "activities_confidential_check" CHECK ("audience" <> 'confidential' OR cardinality("member_ids") > 0);
ALTER TABLE "visits" DROP CONSTRAINT "visits_audience_check",
    ADD CONSTRAINT "visits_audience_check" CHECK ("audience" IN ('family', 'adults', 'minors', 'confidential')),
    ADD CONSTRAINT "visits_confidential_check" CHECK ("audience" <> 'confidential' OR cardinality("member_ids") > 0);

ALTER TABLE "plan_versions" ADD COLUMN     "confidential_only" BOOLEAN NOT NULL DEFAULT false;
