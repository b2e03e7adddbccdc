-- Why a request is urgent, as sealed codes: a dump must not tell of what a child is afraid. Without them, «Да, сейчас» was said.
-- Staff may say that it is not urgent, with a reason.
ALTER TABLE "requests" ADD COLUMN "urgent_reasons" TEXT,
    ADD CONSTRAINT "requests_urgent_reasons_sealed" CHECK ("urgent_reasons" LIKE 'v1.%.%');

ALTER TABLE "request_events"
    DROP CONSTRAINT "request_events_kind_check",
    ADD CONSTRAINT "request_events_kind_check" CHECK ("kind" IN (
        'submitted', 'assigned', 'claimed', 'passed-on', 'escalated', 'note', 'staff-note', 'answer', 'stage', 'closed', 'withdrawn',
        'urgent', 'not-urgent'
    ));

ALTER TABLE "audit_entries"
    DROP CONSTRAINT "audit_entries_action_check",
    ADD CONSTRAINT "audit_entries_action_check" CHECK ("action" IN (
        'request.details', 'request.contact', 'request.flags', 'request.not-urgent', 'staff.changed', 'key.created', 'key.revoked', 'webhook.changed', 'family.changed', 'family.details', 'family.messages', 'family.plan', 'family.visits', 'family.account', 'family.safety', 'family.safety-changed', 'family.safety-override', 'words.changed', 'surveys.changed', 'surveys.answers', 'surveys.export',
        'access.ended', 'access.limit-changed', 'audit.seen'
    ));
