-- On which ground the data of a request is processed: consent (152-ФЗ, ст. 6, ч. 1, п. 1), or to protect somebody's life and
-- health where consent cannot be obtained (п. 6): a child under ten who is frightened or hurt calls an adult of the centre.
ALTER TABLE "requests" ADD COLUMN "ground" TEXT NOT NULL DEFAULT 'consent',
    ADD CONSTRAINT "requests_ground_check" CHECK ("ground" IN ('consent', '152-fz-6-1-6'));
