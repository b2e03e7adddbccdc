-- The supervisors' board asks of all families at once: which terms are near, which help runs, and where somebody has been.
CREATE INDEX "case_terms_near" ON "case_terms"("near_on") INCLUDE ("family_id", "due_on") WHERE "replaced_at" IS NULL AND "state" = 'open';
CREATE INDEX "case_terms_support" ON "case_terms"("family_id") INCLUDE ("counted_from") WHERE "replaced_at" IS NULL AND "state" = 'open' AND "code" = 'support';
CREATE INDEX "visits_done" ON "visits"("starts_at") INCLUDE ("family_id") WHERE "status" = 'done';
CREATE INDEX "visits_of_staff" ON "visits"("staff_id", "starts_at") WHERE "status" IN ('planned', 'done');

-- Families of one curator that a supervisor gives to somebody else: it begins after a moment in which it can be taken back.
CREATE TABLE "hand_overs" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID,
    "by_id" UUID NOT NULL,
    "family_ids" UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "begins_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "given" INTEGER,
    CONSTRAINT "hand_overs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "hand_overs_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "hand_overs_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "hand_overs_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "hand_overs_from_id_at_idx" ON "hand_overs"("from_id", "at");
