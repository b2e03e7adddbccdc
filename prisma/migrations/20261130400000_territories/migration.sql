-- The centre's own territories. Codes stay for good: requests, families, figures and keys name them.
CREATE TABLE "territories" (
    "code" TEXT NOT NULL,
    "name_ru" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    -- Beginnings of the words by which people call it, and of the town that it is a part of.
    "called" TEXT[] NOT NULL,
    "town" TEXT[] NOT NULL,
    "area_code" TEXT,
    "position" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    -- Where its work went.
    "successor" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "territories_pkey" PRIMARY KEY ("code"),
    CONSTRAINT "territories_code_check" CHECK ("code" ~ '^[a-z]+(-[a-z0-9]+)*$' AND "code" <> 'other'),
    CONSTRAINT "territories_successor_check" CHECK ("successor" IS NULL OR "retired_at" IS NOT NULL),
    CONSTRAINT "territories_successor_fkey" FOREIGN KEY ("successor") REFERENCES "territories"("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed
    FROM pg_constraint WHERE conname = 'audit_entries_action_check' AND conrelid = '"audit_entries"'::regclass;
    ALTER TABLE "audit_entries" DROP CONSTRAINT "audit_entries_action_check";
    EXECUTE format(
        'ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_action_check" CHECK (%s OR "action" IN (%L))',
        allowed, 'territories.changed'
    );
END
$$;
