-- Erasure of a person or a family (ADR 110): keys are destroyed, and this clears what stands in the clear about them.
ALTER TABLE "persons" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "families" ADD COLUMN "erased_at" TIMESTAMPTZ(3);

CREATE TABLE "destruction_acts" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ground" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "keys" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "journal" JSONB NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "destruction_acts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "destruction_acts_ground_check" CHECK ("ground" IN ('withdrawal', 'request', 'order', 'term')),
    CONSTRAINT "destruction_acts_kind_check" CHECK ("kind" IN ('person', 'family'))
);
CREATE UNIQUE INDEX "destruction_acts_number_key" ON "destruction_acts"("number");
CREATE INDEX "destruction_acts_subject_id_idx" ON "destruction_acts"("subject_id");
SELECT "make_append_only"('destruction_acts');

-- What is still to be taken out of chats; sealed with a key of its own, which goes with it.
CREATE TABLE "erasure_errands" (
    "id" UUID NOT NULL,
    "content" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasure_errands_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "erasure_errands_content_sealed" CHECK ("content" LIKE 'v_.%.%')
);

-- Clears what names, describes or reaches whoever's keys were destroyed, and returns how many rows of which table. It runs as the
-- owner of the tables, and refuses anybody whose key is there.
CREATE FUNCTION "erase_in_clear"("persons" UUID[], "members" UUID[], "families" UUID[], "appeals" UUID[], "now" TIMESTAMPTZ)
RETURNS JSONB LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    counts JSONB := '{}';
    n INTEGER;
    their_persons UUID[] := "persons";
    their_members UUID[] := "members";
    their_families UUID[] := "families";
    their_appeals UUID[] := "appeals";
    at TIMESTAMPTZ := "now";
    their_requests UUID[];
    their_visits UUID[];
    their_invitations UUID[];
    step RECORD;
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT 'person' AS kind, unnest(their_persons) AS id UNION ALL SELECT 'member', unnest(their_members)
            UNION ALL SELECT 'family', unnest(their_families) UNION ALL SELECT 'appeal', unnest(their_appeals)
        ) AS subject
        WHERE NOT EXISTS (
            SELECT FROM subject_keys k
            WHERE k.kind = subject.kind AND k.subject_id = subject.id AND k.destroyed_at IS NOT NULL
        )
    ) THEN
        RAISE EXCEPTION 'a key has not been destroyed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    their_requests := ARRAY(SELECT r.id FROM requests r WHERE r.person_id = ANY(their_persons));
    their_visits := ARRAY(SELECT v.id FROM visits v WHERE v.family_id = ANY(their_families));
    their_invitations := ARRAY(SELECT i.id FROM survey_invitations i
        WHERE i.member_id = ANY(their_members) OR i.person_id = ANY(their_persons) OR i.family_id = ANY(their_families));
    PERFORM set_config('ryadom.erasing', 'on', true);

    -- What may go altogether.
    FOR step IN SELECT * FROM (VALUES
        ('drafts', 't.person_id = ANY($1)'),
        ('pushes', 't.person_id = ANY($1) OR t.family_id = ANY($3)'),
        ('calendar_links', 't.person_id = ANY($1)'),
        ('visit_cards', 't.person_id = ANY($1) OR t.visit_id = ANY($6)'),
        ('visit_reminders', 't.visit_id = ANY($6)'),
        ('family_invites', 't.member_id = ANY($2)'),
        ('search_marks', 't.request_id = ANY($5) OR t.member_id = ANY($2)'),
        ('promises', 't.request_id = ANY($5) OR t.member_id = ANY($2)'),
        ('work_alarms', 't.request_id = ANY($5) OR t.family_id = ANY($3)'),
        ('staff_cards', 't.request_id = ANY($5)'),
        ('open_cases', 't.request_id = ANY($5)'),
        ('survey_rescues', 't.invitation_id = ANY($7)'),
        ('activity_marks', 't.author = ANY($1::text[])'),
        ('webhook_events', 't.request_id = ANY($5) OR t.family_id = ANY($3) OR t.data ->> ''memberId'' = ANY($2::text[])'),
        ('staff_drafts', 'EXISTS (SELECT FROM unnest($1 || $2 || $3 || $4 || $5 || $6) AS s(id) WHERE t.form LIKE ''%'' || s.id || ''%'')')
    ) AS deleted(of_table, condition) LOOP
        EXECUTE format('DELETE FROM %I AS t WHERE %s', step.of_table, step.condition)
        USING their_persons, their_members, their_families, their_appeals, their_requests, their_visits, their_invitations;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counts := counts || jsonb_build_object(step.of_table, n); END IF;
    END LOOP;

    -- What stays without saying anything of them; a month is left of a moment.
    FOR step IN SELECT * FROM (VALUES
        ('requests', 't.id = ANY($5)', 'applicant = ''parent'', kind = ''application'', urgent = false, urgent_reasons = NULL,
            safety_check = NULL, help_kinds = ''{}'', representative_consent = ''not-needed'', data_sharing = false,
            status = CASE WHEN status IN (''submitted'', ''claimed'') THEN ''withdrawn'' ELSE status END,
            withdrawn_at = CASE WHEN status IN (''submitted'', ''claimed'') THEN date_trunc(''month'', $8) ELSE date_trunc(''month'', withdrawn_at) END,
            submitted_at = date_trunc(''month'', submitted_at), due_at = date_trunc(''month'', due_at),
            claimed_at = date_trunc(''month'', claimed_at), closed_at = date_trunc(''month'', closed_at),
            assigned_at = date_trunc(''month'', assigned_at), waiting_since = NULL, escalate_at = NULL, talk_seen_at = NULL,
            clock_at = NULL, revision = revision + 1'),
        ('family_members', 't.id = ANY($2)', 'role = ''representative'', added_at = date_trunc(''month'', added_at),
            joined_at = date_trunc(''month'', joined_at), unconfirmed_since = NULL, safety_copied = true,
            removed_at = coalesce(removed_at, $8)'),
        ('safety_facts', '(t.member_id = ANY($2) OR t.family_id = ANY($3)) AND (t.until IS NULL OR t.until > $8)', 'until = $8'),
        ('talks_apart', '(t.member_id = ANY($2) OR t.family_id = ANY($3)) AND t.ended_at IS NULL', 'ended_at = $8'),
        ('messages', '(t.member_id = ANY($2) OR t.family_id = ANY($3)) AND t.alarming', 'alarming = false'),
        ('visit_answers', '(t.person_id = ANY($1) OR t.visit_id = ANY($6)) AND t.slot IS NOT NULL', 'slot = NULL'),
        ('survey_answers', 't.invitation_id = ANY($7)', 'number = NULL, codes = ''{}'', text = NULL'),
        ('survey_responses', 't.invitation_id = ANY($7)', 'contact_allowed = false, alias = gen_random_uuid(),
            started_at = date_trunc(''month'', started_at), finished_at = date_trunc(''month'', finished_at)'),
        ('survey_invitations', 't.id = ANY($7)', 'level = NULL, help_kinds = ''{}'', minor = false,
            ended_at = CASE WHEN status IN (''waiting'', ''invited'') THEN date_trunc(''month'', $8) ELSE date_trunc(''month'', ended_at) END,
            status = CASE WHEN status IN (''waiting'', ''invited'') THEN ''dropped'' ELSE status END,
            created_at = date_trunc(''month'', created_at), due_at = date_trunc(''month'', due_at),
            expires_at = date_trunc(''month'', expires_at), invited_at = date_trunc(''month'', invited_at),
            opened_at = date_trunc(''month'', opened_at), reminded_at = date_trunc(''month'', reminded_at)'),
        ('visits', 't.id = ANY($6)', 'purpose = ''other'', audience = ''family'', member_ids = ''{}'', moved_from = NULL, series_id = NULL,
            status = CASE WHEN status = ''planned'' THEN ''cancelled'' ELSE status END, starts_at = date_trunc(''month'', starts_at),
            ends_at = date_trunc(''month'', starts_at) + interval ''1 hour'', created_at = date_trunc(''month'', created_at),
            changed_at = $8, revision = revision + 1'),
        ('visits', 't.status = ''planned'' AND t.audience = ''confidential'' AND t.member_ids <@ $2',
            'status = ''cancelled'', changed_at = $8, revision = revision + 1'),
        ('case_terms', 't.family_id = ANY($3) AND t.state = ''open''', 'state = ''gone'', look_at = NULL'),
        ('episodes', 't.family_id = ANY($3) AND t.closed_on IS NULL', 'closed_on = greatest(accepted_on, $8::date)'),
        ('families', 't.id = ANY($3)', 'level = NULL, status = ''closed'', curator_id = NULL, clock_at = NULL, erased_at = $8,
            closed_at = coalesce(date_trunc(''month'', closed_at), $8), applied_at = date_trunc(''month'', applied_at),
            created_at = date_trunc(''month'', created_at), revision = revision + 1'),
        ('incoming_appeals', 't.id = ANY($4)', 'urgent = false, received_on = date_trunc(''month'', received_on)::date'),
        ('persons', 't.id = ANY($1)', 'account = ''erased:'' || id, sealed_account = NULL, language = ''ru'', address = ''adult'',
            push_mode = ''none'', quiet_from = ''21:00'', quiet_until = ''08:00'', unreachable_since = NULL, surveys_off = true,
            said_done_seen_at = NULL, created_at = date_trunc(''month'', created_at), erased_at = $8')
    ) AS cleared(of_table, condition, changes) LOOP
        EXECUTE format('UPDATE %I AS t SET %s WHERE %s', step.of_table, step.changes, step.condition)
        USING their_persons, their_members, their_families, their_appeals, their_requests, their_visits, their_invitations, at;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counts := counts || jsonb_build_object(step.of_table, n); END IF;
    END LOOP;
    PERFORM set_config('ryadom.erasing', 'off', true);
    RETURN counts;
END
$$;

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'data.erased'
    );
END
$$;
