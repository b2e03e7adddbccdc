-- «Семья предлагает»: what a member wishes for the plan, and the one answer to it.
CREATE TABLE "plan_proposals" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "plan_proposals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "plan_proposals_text_sealed" CHECK ("text" LIKE 'v1.%.%'),
    CONSTRAINT "plan_proposals_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "plan_proposals_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "plan_proposals_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "plan_proposals_family_id_at_id_idx" ON "plan_proposals"("family_id", "at", "id");
CREATE INDEX "plan_proposals_person_id_idx" ON "plan_proposals"("person_id");

CREATE TABLE "plan_proposal_answers" (
    "proposal_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "code" TEXT,
    "help_kind" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "plan_proposal_answers_pkey" PRIMARY KEY ("proposal_id"),
    CONSTRAINT "plan_proposal_answers_kind_check" CHECK ("kind" IN ('accepted', 'noted', 'declined')),
    CONSTRAINT "plan_proposal_answers_reason_check" CHECK ("kind" <> 'declined' OR "text" IS NOT NULL),
    CONSTRAINT "plan_proposal_answers_draft_check" CHECK (("kind" = 'accepted') = ("code" IS NOT NULL) AND ("kind" = 'accepted' OR "help_kind" IS NULL)),
    CONSTRAINT "plan_proposal_answers_text_sealed" CHECK ("text" LIKE 'v1.%.%'),
    CONSTRAINT "plan_proposal_answers_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "plan_proposal_answers_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "plan_proposals"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "plan_proposal_answers_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "plan_proposal_answers_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

SELECT "make_append_only"('plan_proposals');
SELECT "make_append_only"('plan_proposal_answers');
