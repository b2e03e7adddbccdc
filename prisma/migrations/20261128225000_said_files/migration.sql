-- Files of notes, and kinds of files beside photo and document. An earlier version of the app reads `file` strictly, so
-- the kind that it does not know stands in a column of its own.
ALTER TABLE "messages" ADD COLUMN     "file_kind" TEXT,
    ADD COLUMN     "visit_id" UUID;
ALTER TABLE "request_events" ADD COLUMN     "file" TEXT,
    ADD COLUMN     "file_kind" TEXT;

ALTER TABLE "messages" ADD CONSTRAINT "messages_file_kind_check"
    CHECK ("file_kind" IN ('voice', 'audio', 'video', 'video-note', 'animation'));
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_file_kind_check"
    CHECK ("file_kind" IN ('voice', 'audio', 'video', 'video-note', 'animation'));
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_file_sealed" CHECK ("file" LIKE 'v1.%.%');
