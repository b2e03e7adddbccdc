-- What is evidence is only ever added to (ADR 41). `src/storage/append-only.ts` has the same list, and a test compares them.

-- A later erasure, by order of the law, is for whoever owns the tables: SET LOCAL "ryadom.erasing" = 'on'.
CREATE FUNCTION "may_erase"("of_table" OID) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT current_setting('ryadom.erasing', true) = 'on'
        AND pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = "of_table"), 'USAGE')
$$;

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF "may_erase"(TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- For tables with columns that are filled once (first argument), or may change (second one).
CREATE FUNCTION "refuse_other_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    once TEXT[] := string_to_array(TG_ARGV[0], ',');
    changing TEXT[] := string_to_array(TG_ARGV[1], ',');
    earlier JSONB := to_jsonb(OLD);
    later JSONB := to_jsonb(NEW);
BEGIN
    IF (earlier - once - changing) = (later - once - changing) AND NOT EXISTS (
        SELECT FROM unnest(once) AS name WHERE earlier -> name <> 'null' AND earlier -> name <> later -> name
    ) THEN
        RETURN NEW;
    END IF;
    IF "may_erase"(TG_RELID) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Later migrations call it for their tables.
CREATE FUNCTION "make_append_only"("for_table" REGCLASS, "once" TEXT[] DEFAULT '{}', "changing" TEXT[] DEFAULT '{}')
RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    named TEXT := (SELECT relname FROM pg_catalog.pg_class WHERE oid = "for_table");
BEGIN
    IF cardinality("once" || "changing") = 0 THEN
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"()',
            named || '_append_only', "for_table");
    ELSE
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"()',
            named || '_append_only', "for_table");
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"(%L, %L)',
            named || '_fixed', "for_table", array_to_string("once", ','), array_to_string("changing", ','));
    END IF;
END
$$;

-- What a person takes back is a row of its own. `consents.withdrawn_at` is not written any more.
CREATE TABLE "consent_withdrawals" (
    "consent_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_withdrawals_pkey" PRIMARY KEY ("consent_id")
);
ALTER TABLE "consent_withdrawals" ADD CONSTRAINT "consent_withdrawals_consent_id_fkey" FOREIGN KEY ("consent_id") REFERENCES "consents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "consent_withdrawals" ("consent_id", "at")
    SELECT "id", "withdrawn_at" FROM "consents" WHERE "withdrawn_at" IS NOT NULL;
ALTER TABLE "consents" ADD CONSTRAINT "consents_withdrawn_check" CHECK ("withdrawn_at" IS NULL) NOT VALID;

DROP TRIGGER "audit_entries_append_only" ON "audit_entries";
DROP TRIGGER "routing_decisions_append_only" ON "routing_decisions";
DROP TRIGGER "plan_versions_append_only" ON "plan_versions";
DROP TRIGGER "activity_opinions_append_only" ON "activity_opinions";
DROP TRIGGER "family_events_append_only" ON "family_events";
DROP TRIGGER "safety_overrides_append_only" ON "safety_overrides";
DROP TRIGGER "survey_versions_fixed" ON "survey_versions";
DROP FUNCTION "refuse_change_of_audit"();
DROP FUNCTION "refuse_change_of_decision"();
DROP FUNCTION "refuse_change_of_plan"();
DROP FUNCTION "refuse_change_of_safety_override"();
DROP FUNCTION "refuse_change_of_survey"();

SELECT "make_append_only"('activity_opinions');
SELECT "make_append_only"('audit_entries');
SELECT "make_append_only"('consent_withdrawals');
SELECT "make_append_only"('consents', once => '{request_id}');
SELECT "make_append_only"('family_events');
SELECT "make_append_only"('messages', once => '{delivered_at,read_at}');
SELECT "make_append_only"('plan_versions');
SELECT "make_append_only"('request_events');
SELECT "make_append_only"('routing_decisions');
SELECT "make_append_only"('safety_facts', changing => '{until,ended_by_staff_id,ended_by_key_id}');
SELECT "make_append_only"('safety_overrides');
SELECT "make_append_only"('said_done', once => '{withdrawn_at}');
SELECT "make_append_only"('survey_versions', once => '{retired_at}');
SELECT "make_append_only"('visit_answers');

-- Answers change until they are sent (rows: see the survey's migration); whole tables are emptied by nobody.
CREATE TRIGGER "survey_answers_append_only" BEFORE TRUNCATE ON "survey_answers"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "survey_responses_append_only" BEFORE TRUNCATE ON "survey_responses"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE OR REPLACE FUNCTION "refuse_change_of_sent_answers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM "survey_responses"
        WHERE "invitation_id" IN (NEW."invitation_id", OLD."invitation_id") AND "finished_at" IS NOT NULL
    ) AND NOT "may_erase"(TG_RELID) THEN
        RAISE EXCEPTION 'survey_answers: the answers were sent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE OR REPLACE FUNCTION "refuse_second_sending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."finished_at" IS NOT NULL AND NOT "may_erase"(TG_RELID) THEN
        RAISE EXCEPTION 'survey_responses: the answers were sent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;

-- The one deletion that the app may ask for: consents of a draft that never became a request. A refusal leaves nothing
-- behind (ADR 8), and there is no evidence of a request that was never made. It runs as the owner of the tables.
CREATE FUNCTION "forget_unused_consents"("of_person" UUID) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    gone INTEGER;
BEGIN
    IF EXISTS (SELECT FROM family_members WHERE person_id = "of_person") THEN
        RETURN 0;
    END IF;
    PERFORM set_config('ryadom.erasing', 'on', true);
    DELETE FROM consent_withdrawals WHERE consent_id IN (
        SELECT id FROM consents WHERE person_id = "of_person" AND request_id IS NULL
    );
    DELETE FROM consents WHERE person_id = "of_person" AND request_id IS NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('ryadom.erasing', 'off', true);
    RETURN gone;
END
$$;
