-- How a request came: by the bot, or by phone, written down by staff. Who called has no account, and is sent nothing.
ALTER TABLE "requests" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'bot',
    ADD CONSTRAINT "requests_source_check" CHECK ("source" IN ('bot', 'phone'));
