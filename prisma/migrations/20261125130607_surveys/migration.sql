-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "said_done_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "surveys_off" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "survey_versions" (
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "api_key_id" UUID,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_versions_pkey" PRIMARY KEY ("code","version")
);

-- CreateTable
CREATE TABLE "survey_invitations" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "survey_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "curator_id" UUID,
    "visit_id" UUID,
    "territory" TEXT NOT NULL,
    "level" TEXT,
    "help_kinds" TEXT[],
    "minor" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "invited_at" TIMESTAMPTZ(3),
    "later" INTEGER NOT NULL DEFAULT 0,
    "reminded_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "counted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "survey_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_responses" (
    "invitation_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "contact_allowed" BOOLEAN NOT NULL DEFAULT false,
    "alias" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "survey_responses_pkey" PRIMARY KEY ("invitation_id")
);

-- CreateTable
CREATE TABLE "survey_answers" (
    "invitation_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "number" SMALLINT,
    "codes" TEXT[],
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_answers_pkey" PRIMARY KEY ("invitation_id","question")
);

-- CreateTable
CREATE TABLE "survey_tallies" (
    "survey_code" TEXT NOT NULL,
    "territory" TEXT NOT NULL,
    "slice" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "minor" BOOLEAN NOT NULL,
    "question" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "counts" INTEGER[],
    "families" BIGINT[],

    CONSTRAINT "survey_tallies_pkey" PRIMARY KEY ("survey_code","territory","slice","month","minor","question","since")
);

-- CreateTable
CREATE TABLE "survey_funnels" (
    "survey_code" TEXT NOT NULL,
    "territory" TEXT NOT NULL,
    "slice" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "minor" BOOLEAN NOT NULL,
    "stopped" TEXT NOT NULL,
    "invited" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL,
    "started" INTEGER NOT NULL,
    "finished" INTEGER NOT NULL,

    CONSTRAINT "survey_funnels_pkey" PRIMARY KEY ("survey_code","slice","month","territory","minor","stopped")
);

-- CreateTable
CREATE TABLE "survey_salt" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "salt" TEXT NOT NULL,

    CONSTRAINT "survey_salt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_rescues" (
    "id" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "remind_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "survey_rescues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "said_done" (
    "id" UUID NOT NULL,
    "survey_code" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,
    "territory" TEXT,
    "said" TEXT NOT NULL,
    "done" TEXT NOT NULL,
    "said_en" TEXT,
    "done_en" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "said_done_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "results_links" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "results_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "results_sessions" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "results_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_digests" (
    "staff_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_digests_pkey" PRIMARY KEY ("staff_id","week")
);

-- CreateIndex
CREATE UNIQUE INDEX "survey_invitations_key_key" ON "survey_invitations"("key");

-- CreateIndex
CREATE INDEX "survey_invitations_person_id_status_idx" ON "survey_invitations"("person_id", "status");

-- CreateIndex
CREATE INDEX "survey_invitations_family_id_idx" ON "survey_invitations"("family_id");

-- CreateIndex
CREATE INDEX "survey_invitations_survey_code_invited_at_idx" ON "survey_invitations"("survey_code", "invited_at");

-- CreateIndex
CREATE INDEX "survey_invitations_curator_id_survey_code_idx" ON "survey_invitations"("curator_id", "survey_code");

-- CreateIndex
CREATE UNIQUE INDEX "survey_responses_alias_key" ON "survey_responses"("alias");

-- CreateIndex
CREATE UNIQUE INDEX "survey_rescues_invitation_id_key" ON "survey_rescues"("invitation_id");

-- CreateIndex
CREATE INDEX "survey_rescues_asked_at_idx" ON "survey_rescues"("asked_at");

-- CreateIndex
CREATE INDEX "said_done_published_at_idx" ON "said_done"("published_at");

-- CreateIndex
CREATE UNIQUE INDEX "results_links_token_hash_key" ON "results_links"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "results_sessions_token_hash_key" ON "results_sessions"("token_hash");

-- CreateIndex
CREATE INDEX "results_sessions_expires_at_idx" ON "results_sessions"("expires_at");

-- AddForeignKey
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_survey_code_version_fkey" FOREIGN KEY ("survey_code", "version") REFERENCES "survey_versions"("code", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_curator_id_fkey" FOREIGN KEY ("curator_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_responses" ADD CONSTRAINT "survey_responses_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "survey_invitations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_answers" ADD CONSTRAINT "survey_answers_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "survey_responses"("invitation_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_rescues" ADD CONSTRAINT "survey_rescues_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "survey_invitations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_rescues" ADD CONSTRAINT "survey_rescues_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results_links" ADD CONSTRAINT "results_links_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results_sessions" ADD CONSTRAINT "results_sessions_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_digests" ADD CONSTRAINT "survey_digests_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The minute's sweep asks what is to be told of, what is to be reminded of, and what has ended unanswered.
CREATE INDEX "survey_invitations_waiting" ON "survey_invitations" ("due_at") WHERE "status" = 'waiting';
CREATE INDEX "survey_invitations_open" ON "survey_invitations" ("expires_at") WHERE "status" IN ('waiting', 'invited');
CREATE INDEX "survey_invitations_uncounted" ON "survey_invitations" ("survey_code", "invited_at") WHERE NOT "counted";
CREATE INDEX "survey_rescues_open" ON "survey_rescues" ("remind_at") WHERE "answered_at" IS NULL;

-- Closed sets, and columns that hold sealed values only.
ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed',
        'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits',
        'words.changed', 'surveys.changed', 'surveys.answers', 'surveys.export'
    ));
ALTER TABLE "survey_versions"
    ADD CONSTRAINT "survey_versions_version_check" CHECK ("version" >= 1);
ALTER TABLE "survey_invitations"
    ADD CONSTRAINT "survey_invitations_status_check" CHECK ("status" IN ('waiting', 'invited', 'finished', 'declined', 'expired', 'dropped')),
    ADD CONSTRAINT "survey_invitations_level_check" CHECK ("level" IN ('adaptation', 'basic', 'crisis', 'emergency')),
    ADD CONSTRAINT "survey_invitations_ended_check" CHECK (("status" IN ('waiting', 'invited')) = ("ended_at" IS NULL));
ALTER TABLE "survey_answers"
    ADD CONSTRAINT "survey_answers_number_check" CHECK ("number" BETWEEN 0 AND 10),
    ADD CONSTRAINT "survey_answers_text_sealed" CHECK ("text" LIKE 'v1.%.%');
ALTER TABLE "survey_tallies"
    ADD CONSTRAINT "survey_tallies_counts_check" CHECK (cardinality("counts") >= 2),
    ADD CONSTRAINT "survey_tallies_families_check" CHECK (cardinality("families") <= 5);
ALTER TABLE "survey_salt"
    ADD CONSTRAINT "survey_salt_one_check" CHECK ("id" = 1);
INSERT INTO "survey_salt" ("salt") VALUES (gen_random_uuid()::text || gen_random_uuid()::text);
ALTER TABLE "said_done"
    ADD CONSTRAINT "said_done_period_check" CHECK ("from" <= "until"),
    ADD CONSTRAINT "said_done_english_check" CHECK (("said_en" IS NULL) = ("done_en" IS NULL));

-- What was asked is for whoever reads the answers as it was; only its end is written later.
CREATE FUNCTION "refuse_change_of_survey"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."code" = OLD."code" AND NEW."version" = OLD."version"
        AND NEW."definition" = OLD."definition" AND NEW."published_at" = OLD."published_at" THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'survey_versions: a change is a new version' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "survey_versions_fixed" BEFORE UPDATE OR DELETE ON "survey_versions"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_survey"();

-- What was sent stays as it was sent, and is counted once.
CREATE FUNCTION "refuse_change_of_sent_answers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM "survey_responses"
        WHERE "invitation_id" IN (NEW."invitation_id", OLD."invitation_id") AND "finished_at" IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'survey_answers: the answers were sent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER "survey_answers_sent" BEFORE INSERT OR UPDATE OR DELETE ON "survey_answers"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_sent_answers"();
CREATE FUNCTION "refuse_second_sending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."finished_at" IS NOT NULL THEN
        RAISE EXCEPTION 'survey_responses: the answers were sent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER "survey_responses_sent" BEFORE UPDATE OR DELETE ON "survey_responses"
    FOR EACH ROW EXECUTE FUNCTION "refuse_second_sending"();

-- Who reads answers. The product takes one of these roles before it reads any, and each sees its own views and no table:
-- a query that asks for more than its reader may see is refused by the database, whatever the code around it says.
DO $$
DECLARE
    reader TEXT;
BEGIN
    FOREACH reader IN ARRAY ARRAY['ryadom_survey_results', 'ryadom_survey_supervisor', 'ryadom_survey_curator'] LOOP
        -- Roles are the server's, not the database's: another database may have made them, or be making them now.
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = reader) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', reader);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
        IF NOT pg_has_role(CURRENT_USER, reader, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', reader);
        END IF;
    END LOOP;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the roles that read survey answers could not be made: %', SQLERRM USING
            ERRCODE = 'insufficient_privilege',
            HINT = format('As an administrator: CREATE ROLE ryadom_survey_results NOLOGIN; CREATE ROLE ryadom_survey_supervisor NOLOGIN; CREATE ROLE ryadom_survey_curator NOLOGIN; GRANT ryadom_survey_results, ryadom_survey_supervisor, ryadom_survey_curator TO %I; those that are there already need no CREATE. Then start again.', CURRENT_USER);
END
$$;

-- What a reader reaches is set for its transaction: `ryadom.territories` (codes with commas between, or *), and
-- `ryadom.staff_id` (who looks; `-` for a system, which is nobody's curator). Where nothing is set, nothing is seen. The
-- sums of all territories, which are kept as those of *, are for whoever reaches all.
CREATE VIEW "survey_sums_adults" WITH (security_barrier) AS
    SELECT "survey_code", "territory", "slice", "month", "question", "since", "counts", "families"
    FROM "survey_tallies"
    WHERE NOT "minor" AND ((SELECT current_setting('ryadom.territories', true) = '*')
        OR "territory" = ANY ((SELECT string_to_array(current_setting('ryadom.territories', true), ','))::text[]));

CREATE VIEW "survey_sums" WITH (security_barrier) AS
    SELECT "survey_code", "territory", "slice", "month", "question", "since", "counts", "families", "minor"
    FROM "survey_tallies"
    WHERE (SELECT current_setting('ryadom.territories', true) = '*')
        OR "territory" = ANY ((SELECT string_to_array(current_setting('ryadom.territories', true), ','))::text[]);

-- How far invitations have come: sums of those that have ended, and the others one by one.
CREATE VIEW "survey_funnel" WITH (security_barrier) AS
    SELECT "survey_code", "territory", "slice", "month", "minor", "stopped", "invited", "opened", "started", "finished"
    FROM "survey_funnels" WHERE (SELECT current_setting('ryadom.territories', true) = '*')
        OR "territory" = ANY ((SELECT string_to_array(current_setting('ryadom.territories', true), ','))::text[]);
CREATE VIEW "survey_funnel_adults" WITH (security_barrier) AS
    SELECT "survey_code", "territory", "slice", "month", "stopped", "invited", "opened", "started", "finished"
    FROM "survey_funnel" WHERE NOT "minor";

CREATE VIEW "survey_funnel_open" WITH (security_barrier) AS
    SELECT i."survey_code", i."invited_at", i."territory", i."level", i."help_kinds", i."curator_id", i."minor",
        i."opened_at" IS NOT NULL AS "opened", r."invitation_id" IS NOT NULL AS "started", r."finished_at" IS NOT NULL AS "finished",
        CASE WHEN r."finished_at" IS NULL THEN (
            SELECT a."question" FROM "survey_answers" a WHERE a."invitation_id" = r."invitation_id"
            ORDER BY a."at" DESC, a."question" LIMIT 1
        ) END AS "stopped"
    FROM "survey_invitations" i LEFT JOIN "survey_responses" r ON r."invitation_id" = i."id"
    WHERE NOT i."counted" AND i."invited_at" IS NOT NULL AND ((SELECT current_setting('ryadom.territories', true) = '*')
        OR i."territory" = ANY ((SELECT string_to_array(current_setting('ryadom.territories', true), ','))::text[]));
CREATE VIEW "survey_funnel_open_adults" WITH (security_barrier) AS
    SELECT "survey_code", "invited_at", "territory", "level", "help_kinds", "curator_id", "opened", "started", "finished", "stopped"
    FROM "survey_funnel_open" WHERE NOT "minor";

-- Single answers, of sets that were sent only. Whoever answered is named where they allowed it, and whom it is about where
-- five families have answered about them; nobody reads what is about themselves. `invitation_id` opens the sealed words.
CREATE VIEW "survey_single_answers" WITH (security_barrier) AS
    SELECT r."alias" AS "id", i."survey_code", i."version", a."question", a."since", a."number", a."codes", a."text",
        date_trunc('week', r."finished_at" AT TIME ZONE 'UTC')::date AS "week", i."territory", i."level", i."minor",
        CASE WHEN (i."survey_code", 'curator:' || i."curator_id") IN (
            SELECT t."survey_code", t."slice" FROM "survey_tallies" t, unnest(t."families") AS family
            WHERE t."territory" = '*' AND t."question" = '*' AND t."slice" LIKE 'curator:%'
            GROUP BY t."survey_code", t."slice" HAVING count(DISTINCT family) >= 5
        ) THEN i."curator_id" END AS "curator_id",
        CASE WHEN r."contact_allowed" THEN i."family_id" END AS "family_id",
        CASE WHEN r."contact_allowed" THEN i."member_id" END AS "member_id",
        i."id" AS "invitation_id"
    FROM "survey_responses" r
    JOIN "survey_invitations" i ON i."id" = r."invitation_id"
    JOIN "survey_answers" a ON a."invitation_id" = r."invitation_id"
    WHERE r."finished_at" IS NOT NULL
        AND NULLIF(current_setting('ryadom.staff_id', true), '') IS NOT NULL
        AND i."curator_id"::text IS DISTINCT FROM current_setting('ryadom.staff_id', true)
        AND ((SELECT current_setting('ryadom.territories', true) = '*')
            OR i."territory" = ANY ((SELECT string_to_array(current_setting('ryadom.territories', true), ','))::text[]));
-- Of all that is counted by territory, month and slice, sets alone are judged together.
CREATE INDEX "survey_tallies_sets" ON "survey_tallies" ("survey_code", "month") WHERE "question" = '*';
CREATE INDEX "survey_responses_week" ON "survey_responses" ((date_trunc('week', "finished_at" AT TIME ZONE 'UTC')::date), "alias")
    WHERE "finished_at" IS NOT NULL;

-- What a curator sees of what adults said about them: quarters that are over, and five families in each figure. A sum
-- that grew from day to day, or by months of their choice, would tell them what the last family said.
CREATE VIEW "survey_curator_sums" WITH (security_barrier) AS
    WITH own AS (
        SELECT "survey_code", date_trunc('quarter', "month")::date AS "quarter", "question", "since", "counts", "families"
        FROM "survey_tallies"
        WHERE NOT "minor" AND "territory" = '*' AND "slice" = 'curator:' || NULLIF(current_setting('ryadom.staff_id', true), '')
            AND "month" < date_trunc('quarter', now() AT TIME ZONE 'UTC')::date
    ), enough AS (
        SELECT "survey_code", "quarter", "question", "since" FROM own, unnest("families") AS family
        GROUP BY "survey_code", "quarter", "question", "since" HAVING count(DISTINCT family) >= 5
    )
    SELECT "survey_code", "quarter", "question", "since", sum("counts"[2])::int AS "answered", sum("counts"[1])::int AS "passed_over",
        ARRAY(
            SELECT coalesce(sum(o."counts"[place]), 0)::int FROM own o, generate_series(3, 13) AS place
            WHERE (o."survey_code", o."quarter", o."question", o."since") = (own."survey_code", own."quarter", own."question", own."since")
            GROUP BY place ORDER BY place
        ) AS "values"
    FROM own JOIN enough USING ("survey_code", "quarter", "question", "since")
    GROUP BY "survey_code", "quarter", "question", "since";

REVOKE ALL ON "survey_sums_adults", "survey_sums", "survey_funnel_adults", "survey_funnel", "survey_funnel_open_adults", "survey_funnel_open", "survey_single_answers", "survey_curator_sums" FROM PUBLIC;
GRANT USAGE ON SCHEMA "public" TO "ryadom_survey_results", "ryadom_survey_supervisor", "ryadom_survey_curator";
GRANT SELECT ON "survey_sums_adults", "survey_funnel_adults", "survey_funnel_open_adults" TO "ryadom_survey_results";
GRANT SELECT ON "survey_sums", "survey_funnel", "survey_funnel_open", "survey_single_answers" TO "ryadom_survey_supervisor";
GRANT SELECT ON "survey_curator_sums" TO "ryadom_survey_curator";
