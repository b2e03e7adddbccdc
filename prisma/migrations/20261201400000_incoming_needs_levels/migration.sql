-- Messages about families from others than those who apply: a helpline, a school, a neighbour. Staff write them down; families
-- never see one.
CREATE TABLE "incoming_appeals" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "region" TEXT NOT NULL,
    "territory" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "content" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "incoming_appeals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "incoming_appeals_author_check" CHECK (("staff_id" IS NULL) <> ("api_key_id" IS NULL)),
    CONSTRAINT "incoming_appeals_content_sealed" CHECK ("content" LIKE 'v1.%.%'),
    CONSTRAINT "incoming_appeals_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "incoming_appeals_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "incoming_appeals_number_key" ON "incoming_appeals"("number");
CREATE INDEX "incoming_appeals_territory_at_idx" ON "incoming_appeals"("territory", "at");

-- What became of one: its family, its request, or that it was not confirmed. The last row of a kind holds.
CREATE TABLE "incoming_steps" (
    "id" BIGSERIAL NOT NULL,
    "appeal_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "family_id" UUID,
    "request_id" UUID,
    "reason" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "incoming_steps_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "incoming_steps_kind_check" CHECK ("kind" IN ('family', 'request', 'unconfirmed')),
    CONSTRAINT "incoming_steps_subject_check" CHECK (
        ("kind" = 'family') = ("family_id" IS NOT NULL) AND ("kind" = 'request') = ("request_id" IS NOT NULL)
        AND ("kind" = 'unconfirmed') = ("reason" IS NOT NULL)
    ),
    CONSTRAINT "incoming_steps_reason_sealed" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "incoming_steps_appeal_id_fkey" FOREIGN KEY ("appeal_id") REFERENCES "incoming_appeals"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "incoming_steps_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "incoming_steps_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "incoming_steps_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "incoming_steps_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "incoming_steps_appeal_id_idx" ON "incoming_steps"("appeal_id");
CREATE INDEX "incoming_steps_family_id_idx" ON "incoming_steps"("family_id");

-- Categories and circumstances of a case. A row states one from a day to a day; an end or a correction is a further version of it.
CREATE TABLE "case_needs" (
    "id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "family_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "found_by" TEXT NOT NULL,
    "request_id" UUID,
    "reason" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "case_needs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "case_needs_kind_check" CHECK ("kind" IN ('category', 'circumstance')),
    CONSTRAINT "case_needs_found_by_check" CHECK ("found_by" IN ('family', 'other', 'staff', 'survey', 'body')),
    CONSTRAINT "case_needs_order_check" CHECK ("until" >= "since"),
    CONSTRAINT "case_needs_code_sealed" CHECK ("code" LIKE 'v1.%.%'),
    CONSTRAINT "case_needs_reason_sealed" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "case_needs_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_needs_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_needs_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "case_needs_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "case_needs_need_id_version_key" ON "case_needs"("need_id", "version");
CREATE INDEX "case_needs_family_id_idx" ON "case_needs"("family_id");

-- Which category of a family is the main one, from a day on.
CREATE TABLE "main_categories" (
    "id" BIGSERIAL NOT NULL,
    "family_id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "since" DATE NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "main_categories_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "main_categories_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "main_categories_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "main_categories_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "main_categories_family_id_idx" ON "main_categories"("family_id");

-- The signs that staff ticked, the level that they propose, and the one that a person chose.
CREATE TABLE "level_decisions" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "signs" TEXT NOT NULL,
    "proposed" TEXT,
    "level" TEXT NOT NULL,
    "reason" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "level_decisions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "level_decisions_proposed_check" CHECK ("proposed" IN ('adaptation', 'basic', 'crisis', 'emergency')),
    CONSTRAINT "level_decisions_level_check" CHECK ("level" IN ('adaptation', 'basic', 'crisis', 'emergency')),
    CONSTRAINT "level_decisions_why_check" CHECK ("proposed" IS NULL OR "proposed" = "level" OR "reason" IS NOT NULL),
    CONSTRAINT "level_decisions_signs_sealed" CHECK ("signs" LIKE 'v1.%.%'),
    CONSTRAINT "level_decisions_reason_sealed" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "level_decisions_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "level_decisions_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "level_decisions_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "level_decisions_family_id_idx" ON "level_decisions"("family_id");

SELECT "make_append_only"('incoming_appeals');
SELECT "make_append_only"('incoming_steps');
SELECT "make_append_only"('case_needs');
SELECT "make_append_only"('main_categories');
SELECT "make_append_only"('level_decisions');

-- Seven more actions, besides whatever the check allows by now.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L, %L, %L, %L, %L))',
        allowed, 'incoming.registered', 'incoming.changed', 'incoming.details', 'family.needs', 'family.needs-changed',
        'family.level', 'family.level-changed'
    );
END
$$;
