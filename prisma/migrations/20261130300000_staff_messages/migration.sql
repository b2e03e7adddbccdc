-- The messages that were sent to a member of staff outside of their conversation: they are deleted from a phone that is lost, or
-- of somebody who leaves. Kept as long as Telegram lets a bot delete a message.
CREATE TABLE "staff_messages" (
    "staff_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "staff_messages_pkey" PRIMARY KEY ("staff_id", "message_id"),
    CONSTRAINT "staff_messages_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "staff_messages_at_idx" ON "staff_messages"("at");
