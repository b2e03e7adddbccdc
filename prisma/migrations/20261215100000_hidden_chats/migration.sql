-- A chat that its person has hidden (ADR 111). Somebody who is not stored has the keyed hash of their account here, and nothing else.
CREATE TABLE "hidden_chats" (
    "account" TEXT NOT NULL,
    "person_id" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "message_ids" TEXT[] NOT NULL DEFAULT '{}',
    "waiting" JSONB NOT NULL DEFAULT '[]',
    CONSTRAINT "hidden_chats_pkey" PRIMARY KEY ("account"),
    CONSTRAINT "hidden_chats_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "hidden_chats_person_id_key" ON "hidden_chats"("person_id");

-- What stands in a person's chat and can still be deleted: ids, for 48 hours.
CREATE TABLE "chat_messages" (
    "person_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "chat_messages_pkey" PRIMARY KEY ("person_id", "message_id"),
    CONSTRAINT "chat_messages_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "chat_messages_at_idx" ON "chat_messages"("at");

-- When the person has read what hiding does, and what it does not.
ALTER TABLE "persons" ADD COLUMN "hide_explained_at" TIMESTAMPTZ(3);
