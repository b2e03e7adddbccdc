-- A stage is where the case is, an event is a row with its own date, and terms are counted from events. Episodes and events of
-- families that are here already are made from the history of their stages when the app starts (ADR 75), because that needs
-- the region's rules.
CREATE TABLE "episodes" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "ground" TEXT NOT NULL,
    "accepted_on" DATE NOT NULL,
    "opening_stage" TEXT NOT NULL,
    "closed_on" DATE,
    "closing" TEXT,
    "contact_after" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "episodes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "episodes_number_check" CHECK ("number" > 0),
    CONSTRAINT "episodes_ground_check" CHECK ("ground" IN ('request', 'earlier', 'return')),
    CONSTRAINT "episodes_closing_check" CHECK ("closing" IS NULL OR "closed_on" IS NOT NULL),
    CONSTRAINT "episodes_order_check" CHECK ("closed_on" >= "accepted_on"),
    CONSTRAINT "episodes_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "episodes_family_id_number_key" ON "episodes"("family_id", "number");
CREATE UNIQUE INDEX "episodes_open" ON "episodes"("family_id") WHERE "closed_on" IS NULL;

CREATE TABLE "case_events" (
    "id" BIGSERIAL NOT NULL,
    "family_id" UUID NOT NULL,
    "episode_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "detail" TEXT,
    "reason" TEXT,
    "words" TEXT,
    "left_stage" TEXT,
    "implied" BOOLEAN NOT NULL DEFAULT false,
    "void" BOOLEAN NOT NULL DEFAULT false,
    "corrects_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    CONSTRAINT "case_events_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "case_events_round_check" CHECK ("round" > 0),
    CONSTRAINT "case_events_void_check" CHECK (NOT "void" OR "corrects_id" IS NOT NULL),
    CONSTRAINT "case_events_words_sealed" CHECK ("words" LIKE 'v1.%.%'),
    CONSTRAINT "case_events_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_events_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_events_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "case_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- A row is replaced once: a correction of a correction names the row that is in force.
CREATE UNIQUE INDEX "case_events_corrects_id_key" ON "case_events"("corrects_id");
CREATE INDEX "case_events_family_id_id_idx" ON "case_events"("family_id", "id");
SELECT "make_append_only"('case_events');

CREATE TABLE "case_terms" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "episode_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "nth" INTEGER NOT NULL,
    "counted_from" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "act_by" DATE NOT NULL,
    "near_on" DATE NOT NULL,
    "responsible" TEXT NOT NULL,
    "by_default" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "met_on" DATE,
    "look_at" TIMESTAMPTZ(3),
    "near_told_at" TIMESTAMPTZ(3),
    "missed_told_at" TIMESTAMPTZ(3),
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3),
    CONSTRAINT "case_terms_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "case_terms_state_check" CHECK ("state" IN ('open', 'met', 'explained', 'gone')),
    CONSTRAINT "case_terms_order_check" CHECK ("counted_from" <= "act_by" AND "act_by" <= "due_on"),
    CONSTRAINT "case_terms_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_terms_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "case_terms_in_force" ON "case_terms"("episode_id", "code", "round", "nth") WHERE "replaced_at" IS NULL;
-- The sweep reads those alone that are to be looked at by now, however many cases are open.
CREATE INDEX "case_terms_look" ON "case_terms"("look_at") WHERE "replaced_at" IS NULL AND "state" = 'open';
CREATE INDEX "case_terms_open" ON "case_terms"("due_on", "id") WHERE "replaced_at" IS NULL AND "state" = 'open';
CREATE INDEX "case_terms_family_id_idx" ON "case_terms"("family_id");

-- By which rules and days the terms of a family were counted last; null: not yet.
ALTER TABLE "families" ADD COLUMN "terms_mark" TEXT;
CREATE INDEX "families_terms_mark" ON "families"("region", "terms_mark");

-- Told to supervisors: a stage was left out.
ALTER TABLE "work_alarms" DROP CONSTRAINT "work_alarms_cause_check",
    ADD CONSTRAINT "work_alarms_cause_check" CHECK ("cause" IN ('deadline-near', 'deadline-past', 'still', 'nobody', 'skipped'));

-- In Nyagan the interim diagnosis takes place within the activities and comes again: it is no stage. What was recorded as that
-- stage stays in the history, and counts as a diagnosis that was made.
UPDATE "families" SET "stage" = 'activities', "revision" = "revision" + 1 WHERE "region" = 'nyagan' AND "stage" = 'interim-diagnosis';
UPDATE "requests" SET "stage" = 'activities' WHERE "region" = 'nyagan' AND "stage" = 'interim-diagnosis';
