-- The place of an event in the feed. One reader at a time numbers what has been committed since, so an event that commits
-- late comes after those that were read before it. Numbers, not transaction ids: a restored dump goes on with them.
ALTER TABLE "webhook_events" ADD COLUMN "position" BIGINT;
CREATE UNIQUE INDEX "webhook_events_position" ON "webhook_events"("position");
CREATE INDEX "webhook_events_unnumbered" ON "webhook_events"("at") WHERE "position" IS NULL AND "scope" IS NOT NULL;

CREATE TABLE "event_feed" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "last" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "event_feed_pkey" PRIMARY KEY ("only"),
    CONSTRAINT "event_feed_only_check" CHECK ("only")
);
INSERT INTO "event_feed" DEFAULT VALUES;

-- Since when a key reads the feed: from then on events are kept for it, even without a webhook endpoint.
ALTER TABLE "api_keys" ADD COLUMN "events_since" TIMESTAMPTZ(3);
