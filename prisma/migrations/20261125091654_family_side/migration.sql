-- AlterTable
ALTER TABLE "audit_entries" ADD COLUMN     "family_id" UUID;

-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "push_mode" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "quiet_from" TEXT NOT NULL DEFAULT '21:00',
ADD COLUMN     "quiet_until" TEXT NOT NULL DEFAULT '08:00',
ADD COLUMN     "unreachable_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "webhook_events" ADD COLUMN     "family_id" UUID;

-- CreateTable
CREATE TABLE "families" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "region" TEXT NOT NULL,
    "territory" TEXT NOT NULL,
    "request_id" UUID,
    "curator_id" UUID,
    "level" TEXT,
    "stage" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "event_sequence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "families_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_members" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "person_id" UUID,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "joined_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "family_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_invites" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "family_invites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "family_events" (
    "id" BIGSERIAL NOT NULL,
    "family_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "staff_id" UUID,
    "api_key_id" UUID,

    CONSTRAINT "family_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_versions" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "activities" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "api_key_id" UUID,

    CONSTRAINT "plan_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activities" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "member_ids" UUID[],
    "first_on" DATE NOT NULL,
    "last_on" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "added_in" INTEGER NOT NULL,
    "removed_in" INTEGER,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_marks" (
    "activity_id" UUID NOT NULL,
    "on" DATE NOT NULL,
    "author" TEXT NOT NULL,
    "happened" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_marks_pkey" PRIMARY KEY ("activity_id","on","author")
);

-- CreateTable
CREATE TABLE "activity_opinions" (
    "id" BIGSERIAL NOT NULL,
    "activity_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_opinions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visits" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "purpose" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "member_ids" UUID[],
    "content" TEXT NOT NULL,
    "door_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "last_move" TEXT,
    "moved_from" TIMESTAMPTZ(3),
    "series_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "visits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_answers" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3),
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_reminders" (
    "visit_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "dispatched_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_reminders_pkey" PRIMARY KEY ("visit_id","version","kind")
);

-- CreateTable
CREATE TABLE "visit_cards" (
    "visit_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "message_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "visit_cards_pkey" PRIMARY KEY ("person_id","message_id")
);

-- CreateTable
CREATE TABLE "pushes" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "family_id" UUID,
    "kind" TEXT NOT NULL,
    "subject_id" UUID,
    "version" INTEGER,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "ended_at" TIMESTAMPTZ(3),
    "message_id" BIGINT,
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "pushes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "text" TEXT,
    "file" TEXT,
    "activity_id" UUID,
    "alarming" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarming_words" (
    "word" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alarming_words_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "calendar_links" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_photos" (
    "staff_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_photos_pkey" PRIMARY KEY ("staff_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "families_number_key" ON "families"("number");

-- CreateIndex
CREATE UNIQUE INDEX "families_request_id_key" ON "families"("request_id");

-- CreateIndex
CREATE INDEX "families_territory_status_created_at_id_idx" ON "families"("territory", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "families_status_created_at_id_idx" ON "families"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "families_curator_id_status_created_at_id_idx" ON "families"("curator_id", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "family_members_family_id_idx" ON "family_members"("family_id");

-- CreateIndex
CREATE INDEX "family_members_person_id_idx" ON "family_members"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "family_invites_token_hash_key" ON "family_invites"("token_hash");

-- CreateIndex
CREATE INDEX "family_invites_member_id_idx" ON "family_invites"("member_id");

-- CreateIndex
CREATE INDEX "family_events_family_id_id_idx" ON "family_events"("family_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_versions_family_id_version_key" ON "plan_versions"("family_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "activities_family_id_code_key" ON "activities"("family_id", "code");

-- CreateIndex
CREATE INDEX "activities_last_on_first_on_idx" ON "activities"("last_on", "first_on");

-- CreateIndex
CREATE INDEX "activity_opinions_activity_id_id_idx" ON "activity_opinions"("activity_id", "id");

-- CreateIndex
CREATE INDEX "activity_opinions_person_id_idx" ON "activity_opinions"("person_id");

-- CreateIndex
CREATE INDEX "visits_family_id_starts_at_id_idx" ON "visits"("family_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "visits_staff_id_starts_at_idx" ON "visits"("staff_id", "starts_at");

-- CreateIndex
CREATE INDEX "visit_answers_visit_id_id_idx" ON "visit_answers"("visit_id", "id");

-- CreateIndex
CREATE INDEX "visit_answers_person_id_idx" ON "visit_answers"("person_id");

-- CreateIndex
CREATE INDEX "visit_cards_visit_id_idx" ON "visit_cards"("visit_id");

-- CreateIndex
CREATE UNIQUE INDEX "pushes_key_key" ON "pushes"("key");

-- CreateIndex
CREATE INDEX "pushes_person_id_status_idx" ON "pushes"("person_id", "status");

-- CreateIndex
CREATE INDEX "pushes_at_idx" ON "pushes"("at");

-- CreateIndex
CREATE INDEX "messages_member_id_at_id_idx" ON "messages"("member_id", "at", "id");

-- CreateIndex
CREATE INDEX "messages_family_id_at_id_idx" ON "messages"("family_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_links_token_hash_key" ON "calendar_links"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_links_person_id_idx" ON "calendar_links"("person_id");

-- CreateIndex
CREATE INDEX "audit_entries_family_id_idx" ON "audit_entries"("family_id");

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "families" ADD CONSTRAINT "families_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "families" ADD CONSTRAINT "families_curator_id_fkey" FOREIGN KEY ("curator_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "family_members" ADD CONSTRAINT "family_members_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "family_members" ADD CONSTRAINT "family_members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "family_invites" ADD CONSTRAINT "family_invites_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "family_events" ADD CONSTRAINT "family_events_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_marks" ADD CONSTRAINT "activity_marks_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_opinions" ADD CONSTRAINT "activity_opinions_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_opinions" ADD CONSTRAINT "activity_opinions_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visits" ADD CONSTRAINT "visits_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visits" ADD CONSTRAINT "visits_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_answers" ADD CONSTRAINT "visit_answers_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_answers" ADD CONSTRAINT "visit_answers_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_reminders" ADD CONSTRAINT "visit_reminders_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_cards" ADD CONSTRAINT "visit_cards_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_cards" ADD CONSTRAINT "visit_cards_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "families"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_photos" ADD CONSTRAINT "staff_photos_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person is in a family once, and the link by which they came belongs to a member who is still there.
CREATE UNIQUE INDEX "family_members_one_of_person" ON "family_members" ("family_id", "person_id") WHERE "removed_at" IS NULL;

-- Each minute asks what has come due: the index holds only what is still to be sent, and holds it in that order.
CREATE INDEX "visit_reminders_due" ON "visit_reminders" ("due_at") WHERE "dispatched_at" IS NULL;

-- So is a push that waits and has lost its job; most have been sent.
CREATE INDEX "pushes_waiting" ON "pushes" ("at") WHERE "status" = 'waiting';

-- What a member of staff has not read yet is looked for at every menu.
CREATE INDEX "messages_unread" ON "messages" ("member_id") WHERE "read_at" IS NULL;

-- A report asks for the days of a period on which families say that something did not take place: they are few.
CREATE INDEX "activity_marks_denied" ON "activity_marks" ("on", "activity_id") WHERE "author" <> 'staff' AND NOT "happened";

-- Closed sets, and columns that hold sealed values only.
ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed',
        'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits',
        'words.changed'
    ));
ALTER TABLE "persons"
    ADD CONSTRAINT "persons_push_mode_check" CHECK ("push_mode" IN ('open', 'discreet', 'none'));
ALTER TABLE "families"
    ADD CONSTRAINT "families_status_check" CHECK ("status" IN ('active', 'closed')),
    ADD CONSTRAINT "families_level_check" CHECK ("level" IN ('adaptation', 'basic', 'crisis', 'emergency'));
ALTER TABLE "family_members"
    ADD CONSTRAINT "family_members_role_check" CHECK ("role" IN ('parent', 'representative', 'minor')),
    ADD CONSTRAINT "family_members_name_sealed" CHECK ("name" LIKE 'v1.%.%');
ALTER TABLE "plan_versions"
    ADD CONSTRAINT "plan_versions_period_check" CHECK ("from" <= "until"),
    ADD CONSTRAINT "plan_versions_document_sealed" CHECK ("document" LIKE 'v1.%.%');
ALTER TABLE "activities"
    ADD CONSTRAINT "activities_audience_check" CHECK ("audience" IN ('family', 'adults', 'minors')),
    ADD CONSTRAINT "activities_status_check" CHECK ("status" IN ('planned', 'done', 'cancelled')),
    ADD CONSTRAINT "activities_period_check" CHECK ("first_on" <= "last_on");
ALTER TABLE "activity_opinions"
    ADD CONSTRAINT "activity_opinions_kind_check" CHECK ("kind" IN ('clear', 'unclear', 'agree', 'question', 'disagree')),
    ADD CONSTRAINT "activity_opinions_text_sealed" CHECK ("text" LIKE 'v1.%.%');
ALTER TABLE "visits"
    ADD CONSTRAINT "visits_audience_check" CHECK ("audience" IN ('family', 'adults', 'minors')),
    ADD CONSTRAINT "visits_status_check" CHECK ("status" IN ('planned', 'cancelled', 'done', 'missed')),
    ADD CONSTRAINT "visits_last_move_check" CHECK ("last_move" IN ('time', 'visitor', 'length')),
    ADD CONSTRAINT "visits_period_check" CHECK ("starts_at" < "ends_at"),
    ADD CONSTRAINT "visits_content_sealed" CHECK ("content" LIKE 'v1.%.%'),
    ADD CONSTRAINT "visits_door_code_sealed" CHECK ("door_code" LIKE 'v1.%.%');
ALTER TABLE "visit_answers"
    ADD CONSTRAINT "visit_answers_kind_check" CHECK ("kind" IN ('confirmed', 'other-time', 'late', 'call-me', 'code-refused')),
    ADD CONSTRAINT "visit_answers_text_sealed" CHECK ("text" LIKE 'v1.%.%');
ALTER TABLE "visit_reminders"
    ADD CONSTRAINT "visit_reminders_kind_check" CHECK ("kind" IN ('day', 'hours'));
ALTER TABLE "pushes"
    ADD CONSTRAINT "pushes_status_check" CHECK ("status" IN ('waiting', 'sent', 'dropped', 'held', 'summed'));
ALTER TABLE "messages"
    ADD CONSTRAINT "messages_author_check" CHECK ("author" IN ('member', 'staff')),
    ADD CONSTRAINT "messages_said_check" CHECK ("text" IS NOT NULL OR "file" IS NOT NULL),
    ADD CONSTRAINT "messages_text_sealed" CHECK ("text" LIKE 'v1.%.%'),
    ADD CONSTRAINT "messages_file_sealed" CHECK ("file" LIKE 'v1.%.%');

-- What a plan was, and what the family said of it, is for the commission to read as it was.
CREATE FUNCTION "refuse_change_of_plan"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "plan_versions_append_only" BEFORE UPDATE OR DELETE ON "plan_versions"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_plan"();
CREATE TRIGGER "activity_opinions_append_only" BEFORE UPDATE OR DELETE ON "activity_opinions"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_plan"();
CREATE TRIGGER "family_events_append_only" BEFORE UPDATE OR DELETE ON "family_events"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_plan"();
