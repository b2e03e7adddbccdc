-- The scope that a key needs to hear an event. Null: a test event, which tells nothing. See ADR 37.
ALTER TABLE "webhook_events" ADD COLUMN "scope" TEXT;

UPDATE "webhook_events" SET "scope" = CASE
  WHEN "type" LIKE 'request.%' OR "type" LIKE 'consent.%' THEN 'requests:read'
  WHEN "type" = 'message.received' AND "family_id" IS NULL THEN 'requests:read'
  WHEN "type" LIKE 'message.%' THEN 'messages:read'
  WHEN "type" LIKE 'family.%' THEN 'families:read'
  WHEN "type" LIKE 'plan.%' OR "type" LIKE 'activity.%' THEN 'plans:read'
  WHEN "type" LIKE 'visit.%' THEN 'visits:read'
  WHEN "type" LIKE 'survey.%' THEN 'surveys:answers'
END;
