-- The console: one-time links, sessions of a working day, and the forms that were carried out in each.
CREATE TABLE "console_links" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "console_links_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "console_links_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "console_links_token_hash_key" ON "console_links"("token_hash");

CREATE TABLE "console_sessions" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "console_sessions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "console_sessions_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "console_sessions_token_hash_key" ON "console_sessions"("token_hash");
CREATE INDEX "console_sessions_expires_at_idx" ON "console_sessions"("expires_at");
CREATE INDEX "console_sessions_place_idx" ON "console_sessions"("place");

CREATE TABLE "console_forms" (
    "session_id" UUID NOT NULL,
    "once" UUID NOT NULL,
    "next" TEXT NOT NULL,
    CONSTRAINT "console_forms_pkey" PRIMARY KEY ("session_id", "once"),
    CONSTRAINT "console_forms_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "console_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Open consoles look every second for what has changed since.
CREATE INDEX "visits_updated_at_idx" ON "visits"("updated_at");
CREATE INDEX "messages_updated_at_idx" ON "messages"("updated_at");

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'console.entered'
    );
END
$$;
