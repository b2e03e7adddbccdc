-- Ways into the console besides the bot's link: passkeys, and accounts of the centre's own sign-in (OpenID Connect).
CREATE TABLE "console_passkeys" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "credential" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "console_passkeys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "console_passkeys_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "console_passkeys_credential_key" ON "console_passkeys"("credential");
CREATE INDEX "console_passkeys_staff_id_idx" ON "console_passkeys"("staff_id");

-- Answers to challenges that were accepted: each is accepted once.
CREATE TABLE "console_challenges" (
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "console_challenges_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "console_identities" (
    "staff_id" UUID NOT NULL,
    "value_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "console_identities_pkey" PRIMARY KEY ("staff_id"),
    CONSTRAINT "console_identities_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "console_identities_value_hash_key" ON "console_identities"("value_hash");

-- Whoever works in the console without Telegram: since when.
ALTER TABLE "staff_members" ADD COLUMN "desk_since" TIMESTAMPTZ(3);

-- The actions of before are taken from the constraint itself: other migrations add to it, too.
DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L, %L, %L, %L, %L, %L))',
        allowed, 'console.confirmed', 'console.left', 'console.link-given', 'console.identity-changed', 'console.passkey-added',
        'console.passkey-removed'
    );
END
$$;
