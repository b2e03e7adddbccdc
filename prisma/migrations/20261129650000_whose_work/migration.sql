-- When a claimed request, or a family under support, is looked at next: is a deadline near or past, does it stand still, has
-- it nobody. Null: at the next minute.
ALTER TABLE "requests" ADD COLUMN "clock_at" TIMESTAMPTZ(3);
ALTER TABLE "families" ADD COLUMN "clock_at" TIMESTAMPTZ(3);
CREATE INDEX "requests_clock" ON "requests"("clock_at" NULLS FIRST) WHERE "status" = 'claimed';
CREATE INDEX "families_clock" ON "families"("clock_at" NULLS FIRST) WHERE "status" = 'active';

-- What the clock has told whom: its specialist, and a working day later without an act the supervisors.
CREATE TABLE "work_alarms" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "family_id" UUID,
    "cause" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "level" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "work_alarms_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "work_alarms_subject_check" CHECK (("request_id" IS NULL) <> ("family_id" IS NULL)),
    CONSTRAINT "work_alarms_cause_check" CHECK ("cause" IN ('deadline-near', 'deadline-past', 'still', 'nobody')),
    CONSTRAINT "work_alarms_level_check" CHECK ("level" IN ('holder', 'supervisors')),
    CONSTRAINT "work_alarms_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "work_alarms_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "work_alarms_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "work_alarms_request" ON "work_alarms"("request_id", "cause", "detail", "since", "staff_id") WHERE "request_id" IS NOT NULL;
CREATE UNIQUE INDEX "work_alarms_family" ON "work_alarms"("family_id", "cause", "detail", "since", "staff_id") WHERE "family_id" IS NOT NULL;
CREATE INDEX "work_alarms_untold" ON "work_alarms"("at") WHERE "told_at" IS NULL;
CREATE INDEX "work_alarms_staff_id_told_at_idx" ON "work_alarms"("staff_id", "told_at");

-- On which days a member of staff has had their morning agenda.
CREATE TABLE "agendas" (
    "staff_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "agendas_pkey" PRIMARY KEY ("staff_id", "day"),
    CONSTRAINT "agendas_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Which request a member of staff has open on their live card: it is drawn anew when somebody else takes it.
CREATE TABLE "open_cases" (
    "staff_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "open_cases_pkey" PRIMARY KEY ("staff_id"),
    CONSTRAINT "open_cases_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "open_cases_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "open_cases_request_id_idx" ON "open_cases"("request_id");

-- Keyed hashes of the words of names and of phones, for the search of staff (ADR 58). `key`: the id of the key they were made with.
CREATE TABLE "search_marks" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "member_id" UUID,
    "mark" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    CONSTRAINT "search_marks_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "search_marks_subject_check" CHECK (("request_id" IS NULL) <> ("member_id" IS NULL)),
    CONSTRAINT "search_marks_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "search_marks_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "search_marks_mark_idx" ON "search_marks"("mark");
CREATE INDEX "search_marks_request_id_idx" ON "search_marks"("request_id");
CREATE INDEX "search_marks_member_id_idx" ON "search_marks"("member_id");

-- Why a supervisor has opened somebody else's request, sealed; append-only like the audit.
CREATE TABLE "oversights" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "oversights_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oversights_reason_check" CHECK ("reason" LIKE 'v1.%.%'),
    CONSTRAINT "oversights_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "oversights_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "oversights_request_id_staff_id_at_idx" ON "oversights"("request_id", "staff_id", "at");

SELECT "make_append_only"('oversights');

-- Three more actions, besides whatever the check allows by now.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L))',
        allowed, 'family.names', 'people.searched', 'request.overseen'
    );
END
$$;
