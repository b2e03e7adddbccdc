-- Each wording that people could agree to, as it stood: a receipt shows it for as long as the consent is kept.
CREATE TABLE "consent_texts" (
    "hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "markdown" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "consent_texts_pkey" PRIMARY KEY ("hash")
);
ALTER TABLE "consent_texts"
    ADD CONSTRAINT "consent_texts_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "consent_texts_address_check" CHECK ("address" IN ('adult', 'minor'));
SELECT "make_append_only"('consent_texts');

-- The registry: how a consent was given and for whom. What instances of an earlier version write was tapped in the bot.
ALTER TABLE "consents"
    ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'telegram',
    ADD COLUMN "how" TEXT NOT NULL DEFAULT 'tap',
    ADD COLUMN "for_member_id" UUID,
    ADD COLUMN "signed_on" DATE,
    ADD COLUMN "staff_id" UUID,
    ADD COLUMN "api_key_id" UUID;
ALTER TABLE "consents"
    ADD CONSTRAINT "consents_channel_check" CHECK ("channel" IN ('telegram', 'paper')) NOT VALID,
    ADD CONSTRAINT "consents_how_check" CHECK ("how" IN ('tap', 'paper', 'joint')) NOT VALID,
    ADD CONSTRAINT "consents_paper_check" CHECK (("channel" = 'paper') = ("signed_on" IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT "consents_for_member_id_fkey" FOREIGN KEY ("for_member_id") REFERENCES "family_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID,
    ADD CONSTRAINT "consents_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID,
    ADD CONSTRAINT "consents_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

ALTER TABLE "consent_withdrawals"
    ADD COLUMN "how" TEXT NOT NULL DEFAULT 'tap',
    ADD COLUMN "staff_id" UUID,
    ADD COLUMN "api_key_id" UUID;
ALTER TABLE "consent_withdrawals"
    ADD CONSTRAINT "consent_withdrawals_how_check" CHECK ("how" IN ('tap', 'paper')) NOT VALID,
    ADD CONSTRAINT "consent_withdrawals_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID,
    ADD CONSTRAINT "consent_withdrawals_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- With which paper a representative showed their authority, and who looked at it.
CREATE TABLE "representative_checks" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "paper" TEXT NOT NULL,
    "details" TEXT,
    "seen_on" DATE NOT NULL,
    "staff_id" UUID,
    "api_key_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "representative_checks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "representative_checks_person_id_at_idx" ON "representative_checks"("person_id", "at");
ALTER TABLE "representative_checks"
    ADD CONSTRAINT "representative_checks_paper_check" CHECK ("paper" IN ('birth-certificate', 'adoption', 'guardianship', 'court-decision', 'power-of-attorney', 'other')),
    ADD CONSTRAINT "representative_checks_details_sealed" CHECK ("details" LIKE 'v1.%.%'),
    ADD CONSTRAINT "representative_checks_actor_check" CHECK (num_nonnulls("staff_id", "api_key_id") > 0),
    ADD CONSTRAINT "representative_checks_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff_members"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "representative_checks_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "make_append_only"('representative_checks');
