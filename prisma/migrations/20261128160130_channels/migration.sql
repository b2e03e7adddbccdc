-- All existing rows came from Telegram. Each table is rewritten once under an exclusive lock: a few seconds for a million
-- updates. COLLATE "C" compares ids as bytes, whatever the database's collation.
ALTER TABLE "failed_updates" DROP CONSTRAINT "failed_updates_pkey",
ADD COLUMN     "channel" TEXT COLLATE "C" NOT NULL DEFAULT 'telegram',
ALTER COLUMN "id" SET DATA TYPE TEXT COLLATE "C",
ADD CONSTRAINT "failed_updates_pkey" PRIMARY KEY ("channel", "id");

ALTER TABLE "processed_updates" DROP CONSTRAINT "processed_updates_pkey",
ADD COLUMN     "channel" TEXT COLLATE "C" NOT NULL DEFAULT 'telegram',
ALTER COLUMN "id" SET DATA TYPE TEXT COLLATE "C",
ADD CONSTRAINT "processed_updates_pkey" PRIMARY KEY ("channel", "id");

-- Every write names its channel from now on; an older instance cannot write (ADR 30).
ALTER TABLE "failed_updates" ALTER COLUMN "channel" DROP DEFAULT;
ALTER TABLE "processed_updates" ALTER COLUMN "channel" DROP DEFAULT;

ALTER TABLE "pushes" ALTER COLUMN "message_id" SET DATA TYPE TEXT;

ALTER TABLE "staff_cards" ALTER COLUMN "message_id" SET DATA TYPE TEXT;

ALTER TABLE "visit_cards" DROP CONSTRAINT "visit_cards_pkey",
ALTER COLUMN "message_id" SET DATA TYPE TEXT,
ADD CONSTRAINT "visit_cards_pkey" PRIMARY KEY ("person_id", "message_id");
