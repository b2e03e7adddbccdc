-- After a withdrawal of what was urgent, or of what a minor or an outsider reported: `open`, then what came of the check.
ALTER TABLE "requests" ADD COLUMN "safety_check" TEXT,
    ADD CONSTRAINT "requests_safety_check_check" CHECK ("safety_check" IN ('open', 'safe', 'helped-further', 'reported', 'mistake'));
CREATE INDEX "requests_safety_check_open" ON "requests" ("escalate_at") WHERE "safety_check" = 'open';

ALTER TABLE "request_events"
    DROP CONSTRAINT "request_events_kind_check",
    ADD CONSTRAINT "request_events_kind_check" CHECK ("kind" IN (
        'submitted', 'assigned', 'claimed', 'passed-on', 'escalated', 'note', 'staff-note', 'answer', 'stage', 'closed', 'withdrawn',
        'urgent', 'not-urgent', 'safety-checked'
    ));
