-- Words of danger to a closed request open a new one: its ground are the consents that were given with the closed one.
ALTER TABLE "requests"
    DROP CONSTRAINT "requests_ground_check",
    ADD CONSTRAINT "requests_ground_check" CHECK ("ground" IN ('consent', '152-fz-6-1-6', 'earlier-consent'));
