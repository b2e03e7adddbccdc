-- What somebody was told about who reads their words by when; open until a human word (or, where only reading was promised, a
-- look) has come, and the basis of the notices that we are late.
CREATE TABLE "promises" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "member_id" UUID,
    "wants" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "from_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "notices" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "promises_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "promises_subject_check" CHECK (("request_id" IS NULL) <> ("member_id" IS NULL)),
    CONSTRAINT "promises_wants_check" CHECK ("wants" IN ('word', 'reading')),
    CONSTRAINT "promises_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "promises_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "family_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- One open promise a conversation: what is written meanwhile never puts it off.
CREATE UNIQUE INDEX "promises_open_request" ON "promises"("request_id") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "promises_open_member" ON "promises"("member_id") WHERE "ended_at" IS NULL;
CREATE INDEX "promises_due" ON "promises"("next_at") WHERE "ended_at" IS NULL;
CREATE INDEX "promises_request_id_idx" ON "promises"("request_id");
CREATE INDEX "promises_member_id_idx" ON "promises"("member_id");

-- When the family last opened the conversation about its request: newer words of the centre are unread.
ALTER TABLE "requests" ADD COLUMN "talk_seen_at" TIMESTAMPTZ(3);

-- A left draft is reminded of once.
ALTER TABLE "drafts" ADD COLUMN "reminded_at" TIMESTAMPTZ(3);

-- What somebody wrote about another family is out of their hands once it was read, whatever becomes of it: they may ask again.
DROP INDEX "requests_one_open_per_person";
CREATE UNIQUE INDEX "requests_one_open_per_person" ON "requests"("person_id") WHERE "status" IN ('submitted', 'claimed')
    AND NOT ("applicant" = 'other-person' AND ("status" = 'claimed' OR "waiting_since" IS NOT NULL));

-- Whoever waits already without a word is told, too, from a day after this update on.
INSERT INTO "promises" ("id", "request_id", "wants", "made_at", "due_at", "next_at")
SELECT gen_random_uuid(), r."id", CASE WHEN r."applicant" = 'other-person' THEN 'reading' ELSE 'word' END, r."submitted_at",
    now() + interval '1 day', now() + interval '1 day'
FROM "requests" r
WHERE r."status" IN ('submitted', 'claimed') AND NOT (r."applicant" = 'other-person' AND r."status" = 'claimed')
    AND NOT EXISTS (SELECT FROM "request_events" e WHERE e."request_id" = r."id" AND e."kind" = 'answer');
