-- Entries of the built-in list of words of danger that the centre has switched off.
CREATE TABLE "danger_entries_off" (
    "entry" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "danger_entries_off_pkey" PRIMARY KEY ("entry")
);
